import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { createDrafts, createKeep } from "../../static/js/keep.js";
import { createOutbox } from "../../static/js/outbox.js";
import { uuid } from "../../static/js/uuid.js";
import { Browser, sleep, until } from "./house.mjs";

const TIMES = { adopt: 80, again: 5, backoff: 5, backoffMost: 20 };

const opened = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

/** A window of Ana's browser with an outbox; `answer` is what the server says, or throws where it says nothing. */
function open(browser, answer, { online = true, as = "ana" } = {}) {
  const window = browser.window();
  const sent = [];
  const w = { online, sent, window };
  w.keep = createKeep(window.store);
  w.outbox = createOutbox({
    as,
    keep: w.keep,
    times: TIMES,
    windows: window.windows,
    ready: () => w.online,
    async deliver(entry) {
      sent.push(entry.id);
      await sleep(2);
      return answer(entry, sent.length);
    },
  });
  w.close = () => {
    w.online = false;
    w.outbox.stop();
    window.shut();
  };
  opened.push(w.close);
  w.go = () => {
    w.online = true;
    w.outbox.reconnected();
  };
  w.state = () => w.outbox.entries.value.map((e) => [e.args.text, e.state]);
  return w;
}
const ok = () => ({ ok: true, seq: 1 });
const no = (code) => ({ ok: false, error: { code, message: `No: ${code}` } });
const post = (w, text, room = "board:north", id) => w.outbox.put(room, "proposal.post", { text }, id);

test("what Ana types offline goes out in the order in which she typed it, one at a time for a room", async () => {
  let under = 0;
  const w = open(new Browser(), async () => {
    assert.equal(++under, 1);
    await sleep(3);
    under -= 1;
    return ok();
  }, { online: false }); // prettier-ignore
  const ids = ["a", "b", "c", "d"].map((text) => post(w, text).id);
  assert.equal(w.outbox.unsent.value, true);
  w.go();
  await until("all sent", () => !w.outbox.unsent.value);
  assert.deepEqual(w.sent, ids);
});

test("two boards do not wait for each other", async () => {
  const w = open(new Browser(), async (entry) => (entry.room === "board:north" ? sleep(200).then(ok) : ok()));
  post(w, "slow");
  await post(w, "quick", "board:south").done;
  assert.deepEqual(w.state(), [["slow", "sending"]]);
});

test("without an answer the same id goes out again, and stays in the storage until there is one", async () => {
  const browser = new Browser();
  const w = open(browser, (entry, n) => {
    assert.equal(browser.texts().length, 1);
    if (n < 3) throw new Error("operation has timed out");
    return ok();
  });
  const { id, done } = post(w, "a");
  assert.equal((await done).ok, true);
  assert.deepEqual(w.sent, [id, id, id]);
  assert.deepEqual(browser.texts(), []);
});

test("too_fast, internal and storage_busy are waited out, and what follows waits behind", async () => {
  const codes = ["too_fast", "internal", "storage_busy"];
  const w = open(new Browser(), () => (codes.length ? no(codes.shift()) : ok()));
  const [a, b] = [post(w, "a"), post(w, "b")];
  await b.done;
  assert.deepEqual(w.sent, [a.id, a.id, a.id, a.id, b.id]);
});

test("a refused text stays, with the sentence that says why, over a reload, until Ana discards it", async () => {
  const browser = new Browser();
  const w = open(browser, () => no("step_closed"));
  const { id, done } = post(w, "my long thought");
  assert.equal((await done).error.code, "step_closed");
  w.close();
  const again = open(browser, ok);
  assert.deepEqual(again.state(), [["my long thought", "refused"]]);
  assert.equal(again.outbox.entries.value[0].error.message, "No: step_closed");
  assert.equal(again.outbox.unsent.value, false);
  await sleep(20);
  assert.deepEqual(again.sent, []);
  assert.equal(again.outbox.discard(id), true);
  assert.deepEqual(browser.texts(), []);
});

test("Ana retries a refused text with the same id; only an id that the server has down for another gets a new one", async () => {
  const codes = ["step_closed", "proposal_taken"];
  const w = open(new Browser(), () => (codes.length ? no(codes.shift()) : ok()));
  const first = post(w, "a");
  await first.done;
  const second = w.outbox.retry(first.id);
  assert.equal(second.id, first.id);
  assert.equal((await second.done).error.code, "proposal_taken");
  const third = w.outbox.retry(first.id);
  assert.notEqual(third.id, first.id);
  assert.equal((await third.done).ok, true);
  assert.deepEqual(w.state(), []);
});

test("a refusal does not hold up what comes after it", async () => {
  const w = open(new Browser(), (entry) => (entry.args.text === "bad" ? no("text_too_long") : ok()));
  post(w, "bad");
  assert.equal((await post(w, "good").done).ok, true);
  assert.deepEqual(w.state(), [["bad", "refused"]]);
});

