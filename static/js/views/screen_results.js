// The projector at the reveal: the first places of each board, a few boards at a time.

import { t } from "../i18n.js";
import { Bar } from "./bar.js";
import { Heatmap } from "./heatmap.js";
import { html, useLayoutEffect, useRef, useState } from "./html.js";
import { SessionScreen } from "./screen_session.js";
import { useTurn } from "./turn.js";
import { PulseChart, questionOf } from "./pulse.js";
import { GroupName, mostOf, rankLabel, rankWords, scoreWords, tint } from "./words.js";

const AT_ONCE = 4;
const ROWS = 6; // as many of them as fit are seen

export function ResultsScreen({ event, session, boards, revealed }) {
  const pages = Math.max(1, Math.ceil(revealed.length / AT_ONCE));
  const page = useTurn(pages);
  if (!revealed.length) return html`<${SessionScreen} event=${event} session=${session} boards=${boards} />`;
  // Groups that have rated the same things are seen side by side.
  if (revealed.every(isMap)) {
    const maps = revealed.map((board) => ({ room: `board:${board.id}`, board, number: event.groups[board.group]?.number }));
    return html`
      <div class="stage-screen">
        <header class="stage-head"><h1 dir="auto">${session.title}</h1><p class="stage-what">${t("Results")}</p></header>
        <div class="stage-body map"><${Heatmap} boards=${maps} large /></div>
      </div>`;
  }
  const shown = revealed.slice(page * AT_ONCE, (page + 1) * AT_ONCE);
  return html`
    <h1 class="unseen">${t("Results")}</h1>
    <ul class="result-boards count-${shown.length}">
      ${shown.map((board) => html`<${BoardResult} key=${board.id} board=${board} number=${event.groups[board.group]?.number} />`)}
    </ul>
    ${pages > 1 && html`<p class="turn quiet figures">${page + 1} / ${pages}</p>`}`;
}

const isMap = (board) => board.results.ballot.kind === "scale" && board.results.ballot.criteria.length > 0;

function BoardResult({ board, number }) {
  const { results } = board;
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const [seen, setSeen] = useState(ROWS);
  useLayoutEffect(() => {
    const rows = /** @type {HTMLElement[]} */ ([...(list.current?.children ?? [])]);
    setSeen(rows.filter((row) => row.offsetLeft === rows[0].offsetLeft).length); // the others have wrapped out of sight
  });
  const asks = results.ballot.kind === "scale" && results.ballot.criteria.length === 0 && results.ranked.length === 1;
  const ranked = results.ranked.filter((row) => board.proposals[row.proposal]?.status === "standing" && (row.dots !== 0 || row.against > 0));
  const most = mostOf(results);
  return html`
    <li class="result-board ${tint(number)}">
      <div class="result-board-head"><${GroupName} as="h2" name=${board.group_name} number=${number} /><p class="quiet figures">${t("{voted} of {electors} voted", results)}${seen < ranked.length ? ` · ${t("{seen} of {all} shown", { seen, all: ranked.length })}` : ""}</p></div>
      ${asks && html`<p class="screen-text" dir="auto">${questionOf(board)?.text}</p><${PulseChart} board=${board} />`}
      <ol ref=${list} hidden=${asks}>
        ${ranked.slice(0, ROWS).map((row) => html`
          <li key=${row.proposal} class="screen-result">
            <span class="rank serif figures" aria-hidden="true">${rankLabel(row)}</span><span class="unseen">${rankWords(row)}</span>
            <div><p class="screen-text" dir="auto">${board.proposals[row.proposal].text}</p>
              <div class="screen-score"><${Bar} kind=${results.ballot.kind} row=${row} most=${most} points=${results.ballot.anchors.length} /><span class="figures">${scoreWords(results.ballot.kind, row)}</span></div></div>
          </li>`)}
      </ol>
    </li>`;
}
