// What people say to a proposal: folded away until somebody asks for it, with a number on the outside. And a light word.

import { n, t } from "../i18n.js";
import { may, useAct, useApp, usePending } from "./app.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { lockedOut } from "./lock.js";
import { HideDialog } from "./moderation.js";
import { PendingNote } from "./pending.js";
import { By } from "./people.js";
import { toast } from "./toast.js";
import { lengthOf, Words } from "./words.js";

/** Comments on one card, of one kind. @returns {any[]} */
export const commentsOn = (board, proposal, kind = "comment") =>
  Object.values(board.comments).filter((one) => one.proposal === proposal && one.kind === kind && one.status !== "withdrawn");

/** @param {{room: string, proposal: any, open?: boolean}} props */
export function Comments({ room, proposal, open = false }) {
  const { client } = useApp();
  const known = client.room(room)?.value;
  const [shown, show] = useState(open);
  if (!known?.state || !known.me) return null;
  const { state: board, me } = known;
  const here = commentsOn(board, proposal.id);
  const talks = may(board, me, "comment.post") || lockedOut(board, me, "comment.post");
  if (here.length === 0 && !talks) return null;
  const standing = here.filter(({ status }) => status === "standing").length;
  return html`
    <span class="comments ${shown ? "shown" : ""}">
      <button type="button" class="button plain" aria-expanded=${shown ? "true" : "false"} onClick=${() => show(!shown)}>
        ${icon("comment")} ${standing > 0 ? n("{count} comment", "{count} comments", standing) : t("Comment")}</button>
      ${shown && html`<${CommentList} room=${room} board=${board} me=${me} proposal=${proposal} />`}
    </span>`;
}

/** @param {{room: string, board: any, me: any, proposal: any, kind?: string}} props */
export function CommentList({ room, board, me, proposal, kind = "comment" }) {
  const pending = usePending(room).filter(({ name, args }) => name === "comment.post" && args.proposal === proposal.id && (args.kind ?? "comment") === kind);
  return html`
    <div class="comment-list stack tight">
      <ul class="stack tight">
        ${commentsOn(board, proposal.id, kind).map((comment) => html`<${Comment} key=${comment.id} room=${room} board=${board} me=${me} comment=${comment} />`)}
        ${pending.map((command) => html`<li key=${command.id} class="comment"><${Words} class="small" text=${command.args.text} /><${PendingNote} command=${command} /></li>`)}
      </ul>
      ${(may(board, me, "comment.post") || lockedOut(board, me, "comment.post")) && html`<${Say} room=${room} proposal=${proposal} kind=${kind} locked=${lockedOut(board, me, "comment.post")} />`}
    </div>`;
}

function Comment({ room, board, me, comment }) {
  const act = useAct(room);
  const [hiding, setHiding] = useState(false);
  const own = me.comments.includes(comment.id);
  if (comment.status === "hidden") {
    return html`
      <li class="comment quiet small">${icon("hide")} ${t("Hidden by the facilitator: {reason}", { reason: comment.reason ?? "" })}
        ${me.comment_texts[comment.id] && html`<${Words} class="small struck" text=${me.comment_texts[comment.id]} />`}
        ${may(board, me, "comment.restore") && html`<button type="button" class="button plain" onClick=${() => act("comment.restore", { comment: comment.id })}>${icon("show")} ${t("Restore")}</button>`}
      </li>`;
  }
  const withdraw = async () => (await act("comment.withdraw", { comment: comment.id })).ok && toast(t("Your comment is taken back."));
  return html`
    <li class="comment ${comment.adopted ? "adopted" : ""}">
      <${Words} class="small" text=${comment.text} />
      <span class="small quiet"><${By} card=${comment} own=${own} />${comment.adopted ? ` · ${t("adopted")}` : ""}</span>
      <span class="row">
        ${comment.kind === "alternative" && !comment.adopted && may(board, me, "comment.adopt") && html`<button type="button" class="button plain" onClick=${() => act("comment.adopt", { comment: comment.id })}>${icon("check")} ${t("Adopt")}</button>`}
        ${own && may(board, me, "comment.withdraw") && html`<button type="button" class="button plain" onClick=${withdraw}>${t("Take back")}</button>`}
        ${may(board, me, "comment.hide") && html`<button type="button" class="button plain" onClick=${() => setHiding(true)}>${icon("hide")} ${t("Hide")}</button>`}
      </span>
      ${hiding && html`<${HideDialog} room=${room} text=${comment.text} name="comment.hide" args=${{ comment: comment.id }} back=${["comment.restore", { comment: comment.id }]} title=${t("Hide this comment")} done=${t("The comment is hidden.")} onClose=${() => setHiding(false)} />`}
    </li>`;
}

function Say({ room, proposal, kind, locked }) {
  const { client } = useApp();
  const draft = `${kind}:${proposal.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) ?? "");
  const id = useId();
  const type = (/** @type {string} */ value) => (setText(value), client.drafts.saveDraft(draft, value));
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (locked || lengthOf(text) === 0 || lengthOf(text) > 500) return;
    client.send(room, "comment.post", { proposal: proposal.id, text: text.trim(), ...(kind !== "comment" && { kind }) });
    type("");
  };
  const label = kind === "alternative" ? t("Another wording") : t("Your comment");
  return html`
    <form class="row say" onSubmit=${send}>
      <label class="unseen" for=${id}>${label}</label>
      <textarea id=${id} rows="1" dir="auto" placeholder=${label} value=${text} readonly=${locked} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}
        onKeyDown=${(/** @type {KeyboardEvent} */ e) => e.key === "Enter" && (e.ctrlKey || e.metaKey) && send(e)}></textarea>
      <button type="submit" class="button" aria-disabled=${locked ? "true" : null}>${kind === "alternative" ? t("Suggest") : t("Say it")}</button>
    </form>`;
}

/** “This speaks to me”: one press, one number. @param {{room: string, proposal: any}} props */
export function Like({ room, proposal }) {
  const { client } = useApp();
  const act = useAct(room);
  const known = client.room(room)?.value;
  const count = proposal.reactions.like;
  if (!known?.me || (!may(known.state, known.me, "reaction.set") && count === 0)) return null;
  const mine = known.me.reactions[proposal.id] === "like";
  const can = may(known.state, known.me, "reaction.set");
  return html`
    <button type="button" class="button plain like" aria-pressed=${mine ? "true" : "false"} aria-disabled=${can ? null : "true"} aria-label=${n("This speaks to me. {count} so far", "This speaks to me. {count} so far", count)}
      onClick=${() => can && act("reaction.set", { proposal: proposal.id, kind: mine ? null : "like" })}>${icon("heart")} ${count > 0 ? count : t("Speaks to me")}</button>`;
}
