// Ratification while it goes on: who steers opens and closes it, everybody who was here says where they stand.

import { n, t } from "../i18n.js";
import { may, urlFor, useAct, useApp, useBusy, usePending, useWatch } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useLayoutEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { POSITIONS } from "./ratified.js";
import { lengthOf, Words } from "./words.js";

const TERMS = { quorum_people: 50, quorum_organisations: 50, support: 80 };
const REASON_LIMIT = 1000;

/** The way in at the head of the day. `onNext`: all conclusions have to be on show. @param {{room: string, day: any, me: any, event: any, onNext: () => void}} props */
export function Ratification({ room, day, me, event, onNext }) {
  const steers = may(null, me, "ratification.open");
  const { ratification } = day;
  if (ratification?.open) return html`<${Running} room=${room} day=${day} me=${me} steers=${steers} onNext=${onNext} />`;
  if (!steers || day.closing || day.conclusions.length === 0) return null;
  return html`<${Ask} room=${room} day=${day} event=${event} />`;
}

function Running({ room, day, me, steers, onNext }) {
  const { ratification } = day;
  const pending = usePending(room);
  const [closing, close] = useState(false);
  const standing = new Set(day.conclusions.map(({ id }) => id));
  const asked = ratification.conclusions.filter((/** @type {string} */ id) => standing.has(id));
  const answered = answers(me, pending);
  const open = day.conclusions.filter(({ id }) => asked.includes(id) && !answered.has(id));
  const next = () => {
    onNext();
    requestAnimationFrame(() => {
      const place = document.getElementById(`conclusion-${open[0].id}`);
      place?.scrollIntoView({ block: "center" });
      /** @type {HTMLElement | null | undefined} */ (place?.querySelector(".position button"))?.focus({ preventScroll: true });
    });
  };
  return html`
    <section class="card roomy ratification stack" aria-labelledby="ratification">
      <div class="stack tight">
        <p class="eyebrow"><span class="live" aria-hidden="true"></span>${t("Ratification")}</p>
        <h2 id="ratification">${t("Do we stand behind this?")}</h2>
      </div>
      ${me.elector && (open.length > 0
        ? html`<p>${t("Say where you stand on each conclusion below. It is asked in secret: nobody sees who said what.")}</p>
            <div class="row"><button type="button" class="button primary big" onClick=${next}>${icon("down")} ${answered.size === 0 ? t("Start") : t("To the next one")}</button>
              <span class="figures" role="status">${t("You have answered {answered} of {of}", { answered: asked.length - open.length, of: asked.length })}</span></div>`
        : html`<p class="notice" role="status">${icon("check")}<span>${t("You have answered all of them. You can change your mind until it is closed.")}</span></p>`)}
      ${!me.elector && me.role === "participant" && html`<p class="notice">${icon("people")}<span>${t("It asks those who were here when it opened.")}</span></p>`}
      <div class="stack tight">
        <p class="figures" role="status"><strong>${n("{voted} of {count} person has answered", "{voted} of {count} people have answered", ratification.electors, { voted: ratification.voted })}</strong></p>
        <progress class="wide" max=${Math.max(1, ratification.electors)} value=${ratification.voted} aria-label=${t("Answered")}></progress>
        <p class="small quiet">${terms(ratification)}</p>
      </div>
      ${steers && html`<div><button type="button" class="button primary" onClick=${() => close(true)}>${icon("stop")} ${t("Close and count")}</button></div>`}
      ${closing && html`<${CloseDialog} room=${room} ratification=${ratification} onClose=${() => close(false)} />`}
    </section>`;
}

const terms = (ratification) =>
  t("It takes {people} % of the people and {organisations} % of the organisations, and {support} % of the answers standing behind it.", { people: ratification.quorum_people, organisations: ratification.quorum_organisations, support: ratification.support });

/** Does an open ratification of this day still wait for one's answer? @param {any} room  a day's room as the client knows it */
function waits(room) {
  const ratification = room?.state?.ratification;
  if (!ratification?.open || !room.me?.elector) return false;
  const standing = new Set(room.state.conclusions.map((/** @type {any} */ one) => one.id));
  return ratification.conclusions.some((/** @type {string} */ id) => standing.has(id) && !room.me.positions[id]);
}

