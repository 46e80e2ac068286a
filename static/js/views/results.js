// The reveal: people and organisations side by side, ties as ties, how certain the places are and how divided the people.
// From here a facilitator promotes.

import { list, n, percent, t, time } from "../i18n.js";
import { CONSENT, words } from "./answer.js";
import { may, useAct, useApp, useBusy } from "./app.js";
import { Bar } from "./bar.js";
import { Histogram } from "./chart.js";
import { Comments } from "./comments.js";
import { Heatmap } from "./heatmap.js";
import { html, memo, useState } from "./html.js";
import { icon } from "./icons.js";
import { HideButton } from "./moderation.js";
import { usePeople } from "./people.js";
import { PromoteButton, usePicks } from "./promote.js";
import { Shortlist } from "./shortlist.js";
import { promotedOf } from "./sources.js";
import { toast } from "./toast.js";
import { fromVoters, many, mostOf, rankLabel, rankWords, scoreWords, Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Results({ room, board, me }) {
  const { client } = useApp();
  const [order, setOrder] = useState("result");
  const conclusions = client.room(`day:${board.day}`)?.value?.state?.conclusions ?? [];
  const promoted = promotedOf(conclusions);
  const { results } = board;
  const map = results.ballot.kind === "scale" && results.ballot.criteria.length > 0;
  const standing = results.ranked.map((row) => board.proposals[row.proposal]).filter((card) => card?.status === "standing");
  const picks = usePicks({ board, may: may(board, me, "conclusion.promote") && standing.length > 1, cards: standing });
  const rows = order === "divided" ? results.divided_first.map((id) => results.ranked.find((row) => row.proposal === id)).filter(Boolean) : results.ranked;
  const titles = Object.fromEntries(board.lanes.map((lane) => [lane.id, lane.title]));
  const both = results.organisations.voted > 1;
  return html`
    <section class="stack" aria-labelledby="result">
      <div class="row apart">
        <h2 id="result">${results.round > 1 ? t("Result of round {round}", { round: results.round }) : t("Result")}</h2>
        <p class="quiet figures">${turnout(results)}</p>
      </div>
      <${Remarks} board=${board} results=${results} />
      ${map && html`<${Heatmap} boards=${[{ room, board, me }]} />`}
      ${results.divided_first.length > 1 && html`
        <fieldset class="choices">
          <legend class="unseen">${t("Order")}</legend>
          ${[["result", t("By result")], ["divided", t("Most divided first")]].map(([key, name]) => html`<label key=${key} class="choice"><input type="radio" name="order" checked=${order === key} onChange=${() => setOrder(key)} /><span>${name}</span></label>`)}
        </fieldset>`}
      ${both && html`<p class="legend small quiet"><span><i class="by-people"></i> ${t("by person")}</span><span><i class="by-organisation"></i> ${t("by organisation, each with one voice")}</span></p>`}
      <ol class="results ${many(rows.length)}">
        ${rows.map((row) => {
          const proposal = board.proposals[row.proposal];
          if (proposal?.status !== "standing") return null;
          return html`<${Row} key=${row.proposal} room=${room} board=${board} me=${me} results=${results} row=${row} proposal=${proposal} lane=${results.ballot.kind === "scale" ? "" : titles[proposal.lane]} both=${both} promoted=${promoted.has(row.proposal)} tick=${picks.tick(proposal)} />`;
        })}
      </ol>
      ${picks.bar}
      ${results.shortlist && results.voted > 0 && html`<${Shortlist} board=${board} shortlist=${results.shortlist} />`}
      ${results.earlier.map((round) => html`<${Earlier} key=${round.round} board=${board} round=${round} />`)}
      <${Counted} room=${room} board=${board} me=${me} results=${results} />
    </section>`;
}

/** What one has to know to read the places rightly. */
function Remarks({ board, results }) {
  const { client, boot } = useApp();
  const name = (/** @type {string} */ id) => `“${short(board.proposals[id]?.text ?? "")}”`;
  const texts = client.room(`event:${boot.event}`)?.value?.state?.texts ?? {};
  const earlier = (results.criteria ?? []).reduce((all, cell) => all + Object.entries(cell.pinned ?? {}).filter(([version]) => Number(version) < (texts[textOf(results, cell)]?.version ?? 0)).reduce((sum, [, count]) => sum + count, 0), 0);
  const first = results.inseparable[0];
  const remarks = [
    results.voted === 0 ? html`<p class="quiet">${t("Nobody has voted.")}</p>` : results.few && results.ballot.secrecy !== "named" && html`<p class="notice small">${icon("warn")}<span>${t("Fewer than four people have voted. With so few, a secret vote may be guessed.")}</span></p>`,
    earlier > 0 && html`<p class="notice warn small">${icon("warn")}<span>${n("{count} rating was made on an earlier wording of the text.", "{count} ratings were made on an earlier wording of the text.", earlier)}</span></p>`,
    results.disagree.length > 0 && html`<p class="notice small">${icon("scale")}<span>${t("People and organisations disagree on what comes first: {names}.", { names: list(results.disagree.slice(0, 4).map(name)) })}</span></p>`,
    results.condorcet && html`<p class="small">${icon("star")} ${t("{name} beats every other one in a direct comparison.", { name: name(results.condorcet) })}</p>`,
    results.ranked.some((row) => row.tied && row.score) && html`<p class="small quiet">${t("= means a tie: these share a place, and their order says nothing.")}</p>`,
    first && html`<p class="small quiet">${t("Places {first} to {last} are not separable: one person voting otherwise could have turned them.", { first: first[0], last: first[1] })}${results.inseparable.length > 1 ? ` ${n("There is {count} more such stretch.", "There are {count} more such stretches.", results.inseparable.length - 1)}` : ""}</p>`,
    results.abstained > 0 && html`<p class="small quiet">${n("{count} person voted without an opinion on anything.", "{count} people voted without an opinion on anything.", results.abstained)}</p>`,
    results.entered > 0 && html`<p class="small quiet">${n("{count} of {voted} votes was entered by a scribe.", "{count} of {voted} votes were entered by a scribe.", results.entered, { voted: results.voted })}</p>`,
  ].filter(Boolean);
  return html`<div class="stack tight remarks">${remarks}</div>`;
}

const textOf = (results, cell) => results.ballot.criteria.find((one) => one.id === cell.criterion)?.text ?? "";
const short = (/** @type {string} */ text) => (text.length > 60 ? `${text.slice(0, 58).trimEnd()} …` : text);

const Row = memo(function Row({ room, board, me, results, row, proposal, lane, both, promoted, tick }) {
  const { kind } = results.ballot;
  const theirs = row.by_organisation;
  const most = mostOf(results);
  const cell = kind === "scale" && results.ballot.criteria.length === 0 ? results.criteria.find((one) => one.proposal === row.proposal) : null;
  const reasons = results.reasons.filter((one) => one.proposal === row.proposal);
  const parts = proposal.made_of.map((id) => board.proposals[id]).filter((part) => part?.text && part.merged_into === proposal.id);
  return html`
    <li class="result ${row.rank === 1 && row.score > 0 ? "first" : ""}" data-proposal=${row.proposal}>
      <span class="rank serif figures" aria-hidden="true">${rankLabel(row)}</span>
      <div class="result-body">
        <span class="unseen">${rankWords(row)}</span>
        ${lane && html`<p class="eyebrow" dir="auto">${lane}</p>`}
        <${Words} class="result-text" text=${proposal.text} />
        ${row.withheld
          ? html`<p class="small quiet">${t("Withheld: fewer than three people have an opinion on this.")}</p>`
          : html`
            <${Bar} kind=${kind} row=${row} most=${most} points=${results.ballot.anchors.length} />
            ${both && theirs?.organisations > 0 && html`<div class="theirs"><${Bar} kind="organisations" row=${theirs} most=${most} points=${kind === "scale" ? results.ballot.anchors.length : 0} /></div>`}
            <p class="small quiet figures">${scoreWords(kind, row)} ${row.voters > 0 && kind !== "scale" ? fromVoters(row.voters) : ""}${both && theirs?.organisations > 0 ? html` · ${orgWords(theirs)}` : ""}</p>
            <${Certainty} row=${row} kind=${kind} />`}
        ${cell && !cell.withheld && cell.n > 0 && html`<${Histogram} anchors=${results.ballot.anchors} counts=${cell.counts} title=${proposal.text} />`}
        ${kind === "consent" && row.voters > 0 && html`<p><span class="tag ${row.passed ? "ok" : "warn"}">${row.passed ? html`${icon("check")} ${t("Nobody objects")}` : html`${icon("warn")} ${n("{count} objection", "{count} objections", row.object)}`}</span></p>`}
        ${reasons.length > 0 && html`
          <ul class="reasons small">${reasons.map((one, place) => html`<li key=${place}><strong>${CONSENT().find(([value]) => value === one.value)?.[1]}:</strong> <span dir="auto">${one.reason}</span></li>`)}</ul>`}
        ${parts.length > 0 && html`<details class="lineage small"><summary>${n("Merged from {count} proposal", "Merged from {count} proposals", parts.length)}</summary><ul>${parts.map((part) => html`<li key=${part.id} dir="auto">${part.text}</li>`)}</ul></details>`}
        ${results.voters?.[row.proposal] && html`<${Voters} ballot=${results.ballot} said=${results.voters[row.proposal]} />`}
        <div class="row">
          ${tick}
          ${promoted && html`<span class="tag ok">${icon("star")} ${t("Conclusion of the day")}</span>`}
          ${may(board, me, "conclusion.promote") && !promoted && html`<${PromoteButton} board=${board} proposal=${proposal} />`}
          <${Comments} room=${room} proposal=${proposal} />
          ${may(board, me, "proposal.hide") && proposal.kind !== "given" && html`<${HideButton} room=${room} proposal=${proposal} />`}
        </div>
      </div>
    </li>`;
});

/** @param {any} theirs  the tally of the organisations */
export const orgWords = (theirs) =>
  n("place {rank} with {count} organisation", "place {rank} with {count} organisations", theirs.organisations, { rank: theirs.tied ? `=${theirs.rank}` : theirs.rank }) +
  (theirs.split > 0 ? `, ${n("{count} of them split", "{count} of them split", theirs.split)}` : "");

/** What the place and the score leave out: how certain, how far apart. */
function Certainty({ row, kind }) {
  const said = [];
  if (row.could && row.could[0] !== row.could[1] && row.voters > 0) said.push(t("could be place {best} to {worst} if one person had voted otherwise", { best: row.could[0], worst: row.could[1] }));
  if (row.divided >= 0.5) said.push(t("divided"));
  if (row.spread > 0 && kind === "scale") said.push(t("the middle half is {spread} apart", { spread: row.spread }));
  if (row.dissent > 0 && kind !== "ranking") said.push(t("{share} against", { share: percent(row.dissent) }));
  return said.length ? html`<p class="small quiet certainty">${said.join(" · ")}</p>` : null;
}

function Voters({ ballot, said }) {
  const people = usePeople();
  return html`
    <details class="small"><summary>${t("Who voted how")}</summary>
      <ul>${said.map(({ person, criterion, value }) => html`<li key="${person}${criterion}"><bdi>${people[person]?.name ?? ""}</bdi>: ${words(ballot, value)}</li>`)}</ul></details>`;
}

function Earlier({ board, round }) {
  return html`
    <details class="panel">
      <summary>${t("Round {round}", { round: round.round })} · <span class="figures">${turnout(round)}</span></summary>
      <ol class="stack tight earlier">
        ${round.ranked.filter((row) => board.proposals[row.proposal]?.text).map((row) => html`<li key=${row.proposal}><span class="figures">${rankLabel(row)}</span> <span dir="auto">${board.proposals[row.proposal].text}</span></li>`)}
      </ol>
    </details>`;
}

/** When this was counted, and for who steers a second count. */
function Counted({ room, board, me, results }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const again = guard(async () => {
    const reply = await act("ballot.recount");
    if (reply.ok) toast(reply.agrees ? t("The second count gives the same.") : t("The second count differs. Ask whoever runs this server to look at its log."), reply.agrees ? {} : { kind: "refused" });
  });
  return html`
    <div class="row apart counted">
      <p class="small quiet figures">${results.counted_at ? t("Counted from the stored votes at {time}.", { time: time(results.counted_at) }) : ""} ${results.recounted_at ? t("Recounted at {time}: the same.", { time: time(results.recounted_at) }) : ""}</p>
      ${may(board, me, "ballot.recount") && html`<button type="button" class="button plain" aria-disabled=${busy ? "true" : null} onClick=${again}>${t("Count again")}</button>`}
    </div>`;
}

/** @param {{voted: number, electors: number}} results */
export const turnout = ({ voted, electors }) =>
  n("{voted} of {count} person voted ({share})", "{voted} of {count} people voted ({share})", electors, { voted, share: percent(electors ? voted / electors : 0) });
