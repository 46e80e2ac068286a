// A report on its way: what is asked of the server, and when it ends.
import test from "node:test";
import assert from "node:assert/strict";

const { make } = await import("../../static/js/making.js");

const WISH = { as: "paula", format: "pdf", depth: "brief", lang: "fr" };
const nothing = async () => {};

/** A server that gives these answers, one after the other; `cut` is a connection that breaks. */
function server(...answers) {
  const asked = [];
  const fetch = async (url, { method }) => {
    asked.push(`${method} ${url}`);
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === "cut") throw new TypeError("Failed to fetch");
    return { json: async () => answer };
  };
  return { asked, fetch };
}
const at = (stage, step, more = {}) => ({ ok: true, stage, step, steps: 3, file: "/s/paula/reports/1", ...more });

test("it is begun once, asked about until it is ready, and gives the file", async () => {
  const { asked, fetch } = server(at("waiting", 0), at("compiling", 1), at("ready", 3));
  const told = [];
  const end = await make({ id: "1", wish: WISH, told: (now) => told.push(now.stage), fetch, pause: nothing }).done;
  assert.equal(end.file, "/s/paula/reports/1");
  assert.deepEqual(told, ["waiting", "compiling", "ready"]);
  assert.deepEqual(asked, ["PUT /api/reports/1?as=paula&format=pdf&depth=brief&lang=fr", "GET /api/reports/1?as=paula", "GET /api/reports/1?as=paula"]);
});

test("a connection that breaks is waited for, and the same report goes on", async () => {
  const { asked, fetch } = server("cut", at("reading", 0), "cut", at("ready", 3));
  const told = [];
  const end = await make({ id: "1", wish: WISH, told: (now) => told.push(now.offline ? "offline" : now.stage), fetch, pause: nothing }).done;
  assert.equal(end.stage, "ready");
  assert.deepEqual(told, ["offline", "reading", "offline", "ready"]);
  assert.deepEqual(asked.map((one) => one.split(" ")[0]), ["PUT", "PUT", "GET", "GET"]);
});

test("cancelling asks the server to end it, and nothing is asked after that", async () => {
  const { asked, fetch } = server(at("writing", 2));
  let rounds = 0;
  const making = make({ id: "1", wish: WISH, told: () => {}, fetch, pause: async () => { if (++rounds === 2) await making.cancel(); } });
  assert.deepEqual(await making.done, { stage: "cancelled" });
  assert.equal(asked.at(-1), "DELETE /api/reports/1?as=paula");
  assert.equal(asked.length, 3);
});

test("a refusal says why there is no file", async () => {
  const { fetch } = server({ ok: false, error: { code: "not_allowed", message: "Ask the facilitator." } });
  assert.deepEqual(await make({ id: "1", wish: WISH, told: () => {}, fetch, pause: nothing }).done, { stage: "failed", message: "Ask the facilitator." });
});
