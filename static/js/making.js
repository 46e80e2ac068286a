// @ts-check
// A file of the outcome, from the wish to the file: begun on the server, asked about until it is there, ended on request.

/** How often is asked how far it is, in ms. */
export const PACE = { first: 250, then: 700, offline: 3000 };

const OVER = new Set(["ready", "failed", "cancelled"]);

/**
 * Have a file made.
 *
 * @param {object} needs
 * @param {string} needs.id  a UUID of its own
 * @param {Record<string, string>} needs.wish  `as`, `format`, `depth`, `lang`
 * @param {(now: {stage: string, step: number, steps: number, offline?: boolean}) => void} needs.told
 * @param {typeof globalThis.fetch} [needs.fetch]
 * @param {(ms: number) => Promise<void>} [needs.pause]
 * @returns {{done: Promise<{stage: string, file?: string, message?: string}>, cancel: () => Promise<void>}} `done`: the
 *   file's address once it is ready, or why there is none
 */
export function make({ id, wish, told, fetch = globalThis.fetch.bind(globalThis), pause = wait }) {
  let unwanted = false;
  const ask = async (/** @type {string} */ method, values = {}) =>
    (await fetch(`/api/reports/${id}?${new URLSearchParams({ as: wish.as, ...values })}`, { method })).json();
  const run = async () => {
    let begun = false;
    for (let round = 0; ; round++) {
      if (unwanted) return { stage: "cancelled" };
      try {
        const answer = begun ? await ask("GET") : await ask("PUT", wish); // the same id again is the same report
        if (unwanted) return { stage: "cancelled" };
        if (!answer.ok) return { stage: "failed", message: answer.error.message };
        begun = true;
        told(answer);
        if (OVER.has(answer.stage)) return answer;
        await pause(round < 3 ? PACE.first : PACE.then);
      } catch {
        told({ stage: "waiting", step: 0, steps: 1, offline: true });
        await pause(PACE.offline);
      }
    }
  };
  const cancel = async () => {
    unwanted = true;
    // What cannot be reached ends by itself; what was never begun is unknown there, which is as good.
    await ask("DELETE").catch(() => null);
  };
  return { done: run(), cancel };
}

/** @param {number} ms @returns {Promise<void>} */
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
