// Promoting a proposal into the day's conclusions, with a wording of one's own; the original stays in sight.

import { t } from "../i18n.js";
import { useAct, useApp, useBusy } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";
import { Counter, lengthOf, TEXT_LIMIT, Words } from "./words.js";

/** @param {{board: any, proposal: any}} props */
export function PromoteButton({ board, proposal }) {
  const [open, setOpen] = useState(false);
  return html`
    <button type="button" class="button" onClick=${() => setOpen(true)}>${icon("star")} ${t("Promote")}</button>
    ${open && html`<${PromoteDialog} board=${board} proposal=${proposal} onClose=${() => setOpen(false)} />`}`;
}

function PromoteDialog({ board, proposal, onClose }) {
  const { client } = useApp();
  const room = `day:${board.day}`;
  const act = useAct(room);
  const draft = `promote:${proposal.id}`;
  const [wording, setWording] = useState(() => client.drafts.draft(draft) || proposal.text);
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();

  const promote = guard(async () => {
    if (lengthOf(wording) === 0 || lengthOf(wording) > TEXT_LIMIT) return;
    const sent = client.send(room, "conclusion.promote", { proposal: proposal.id, wording: wording.trim() });
    const reply = await sent.done;
    if (!reply.ok) {
      client.discard(sent.id);
      setError(reply.error.message);
      return;
    }
    client.drafts.saveDraft(draft, "");
    toast(t("This is a conclusion of the day now."), { undo: () => act("conclusion.take_back", { conclusion: sent.id }) });
    onClose();
  });
  return html`
    <${Dialog} title=${t("Promote to a conclusion of the day")} submit=${t("Promote")} busy=${busy} onSubmit=${promote} onClose=${onClose}>
      <div class="field">
        <label for=${id}>${t("Wording of the conclusion")}</label>
        <textarea id=${id} dir="auto" rows="5" value=${wording} onInput=${(/** @type {any} */ e) => (setWording(e.currentTarget.value), client.drafts.saveDraft(draft, e.currentTarget.value))}></textarea>
        <${Counter} text=${wording} />
      </div>
      <div class="panel stack tight">
        <p class="eyebrow">${t("Original proposal of {group}", { group: board.group_name })}</p>
        <${Words} text=${proposal.text} />
      </div>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}
