// The voting step: one's own votes and how many have voted. No tallies: they would pull the vote along.

import { n, t } from "../i18n.js";
import { may, usePending } from "./app.js";
import { Dots } from "./dots.js";
import { html, useRef } from "./html.js";
import { aboutProposals, inOrder, sum, votesWith } from "./proposals.js";
import { VoteCard } from "./votecard.js";
import { many } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Vote({ room, board, me }) {
  const pending = usePending(room);
  const shown = useRef(new Set());
  const ballot = board.ballot;
  if (!ballot) return null;

  const mine = votesWith(me.votes, pending);
  const about = aboutProposals(pending);
  const proposals = inOrder(board).filter((proposal) => {
    if (proposal.status === "standing") shown.current.add(proposal.id);
    return proposal.status === "standing" || shown.current.has(proposal.id) || (proposal.status === "hidden" && mine[proposal.id]);
  });
  const votes = may(board, me, "vote.cast") && me.elector === true;
  const left = me.left === null || me.left === undefined ? null : Math.max(0, me.left - (sum(mine) - sum(me.votes)));
  const titles = Object.fromEntries(board.lanes.map((lane) => [lane.id, lane.title]));
  return html`
    ${board.open && me.member && me.elector === false && html`
      <p class="notice warn" role="status">${t("This vote opened before you arrived. The facilitator can let you in by opening it again.")}</p>`}
    <ul class="proposals ballot ${many(proposals.length)}">
      ${proposals.map((proposal) => html`
        <${VoteCard} key=${proposal.id} room=${room} proposal=${proposal} lane=${titles[proposal.lane]} kind=${ballot.kind} cap=${ballot.cap ?? ballot.budget}
          value=${mine[proposal.id]} full=${left === 0} votes=${votes} command=${about.get(proposal.id)} moderates=${may(board, me, "proposal.hide")} />`)}
    </ul>
    <div class="ballot-bar">
      ${me.elector === true && html`<${Mine} ballot=${ballot} left=${left} answered=${Object.keys(mine).length} of=${proposals.filter((p) => p.status === "standing").length} />`}
      <p class="small quiet figures" role="status">${t("{voted} of {electors} have voted", ballot)}</p>
    </div>`;
}

function Mine({ ballot, left, answered, of }) {
  if (left === null) return html`<p aria-live="polite"><strong class="figures">${t("You have answered {answered} of {of}", { answered, of })}</strong></p>`;
  return html`
    <p class="purse" aria-live="polite">
      <strong class="figures">${n("You have {count} of {budget} dots left", "You have {count} of {budget} dots left", left, { budget: ballot.budget })}</strong>
      <${Dots} value=${left} of=${ballot.budget} />
    </p>`;
}
