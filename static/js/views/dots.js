// Dots as they would stick on paper; up to a dozen, more are only said in words.

import { html } from "./html.js";

/** @param {{value: number, of: number}} props */
export const Dots = ({ value, of }) =>
  of <= 12 && html`<span class="dots" aria-hidden="true">${Array.from({ length: of }, (_, i) => html`<i key=${i} class=${i < value ? "full" : ""}></i>`)}</span>`;