test("a waiting command cannot be discarded, since it may have arrived", () => {
  const w = open(new Browser(), ok, { online: false });
  assert.equal(w.outbox.discard(post(w, "a").id), false);
});

test("a reload loses nothing: the same ids go out in the same order", async () => {
  const browser = new Browser();
  const before = open(browser, ok, { online: false });
  const ids = ["a", "b", "c"].map((text) => post(before, text).id);
  before.close();
  const after = open(browser, ok);
  after.go();
  await until("all sent", () => !after.outbox.unsent.value);
  assert.deepEqual(after.sent, ids);
});

test("a double tap with one id is one command", async () => {
  const w = open(new Browser(), ok);
  const id = uuid();
  const [one, two] = [post(w, "a", "board:north", id), post(w, "a", "board:north", id)];
  assert.deepEqual([await one.done, await two.done], [ok(), ok()]);
  assert.deepEqual(w.sent, [id]);
});

test("two windows of Ana keep each other's texts, show them, and each sends its own", async () => {
  const browser = new Browser();
  const [left, right] = [open(browser, ok, { online: false }), open(browser, ok, { online: false })];
  const a = post(left, "left").id;
  const b = post(right, "right").id;
  await until("both seen", () => left.state().length === 2 && right.state().length === 2);
  assert.equal(browser.texts().length, 2);
  left.go();
  right.go();
  await until("all sent", () => !left.outbox.unsent.value && !right.outbox.unsent.value);
  assert.deepEqual([left.sent, right.sent], [[a], [b]]);
});

test("when a window of Ana goes away for good, her other window sends what it has left", async () => {
  const browser = new Browser();
  const [left, right] = [open(browser, ok, { online: false }), open(browser, ok)];
  const id = post(left, "orphan").id;
  left.close();
  await until("adopted", () => right.sent.length === 1);
  assert.deepEqual(right.sent, [id]);
  await until("gone", () => browser.texts().length === 0);
});

test("a refusal that one window got shows in the other, and is discarded in both", async () => {
  const browser = new Browser();
  const [left, right] = [open(browser, () => no("step_closed")), open(browser, ok)];
  const { id, done } = post(left, "late");
  await done;
  await until("shown", () => right.state()[0]?.[1] === "refused");
  right.outbox.discard(id);
  await until("discarded", () => left.state().length === 0);
});

test("Ana's outbox and Bo's on the same tablet are two", async () => {
  const browser = new Browser();
  const ana = open(browser, ok, { online: false });
  post(ana, "Ana's");
  ana.close();
  const bo = open(browser, ok, { as: "bo" });
  assert.deepEqual(bo.state(), []);
});

test("a full storage is said, and what is typed goes out all the same", async () => {
  const browser = new Browser();
  browser.room = 0;
  const w = open(browser, ok, { online: false });
  const { done } = post(w, "a");
  assert.equal(w.keep.where.value, "memory");
  w.go();
  assert.equal((await done).ok, true);
  assert.equal(w.keep.where.value, "browser");
});

test("a browser without storage works from memory and says so", async () => {
  const keep = createKeep(null);
  const outbox = createOutbox({ as: "ana", keep, ready: () => true, deliver: async () => ok(), windows: new EventTarget() });
  assert.equal((await outbox.put("board:north", "proposal.post", { text: "a" }).done).ok, true);
  assert.equal(keep.where.value, "memory");
  const drafts = createDrafts(keep, "ana");
  drafts.saveDraft("new", "half a");
  assert.equal(drafts.draft("new"), "half a");
});

test("rubbish in the storage is not an entry and stops nothing", async () => {
  const browser = new Browser();
  const { store } = browser.window();
  store.setItem("facilitator/ana/out/x", "{not json");
  store.setItem("facilitator/ana/out/y", '{"id": 7}');
  store.setItem("facilitator/ana/out/z", "null");
  const w = open(browser, ok);
  assert.equal((await post(w, "a").done).ok, true);
});

test("a half-typed text survives a reload, field by field, and an emptied one is forgotten", () => {
  const browser = new Browser();
  createDrafts(createKeep(browser.window().store), "ana").saveDraft("board:north/new", "half a thou");
  const drafts = createDrafts(createKeep(browser.window().store), "ana");
  assert.equal(drafts.draft("board:north/new"), "half a thou");
  assert.equal(drafts.draft("board:south/new"), "");
  drafts.saveDraft("board:north/new", "");
  assert.deepEqual(browser.texts(), []);
});

test("ids are UUIDs of version 4, also where the page has no secure context", () => {
  assert.match(uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.notEqual(uuid(), uuid());
});
