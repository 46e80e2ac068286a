import assert from "node:assert/strict";
import { test } from "node:test";
import { applyAll, on, reduce } from "../../static/js/reducer.js";

const freeze = (value) => {
  if (value && typeof value === "object") Object.values(Object.freeze(value)).forEach(freeze);
  return value;
};
const proposal = (id, more) => ({ id, lane: null, text: `text of ${id}`, author: "ana", at: 1, edited: false,
  status: "standing", reason: null, number: 1, ...more }); // prettier-ignore

const BOARD = freeze({
  id: "north", step: "ideas", open: true, can: { participant: ["proposal.post"] }, timer: null, ballot: null, results: null, signals: {},
  activity: { title: "A", steps: [{ id: "ideas", kind: "collect" }, { id: "vote", kind: "vote" }, { id: "see", kind: "reveal" }] },
  proposals: { p1: proposal("p1"), p2: proposal("p2", { author: "bo" }) },
}); // prettier-ignore
const BALLOT = freeze({ kind: "dots", budget: 5, cap: 3, secret: true, electors: 6, voted: 0 });
const EVENT = freeze({
  id: "e", title: "Workshop", join_code: "AB34CD", joined: 1, now: "s1",
  days: [
    { id: "d1", sessions: [{ id: "s1", opened_at: 5, closed_at: null }, { id: "s2", opened_at: 1, closed_at: 2 }] },
    { id: "d2", sessions: [{ id: "s3", opened_at: null, closed_at: null }] },
  ],
  people: { ana: { id: "ana", name: "Ana", joined: true } },
}); // prettier-ignore
const DAY = freeze({ id: "d1", conclusions: [{ id: "c1", wording: "one" }, { id: "c2", wording: "two" }, { id: "c3", wording: "three" }] });
const ids = (day) => day.conclusions.map((c) => c.id).join(" ");

test("when Bo comes in he is among the people and counted", () => {
  const bo = { id: "bo", name: "Bo", organisation: null, role: "participant", groups: ["north"], joined: true };
  const after = reduce(EVENT, { seq: 1, name: "person.joined", person: bo, joined: 2 });
  assert.deepEqual(after, { ...EVENT, joined: 2, people: { ...EVENT.people, bo } });
});

test("the projector counts Bo but has no list of people", () => {
  const { people: _people, ...screen } = EVENT;
  assert.deepEqual(reduce(freeze(screen), { seq: 1, name: "person.joined", joined: 2 }), { ...screen, joined: 2 });
});

test("opening a session again closes the one that was on, and leaves the other day as it was", () => {
  const after = reduce(EVENT, { seq: 1, name: "session.opened", session: "s2", closed: "s1", opened_at: 9 });
  assert.equal(after.now, "s2");
  assert.deepEqual(after.days[0].sessions, [{ id: "s1", opened_at: 5, closed_at: 9 }, { id: "s2", opened_at: 9, closed_at: null }]);
  assert.equal(after.days[1], EVENT.days[1]);
});

test("closing a session leaves nothing on", () => {
  const after = reduce(EVENT, { seq: 1, name: "session.closed", session: "s1", closed_at: 8 });
  assert.equal(after.now, null);
  assert.deepEqual(after.days[0].sessions[0], { id: "s1", opened_at: 5, closed_at: 8 });
});

test("a session is added at the end of its day", () => {
  const after = reduce(EVENT, { seq: 1, name: "session.added", day: "d2", session: { id: "s4" } });
  assert.deepEqual(after.days[1].sessions.map((s) => s.id), ["s3", "s4"]);
  assert.equal(after.days[0], EVENT.days[0]);
});

test("a renewed code replaces the old one", () => {
  assert.equal(reduce(EVENT, { seq: 1, name: "code.renewed", join_code: "NEW234" }).join_code, "NEW234");
});

test("what Cleo posts stands beside the others, which are shared and not copied", () => {
  const after = reduce(BOARD, { seq: 1, name: "proposal.posted", by: "cleo", proposal: proposal("p3", { author: "cleo" }) });
  assert.deepEqual(Object.keys(after.proposals), ["p1", "p2", "p3"]);
  assert.equal(after.proposals.p1, BOARD.proposals.p1);
  assert.equal(after.activity, BOARD.activity);
});

