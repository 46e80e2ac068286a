import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { createClient } from "../../static/js/client.js";
import { BOARD, Browser, createHouse, seeded, sleep, until } from "./house.mjs";

const TIMES = {
  wire: { tick: 5, grace: 50, probe: 120, silent: 200, dead: 350, stuck: 1000 },
  outbox: { adopt: 150, again: 5, backoff: 5, backoffMost: 20 },
  sync: { answer: 60, patience: 25, jitter: 20, again: 10, againMost: 40 },
  ack: 60,
};

const opened = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

/** A window in which `person` has the board open. */
function enter(house, person, { faults = {}, random = Math.random, boot = {}, browser = new Browser(), up = true, wire = {} } = {}) {
  const line = house.line(person, faults, random);
  const { store, windows, shut } = browser.window();
  const client = createClient({ as: person, now: Date.now(), ...boot }, { endpoint: line.endpoint, store, windows, random, times: { ...TIMES, wire: { ...TIMES.wire, ...wire } } });
  client.watch(BOARD);
  if (up) line.up();
  opened.push(client.close, shut);
  return { client, line, windows, room: client.room(BOARD), post: (text, id) => client.send(BOARD, "proposal.post", { text }, { id }) };
}
const agree = (w, house) => {
  try {
    assert.deepEqual(w.room.value?.state, house.snapshot());
    assert.equal(w.room.value.seq, house.seq());
    assert.deepEqual(w.room.value.me.own, house.me(w.line.person).own);
    return true;
  } catch {
    return false;
  }
};

test("the page shows what it was made with before there is a connection, then catches up", async () => {
  const house = createHouse();
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  const boot = { rooms: { [BOARD]: { seq: 1, snapshot: house.snapshot(), me: { person: "ana", own: [] } } } };
  house.command({ id: "p2", room: BOARD, name: "proposal.post", args: { text: "b" } }, "bo");
  const ana = enter(house, "ana", { boot, up: false });
  assert.equal(ana.room.value.state.proposals.p1.text, "a");
  ana.line.up();
  await until("caught up", () => agree(ana, house));
});

test("what Ana posts is pending, then saved, then on Bo's screen, and in her own list", async () => {
  const house = createHouse();
  const [ana, bo] = [enter(house, "ana", { faults: { delay: 10 } }), enter(house, "bo")];
  await until("both in", () => agree(ana, house) && agree(bo, house));
  const { id, done } = ana.post("mine");
  assert.deepEqual(ana.client.pending(BOARD).value, [{ id, name: "proposal.post", args: { text: "mine" }, state: "sending" }]);
  assert.equal(ana.client.status.value, "sending");
  assert.equal((await done).ok, true);
  assert.equal(ana.client.status.value, "saved");
  await until("shown", () => agree(ana, house) && agree(bo, house));
  assert.deepEqual(ana.room.value.me.own, [id]);
  assert.deepEqual(bo.room.value.me.own, []);
});

test("a card that came before its ack is not shown a second time as pending", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  ana.line.faults.unanswered = 1;
  const { id } = ana.post("mine");
  await until("shown", () => ana.room.value.state.proposals[id]);
  assert.deepEqual(ana.client.pending(BOARD).value, []);
  assert.equal(ana.client.status.value, "sending");
  ana.line.faults.unanswered = 0;
  await until("saved", () => ana.client.status.value === "saved");
  assert.equal(new Set(house.received.map(String)).size, 1);
});

test("Ana, cut off, goes on typing: her page says offline, and all goes out once and in order afterwards", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  ana.line.down();
  assert.equal(ana.client.status.value, "offline");
  const ids = ["a", "b", "c"].map((text) => ana.post(text).id);
  assert.deepEqual(ana.client.pending(BOARD).value.map((p) => p.state), ["waiting", "waiting", "waiting"]);
  ana.line.up();
  await until("saved", () => ana.client.status.value === "saved");
  assert.deepEqual(house.received.map(([, id]) => id), ids);
  await until("shown", () => agree(ana, house));
});

