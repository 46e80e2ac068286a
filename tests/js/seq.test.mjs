import assert from "node:assert/strict";
import { test } from "node:test";
import { news, place } from "../../static/js/seq.js";

const frame = (from, to) => ({ from, to, events: Array.from({ length: to - from }, (_, i) => ({ seq: from + i + 1, name: "x" })) });

test("Ana, who knows 5, takes the frame after 5 and nothing of what she has already", () => {
  assert.equal(place(5, frame(5, 6)), "next");
  assert.equal(place(5, frame(4, 5)), "stale");
  assert.equal(place(5, frame(0, 3)), "stale");
});

test("Ana notices that a frame is missing", () => {
  assert.equal(place(5, frame(6, 7)), "gap");
});

test("Ana takes only the new part of a frame that overlaps what she knows", () => {
  assert.equal(place(5, frame(3, 8)), "next");
  assert.deepEqual(news(5, frame(3, 8)).map((e) => e.seq), [6, 7, 8]);
});

test("an empty frame changes nothing for Ana", () => {
  assert.equal(place(5, frame(5, 5)), "stale");
});

test("events that were packed in disorder are taken in order", () => {
  assert.deepEqual(news(0, { events: [{ seq: 2 }, { seq: 1 }] }).map((e) => e.seq), [1, 2]);
});
