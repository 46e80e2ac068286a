// Where a proposal is written. The text is a draft in the browser's storage from the first letter; it leaves the field
// only when the outbox has it, and then it stands on the board as a card that says how far it has got.

import { n, t } from "../i18n.js";
import { useApp } from "./app.js";
import { html, useEffect, useId, useRef, useState } from "./html.js";
import { Comments, Like } from "./comments.js";
import { Counter, lengthOf, TEXT_LIMIT, Words } from "./words.js";

/** @param {{room: string, lanes: any[], lane: string | null, onLane: (id: string) => void, step: any}} props */
export function Composer({ room, lanes, lane, onLane, step }) {
  const { client } = useApp();
  const key = `post:${room}`;
  const [text, setText] = useState(() => client.drafts.draft(key) ?? "");
  const [empty, setEmpty] = useState(false);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [id, count] = [useId(), useId()];

  const type = (/** @type {string} */ value) => {
    setText(value);
    setEmpty(false);
    client.drafts.saveDraft(key, value);
  };
  const post = (/** @type {Event | undefined} */ event) => {
    event?.preventDefault();
    if (lengthOf(text) === 0) setEmpty(true);
    else if (lengthOf(text) <= TEXT_LIMIT) {
      client.send(room, "proposal.post", lane === null ? { text: text.trim() } : { text: text.trim(), lane });
      type("");
    }
    field.current?.focus();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && post(event);
  const over = lengthOf(text) > TEXT_LIMIT;

  return html`
    <form class="composer card stack" onSubmit=${post}>
      ${lanes.length > 0 && html`
        <fieldset class="choices">
          <legend class="unseen">${t("Lane")}</legend>
          ${lanes.map((one) => html`
            <label key=${one.id} class="choice"><input type="radio" name="lane" checked=${one.id === lane} onChange=${() => onLane(one.id)} /><span dir="auto">${one.title}</span></label>`)}
        </fieldset>`}
      <div class="field">
        <label for=${id}>${t("Your proposal")}</label>
        <textarea id=${id} ref=${field} dir="auto" rows="3" value=${text} aria-describedby=${count} aria-invalid=${over || empty ? "true" : null}
          onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)} onKeyDown=${onKeyDown}></textarea>
        <${SimilarOnes} room=${room} text=${text} />
        <span class="hint">${{ organisation: t("Your organisation will stand beside it, not your name."), anonymous: t("Nobody will know who wrote this.") }[step.names] ?? t("Your name will stand beside it.")}</span>
      </div>
      <div class="row apart">
        <span role="status">${empty ? html`<span class="counter over" id=${count}>${t("Write a few words first.")}</span>` : html`<${Counter} id=${count} text=${text} />`}</span>
        <button type="submit" class="button primary" aria-disabled=${over ? "true" : null}>${t("Add to the board")}</button>
      </div>
    </form>`;
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
