// @ts-check
// The server's clock, as seen from here. Built on performance.now(): a tablet whose wall clock is wrong or jumps shows
// the right time on every timer.

const SAMPLES = 8;
const JUMP_MS = 2000;

/**
 * @param {number} [start]  the server's clock in ms when the page was made (boot.now)
 * @param {() => number} [steady]  a clock that never jumps, in ms
 */
export function createClock(start, steady = () => performance.now()) {
  /** @type {number[]} the last differences server - steady, newest last */
  let samples = [(start ?? Date.now()) - steady()];
  let offset = samples[0];

  return {
    steady,
    /** The server's clock now, in ms since 1970 UTC. */
    now: () => steady() + offset,
    /**
     * Take note of the server's clock as read in a message that has just arrived.
     *
     * @param {number | undefined} now
     * @param {number} [asked]  steady() when the question left; half of the way back is then allowed for
     */
    hear(now, asked) {
      if (typeof now !== "number") return;
      const arrived = steady();
      const sample = now - arrived + (asked === undefined ? 0 : (arrived - asked) / 2);
      // The message that was least delayed tells best, so the largest of the last few counts; a real jump starts anew.
      samples = Math.abs(sample - offset) > JUMP_MS ? [sample] : [...samples, sample].slice(-SAMPLES);
      offset = Math.max(...samples);
    },
  };
}
