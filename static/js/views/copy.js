// A text to take along: what could not be sent is not lost.

import { t } from "../i18n.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

/** @param {{text: string}} props */
export function CopyButton({ text }) {
  const copy = async () => toast((await copied(text)) ? t("The text is copied.") : t("This browser does not let us copy. Mark the text and copy it by hand."));
  return html`<button type="button" class="button" onClick=${copy}>${icon("copy")} ${t("Copy the text")}</button>`;
}

/** The clipboard exists in secure contexts only, and a workshop may run over plain http in a venue. @param {string} text */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen", ariaHidden: "true" });
    const from = /** @type {HTMLElement | null} */ (document.activeElement);
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    from?.focus();
    return done;
  }
}
