// Summoned: one's own screen comes along to the stage until it is released. What was being done stays as it was behind
// it, and one press, or Escape, leads back there.

import { t } from "../i18n.js";
import { useApp, useWatch } from "./app.js";
import { Announcements } from "./announce.js";
import { useModal } from "./dialog.js";
import { html, signal, useId } from "./html.js";
import { icon } from "./icons.js";
import { StageView } from "./stage_view.js";
import { Status } from "./status.js";

/** The summon that one looks away from, by choice; the next one is a new question. */
const away = signal("");

/** What concerns the whole event, for a page of whatever room. @returns {{event: any, me: any, summon: any} | null} */
function useEvent() {
  const { client, boot } = useApp();
  const room = `event:${boot.event}`;
  useWatch([room]);
  const known = client.room(room)?.value;
  if (!known?.state?.stage || !known.me) return null;
  const { state: event, me } = known;
  return { event, me, summon: isFor(event, me, event.stage.summon) ? event.stage.summon : null };
}

/** Is it for me: for everybody, or for a group of mine? Who steers is never called. */
export function isFor(event, me, call) {
  if (!call || !["participant", "observer"].includes(me.role)) return false;
  return call.groups.length === 0 || call.groups.some((/** @type {string} */ id) => me.groups.includes(id) || event.groups[id]?.kind === "plenary");
}

/** What is said to me, above the page; in the full-page view it stands there. */
export function AnnouncedHere() {
  const known = useEvent();
  const followed = known?.summon && away.value !== known.summon.id;
  return known && !followed ? html`<${Announcements} ...${known} />` : null;
}

/** The full-page view of the stage. */
export function Follow() {
  const known = useEvent();
  if (!known?.summon || away.value === known.summon.id) return null;
  return html`<${Front} key=${known.summon.id} event=${known.event} me=${known.me} summon=${known.summon} />`;
}

/** For who has looked away: the way back to where everybody is. */
export function LookAway() {
  const known = useEvent();
  if (!known?.summon || away.value !== known.summon.id) return null;
  return html`
    <div class="look-away"><p>${icon("screen")} ${t("Everybody is looking at the front.")}</p>
      <button type="button" class="button" onClick=${() => (away.value = "")}>${t("Look there too")}</button></div>`;
}

function Front({ event, me, summon }) {
  const dialog = useModal();
  const title = useId();
  const { cue } = event.stage;
  return html`
    <dialog ref=${dialog} class="front" aria-labelledby=${title} onClose=${() => (away.value = summon.id)}>
      <div class="front-page">
        <div class="front-head">
          ${/* The words take the focus, not the button: who was typing must not press it with the next space. */ ""}
          <h1 id=${title} tabindex="-1" autofocus>${icon("screen")} ${t("Look at the front")}</h1>
          <${Status} />
        </div>
        <${Announcements} event=${event} me=${me} />
        <div class="front-body" aria-live="polite">
          ${cue ? html`<${StageView} key=${cue.id} event=${event} cue=${cue} />` : html`<p class="lead">${t("The facilitator has something for everybody.")}</p>`}
        </div>
        <div class="front-foot">
          <p class="small quiet">${t("This page comes back by itself, as you left it.")}</p>
          <button type="button" class="button" onClick=${() => dialog.current?.close()}>${icon("back")} ${t("Back to my page")}</button>
        </div>
      </div>
    </dialog>`;
}