test("a dead line without any sign is noticed: offline, a new connection, caught up", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  ana.line.faults.dead = true;
  await until("offline", () => ana.client.status.value === "offline");
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  await until("dialled", () => ana.line.dialled > 0);
  ana.line.faults.dead = false;
  await until("back", () => ana.client.status.value === "saved" && agree(ana, house));
});

test("a quiet room on a good line is not offline", async () => {
  const house = createHouse();
  // Time enough between the question and the verdict for a machine that is busy with other things.
  const ana = enter(house, "ana", { wire: { silent: 1500, dead: 3000 } });
  await until("in", () => agree(ana, house));
  const seen = new Set();
  const end = Date.now() + 2000;
  while (Date.now() < end) {
    seen.add(ana.client.status.value);
    await sleep(10);
  }
  assert.deepEqual([...seen], ["saved"]);
  assert.equal(ana.line.dialled, 0);
});

test("the browser says that the network is gone: offline at once, and back with it", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  ana.line.faults.down = true;
  ana.windows.dispatchEvent(new Event("offline"));
  assert.equal(ana.client.status.value, "offline");
  await sleep(20);
  ana.line.faults.down = false;
  ana.windows.dispatchEvent(new Event("online"));
  await until("back", () => ana.client.status.value === "saved");
});

test("a beat tells Ana of a frame that she never got", async () => {
  const house = createHouse();
  const ana = enter(house, "ana", { wire: { probe: 60_000, silent: 120_000, dead: 180_000 } }); // asking by herself would tell her too
  await until("in", () => agree(ana, house));
  ana.line.faults.dropped = 1;
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  await sleep(60);
  assert.equal(agree(ana, house), false);
  ana.line.faults.dropped = 0;
  house.beat();
  await until("caught up", () => agree(ana, house), 300);
});

test("too far behind, Ana gets a snapshot", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  ana.line.down();
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  house.tooFarBehind();
  ana.line.up();
  await until("caught up", () => agree(ana, house));
});

test("when a backup from before is put back, the page follows instead of waiting for ever", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  for (const id of ["p1", "p2", "p3"]) house.command({ id, room: BOARD, name: "proposal.post", args: { text: id } }, "bo");
  await until("in", () => agree(ana, house) && house.seq() === 3);
  ana.line.down();
  house.restoreEarlier(2);
  ana.line.up();
  await until("followed", () => agree(ana, house));
  house.command({ id: "p4", room: BOARD, name: "proposal.post", args: { text: "d" } }, "bo");
  await until("goes on", () => agree(ana, house));
});

test("an older answer does not overwrite a newer `me`", async () => {
  const house = createHouse();
  const ana = enter(house, "ana", { faults: { delay: 30 } });
  await until("in", () => agree(ana, house));
  ana.line.say("beat", { rooms: { [BOARD]: 99 } }); // makes her ask, slowly
  await sleep(30);
  ana.line.say("me", { room: BOARD, me: { person: "ana", own: ["new"] }, seq: 50 });
  await sleep(100);
  assert.deepEqual(ana.room.value.me.own, ["new"]);
});

test("an event that touches Ana's own things makes her ask once more for them", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  const { id, done } = ana.post("mine");
  await done;
  await until("in", () => agree(ana, house));
  const before = ana.room.value.me.at;
  house.command({ id: "w1", room: BOARD, name: "proposal.withdraw", args: { proposal: id } }, "bo");
  await until("fresh", () => ana.room.value.me.at > before);
});

test("a room that is not Ana's says so in words, and is asked for again after a reconnection", async () => {
  const house = createHouse();
  const watch = house.watch;
  house.watch = () => ({ ok: false, error: { code: "not_your_group", message: "This board belongs to another group." } });
  const ana = enter(house, "ana");
  await until("refused", () => ana.room.value?.error);
  assert.deepEqual(ana.room.value, { seq: 0, state: null, me: null, error: { code: "not_your_group", message: "This board belongs to another group." } });
  house.watch = watch;
  ana.line.down();
  ana.line.up();
  await until("in", () => agree(ana, house));
  assert.equal(ana.room.value.error, undefined);
});

