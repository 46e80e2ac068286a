// The steps of a board's activity, and what to do in the current one.

import { n, t } from "../i18n.js";
import { html } from "./html.js";
import { icon } from "./icons.js";

/** @returns the step that the board is at, or null before the first one has opened */
export const currentStep = (board) => board.activity.steps.find((step) => step.id === board.step) ?? null;

const FEW = 6; // more beads than this have no room for their titles on a phone

/** @param {{board: any}} props */
export function Stepper({ board }) {
  const steps = board.activity.steps;
  const at = steps.findIndex((step) => step.id === board.step);
  return html`
    ${steps.length > FEW && at >= 0 && html`<p class="stepper-now small"><strong>${t("Step {at} of {all}", { at: at + 1, all: steps.length })}</strong> · <bdi>${steps[at].title}</bdi></p>`}
    <ol class="stepper ${steps.length > FEW ? "crowded" : ""}" aria-label=${t("Steps")}>
      ${steps.map((step, place) => html`
        <li key=${step.id} class=${place < at ? "done" : place === at ? "at" : "ahead"} aria-current=${place === at ? "step" : null}>
          <span class="bead" aria-hidden="true">${place < at ? icon("check") : place + 1}</span>
          <span class="title"><bdi>${step.title}</bdi>${place < at && html`<span class="unseen"> ${t("(done)")}</span>`}</span>
        </li>`)}
    </ol>`;
}

/** The instruction of the open step; a friendly word while none is open. @param {{board: any}} props */
export function Instruction({ board }) {
  const step = currentStep(board);
  if (!step) {
    return html`<${Pause} title=${t("It has not started yet")} text=${t("The facilitator opens the first step. This page follows by itself.")} />`;
  }
  if (!board.open) {
    return html`<${Pause} title=${t("“{step}” is closed", { step: step.title })} text=${t("Take a breath. When the facilitator goes on, this page follows by itself.")} />`;
  }
  return html`
    <div class="instruction" aria-live="polite">
      <p class="lead" dir="auto">${step.instruction}</p>
      ${step.minutes > 0 && html`<p class="small quiet">${n("Planned: {count} minute", "Planned: {count} minutes", step.minutes)}</p>`}
    </div>`;
}

const Pause = ({ title, text }) => html`
  <div class="pause panel" aria-live="polite">
    <span class="breath" aria-hidden="true"></span>
    <div><p class="lead"><strong>${title}</strong></p><p class="quiet">${text}</p></div>
  </div>`;
