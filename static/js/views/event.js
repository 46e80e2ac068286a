// What makes the organiser's page handier. Without this script the addresses are there to be copied by hand.

import { day, speak } from "../i18n.js";
import { uuid } from "../uuid.js";

speak({ locale: document.documentElement.lang });
for (const time of document.querySelectorAll("time")) time.textContent = day(time.dateTime, { dateStyle: "long" });

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

// A command needs an id, and a form that is sent twice must be one command.
for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-command-id]"))) {
  field.value = uuid();
  const form = field.closest("form");
  if (form) form.hidden = false;
}
