// A clock for many: whatever shows a time that runs ticks together, and only while somebody looks at it.

import { useApp } from "./app.js";
import { signal, useEffect } from "./html.js";

/** @type {WeakMap<any, Map<number, {now: any, users: number, timer: any}>>} client -> period -> its clock */
const clocks = new WeakMap();

function clockOf(client, ms) {
  const mine = clocks.get(client) ?? new Map();
  clocks.set(client, mine);
  if (!mine.has(ms)) mine.set(ms, { now: signal(client.now()), users: 0, timer: 0 });
  return mine.get(ms);
}

/**
 * The server's clock, anew every `ms`. Whoever reads `.value` in a view is rendered with it.
 *
 * @param {number} ms
 */
export function useTick(ms) {
  const { client } = useApp();
  const clock = clockOf(client, ms);
  useEffect(() => {
    if (clock.users++ === 0) {
      clock.now.value = client.now();
      clock.timer = setInterval(() => (clock.now.value = client.now()), ms);
    }
    return () => {
      if (--clock.users === 0) clearInterval(clock.timer);
    };
  }, [clock]);
  return clock.now;
}
