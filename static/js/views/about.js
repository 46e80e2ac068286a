// What one may say of oneself, so that groups are mixed: never in the way, for nobody else to see, and erased with one press.

import { t } from "../i18n.js";
import { useApp, usePending } from "./app.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";

/** @param {{me: any}} props */
export function About({ me }) {
  if (!me?.attributes?.length) return null;
  return html`
    <details class="panel about-me">
      <summary>${t("About you (optional)")}</summary>
      <${Answers} attributes=${me.attributes} />
    </details>`;
}

function Answers({ attributes }) {
  const { boot, client } = useApp();
  const ids = useId();
  const pending = usePending(boot.room).filter(({ name }) => name === "attribute.answer");
  const refused = pending.find(({ state }) => state === "refused");
  const sending = pending.filter(({ state }) => state !== "refused").at(-1);
  const stored = sending?.args.answers ?? Object.fromEntries(attributes.filter(({ answer }) => answer !== null).map(({ id, answer }) => [id, answer]));
  const [chosen, setChosen] = useState(/** @type {Record<string, string>} */ ({})); // what is not saved yet
  const [said, setSaid] = useState("");
  const now = { ...stored, ...chosen };
  const send = (/** @type {Record<string, string>} */ answers) => {
    if (refused) client.discard(refused.id);
    client.send(boot.room, "attribute.answer", { answers });
    setChosen({});
    setSaid(Object.keys(answers).length > 0 ? "saved" : "erased");
  };
  const save = (/** @type {Event} */ event) => {
    event.preventDefault();
    send(Object.fromEntries(attributes.filter(({ id, options }) => options.includes(now[id])).map(({ id }) => [id, now[id]])));
  };
  return html`
    <form class="stack" onSubmit=${save}>
      <p class="quiet small">${t("It helps to mix the groups well. Say as much of it as you like, or nothing. Those who make the groups see only how many people in a group say the same, never who. In small groups, or by comparing many, somebody might guess it.")}</p>
      ${attributes.map(({ id, name, options }) => html`
        <div class="field" key=${id}>
          <label for="${ids}-${id}" dir="auto">${name}</label>
          <select id="${ids}-${id}" class="input" value=${options.includes(now[id]) ? now[id] : ""} onChange=${(/** @type {any} */ e) => (setChosen({ ...chosen, [id]: e.currentTarget.value }), setSaid(""))}>
            <option value="">${t("Rather not say")}</option>
            ${options.map((/** @type {string} */ option) => html`<option key=${option} value=${option}>${option}</option>`)}
          </select>
        </div>`)}
      <div class="row">
        <button type="submit" class="button primary">${t("Save")}</button>
        ${Object.keys(stored).length > 0 && html`<button type="button" class="button" onClick=${() => send({})}>${icon("trash")} ${t("Erase my answers")}</button>`}
      </div>
      ${refused && html`<${PendingNote} command=${refused} />`}
      <div role="status">
        ${sending && html`<${PendingNote} command=${sending} />`}
        ${!sending && !refused && said && html`<p class="notice">${icon("check")}<span>${said === "saved" ? t("Your answers are saved. You can change or erase them at any time.") : t("Your answers are erased.")}</span></p>`}
      </div>
    </form>`;
}