test("an edited proposal has the new text and says that it was edited", () => {
  const after = reduce(BOARD, { seq: 1, name: "proposal.edited", proposal: "p1", text: "better" });
  assert.deepEqual(after.proposals.p1, proposal("p1", { text: "better", edited: true }));
});

test("a withdrawn proposal keeps its place without its text, and comes back whole", () => {
  const after = reduce(BOARD, { seq: 1, name: "proposal.withdrawn", proposal: "p1" });
  assert.deepEqual(after.proposals.p1, proposal("p1", { status: "withdrawn", text: null }));
  assert.deepEqual(reduce(after, { seq: 2, name: "proposal.reinstated", proposal: proposal("p1") }), BOARD);
});

test("a hidden proposal shows the reason and not the text, and comes back whole", () => {
  const after = reduce(BOARD, { seq: 1, name: "proposal.hidden", proposal: "p1", reason: "names a person" });
  assert.deepEqual(after.proposals.p1, proposal("p1", { status: "hidden", text: null, reason: "names a person" }));
  assert.deepEqual(reduce(after, { seq: 2, name: "proposal.restored", proposal: proposal("p1") }), BOARD);
});

test("a vote opens, counts who has voted, closes; the reveal keeps results until another step opens", () => {
  const results = { ballot: { kind: "dots" }, electors: 6, voted: 4, few: false, ranked: [] };
  const steps = [
    { seq: 1, name: "step.opened", step: "vote", can: { participant: ["vote.cast"] }, ballot: BALLOT },
    { seq: 2, name: "vote.cast", voted: 4 },
    { seq: 3, name: "step.closed", step: "vote", can: { participant: [] } },
    { seq: 4, name: "step.opened", step: "see", can: { participant: [] }, ballot: { ...BALLOT, voted: 4 } },
    { seq: 5, name: "results.counted", results },
  ];
  const voted = applyAll(BOARD, steps.slice(0, 2));
  assert.deepEqual([voted.step, voted.open, voted.ballot.voted, voted.results], ["vote", true, 4, null]);
  const closed = applyAll(voted, steps.slice(2, 3));
  assert.deepEqual([closed.step, closed.open, closed.can], ["vote", false, { participant: [] }]);
  const shown = applyAll(closed, steps.slice(3));
  assert.deepEqual([shown.step, shown.results], ["see", results]);
  assert.equal(reduce(shown, { seq: 6, name: "step.opened", step: "ideas", can: {}, ballot: null }).results, null);
});

test("a timer starts, is extended and stops", () => {
  const started = reduce(BOARD, { seq: 1, name: "timer.started", timer: { started_at: 1, ends_at: 61 } });
  const extended = reduce(started, { seq: 2, name: "timer.extended", timer: { started_at: 1, ends_at: 121 } });
  assert.deepEqual([started.timer.ends_at, extended.timer.ends_at], [61, 121]);
  assert.equal(reduce(extended, { seq: 3, name: "timer.stopped" }).timer, null);
});

test("conclusions are promoted, reworded, moved, taken back and reinstated at their place", () => {
  assert.equal(ids(reduce(DAY, { seq: 1, name: "conclusion.promoted", conclusion: { id: "c4" } })), "c1 c2 c3 c4");
  const reworded = reduce(DAY, { seq: 1, name: "conclusion.reworded", conclusion: { id: "c2", wording: "zwei" } });
  assert.equal(reworded.conclusions[1].wording, "zwei");
  assert.equal(reworded.conclusions[0], DAY.conclusions[0]);
  assert.equal(ids(reduce(DAY, { seq: 1, name: "conclusion.moved", order: ["c3", "c1", "c2"] })), "c3 c1 c2");
  const without = reduce(DAY, { seq: 1, name: "conclusion.taken_back", conclusion: "c2" });
  assert.equal(ids(without), "c1 c3");
  const back = { seq: 2, name: "conclusion.reinstated", conclusion: { id: "c2" }, order: ["c1", "c2", "c3"] };
  assert.equal(ids(reduce(without, back)), "c1 c2 c3");
});

test("an event of a newer server changes nothing, and neither do names that every object has", () => {
  for (const name of ["theme.merged", "constructor", "toString", "__proto__"]) {
    assert.equal(reduce(BOARD, { seq: 1, name }), BOARD);
  }
});

test("the reducer knows every event that the server can send, and no other", { skip: !process.env.EVENTS }, () => {
  assert.deepEqual(Object.keys(on).sort(), process.env.EVENTS.split(" ").sort());
});
