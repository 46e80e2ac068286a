// One item on a ballot, with the buttons of its kind. A value is absolute, so a press that is sent twice counts once.

import { n, t } from "../i18n.js";
import { Answer, Said } from "./answer.js";
import { useApp } from "./app.js";
import { Comments } from "./comments.js";
import { html, memo } from "./html.js";
import { icon } from "./icons.js";
import { HideButton } from "./moderation.js";
import { SpotlightButton } from "./spotlight.js";
import { PendingNote } from "./pending.js";
import { useKeptHeight } from "./proposal.js";
import { Words } from "./words.js";

/**
 * `said` is one's own answer as JSON, a text, so that a card is drawn again only when it has changed.
 *
 * @param {{room: string, proposal: any, lane?: string, ballot: any, said: string, reason?: string, pins: string, full: boolean, votes: boolean, command?: any, moderates: boolean, lit?: boolean}} props
 */
export const VoteCard = memo(function VoteCard({ room, proposal, lane, ballot, said, reason, pins, full, votes, command, moderates, lit = false }) {
  const { client } = useApp();
  const card = useKeptHeight(proposal.status);
  const mine = JSON.parse(said);
  const say = (/** @type {number} */ value, { criterion = "", reason: why = undefined } = {}) => {
    if (command?.state === "refused") client.discard(command.id);
    const pinned = JSON.parse(pins)[criterion];
    client.send(room, "vote.cast", { proposal: proposal.id, value, ...(criterion && { criterion }), ...(why && { reason: why }), ...(pinned && { pinned }) });
  };
  const refused = command?.state === "refused" && html`<${PendingNote} command=${command} />`;

  if (proposal.status !== "standing") {
    const dots = ballot.kind === "dots" ? Math.abs(mine[""] ?? 0) : 0;
    return html`
      <li ref=${card} class="proposal gone" data-proposal=${proposal.id}>
        <p class="small quiet">${proposal.status === "hidden" ? html`${icon("hide")} ${t("Hidden by the facilitator: {reason}", { reason: proposal.reason ?? "" })}` : t("This is no longer voted on.")}</p>
        ${dots > 0 && votes && html`<button type="button" class="button" onClick=${() => say(0)}>${icon("undo")} ${n("Take {count} dot back", "Take {count} dots back", dots)}</button>`}
        ${refused}
      </li>`;
  }
  const label = `proposal-${proposal.id}`;
  const answered = Object.keys(mine).length > 0 && (ballot.kind !== "dots" || mine[""] !== 0);
  return html`
    <li ref=${card} class="card proposal ${answered ? "voted" : ""}" data-proposal=${proposal.id}>
      ${lane && html`<p class="eyebrow" dir="auto">${lane}</p>`}
      <${Words} id=${label} text=${proposal.text} />
      ${proposal.made_of.length > 0 && html`<p class="small quiet">${n("Merged from {count} proposal", "Merged from {count} proposals", proposal.made_of.length)}</p>`}
      <div class="proposal-foot">
        ${votes ? html`<${Answer} ballot=${ballot} label=${label} said=${mine} reason=${reason} full=${full} say=${say} />` : html`<${Said} ballot=${ballot} said=${mine} />`}
        <span class="proposal-buttons">
          <${Comments} room=${room} proposal=${proposal} />
          ${moderates && html`<${SpotlightButton} room=${room} proposal=${proposal} lit=${lit} /><${HideButton} room=${room} proposal=${proposal} />`}
        </span>
      </div>
      ${refused}
    </li>`;
});
