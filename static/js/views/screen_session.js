// The projector while groups work: the time left, what to do, where each group is.

import { countdown, n, t, time } from "../i18n.js";
import { useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { JoinScreen } from "./screen_join.js";
import { currentStep } from "./stepper.js";
import { standing } from "./proposals.js";
import { reading, Timer, useNow } from "./timer.js";
import { GroupName, tint } from "./words.js";

const TOGETHER_MS = 5000; // timers started on all boards with one press end this close to each other

export function SessionScreen({ event, session, boards }) {
  if (!session) return html`<${JoinScreen} event=${event} />`;
  const timers = boards.map((board) => board.timer).filter(Boolean);
  const common = timers.length && timers.every((one) => Math.abs(one.ends_at - timers[0].ends_at) < TOGETHER_MS) ? timers[0] : null;
  const steps = new Set(boards.map((board) => (board.open ? board.step : null)));
  const step = steps.size === 1 && boards[0]?.open ? currentStep(boards[0]) : null;
  return html`
    <div class="session-now">
      <h1 dir="auto">${session.title}</h1>
      ${step ? html`<p class="session-task"><strong dir="auto">${step.title}.</strong> <span dir="auto">${step.instruction}</span></p>`
        : session.description && html`<p class="session-task" dir="auto">${session.description}</p>`}
    </div>
    ${common && html`<${BigTimer} timer=${common} />`}
    <ul class="session-groups count-${Math.min(boards.length, 9)} ${common ? "" : "tall"}">
      ${boards.map((board) => html`<${Group} key=${board.id} board=${board} event=${event} common=${common} />`)}
    </ul>`;
}

function Group({ board, event, common }) {
  const number = event.groups[board.group]?.number;
  const step = currentStep(board);
  const figures = step?.ballot && board.ballot ? t("{voted} of {electors} have voted", board.ballot) : n("{count} proposal", "{count} proposals", standing(board).length);
  return html`
    <li class=${tint(number)}>
      <${GroupName} name=${board.group_name} number=${number} />
      <p class="session-step"><span dir="auto">${step ? step.title : t("Not started")}</span>${step && !board.open && html` <span class="quiet">· ${t("closed")}</span>`}</p>
      <p class="quiet figures">${step ? figures : ""}</p>
      ${!common && board.timer && html`<${Timer} timer=${board.timer} quiet />`}
    </li>`;
}

function BigTimer({ timer }) {
  const { client } = useApp();
  const { left, share, phase } = reading(timer, useNow(client, true));
  const words = { running: t("until {time}", { time: time(timer.ends_at) }), ending: t("The time is ending"), last: t("Last moments"), over: t("The time is up") }[phase];
  return html`
    <div class="big-timer ${phase}" role="timer" aria-label=${t("Time left: {time}", { time: countdown(left) })}>
      <p class="digits">${countdown(left)}</p>
      <div class="big-timer-bar" aria-hidden="true"><i style=${{ inlineSize: `${share * 100}%` }}></i></div>
      <p class="phase">${phase !== "running" && icon(phase === "over" ? "over" : "hurry")} ${words}</p>
    </div>`;
}
