// @ts-check
// Moves people between the columns of the groups' page while one chooses; without this script the choices alone do it.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-seating]"));
if (form) start(form);

/** @param {HTMLFormElement} form */
function start(form) {
  const columns = new Map([...form.querySelectorAll("[data-group]")].map((one) => [/** @type {HTMLElement} */ (one).dataset.group, /** @type {HTMLElement} */ (one)]));
  const bar = /** @type {HTMLElement} */ (form.querySelector("[data-save-bar]"));
  const start = new Map(selects(form).map((select) => [select, [...select.options].find((option) => option.defaultSelected)?.value ?? ""]));
  const already = form.querySelectorAll(".moved").length; // places that the server proposes and has not stored

  const words = (/** @type {number} */ count) => ((count === 1 ? bar.dataset.one : bar.dataset.many) ?? "").replace("99", String(count));

  /** @param {HTMLSelectElement} select */
  const follow = (select) => {
    const item = /** @type {HTMLElement} */ (select.closest("[data-person]"));
    const column = columns.get(select.value);
    const held = document.activeElement === select;
    if (column) column.querySelector("[data-people]")?.append(item);
    item.classList.toggle("moved", select.value !== start.get(select));
    if (held) select.focus();
    for (const one of columns.values()) {
      const count = one.querySelector("[data-count]");
      if (count) count.textContent = String(one.querySelectorAll("[data-person]").length);
    }
    const changed = form.querySelectorAll(".moved").length;
    delete bar.dataset.idle;
    const said = bar.querySelector("[data-changed]");
    if (said) said.textContent = words(Math.max(changed, already));
  };

  form.addEventListener("change", (event) => {
    if (event.target instanceof HTMLSelectElement && event.target.name.startsWith("seat-")) follow(event.target);
  });

  // A number key on a name's choice puts the person into that group.
  form.addEventListener("keydown", (event) => {
    const select = event.target;
    if (!(select instanceof HTMLSelectElement) || !select.name.startsWith("seat-") || !/^\d$/.test(event.key)) return;
    const option = select.options[Number(event.key)];
    if (!option) return;
    event.preventDefault();
    select.value = option.value;
    follow(select);
  });

  for (const item of /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll("[data-person]"))) {
    item.draggable = true;
    item.addEventListener("dragstart", (event) => event.dataTransfer?.setData("text/plain", item.dataset.person ?? ""));
  }
  for (const [group, column] of columns) {
    column.addEventListener("dragover", (event) => (event.preventDefault(), column.classList.add("over")));
    column.addEventListener("dragleave", () => column.classList.remove("over"));
    column.addEventListener("drop", (event) => {
      event.preventDefault();
      column.classList.remove("over");
      const person = event.dataTransfer?.getData("text/plain") ?? "";
      const select = selects(form).find((one) => one.name === `seat-${person}`);
      if (!select) return;
      select.value = group ?? "";
      follow(select);
    });
  }
}

/** @param {HTMLFormElement} form @returns {HTMLSelectElement[]} */
function selects(form) {
  return [...form.querySelectorAll("select")].filter((select) => select.name.startsWith("seat-"));
}
