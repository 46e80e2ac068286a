// A pulse: one question, and a chart that grows while people answer.

import { n, t } from "../i18n.js";
import { Answer } from "./answer.js";
import { may, useApp, usePending } from "./app.js";
import { Histogram } from "./chart.js";
import { html } from "./html.js";
import { PendingNote } from "./pending.js";
import { isItem, votesWith } from "./proposals.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Pulse({ room, board, me }) {
  const { client } = useApp();
  const pending = usePending(room);
  const { ballot } = board;
  if (!ballot) return null;
  const item = questionOf(board);
  if (!item) return null;
  const said = votesWith(me.votes, pending)[item.id] ?? {};
  const votes = may(board, me, "vote.cast") && me.elector === true;
  const refused = pending.find(({ name, state }) => name === "vote.cast" && state === "refused");
  const say = (/** @type {number} */ value) => {
    if (refused) client.discard(refused.id);
    client.send(room, "vote.cast", { proposal: item.id, value });
  };
  return html`
    <section class="pulse stack" aria-labelledby="question">
      <h2 id="question" class="pulse-question"><${Words} as="span" text=${item.text} /></h2>
      ${votes && html`<${Answer} ballot=${ballot} label="question" said=${said} say=${say} />`}
      ${refused && html`<${PendingNote} command=${refused} />`}
      <${PulseChart} board=${board} />
      <p class="small quiet">${ballot.secrecy === "named" ? t("The others will see how you vote.") : t("Nobody sees who chose what.")}</p>
    </section>`;
}

/** @param {{board: any}} props */
export function PulseChart({ board }) {
  const cell = board.results?.criteria?.[0];
  const { ballot } = board;
  const asked = questionOf(board)?.text ?? "";
  return html`
    <div class="stack tight" aria-live="polite">
      ${cell && !cell.withheld && html`<${Histogram} anchors=${ballot.anchors} counts=${cell.counts} title=${asked} />`}
      ${cell?.withheld && html`<p class="quiet">${t("The chart appears as soon as three people have answered.")}</p>`}
      <p class="small quiet figures">${n("{voted} of {count} person has answered", "{voted} of {count} people have answered", ballot.electors, { voted: ballot.voted })}</p>
    </div>`;
}

export const questionOf = (board) => Object.values(board.proposals).find((card) => isItem(board.ballot, card) && card.status === "standing");
