// @ts-check
// Lets sessions be dragged to another place, of their day or of another. What a drop does is the form's own move, which
// the buttons beside each session send as well.

for (const item of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-session]"))) {
  if (!item.querySelector("[data-move]")) continue; // it has begun, and stays
  item.draggable = true;
  item.addEventListener("dragstart", (event) => {
    // Inside an open form one selects text.
    if (event.target !== item || item.querySelector("details.edit[open]")) return event.preventDefault();
    event.dataTransfer?.setData("text/plain", item.dataset.session ?? "");
    item.classList.add("dragged");
  });
  item.addEventListener("dragend", () => item.classList.remove("dragged"));
}

for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-plan]"))) {
  const clear = () => list.querySelectorAll(".before, .after").forEach((one) => one.classList.remove("before", "after"));
  list.addEventListener("dragover", (event) => {
    event.preventDefault();
    clear();
    const [target, after] = placeAt(list, event.clientY);
    target?.classList.add(after ? "after" : "before");
  });
  list.addEventListener("dragleave", clear);
  list.addEventListener("drop", (event) => {
    event.preventDefault();
    clear();
    const session = event.dataTransfer?.getData("text/plain");
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector(`[data-session="${CSS.escape(session ?? "")}"] [data-move]`));
    if (!form) return;
    const others = items(list).filter((one) => one.dataset.session !== session);
    const [target, after] = placeAt(list, event.clientY);
    const at = target && target.dataset.session === session ? null : target ? others.indexOf(target) + (after ? 1 : 0) : others.length;
    if (at === null) return;
    const day = /** @type {HTMLElement} */ (list.closest("[data-day]")).dataset.day;
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "to", value: `${day}:${at}` }));
    form.submit();
  });
}

/** @param {HTMLElement} list @returns {HTMLElement[]} */
const items = (list) => [.../** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[data-session]"))];

/** The session under the pointer, and whether its lower half is. @param {HTMLElement} list @param {number} y @returns {[HTMLElement | undefined, boolean]} */
function placeAt(list, y) {
  const all = items(list);
  const target = all.find((one) => y <= one.getBoundingClientRect().bottom) ?? all.at(-1);
  if (!target) return [undefined, false];
  const box = target.getBoundingClientRect();
  return [target, y > box.top + box.height / 2];
}
