// @ts-check
// All that a screen needs of the server, as signals. Screens read them and call `send`; they know nothing of sockets.

import { computed, signal } from "@preact/signals-core";
import { createClock } from "./clock.js";
import { createDrafts, createKeep } from "./keep.js";
import { createOutbox } from "./outbox.js";
import { dial } from "./socket.js";
import { createSync } from "./sync.js";
import { createWire } from "./wire.js";

/**
 * @typedef {import("@preact/signals-core").ReadonlySignal<T>} Sig
 * @template T
 */
/** @typedef {{id: string, name: string, args: any, state: "sending" | "waiting" | "refused", error?: {code: string, message: string}}} Pending */
/** @typedef {{people: string[], count: number}} Presence  `people` is empty on a projector */

const ACK_MS = 8000;

/**
 * @param {any} boot  the page's boot data
 * @param {object} [seams]  for tests
 * @param {import("./socket.js").Endpoint} [seams.endpoint]
 * @param {import("./keep.js").Store | null} [seams.store]  null: a browser that keeps nothing
 * @param {any} [seams.windows]  fires "storage", "online", "offline"
 * @param {() => number} [seams.random]
 * @param {{wire?: any, outbox?: any, sync?: any, ack?: number}} [seams.times]
 */
export function createClient(boot, { endpoint, store, windows, random, times = {} } = {}) {
  const clock = createClock(boot.now);
  const keep = createKeep(store);
  const wire = createWire({ endpoint: endpoint ?? dial(boot.as), browser: windows, random, times: times.wire });
  /** @type {Map<string, import("@preact/signals-core").Signal<Presence>>} */
  const presences = new Map();
  const presence = (/** @type {string} */ room) => remember(presences, room, () => signal({ people: [], count: 0 }));
  const outdated = signal(false);
  const sync = createSync({
    wire,
    clock,
    seeds: boot.rooms,
    random,
    times: times.sync,
    present({ room, people, came = [], left = [], count }) {
      const known = presence(room).peek().people.filter((id) => !came.includes(id) && !left.includes(id));
      presence(room).value = { people: people ?? [...known, ...came], count };
    },
    versioned: (version) => (outdated.value ||= Boolean(boot.version) && version !== boot.version),
  });
  const outbox = createOutbox({
    as: boot.as,
    keep,
    windows,
    random,
    times: times.outbox,
    ready: wire.connected,
    async deliver({ id, room, name, args, tries }) {
      const reply = await wire.ask("command", { id, room, name, args }, times.ack ?? ACK_MS);
      sync.acked(room, reply, tries);
      return reply;
    },
  });
  wire.probeWith(sync.probe);
  wire.on("connect", outbox.reconnected);

  /** @type {Map<string, Sig<Pending[]>>} */
  const pendings = new Map();
  /** @type {Map<string, Sig<import("./sync.js").Known | null>>} */
  const rooms = new Map();

  return {
    /**
     * `null` until something is known; `{seq, state, me}`; after a refusal `{seq: 0, state: null, me: null, error}`.
     * @param {string} id
     */
    room: (id) => remember(rooms, id, () => computed(() => withKept(sync.view(id).value))),
    watch: sync.watch,
    unwatch: sync.unwatch,
    /** @param {string} room @returns {Sig<Presence>} */
    presence,

    /**
     * @param {string} room @param {string} name @param {any} [args]
     * @param {{id?: string}} [options]  an id of one's own: the same id twice is one command
     * @returns {{id: string, done: Promise<import("./outbox.js").Reply>}} `done`: the ack, ok or refused
     */
    send: (room, name, args = {}, { id } = {}) => outbox.put(room, name, args, id),
    /** What the room does not show yet, in order. @param {string} room @returns {Sig<Pending[]>} */
    pending: (room) =>
      remember(pendings, room, () =>
        computed(() => {
          const known = sync.view(room).value;
          return outbox.entries.value
            .filter((entry) => entry.room === room && (entry.state === "refused" || !arrived(known, entry.id)))
            .map(({ id, name, args, state, error }) => (error ? { id, name, args, state, error } : { id, name, args, state }));
        }),
      ),
    /** What on the board is like a text that is being typed; nothing while the server is out of reach. @param {string} room @param {string} text @returns {Promise<{proposal: string, score: number}[]>} */
    async similar(room, text) {
      try {
        const reply = await wire.ask("similar", { room, text: text.slice(0, 500) }, times.ack ?? ACK_MS);
        return reply.ok ? reply.similar : [];
      } catch {
        return []; // a hint; typing goes on without it
      }
    },
    discard: outbox.discard,
    retry: outbox.retry,

    /** @type {Sig<"saved" | "sending" | "offline">} a refused command is not under way: it shows in `pending` */
    status: computed(() => (!wire.online.value ? "offline" : outbox.unsent.value ? "sending" : "saved")),
    /** "memory": this browser keeps nothing, so what is unsent is lost with the window. Say so. */
    kept: /** @type {Sig<"browser" | "memory">} */ (keep.where),
    /** @type {Sig<{code: string, message: string} | null>} */
    ended: wire.ended,
    /** The server gives out other pages than this one by now. @type {Sig<boolean>} */
    outdated,
    now: clock.now,
    drafts: createDrafts(keep, boot.as),

    close() {
      outbox.stop();
      sync.stop();
      wire.close();
    },
  };
}

/**
 * What is kept to overlay groups is nowhere but in the `me` of those who may see it; for them it stands among the rest.
 *
 * @param {import("./sync.js").Known | null} known @returns {import("./sync.js").Known | null}
 */
function withKept(known) {
  const kept = known?.me?.kept;
  if (!known?.state || !kept) return known;
  const { pictures, announcements } = known.state;
  return {
    ...known,
    state: { ...known.state, pictures: { ...pictures, ...kept.pictures }, announcements: { ...announcements, ...kept.announcements } },
  };
}

/**
 * A command's id is that of the proposal, comment, theme, pledge, picture, announcement, cue or conclusion that it made: its event may be here before
 * its ack. What is private is in one's own `me` alone.
 *
 * @param {import("./sync.js").Known | null | undefined} known @param {string} id
 */
function arrived(known, id) {
  const { state, me } = known ?? {};
  const made = [state?.proposals, state?.comments, state?.themes, state?.pledges, state?.announcements, state?.pictures, me?.mine, me?.kept?.announcements, me?.kept?.pictures];
  if (made.some((map) => map && Object.hasOwn(map, id))) return true;
  const { cue, waiting = [], shown = [] } = state?.stage ?? {};
  return [...(state?.conclusions ?? []), ...(cue ? [cue] : []), ...waiting, ...shown].some((one) => one.id === id);
}

/**
 * @template T
 * @param {Map<string, T>} made @param {string} key @param {() => T} make
 * @returns {T}
 */
function remember(made, key, make) {
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
