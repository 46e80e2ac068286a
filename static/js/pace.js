// @ts-check
// How fast contributions come. Pure. What people wrote under their names has a moment; of everything else only the number
// is known, so it is looked at twice a minute and the difference counts.

export const MINUTES = 10;
export const SAMPLE_MS = 30_000;

/** @typedef {{at: number, count: number}} Sample */

/** When what people have put on the board came, as far as that is known. @param {any} board @returns {number[]} ms */
export const moments = (board) => written(board).flatMap((card) => (card.at === null ? [] : [card.at]));

/** How many contributions have no moment, those in private among them. @param {any} board */
export const timeless = (board) => written(board).filter((card) => card.at === null).length + board.unrevealed;

/** @param {Sample[]} samples @param {number} count @param {number} now @returns {Sample[]} the last minutes of them */
export const sampled = (samples, count, now) => [...samples.filter(({ at }) => at > now - (MINUTES + 1) * 60_000), { at: now, count }];

/**
 * How many came in each of the last minutes, the oldest first.
 *
 * @param {number[]} times @param {Sample[]} samples @param {number} now
 * @returns {number[]}
 */
export function perMinute(times, samples, now) {
  const found = new Array(MINUTES).fill(0);
  const add = (/** @type {number} */ at, /** @type {number} */ count) => {
    const place = MINUTES - 1 - Math.floor((now - at) / 60_000);
    if (place >= 0 && place < MINUTES) found[place] += count;
    else if (place >= MINUTES) found[MINUTES - 1] += count; // a clock that is a little ahead
  };
  for (const at of times) add(at, 1);
  for (let i = 1; i < samples.length; i++) add(samples[i].at, Math.max(0, samples[i].count - samples[i - 1].count));
  return found;
}

/** What was given, shared or merged nobody has written here. @param {any} board @returns {any[]} */
function written(board) {
  return Object.values(board.proposals).filter((/** @type {any} */ card) => (card.kind === "proposal" || card.kind === "line") && card.made_of.length === 0 && card.shared_from === null);
}
