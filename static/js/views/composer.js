// Where a proposal is written. The text is a draft in the browser's storage from the first letter; it leaves the field
// only when the outbox has it, and then it stands on the board as a card that says how far it has got.

import { n, t } from "../i18n.js";
import { useApp } from "./app.js";
import { CopyButton } from "./copy.js";
import { html, useEffect, useId, useLayoutEffect, useRef, useState } from "./html.js";
import { Comments, Like } from "./comments.js";
import { icon } from "./icons.js";
import { Counter, lengthOf, TEXT_LIMIT, Words } from "./words.js";

/**
 * `phase`: "open"; "late", `left` ms before what is being written can no longer be sent; "kept" after that.
 *
 * @param {{room: string, draft: string, lanes: any[], lane: string | null, onLane: (id: string) => void, step: any, phase?: "open" | "late" | "kept", left?: number, locked?: boolean, onSent?: () => void, onLeave?: () => void}} props
 */
export function Composer({ room, draft, lanes, lane, onLane, step, phase = "open", left = 0, locked = false, onSent, onLeave }) {
  const { client } = useApp();
  const [text, setText] = useState(() => client.drafts.draft(draft) ?? "");
  const [empty, setEmpty] = useState(false);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [id, count] = [useId(), useId()];
  const sends = phase !== "kept" && !locked;

  const type = (/** @type {string} */ value) => {
    setText(value);
    setEmpty(false);
    client.drafts.saveDraft(draft, value);
  };
  const post = (/** @type {Event | undefined} */ event) => {
    event?.preventDefault();
    if (!sends) return;
    if (lengthOf(text) === 0) setEmpty(true);
    else if (lengthOf(text) <= TEXT_LIMIT) {
      client.send(room, "proposal.post", lane === null ? { text: text.trim() } : { text: text.trim(), lane });
      type("");
      onSent?.();
    }
    field.current?.focus();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && post(event);
  useLayoutEffect(() => {
    // It stands in for an editor that has gone with its step: the caret goes on where it was, at the end of the text.
    if (phase !== "late" || document.activeElement !== document.body) return;
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const over = lengthOf(text) > TEXT_LIMIT;

  // The field is the same one in every phase: a sentence that is being written goes on.
  return html`
    <form class="composer card stack ${phase}" onSubmit=${post}>
      <div role="status" class="composer-status">${phase === "late" && html`<${LastCall} left=${left} />`}${phase === "kept" && html`
        <p class="notice">${icon("inbox")}<span>${t("Time is up, and this was not sent. Your text is kept here: finish it, copy it, or send it when the facilitator opens the step again.")}</span></p>`}</div>
      ${lanes.length > 0 && phase !== "kept" && html`
        <fieldset class="choices">
          <legend class="unseen">${t("Lane")}</legend>
          ${lanes.map((one) => html`
            <label key=${one.id} class="choice"><input type="radio" name="lane" checked=${one.id === lane} onChange=${() => onLane(one.id)} /><span dir="auto">${one.title}</span></label>`)}
        </fieldset>`}
      <div class="field">
        <label for=${id}>${step?.kind === "lines" ? t("A new line") : t("Your proposal")}</label>
        <textarea id=${id} ref=${field} dir="auto" rows="3" value=${text} readonly=${locked} aria-describedby=${count} aria-invalid=${over || empty ? "true" : null}
          onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)} onKeyDown=${onKeyDown}></textarea>
        ${phase === "open" && html`<${SimilarOnes} room=${room} text=${text} />`}
        ${phase !== "kept" && step?.kind !== "lines" && html`<span class="hint">${{ organisation: t("Your organisation will stand beside it, not your name."), anonymous: t("Nobody will know who wrote this.") }[step?.names] ?? t("Your name will stand beside it.")}</span>`}
      </div>
      <div class="row apart">
        <span role="status">${empty ? html`<span class="counter over" id=${count}>${t("Write a few words first.")}</span>` : html`<${Counter} id=${count} text=${text} />`}</span>
        ${phase === "kept"
          ? html`<span class="row"><button type="button" class="button plain" onClick=${() => (type(""), onLeave?.())}>${t("Discard")}</button><${CopyButton} text=${text} /></span>`
          : html`<button type="submit" class="button primary" aria-disabled=${over || locked ? "true" : null}>${phase === "late" ? t("Send it late") : t("Add to the board")}</button>`}
      </div>
    </form>`;
}

/** The seconds are for the eye: read aloud, they would drown what one is writing. */
function LastCall({ left }) {
  const seconds = Math.max(1, Math.ceil(left / 1000));
  return html`
    <p class="notice warn last-call">${icon("hurry")}<span><span class="unseen">${t("Time is up. You can still send this for a minute; it comes into the late bucket.")}</span>
      <span aria-hidden="true">${n("Time is up. You can still send this for {count} s; it comes into the late bucket.", "Time is up. You can still send this for {count} s; it comes into the late bucket.", seconds)}</span></span></p>`;
}

const TYPING_MS = 400;
const SHOWN = 3;

/** What is on the board already and says nearly the same: to be joined rather than said twice. */
function SimilarOnes({ room, text }) {
  const { client } = useApp();
  const [found, setFound] = useState(/** @type {string[]} */ ([]));
  useEffect(() => {
    if (lengthOf(text) < 8) return setFound([]);
    let stale = false;
    const later = setTimeout(async () => {
      const similar = await client.similar(room, text);
      if (!stale) setFound(similar.map((/** @type {any} */ one) => one.proposal));
    }, TYPING_MS);
    return () => ((stale = true), clearTimeout(later));
  }, [room, text]);
  const board = client.room(room)?.value?.state;
  const cards = found.map((id) => board?.proposals[id]).filter((card) => card?.status === "standing").slice(0, SHOWN);
  return html`
    <div class="similar" aria-live="polite">
      ${cards.length > 0 && html`
        <p class="small"><strong>${n("This is much like what is there already:", "These are much like what is there already:", cards.length)}</strong></p>
        <ul class="stack tight">${cards.map((card) => html`<li key=${card.id} class="row apart"><${Words} as="span" class="small" text=${card.text} /><span class="row"><${Like} room=${room} proposal=${card} /><${Comments} room=${room} proposal=${card} /></span></li>`)}</ul>`}
    </div>`;
}
