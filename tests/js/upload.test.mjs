// A picture on its way up over a network that breaks in every way that a network can.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PIECE, sendPicture } from "../../static/js/upload.js";

const SIZE = Math.round(PIECE * 4.5);
const PICTURE = Buffer.from(Uint8Array.from({ length: SIZE }, (_, i) => (i * 31 + (i >> 8)) % 251));

/** The server's side of the protocol. `fault` says what happens to the nth request: "cut" it never arrives, "lost" its
 * answer never arrives, or the code of a refusal. @param {(n: number) => string | undefined} fault */
function server(fault = () => undefined) {
  let here = Buffer.alloc(0);
  const asked = [];
  const respond = (body) => ({ json: async () => body });
  async function fetch(url, { method = "GET", body } = {}) {
    const address = new URL(url, "http://here");
    const n = asked.push(`${method} ${address.pathname.split("/").slice(4).join("/")}`);
    const wrong = fault(n);
    if (wrong === "cut") throw new TypeError("Failed to fetch");
    if (wrong && wrong !== "lost") return respond({ ok: false, error: { code: wrong, message: `No: ${wrong}` } });
    assert.equal(address.searchParams.get("as"), "amina");
    assert.equal(address.searchParams.get("size"), String(SIZE));
    let answer = { ok: true, offset: here.length };
    if (address.pathname.endsWith("/whole")) {
      answer = here.length === SIZE ? { ok: true, upload: "ticket" } : { ok: false, error: { code: "upload_short", message: "" } };
    } else if (method === "PUT") {
      const piece = Buffer.from(await body.arrayBuffer());
      if (Number(address.searchParams.get("offset")) === here.length) here = Buffer.concat([here, piece]);
      answer.offset = here.length;
    }
    if (wrong === "lost") throw new TypeError("Failed to fetch");
    return respond(answer);
  }
  return { fetch, asked, stored: () => here, forget: () => (here = Buffer.alloc(0)) };
}

const send = (fetch, more = {}) =>
  sendPicture({ id: "1", as: "amina", file: new Blob([PICTURE]), fetch, pause: async () => {}, ...more });

test("a picture goes up in pieces and comes back as a ticket", async () => {
  const there = server();
  const seen = [];
  assert.deepEqual(await send(there.fetch, { progress: ({ sent }) => seen.push(sent) }), { upload: "ticket" });
  assert.ok(there.stored().equals(PICTURE));
  assert.deepEqual(seen, [0, 1, 2, 3, 4, 4.5].map((n) => Math.round(n * PIECE)));
  assert.equal(there.asked.length, 7);
});

for (const fault of ["cut", "lost"]) {
  test(`whatever request is ${fault}, every byte is there once`, async () => {
    for (let nth = 1; nth <= 8; nth++) {
      const there = server((n) => (n === nth ? fault : undefined));
      assert.deepEqual(await send(there.fetch), { upload: "ticket" });
      assert.ok(there.stored().equals(PICTURE));
    }
  });
}

test("a network that fails two times out of five gets there as well, and says when it waits", async () => {
  const there = server((n) => ({ 1: "cut", 3: "lost" })[n % 5]);
  let waits = 0;
  const answer = await send(there.fetch, { progress: ({ waiting }) => (waits += Number(waiting)) });
  assert.deepEqual([answer, waits > 3], [{ upload: "ticket" }, true]);
  assert.ok(there.stored().equals(PICTURE));
});

test("a server that lost what it had gets it again from where it is", async () => {
  const there = server((n) => (n === 5 ? (there.forget(), "cut") : undefined));
  assert.deepEqual(await send(there.fetch), { upload: "ticket" });
  assert.ok(there.stored().equals(PICTURE));
});

test("a refusal that passes is tried again, any other one is the answer", async () => {
  const busy = server((n) => (n < 4 ? ["too_fast", "storage_busy", "internal"][n - 1] : undefined));
  assert.deepEqual(await send(busy.fetch), { upload: "ticket" });
  const strict = server((n) => (n === 2 ? "picture_heavy" : undefined));
  assert.deepEqual(await send(strict.fetch), { error: { code: "picture_heavy", message: "No: picture_heavy" } });
  assert.equal(strict.asked.length, 2);
});

test("pauses grow while nothing gets through, up to a limit, and begin small again afterwards", async () => {
  const pauses = [];
  const there = server((n) => (n <= 9 || n === 12 ? "cut" : undefined));
  await send(there.fetch, { pause: async (ms) => void pauses.push(ms) });
  assert.equal(pauses.length, 10);
  assert.ok(pauses[0] <= 1000 && pauses[8] > 7000 && pauses.every((ms) => ms <= 15_000));
  assert.ok(pauses[9] <= 1000, "it had got on in between");
});

test("what is not wanted any more is left at that", async () => {
  const there = server();
  let left = 3;
  assert.equal(await send(there.fetch, { wanted: () => left-- > 0 }), null);
  assert.equal(there.asked.length, 3);
  assert.deepEqual(await send(there.fetch), { upload: "ticket" });
  assert.ok(there.stored().equals(PICTURE));
});