test("a busy server is asked again until it answers", async () => {
  const house = createHouse();
  const watch = house.watch;
  let asked = 0;
  house.watch = (...question) => (++asked < 4 ? { ok: false, error: { code: "storage_busy", message: "busy" } } : watch(...question));
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  assert.equal(asked, 4);
});

test("an event of a shape that the page cannot apply is healed by a snapshot", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  ana.line.say("events", { room: BOARD, from: 0, to: 1, events: [{ seq: 1, name: "proposal.posted" }] });
  await until("healed", () => agree(ana, house));
});

test("goodbye ends it: the page says why, asks no more, and keeps what is unsent", async () => {
  const house = createHouse();
  const browser = new Browser();
  const ana = enter(house, "ana", { browser });
  await until("in", () => agree(ana, house));
  ana.line.say("goodbye", { code: "link_expired", message: "This personal link has been replaced." });
  assert.equal(ana.client.ended.value.code, "link_expired");
  assert.equal(ana.client.status.value, "offline");
  ana.post("unsent");
  await sleep(30);
  assert.deepEqual(house.received, []);
  assert.equal(browser.texts().length, 1);
});

test("presence is who was here on coming in, and who has come and gone since, without names on a projector", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  assert.deepEqual(ana.client.presence(BOARD).value, { people: [], count: 0 });
  ana.line.say("presence", { room: BOARD, people: ["ana", "bo"], count: 2 });
  assert.deepEqual(ana.client.presence(BOARD).value, { people: ["ana", "bo"], count: 2 });
  ana.line.say("presence", { room: BOARD, came: ["chen", "bo"], left: [], count: 3 });
  ana.line.say("presence", { room: BOARD, came: [], left: ["ana"], count: 2 });
  assert.deepEqual(ana.client.presence(BOARD).value, { people: ["chen", "bo"], count: 2 });
  const screen = enter(house, "screen");
  screen.line.say("presence", { room: BOARD, count: 3 });
  assert.deepEqual(screen.client.presence(BOARD).value, { people: [], count: 3 });
});

test("a closed view hears no more of its room, and catches up when it opens again", async () => {
  const house = createHouse();
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  ana.client.unwatch(BOARD);
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  await sleep(20);
  assert.equal(ana.room.value.seq, 0);
  ana.client.watch(BOARD);
  await until("caught up", () => agree(ana, house));
});

test("the clock is the server's, even when the tablet's is an hour off", async () => {
  const house = createHouse();
  const watch = house.watch;
  house.watch = (...question) => ({ ...watch(...question), now: Date.now() + 3_600_000 });
  const ana = enter(house, "ana");
  await until("in", () => agree(ana, house));
  assert.ok(Math.abs(ana.client.now() - Date.now() - 3_600_000) < 100);
});

