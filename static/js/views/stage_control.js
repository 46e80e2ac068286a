// The stage in one hand: what is on, what comes next, what can be added; whose screen comes along; a word to everybody.

import { t, time } from "../i18n.js";
import { Announce, GroupChoice, toWhom } from "./announce.js";
import { useAct, useApp, useBusy, usePending, useRoom } from "./app.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { StageScreen } from "./screen_stage.js";
import { Waiting, Shell } from "./shell.js";
import { AddToStage } from "./stage_add.js";
import { cueWords, pageOf, pagesOf, useConclusions } from "./stage_view.js";
import { tint } from "./words.js";

/** The control as a page of its own, for a phone. */
export function Stage() {
  const { boot } = useApp();
  const room = useRoom(boot.room);
  const back = { href: boot.urls.cockpit, label: t("Cockpit") };
  if (!room?.state || !room.me) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  return html`
    <${Shell} back=${back} width="slim" kind="stage-page stack">
      <h1>${t("Stage")}</h1>
      <${StageControl} event=${room.state} me=${room.me} />
    <//>`;
}

/** @param {{event: any, me: any}} props */
export function StageControl({ event, me }) {
  const room = `event:${event.id}`;
  const { cue, waiting, shown } = event.stage;
  const [adding, setAdding] = useState(!cue && waiting.length === 0); // stays open while several things are added
  if (!(me?.can ?? []).includes("cue.show")) return null;
  return html`
    <section class="stage-control stack" aria-label=${t("Stage")}>
      <${OnNow} room=${room} event=${event} cue=${cue} />
      <${Pending} room=${room} />
      <${Next} room=${room} event=${event} next=${waiting[0]} />
      <${LinedUp} room=${room} event=${event} waiting=${waiting} />
      <details class="stage-fold" open=${adding} onToggle=${(/** @type {any} */ e) => setAdding(e.currentTarget.open)}><summary>${t("Put something on the stage")}</summary><${AddToStage} room=${room} event=${event} /></details>
      <${Summon} room=${room} event=${event} />
      <details class="stage-fold"><summary>${t("Announcements")}${Object.keys(event.announcements).length ? ` (${Object.keys(event.announcements).length})` : ""}</summary><${Announce} event=${event} /></details>
      ${shown.length > 0 && html`<details class="stage-fold"><summary>${t("Shown before")} (${shown.length})</summary><${ShownBefore} room=${room} event=${event} shown=${shown} /></details>`}
    </section>`;
}

/** What a cue is, in one line. */
function Name({ event, cue }) {
  const { what, of } = cueWords(event, cue);
  return html`<span class="cue-name ${cue.group ? tint(event.groups[cue.group]?.number) : ""}">${what}${of && html` · <bdi>${of}</bdi>`}</span>`;
}

const named = (event, cue) => Object.values(cueWords(event, cue)).filter(Boolean).join(" · ");

function OnNow({ room, event, cue }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const conclusions = useConclusions(cue);
  if (!cue) {
    return html`<div class="on-now empty panel"><p><strong>${t("The stage is empty.")}</strong> <span class="quiet">${t("The projector shows by itself what the room needs.")}</span></p></div>`;
  }
  const pages = pagesOf(cue, conclusions);
  const page = pageOf(cue, pages);
  const turn = (/** @type {number} */ to) => guard(() => act("cue.turn", { page: to }));
  return html`
    <div class="on-now stack tight">
      <div class="row apart"><h2 class="eyebrow"><span class="live" aria-hidden="true"></span>${t("On the stage")}</h2><p class="small"><${Name} event=${event} cue=${cue} /></p></div>
      ${/* A picture of the projector; what it says stands above it and on the board. */ ""}
      <div class="mini-screen" aria-hidden="true" inert><${Mini} event=${event} cue=${cue} conclusions=${conclusions} /></div>
      <div class="row">
        ${pages.length > 1 && html`
          <button type="button" class="button" aria-label=${t("Page back")} disabled=${page === 0} onClick=${turn(page - 1)}>${icon("back")}</button>
          <p class="figures" role="status">${t("Page {page} of {pages}", { page: page + 1, pages: pages.length })}</p>
          <button type="button" class="button" aria-label=${t("Page on")} disabled=${page === pages.length - 1} onClick=${turn(page + 1)}>${icon("next")}</button>`}
        <span class="push"></span>
        <button type="button" class="button" aria-disabled=${busy ? "true" : null} onClick=${guard(() => act("cue.end"))}>${icon("stop")} ${t("Clear the stage")}</button>
      </div>
    </div>`;
}

