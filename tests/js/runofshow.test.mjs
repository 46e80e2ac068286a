import assert from "node:assert/strict";
import { test } from "node:test";
import { minutesOf, runOfShow, suggestions, timeOf } from "../../static/js/runofshow.js";

// In these tests a moment is minutes since midnight already.
const clock = (ms) => ms;
const at = minutesOf;
const session = (id, starts_at, minutes, more = {}) => ({ id, kind: "breakout", title: id, starts_at, minutes, fixed: false, opened_at: null, closed_at: null, ...more });

/** Opening, A, B, a coffee, C and D, lunch at a fixed time, E. */
const day = (more = {}) =>
  [
    session("opening", "09:00", 30, { kind: "plenary", opened_at: at("09:00"), closed_at: at("09:30") }),
    session("A", "09:30", 30, { opened_at: at("09:30") }),
    session("B", "10:00", 40),
    session("coffee", "10:40", 20, { kind: "break" }),
    session("C", "11:00", 30),
    session("D", "11:30", 30),
    session("lunch", "12:00", 60, { kind: "break", fixed: true }),
    session("E", "13:00", 60),
  ].map((one) => ({ ...one, ...more[one.id] }));
const show = (now, more) => runOfShow(day(more), at(now), clock);
const plan = (found) => Object.fromEntries(found.changes.map((one) => [one.session, `${one.starts_at} ${one.minutes}`]));

/** The day with a suggestion applied, as the server would keep it. */
const applied = (found, more = {}) => day(more).map((one) => ({ ...one, ...found.changes.find(({ session: id }) => id === one.id) }));

test("a day that keeps to its plan is not behind, and nothing is suggested", () => {
  const found = show("09:45");
  assert.equal(found.behind, 0);
  assert.deepEqual(found.rows.map((row) => row.state), ["done", "on", "ahead", "ahead", "ahead", "ahead", "ahead", "ahead"]);
  assert.deepEqual(found.rows[2].forecast, { start: at("10:00"), end: at("10:40") });
  assert.deepEqual(found.ends, { planned: at("14:00"), forecast: at("14:00") });
  assert.deepEqual(suggestions(found), []);
});

test("a session that overruns pushes what follows, minute by minute", () => {
  const found = show("10:12");
  assert.equal(found.behind, 12);
  assert.deepEqual(found.rows[1], { ...found.rows[1], late: 12, forecast: { start: at("09:30"), end: at("10:12") } });
  assert.equal(timeOf(found.rows[4].forecast.start), "11:12");
  assert.equal(found.rows[6].late, 12);
});

test("one that began late is behind before it is over, and one that ends early calls nobody in early", () => {
  assert.equal(show("09:45", { A: { opened_at: at("09:42") } }).behind, 12);
  const early = show("09:50", { A: { opened_at: at("09:30"), closed_at: at("09:45") } });
  assert.equal(early.rows[1].late, -15);
  assert.equal(early.behind, 0);
  assert.equal(early.rows[2].forecast.start, at("10:00"));
});

test("before the first session opens, time that passes counts as behind", () => {
  const sleepy = day().map((one) => ({ ...one, opened_at: null, closed_at: null }));
  assert.equal(runOfShow(sleepy, at("09:08"), clock).behind, 8);
  assert.equal(runOfShow(sleepy, at("08:00"), clock).behind, 0);
});

test("what was jumped over is no longer expected, and what came from elsewhere has no time", () => {
  const found = show("11:10", { A: { closed_at: at("10:00") }, C: { opened_at: at("11:00") } });
  assert.deepEqual(found.rows.slice(2, 5).map((row) => row.state), ["skipped", "skipped", "on"]);
  assert.equal(found.behind, 0);
  assert.deepEqual(runOfShow([session("imported", "", null)], 0, clock), { rows: [], behind: 0, ends: null });
  assert.deepEqual(suggestions(runOfShow([], 0, clock)), []);
});

test("12 minutes are won by shortening in proportion, so that lunch begins in time", () => {
  const found = suggestions(show("10:12"));
  const all = found.find(({ kind }) => kind === "shorten");
  assert.deepEqual([all.sessions, all.wins, all.left], [["B", "C", "D"], 12, 0]);
  assert.deepEqual(plan(all), { B: "10:12 35", coffee: "10:47 20", C: "11:07 26", D: "11:33 27" });
  const after = runOfShow(applied(all), at("10:12"), clock);
  assert.equal(after.behind, 0);
  assert.equal(after.rows[6].late, 0);
  assert.deepEqual(suggestions(after), []);
});

test("one session alone may do it, a coffee may be shorter, two of a kind may be held together", () => {
  const found = suggestions(show("10:12"));
  assert.deepEqual(found.map(({ kind, sessions, minutes, wins, left }) => [kind, sessions.join("+"), minutes, wins, left]), [
    ["shorten", "B+C+D", 88, 12, 0],
    ["shorten", "B", 28, 12, 0],
    ["break", "coffee", 10, 10, 2],
    ["merge", "C+D", 30, 12, 0],
  ]);
  assert.deepEqual(plan(found[3]), { B: "10:12 40", coffee: "10:52 20", C: "11:12 15", D: "11:30 15" });
});

test("nothing is shortened below half of its planned minutes, and what cannot be won is said", () => {
  const found = suggestions(show("11:20"));
  const all = found[0];
  assert.deepEqual(plan(all), { B: "11:20 20", coffee: "11:40 20", C: "12:00 15", D: "12:15 15" });
  assert.deepEqual([all.wins, all.left], [50, 30]);
  assert.ok(found.every((one) => one.sessions.length > 1 || one.kind === "break"), "no session alone is long enough");
});

test("what has begun and what is fixed is never touched, nor anything after the fixed point", () => {
  for (const now of ["10:05", "10:12", "10:50", "11:40", "12:30"]) {
    for (const one of suggestions(show(now))) {
      const touched = one.changes.map(({ session: id }) => id);
      assert.deepEqual(touched.filter((id) => ["opening", "A", "lunch", "E"].includes(id)), [], `${now} ${one.kind}`);
      assert.ok(one.changes.every(({ minutes }) => Number.isInteger(minutes) && minutes >= 1));
    }
  }
});

test("late in front of a fixed session with nothing left to change, there is nothing to suggest", () => {
  const rest = { A: { closed_at: at("10:00") }, D: { opened_at: at("11:30") } };
  const found = show("12:09", rest);
  assert.equal(found.behind, 9);
  assert.deepEqual(suggestions(found), []);
});

test("where a pause swallows the delay before lunch, what comes before it just moves", () => {
  const found = suggestions(show("10:12", { D: { minutes: 15 } }));
  assert.deepEqual(found.map(({ kind, left }) => [kind, left]), [["move", 0]]);
  assert.deepEqual(plan(found[0]), { B: "10:12 40", coffee: "10:52 20", C: "11:12 30", D: "11:42 15" });
});

test("without a fixed point ahead the day may also end later, but no plan goes past midnight", () => {
  const loose = { lunch: { fixed: false } };
  const found = suggestions(show("10:12", loose));
  assert.deepEqual([found.at(-1).kind, found.at(-1).left, plan(found.at(-1)).E], ["move", 12, "13:12 60"]);
  const night = [session("late", "23:00", 30, { opened_at: at("23:00") }), session("last", "23:30", 20)];
  assert.deepEqual(suggestions(runOfShow(night, at("24:30"), clock)), []);
});

test("times are written with two digits and begin anew at midnight", () => {
  assert.deepEqual([0, 545, 1439, 1445, -5].map(timeOf), ["00:00", "09:05", "23:59", "00:05", "23:55"]);
});