/** Wherever somebody is, they hear that they are asked. @param {{days: string[]}} props  ids */
export function Asked({ days }) {
  const { client, boot } = useApp();
  useWatch(days.map((id) => `day:${id}`));
  const asked = days.map((id) => client.room(`day:${id}`)?.value).filter(waits);
  return asked.map(({ state: day }) => html`
    <section key=${day.id} class="card roomy ratification stack arrive" aria-labelledby="asked-${day.id}">
      <h2 id="asked-${day.id}">${t("Do we stand behind this?")}</h2>
      <p>${n("You are asked about {count} conclusion of day {number}.", "You are asked about {count} conclusions of day {number}.", day.ratification.conclusions.length, { number: day.number })}</p>
      <div><a class="button primary big" href=${urlFor(boot.urls.day, day.id)}>${t("Answer")} ${icon("next")}</a></div>
    </section>`);
}

/** The way from a board to its day, which says when one is asked there. @param {{day: string}} props */
export function DayLink({ day }) {
  const { client, boot } = useApp();
  const asked = waits(client.room(`day:${day}`)?.value);
  return html`<a class=${asked ? "button primary" : "small"} href=${urlFor(boot.urls.day, day)}>${asked ? t("Do we stand behind this? Answer") : t("Conclusions of the day")}</a>`;
}

/** What one has said by now, on its way included. */
function answers(me, pending) {
  const sent = pending.filter(({ name, state }) => name === "position.take" && state !== "refused").map(({ args }) => args.conclusion);
  return new Set([...Object.keys(me.positions ?? {}), ...sent]);
}

function CloseDialog({ room, ratification, onClose }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const close = guard(async () => (await act("ratification.close")).ok && onClose());
  const missing = ratification.electors - ratification.voted;
  return html`
    <${Dialog} title=${t("Close the ratification?")} submit=${t("Close and count")} busy=${busy} onSubmit=${close} onClose=${onClose}>
      <p>${missing > 0 ? n("{count} person has not answered yet.", "{count} people have not answered yet.", missing) : t("Everybody has answered.")} ${t("From then on everybody sees what came of it, and nobody can answer any more.")}</p>
    <//>`;
}

function Ask({ room, day, event }) {
  const [open, setOpen] = useState(false);
  const ratified = day.conclusions.filter((one) => one.ratification?.outcome === "ratified").length;
  return html`
    <section class="panel row apart ratification-ask" aria-label=${t("Ratification")}>
      <p><strong>${t("Ratification")}</strong><br /><span class="small quiet">${day.conclusions.some((one) => one.ratification)
        ? n("{ratified} of {count} conclusion is ratified.", "{ratified} of {count} conclusions are ratified.", day.conclusions.length, { ratified })
        : t("Ask everybody whether they stand behind the conclusions.")}</span></p>
      <button type="button" class="button primary" onClick=${() => setOpen(true)}>${icon("people")} ${t("Ask everybody")}</button>
      ${open && html`<${AskDialog} room=${room} day=${day} event=${event} onClose=${() => setOpen(false)} />`}
    </section>`;
}

