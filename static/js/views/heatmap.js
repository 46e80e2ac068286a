// Alignment at a glance: items by criteria (by groups), each cell with its median, spread and number. What fewer than
// three people say is withheld. One press on a cell opens what was said to the item.

import { number, t } from "../i18n.js";
import { may, useApp } from "./app.js";
import { CommentList, commentsOn } from "./comments.js";
import { Dialog } from "./dialog.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { PromoteDialog } from "./promote.js";
import { tint } from "./words.js";

/** @param {{boards: {room: string, board: any, me?: any, number?: number}[], large?: boolean}} props */
export function Heatmap({ boards, large = false }) {
  const [asked, ask] = useState(/** @type {any} */ (null));
  const [promoting, promote] = useState(/** @type {any} */ (null));
  const first = boards[0]?.board;
  if (!first?.results?.criteria) return null;
  const { criteria, anchors } = first.results.ballot;
  const columns = criteria.length ? criteria : [{ id: "", title: t("Rating") }];
  const items = itemsOf(boards);
  const cells = boards.map(({ board }) => new Map((board.results?.criteria ?? []).map((cell) => [`${keyOf(board, cell.proposal)} ${cell.criterion}`, cell])));
  return html`
    <div class="heatmap-frame" tabindex="0" role="group" aria-label=${t("Alignment")}>
      <table class="heatmap ${large ? "large" : ""}">
        <caption class="unseen">${t("Median of the ratings, with their spread and number")}</caption>
        <thead>
          ${boards.length > 1 && html`<tr><td></td>${columns.map((one) => html`<th key=${one.id} scope="colgroup" colspan=${boards.length} dir="auto">${one.title}</th>`)}</tr>`}
          <tr><th scope="col"><span class="unseen">${t("Item")}</span></th>
            ${columns.flatMap((one) => boards.map(({ board, number: place }, b) => html`
              <th key="${one.id}-${b}" scope="col" class=${boards.length > 1 ? tint(place) : ""} dir="auto">${boards.length > 1 ? html`<span class="group-name ${tint(place)}">${board.group_name}</span>` : one.title}</th>`))}
          </tr>
        </thead>
        <tbody>
          ${items.map(({ key, text }) => html`
            <tr key=${key}>
              <th scope="row" dir="auto">${text}</th>
              ${columns.flatMap((one) => boards.map(({ board, room }, b) => html`<${Cell} key="${one.id}-${b}" cell=${cells[b].get(`${key} ${one.id}`)} points=${anchors.length} anchors=${anchors}
                comments=${commentsOn(board, proposalOf(board, key)?.id).length} onAsk=${large ? null : () => ask({ room, item: key, criterion: one })} />`))}
            </tr>`)}
        </tbody>
      </table>
    </div>
    <p class="legend small quiet" aria-hidden="true">${anchors.map((anchor, place) => html`<span key=${place}><i style=${heat(place + 1, anchors.length)}></i> ${place + 1} <bdi>${anchor}</bdi></span>`)}</p>
    ${asked && html`<${Talk} ...${asked} boards=${boards} onPromote=${(/** @type {any} */ what) => (ask(null), promote(what))} onClose=${() => ask(null)} />`}
    ${promoting && html`<${PromoteDialog} ...${promoting} onClose=${() => promote(null)} />`}`;
}

function Cell({ cell, points, anchors, comments, onAsk }) {
  if (!cell || (!cell.withheld && cell.n === 0)) return html`<td class="cell none"><span class="quiet">–</span></td>`;
  if (cell.withheld) return html`<td class="cell none"><span class="small quiet">${t("fewer than 3")}</span></td>`;
  const label = t("Median {median}, {anchor}; half of the ratings from {q1} to {q3}; {n} people", {
    median: cell.median, anchor: anchors[Math.round(cell.median) - 1] ?? "", q1: cell.q1, q3: cell.q3, n: cell.n,
  });
  const inside = html`
    <span class="unseen">${label}</span>
    <b class="figures" aria-hidden="true">${number(cell.median)}</b>
    <span class="cell-spread small figures" aria-hidden="true">${number(cell.q1)}–${number(cell.q3)} · n ${cell.n}</span>
    ${comments > 0 && html`<span class="cell-comments small">${t("{count} said", { count: comments })}</span>`}`;
  return html`<td class="cell" style=${heat(cell.median, points)}>${onAsk ? html`<button type="button" class="cell-button" onClick=${onAsk}>${inside}</button>` : html`<div class="cell-button">${inside}</div>`}</td>`;
}

/** One hue, from hardly any of it to all of it. The ink on it changes where the paper gets too dark. */
const heat = (/** @type {number} */ value, /** @type {number} */ points) => {
  const share = points > 1 ? (value - 1) / (points - 1) : 0;
  return { "--heat": `${Math.round(8 + share * 52)}%` };
};

function Talk({ room, item: key, criterion, boards, onPromote, onClose }) {
  const { client } = useApp();
  const known = client.room(room)?.value;
  const board = known?.state ?? boards.find((one) => one.room === room)?.board;
  const item = proposalOf(board, key);
  if (!item) return null;
  const promote = () => onPromote({ board, things: [{ source: { proposal: item.id, criterion: criterion.id }, text: `${item.text}: ${criterion.title}` }] });
  return html`
    <${Dialog} title=${item.text} submit=${t("Done")} onSubmit=${onClose} onClose=${onClose}>
      ${commentsOn(board, item.id).length === 0 && html`<p class="quiet">${t("Nobody has said anything to this yet.")}</p>`}
      ${known?.me && html`<${CommentList} room=${room} board=${board} me=${known.me} proposal=${item} />`}
      ${criterion.id && may(board, known?.me, "conclusion.promote") && html`<div><button type="button" class="button" onClick=${promote}>${icon("star")} ${t("Promote this rating")}</button></div>`}
    <//>`;
}

const keyOf = (board, id) => board.proposals[id]?.key ?? id;
const proposalOf = (board, key) => Object.values(board.proposals).find((card) => (card.key ?? card.id) === key);

function itemsOf(boards) {
  const found = new Map();
  for (const { board } of boards) {
    for (const cell of board.results?.criteria ?? []) {
      const key = keyOf(board, cell.proposal);
      if (!found.has(key)) found.set(key, { key, text: board.proposals[cell.proposal]?.text ?? "" });
    }
  }
  return [...found.values()];
}
