// What can be put on the stage: what each group has to show, the day's conclusions, and the screens that say what is on.

import { t } from "../i18n.js";
import { dayNow, sessionOn, sessionsOf } from "./agenda.js";
import { useAct, useApp, useWatch } from "./app.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { kindName } from "./kinds.js";
import { standing } from "./proposals.js";
import { toast } from "./toast.js";
import { GroupName } from "./words.js";

/** @param {{room: string, event: any}} props */
export function AddToStage({ room, event }) {
  const act = useAct(room);
  const [atOnce, setAtOnce] = useState(false);
  const put = async (/** @type {any} */ what) => {
    const reply = await act("cue.add", { ...what, show: atOnce });
    if (reply.ok && !atOnce) toast(t("Lined up."));
  };
  return html`
    <div class="stage-add stack">
      <fieldset class="choices">
        <legend class="unseen">${t("When?")}</legend>
        ${[[false, t("Line it up")], [true, t("Show it at once")]].map(([value, name]) => html`
          <label key=${value} class="choice"><input type="radio" name="when" checked=${atOnce === value} onChange=${() => setAtOnce(/** @type {boolean} */ (value))} /><span>${name}</span></label>`)}
      </fieldset>
      <${OfGroups} event=${event} put=${put} />
      <${OfDay} event=${event} put=${put} />
      <div class="row" role="group" aria-label=${t("Screens of the event")}>
        <button type="button" class="button" onClick=${() => put({ view: "session" })}>${icon("plus")} ${t("What is on now")}</button>
        <button type="button" class="button" onClick=${() => put({ view: "join" })}>${icon("plus")} ${t("Join code")}</button>
        <button type="button" class="button" onClick=${() => put({ view: "gallery" })}>${icon("plus")} ${t("Gallery")}</button>
      </div>
    </div>`;
}

/** The sessions that have begun and have boards, the last one first. */
const begun = (event) => sessionsOf(event).filter(({ boards, opened_at }) => boards.length && opened_at !== null).sort((a, b) => b.opened_at - a.opened_at);

function OfGroups({ event, put }) {
  const { client } = useApp();
  const [picked, pick] = useState(/** @type {string | null} */ (null));
  const id = useId();
  const sessions = begun(event);
  // The plenary looks at what the groups found before it.
  const usual = sessions.find(({ boards }) => boards.some(({ group }) => event.groups[group]?.kind !== "plenary"));
  const session = sessions.find((one) => one.id === picked) ?? usual ?? sessions[0];
  useWatch((session?.boards ?? []).map((one) => `board:${one.id}`), { away: true });
  if (!session) return html`<p class="quiet">${t("As soon as a session has begun, its groups' lines and results can be shown.")}</p>`;
  return html`
    ${sessions.length > 1 && html`
      <div class="field"><label for=${id}>${t("What came out of")}</label>
        <select id=${id} value=${session.id} onChange=${(/** @type {any} */ e) => pick(e.currentTarget.value)}>
          ${sessions.map((one) => html`<option key=${one.id} value=${one.id}>${t("Day {number}", { number: one.day.number })} · ${one.title}${one.id === sessionOn(event)?.id ? ` (${t("now")})` : ""}</option>`)}
        </select></div>`}
    <ul class="stack tight">${session.boards.map((one) => html`<${OfGroup} key=${one.id} event=${event} id=${one.id} group=${event.groups[one.group]} board=${client.room(`board:${one.id}`)?.value?.state} put=${put} />`)}</ul>`;
}

function OfGroup({ id, group, board, put }) {
  const lines = board ? standing(board, "line").length : 0;
  const proposals = board ? standing(board).filter(({ text }) => text) : [];
  const name = group?.name ?? "";
  const nothing = board && !lines && !board.results && !proposals.length;
  return html`
    <li class="of-group">
      <${GroupName} name=${name} number=${group?.number} />
      ${nothing && html`<span class="small quiet">${t("nothing to show yet")}</span>`}
      <span class="cue-buttons">
        ${lines > 0 && html`<button type="button" class="button" aria-label="${t("Final lines")}: ${name}" onClick=${() => put({ view: "lines", board: id })}>${icon("plus")} ${t("Final lines")}</button>`}
        ${board?.results && html`<button type="button" class="button" aria-label="${t("Results")}: ${name}" onClick=${() => put({ view: "results", board: id })}>${icon("plus")} ${t("Results")}</button>`}
      </span>
      ${proposals.length > 0 && html`<${Choice} summary="${t("One proposal")}: ${name}" items=${proposals} onPut=${(/** @type {string} */ proposal) => put({ view: "proposal", proposal })} />`}
    </li>`;
}

function OfDay({ event, put }) {
  const { client } = useApp();
  const days = event.days.filter((day) => day.id === dayNow(event)?.id || day.sessions.some(({ opened_at }) => opened_at !== null));
  useWatch(days.map(({ id }) => `day:${id}`));
  return html`
    <ul class="stack tight">
      ${days.map((day) => {
        const conclusions = client.room(`day:${day.id}`)?.value?.state?.conclusions ?? [];
        const items = conclusions.map(({ id, kind, wording }) => ({ id, text: wording, note: kindName(kind) }));
        return html`
          <li key=${day.id} class="of-group">
            <strong>${t("Conclusions of day {number}", { number: day.number })}</strong>
            ${items.length === 0 ? html`<span class="small quiet">${t("nothing to show yet")}</span>`
              : html`<span class="cue-buttons"><button type="button" class="button" aria-label=${t("All conclusions of day {number}", { number: day.number })} onClick=${() => put({ view: "conclusions", day: day.id })}>${icon("plus")} ${t("All of them")}</button></span>
                <${Choice} summary=${t("One conclusion")} items=${items} onPut=${(/** @type {string} */ conclusion) => put({ view: "conclusion", conclusion })} />`}
          </li>`;
      })}
    </ul>`;
}

/** One out of many, folded away. */
function Choice({ summary, items, onPut }) {
  const [open, setOpen] = useState(false);
  return html`
    <details class="one-of" onToggle=${(/** @type {any} */ e) => setOpen(e.currentTarget.open)}><summary>${summary}</summary>
      ${open && html`<ul class="cue-list">${items.map((one) => html`
        <li key=${one.id}><span dir="auto">${one.text} ${one.note && html`<span class="small quiet">${one.note}</span>`}</span>
          <button type="button" class="button" aria-label="${t("Put on the stage")}: ${one.text}" onClick=${() => onPut(one.id)}>${icon("plus")}</button></li>`)}</ul>`}
    </details>`;
}
