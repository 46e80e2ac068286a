// The pictures of the event: sent by whoever was there, seen by them and nobody else.

import { list, n, t } from "../i18n.js";
import { sessionsOf } from "./agenda.js";
import { useAct, useApp, useBusy, useRoom } from "./app.js";
import { DescribeDialog } from "./describe.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { Lightbox } from "./lightbox.js";
import { OwnTick } from "./own_tick.js";
import { altOf, Image, inOrder } from "./pictures.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { Thumbs } from "./thumbs.js";
import { UploadButtons, Uploads } from "./uploads.js";

export function Gallery() {
  const { boot } = useApp();
  const room = useRoom(boot.room);
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const steers = boot.role === "facilitator" || boot.role === "organiser";
  const back = steers ? { href: boot.urls.cockpit, label: t("Cockpit") } : { href: boot.urls.home, label: t("Lobby") };
  if (!room?.state || !room.me) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const { state: event, me } = room;
  const pictures = inOrder(event);
  const large = pictures.filter((picture) => picture.status === "standing");
  const adds = me.can.includes("picture.add");
  return html`
    <${Shell} back=${back} kind="gallery stack loose">
      <header class="stack tight">
        <p class="eyebrow" dir="auto">${event.title}</p>
        <h1>${t("Pictures")}</h1>
        <p class="quiet">${t("Everybody at this event can see them, and nobody else.")}</p>
      </header>
      ${adds && html`<${Adding} event=${event} me=${me} />`}
      ${large.length === 0 && html`<p class="lead" role="status">${t("There are no pictures yet.")}</p>`}
      ${bySession(event, pictures).map(({ session, ones }) => html`
        <section key=${session?.id ?? "none"} class="stack" aria-labelledby="of-${session?.id ?? "none"}">
          <h2 id="of-${session?.id ?? "none"}">${session ? html`<bdi>${session.title}</bdi>` : t("Between the sessions")} <span class="quiet small">${n("{count} picture", "{count} pictures", ones.length)}</span></h2>
          <${Thumbs} pictures=${ones} event=${event} onOpen=${setOpen} more=${(/** @type {any} */ picture) => picture.status === "hidden" && html`<${HiddenOne} picture=${picture} event=${event} me=${me} />`} />
        </section>`)}
      <${Withdrawn} event=${event} me=${me} />
      ${me.can.includes("picture.decline") && html`<${OptOut} event=${event} me=${me} />`}
      <${SampleNote} text=${event.sample} />
      ${open && html`<${Lightbox} pictures=${large} id=${open} event=${event} me=${me} onTurn=${setOpen} onClose=${() => setOpen(null)} />`}
    <//>`;
}

/** The sessions in the order of the agenda, each with its pictures; those of none stand last. */
function bySession(event, pictures) {
  const sessions = [...sessionsOf(event), null];
  return sessions
    .map((session) => ({ session, ones: pictures.filter((picture) => (picture.session ?? null) === (session?.id ?? null)) }))
    .filter(({ ones }) => ones.length > 0);
}

function Adding({ event, me }) {
  const [asked, ask] = useState(/** @type {string | null} */ (null));
  const bare = inOrder(event).filter((picture) => picture.author === me.person && picture.status === "standing" && !picture.alt);
  const picture = asked && event.pictures[asked];
  const after = bare.filter(({ id }) => id !== asked);
  return html`
    <section class="adding card roomy stack" aria-label=${t("Add pictures")}>
      <${UploadButtons} label=${t("Add pictures")} primary />
      <p class="small quiet">${t("JPEG, PNG, WebP or HEIC, up to {limit} MB each. Where and when a picture was taken is removed from it.", { limit: 10 })}</p>
      ${event.declined > 0 && html`<div class="notice small">${icon("people")}<div>${n("{count} person here does not want to be in pictures. Ask before you take one.", "{count} people here do not want to be in pictures. Ask before you take one.", event.declined)}</div></div>`}
      <${Uploads} />
      ${bare.length > 0 && html`
        <div class="row bare">
          <p>${n("{count} picture of yours says nothing yet to those who cannot see it.", "{count} pictures of yours say nothing yet to those who cannot see them.", bare.length)}</p>
          <button type="button" class="button" onClick=${() => ask(bare[0].id)}>${icon("edit")} ${n("Describe it", "Describe them", bare.length)}</button>
        </div>`}
      ${picture && html`<${DescribeDialog} key=${picture.id} picture=${picture} event=${event} me=${me} left=${after.length}
        onClose=${(/** @type {any} */ saved) => ask(saved === true ? (after[0]?.id ?? null) : null)} />`}
    </section>`;
}

/** In the place of a hidden picture, for who moderates: what it is, and the way back. */
function HiddenOne({ picture, event, me }) {
  const { boot } = useApp();
  const act = useAct(boot.room);
  const { busy, guard } = useBusy();
  const whole = me.pictures[picture.id];
  if (!whole || !me.can.includes("picture.restore")) return null;
  return html`
    <${Image} picture=${whole} event=${event} sizes="8rem" class="thumb-veiled" />
    <div><button type="button" class="button" aria-disabled=${busy ? "true" : null} aria-label="${t("Restore")}: ${altOf(whole, event)}" onClick=${guard(() => act("picture.restore", { picture: picture.id }))}>${icon("show")} ${t("Restore")}</button></div>`;
}

/** One's own pictures that are out of the gallery. */
function Withdrawn({ event, me }) {
  const { boot } = useApp();
  const act = useAct(boot.room);
  const { busy, guard } = useBusy();
  const gone = Object.values(me.pictures).filter((picture) => picture.status === "withdrawn");
  if (gone.length === 0) return null;
  return html`
    <details class="withdrawn">
      <summary>${n("{count} picture that you have withdrawn", "{count} pictures that you have withdrawn", gone.length)}</summary>
      <ul class="thumbs">
        ${gone.map((picture) => html`
          <li key=${picture.id} class="thumb">
            <${Image} picture=${picture} event=${event} sizes="8rem" class="thumb-veiled" />
            <div><button type="button" class="button" aria-disabled=${busy ? "true" : null} aria-label="${t("Reinstate")}: ${altOf(picture, event)}" onClick=${guard(() => act("picture.reinstate", { picture: picture.id }))}>${icon("undo")} ${t("Reinstate")}</button></div>
          </li>`)}
      </ul>
    </details>`;
}

/** What one says of oneself; for who steers also who has said it. */
function OptOut({ event, me }) {
  const names = me.decliners.map((/** @type {string} */ id) => event.people[id]?.name).filter(Boolean);
  return html`
    <section class="panel stack tight opt-out" aria-labelledby="opt-out">
      <h2 id="opt-out" class="eyebrow">${t("Being in pictures")}</h2>
      <${OwnTick} command="picture.decline" says="declined" on=${me.declined} words=${t("I do not want to be in pictures")} />
      <p class="small quiet">${t("The facilitators see your name, everybody else only how many say so. If you are in a picture already, ask a facilitator to hide it.")}</p>
      ${names.length > 0 && html`<p><strong>${t("Do not want to be in pictures:")}</strong> <span dir="auto">${list(names)}</span></p>`}
    </section>`;
}
