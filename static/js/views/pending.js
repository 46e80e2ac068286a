// What has been sent but is not confirmed: how far it has got, and what to do when the server said no.

import { t } from "../i18n.js";
import { useApp } from "./app.js";
import { CopyButton } from "./copy.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { Editor } from "./editor.js";
import { Words } from "./words.js";

/** One line: sending, waiting, or the server's sentence with the ways on. @param {{command: any, onEdit?: () => void, copy?: string}} props */
export function PendingNote({ command, onEdit, copy }) {
  const { client } = useApp();
  if (command.state !== "refused") {
    const waiting = command.state === "waiting";
    return html`<p class="pending-note small quiet">${icon(waiting ? "offline" : "sending")} ${waiting ? t("Kept here, sent when the connection is back") : t("Sending")}</p>`;
  }
  return html`
    <div class="notice danger small" role="alert">
      ${icon("warn")}
      <div class="stack tight">
        <p>${command.error?.message}</p>
        <div class="row">
          ${onEdit && html`<button type="button" class="button" onClick=${onEdit}>${t("Edit again")}</button>`}
          ${copy && html`<${CopyButton} text=${copy} />`}
          <button type="button" class="button plain" onClick=${() => client.discard(command.id)}>${onEdit ? t("Discard") : t("OK")}</button>
        </div>
      </div>
    </div>`;
}

/** My proposal on its way to the board. @param {{room: string, command: any}} props */
export function PendingPost({ room, command }) {
  const { client } = useApp();
  const [editing, setEditing] = useState(false);
  const again = (/** @type {string} */ text) => {
    client.send(room, "proposal.post", { ...command.args, text });
    client.discard(command.id);
  };
  return html`
    <li class="card proposal own ${command.state}" data-proposal=${command.id}>
      ${editing
        ? html`<${Editor} draft="again:${command.id}" text=${command.args.text} save=${t("Send again")} onSave=${again} onCancel=${() => setEditing(false)} />`
        : html`<${Words} text=${command.args.text} /><${PendingNote} command=${command} copy=${command.args.text} onEdit=${() => setEditing(true)} />`}
    </li>`;
}
