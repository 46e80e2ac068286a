// The timer: always the server's end instant against the server's clock.

import { countdown, t } from "../i18n.js";
import { useApp } from "./app.js";
import { html, useEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";

const TICK_MS = 250; // the second changes at most this late

/** A clock that ticks while somebody looks at it. @param {any} client @param {boolean} running */
export function useNow(client, running) {
  const [now, setNow] = useState(() => client.now());
  useEffect(() => {
    if (!running) return undefined;
    setNow(client.now());
    const ticking = setInterval(() => setNow(client.now()), TICK_MS);
    return () => clearInterval(ticking);
  }, [client, running]);
  return now;
}

/** @returns {{left: number, share: number, phase: "running" | "ending" | "last" | "over"}} */
export function reading(timer, now) {
  const whole = Math.max(1, timer.ends_at - timer.started_at);
  const left = Math.max(0, timer.ends_at - now);
  const share = Math.min(1, left / whole);
  const phase = left === 0 ? "over" : share <= 0.05 ? "last" : share <= 0.2 ? "ending" : "running";
  return { left, share, phase };
}

export const LOOK = {
  running: () => ({ symbol: "clock", words: "" }),
  ending: () => ({ symbol: "hurry", words: t("ending") }),
  last: () => ({ symbol: "hurry", words: t("last moments") }),
  over: () => ({ symbol: "over", words: t("time is up") }),
};

/** @param {{timer: {started_at: number, ends_at: number} | null, quiet?: boolean}} props */
export function Timer({ timer, quiet = false }) {
  const { client } = useApp();
  const now = useNow(client, timer !== null);
  if (!timer) return null;
  const { left, phase } = reading(timer, now);
  const { symbol, words } = LOOK[phase]();
  return html`
    <span class="timer ${phase}" role="timer" aria-label=${t("Time left: {time}", { time: countdown(left) })}>
      ${icon(symbol)}<span class="digits">${countdown(left)}</span>${words && html`<span class="phase">${words}</span>`}
    </span>
    ${!quiet && html`<${Announcer} phase=${phase} />`}`;
}

/** Says a change of phase once: reading every second aloud would drown everything else. */
function Announcer({ phase }) {
  const first = useRef(phase);
  const words = { running: "", ending: t("The time is ending."), last: t("Last moments."), over: t("The time is up.") }[phase];
  return html`<span class="unseen" role="status">${phase === first.current ? "" : words}</span>`;
}
