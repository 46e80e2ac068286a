// What is on the stage, as data: its words and its pages; and how it reads on a phone, where one can scroll.

import { t } from "../i18n.js";
import { sessionOn } from "./agenda.js";
import { useApp, useWatch } from "./app.js";
import { Bar } from "./bar.js";
import { Histogram } from "./chart.js";
import { Heatmap } from "./heatmap.js";
import { html } from "./html.js";
import { kindName } from "./kinds.js";
import { GroupName, mostOf, rankLabel, rankWords, scoreWords, tint, Words } from "./words.js";

const WIDE = 74; //  letters of the smallest size that go into a line of the projector
const LINES = 12; // lines of that size that go onto it
const RATED = 6; //  rows of a map that go onto it

/** @returns {{what: string, of: string}} what it is, and of whom or what */
export function cueWords(event, cue) {
  const group = event.groups[cue.group]?.name ?? "";
  const day = event.days.find(({ id }) => id === cue.day);
  switch (cue.view) {
    case "lines": return { what: t("Final lines"), of: group };
    case "results": return { what: t("Results"), of: group };
    case "proposal": return { what: t("A proposal"), of: group };
    case "conclusions": return { what: t("Conclusions"), of: day ? t("Day {number}", { number: day.number }) : "" };
    case "conclusion": return { what: kindName(cue.content?.kind ?? "conclusion"), of: day ? t("Day {number}", { number: day.number }) : "" };
    case "join": return { what: t("Join code"), of: "" };
    case "gallery": return { what: t("Gallery"), of: "" };
    default: return { what: t("What is on now"), of: sessionOn(event)?.title ?? "" };
  }
}

/** A cue's results as if they were a board's, for the map that is drawn of boards. @param {any} cue @param {any[]} [only]  these proposals of it */
export function boardOf(cue, only) {
  const { group_name, proposals, results } = cue.content;
  const shown = new Set((only ?? proposals).map(({ id }) => id));
  const criteria = results.criteria?.filter((cell) => shown.has(cell.proposal));
  return { group_name, results: { ...results, criteria }, proposals: Object.fromEntries(proposals.map((card) => [card.id, card])), comments: {} };
}

/** How its results are drawn: as a map of ratings, as the answers to one question, or as places. */
export function drawing({ results }) {
  if (results.ballot.kind !== "scale") return "places";
  if (results.ballot.criteria.length > 0) return "map";
  return results.ranked.length === 1 ? "question" : "places";
}

/** The rows of a result that say something. */
export const rowsOf = (content) => content.results.ranked.filter((row) => row.dots !== 0 || row.against > 0);

/**
 * What of a cue goes onto one screen, page by page. The same everywhere, so that who turns and who looks mean the same.
 *
 * @param {any} cue @param {any[]} conclusions  those of the cue's day
 * @returns {any[][]} at least one page; its items are proposals, rows of a result, or conclusions
 */
export function pagesOf(cue, conclusions = []) {
  const { content } = cue;
  if (cue.view === "conclusions") return split(conclusions, ({ wording }) => linesOf(wording) + 1.2);
  if (!content?.proposals) return [[]];
  if (!content.results) return split(content.proposals, ({ text }) => linesOf(text) + 0.6);
  const texts = new Map(content.proposals.map(({ id, text }) => [id, text]));
  if (drawing(content) === "question") return [content.results.ranked];
  if (drawing(content) === "map") return chunks(content.proposals, RATED);
  return split(rowsOf(content), ({ proposal }) => linesOf(texts.get(proposal) ?? "") + 1.4);
}

/** The page that is on show: the last one, where somebody has turned too far. */
export const pageOf = (cue, pages) => Math.min(cue.page ?? 0, pages.length - 1);

const linesOf = (/** @type {string} */ text) => text.split("\n").reduce((sum, part) => sum + Math.max(1, Math.ceil(part.length / WIDE)), 0);

