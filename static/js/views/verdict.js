// What a body decided on a conclusion after the event: adopted, amended, deferred or rejected, and why.

import { date, t } from "../i18n.js";
import { useAct, useApp, useBusy } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";

/** @returns {[verdict: string, name: string][]} */
const VERDICTS = () => [
  ["adopted", t("Adopted")],
  ["amended", t("Adopted with changes")],
  ["deferred", t("Deferred")],
  ["rejected", t("Rejected")],
];
const LOOKS = { adopted: ["ok", "check"], amended: ["ok", "edit"], deferred: ["warn", "clock"], rejected: ["warn", "over"] };

/** @param {string} verdict */
export const verdictName = (verdict) => VERDICTS().find(([one]) => one === verdict)?.[1] ?? verdict;

/** @param {{verdict: any}} props */
export function Verdict({ verdict }) {
  if (!verdict) return null;
  const [look, sign] = LOOKS[verdict.verdict] ?? ["", "flag"];
  return html`
    <div class="verdict stack tight">
      <p class="row"><span class="tag ${look}">${icon(sign)} ${verdictName(verdict.verdict)}</span>
        <span class="small quiet">${t("by {body}, {date}", { body: verdict.body, date: date(verdict.at) })}</span></p>
      ${verdict.reason && html`<p class="small words" dir="auto">${verdict.reason}</p>`}
    </div>`;
}

/** @param {{room: string, conclusion: any}} props */
export function VerdictButton({ room, conclusion }) {
  const [open, setOpen] = useState(false);
  return html`
    <div><button type="button" class="button" onClick=${() => setOpen(true)}>${icon("flag")} ${conclusion.verdict ? t("Note another decision") : t("Note what the board decided")}</button></div>
    ${open && html`<${VerdictDialog} room=${room} conclusion=${conclusion} onClose=${() => setOpen(false)} />`}`;
}

function VerdictDialog({ room, conclusion, onClose }) {
  const { client } = useApp();
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [verdict, setVerdict] = useState(conclusion.verdict?.verdict ?? "adopted");
  const [body, setBody] = useState(() => conclusion.verdict?.body ?? (client.drafts.draft(BODY) || t("Board of directors")));
  const [reason, setReason] = useState("");
  const [error, setError] = useState("");
  const [where, why] = [useId(), useId()];
  const needs = verdict !== "adopted";
  const save = guard(async () => {
    if (!body.trim()) return setError(t("Say which body has decided."));
    if (needs && !reason.trim()) return setError(t("Say in a few words why."));
    client.drafts.saveDraft(BODY, body.trim()); // the same body decides on all of them
    const reply = await act("conclusion.decide", { conclusion: conclusion.id, verdict, body: body.trim(), reason: reason.trim() });
    if (!reply.ok) return;
    toast(t("Noted. Everybody of the event can read it."));
    onClose();
  });
  return html`
    <${Dialog} title=${t("What was decided?")} submit=${t("Note it")} busy=${busy} onSubmit=${save} onClose=${onClose}>
      <p class="quiet" dir="auto">${conclusion.wording}</p>
      <fieldset><legend class="unseen">${t("Decision")}</legend>
        <div class="choices">${VERDICTS().map(([value, name]) => html`<label key=${value} class="choice"><input type="radio" name="verdict" checked=${verdict === value} onChange=${() => setVerdict(value)} /><span>${name}</span></label>`)}</div></fieldset>
      <div class="field"><label for=${where}>${t("Which body")}</label><input id=${where} class="input" dir="auto" maxlength="200" value=${body} onInput=${(/** @type {any} */ e) => setBody(e.currentTarget.value)} /></div>
      <div class="field"><label for=${why}>${needs ? t("Why") : t("Why (if there is something to say)")}</label><textarea id=${why} dir="auto" rows="3" maxlength="1000" value=${reason} onInput=${(/** @type {any} */ e) => setReason(e.currentTarget.value)}></textarea></div>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}

const BODY = "verdict:body";
