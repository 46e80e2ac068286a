// @ts-check
// Who was here a moment ago and is not now. Pure; it knows no more than who was present while somebody looked.

/** @typedef {{here: string[], left: Record<string, number>}} Known  `left`: person -> since when, in ms */

/** @type {Known} */
export const NOBODY = { here: [], left: {} };

/** @param {Known} known @param {string[]} here  who is present now @param {number} now @returns {Known} */
export function follow(known, here, now) {
  const left = Object.fromEntries(Object.entries(known.left).filter(([id]) => !here.includes(id)));
  for (const id of known.here) if (!here.includes(id)) left[id] = now;
  return { here, left };
}

/** A page that is reloaded or changed for another one is away for a moment; that is no absence. */
export const MOMENT_MS = 10_000;

/**
 * Those who have dropped off within the last `ms` and are not back.
 *
 * @param {Known} known @param {number} now @param {number} ms
 * @returns {string[]}
 */
export function dropped(known, now, ms) {
  return Object.entries(known.left)
    .filter(([, at]) => now - at >= MOMENT_MS && now - at < ms)
    .map(([id]) => id);
}

/**
 * Since when somebody is away: ms; 0 for somebody who was not here all the time that we have looked; null for who is here.
 *
 * @param {Known} known @param {string} id @param {number} now
 */
export function awaySince(known, id, now) {
  if (known.here.includes(id) || known.here.length === 0) return null; // not even we are there: we have not heard yet
  const at = known.left[id];
  if (at === undefined) return 0;
  return now - at >= MOMENT_MS ? now - at : null;
}