function AskDialog({ room, day, event, onClose }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const last = day.ratification;
  const [numbers, setNumbers] = useState(() => (last ? { quorum_people: last.quorum_people, quorum_organisations: last.quorum_organisations, support: last.support } : TERMS));
  const [chosen, choose] = useState(() => new Set(unratified(day.conclusions).map(({ id }) => id)));
  const [error, setError] = useState("");
  const ask = guard(async () => {
    const wrong = Object.values(numbers).some((value) => !Number.isInteger(value) || value < 0 || value > 100);
    if (wrong) return setError(t("Give whole numbers from 0 to 100."));
    if (chosen.size === 0) return setError(t("Choose at least one conclusion."));
    const conclusions = day.conclusions.map(({ id }) => id).filter((/** @type {string} */ id) => chosen.has(id));
    if ((await act("ratification.open", { conclusions, ...numbers })).ok) onClose();
  });
  const toggle = (/** @type {string} */ id) => {
    const now = new Set(chosen);
    if (!now.delete(id)) now.add(id);
    choose(now);
  };
  return html`
    <${Dialog} title=${t("Ask everybody to ratify")} submit=${t("Open the ratification")} busy=${busy} onSubmit=${ask} onClose=${onClose}>
      <p class="quiet">${n("It asks the {count} person who has come in. What each one says stays secret.", "It asks the {count} people who have come in. What each one says stays secret.", event?.joined ?? 0)}</p>
      <fieldset class="stack tight"><legend>${t("Conclusions")}</legend>
        <ul class="stack tight ask-list">${day.conclusions.map((one) => html`
          <li key=${one.id}><label class="pick"><input type="checkbox" checked=${chosen.has(one.id)} onChange=${() => toggle(one.id)} /><${Words} as="span" text=${one.wording} /></label></li>`)}</ul>
      </fieldset>
      <fieldset class="stack tight"><legend>${t("What it takes, in per cent")}</legend>
        <div class="terms">
          <${Percent} label=${t("of the people have answered")} value=${numbers.quorum_people} onChange=${(/** @type {number} */ value) => setNumbers({ ...numbers, quorum_people: value })} />
          <${Percent} label=${t("of the organisations have answered")} value=${numbers.quorum_organisations} onChange=${(/** @type {number} */ value) => setNumbers({ ...numbers, quorum_organisations: value })} />
          <${Percent} label=${t("of the answers stand behind it")} value=${numbers.support} onChange=${(/** @type {number} */ value) => setNumbers({ ...numbers, support: value })} />
        </div>
      </fieldset>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}

/** What nobody has ratified in its wording of now; all of them if there is no such. @param {any[]} conclusions */
function unratified(conclusions) {
  const left = conclusions.filter(({ ratification, versions }) => ratification?.outcome !== "ratified" || ratification.version < versions.length);
  return left.length ? left : conclusions;
}

function Percent({ label, value, onChange }) {
  const id = useId();
  return html`
    <div class="field short"><input id=${id} class="input figures" type="number" inputmode="numeric" min="0" max="100" step="1" value=${value} onInput=${(/** @type {any} */ e) => onChange(e.currentTarget.valueAsNumber)} />
      <label for=${id}>${label}</label></div>`;
}

/** Where one stands on a conclusion. @param {{room: string, conclusion: any, me: any, heading: string}} props */
export function Position({ room, conclusion, me, heading }) {
  const { client } = useApp();
  const command = usePending(room).findLast(({ name, args }) => name === "position.take" && args.conclusion === conclusion.id);
  const [objecting, object] = useState(false);
  const said = command && command.state !== "refused" ? command.args : me.positions?.[conclusion.id];
  const say = (/** @type {number} */ value, reason = "") => {
    if (command) client.discard(command.id);
    object(false);
    if (said?.value !== value || (said.reason ?? "") !== reason) client.send(room, "position.take", { conclusion: conclusion.id, value, ...(reason && { reason }) });
  };
  return html`
    <div class="position stack tight ${said ? "said" : ""}" role="group" aria-labelledby=${heading}>
      <div class="position-buttons">
        ${Object.entries(POSITIONS()).reverse().map(([key, name]) => {
          const value = Number(key);
          const pressed = objecting ? value === 0 : said?.value === value;
          return html`<button key=${value} type="button" class="button big ${value === 0 ? "objects" : ""}" aria-pressed=${pressed ? "true" : "false"} aria-expanded=${value === 0 ? String(objecting) : null}
            onClick=${() => (value === 0 ? object(true) : say(value))}>${pressed && icon("check")} ${name}</button>`;
        })}
      </div>
      ${objecting && html`<${Objection} conclusion=${conclusion} reason=${said?.reason ?? ""} onSay=${(/** @type {string} */ reason) => say(0, reason)} onCancel=${() => object(false)} />`}
      ${!objecting && said?.value === 0 && html`<p class="small"><span class="quiet">${t("Your reason:")}</span> <span dir="auto">${said.reason}</span> <button type="button" class="button plain" onClick=${() => object(true)}>${t("Change")}</button></p>`}
      ${command && html`<${PendingNote} command=${command} />`}
    </div>`;
}

function Objection({ conclusion, reason, onSay, onCancel }) {
  const { client } = useApp();
  const draft = `objection:${conclusion.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) || reason);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const id = useId();
  useLayoutEffect(() => field.current?.focus(), []);
  const type = (/** @type {string} */ value) => (setText(value), client.drafts.saveDraft(draft, value));
  const fits = lengthOf(text) > 0 && lengthOf(text) <= REASON_LIMIT;
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!fits) return;
    client.drafts.saveDraft(draft, "");
    onSay(text.trim());
  };
  return html`
    <form class="stack tight" onSubmit=${send}>
      <div class="field"><label for=${id}>${t("What do you object to?")}</label>
        <textarea id=${id} ref=${field} dir="auto" rows="3" maxlength=${REASON_LIMIT} value=${text} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea>
        <span class="hint">${t("Everybody reads the reason once it is closed, without your name.")}</span></div>
      <div class="row"><button type="submit" class="button primary" aria-disabled=${fits ? null : "true"}>${t("Object")}</button>
        <button type="button" class="button plain" onClick=${onCancel}>${t("Cancel")}</button></div>
    </form>`;
}
