// A conclusion becomes a guiding text of the event, so that the days after it can work with it and pin it.

import { t } from "../i18n.js";
import { useApp } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { WordingDialog } from "./texts.js";

const NEW = " new"; // no key looks like this

/** @param {{conclusion: any, event: any}} props */
export function GuidingButton({ conclusion, event }) {
  const { client, boot } = useApp();
  const [asking, ask] = useState(false);
  const [chosen, choose] = useState(/** @type {any} */ (null));
  const words = (client.room(`event:${boot.event}`)?.value?.me?.can ?? []).includes("text.word");
  if (!words || !event) return null;
  return html`
    <div><button type="button" class="button" onClick=${() => ask(true)}>${icon("text")} ${t("Use as a guiding text")}</button></div>
    ${asking && html`<${WhichDialog} event=${event} onChoose=${(/** @type {any} */ text) => (ask(false), choose(text))} onClose=${() => ask(false)} />`}
    ${chosen && html`<${WordingDialog} text=${chosen} wording=${conclusion.wording} board=${conclusion.sources[0]?.board} onClose=${() => choose(null)} />`}`;
}

/** One of the event's texts, or a new one. */
function WhichDialog({ event, onChoose, onClose }) {
  const usual = [["mission", t("Mission")], ["vision", t("Vision")]].map(([key, title]) => event.texts[key] ?? { key, title, text: "", version: 0 });
  const others = Object.values(event.texts).filter(({ key }) => !usual.some((one) => one.key === key));
  const texts = [...usual, ...others];
  const [key, setKey] = useState(texts[0].key);
  const [title, setTitle] = useState("");
  const [error, setError] = useState("");
  const id = useId();
  const go = () => {
    if (key !== NEW) return onChoose(texts.find((text) => text.key === key));
    if (!title.trim()) return setError(t("Give the text a title."));
    return onChoose({ key: keyOf(title, event.texts), title: title.trim(), text: "", version: 0 });
  };
  return html`
    <${Dialog} title=${t("Use as a guiding text")} submit=${t("Go on")} onSubmit=${go} onClose=${onClose}>
      <p class="quiet">${t("A guiding text stands in the lobby, and steps that rate against it show it and remember its version.")}</p>
      <fieldset><legend class="unseen">${t("Which text")}</legend>
        <div class="choices">
          ${[...texts.map((text) => [text.key, text.title]), [NEW, t("A new text")]].map(([value, name]) => html`
            <label key=${value} class="choice"><input type="radio" name="guiding" checked=${key === value} onChange=${() => setKey(value)} /><span dir="auto">${name}</span></label>`)}
        </div></fieldset>
      ${key === NEW && html`<div class="field"><label for=${id}>${t("Title")}</label><input id=${id} class="input" dir="auto" maxlength="120" value=${title} aria-invalid=${error ? "true" : null} onInput=${(/** @type {any} */ e) => (setTitle(e.currentTarget.value), setError(""))} />
        ${error && html`<span class="counter over" role="alert">${error}</span>`}</div>`}
    <//>`;
}

/** A key that the event does not have yet. @param {string} title @param {Record<string, any>} texts */
function keyOf(title, texts) {
  const plain = title.toLowerCase().normalize("NFD").replace(/[^a-z0-9]+/g, "_").replace(/^[^a-z]+|_+$/g, "").slice(0, 16) || "text";
  for (let number = 1; ; number++) {
    const key = number === 1 ? plain : `${plain}_${number}`;
    if (!Object.hasOwn(texts, key)) return key;
  }
}
