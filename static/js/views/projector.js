// The screen for the room. What is on the stage comes first; else it shows what matters now by itself. A key or a small
// control forces a view. It never needs anybody to look after it: it comes back by itself, in a new version as well.

import { t } from "../i18n.js";
import { dayNow, sessionOn } from "./agenda.js";
import { useApp, useRoom, useWatch } from "./app.js";
import { html, useEffect, useState } from "./html.js";
import { icon } from "./icons.js";
import { Waiting } from "./shell.js";
import { ConclusionsScreen, NewConclusion } from "./screen_conclusions.js";
import { GalleryScreen } from "./screen_gallery.js";
import { JoinScreen } from "./screen_join.js";
import { ResultsScreen } from "./screen_results.js";
import { SessionScreen } from "./screen_session.js";
import { StageScreen } from "./screen_stage.js";
import { standing, toWhom } from "./announce.js";
import { useConclusions } from "./stage_view.js";
import { Timer } from "./timer.js";
import { beStill, still, turnBy, useTurn } from "./turn.js";

const SCREENS = { join: JoinScreen, session: SessionScreen, results: ResultsScreen, conclusions: ConclusionsScreen, gallery: GalleryScreen, stage: StageScreen };
const MODES = ["auto", "join", "session", "results", "conclusions", "gallery"];
const CONTROLS_STAY_MS = 3000;
const OLD_ENOUGH_MS = 20_000; // a page that has just been loaded is not loaded again at once, whatever a server says
const SAID_AT_ONCE = 2;

export function Projector() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const [mode, setMode] = useState("auto");
  useKeys(mode, setMode);
  useAwake();
  useNewVersion(client);

  const event = room?.state;
  const session = event ? sessionOn(event) : null;
  const day = event ? dayNow(event) : null;
  const open = (session?.boards ?? []).filter(({ group }) => event.groups[group]?.kind !== "overlay"); // what those work on is their own
  const rooms = open.map(({ id }) => `board:${id}`);
  useWatch(day ? [...rooms, `day:${day.id}`] : rooms);
  const cue = event?.stage.cue ?? null;
  const staged = useConclusions(cue);
  if (client.ended.value) return html`<main id="main" class="screen screen-word"><h1>${client.ended.value.message}</h1></main>`;
  if (!event) return html`<main id="main" class="screen screen-word"><${Waiting} error=${room?.error} /></main>`;

  const boards = rooms.map((id) => client.room(id)?.value?.state).filter(Boolean);
  const known = day ? client.room(`day:${day.id}`)?.value?.state?.conclusions : null;
  const conclusions = known ?? [];
  const revealed = boards.filter((board) => board.results);
  const view = { event, session, day, boards, revealed, conclusions };
  const turn = useTurn(2);
  const shown = mode !== "auto" ? mode : cue ? screenOf(cue) : fitting(view, turn);
  const Screen = SCREENS[shown];
  const on = shown === "stage" ? { event, cue, conclusions: staged } : view;
  return html`
    <${Strip} event=${event} session=${session} boards=${boards} shown=${shown} />
    <main id="main" class="screen screen-${shown}" key="${shown} ${shown === "stage" ? cue.id : ""}"><${Screen} ...${on} /></main>
    <${Said} event=${event} />
    ${shown !== "conclusions" && !(shown === "stage" && cue.day) && html`<${NewConclusion} key=${day?.id} conclusions=${known} event=${event} />`}
    <${Controls} mode=${mode} setMode=${setMode} />`;
}

/** Which screen a cue asks for: one that is there anyway, or the stage's own. */
const screenOf = ({ view }) => (["join", "session", "gallery"].includes(view) ? (SCREENS[view] ? view : "session") : "stage");

/** What the room needs to see now. */
function fitting({ session, boards, revealed, conclusions }, turn) {
  if (!session) return conclusions.length ? "conclusions" : "join";
  // Groups that still work need their time; groups that are done want to be seen: both get their turn.
  if (revealed.length && (revealed.length === boards.length || turn === 1)) return "results";
  // A plenary whose board is not in use reports back: what has been concluded is what it talks about.
  if (session.kind === "plenary" && conclusions.length && boards.every((board) => board.step === null)) return "conclusions";
  return "session";
}

