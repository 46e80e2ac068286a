// Promoting into the day's conclusions, with a wording of one's own; what it rests on stays in sight. One thing or several
// can become a new conclusion, or support one that stands.

import { n, t } from "../i18n.js";
import { useAct, useApp, useBusy, useRoom } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { KINDS, kindName } from "./kinds.js";
import { toast } from "./toast.js";
import { Counter, lengthOf, WORDING_LIMIT, Words } from "./words.js";

/**
 * @typedef {{source: {proposal?: string, criterion?: string, theme?: string}, text: string}} Thing
 * what is promoted, and how it reads
 */

/** @param {any} proposal @returns {Thing} */
export const thingOf = (proposal) => ({ source: { proposal: proposal.id }, text: proposal.text });

/** @param {{board: any, proposal?: any, things?: Thing[], label?: string, plain?: boolean, onDone?: () => void}} props */
export function PromoteButton({ board, proposal, things, label, plain = false, onDone = () => {} }) {
  const [open, setOpen] = useState(false);
  const all = things ?? [thingOf(proposal)];
  return html`
    <button type="button" class="button ${plain ? "plain" : ""}" aria-label=${label} aria-disabled=${all.length ? null : "true"} onClick=${() => all.length && setOpen(true)}>${icon("star")} ${t("Promote")}</button>
    ${open && html`<${PromoteDialog} board=${board} things=${all} onDone=${onDone} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{board: any, things: Thing[], onDone?: () => void, onClose: () => void}} props */
export function PromoteDialog({ board, things, onDone = () => {}, onClose }) {
  const { client } = useApp();
  const room = `day:${board.day}`;
  const conclusions = useRoom(room)?.state?.conclusions ?? [];
  const act = useAct(room);
  const sources = things.map(({ source }) => source);
  const draft = `promote:${sources.map((source) => Object.values(source).join(" ")).join(",")}`;
  const [wording, setWording] = useState(() => client.drafts.draft(draft) || things[0].text);
  const [kind, setKind] = useState("conclusion");
  const [into, setInto] = useState(""); // a conclusion that stands; none: a new one
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const [id, where] = [useId(), useId()];

  const promote = guard(async () => {
    if (!into && (lengthOf(wording) === 0 || lengthOf(wording) > WORDING_LIMIT)) return;
    const sent = into ? client.send(room, "conclusion.extend", { conclusion: into, sources }) : client.send(room, "conclusion.promote", { sources, wording: wording.trim(), kind });
    const reply = await sent.done;
    if (!reply.ok) {
      client.discard(sent.id);
      setError(reply.error.message);
      return;
    }
    client.drafts.saveDraft(draft, "");
    if (into) toast(t("The conclusion rests on this too now."));
    else toast(t("This is a conclusion of the day now."), { undo: () => act("conclusion.take_back", { conclusion: sent.id }) });
    onDone();
    onClose();
  });
  return html`
    <${Dialog} title=${t("Promote to a conclusion of the day")} submit=${into ? t("Add to it") : t("Promote")} busy=${busy} onSubmit=${promote} onClose=${onClose}>
      ${conclusions.length > 0 && html`
        <div class="field"><label for=${where}>${t("Into")}</label>
          <select id=${where} class="input" value=${into} onChange=${(/** @type {any} */ e) => (setInto(e.currentTarget.value), setError(""))}>
            <option value="">${t("A new conclusion")}</option>
            ${conclusions.map((one, place) => html`<option key=${one.id} value=${one.id}>${place + 1}. ${kindName(one.kind)}: ${short(one.wording)}</option>`)}
          </select></div>`}
      ${!into && html`
        <div class="field">
          <label for=${id}>${t("Wording of the conclusion")}</label>
          <textarea id=${id} dir="auto" rows="5" value=${wording} onInput=${(/** @type {any} */ e) => (setWording(e.currentTarget.value), client.drafts.saveDraft(draft, e.currentTarget.value))}></textarea>
          <${Counter} text=${wording} limit=${WORDING_LIMIT} />
        </div>
        <fieldset><legend>${t("Kind")}</legend>
          <div class="choices">${KINDS().map(([value, name]) => html`<label key=${value} class="choice"><input type="radio" name="kind" checked=${kind === value} onChange=${() => setKind(value)} /><span>${name}</span></label>`)}</div></fieldset>`}
      <div class="panel stack tight">
        <p class="eyebrow">${things.length === 1 ? t("Original proposal of {group}", { group: board.group_name }) : n("{count} original of {group}", "{count} originals of {group}", things.length, { group: board.group_name })}</p>
        <ul class="stack tight">${things.map((thing, place) => html`<li key=${place}><${Words} text=${thing.text} /></li>`)}</ul>
      </div>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}

const short = (/** @type {string} */ text) => (text.length > 70 ? `${text.slice(0, 68).trimEnd()} …` : text);

/** Tick several and promote them together: the ticks, and the bar that says how many. @param {{board: any, may: boolean, cards: any[]}} props */
export function usePicks({ board, may, cards }) {
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const picked = cards.filter(({ id }) => chosen.includes(id));
  const toggle = (/** @type {string} */ id) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return {
    /** @param {any} card */
    tick: (card) => may && html`<label class="tick"><input type="checkbox" checked=${chosen.includes(card.id)} onChange=${() => toggle(card.id)} /><span>${t("Choose")}</span></label>`,
    bar: may && picked.length > 0 && html`
      <div class="ballot-bar cluster-bar" role="group" aria-label=${t("With what is chosen")}>
        <p class="figures" role="status"><strong>${n("{count} chosen", "{count} chosen", picked.length)}</strong></p>
        <div class="row"><${PromoteButton} board=${board} things=${picked.map(thingOf)} onDone=${() => setChosen([])} />
          <button type="button" class="button plain" onClick=${() => setChosen([])}>${t("Choose none")}</button></div>
      </div>`,
  };
}
