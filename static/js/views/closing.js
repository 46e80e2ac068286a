// How a day closes: what was concluded, what is parked, what the next day starts from.

import { n, t, time } from "../i18n.js";
import { may, urlFor, useAct, useApp, useBusy, useWatch } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { counted, kindName } from "./kinds.js";
import { usePeople } from "./people.js";
import { toast } from "./toast.js";
import { lengthOf, Words } from "./words.js";

const NOTE_LIMIT = 1000; // shown while typing; the server is who decides

/** The card of a closed day, on its own page, and as what the next day starts from. @param {{room: string, day: any, me?: any, next?: boolean}} props */
export function Closed({ room, day, me = null, next = false }) {
  const { client, boot } = useApp();
  const people = usePeople();
  const act = useAct(room);
  const { closing } = day;
  if (!closing) return null;
  const reopen = async () => {
    client.drafts.saveDraft(noteOf(day), closing.note); // nobody types it twice
    if ((await act("day.reopen")).ok) toast(t("The day goes on."));
  };
  const open = closing.parked.filter((one) => !one.answer).length;
  return html`
    <section class="card roomy closed-day stack" aria-labelledby="closed-${day.id}">
      <div class="stack tight">
        <p class="eyebrow">${icon("moon")} ${t("Day {number} closed at {time}", { number: day.number, time: time(closing.at) })}</p>
        <h2 id="closed-${day.id}">${next ? t("What we start from") : t("What the next day starts from")}</h2>
        ${closing.note ? html`<${Words} class="lead" text=${closing.note} />` : html`<p class="quiet">${t("Nothing more was noted.")}</p>`}
      </div>
      <ul class="row closing-figures">
        ${counted(closing.conclusions).map((words) => html`<li key=${words} class="tag">${words}</li>`)}
        <li class="tag ${open ? "warn" : ""}">${icon("park")} ${n("{count} parked", "{count} parked", closing.parked.length)}${open && open < closing.parked.length ? `, ${n("{count} without an answer", "{count} without an answer", open)}` : ""}</li>
      </ul>
      <${Fold} title=${n("{count} conclusion of the day", "{count} conclusions of the day", closing.conclusions.length)} shown=${closing.conclusions.length > 0 && next}>
        <ol class="plain-list">${closing.conclusions.map((one) => html`<li key=${one.id}><a href=${urlFor(boot.urls.conclusion, one.id)}><bdi>${one.wording}</bdi></a> <span class="small quiet">${kindName(one.kind)}</span></li>`)}</ol>
      <//>
      <${Fold} title=${n("{count} proposal in the parking lots", "{count} proposals in the parking lots", closing.parked.length)} shown=${closing.parked.length > 0}>
        <ul class="plain-list">${closing.parked.map((one) => html`<li key=${one.proposal}><span dir="auto">${one.text}</span> <span class="small quiet">${[one.group_name, people[one.owner]?.name].filter(Boolean).join(" · ")}</span>${one.answer && html`<p class="small" dir="auto">${one.answer}</p>`}</li>`)}</ul>
      <//>
      ${next && html`<p><a href=${urlFor(boot.urls.day, day.id)}>${t("Conclusions of day {number}", { number: day.number })}</a></p>`}
      ${!next && me && may(null, me, "day.reopen") && html`<div><button type="button" class="button" onClick=${reopen}>${icon("undo")} ${t("Reopen the day")}</button></div>`}
    </section>`;
}

const Fold = ({ title, shown, children }) => shown && html`<details><summary>${title}</summary>${children}</details>`;

const noteOf = (day) => `close:${day.id}`;

/** @param {{room: string, day: any, me: any, event: any}} props */
export function CloseDay({ room, day, me, event }) {
  const [open, setOpen] = useState(false);
  if (day.closing || !may(null, me, "day.close") || !event) return null;
  return html`
    <section class="panel row apart close-day" aria-label=${t("End of the day")}>
      <p><strong>${t("End of the day")}</strong><br /><span class="small quiet">${t("Keep what was concluded and what is parked, and say what the next day starts from.")}</span></p>
      <button type="button" class="button" onClick=${() => setOpen(true)}>${icon("moon")} ${t("Close the day")}</button>
      ${open && html`<${CloseDialog} room=${room} day=${day} event=${event} onClose=${() => setOpen(false)} />`}
    </section>`;
}

function CloseDialog({ room, day, event, onClose }) {
  const { client } = useApp();
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [note, setNote] = useState(() => client.drafts.draft(noteOf(day)) ?? "");
  const id = useId();
  const boards = (event.days.find((one) => one.id === day.id)?.sessions ?? []).flatMap((session) => session.boards.map((board) => `board:${board.id}`));
  useWatch(boards, { away: true });
  const parked = boards.flatMap((board) => Object.values(client.room(board)?.value?.state?.proposals ?? {}).filter((card) => card.status === "parked"));
  const type = (/** @type {string} */ value) => (setNote(value), client.drafts.saveDraft(noteOf(day), value));
  const close = guard(async () => {
    if (lengthOf(note) > NOTE_LIMIT) return;
    if (!(await act("day.close", { note: note.trim() })).ok) return;
    client.drafts.saveDraft(noteOf(day), "");
    onClose();
    scrollTo({ top: 0 });
  });
  const undecided = day.conclusions.filter((one) => !one.ratification).length;
  return html`
    <${Dialog} title=${t("Close day {number}", { number: day.number })} submit=${t("Close the day")} busy=${busy} onSubmit=${close} onClose=${onClose}>
      <ul class="plain-list">
        <li>${day.conclusions.length ? counted(day.conclusions).join(", ") : t("Nothing was concluded.")}</li>
        ${undecided > 0 && html`<li class="quiet">${n("{count} of them was not ratified.", "{count} of them were not put to ratification.", undecided)}</li>`}
        <li>${n("{count} proposal in the parking lots", "{count} proposals in the parking lots", parked.length)}</li>
      </ul>
      <div class="field"><label for=${id}>${t("What does the next day start from?")}</label>
        <textarea id=${id} dir="auto" rows="4" maxlength=${NOTE_LIMIT} value=${note} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea></div>
      <p class="small quiet">${t("The conclusions stay as they are from now on. You can reopen the day.")}</p>
    <//>`;
}