test("who looks on from elsewhere says so, counts as there once a view is, and looks on again afterwards", async () => {
  const house = createHouse();
  const asked = [];
  const watch = house.watch;
  house.watch = (question, person) => {
    asked.push(question.away ?? false);
    return watch(question, person);
  };
  const line = house.line("fatima");
  const { store, windows, shut } = new Browser().window();
  const client = createClient({ as: "fatima", now: Date.now() }, { endpoint: line.endpoint, store, windows, times: TIMES });
  opened.push(client.close, shut);
  client.watch(BOARD, true);
  line.up();
  await until("looks on", () => client.room(BOARD).value);
  client.watch(BOARD, true);
  client.watch(BOARD);
  await until("is there", () => asked.at(-1) === false);
  client.unwatch(BOARD);
  await until("looks on again", () => asked.at(-1) === true);
  client.unwatch(BOARD, true);
  house.command({ id: "p1", room: BOARD, name: "proposal.post", args: { text: "a" } }, "bo");
  await until("is still told", () => client.room(BOARD).value.state.proposals.p1);
  assert.deepEqual(asked, [true, false, true]);
});

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`on a network that drops, doubles, reorders and cuts, all screens agree in the end (seed ${seed})`, async () => {
    const random = seeded(seed);
    const house = createHouse();
    house.datesMe = seed % 2 === 0;
    const bad = () => ({ delay: 12, dropped: 0.2, doubled: 0.2, unheard: 0.1, unanswered: 0.1 });
    const windows = ["ana", "bo", "cleo", "ana"].map((person) => enter(house, person, { faults: bad(), random }));
    const backwards = [];
    for (const w of windows) {
      let last = -1;
      w.room.subscribe((known) => {
        if (known && known.seq < last) backwards.push([last, known.seq]);
        last = known?.seq ?? last;
      });
    }
    const beats = setInterval(house.beat, 40);
    opened.push(() => clearInterval(beats));
    const sent = [];
    for (let n = 0; n < 60; n++) {
      const w = windows[Math.floor(random() * windows.length)];
      const own = w.room.value?.me?.own ?? [];
      const dice = random();
      if (dice < 0.1) {
        w.line.down();
        setTimeout(w.line.up, random() * 30);
      } else if (dice < 0.3 && own.length) {
        const proposal = own[Math.floor(random() * own.length)];
        sent.push(w.client.send(BOARD, "proposal.edit", { proposal, text: `text ${n}` }));
      } else if (dice < 0.4 && own.length) {
        sent.push(w.client.send(BOARD, "proposal.withdraw", { proposal: own[0] }));
      } else {
        if (dice > 0.9) house.refuseNext.push(["too_fast", "internal", "step_closed"][n % 3]);
        sent.push(w.post(`proposal ${n}`));
      }
      await sleep(random() * 8);
    }
    windows.forEach((w) => w.line.up());
    await until("everything answered", () => windows.every((w) => w.client.status.value === "saved"), 10_000);
    windows.forEach((w) => Object.assign(w.line.faults, { dropped: 0, unheard: 0, unanswered: 0 }));
    await until(
      () => windows.map((w) => `${w.line.person} ${w.room.value?.seq} of ${house.seq()}`).join(", "),
      () => windows.every((w) => agree(w, house)),
      2000,
    );
    const replies = await Promise.all(sent.map((s) => s.done));
    assert.deepEqual(backwards, []);
    assert.equal(replies.filter((r) => r.ok).length, house.done.size, "each accepted command was done once");
    assert.equal(house.seq(), house.done.size);
    const inOrder = new Map(); // the first time that a person's command came in is in the order of sending
    for (const [person, id] of house.received) if (!inOrder.has(id)) inOrder.set(id, person);
    assert.equal(inOrder.size, sent.length);
  });
}

test("what is kept to an overlay group stands among the rest for its people, and settles what they sent", () => {
  const line = createHouse().line("dora", {}, Math.random);
  const { store, windows, shut } = new Browser().window();
  const boot = (kept) => ({ "event:e": { seq: 1, snapshot: { pictures: { hall: 1 }, announcements: {} }, me: { person: "dora", kept } } });
  const open = (kept) => createClient({ as: "dora", now: Date.now(), rooms: boot(kept) }, { endpoint: line.endpoint, store, windows, times: TIMES });
  const [dora, amina] = [open({ pictures: { lamp: 2 }, announcements: { garden: 3 } }), open({ pictures: {}, announcements: {} })];
  opened.push(dora.close, amina.close, shut);
  assert.deepEqual(dora.room("event:e").value.state, { pictures: { hall: 1, lamp: 2 }, announcements: { garden: 3 } });
  assert.deepEqual(amina.room("event:e").value.state, { pictures: { hall: 1 }, announcements: {} });
  dora.send("event:e", "picture.add", {}, { id: "lamp" });
  assert.deepEqual(dora.pending("event:e").value, []);
  dora.send("event:e", "picture.add", {}, { id: "another" });
  assert.equal(dora.pending("event:e").value.length, 1);
});
