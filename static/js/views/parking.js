// The parking lot: what does not belong here now, and must not be forgotten. Somebody takes care of it, and it is
// answered before the close.

import { n, t } from "../i18n.js";
import { may, useAct, useApp } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";
import { inOrder } from "./proposals.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Parked({ room, board, me }) {
  const parked = inOrder(board).filter((card) => card.status === "parked");
  if (parked.length === 0) return null;
  const known = (/** @type {any} */ card) => board.parking[card.id] ?? {};
  const waiting = parked.filter((card) => !known(card).answer);
  const mine = waiting.filter((card) => me.person && known(card).owner === me.person);
  return html`
    <details class="panel parked" open=${mine.length > 0}>
      <summary><span class="grow">${icon("park")} ${n("{count} in the parking lot", "{count} in the parking lot", parked.length)}</span>
        ${mine.length > 0 && html`<span class="tag on">${n("{count} waits for you", "{count} wait for you", mine.length)}</span>`}
        ${waiting.length > 0 && html`<span class="tag warn">${n("{count} without an answer", "{count} without an answer", waiting.length)}</span>`}</summary>
      <ul class="stack">
        ${parked.map((card) => html`<${Card} key=${card.id} room=${room} board=${board} me=${me} card=${card} known=${known(card)} />`)}
      </ul>
    </details>`;
}

function Card({ room, board, me, card, known }) {
  const act = useAct(room);
  const people = usePeople();
  const [answering, setAnswering] = useState(false);
  const mine = Boolean(me.person) && known.owner === me.person;
  const routes = may(board, me, "parking.route");
  const answers = may(board, me, "parking.answer") && (mine || routes);
  const owner = mine ? t("You take care of this.") : known.owner ? t("{name} takes care of this.", { name: people[known.owner]?.name ?? t("Somebody") }) : t("Nobody takes care of this yet.");
  return html`
    <li class="parked-card stack tight" data-proposal=${card.id}>
      <${Words} text=${card.text} />
      ${!routes && html`<p class="small ${mine ? "" : "quiet"}">${mine ? html`<strong>${owner}</strong>` : owner}</p>`}
      ${known.answer ? html`<${Words} class="answer" text=${known.answer} />` : html`<p class="small quiet">${t("Not answered yet.")}</p>`}
      <div class="row parked-buttons">
        ${routes && html`<${Owner} room=${room} board=${board} card=${card} owner=${known.owner} />`}
        ${answers && html`<button type="button" class="button ${mine && !known.answer ? "primary" : ""}" aria-label="${known.answer ? t("Change the answer") : t("Answer")}: ${card.text}" onClick=${() => setAnswering(true)}>${icon("comment")} ${known.answer ? t("Change the answer") : t("Answer")}</button>`}
        ${may(board, me, "proposal.unpark") && html`<button type="button" class="button plain" onClick=${() => act("proposal.unpark", { proposal: card.id })}>${icon("undo")} ${t("Back to the board")}</button>`}
      </div>
      ${answering && html`<${AnswerDialog} room=${room} card=${card} answer=${known.answer} onClose=${() => setAnswering(false)} />`}
    </li>`;
}

/** Those who see this board: its group, and who steers. */
function Owner({ room, board, card, owner }) {
  const { client, boot } = useApp();
  const act = useAct(room);
  const people = Object.values(usePeople()).filter((one) => !one.closed || one.id === owner);
  const id = useId();
  const plenary = client.room(`event:${boot.event}`)?.value?.state?.groups[board.group]?.kind === "plenary";
  const byName = (/** @type {any} */ a, /** @type {any} */ b) => a.name.localeCompare(b.name);
  const group = people.filter((one) => one.role === "participant" && (plenary ? one.joined : one.groups.includes(board.group))).sort(byName);
  const staff = people.filter((one) => one.role === "facilitator" || one.role === "organiser").sort(byName);
  const option = (/** @type {any} */ one) => html`<option key=${one.id} value=${one.id} selected=${one.id === owner}>${one.name}</option>`;
  return html`
    <span class="field parked-owner"><label for=${id}>${t("Who takes care of it?")}<span class="unseen">: ${card.text}</span></label>
      <select id=${id} class="input" onChange=${(/** @type {any} */ e) => act("parking.route", { proposal: card.id, owner: e.currentTarget.value || null })}>
        <option value="" selected=${!owner}>${t("Nobody yet")}</option>
        <optgroup label=${t("Facilitators and organisers")}>${staff.map(option)}</optgroup>
        <optgroup label=${t("This group")}>${group.map(option)}</optgroup>
      </select></span>`;
}

function AnswerDialog({ room, card, answer, onClose }) {
  const { client } = useApp();
  const draft = `parked:${card.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) || answer || "");
  const [error, setError] = useState("");
  const id = useId();
  const type = (/** @type {string} */ now) => (setText(now), setError(""), client.drafts.saveDraft(draft, now));
  const save = async () => {
    if (!text.trim()) return setError(t("Say in a few words what came of it, or what will."));
    const sent = client.send(room, "parking.answer", { proposal: card.id, answer: text.trim() });
    const reply = await sent.done;
    if (!reply.ok) return client.discard(sent.id), setError(reply.error.message);
    client.drafts.saveDraft(draft, "");
    toast(t("The answer stands beside it, for everybody on this board."));
    onClose();
  };
  return html`
    <${Dialog} title=${t("Answer what is parked")} submit=${t("Save")} onSubmit=${save} onClose=${onClose}>
      <blockquote><${Words} text=${card.text} /></blockquote>
      <div class="field"><label for=${id}>${t("What came of it, or what will")}</label>
        <textarea id=${id} rows="4" dir="auto" value=${text} aria-invalid=${error ? "true" : null} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea>
        ${error && html`<span class="counter over" role="alert">${error}</span>`}</div>
    <//>`;
}

/** @param {{room: string, proposal: any}} props */
export function ParkButton({ room, proposal }) {
  const act = useAct(room);
  const park = async () => (await act("proposal.park", { proposal: proposal.id })).ok && toast(t("The proposal is in the parking lot."), { undo: () => act("proposal.unpark", { proposal: proposal.id }) });
  return html`<button type="button" class="button plain" onClick=${park}>${icon("park")} ${t("Park")}</button>`;
}
