// @ts-check
// Rooms kept in step with the server: a snapshot plus the events after it. Frames may be lost, doubled, reordered, or
// come before or after the ack of whoever caused them; what counts is the seq alone. A room's state never goes back.

import { batch, signal } from "@preact/signals-core";
import { LATER } from "./outbox.js";
import { applyAll } from "./reducer.js";
import { news, place } from "./seq.js";

/**
 * @typedef {import("./seq.js").Frame} Frame
 * @typedef {{seq: number, state: any, me: any, error?: {code: string, message: string}}} Known  state null with an error
 * @typedef {{id: string, view: import("@preact/signals-core").Signal<Known | null>, watchers: number, here: number, asking: boolean,
 *   again: boolean, stale: boolean, anew: boolean, restored: boolean, held: Frame[], wanted: number, wantedMe: number,
 *   meSeq: number, meTouched: number, failures: number, due: number, timer: any}} Room
 * `here`: how many of the watchers are views in which one is in the room; the others look on from elsewhere.
 * `wanted`: the room has come at least so far, heard since the last question. `wantedMe`: the same for our own things.
 * `anew`: ask for a snapshot. `meTouched`: a `me` came with this seq while a question was under way.
 */

export const TIMES = { answer: 5000, patience: 300, jitter: 300, again: 1000, againMost: 8000 };
const HELD = 100;

/**
 * @param {object} needs
 * @param {Pick<import("./wire.js").Wire, "ask" | "on" | "connected">} needs.wire
 * @param {ReturnType<typeof import("./clock.js").createClock>} needs.clock
 * @param {Record<string, {seq: number, snapshot: any, me: any}>} [needs.seeds]  what the page was made with
 * @param {(card: {room: string, people?: string[], came?: string[], left?: string[], count: number}) => void} [needs.present]  who is here
 * @param {(version: string) => void} [needs.versioned]  which version's pages the server gives out
 * @param {Partial<typeof TIMES>} [needs.times]
 * @param {() => number} [needs.random]
 */
