// The screen for the room. It shows what matters now by itself; a key or a small control forces a view.

import { t } from "../i18n.js";
import { dayNow, sessionOn } from "./agenda.js";
import { useApp, useRoom, useWatch } from "./app.js";
import { html, useEffect, useState } from "./html.js";
import { icon } from "./icons.js";
import { Waiting } from "./shell.js";
import { ConclusionsScreen, NewConclusion } from "./screen_conclusions.js";
import { JoinScreen } from "./screen_join.js";
import { ResultsScreen } from "./screen_results.js";
import { SessionScreen } from "./screen_session.js";
import { useTurn } from "./turn.js";

const MODES = ["auto", "join", "session", "results", "conclusions"];
const CONTROLS_STAY_MS = 3000;

export function Projector() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const [mode, setMode] = useState("auto");
  useKeys(mode, setMode);
  useAwake();

  const event = room?.state;
  const session = event ? sessionOn(event) : null;
  const day = event ? dayNow(event) : null;
  const rooms = (session?.boards ?? []).map(({ id }) => `board:${id}`);
  useWatch(day ? [...rooms, `day:${day.id}`] : rooms);
  if (client.ended.value) return html`<main id="main" class="screen screen-word"><h1>${client.ended.value.message}</h1></main>`;
  if (!event) return html`<main id="main" class="screen screen-word"><${Waiting} error=${room?.error} /></main>`;

  const boards = rooms.map((id) => client.room(id)?.value?.state).filter(Boolean);
  const known = day ? client.room(`day:${day.id}`)?.value?.state?.conclusions : null;
  const conclusions = known ?? [];
  const revealed = boards.filter((board) => board.results);
  const view = { event, session, day, boards, revealed, conclusions };
  const turn = useTurn(2);
  const shown = mode === "auto" ? fitting(view, turn) : mode;
  const Screen = { join: JoinScreen, session: SessionScreen, results: ResultsScreen, conclusions: ConclusionsScreen }[shown];
  return html`
    <${Strip} event=${event} session=${session} shown=${shown} />
    <main id="main" class="screen screen-${shown}" key=${shown}><${Screen} ...${view} /></main>
    ${shown !== "conclusions" && html`<${NewConclusion} key=${day?.id} conclusions=${known} event=${event} />`}
    <${Controls} mode=${mode} setMode=${setMode} />`;
}

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
function Strip({ event, session, shown }) {
  const { client } = useApp();
  return html`
    <header class="strip">
      <p class="strip-title">${shown !== "join" && html`<bdi>${event.title}</bdi>`}${session && shown !== "session" && shown !== "join" && html`<span class="quiet"> · <bdi>${session.title}</bdi></span>`}</p>
      ${client.status.value === "offline" && html`<p class="strip-offline">${icon("offline")} ${t("Offline")}</p>`}
      ${shown !== "join" && html`<p class="strip-code"><span class="quiet">${t("Join code")}</span> <span class="code">${event.join_code}</span></p>`}
    </header>`;
}

/** 1 … 5 or the arrows choose a view, F fills the screen, D changes between dark and light. */
function useKeys(mode, setMode) {
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (MODES[Number(event.key) - 1]) setMode(MODES[Number(event.key) - 1]);
      else if (step) setMode(MODES[(MODES.indexOf(mode) + step + MODES.length) % MODES.length]);
      else if (event.key === "f") fillScreen();
      else if (event.key === "d") changeScheme();
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
  const names = { auto: t("Automatic"), join: t("Join code"), session: t("Session"), results: t("Results"), conclusions: t("Conclusions") };
  return html`
    <nav class="controls ${seen ? "seen" : ""}" aria-label=${t("View")}>
      ${MODES.map((one, i) => html`<button key=${one} type="button" class="button" aria-pressed=${one === mode ? "true" : "false"} onClick=${() => setMode(one)}>${i + 1} ${names[one]}</button>`)}
      <button type="button" class="button" onClick=${fillScreen}>F ${t("Full screen")}</button>
      <button type="button" class="button" onClick=${changeScheme}>D ${t("Dark or light")}</button>
    </nav>`;
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
