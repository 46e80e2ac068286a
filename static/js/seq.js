// @ts-check
// Where a frame of events stands to what a client knows. Pure; the whole of catch-up rests on it.

/**
 * @typedef {{seq: number, name: string, at?: number, by?: string, me?: true, [field: string]: any}} RoomEvent
 * @typedef {{room?: string, from: number, to: number, events: RoomEvent[]}} Frame  `from` is the last seq before it
 */

/**
 * A frame that overlaps what is known (from < seq < to, after a catch-up) is "next": apply `news(seq, frame)` of it.
 *
 * @param {number} seq  the last seq that the client knows
 * @param {{from: number, to: number}} frame
 * @returns {"stale" | "next" | "gap"}
 */
export function place(seq, frame) {
  if (frame.to <= seq) return "stale";
  return frame.from <= seq ? "next" : "gap";
}

/**
 * The events of a frame that the client does not know yet, in order.
 *
 * @param {number} seq
 * @param {{events: RoomEvent[]}} frame
 * @returns {RoomEvent[]}
 */
export function news(seq, frame) {
  return frame.events.filter((event) => event.seq > seq).sort((a, b) => a.seq - b.seq);
}
