import assert from "node:assert/strict";
import { test } from "node:test";
import { createClock } from "../../static/js/clock.js";
import { countdown, date, day, list, n, number, speak, t } from "../../static/js/i18n.js";

test("an English reader gets the sentence itself, with its places filled", () => {
  speak({ locale: "en", messages: {} });
  assert.equal(t("Hello {name}", { name: "Ana" }), "Hello Ana");
  assert.equal(t("Hello {name}", {}), "Hello {name}");
  assert.equal(n("{count} dot left", "{count} dots left", 1), "1 dot left");
  assert.equal(n("{count} dot left", "{count} dots left", 1200), "1,200 dots left");
});

test("a Polish reader gets the plural that Polish has", () => {
  speak({ locale: "pl", messages: { "{count} dot": { one: "{count} kropka", few: "{count} kropki", many: "{count} kropek" } } });
  assert.deepEqual([1, 3, 5].map((count) => n("{count} dot", "{count} dots", count)), ["1 kropka", "3 kropki", "5 kropek"]);
});

test("a missing translation, an unknown locale and words that objects know by themselves break nothing", () => {
  speak({ locale: "not a locale", messages: { "": "header" } });
  assert.equal(t("constructor"), "constructor");
  assert.equal(n("valueOf", "valueOfs", 2), "valueOfs");
  assert.equal(number(1234.5), "1,234.5");
  speak({ locale: "pt_BR" });
  assert.equal(number(1234.5), "1.234,5");
});

test("a name that looks like a placeholder stays a name", () => {
  speak({ locale: "en" });
  assert.equal(t("{a} and {b}", { a: "{b}", b: "Bo" }), "{b} and Bo");
});

test("the day of the event is the same day in every time zone", () => {
  speak({ locale: "en-GB" });
  assert.match(day("2016-07-05"), /Tuesday,? 5 July/);
  assert.equal(typeof date(0), "string");
  assert.equal(day("soon"), "soon");
});

test("names are listed as the language lists them", () => {
  speak({ locale: "en-GB" });
  assert.equal(list(["Ana", "Bo", "Cleo"]), "Ana, Bo and Cleo");
});

test("what is left on a timer reads down to 0:00 and no further", () => {
  assert.deepEqual([3_661_000, 61_000, 59_001, 0, -5000].map(countdown), ["1:01:01", "1:01", "1:00", "0:00", "0:00"]);
});

test("the server's clock is taken from the message that was least delayed; a jump counts at once", () => {
  let steady = 1000;
  const clock = createClock(50_000, () => steady);
  steady = 1100;
  clock.hear(50_150); // the page had been 50 ms under way
  assert.equal(clock.now(), 50_150);
  clock.hear(50_100); // a late one
  assert.equal(clock.now(), 50_150);
  clock.hear(50_100, 900); // asked 200 ms ago: half of that on the way back
  assert.equal(clock.now(), 50_200);
  clock.hear(3_650_000);
  assert.equal(clock.now(), 3_650_000);
});
