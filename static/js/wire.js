// @ts-check
// One connection, and an honest word on whether it works: `online` is false within 5 s of the network going away,
// whoever notices first (the browser, the transport, or the silence). Nothing here waits for the wall clock.

import { signal } from "@preact/signals-core";
import { LATER } from "./outbox.js";

/** @typedef {import("./socket.js").Endpoint} Endpoint */
/** @typedef {ReturnType<typeof createWire>} Wire */

export const TIMES = {
  tick: 200,
  grace: 3000, //    a page that has just opened is not offline yet
  probe: 3000, //    beats come every 2.5 s or so; after this silence we ask something ourselves
  silent: 4500, //   nothing came, not even an answer to that: say offline
  dead: 8000, //     dial anew; sooner would make a stalled server busier still
  stuck: 30_000, //  a dialling that leads nowhere is begun again
};

/**
 * @param {object} needs
 * @param {Endpoint} needs.endpoint
 * @param {Partial<typeof TIMES>} [needs.times]
 * @param {() => number} [needs.random]
 * @param {Pick<EventTarget, "addEventListener" | "removeEventListener">} [needs.browser]  fires "online" and "offline"
 */
export function createWire({ endpoint, times: given, random = Math.random, browser = globalThis }) {
  const times = { ...TIMES, ...given };
  const steady = () => performance.now();
  const online = signal(true);
  /** The server has said goodbye for good: link renewed, too many windows, signed out. */
  const ended = signal(/** @type {{code: string, message: string} | null} */ (null));

  let heardAt = steady();
  let lostAt = steady();
  let probed = false;
  /** @type {() => boolean} asks the server something cheap; false where there is nothing to ask, and silence is normal */
  let probe = () => false;

  function heard() {
    heardAt = steady();
    probed = false;
    if (endpoint.connected() && !ended.peek()) online.value = true;
  }

  function lost() {
    lostAt = steady();
    online.value = false;
  }

  /** @param {{code: string, message: string}} why */
  function end(why) {
    ended.value = { code: why?.code ?? "goodbye", message: why?.message ?? "" };
    stop();
    endpoint.close();
    online.value = false;
  }

  function listen() {
    if (ended.peek()) return;
    const now = steady();
    if (!endpoint.connected()) {
      if (now - lostAt > times.grace) online.value = false;
      if (now - lostAt > times.stuck) redial();
      return;
    }
    const silence = now - heardAt;
    if (silence > times.probe && !probed) {
      if (!probe()) return heard();
      probed = true;
    }
    if (silence > times.silent) online.value = false;
    if (silence > times.dead) redial();
  }

  function redial() {
    heardAt = lostAt = steady();
    probed = false;
    endpoint.redial();
  }

  // The browser may be wrong about a server on the same machine, so we dial at once instead of believing it for long.
  const browserOffline = () => {
    if (ended.peek()) return;
    redial();
    lost();
  };
  const browserOnline = () => {
    setTimeout(() => !ended.peek() && !endpoint.connected() && redial(), random() * times.tick * 2);
  };

  endpoint.on("connect", heard);
  endpoint.on("disconnect", lost);
  endpoint.on("sign-of-life", heard);
  endpoint.on("goodbye", end);
  endpoint.on("turned-away", (why) => LATER.has(why.code) || end(why));
  browser.addEventListener?.("offline", browserOffline);
  browser.addEventListener?.("online", browserOnline);
  const timer = setInterval(listen, times.tick);

  function stop() {
    clearInterval(timer);
    browser.removeEventListener?.("offline", browserOffline);
    browser.removeEventListener?.("online", browserOnline);
  }

  return {
    online,
    ended,
    connected: () => endpoint.connected() && !ended.peek(),
    /** @param {string} message @param {any} payload @param {number} timeoutMs @returns {Promise<any>} */
    async ask(message, payload, timeoutMs) {
      // Never queue inside the library: what it sends after a reconnection comes too late and out of order.
      if (!endpoint.connected() || ended.peek()) throw new Error("offline");
      const answer = await endpoint.ask(message, payload, timeoutMs);
      heard();
      return answer;
    },
    /** @param {string} name @param {(payload?: any) => void} fn */
    on(name, fn) {
      endpoint.on(name, (payload) => {
        heard();
        fn(payload);
      });
    },
    /** @param {() => boolean} ask */
    probeWith(ask) {
      probe = ask;
    },
    /** For tests and for leaving the page. */
    close() {
      stop();
      endpoint.close();
    },
  };
}
