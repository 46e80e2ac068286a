// A day's conclusions: by kind, each with where it comes from and whether the room stands behind it; how the day closed.

import { day as dayName, n, t } from "../i18n.js";
import { may, urlFor, useAct, useApp, useRoom, useWatch } from "./app.js";
import { Closed, CloseDay } from "./closing.js";
import { Conclusion } from "./conclusion.js";
import { GalleryLink } from "./gallerylink.js";
import { html, useEffect, useState } from "./html.js";
import { icon } from "./icons.js";
import { KINDS } from "./kinds.js";
import { Ratification } from "./ratify.js";
import { SampleNote, Shell, Waiting } from "./shell.js";

export function Day() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const eventRoom = `event:${boot.event}`;
  const event = client.room(eventRoom)?.value?.state;
  const days = event?.days ?? [];
  const before = days[days.findIndex((/** @type {any} */ one) => `day:${one.id}` === boot.room) - 1];
  useWatch([eventRoom, ...(before ? [`day:${before.id}`] : [])]);
  usePrintedDetails();
  const [kind, setKind] = useState("");
  const steers = boot.role === "facilitator" || boot.role === "organiser";
  const back = steers ? { href: boot.urls.cockpit, label: t("Cockpit") } : { href: boot.urls.home, label: t("Lobby") };
  if (!room?.state || !room.me) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const { state: day, me } = room;
  const yesterday = before && client.room(`day:${before.id}`)?.value?.state;
  const shown = day.conclusions.map((conclusion, place) => ({ conclusion, place })).filter((one) => !kind || one.conclusion.kind === kind);
  return html`
    <${Shell} back=${back} width="narrow" kind="day stack loose">
      <header class="stack tight">
        <p class="eyebrow" dir="auto">${event?.title}</p>
        <h1>${t("Conclusions of day {number}", { number: day.number })}</h1>
        <p class="lead quiet">${dayName(day.date)}${day.title ? html` · <bdi>${day.title}</bdi>` : ""}</p>
        <${Days} event=${event} day=${day} />
        ${event && html`<div><${GalleryLink} event=${event} /></div>`}
      </header>
      ${yesterday?.closing && html`<${Closed} room="day:${before.id}" day=${yesterday} next=${true} />`}
      <${Closed} room=${boot.room} day=${day} me=${me} />
      <${Ratification} room=${boot.room} day=${day} me=${me} event=${event} onNext=${() => setKind("")} />
      <div class="stack">
        <p class="quiet" role="status">${day.conclusions.length
          ? n("{count} conclusion, in the order in which the day tells it", "{count} conclusions, in the order in which the day tells them", day.conclusions.length)
          : t("There are no conclusions yet. They appear here as soon as a facilitator promotes a proposal.")}</p>
        <${Filter} conclusions=${day.conclusions} kind=${kind} onChange=${setKind} />
      </div>
      <ol class="conclusions">
        ${shown.map(({ conclusion, place }, nth) => html`
          <${Conclusion} key=${conclusion.id} room=${boot.room} day=${day} me=${me} conclusion=${conclusion} place=${place} above=${shown[nth - 1]?.place ?? null} below=${shown[nth + 1]?.place ?? null}
            edits=${may(null, me, "conclusion.reword")} event=${event} />`)}
      </ol>
      ${me.taken_back?.length > 0 && html`<${TakenBack} room=${boot.room} conclusions=${me.taken_back} closed=${Boolean(day.closing)} />`}
      <${CloseDay} room=${boot.room} day=${day} me=${me} event=${event} />
      <nav class="row" aria-label=${t("More about the conclusions")}>
        ${event?.frameworks?.length > 0 && boot.urls.coverage && html`<a class="button" href=${boot.urls.coverage}>${icon("map")} ${t("What they answer to")}</a>`}
        ${boot.urls.mine && html`<a class="button" href=${boot.urls.mine}>${icon("people")} ${t("What became of yours")}</a>`}
      </nav>
      <${SampleNote} text=${event?.sample} />
    <//>`;
}

/** Only as many kinds as there are. */
function Filter({ conclusions, kind, onChange }) {
  const kinds = KINDS().map(([value, name]) => ({ value, name, count: conclusions.filter((one) => one.kind === value).length })).filter(({ value, count }) => count > 0 || value === kind);
  if (kinds.length < 2 && !kind) return null;
  return html`
    <fieldset class="choices filter"><legend class="unseen">${t("Show")}</legend>
      ${[{ value: "", name: t("All"), count: conclusions.length }, ...kinds].map((one) => html`
        <label key=${one.value} class="choice"><input type="radio" name="filter" checked=${kind === one.value} onChange=${() => onChange(one.value)} /><span>${one.name} <span class="figures">${one.count}</span></span></label>`)}
    </fieldset>`;
}

function Days({ event, day }) {
  const { boot } = useApp();
  if (!event || event.days.length < 2) return null;
  return html`
    <nav class="row days" aria-label=${t("Days")}>
      ${event.days.map((one) => html`<a key=${one.id} class="button" aria-current=${one.id === day.id ? "page" : null} href=${urlFor(boot.urls.day, one.id)}>${t("Day {number}", { number: one.number })}</a>`)}
    </nav>`;
}

function TakenBack({ room, conclusions, closed }) {
  const act = useAct(room);
  return html`
    <section class="panel stack taken-back" aria-labelledby="taken-back">
      <h2 id="taken-back" class="eyebrow">${n("{count} conclusion that was taken back", "{count} conclusions that were taken back", conclusions.length)}</h2>
      <ul class="stack">
        ${conclusions.map(({ id, wording }) => html`
          <li key=${id} class="row apart">
            <p dir="auto" class="quiet">${wording}</p>
            ${!closed && html`<button type="button" class="button" onClick=${() => act("conclusion.reinstate", { conclusion: id })}>${icon("undo")} ${t("Reinstate")}</button>`}
          </li>`)}
      </ul>
    </section>`;
}

/** Paper cannot be unfolded: everything folded is printed open. */
export function usePrintedDetails() {
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
