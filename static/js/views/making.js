// The panel under the downloads of the outcome: how far the file is, and a button that ends it. Without this script the
// same buttons are plain downloads.

import { make } from "../making.js";
import { uuid } from "../uuid.js";

const panel = /** @type {HTMLElement | null} */ (document.querySelector("[data-making]"));
if (panel) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (panel.querySelector(`[data-${name}]`));
  const [what, said, cancel, file, again] = ["what", "said", "cancel", "file", "again"].map(part);
  const bar = /** @type {HTMLProgressElement} */ (panel.querySelector("progress"));
  const words = panel.dataset;

  /** @type {ReturnType<typeof make> | null} */
  let making = null;
  let last = () => {};

  /** @param {HTMLElement} from the button or link that was pressed @param {Record<string, string>} wish */
  const begin = async (from, wish) => {
    making?.cancel();
    last = () => begin(from, wish);
    panel.hidden = false;
    what.textContent = from.dataset.name ?? from.textContent;
    said.textContent = words.waiting;
    cancel.hidden = bar.hidden = false;
    file.hidden = again.hidden = true;
    bar.removeAttribute("value");
    panel.scrollIntoView({ block: "nearest" });
    const told = (/** @type {any} */ now) => {
      if (making !== mine) return;
      said.textContent = now.offline ? words.offline : words[now.stage];
      if (now.offline) return;
      bar.max = now.steps;
      bar.value = now.step;
    };
    const mine = (making = make({ id: uuid(), wish: { as: words.as ?? "", ...wish }, told }));
    const end = await mine.done;
    if (making !== mine) return; // another one was begun meanwhile
    making = null;
    const focused = document.activeElement === cancel;
    cancel.hidden = bar.hidden = true;
    said.textContent = end.message ?? words[end.stage];
    if (end.stage === "ready") {
      file.href = end.file;
      location.assign(end.file ?? ""); // it comes as an attachment: the page stays
    }
    file.hidden = end.stage !== "ready";
    again.hidden = end.stage === "ready";
    if (focused) (end.stage === "ready" ? file : again).focus();
  };

  cancel.addEventListener("click", () => making?.cancel());
  again.addEventListener("click", () => last());

  document.querySelector("form[data-makes]")?.addEventListener("submit", (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const button = /** @type {SubmitEvent} */ (event).submitter;
    const format = button?.dataset.format;
    if (!button || !format) return;
    event.preventDefault();
    const { depth, lang } = Object.fromEntries(new FormData(form));
    begin(button, { format, depth: String(depth), lang: String(lang) });
  });
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("a[data-format]"))) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      begin(link, { format: link.dataset.format ?? "" });
    });
  }
}
