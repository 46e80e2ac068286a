// Steering one board: its steps, its timer and its lock. Every row is always there, so that no button changes place.

import { n, t } from "../i18n.js";
import { useAct, useBusy } from "./app.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";

export const PRESETS = [1, 3, 5, 10]; // minutes

/** @param {{room: string, board: any}} props */
export function Steering({ room, board }) {
  return html`
    <section class="steering panel stack" aria-label=${t("Steer this board")}>
      <h2 class="eyebrow">${t("Steer this board")}</h2>
      <${StepButtons} room=${room} board=${board} />
      <${TimerButtons} room=${room} timer=${board.timer} planned=${board.activity.steps.find((s) => s.id === board.step)?.minutes} />
      <${LockButton} room=${room} locked=${board.locked_at !== null} />
    </section>`;
}

/** For a moment nothing is accepted: everybody looks up. */
function LockButton({ room, locked }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  return html`
    <button type="button" class="button" aria-pressed=${locked ? "true" : "false"} aria-disabled=${busy ? "true" : null} onClick=${guard(() => act(locked ? "board.unlock" : "board.lock"))}>
      ${icon(locked ? "lock" : "unlock")} ${locked ? t("Locked: let them go on") : t("Lock the board for a moment")}</button>`;
}

function StepButtons({ room, board }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const steps = board.activity.steps;
  const at = steps.findIndex((step) => step.id === board.step);
  return html`
    <ol class="stack tight">
      ${steps.map((step, place) => {
        const isOpen = place === at && board.open;
        const latecomers = isOpen && Boolean(step.ballot);
        const words = latecomers ? t("Let latecomers vote") : place === at ? t("Open again") : place < at ? t("Go back") : t("Open");
        return html`
          <li key=${step.id} class="step-row ${isOpen ? "open" : ""}">
            <span class="step-name">${place + 1}. <bdi>${step.title}</bdi> ${isOpen && html`<span class="tag on">${t("open")}</span>`}</span>
            ${(!isOpen || latecomers) && html`
              <button type="button" class="button ${place === at + 1 ? "primary" : ""}" aria-disabled=${busy ? "true" : null}
                aria-label="${words}: ${step.title}" onClick=${guard(() => act("step.open", { step: step.id }))}>${words}</button>`}
            ${isOpen && html`<button type="button" class="button" aria-label="${t("Close")}: ${step.title}" onClick=${guard(() => act("step.close"))}>${t("Close")}</button>`}
            ${latecomers && html`<button type="button" class="button plain" aria-label="${t("Hold another round")}: ${step.title}" onClick=${guard(() => act("ballot.renew"))}>${t("Another round")}</button>`}
          </li>`;
      })}
    </ol>`;
}

function TimerButtons({ room, timer, planned }) {
  const act = useAct(room);
  return html`
    <${TimerStart} planned=${planned} onStart=${(/** @type {number} */ seconds) => act("timer.start", { seconds })} />
    <div class="row timer-change" role="group" aria-label=${t("Running timer")}>
      ${[-1, 1, 2].map((minutes) => html`
        <button key=${minutes} type="button" class="button figures" disabled=${!timer} onClick=${() => act("timer.extend", { seconds: minutes * 60 })}>
          ${minutes > 0 ? t("+{minutes} min", { minutes }) : t("−{minutes} min", { minutes: -minutes })}</button>`)}
      <button type="button" class="button" disabled=${!timer} onClick=${() => act("timer.stop")}>${t("Stop")}</button>
    </div>`;
}

/** Presets, the planned length, or any number of minutes. @param {{planned?: number, onStart: (seconds: number) => void, label?: string}} props */
export function TimerStart({ planned, onStart, label }) {
  const [minutes, setMinutes] = useState("");
  const id = useId();
  const lengths = [...new Set([...PRESETS, ...(planned ? [planned] : [])])].sort((a, b) => a - b);
  const start = (/** @type {Event} */ event) => {
    event.preventDefault();
    const seconds = Math.round(Number(minutes) * 60);
    if (seconds > 0) onStart(seconds);
  };
  return html`
    <form class="timer-start stack tight" onSubmit=${start}>
      <p class="small"><strong>${label ?? t("Start a timer")}</strong> <span class="quiet">${t("(minutes)")}</span></p>
      <div class="row">
        ${lengths.map((length) => html`
          <button key=${length} type="button" class="button figures" aria-label=${n("Timer of {count} minute", "Timer of {count} minutes", length)}
            onClick=${() => onStart(length * 60)}>${length}</button>`)}
        <label class="unseen" for=${id}>${t("Other number of minutes")}</label>
        <input id=${id} class="input minutes" type="number" min="0.1" max="600" step="any" inputmode="decimal" placeholder="…" value=${minutes} onInput=${(/** @type {any} */ e) => setMinutes(e.currentTarget.value)} />
        <button type="submit" class="button">${icon("play")} ${t("Start")}</button>
      </div>
    </form>`;
}
