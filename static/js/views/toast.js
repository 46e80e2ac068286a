// What just happened, and the way back. A toast goes by itself, but never while somebody is on it.

import { t } from "../i18n.js";
import { html, signal } from "./html.js";
import { icon } from "./icons.js";

const STAYS_MS = 10_000;

/** @type {import("@preact/signals").Signal<{key: number, text: string, kind?: string, undo?: () => void}[]>} */
const toasts = signal([]);
let keys = 0;

/** @param {string} text @param {{kind?: "refused", undo?: () => void}} [options] */
export function toast(text, options = {}) {
  const key = ++keys;
  toasts.value = [...toasts.value.slice(-2), { key, text, ...options }];
  leaveLater(key);
}

const timers = new Map();
const stay = (/** @type {number} */ key) => clearTimeout(timers.get(key));
const leaveLater = (/** @type {number} */ key) => {
  stay(key);
  timers.set(key, setTimeout(() => dismiss(key), STAYS_MS));
};
const dismiss = (/** @type {number} */ key) => {
  stay(key);
  timers.delete(key);
  toasts.value = toasts.value.filter((one) => one.key !== key);
};

export function Toasts() {
  return html`
    <div class="toasts" role="status" aria-live="polite">
      ${toasts.value.map((one) => html`<${Toast} key=${one.key} ...${one} id=${one.key} />`)}
    </div>`;
}

function Toast({ id, text, kind, undo }) {
  const hold = { onPointerEnter: () => stay(id), onPointerLeave: () => leaveLater(id), onFocusIn: () => stay(id), onFocusOut: () => leaveLater(id) };
  return html`
    <div class="toast arrive" ...${hold}>
      ${kind === "refused" && icon("warn")}
      <p>${text}</p>
      ${undo && html`<button type="button" class="button" onClick=${() => (dismiss(id), undo())}>${icon("undo")} ${t("Undo")}</button>`}
      ${!undo && html`<button type="button" class="button" onClick=${() => dismiss(id)}>${t("OK")}</button>`}
    </div>`;
}
