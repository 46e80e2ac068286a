// The cockpit: a wall of the boards of one session, to steer one, some or all of them, and the run of show beside it.

import { n, t } from "../i18n.js";
import { Agenda, sessionNext, sessionOn, sessionsOf, stateOf } from "./agenda.js";
import { urlFor, useAct, useApp, useBusy, useRoom } from "./app.js";
import { GalleryLink } from "./gallerylink.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { JoinPanel } from "./joinpanel.js";
import { Behind, RunOfShow, useRunOfShow } from "./rundown.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { StageControl } from "./stage_control.js";
import { GuidingTexts } from "./texts.js";
import { Wall } from "./wall.js";
import { useAbsences } from "./watching.js";

export function Cockpit() {
  const { boot } = useApp();
  const room = useRoom(boot.room);
  useAbsences([boot.room]);
  if (!room?.state) return html`<${Shell} title=""><${Waiting} error=${room?.error} /><//>`;
  return html`<${Open} event=${room.state} me=${room.me} />`;
}

function Open({ event, me }) {
  const { boot } = useApp();
  const [chosen, choose] = useState(/** @type {string | null} */ (null));
  const { show, elsewhen } = useRunOfShow(event);
  const on = sessionOn(event);
  const next = sessionNext(event);
  const session = sessionsOf(event).find(({ id }) => id === chosen) ?? on ?? next;
  const actions = (/** @type {any} */ one) => html`<${SessionButtons} event=${event} session=${one} />`;
  return html`
    <${Shell} title=${event.title} width="wide" kind="cockpit">
      <header class="cockpit-head">
        <div class="stack tight">
          <p class="eyebrow">${t("Cockpit")} · ${n("{count} person has joined", "{count} people have joined", event.joined)}</p>
          <h1 dir="auto">${on ? on.title : t("Nothing is on")}</h1>
          <p><${Behind} show=${show} href="#run" /></p>
        </div>
        <${NextButton} on=${on} next=${next} onStart=${() => choose(null)} />
      </header>
      <div class="cockpit-body">
        <div class="cockpit-wall">
          ${session && html`<${Wall} key=${session.id} event=${event} session=${session} />`}
        </div>
        <div class="cockpit-side stack loose">
          <${StageControl} event=${event} me=${me} />
          <section class="stack" aria-labelledby="agenda">
            <h2 id="agenda">${t("Run of show")}</h2>
            <${RunOfShow} show=${show} elsewhen=${elsewhen} />
            <${Agenda} event=${event} me=${me} actions=${actions} shown=${session?.id} onShow=${choose} rows=${new Map(show.rows.map((row) => [row.session.id, row]))} />
            <p><a class="board-link small" href=${boot.urls.run_of_show}>${t("The run of show step by step, to print")}</a></p>
          </section>
          ${session && html`<p><a class="button wide" href=${urlFor(boot.urls.desk, session.day.id)}>${icon("merge")} ${t("Theme desk")}</a></p>`}
          <p><a class="button wide" href=${boot.urls.activities}>${icon("plus")} ${t("Activities: choose, look into, change")}</a></p>
          <p><${GalleryLink} event=${event} wide /></p>
        </div>
        <div class="cockpit-more">
          <${GuidingTexts} event=${event} me=${me} />
          <${JoinPanel} event=${event} me=${me} />
          <${SampleNote} text=${event.sample} />
        </div>
      </div>
    <//>`;
}

/** The one thing to do next stands at one place. */
function NextButton({ on, next, onStart }) {
  const { boot } = useApp();
  const act = useAct(boot.room);
  const { busy, guard } = useBusy();
  if (!next) return on ? null : html`<p class="quiet">${t("Every session of the agenda has been opened.")}</p>`;
  const start = guard(async () => (await act("session.open", { session: next.id })).ok && onStart());
  return html`
    <button type="button" class="button ${on ? "" : "primary"} big next-session" aria-disabled=${busy ? "true" : null} onClick=${start}>
      ${icon("play")}<span>${t("Start the next session")}<strong dir="auto">${next.title}</strong></span>
    </button>`;
}

function SessionButtons({ event, session }) {
  const { boot } = useApp();
  const act = useAct(boot.room);
  const { busy, guard } = useBusy();
  const state = stateOf(event, session);
  const words = state === "done" ? t("Open again") : t("Start");
  const send = (/** @type {string} */ name) => guard(() => act(name, { session: session.id }));
  return html`
    <span class="session-buttons">
      ${state === "on"
        ? html`<button type="button" class="button" aria-label="${t("Close")}: ${session.title}" aria-disabled=${busy ? "true" : null} onClick=${send("session.close")}>${t("Close")}</button>`
        : html`<button type="button" class="button" aria-label="${words}: ${session.title}" aria-disabled=${busy ? "true" : null} onClick=${send("session.open")}>${words}</button>`}
    </span>`;
}
