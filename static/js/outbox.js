// @ts-check
// Every command that the server has not answered yet, in order, in the browser's storage.
//
// One storage key an entry, so that two windows of one person never overwrite each other's list. Any window may send
// any entry: a window sends its own and what it finds at its start at once, another window's after `adopt` ms (that
// window is gone or asleep by then). Sending twice is harmless, because the server answers a known id with its first
// reply; and each window sends a room's entries one after another, so their order holds whoever sends.

import { computed, signal } from "@preact/signals-core";
import { uuid } from "./uuid.js";

/**
 * @typedef {{code: string, message: string}} Refusal
 * @typedef {{ok: true, seq?: number, me?: any, [more: string]: any} | {ok: false, error: Refusal}} Reply
 * @typedef {{id: string, n: number, room: string, name: string, args: any, state: "sending" | "waiting" | "refused",
 *   tries: number, error?: Refusal}} Entry
 */

/** Refusals that will pass by themselves: the entry stays and is sent again. */
export const LATER = new Set(["too_fast", "internal", "storage_busy"]);

/** The server has this id down for something else: only a new id can get through. */
const NEW_ID = new Set(["proposal_taken", "bad_message"]);

export const TIMES = { adopt: 15_000, again: 500, backoff: 1000, backoffMost: 8000 };

/**
 * @param {object} needs
 * @param {string} needs.as  whose outbox
 * @param {import("./keep.js").Keep} needs.keep
 * @param {(entry: Entry) => Promise<Reply>} needs.deliver  rejects when no answer came
 * @param {() => boolean} needs.ready  is there a connection?
 * @param {Partial<typeof TIMES>} [needs.times]
 * @param {() => number} [needs.random]
 * @param {Pick<EventTarget, "addEventListener" | "removeEventListener">} [needs.windows]  fires "storage" for other windows
 */
