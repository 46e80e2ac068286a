// A day's conclusions, each with where it comes from.

import { day as dayName, n, t } from "../i18n.js";
import { may, urlFor, useAct, useApp, useRoom, useWatch } from "./app.js";
import { Conclusion } from "./conclusion.js";
import { html, useEffect } from "./html.js";
import { icon } from "./icons.js";
import { SampleNote, Shell, Waiting } from "./shell.js";

export function Day() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const eventRoom = `event:${boot.event}`;
  useWatch([eventRoom]);
  usePrintedDetails();
  const steers = boot.role === "facilitator" || boot.role === "organiser";
  const back = steers ? { href: boot.urls.cockpit, label: t("Cockpit") } : { href: boot.urls.home, label: t("Lobby") };
  if (!room?.state || !room.me) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const { state: day, me } = room;
  const event = client.room(eventRoom)?.value?.state;
  return html`
    <${Shell} back=${back} width="narrow" kind="day stack loose">
      <header class="stack tight">
        <p class="eyebrow" dir="auto">${event?.title}</p>
        <h1>${t("Conclusions of day {number}", { number: day.number })}</h1>
        <p class="lead quiet">${dayName(day.date)}${day.title ? html` · <bdi>${day.title}</bdi>` : ""}</p>
        <${Days} event=${event} day=${day} />
      </header>
      <p class="quiet" role="status">${day.conclusions.length
        ? n("{count} conclusion, in the order in which the day tells it", "{count} conclusions, in the order in which the day tells them", day.conclusions.length)
        : t("There are no conclusions yet. They appear here as soon as a facilitator promotes a proposal.")}</p>
      <ol class="conclusions">
        ${day.conclusions.map((conclusion, place) => html`
          <${Conclusion} key=${conclusion.id} room=${boot.room} conclusion=${conclusion} place=${place} last=${place === day.conclusions.length - 1}
            edits=${may(null, me, "conclusion.reword")} event=${event} />`)}
      </ol>
      ${me.taken_back?.length > 0 && html`<${TakenBack} room=${boot.room} conclusions=${me.taken_back} />`}
      <${SampleNote} text=${event?.sample} />
    <//>`;
}

function Days({ event, day }) {
  const { boot } = useApp();
  if (!event || event.days.length < 2) return null;
  return html`
    <nav class="row days" aria-label=${t("Days")}>
      ${event.days.map((one) => html`<a key=${one.id} class="button" aria-current=${one.id === day.id ? "page" : null} href=${urlFor(boot.urls.day, one.id)}>${t("Day {number}", { number: one.number })}</a>`)}
    </nav>`;
}

function TakenBack({ room, conclusions }) {
  const act = useAct(room);
  return html`
    <section class="panel stack taken-back" aria-labelledby="taken-back">
      <h2 id="taken-back" class="eyebrow">${t("Taken back")}</h2>
      <ul class="stack">
        ${conclusions.map(({ id, wording }) => html`
          <li key=${id} class="row apart">
            <p dir="auto" class="quiet">${wording}</p>
            <button type="button" class="button" onClick=${() => act("conclusion.reinstate", { conclusion: id })}>${icon("undo")} ${t("Reinstate")}</button>
          </li>`)}
      </ul>
    </section>`;
}

/** Paper cannot be unfolded: everything folded is printed open. */
function usePrintedDetails() {
  useEffect(() => {
    /** @type {HTMLDetailsElement[]} */
    let opened = [];
    const before = () => {
      opened = [.../** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll("details:not([open])"))];
      opened.forEach((one) => (one.open = true));
    };
    const after = () => opened.forEach((one) => (one.open = false));
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => (removeEventListener("beforeprint", before), removeEventListener("afterprint", after));
  }, []);
}
