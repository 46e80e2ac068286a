// The voting step: one's own votes and how many have voted. No tallies while a vote is secret: they would pull it along.

import { n, t } from "../i18n.js";
import { may, useApp, usePending } from "./app.js";
import { BallotBar } from "./ballotbar.js";
import { Dots } from "./dots.js";
import { html, useRef } from "./html.js";
import { aboutProposals, inOrder, isItem, spent, votesWith } from "./proposals.js";
import { Ranking } from "./ranking.js";
import { Results } from "./results.js";
import { Scribe } from "./scribe.js";
import { GuidingText } from "./texts.js";
import { VoteCard } from "./votecard.js";
import { many } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Vote({ room, board, me }) {
  const { ballot } = board;
  if (!ballot) return null;
  const votes = may(board, me, "vote.cast") && me.elector === true;
  return html`
    <${Terms} board=${board} me=${me} />
    ${ballot.criteria.filter((one) => one.text).map((one) => html`<${GuidingText} key=${one.id} name=${one.text} fold />`)}
    ${ballot.kind === "ranking" ? html`<${Ranking} room=${room} board=${board} me=${me} votes=${votes} />` : html`<${Cards} room=${room} board=${board} me=${me} votes=${votes} />`}
    ${may(board, me, "vote.enter") && board.open && html`<${Scribe} room=${room} board=${board} me=${me} />`}
    ${ballot.live && board.results && html`<${Results} room=${room} board=${board} me=${me} />`}`;
}

/** Who sees what, in a line; and a word to those who came too late. */
function Terms({ board, me }) {
  const { ballot } = board;
  const secrecy = {
    secret: t("Nobody sees how you vote, and there is no result before the reveal."),
    anonymous: t("Nobody sees who voted for what. The result is seen while people vote."),
    named: t("The others will see how you vote."),
  };
  const words = ballot.secrecy === "anonymous" && !ballot.live ? t("Nobody sees who voted for what.") : secrecy[ballot.secrecy];
  return html`
    ${board.open && me.member && me.elector === false && html`
      <p class="notice warn" role="status">${t("This vote opened before you arrived. The facilitator can let you in by opening it again.")}</p>`}
    ${me.elector === true && html`<p class="small quiet">${ballot.round > 1 ? `${t("Round {round}", { round: ballot.round })}. ` : ""}${words}</p>`}`;
}

function Cards({ room, board, me, votes }) {
  const { client, boot } = useApp();
  const pending = usePending(room);
  const shown = useRef(new Set());
  const { ballot } = board;
  const mine = votesWith(me.votes, pending);
  const about = aboutProposals(pending);
  const proposals = inOrder(board).filter((proposal) => {
    if (!isItem(ballot, proposal)) return false;
    if (proposal.status === "standing") shown.current.add(proposal.id);
    return proposal.status === "standing" || shown.current.has(proposal.id) || (proposal.status === "hidden" && mine[proposal.id]);
  });
  const left = me.left === null || me.left === undefined ? null : Math.max(0, me.left - (spent(mine) - spent(me.votes)));
  const titles = ballot.of.kind === "given" ? {} : Object.fromEntries(board.lanes.map((lane) => [lane.id, lane.title]));
  const texts = client.room(`event:${boot.event}`)?.value?.state?.texts ?? {};
  const pins = JSON.stringify(Object.fromEntries(ballot.criteria.filter((one) => texts[one.text]).map((one) => [one.id, texts[one.text].version])));
  const standing = proposals.filter((p) => p.status === "standing");
  return html`
    <ul class="proposals ballot ballot-${ballot.kind} ${many(proposals.length)}">
      ${proposals.map((proposal) => html`
        <${VoteCard} key=${proposal.id} room=${room} proposal=${proposal} lane=${titles[proposal.lane]} ballot=${ballotOf(ballot)} pins=${pins}
          said=${JSON.stringify(mine[proposal.id] ?? {})} reason=${me.reasons[proposal.id]} full=${left === 0} votes=${votes} command=${about.get(proposal.id)} moderates=${may(board, me, "proposal.hide") && proposal.kind !== "given"} lit=${board.spotlight === proposal.id} />`)}
    </ul>
    <${BallotBar} ballot=${ballot} me=${me}><${Mine} ballot=${ballot} left=${left} answered=${standing.filter((p) => answered(ballot, mine[p.id])).length} of=${standing.length} /><//>`;
}

/** The ballot without what changes with every vote: cards need its rules only, and must not be drawn again for a count. */
let rules = { key: "", ballot: /** @type {any} */ (null) };
function ballotOf({ voted, electors, entered, ...rest }) {
  const key = JSON.stringify(rest);
  if (key !== rules.key) rules = { key, ballot: rest };
  return rules.ballot;
}

const answered = (ballot, said) => said !== undefined && (ballot.criteria.length === 0 || ballot.criteria.every((one) => one.id in said));

function Mine({ ballot, left, answered, of }) {
  if (left === null) return html`<p aria-live="polite"><strong class="figures">${t("You have answered {answered} of {of}", { answered, of })}</strong></p>`;
  return html`
    <p class="purse" aria-live="polite">
      <strong class="figures">${n("You have {count} of {budget} dots left", "You have {count} of {budget} dots left", left, { budget: ballot.budget })}</strong>
      <${Dots} value=${left} of=${ballot.budget} />
    </p>`;
}