/** The projector's screen of a cue, or its name in large where that screen is the projector's own affair. */
function Mini({ event, cue, conclusions }) {
  if (cue.content || cue.view === "conclusions") return html`<${StageScreen} event=${event} cue=${cue} conclusions=${conclusions} />`;
  const { what, of } = cueWords(event, cue);
  return html`<div class="stage-screen mini-word"><p class="stage-what">${what}</p>${of && html`<p class="stage-text serif" dir="auto">${of}</p>`}</div>`;
}

/** What has been pressed and has not reached the server. */
function Pending({ room }) {
  const waiting = usePending(room).filter(({ name, state }) => /^(cue|summon)\./.test(name) && state !== "sending");
  return waiting.map((command) => html`<${PendingNote} key=${command.id} command=${command} />`);
}

/** The one obvious thing to do. */
function Next({ room, event, next }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  if (!next) return null;
  return html`
    <div class="stage-next">
      <button type="button" class="button primary big wide go" aria-disabled=${busy ? "true" : null} onClick=${guard(() => act("cue.show", { cue: next.id }))}>
        <span>${t("Next on the stage")}<strong dir="auto">${named(event, next)}</strong></span>${icon("next")}
      </button>
    </div>`;
}

function LinedUp({ room, event, waiting }) {
  const act = useAct(room);
  const [moved, setMoved] = useState("");
  if (waiting.length === 0) return null;
  const move = async (/** @type {any} */ press, /** @type {any} */ cue, /** @type {number} */ position) => {
    const button = press.currentTarget;
    if (position < 0 || position >= waiting.length) return;
    const reply = await act("cue.move", { cue: cue.id, position });
    if (!reply.ok) return;
    setMoved(t("Moved to place {place}", { place: position + 1 }));
    // The browser drops the focus of an element that is moved; give it back so that the next press works.
    requestAnimationFrame(() => button.focus());
  };
  return html`
    <section class="stack tight" aria-labelledby="lined-up">
      <h2 class="eyebrow" id="lined-up">${t("Lined up")}</h2>
      <ol class="cue-list">
        ${waiting.map((cue, place) => html`
          <li key=${cue.id}>
            <${Name} event=${event} cue=${cue} />
            <span class="cue-buttons">
              <button type="button" class="button" onClick=${() => act("cue.show", { cue: cue.id })} aria-label="${t("Show")}: ${named(event, cue)}">${t("Show")}</button>
              <button type="button" class="button plain" aria-label="${t("Move up")}: ${named(event, cue)}" aria-disabled=${place === 0 ? "true" : null} onClick=${(/** @type {any} */ e) => move(e, cue, place - 1)}>${icon("up")}</button>
              <button type="button" class="button plain" aria-label="${t("Move down")}: ${named(event, cue)}" aria-disabled=${place === waiting.length - 1 ? "true" : null} onClick=${(/** @type {any} */ e) => move(e, cue, place + 1)}>${icon("down")}</button>
              <button type="button" class="button plain" aria-label="${t("Take out of the line")}: ${named(event, cue)}" onClick=${() => act("cue.remove", { cue: cue.id })}>${icon("over")}</button>
            </span>
          </li>`)}
      </ol>
      <span class="unseen" role="status">${moved}</span>
    </section>`;
}

function ShownBefore({ room, event, shown }) {
  const act = useAct(room);
  return html`
    <ul class="cue-list">
      ${shown.map((cue) => html`
        <li key=${cue.id}>
          <span><${Name} event=${event} cue=${cue} /> <span class="small quiet figures">${time(cue.shown_at)}</span></span>
          <button type="button" class="button" aria-label="${t("Show again")}: ${named(event, cue)}" onClick=${() => act("cue.show", { cue: cue.id })}>${t("Show again")}</button>
        </li>`)}
    </ul>`;
}

/** Bring everybody's screen here, and give it back. */
function Summon({ room, event }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [chosen, choose] = useState(/** @type {string[]} */ ([]));
  const { summon } = event.stage;
  if (summon) {
    return html`
      <section class="summoned notice" aria-label=${t("Screens")}>
        ${icon("screen")}
        <div class="stack tight">
          <p><strong>${t("Their screens are here.")}</strong> <span class="small">${toWhom(event, summon.groups)} · <span class="figures">${time(summon.at)}</span></span></p>
          <button type="button" class="button wide" aria-disabled=${busy ? "true" : null} onClick=${guard(() => act("summon.release"))}>${t("Give the screens back")}</button>
        </div>
      </section>`;
  }
  return html`
    <section class="stack tight" aria-label=${t("Screens")}>
      <button type="button" class="button wide" aria-disabled=${busy ? "true" : null} onClick=${guard(() => act("summon.call", { groups: chosen }))}>
        ${icon("screen")} ${chosen.length ? t("Bring the screens of these groups here") : t("Bring everybody's screen here")}
      </button>
      <details><summary>${t("Only some groups")}</summary><${GroupChoice} event=${event} chosen=${chosen} onChoose=${choose} /></details>
    </section>`;
}
