// A result as a bar; the figures stand beside it in words, so it is hidden from screen readers.

import { html } from "./html.js";

const PARTS = {
  approval: [["agree", "agree"], ["pass", "pass"], ["disagree", "disagree"]],
  consent: [["agree", "agree"], ["reservation", "soft"], ["aside", "pass"], ["object", "disagree"]],
};

/** @param {{kind: string, row: any, most: number, points?: number}} props  `points`: the length of a scale, which has no zero */
export function Bar({ kind, row, most, points = 0 }) {
  const parts = PARTS[kind];
  if (parts) {
    const all = Math.max(1, parts.reduce((sum, [key]) => sum + row[key], 0));
    return html`
      <div class="bar split" aria-hidden="true">
        ${parts.map(([key, look]) => row[key] > 0 && html`<i key=${key} class=${look} style=${{ inlineSize: share(row[key] / all) }}></i>`)}
      </div>`;
  }
  if (kind === "dots" && row.against > 0) {
    return html`<div class="bar split" aria-hidden="true"><i class="agree" style=${{ inlineSize: share(row.dots / most) }}></i><i class="disagree" style=${{ inlineSize: share(row.against / most) }}></i></div>`;
  }
  const length = points > 1 ? ((row.score ?? 1) - 1) / (points - 1) : (row.score ?? 0) / most;
  return html`<div class="bar" aria-hidden="true"><i style=${{ inlineSize: share(length) }}></i></div>`;
}

const share = (/** @type {number} */ part) => `${Math.max(0, Math.min(1, part)) * 100}%`;
