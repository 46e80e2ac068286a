// The reveal: the ranked result, ties shown as ties, with the turnout. From here a facilitator promotes.

import { n, percent, t } from "../i18n.js";
import { may, useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { Bar } from "./bar.js";
import { HideButton } from "./moderation.js";
import { PromoteButton } from "./promote.js";
import { fromVoters, many, rankLabel, rankWords, scoreWords, Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Results({ room, board, me }) {
  const { client } = useApp();
  const day = client.room(`day:${board.day}`)?.value;
  const conclusions = day?.state?.conclusions ?? [];
  const promoted = new Set(conclusions.map((conclusion) => conclusion.source.proposal));
  const { results } = board;
  const most = Math.max(1, ...results.ranked.map((row) => Math.abs(row.score)));
  const titles = Object.fromEntries(board.lanes.map((lane) => [lane.id, lane.title]));
  return html`
    <section class="stack" aria-labelledby="result">
      <div class="row apart">
        <h2 id="result">${t("Result")}</h2>
        <p class="quiet figures">${turnout(results)}</p>
      </div>
      ${results.voted === 0 ? html`<p class="quiet">${t("Nobody has voted.")}</p>` : results.few && html`<p class="notice small">${icon("warn")}<span>${t("Fewer than four people have voted. With so few, a secret vote may be guessed.")}</span></p>`}
      ${results.ranked.some((row) => row.tied && row.score) && html`<p class="small quiet">${t("= means a tie: these share a place, and their order says nothing.")}</p>`}
      <ol class="results ${many(results.ranked.length)}">
        ${results.ranked.map((row) => {
          const proposal = board.proposals[row.proposal];
          if (proposal?.status !== "standing") return null;
          return html`
            <li key=${row.proposal} class="result ${row.rank === 1 && row.score > 0 ? "first" : ""}">
              <span class="rank serif figures" aria-hidden="true">${rankLabel(row)}</span>
              <div class="result-body">
                <span class="unseen">${rankWords(row)}</span>
                ${titles[proposal.lane] && html`<p class="eyebrow" dir="auto">${titles[proposal.lane]}</p>`}
                <${Words} class="result-text" text=${proposal.text} />
                <${Bar} kind=${results.ballot.kind} row=${row} most=${most} />
                <p class="small quiet figures">${scoreWords(results.ballot.kind, row)} ${row.voters > 0 ? fromVoters(row.voters) : ""}</p>
                <div class="row">
                  ${promoted.has(row.proposal) && html`<span class="tag ok">${icon("star")} ${t("Conclusion of the day")}</span>`}
                  ${may(board, me, "conclusion.promote") && !promoted.has(row.proposal) && html`<${PromoteButton} board=${board} proposal=${proposal} />`}
                  ${may(board, me, "proposal.hide") && html`<${HideButton} room=${room} proposal=${proposal} />`}
                </div>
              </div>
            </li>`;
        })}
      </ol>
    </section>`;
}

/** @param {{voted: number, electors: number}} results */
export const turnout = ({ voted, electors }) =>
  n("{voted} of {count} person voted ({share})", "{voted} of {count} people voted ({share})", electors, { voted, share: percent(electors ? voted / electors : 0) });
