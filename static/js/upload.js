// @ts-check
// A picture on its way up, in pieces, over whatever network there is. The server says how much of it is there; nothing is
// sent twice for good, and nothing is given up because a connection was cut.

import { LATER } from "./outbox.js";

export const PIECE = 200_000; // bytes: seconds on bad Wi-Fi, so that a cut costs little
export const TIMES = { piece: 30_000, whole: 180_000, again: 1000, againMost: 15_000 };

const UNWANTED = Symbol("unwanted");

/** The server has lost what it had, or another window is ahead: ask where to go on. */
const ASK_AGAIN = new Set(["upload_short", ...LATER]);

/**
 * Send a picture until it is there as a whole.
 *
 * @param {object} needs
 * @param {string} needs.id  the upload's own, a UUID: the same picture again under the same id goes on where it was
 * @param {string} needs.as  who sends it
 * @param {Blob} needs.file
 * @param {(now: {sent: number, waiting: boolean}) => void} [needs.progress]  bytes that are there; `waiting` for a network
 * @param {() => boolean} [needs.wanted]  asked before every request: no, and it is left at that
 * @param {typeof globalThis.fetch} [needs.fetch]
 * @param {(ms: number) => Promise<void>} [needs.pause]  until it is time to try again
 * @returns {Promise<{upload: string} | {error: {code: string, message: string}} | null>} the ticket for `picture.add`,
 *   or the server's refusal, which no second try will change; null: it is not wanted any more
 */
export async function sendPicture({ id, as, file, progress = () => {}, wanted = () => true, fetch = globalThis.fetch.bind(globalThis), pause = untilOnline }) {
  const where = (/** @type {string} */ path, values = {}) => `/api/uploads/${id}${path}?${new URLSearchParams({ as, size: String(file.size), ...values })}`;
  /** @param {string} url @param {RequestInit} options @param {number} ms */
  const ask = async (url, options, ms) => {
    if (!wanted()) throw UNWANTED;
    const answer = await (await fetch(url, { ...options, signal: AbortSignal.timeout(ms) })).json();
    if (!answer.ok) throw Object.assign(new Error(answer.error.message), { refusal: answer.error });
    return answer;
  };
  const body = (/** @type {Blob} */ piece) => ({ method: "PUT", body: piece, headers: { "Content-Type": "application/octet-stream" } });
  let failures = 0;
  let sent = 0;
  for (;;) {
    try {
      sent = (await ask(where(""), {}, TIMES.piece)).offset;
      for (;;) {
        progress({ sent, waiting: false });
        if (sent >= file.size) break;
        const { offset } = await ask(where("", { offset: String(sent) }), body(file.slice(sent, sent + PIECE)), TIMES.piece);
        if (offset > sent) failures = 0;
        sent = offset;
      }
      return { upload: (await ask(where("/whole"), body(new Blob()), TIMES.whole)).upload };
    } catch (/** @type {any} */ error) {
      if (error === UNWANTED) return null;
      if (error.refusal && !ASK_AGAIN.has(error.refusal.code)) return { error: error.refusal };
      progress({ sent, waiting: !error.refusal });
      await pause(Math.min(TIMES.againMost, TIMES.again * 2 ** Math.min(failures++, 5)) * (0.5 + Math.random() / 2));
    }
  }
}

/** Some time, or until the browser says that there is a network again. @param {number} ms @returns {Promise<void>} */
function untilOnline(ms) {
  return new Promise((done) => {
    const go = () => {
      clearTimeout(timer);
      globalThis.removeEventListener?.("online", go);
      done();
    };
    const timer = setTimeout(go, ms);
    globalThis.addEventListener?.("online", go);
  });
}