export function createSync({ wire, clock, seeds = {}, present = () => {}, versioned = () => {}, times: given, random = Math.random }) {
  const times = { ...TIMES, ...given };
  /** @type {Map<string, Room>} */
  const rooms = new Map();

  /** @param {string} id @returns {Room} */
  function open(id) {
    let r = rooms.get(id);
    if (!r) {
      const seed = seeds[id];
      const known = seed ? { seq: seed.seq, state: seed.snapshot, me: seed.me ?? null } : null;
      r = { id, view: signal(/** @type {Known | null} */ (known)), watchers: 0, here: 0, asking: false, again: false, stale: true,
        anew: !known, restored: false, held: [], wanted: 0, wantedMe: 0, meSeq: seed?.seq ?? -1, meTouched: -1, failures: 0,
        due: Infinity, timer: 0 }; // prettier-ignore
      rooms.set(id, r);
    }
    return r;
  }

  /** @param {string} id @param {boolean} [away]  look on from elsewhere: one does not count as being there */
  function watch(id, away = false) {
    const r = open(id);
    r.watchers += 1;
    const arrives = !away && ++r.here === 1;
    if (r.watchers > 1 && !arrives) return;
    r.stale = true;
    void ask(r);
  }

  /** @param {string} id @param {boolean} [away]  as it was watched */
  function unwatch(id, away = false) {
    const r = rooms.get(id);
    if (!r || r.watchers === 0) return;
    const leaves = !away && --r.here === 0;
    if (--r.watchers > 0) {
      if (leaves) {
        r.stale = true;
        void ask(r);
      }
      return;
    }
    later(r, Infinity);
    r.held = [];
    wire.ask("unwatch", { room: id }, times.answer).catch(() => {}); // a lost connection has unwatched it as well
  }

  /** The one place that asks. One question at a time for a room; what comes up meanwhile is looked at afterwards. */
  async function ask(/** @type {Room} */ r) {
    later(r, Infinity);
    if (r.watchers === 0 || !wire.connected()) return; // connected() asks for every watched room
    if (r.asking) {
      r.again = true;
      return;
    }
    const since = r.anew ? undefined : (r.view.peek()?.seq ?? undefined);
    const asked = clock.steady();
    Object.assign(r, { asking: true, again: false, stale: false, wanted: 0, wantedMe: 0, meTouched: -1 });
    let answer = null;
    try {
      answer = await wire.ask("watch", { room: r.id, ...(since !== undefined && { since }), ...(r.here === 0 && { away: true }) }, times.answer);
    } catch {
      // no answer: treated below like a refusal that passes
    }
    r.asking = false;
    if (answer?.ok) {
      r.failures = 0;
      clock.hear(answer.now, asked);
      if (answer.presence) present(answer.presence);
      if (answer.version) versioned(answer.version);
      batch(() => take(r, answer, since));
      if (behind(r)) later(r, r.again ? 0 : times.patience);
    } else if (answer?.error && !LATER.has(answer.error.code)) {
      forget(r);
      r.view.value = { seq: 0, state: null, me: null, error: answer.error };
    } else {
      r.stale = true;
      const pause = Math.min(times.againMost, times.again * 2 ** Math.min(r.failures++, 10));
      later(r, r.again ? 0 : pause * (0.5 + random()));
    }
  }

  /** What we have of the room counts no longer; the screen keeps it until there is something better. @param {Room} r */
  function forget(r) {
    Object.assign(r, { anew: true, held: [], wanted: 0, wantedMe: 0, meSeq: -1 });
  }

  /** @param {Room} r @param {any} answer @param {number | undefined} since */
  function take(r, answer, since) {
    const known = r.view.peek();
    if (since !== undefined && answer.seq < since) {
      // The server knows less than we were told before: it was restored from a backup. Its word counts from here on.
      forget(r);
      r.restored = r.again = true;
      if (!answer.snapshot) return;
    }
    if (answer.snapshot) {
      if (r.restored || !known || answer.seq >= known.seq) {
        r.view.value = { seq: answer.seq, state: answer.snapshot, me: known?.me ?? null };
        r.anew = r.restored = false;
      }
    } else if (known && !r.anew) {
      const frame = { from: since ?? 0, to: answer.seq, events: answer.events ?? [] };
      if (place(known.seq, frame) === "next") apply(r, frame);
    }
    if (answer.seq > r.meTouched) takeMe(r, answer.me, answer.seq);
    else r.stale = true; // a `me` came while this one was under way, and nothing says which is newer: ask once more
    drain(r);
  }

  /** @param {Frame} frame */
  function frameCame(frame) {
    const r = rooms.get(frame.room ?? "");
    if (!r || r.watchers === 0) return;
    const known = r.view.peek();
    r.wanted = Math.max(r.wanted, frame.to);
    if (r.anew || !known || place(known.seq, frame) === "gap") {
      r.held = [...r.held, frame].slice(-HELD); // it may only have overtaken another one
      void ask(r);
    } else {
      apply(r, frame);
      drain(r);
    }
  }

  /** @param {Room} r @param {Frame} frame */
  function apply(r, frame) {
    const known = /** @type {Known} */ (r.view.peek());
    if (place(known.seq, frame) !== "next") return;
    const events = news(known.seq, frame);
    try {
      r.view.value = { seq: frame.to, state: applyAll(known.state, events), me: known.me };
    } catch {
      r.anew = true; // an event of a shape that this page cannot apply: a snapshot has its result
      void ask(r);
      return;
    }
    for (const event of events) {
      const mine = event.by !== undefined && event.by === known.me?.person; // here or in another window of ours
      if (!event.me && !mine) continue;
      r.wantedMe = Math.max(r.wantedMe, event.seq);
      // Everybody in the room hears `me` at once, so everybody waits a little time of their own. What is ours comes
      // with our ack or a `me` message; we ask only where that got lost.
      if (r.wantedMe > r.meSeq) later(r, event.me ? random() * times.jitter : times.patience);
    }
  }

  /** Apply what was held back and fits now. @param {Room} r */
  function drain(r) {
    const known = r.view.peek();
    if (r.anew || !known) return;
    const held = r.held.sort((a, b) => a.from - b.from);
    r.held = [];
    for (const frame of held) {
      if (place(r.view.peek()?.seq ?? 0, frame) === "gap") r.held.push(frame);
      else apply(r, frame);
    }
  }

  /** @param {Room} r @param {any} me @param {number} [seq]  left out: newer than anything asked for before it came */
  function takeMe(r, me, seq) {
    const known = r.view.peek();
    if (me === undefined || !known || known.error || (seq ?? Infinity) < r.meSeq) return;
    r.meSeq = Math.max(r.meSeq, seq ?? known.seq);
    r.view.value = { ...known, me };
  }

  /** The answer to a command of ours. @param {string} id @param {any} reply @param {number} tries */
  function acked(id, reply, tries) {
    const r = rooms.get(id);
    if (!r || !reply.ok) return;
    r.meTouched = Math.max(r.meTouched, reply.seq ?? Infinity);
    takeMe(r, reply.me, reply.seq);
    if (tries > 1) {
      r.stale = true; // perhaps the first reply once more, with a seq of then: see what is so now
      later(r, random() * times.jitter);
    }
    expect(r, reply.seq ?? 0);
  }

  /** The room has come at least so far; the frame is perhaps on its way. @param {Room} r @param {number} seq */
  function expect(r, seq) {
    r.wanted = Math.max(r.wanted, seq);
    if (r.wanted > (r.view.peek()?.seq ?? -1)) later(r, times.patience);
  }

  /** @param {Room} r */
  function behind(r) {
    return r.stale || r.anew || r.wanted > (r.view.peek()?.seq ?? -1) || r.wantedMe > r.meSeq;
  }

  /** Look whether this room is behind in `ms`; the earliest of several wishes counts. @param {Room} r @param {number} ms */
  function later(r, ms) {
    const due = clock.steady() + ms;
    if (ms !== Infinity && due >= r.due) return;
    clearTimeout(r.timer);
    r.due = due;
    if (ms === Infinity) return;
    r.timer = setTimeout(() => {
      r.due = Infinity;
      if (behind(r)) void ask(r);
    }, ms);
  }

  wire.on("events", frameCame);
  wire.on("presence", present);
  wire.on("me", ({ room, me, seq }) => {
    const r = rooms.get(room);
    if (!r) return;
    r.meTouched = Math.max(r.meTouched, seq ?? Infinity);
    takeMe(r, me, seq);
    if (seq !== undefined || r.watchers === 0) return;
    r.stale = true; // of two that do not say when they were true, the later one may be the older
    later(r, random() * times.jitter);
  });
  wire.on("beat", (beat) => {
    clock.hear(beat.now);
    for (const [id, seq] of Object.entries(beat.rooms ?? {})) {
      const r = rooms.get(id);
      if (r && r.watchers > 0) expect(r, /** @type {number} */ (seq));
    }
  });
  wire.on("connect", () => {
    for (const r of rooms.values()) {
      if (r.watchers === 0) continue;
      r.stale = true;
      r.again = r.asking; // asked on the connection that is gone; its answer may never come
      void ask(r);
    }
  });

  return {
    /** @param {string} id */
    view: (id) => open(id).view,
    watch,
    unwatch,
    acked,
    /** Ask something cheap to hear whether anybody is there; false when no room is watched. */
    probe() {
      const r = [...rooms.values()].find((room) => room.watchers > 0);
      if (r) {
        r.stale = true;
        void ask(r);
      }
      return r !== undefined;
    },
    stop: () => rooms.forEach((r) => later(r, Infinity)),
  };
}
