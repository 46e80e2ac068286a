// Turning pages by itself, where nobody can scroll; by hand where somebody has asked for stillness.

import { signal, useEffect, useState } from "./html.js";

const TURN_MS = 12_000;
const KEPT = "facilitator/still";

/** Nothing moves by itself: no fading, no turning. */
export const still = signal(remembered());
const byHand = signal(0);

/** @param {number} pages  1 forward, -1 back */
export const turnBy = (pages) => (byHand.value += pages);

if (still.value) document.documentElement.dataset.motion = "off";

export function beStill(/** @type {boolean} */ on) {
  still.value = on;
  document.documentElement.dataset.motion = on ? "off" : "on";
  try {
    localStorage.setItem(KEPT, on ? "yes" : "");
  } catch {
    // It holds for this window, then.
  }
}

/** @param {number} pages @returns {number} the page to show, 0-based */
export function useTurn(pages) {
  const [page, setPage] = useState(0);
  const waits = pages < 2 || still.value;
  useEffect(() => {
    if (waits) return undefined;
    const turning = setInterval(() => setPage((now) => now + 1), TURN_MS);
    return () => clearInterval(turning);
  }, [pages, waits]);
  return (((page + byHand.value) % pages) + pages) % pages;
}

function remembered() {
  try {
    return globalThis.localStorage?.getItem(KEPT) === "yes";
  } catch {
    return false;
  }
}
