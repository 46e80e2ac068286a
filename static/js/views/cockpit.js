// The cockpit: the agenda, and a wall of the boards of one session, to steer one or all of them.

import { n, t } from "../i18n.js";
import { Agenda, sessionNext, sessionOn, sessionsOf, stateOf } from "./agenda.js";
import { useAct, useApp, useBusy, useRoom } from "./app.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { JoinPanel } from "./joinpanel.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { GuidingTexts } from "./texts.js";
import { Wall } from "./wall.js";

export function Cockpit() {
  const { boot } = useApp();
  const room = useRoom(boot.room);
  const [chosen, choose] = useState(/** @type {string | null} */ (null));
  if (!room?.state) return html`<${Shell} title=""><${Waiting} error=${room?.error} /><//>`;
  const { state: event, me } = room;
  const on = sessionOn(event);
  const next = sessionNext(event);
  const session = sessionsOf(event).find(({ id }) => id === chosen) ?? on ?? next;
  const actions = (/** @type {any} */ one) => html`<${SessionButtons} event=${event} session=${one} primary=${one.id === next?.id} />`;
  return html`
    <${Shell} title=${event.title} width="wide" kind="cockpit">
      <header class="cockpit-head">
        <div class="stack tight">
          <p class="eyebrow">${t("Cockpit")} · ${n("{count} person has joined", "{count} people have joined", event.joined)}</p>
          <h1 dir="auto">${on ? on.title : t("Nothing is on")}</h1>
        </div>
        <${NextButton} on=${on} next=${next} onStart=${() => choose(null)} />
      </header>
      <div class="cockpit-body">
        <div class="cockpit-wall">
          ${session && html`<${Wall} key=${session.id} event=${event} session=${session} />`}
        </div>
        <div class="cockpit-side stack loose">
          <section class="stack" aria-labelledby="agenda">
            <h2 id="agenda">${t("Agenda")}</h2>
            <${Agenda} event=${event} me=${me} actions=${actions} shown=${session?.id} onShow=${choose} />
          </section>
          <p><a class="button wide" href=${boot.urls.activities}>${icon("plus")} ${t("Activities: choose, look into, change")}</a></p>
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

function SessionButtons({ event, session, primary }) {
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
        : html`<button type="button" class="button ${primary ? "primary" : ""}" aria-label="${words}: ${session.title}" aria-disabled=${busy ? "true" : null} onClick=${send("session.open")}>${words}</button>`}
    </span>`;
}
