// What makes the organiser's pages handier. Without this script the addresses are there to be copied by hand.

import { date, speak } from "../i18n.js";
import { uuid } from "../uuid.js";
import "./making.js";

speak({ locale: document.documentElement.lang });
for (const time of document.querySelectorAll("time")) if (time.dateTime.includes("T")) time.textContent = date(Date.parse(time.dateTime), { dateStyle: "long", timeStyle: "short" }); // in the reader's time zone

const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-copy]"));
for (const button of buttons) {
  if (!navigator.clipboard) break; // plain http on a local network: no clipboard
  const words = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    button.textContent = button.dataset.copied ?? "";
    setTimeout(() => (button.textContent = words), 2000);
  });
}

const filter = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-filter-for] input"));
if (filter) {
  const field = /** @type {HTMLElement} */ (filter.closest("[data-filter-for]"));
  const rows = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`#${field.dataset.filterFor} [data-words]`));
  const plain = (/** @type {string} */ words) => words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  field.hidden = false;
  filter.addEventListener("input", () => {
    for (const row of rows) row.hidden = !plain(row.dataset.words ?? "").includes(plain(filter.value.trim()));
  });
}

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("button[data-print]"))) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A command needs an id, and a form that is sent twice must be one command.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-command-id]"))) {
  field.value = uuid();
  const form = field.closest("form");
  if (form) form.hidden = false;
}
