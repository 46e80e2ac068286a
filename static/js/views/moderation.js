// Hiding with a reason that everybody reads, and restoring. No confirmation, a way back instead.

import { n, t } from "../i18n.js";
import { useAct } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { inOrder } from "./proposals.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, proposal: any}} props */
export function HideButton({ room, proposal }) {
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="button plain" onClick=${() => setOpen(true)}>${icon("hide")} ${t("Hide")}</button>
    ${open && html`<${HideDialog} room=${room} text=${proposal.text} name="proposal.hide" args=${{ proposal: proposal.id }} back=${["proposal.restore", { proposal: proposal.id }]} title=${t("Hide this proposal")} done=${t("The proposal is hidden.")} onClose=${() => setOpen(false)} />`}`;
}

/** @param {{room: string, text: string, name: string, args: any, back: [string, any], title: string, done: string, onClose: () => void}} props */
export function HideDialog({ room, text, name, args, back, title, done, onClose }) {
  const act = useAct(room);
  const [reason, setReason] = useState("");
  const [missing, setMissing] = useState(false);
  const id = useId();
  const hide = async () => {
    if (!reason.trim()) return setMissing(true);
    const reply = await act(name, { ...args, reason: reason.trim() });
    if (!reply.ok) return;
    toast(done, { undo: () => act(...back) });
    onClose();
  };
  return html`
    <${Dialog} title=${title} submit=${t("Hide it")} onSubmit=${hide} onClose=${onClose}>
      <blockquote><${Words} text=${text} /></blockquote>
      <div class="field">
        <label for=${id}>${t("Reason")}</label>
        <input id=${id} class="input" dir="auto" maxlength="200" value=${reason} aria-invalid=${missing ? "true" : null} aria-describedby="${id}-hint"
          onInput=${(/** @type {any} */ e) => (setReason(e.currentTarget.value), setMissing(false))} />
        <span class="hint" id="${id}-hint">${missing ? t("Say in a few words why, so that the author understands.") : t("Everybody in the group reads the reason. Votes on it can be taken back.")}</span>
      </div>
    <//>`;
}

/** @param {{room: string, board: any, me: any}} props */
export function HiddenList({ room, board, me }) {
  const act = useAct(room);
  const hidden = inOrder(board).filter((proposal) => proposal.status === "hidden");
  if (hidden.length === 0) return null;
  return html`
    <details class="hidden-list">
      <summary>${n("{count} hidden proposal", "{count} hidden proposals", hidden.length)}</summary>
      <ul class="stack">
        ${hidden.map((proposal) => html`
          <li key=${proposal.id} class="panel stack tight">
            <${Words} text=${me.texts[proposal.id] ?? ""} />
            <p class="small quiet">${t("Reason: {reason}", { reason: proposal.reason ?? "" })}</p>
            <div><button type="button" class="button" onClick=${() => act("proposal.restore", { proposal: proposal.id })}>${icon("show")} ${t("Restore")}</button></div>
          </li>`)}
      </ul>
    </details>`;
}
