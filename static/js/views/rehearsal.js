// @ts-check
// Keeps the page of a rehearsal up to date while it is played; without this script the page loads itself anew.

const EVERY_MS = 2000;

const shown = /** @type {HTMLElement | null} */ (document.querySelector("[data-rehearsal]"));
if (shown) setTimeout(look, EVERY_MS, shown);

/** @param {HTMLElement} shown */
async function look(shown) {
  try {
    const answer = await fetch(location.pathname, { cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = /** @type {HTMLElement | null} */ (page.querySelector("[data-rehearsal]"));
    if (!now || now.dataset.stage !== shown.dataset.stage) return location.reload(); // over, or not ours any more
    take(shown, now);
  } catch {
    // No connection: the next look may find one.
  }
  setTimeout(look, EVERY_MS, shown);
}

/** @param {HTMLElement} shown @param {HTMLElement} now */
function take(shown, now) {
  const [bar, far] = [shown, now].map((one) => /** @type {HTMLProgressElement} */ (one.querySelector("[data-far]")));
  if (far.hasAttribute("value")) {
    bar.max = far.max;
    bar.value = far.value;
  }
  const [said, words] = [shown, now].map((one) => /** @type {HTMLElement} */ (one.querySelector("[data-said]")));
  if (said.textContent !== words.textContent) said.replaceChildren(...words.childNodes);
}
