// A small house for tests: rooms with a log, commands done once by id, and a network that can be made as bad as wanted.
// It keeps its boards in its own way (not with the reducer), so that agreeing with it means something.

/** A seeded generator (mulberry32), so that a bad run can be had again. */
export function seeded(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let x = Math.imul(a ^ (a >>> 15), 1 | a);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
  };
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Wait until `true_()` holds; fails with `what` after `ms`. */
export async function until(what, true_, ms = 60_000) {
  const end = Date.now() + ms;
  while (!true_()) {
    if (Date.now() > end) throw new Error(`still not so: ${typeof what === "function" ? what() : what}`);
    await sleep(5);
  }
}

export const BOARD = "board:north";

export function createHouse() {
  const proposals = {};
  const log = [];
  const done = new Map();
  const lines = new Set();
  let seq = 0;
  let first = 0; // events up to here are in the snapshot only
  const house = {
    done,
    refuseNext: [], // codes to refuse the next commands with
    received: [], // every command as it came in: [person, id]
    lines,
    datesMe: true, // `me` messages say at which seq they were true
    snapshot: () => JSON.parse(JSON.stringify({ id: "north", proposals })),
    seq: () => seq,
    me: (person) => ({ person, own: Object.values(proposals).filter((p) => p.author === person).map((p) => p.id), at: seq }),
    tooFarBehind: () => (first = seq),
    /** A backup from before the last `n` events is put back. */
    restoreEarlier(n) {
      for (const event of log.splice(log.length - n)) delete proposals[event.proposal.id ?? event.proposal];
      seq -= n;
    },
    watch({ since }, person) {
      const head = { ok: true, room: BOARD, seq, me: house.me(person), now: Date.now() };
      const behind = since === undefined || since < first || since > seq;
      return behind ? { ...head, snapshot: house.snapshot() } : { ...head, events: log.filter((e) => e.seq > since) };
    },
    command({ id, room, name, args }, person) {
      house.received.push([person, id]);
      if (done.has(person + id)) return { ...done.get(person + id), me: house.me(person) };
      const code = house.refuseNext.shift();
      if (code) return { ok: false, error: { code, message: `No: ${code}` } };
      const events = house.happen(name, id, args, person);
      const reply = { ok: true, seq };
      done.set(person + id, reply);
      for (const line of lines) {
        line.hear("events", { room, from: seq - events.length, to: seq, events });
        if (line.person === person) line.hear("me", { room, me: house.me(person), ...(house.datesMe ? { seq } : {}) });
      }
      return { ...reply, me: house.me(person) };
    },
    happen(name, id, args, person) {
      const event = { at: Date.now(), by: person };
      if (name === "proposal.post") {
        proposals[id] = { id, text: args.text, author: person, edited: false, status: "standing", reason: null };
        Object.assign(event, { name: "proposal.posted", proposal: { ...proposals[id] } });
      } else if (name === "proposal.edit") {
        Object.assign(proposals[args.proposal], { text: args.text, edited: true });
        Object.assign(event, { name: "proposal.edited", ...args });
      } else {
        Object.assign(proposals[args.proposal], { status: "withdrawn", text: null });
        Object.assign(event, { name: "proposal.withdrawn", me: true, ...args });
      }
      log.push({ ...event, seq: ++seq });
      return [log.at(-1)];
    },
    beat() {
      for (const line of lines) line.hear("beat", { rooms: { [BOARD]: seq }, now: Date.now() });
    },
    /** A line into the house for one window, with faults as probabilities 0..1 and delays in ms. */
    line(person, faults = {}, random = Math.random) {
      return createLine(house, person, faults, random);
    },
  };
  return house;
}

function createLine(house, person, faults, random) {
  const heard = new Map();
  let up = false;
  let epoch = 0;
  const fire = (name, payload) => (heard.get(name) ?? []).forEach((fn) => fn(payload));
  const delay = () => sleep((faults.delay ?? 0) * random());
  const chance = (p = 0) => random() < p;

  const line = {
    person,
    faults,
    dialled: 0,
    /** The house says something to everybody who watches; here it may get lost, come twice or late. */
    async hear(name, payload) {
      const now = epoch;
      for (let n = chance(faults.doubled) ? 2 : 1; n > 0; n--) {
        if (chance(faults.dropped) || faults.dead) continue;
        const copy = JSON.parse(JSON.stringify(payload));
        void delay().then(() => now === epoch && up && !faults.dead && fire(name, copy));
      }
    },
    say: fire,
    up() {
      if (up || faults.down) return;
      up = true;
      epoch += 1;
      house.lines.add(line);
      fire("connect");
    },
    down() {
      if (!up) return;
      up = false;
      epoch += 1;
      house.lines.delete(line);
      fire("disconnect");
    },
    endpoint: {
      connected: () => up,
      on: (name, fn) => heard.set(name, [...(heard.get(name) ?? []), fn]),
      async ask(message, payload, timeoutMs) {
        const now = epoch;
        const lost = (async () => {
          await sleep(timeoutMs);
          throw new Error("operation has timed out");
        })();
        const answered = (async () => {
          await delay();
          if (chance(faults.unheard) || faults.dead || now !== epoch) return lost;
          const answer =
            message === "watch" ? house.watch(payload, person)
            : message === "command" ? house.command(JSON.parse(JSON.stringify(payload)), person)
            : { ok: true }; // prettier-ignore
          const copy = JSON.parse(JSON.stringify(answer));
          await delay();
          if (chance(faults.unanswered) || faults.dead) return lost;
          if (now !== epoch) throw new Error("socket has been disconnected");
          return copy;
        })();
        return Promise.race([answered, lost]);
      },
      redial() {
        line.dialled += 1;
        line.down();
        setTimeout(line.up, 1);
      },
      close: () => line.down(),
    },
  };
  return line;
}

/** The browser's storage, shared by the windows of one browser, and its "storage" events. */
export class Browser {
  #texts = new Map();
  #windows = new Set();
  room = Infinity; // characters left

  window() {
    const target = new EventTarget();
    this.#windows.add(target);
    const tell = (key, newValue) => {
      for (const other of this.#windows) {
        if (other !== target) setTimeout(() => other.dispatchEvent(Object.assign(new Event("storage"), { key, newValue })), 1);
      }
    };
    const texts = this.#texts;
    const browser = this;
    return {
      windows: target,
      shut: () => this.#windows.delete(target),
      store: {
        get length() {
          return texts.size;
        },
        key: (i) => [...texts.keys()][i] ?? null,
        getItem: (key) => texts.get(key) ?? null,
        setItem(key, text) {
          if (text.length > browser.room) throw new DOMException("full", "QuotaExceededError");
          texts.set(key, text);
          tell(key, text);
        },
        removeItem(key) {
          if (texts.delete(key)) tell(key, null);
        },
      },
    };
  }

  texts() {
    return [...this.#texts.values()];
  }
}
