// @ts-check
// The Socket.IO end of the wire. The only file that knows the library; tests put their own endpoint in its place.

import { io } from "socket.io-client";

/**
 * What the wire needs of a transport.
 *
 * @typedef {object} Endpoint
 * @property {() => boolean} connected
 * @property {(name: string, fn: (payload?: any) => void) => void} on  the server's messages by name, and "connect",
 *   "disconnect", "sign-of-life" (anything at all came in), "turned-away" ({code, message}: the server will not have us)
 * @property {(message: string, payload: any, timeoutMs: number) => Promise<any>} ask  rejects without an answer
 * @property {() => void} redial  drop whatever connection there is and dial again now
 * @property {() => void} close  for good
 */

/**
 * @param {string} as  the person (or screen) that speaks here
 * @returns {Endpoint}
 */
export function dial(as) {
  const socket = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true, // without it polling is never tried where a proxy blocks websockets
    auth: { as },
    forceNew: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 8000,
    randomizationFactor: 0.5,
    timeout: 8000,
  });
  let closed = false;
  /** @type {(refusal: {code: string, message: string}) => void} */
  let turnedAway = () => {};

  const dialSoon = () => {
    if (!closed) setTimeout(() => !closed && !socket.connected && socket.connect(), 500 + Math.random() * 2500);
  };
  socket.on("disconnect", (reason) => {
    if (reason === "io server disconnect") dialSoon(); // the one case where the library does not try again by itself
  });
  socket.on("connect_error", (/** @type {any} */ error) => {
    if (socket.active) return; // the library is trying again
    const refusal = error.data?.error ?? error.data;
    if (refusal?.code) turnedAway({ code: refusal.code, message: refusal.message ?? error.message });
    dialSoon(); // unless the wire has closed us for it
  });

  return {
    connected: () => socket.connected,
    on(name, fn) {
      if (name === "turned-away") turnedAway = fn;
      else if (name === "sign-of-life") {
        socket.io.on("packet", () => fn());
        socket.io.on("ping", () => fn());
      } else socket.on(name, fn);
    },
    ask: (message, payload, timeoutMs) => socket.timeout(timeoutMs).emitWithAck(message, payload),
    redial() {
      socket.disconnect();
      socket.connect();
    },
    close() {
      closed = true;
      socket.disconnect();
    },
  };
}
