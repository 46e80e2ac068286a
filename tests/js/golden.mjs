// node golden.mjs FILE...: each FILE is a JSON list of {name, before, events, after}, written by the server's own code.
// Exits 1 and prints a diff where the reducer does not come to the same state.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { applyAll } from "../../static/js/reducer.js";

let wrong = 0;
let cases = 0;
for (const file of process.argv.slice(2)) {
  for (const { name, before, events, after } of JSON.parse(readFileSync(file, "utf8"))) {
    cases += 1;
    const untouched = JSON.stringify(before);
    try {
      assert.deepEqual(JSON.parse(JSON.stringify(applyAll(before, events))), after);
      assert.equal(JSON.stringify(before), untouched, "the reducer has changed the state that it was given");
    } catch (error) {
      wrong += 1;
      console.log(`${file}: ${name}\n${error.message}\n`);
    }
  }
}
console.log(`${cases - wrong} of ${cases} cases agree`);
process.exit(wrong || cases === 0 ? 1 : 0);
