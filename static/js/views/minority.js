// Minority reports: what those say who did not agree, beside the conclusion, under their name.

import { n, t } from "../i18n.js";
import { useAct, useApp, useBusy } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";
import { toast } from "./toast.js";
import { Counter, lengthOf, Words } from "./words.js";

const LIMIT = 2000; // shown while typing; the server is who decides

/** @param {{room: string, conclusion: any, me?: any}} props */
export function MinorityReports({ room, conclusion, me }) {
  const own = conclusion.minority.find((one) => one.author && one.author === me?.person);
  const may = me?.may_report?.includes(conclusion.id);
  if (conclusion.minority.length === 0 && !may) return null;
  return html`
    <div class="minority stack tight">
      ${conclusion.minority.map((report) => html`<${Report} key=${report.id} room=${room} report=${report} own=${report === own} />`)}
      ${may && html`<${WriteButton} room=${room} conclusion=${conclusion} own=${own} />`}
    </div>`;
}

function Report({ room, report, own }) {
  const { client, boot } = useApp();
  const people = usePeople();
  const act = useAct(room);
  const organisation = client.room(`event:${boot.event}`)?.value?.state?.organisations?.[report.organisation]?.name;
  const name = people[report.author]?.name;
  const withdraw = async () => (await act("minority.withdraw", { report: report.id })).ok && toast(t("Your minority report is withdrawn."));
  return html`
    <section class="panel minority-report stack tight" aria-label=${name ? t("Minority report of {name}", { name }) : t("Minority report")}>
      <p class="eyebrow">${t("Minority report")}</p>
      <${Words} text=${report.text} />
      <p class="small quiet"><bdi>${[name, organisation].filter(Boolean).join(", ")}</bdi></p>
      ${own && html`<div><button type="button" class="button plain" onClick=${withdraw}>${t("Withdraw")}</button></div>`}
    </section>`;
}

function WriteButton({ room, conclusion, own }) {
  const [open, setOpen] = useState(false);
  return html`
    <div><button type="button" class="button" onClick=${() => setOpen(true)}>${icon("edit")} ${own ? t("Word your minority report anew") : t("Write a minority report")}</button></div>
    ${open && html`<${WriteDialog} room=${room} conclusion=${conclusion} own=${own} onClose=${() => setOpen(false)} />`}`;
}

function WriteDialog({ room, conclusion, own, onClose }) {
  const { client } = useApp();
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const draft = `minority:${conclusion.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) || own?.text || "");
  const id = useId();
  const type = (/** @type {string} */ value) => (setText(value), client.drafts.saveDraft(draft, value));
  const send = guard(async () => {
    if (lengthOf(text) === 0 || lengthOf(text) > LIMIT) return;
    if (!(await act("minority.report", { conclusion: conclusion.id, text: text.trim() })).ok) return;
    client.drafts.saveDraft(draft, "");
    toast(t("Your minority report stands beside the conclusion."));
    onClose();
  });
  return html`
    <${Dialog} title=${t("Minority report")} submit=${t("Put it beside the conclusion")} busy=${busy} onSubmit=${send} onClose=${onClose}>
      <blockquote><${Words} text=${conclusion.wording} /></blockquote>
      <div class="field">
        <label for=${id}>${t("What should be read beside this conclusion?")}</label>
        <textarea id=${id} dir="auto" rows="6" value=${text} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea>
        <${Counter} text=${text} limit=${LIMIT} />
      </div>
      <p class="small quiet">${t("It appears under your name and your organisation, here and in the outcome. It says that you did not agree.")}</p>
    <//>`;
}

/** @param {any} conclusion */
export const reportsWords = (conclusion) => conclusion.minority.length > 0 && n("{count} minority report", "{count} minority reports", conclusion.minority.length);
