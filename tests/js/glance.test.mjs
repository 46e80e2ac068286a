import assert from "node:assert/strict";
import { test } from "node:test";
import { awaySince, dropped, follow, NOBODY } from "../../static/js/absence.js";
import { glance, same, silent } from "../../static/js/glance.js";
import { moments, perMinute, sampled, timeless } from "../../static/js/pace.js";

const card = (id, more = {}) => ({ id, kind: "proposal", status: "standing", author: null, organisation: null, at: null, made_of: [], shared_from: null, ...more });
const board = (more = {}) => ({
  activity: { steps: [{ id: "collect", kind: "collect", title: "Collect", names: "named" }, { id: "vote", kind: "vote", title: "Vote", ballot: {} }] },
  step: "collect", open: true, timer: null, locked_at: null, late: 0, unrevealed: 0, ballot: null, results: null,
  signals: {}, proposals: {}, comments: {}, pledges: {}, ...more,
});
const members = [{ id: "amina", organisation: "barcelona" }, { id: "bruno", organisation: "seoul" }, { id: "dora", organisation: "barcelona" }, { id: "elena", organisation: null }];

test("a glance says where a group is and what it asks for, and does not change with what it does not show", () => {
  const signals = { s1: { id: "s1", kind: "help", person: "bruno", at: 5 }, s2: { id: "s2", kind: "hand", person: "amina", at: 6 }, s3: { id: "s3", kind: "finished", person: "dora", at: 7 } };
  const seen = glance(board({ signals, late: 2, locked_at: 9, proposals: { p: card("p"), q: card("q", { status: "hidden" }) }, unrevealed: 3 }));
  assert.deepEqual(
    [seen.at, seen.steps, seen.title, seen.next, seen.help, seen.hands, seen.finished, seen.late, seen.locked, seen.proposals],
    [0, 2, "Collect", "vote", "s1", "amina", 1, 2, true, 4],
  );
  assert.ok(same(glance(board()), glance(board({ comments: { c: { id: "c" } } }))));
  assert.ok(!same(glance(board()), glance(board({ late: 1 }))));
  assert.equal(glance(board({ step: null })).next, "collect");
});

test("who has not contributed under their name is listed, and so are the organisations nobody has spoken for", () => {
  const proposals = { p: card("p", { author: "amina" }), merged: card("merged", { author: "bruno", made_of: ["p"] }) };
  assert.deepEqual(silent(board({ proposals }), members), { people: ["bruno", "dora", "elena"], organisations: ["seoul"] });
  const comments = { c: { id: "c", kind: "comment", author: "bruno", organisation: null } };
  assert.deepEqual(silent(board({ proposals, comments }), members), { people: ["dora", "elena"], organisations: [] });
});

test("where people write for their organisation only organisations are listed, and without names nobody", () => {
  const organisation = board();
  organisation.activity.steps[0].names = "organisation";
  organisation.proposals = { p: card("p", { organisation: "seoul" }) };
  assert.deepEqual(silent(organisation, members), { people: null, organisations: ["barcelona"] });
  const anonymous = board({ proposals: { p: card("p") } });
  assert.deepEqual(silent(anonymous, members), { people: null, organisations: null });
  assert.deepEqual(silent(board({ unrevealed: 1 }), members), { people: null, organisations: null });
  const secret = board();
  secret.activity.steps[0].private = true;
  assert.deepEqual(silent(secret, members), { people: null, organisations: null });
});

test("once a step without names has been reached, later ones tell nothing either", () => {
  const mixed = board({ step: "again" });
  mixed.activity.steps = [{ id: "open", kind: "collect" }, { id: "veiled", kind: "lines", names: "anonymous" }, { id: "again", kind: "collect" }];
  assert.equal(silent(mixed, members).people, null);
  assert.deepEqual(silent({ ...mixed, step: "open" }, members).people, ["amina", "bruno", "dora", "elena"]);
});

test("how people vote leaves no trace in who has contributed", () => {
  const voting = board({ step: "vote", ballot: { voted: 3, electors: 4 } });
  assert.deepEqual(silent(voting, members), silent({ ...voting, ballot: { voted: 0, electors: 4 } }, members));
});

test("the pace counts moments where there are any, and differences where there are none", () => {
  const minute = 60_000;
  const now = 100 * minute;
  const one = board({ proposals: { a: card("a", { at: now - 30_000 }), b: card("b", { at: now - 3.5 * minute }), c: card("c"), given: card("given", { kind: "given" }) }, unrevealed: 2 });
  assert.deepEqual(moments(one), [now - 30_000, now - 3.5 * minute]);
  assert.equal(timeless(one), 3);
  let samples = sampled([], 10, now - 5 * minute);
  samples = sampled(samples, 12, now - 2.5 * minute);
  samples = sampled(samples, 11, now - 1.5 * minute);
  assert.deepEqual(perMinute(moments(one), samples, now), [0, 0, 0, 0, 0, 0, 1, 2, 0, 1]);
  assert.deepEqual(perMinute([now + 500, now - 11 * minute], [], now), [0, 0, 0, 0, 0, 0, 0, 0, 0, 1]);
  assert.equal(sampled(samples, 1, now + 60 * minute).length, 1);
});

test("who drops off is missed after a moment, until they are back or long gone", () => {
  assert.equal(awaySince(NOBODY, "amina", 50_000), null, "nothing has been heard yet");
  let known = follow(NOBODY, ["amina", "bruno"], 0);
  assert.equal(awaySince(known, "fatima", 50_000), 0);
  known = follow(known, ["bruno"], 1000);
  assert.deepEqual(dropped(known, 5000, 300_000), [], "a page that is reloaded is no absence");
  assert.deepEqual(dropped(known, 12_000, 300_000), ["amina"]);
  assert.equal(awaySince(known, "amina", 61_000), 60_000);
  assert.equal(awaySince(known, "bruno", 61_000), null);
  assert.deepEqual(dropped(known, 400_000, 300_000), []);
  known = follow(known, ["bruno", "amina"], 62_000);
  assert.deepEqual(dropped(known, 90_000, 300_000), []);
  assert.equal(awaySince(known, "amina", 90_000), null);
});
