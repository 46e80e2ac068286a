// Where a merged proposal comes from, and a word to those whose proposal it was.

import { n, t } from "../i18n.js";
import { useAct, useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { By } from "./people.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, card: any, splits?: boolean}} props */
export function Lineage({ room, card, splits = false }) {
  const { client } = useApp();
  const act = useAct(room);
  const board = client.room(room)?.value?.state;
  const me = client.room(room)?.value?.me;
  if (!board || card.made_of.length === 0) return null;
  const parts = card.made_of.map((id) => board.proposals[id]).filter((part) => part?.text);
  const split = async () => {
    const reply = await act("proposal.split", { proposal: card.id });
    if (reply.ok) toast(t("The proposals stand for themselves again."), { undo: () => act("proposal.merge", { proposals: card.made_of, wording: card.text }) });
  };
  return html`
    <details class="lineage small">
      <summary>${icon("merge")} ${n("Merged from {count} proposal", "Merged from {count} proposals", card.made_of.length)}</summary>
      <ul class="stack tight">${parts.map((part) => html`<li key=${part.id}><${Words} class="small" text=${part.text} /><span class="quiet"><${By} card=${part} own=${me?.own.includes(part.id)} /></span></li>`)}</ul>
      ${splits && html`<button type="button" class="button plain" onClick=${split}>${icon("undo")} ${t("Split again")}</button>`}
    </details>`;
}

/** Whose proposal was merged is told so, and into what. @param {{board: any, me: any}} props */
export function MergedNotice({ board, me }) {
  const mine = me.own.map((/** @type {string} */ id) => board.proposals[id]).filter((/** @type {any} */ card) => card?.status === "merged" && board.proposals[card.merged_into]?.status === "standing" && !me.own.includes(card.merged_into));
  if (mine.length === 0) return null;
  return html`
    <div class="notice small" role="status">${icon("merge")}
      <ul class="stack tight">${mine.map((/** @type {any} */ card) => html`<li key=${card.id}>${t("Your proposal “{mine}” is part of “{whole}” now. Whoever votes for it votes for yours.", { mine: card.text, whole: board.proposals[card.merged_into].text })}</li>`)}</ul>
    </div>`;
}
