// A result as a bar; the figures stand beside it in words, so it is hidden from screen readers.

import { html } from "./html.js";

/** @param {{kind: "dots" | "approval", row: any, most: number}} props */
export function Bar({ kind, row, most }) {
  if (kind === "approval") {
    const all = Math.max(1, row.agree + row.pass + row.disagree);
    return html`
      <div class="bar split" aria-hidden="true">
        ${["agree", "pass", "disagree"].map((answer) => row[answer] > 0 && html`<i key=${answer} class=${answer} style=${{ inlineSize: share(row[answer] / all) }}></i>`)}
      </div>`;
  }
  return html`<div class="bar" aria-hidden="true"><i style=${{ inlineSize: share(row.score / most) }}></i></div>`;
}

const share = (/** @type {number} */ part) => `${Math.max(0, Math.min(1, part)) * 100}%`;
