// The guiding texts of the event: mission, vision. They stand where they are needed; who steers can word them anew.

import { n, t, time } from "../i18n.js";
import { useAct, useApp, useBusy } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";
import { lengthOf, Words } from "./words.js";

const LIMIT = 5000; // shown while typing; the server is who decides

/** One text as it stands now. @param {{name: string, fold?: boolean}} props */
export function GuidingText({ name, fold = false }) {
  const { client, boot } = useApp();
  const text = client.room(`event:${boot.event}`)?.value?.state?.texts?.[name];
  if (!text) return null;
  const body = html`<${Words} class="guiding-words serif" text=${text.text} />`;
  if (fold) return html`<details class="guiding panel"><summary><strong dir="auto">${text.title}</strong> <span class="quiet small">${version(text)}</span></summary>${body}</details>`;
  return html`<section class="guiding stack tight"><h3><bdi>${text.title}</bdi> <span class="quiet small">${version(text)}</span></h3>${body}</section>`;
}

const version = (text) => t("version {version}, {time}", { version: text.version, time: time(text.at, { dateStyle: "medium", timeStyle: "short" }) });

/** All of them, and for who steers the way to change them. @param {{event: any, me: any}} props */
export function GuidingTexts({ event, me }) {
  const [edited, edit] = useState(/** @type {any} */ (null));
  const texts = Object.values(event.texts ?? {});
  const words = (me?.can ?? []).includes("text.word");
  if (texts.length === 0 && !words) return null;
  const missing = [["mission", t("Mission")], ["vision", t("Vision")]].filter(([key]) => !event.texts[key]);
  return html`
    <section class="stack" aria-labelledby="guiding">
      <h2 id="guiding">${t("What guides us")}</h2>
      ${texts.map((text) => html`
        <div key=${text.key} class="panel stack tight">
          <${GuidingText} name=${text.key} />
          ${words && html`<div><button type="button" class="button" onClick=${() => edit(text)}>${icon("edit")} ${t("Word it anew")}</button></div>`}
        </div>`)}
      ${words && missing.length > 0 && html`<div class="row">${missing.map(([key, title]) => html`<button key=${key} type="button" class="button" onClick=${() => edit({ key, title, text: "", version: 0 })}>${icon("plus")} ${title}</button>`)}</div>`}
      ${edited && html`<${WordingDialog} text=${edited} onClose=${() => edit(null)} />`}
    </section>`;
}

/** @param {{text: any, wording?: string, board?: string, onClose: () => void}} props */
export function WordingDialog({ text, wording, board, onClose }) {
  const { boot } = useApp();
  const act = useAct(`event:${boot.event}`);
  const { busy, guard } = useBusy();
  const [now, setNow] = useState(wording ?? text.text);
  const id = useId();
  const over = lengthOf(now) - LIMIT;
  const save = guard(async () => {
    if (lengthOf(now) === 0 || over > 0) return;
    const reply = await act("text.word", { text: text.key, wording: now.trim(), title: text.title, ...(board && { board }) });
    if (!reply.ok) return;
    toast(t("“{title}” has a new wording. The earlier one is kept.", { title: text.title }));
    onClose();
  });
  return html`
    <${Dialog} title=${text.title} submit=${t("Save")} busy=${busy} onSubmit=${save} onClose=${onClose}>
      <div class="field">
        <label for=${id}>${t("Wording")}</label>
        <textarea id=${id} rows="8" dir="auto" value=${now} aria-invalid=${over > 0 ? "true" : null} onInput=${(/** @type {any} */ e) => setNow(e.currentTarget.value)}></textarea>
        <span class="counter ${over > 0 ? "over" : ""}">${over > 0 ? n("{count} character too long", "{count} characters too long", over) : t("{length} of {limit}", { length: lengthOf(now), limit: LIMIT })}</span>
      </div>
      ${text.version > 0 && html`<p class="small quiet">${t("Everybody sees the new wording at once. Ratings that were made on version {version} will say so.", { version: text.version })}</p>`}
    <//>`;
}