function split(items, cost) {
  /** @type {any[][]} */
  const pages = [[]];
  let room = LINES;
  for (const item of items) {
    if (cost(item) > room && pages.at(-1)?.length) {
      pages.push([]);
      room = LINES;
    }
    pages.at(-1)?.push(item);
    room -= cost(item);
  }
  return pages;
}

const chunks = (items, size) => Array.from({ length: Math.max(1, Math.ceil(items.length / size)) }, (_, at) => items.slice(at * size, (at + 1) * size));

/** The conclusions of the cue's day, where it is about all of them. @param {any} cue @returns {any[]} */
export function useConclusions(cue) {
  const { client } = useApp();
  const room = cue?.view === "conclusions" ? `day:${cue.day}` : "";
  useWatch(room ? [room] : [], { away: true });
  return room ? (client.room(room)?.value?.state?.conclusions ?? []) : [];
}

/** All of it, to read on one's own screen. @param {{event: any, cue: any}} props */
export function StageView({ event, cue }) {
  const conclusions = useConclusions(cue);
  const { what, of } = cueWords(event, cue);
  const number = event.groups[cue.group]?.number;
  return html`
    <div class="stage-view stack ${cue.group ? tint(number) : ""}">
      <div class="stack tight">
        <p class="eyebrow">${what}</p>
        ${of && (cue.group ? html`<${GroupName} as="h2" name=${of} number=${number} />` : html`<h2 dir="auto">${of}</h2>`)}
      </div>
      <${Content} event=${event} cue=${cue} conclusions=${conclusions} />
    </div>`;
}

function Content({ event, cue, conclusions }) {
  const { content } = cue;
  if (cue.view === "join") return html`<p class="code big-code">${event.join_code}</p>`;
  if (cue.view === "conclusions") return html`<ol class="stage-list stack">${conclusions.map((one) => html`<li key=${one.id} class="stack tight"><p class="eyebrow">${kindName(one.kind)}</p><${Words} class="serif" text=${one.wording} /></li>`)}</ol>`;
  if (content?.wording) return html`<${Words} class="serif lead" text=${content.wording} />`;
  if (!content?.proposals) return html`<p class="quiet">${t("It is on the screen in the room.")}</p>`;
  if (content.results) return html`<${Result} cue=${cue} />`;
  return html`<ol class="stage-list stack">${content.proposals.map(({ id, text }) => html`<li key=${id}><${Words} class="serif" text=${text} /></li>`)}</ol>`;
}

function Result({ cue }) {
  const board = boardOf(cue);
  const how = drawing(cue.content);
  if (how === "map") return html`<${Heatmap} boards=${[{ room: "", board }]} large />`;
  if (how === "question") return html`<${Question} board=${board} />`;
  return html`<ol class="stage-list stack">${rowsOf(cue.content).map((row) => html`<${Place} key=${row.proposal} board=${board} row=${row} />`)}</ol>`;
}

/** One question, and how many gave which answer. */
export function Question({ board }) {
  const { criteria, ranked, ballot } = board.results;
  const text = board.proposals[ranked[0]?.proposal]?.text ?? "";
  const cell = criteria?.[0];
  return html`
    <p class="stage-text serif" dir="auto">${text}</p>
    ${cell && !cell.withheld ? html`<${Histogram} anchors=${ballot.anchors} counts=${cell.counts} title=${text} />` : html`<p class="quiet">${t("Fewer than three people have answered.")}</p>`}`;
}

/** A place of a result: which, what, and how much. */
export function Place({ board, row }) {
  const { kind, anchors } = board.results.ballot;
  return html`
    <li class="stage-place">
      <span class="rank serif figures" aria-hidden="true">${rankLabel(row)}</span><span class="unseen">${rankWords(row)}</span>
      <div><p class="stage-text" dir="auto">${board.proposals[row.proposal]?.text}</p>
        ${row.withheld ? html`<p class="stage-score quiet">${t("Withheld: fewer than three people have an opinion on this.")}</p>`
          : html`<div class="stage-score"><${Bar} kind=${kind} row=${row} most=${mostOf(board.results)} points=${anchors.length} /><span class="figures">${scoreWords(kind, row)}</span></div>`}</div>
    </li>`;
}