/** The frame of every view: the title that the view itself does not show, and the small join code that always stays. */
function Strip({ event, session, boards, shown }) {
  const { client } = useApp();
  const timers = boards.map(({ timer }) => timer).filter(Boolean);
  // Where the time is not the screen's subject it stands small, if there is one for all.
  const timer = shown !== "session" && timers.length > 0 && timers.length === boards.length ? timers.reduce((a, b) => (a.ends_at > b.ends_at ? a : b)) : null;
  return html`
    <header class="strip">
      <p class="strip-title">${shown !== "join" && html`<bdi>${event.title}</bdi>`}${session && shown !== "session" && shown !== "join" && html`<span class="quiet"> · <bdi>${session.title}</bdi></span>`}</p>
      ${client.status.value === "offline" && html`<p class="strip-offline">${icon("offline")} ${t("Offline")}</p>`}
      ${timer && html`<${Timer} timer=${timer} quiet />`}
      ${shown !== "join" && html`<p class="strip-code"><span class="quiet">${t("Join code")}</span> <span class="code">${event.join_code}</span></p>`}
    </header>`;
}

/** What the facilitators say to everybody, or to some. */
function Said({ event }) {
  const said = standing(event).slice(0, SAID_AT_ONCE);
  return html`
    <aside class="said-band" aria-live="polite" aria-label=${t("Announcements")}>
      ${said.map(({ id, text, groups }) => html`<p key=${id} class="arrive">${icon("comment")} <span><strong dir="auto">${text}</strong>${groups.length > 0 && html` <span class="said-to">${toWhom(event, groups)}</span>`}</span></p>`)}
    </aside>`;
}

/**
 * 1 … 6 or the arrows choose a view, the page keys turn pages, F fills the screen, D changes between dark and light,
 * M stops what moves by itself.
 */
function useKeys(mode, setMode) {
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (MODES[Number(event.key) - 1]) setMode(MODES[Number(event.key) - 1]);
      else if (step) setMode(MODES[(MODES.indexOf(mode) + step + MODES.length) % MODES.length]);
      else if (event.key === "f") fillScreen();
      else if (event.key === "d") changeScheme();
      else if (event.key === "m") beStill(!still.value);
      else if (event.key === "PageDown") turnBy(1);
      else if (event.key === "PageUp") turnBy(-1);
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, [mode]);
}

const fillScreen = () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.())?.catch(() => {});

function changeScheme() {
  const root = document.documentElement;
  const dark = root.dataset.scheme ? root.dataset.scheme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.scheme = dark ? "light" : "dark";
}

/** Out of the way until somebody moves the mouse or tabs to them. */
function Controls({ mode, setMode }) {
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    /** @type {any} */
    let hiding;
    const move = () => {
      setSeen(true);
      clearTimeout(hiding);
      hiding = setTimeout(() => setSeen(false), CONTROLS_STAY_MS);
    };
    addEventListener("pointermove", move);
    return () => (removeEventListener("pointermove", move), clearTimeout(hiding));
  }, []);
  const names = { auto: t("Automatic"), join: t("Join code"), session: t("Session"), results: t("Results"), conclusions: t("Conclusions"), gallery: t("Pictures") };
  return html`
    <nav class="controls ${seen ? "seen" : ""}" aria-label=${t("View")}>
      ${MODES.map((one, i) => html`<button key=${one} type="button" class="button" aria-pressed=${one === mode ? "true" : "false"} onClick=${() => setMode(one)}>${i + 1} ${names[one]}</button>`)}
      <button type="button" class="button" onClick=${fillScreen}>F ${t("Full screen")}</button>
      <button type="button" class="button" onClick=${changeScheme}>D ${t("Dark or light")}</button>
      <button type="button" class="button" aria-pressed=${still.value ? "true" : "false"} onClick=${() => beStill(!still.value)}>M ${t("No motion")}</button>
    </nav>`;
}

/** After an update of the server the page comes anew: nothing is typed here that could be lost. */
function useNewVersion(client) {
  const outdated = client.outdated.value;
  useEffect(() => {
    if (!outdated) return undefined;
    const waiting = setTimeout(() => location.reload(), Math.max(0, OLD_ENOUGH_MS - performance.now()));
    return () => clearTimeout(waiting);
  }, [outdated]);
}

/** A screen that falls asleep in the middle of a workshop helps nobody. */
function useAwake() {
  useEffect(() => {
    const ask = () => document.visibilityState === "visible" && /** @type {any} */ (navigator).wakeLock?.request("screen").catch(() => {});
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, []);
}
