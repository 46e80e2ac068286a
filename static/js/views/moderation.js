// Hiding with a reason that everybody reads, and a trash that gives back. No confirmation, a way back instead.

import { n, t, time } from "../i18n.js";
import { useAct } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";
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

/** @param {{room: string, text: string, name: string, args: any, back: [string, any], title: string, done: string, hint?: string, onClose: () => void}} props */
export function HideDialog({ room, text, name, args, back, title, done, hint = t("Everybody in the group reads the reason. Votes on it can be taken back."), onClose }) {
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
        <div class="row reasons-ready" role="group" aria-label=${t("Often said")}>
          ${usual().map((words) => html`<button key=${words} type="button" class="button" aria-pressed=${reason === words ? "true" : "false"} onClick=${() => (setReason(words), setMissing(false))}>${words}</button>`)}
        </div>
        <input id=${id} class="input" dir="auto" maxlength="200" value=${reason} aria-invalid=${missing ? "true" : null} aria-describedby="${id}-hint"
          onInput=${(/** @type {any} */ e) => (setReason(e.currentTarget.value), setMissing(false))} />
        <span class="hint" id="${id}-hint">${missing ? t("Say in a few words why, so that the author understands.") : hint}</span>
      </div>
    <//>`;
}

const usual = () => [t("Said already"), t("Not about our question"), t("Hurts somebody"), t("Names a person")];

/** Everything that is hidden or withdrawn on a board. @param {{room: string, board: any, me: any}} props */
export function Trash({ room, board, me }) {
  const act = useAct(room);
  const people = usePeople();
  const cards = inOrder(board);
  const hidden = cards.filter(({ status }) => status === "hidden");
  const comments = Object.values(board.comments).filter(({ status }) => status === "hidden");
  const withdrawn = cards.filter(({ status }) => status === "withdrawn");
  const count = hidden.length + comments.length + withdrawn.length;
  if (count === 0) return null;
  return html`
    <details class="hidden-list trash">
      <summary>${icon("trash")} ${n("{count} thing hidden or withdrawn", "{count} things hidden or withdrawn", count)}</summary>
      <ul class="stack tight">
        ${hidden.map((card) => html`<${Hidden} key=${card.id} me=${me} card=${card} text=${me.texts[card.id]} restore=${() => act("proposal.restore", { proposal: card.id })} />`)}
        ${comments.map((card) => html`<${Hidden} key=${card.id} me=${me} card=${card} text=${me.comment_texts[card.id]} restore=${() => act("comment.restore", { comment: card.id })} comment />`)}
        ${withdrawn.map((card) => html`<li key=${card.id} class="panel small quiet">${icon("undo")} ${people[card.author] ? t("Withdrawn by {name}, who alone can put it back.", { name: people[card.author].name }) : t("Withdrawn by its author, who alone can put it back.")}</li>`)}
      </ul>
    </details>`;
}

function Hidden({ me, card, text, restore, comment = false }) {
  const people = usePeople();
  const { by, at } = me.hidden?.[card.id] ?? {};
  const who = by && t("Hidden by {name} at {time}", { name: people[by]?.name ?? t("Somebody"), time: time(at) });
  return html`
    <li class="panel stack tight">
      ${comment && html`<p class="eyebrow">${t("Comment")}</p>`}
      <${Words} text=${text ?? ""} />
      <div class="row apart"><p class="small quiet">${who} · ${t("Reason: {reason}", { reason: card.reason ?? "" })}</p>
        <button type="button" class="button" onClick=${restore}>${icon("show")} ${t("Restore")}</button></div>
    </li>`;
}