export function createOutbox({ as, keep, deliver, ready, times: given, random = Math.random, windows = globalThis }) {
  const times = { ...TIMES, ...given };
  const prefix = `facilitator/${as}/out/`;
  const keyOf = (/** @type {string} */ id) => prefix + id;
  const steady = () => performance.now();

  const entries = signal(/** @type {Entry[]} */ (load()));
  const unsent = computed(() => entries.value.some((entry) => entry.state !== "refused"));

  /** @type {Map<string, {promise: Promise<Reply>, resolve: (reply: Reply) => void}>} */
  const waiters = new Map();
  const inFlight = new Map(); // room -> id
  const pausedUntil = new Map(); // room -> steady ms
  const theirsUntil = new Map(); // id -> steady ms: another window is sending this one
  const alarm = { at: Infinity, timer: /** @type {any} */ (0) };

  /**
   * @param {string} room @param {string} name @param {any} args
   * @param {string} [id]  the same id again (a double tap) is the same command
   * @returns {{id: string, done: Promise<Reply>}}
   */
  function put(room, name, args, id = uuid()) {
    if (!find(id)) {
      const last = entries.peek().at(-1)?.n ?? 0;
      add({ id, n: Math.max(Date.now(), last + 1), room, name, args, state: "waiting", tries: 0 });
      flush();
    }
    return { id, done: waiter(id).promise };
  }

  /** Throw a refused command away. @param {string} id @returns {boolean} */
  function discard(id) {
    if (find(id)?.state !== "refused") return false;
    drop(id);
    return true;
  }

  /** Send a refused command again. @param {string} id @returns {{id: string, done: Promise<Reply>} | null} */
  function retry(id) {
    const entry = find(id);
    if (entry?.state !== "refused") return null;
    if (entry.error && NEW_ID.has(entry.error.code)) {
      const again = put(entry.room, entry.name, entry.args);
      drop(id); // only now: the text is never out of storage
      return again;
    }
    waiters.delete(id);
    theirsUntil.delete(id);
    store(change(id, { state: "waiting", error: undefined, tries: 0 }));
    flush();
    return { id, done: waiter(id).promise };
  }

  /** Send what may be sent now: the first entry of each room that has nothing under way. */
  function flush() {
    if (!ready()) return;
    const busy = new Set(inFlight.keys());
    for (const entry of entries.peek()) {
      if (entry.state === "refused" || busy.has(entry.room)) continue;
      const theirs = (theirsUntil.get(entry.id) ?? 0) - steady();
      if (theirs > 0) {
        wake(theirs);
        continue; // does not hold up our own: order matters within what one window sends
      }
      busy.add(entry.room);
      const pause = (pausedUntil.get(entry.room) ?? 0) - steady();
      if (pause > 0) wake(pause);
      else void send(entry);
    }
  }

  /** There is a connection again: no pause counts any more. */
  function reconnected() {
    pausedUntil.clear();
    flush();
  }

  /** @param {Entry} entry */
  async function send({ id, room, tries }) {
    inFlight.set(room, id);
    const entry = change(id, { state: "sending", tries: tries + 1 });
    /** @type {Reply | null} */
    let reply = null;
    try {
      reply = await deliver(entry);
    } catch {
      reply = null; // no answer: it may have arrived or not, so the same id goes out again
    }
    inFlight.delete(room);
    if (!find(id)) {
      settle(id, reply ?? { ok: true }); // another window got the answer meanwhile
    } else if (reply?.ok === true) {
      drop(id);
      settle(id, reply);
    } else if (reply?.error && !LATER.has(reply.error.code)) {
      store(change(id, { state: "refused", error: reply.error }));
      settle(id, reply);
    } else {
      change(id, { state: "waiting" });
      const most = reply ? Math.min(times.backoffMost, times.backoff * 2 ** Math.min(tries, 10)) : times.again;
      pausedUntil.set(room, steady() + most * (0.5 + random() / 2));
    }
    flush();
  }

  /** Another window of the same person has written. @param {any} event */
  function heard({ key, newValue }) {
    if (key === null) {
      entries.peek().forEach(store); // somebody has emptied the storage: what is unsent goes back in
      return;
    }
    if (!key.startsWith(prefix)) return;
    const id = key.slice(prefix.length);
    const ours = find(id);
    if (ours?.state === "sending") return; // our own answer tells
    if (newValue === null) {
      if (!ours) return;
      entries.value = entries.peek().filter((entry) => entry.id !== id);
      settle(id, { ok: true });
      return;
    }
    const theirs = parse(newValue);
    if (!theirs) return;
    if (!ours || (ours.state === "refused" && theirs.state !== "refused")) {
      theirsUntil.set(id, steady() + times.adopt);
    }
    if (ours) change(id, theirs);
    else entries.value = sorted([...entries.peek(), theirs]);
    if (theirs.state === "refused" && theirs.error) settle(id, { ok: false, error: theirs.error });
    flush();
  }

  function load() {
    return sorted(keep.keys(prefix).flatMap((key) => parse(keep.read(key)) ?? []));
  }

  /** @param {Entry} entry */
  function add(entry) {
    store(entry);
    entries.value = sorted([...entries.peek(), entry]);
  }

  /** @param {Entry} entry */
  function store({ id, n, room, name, args, error }) {
    keep.write(keyOf(id), JSON.stringify({ id, n, room, name, args, error }));
  }

  /** @param {string} id */
  function drop(id) {
    keep.remove(keyOf(id));
    theirsUntil.delete(id);
    entries.value = entries.peek().filter((entry) => entry.id !== id);
  }

  /** @param {string} id @param {Partial<Entry>} fields @returns {Entry} */
  function change(id, fields) {
    const changed = { .../** @type {Entry} */ (find(id)), ...fields };
    entries.value = entries.peek().map((entry) => (entry.id === id ? changed : entry));
    return changed;
  }

  /** @param {string} id */
  function find(id) {
    return entries.peek().find((entry) => entry.id === id);
  }

  /** @param {string} id */
  function waiter(id) {
    const known = waiters.get(id);
    if (known) return known;
    let resolve = (/** @type {Reply} */ _reply) => {};
    const promise = /** @type {Promise<Reply>} */ (new Promise((done) => (resolve = done)));
    const made = { promise, resolve };
    waiters.set(id, made);
    return made;
  }

  /** @param {string} id @param {Reply} reply */
  function settle(id, reply) {
    waiters.get(id)?.resolve(reply);
    waiters.delete(id);
  }

  /** Look again in `ms`; one alarm, set to the earliest. @param {number} ms */
  function wake(ms) {
    const at = steady() + ms + 1;
    if (at >= alarm.at) return;
    clearTimeout(alarm.timer);
    alarm.at = at;
    alarm.timer = setTimeout(() => {
      alarm.at = Infinity;
      flush();
    }, ms + 1);
  }

  windows.addEventListener?.("storage", heard);

  function stop() {
    windows.removeEventListener?.("storage", heard);
    clearTimeout(alarm.timer);
  }

  return { entries, unsent, put, discard, retry, flush, reconnected, stop };
}

/** @param {string | null} text @returns {Entry | null} null for what is not an entry, whoever wrote it there */
function parse(text) {
  try {
    const { id, n, room, name, args, error } = JSON.parse(text ?? "");
    if (typeof id !== "string" || typeof room !== "string" || typeof name !== "string") return null;
    return { id, n: Number(n) || 0, room, name, args, error, tries: 0, state: error ? "refused" : "waiting" };
  } catch {
    return null;
  }
}

/** @param {Entry[]} list */
function sorted(list) {
  return [...list].sort((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1));
}
