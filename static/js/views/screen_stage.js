// What is on the stage, for the back row: one idea a screen, as large as it fits, page by page where it does not.

import { t } from "../i18n.js";
import { Heatmap } from "./heatmap.js";
import { html, useLayoutEffect, useRef } from "./html.js";
import { kindName } from "./kinds.js";
import { boardOf, cueWords, drawing, pageOf, pagesOf, Place, Question } from "./stage_view.js";
import { GroupName, tint } from "./words.js";

const SIZES = [4.4, 4, 3.6, 3.2, 2.9, 2.6, 2.35, 2.1]; // of the text, in hundredths of the width; 2.1 is 40 px on 1920

/** @param {{event: any, cue: any, conclusions: any[]}} props */
export function StageScreen({ event, cue, conclusions }) {
  const pages = pagesOf(cue, conclusions);
  const page = pageOf(cue, pages);
  const number = event.groups[cue.group]?.number;
  const { what, of } = cueWords(event, cue);
  const map = cue.content?.results && drawing(cue.content) === "map";
  return html`
    <div class="stage-screen ${cue.group ? tint(number) : ""}">
      <header class="stage-head">
        ${of && (cue.group ? html`<${GroupName} as="h1" name=${of} number=${number} />` : html`<h1 dir="auto">${of}</h1>`)}
        <${of ? "p" : "h1"} class="stage-what">${what}<//>
        ${pages.length > 1 && html`<p class="stage-pages figures">${t("Page {page} of {pages}", { page: page + 1, pages: pages.length })}</p>`}
      </header>
      <${Fitted} key="${cue.id} ${cue.shown_at} ${page}" still=${map}><${Body} cue=${cue} conclusions=${conclusions} items=${pages[page]} /><//>
    </div>`;
}

function Body({ cue, conclusions, items }) {
  const { content } = cue;
  if (content?.wording) return html`<p class="stage-text alone serif" dir="auto">${content.wording}</p>`;
  if (cue.view === "conclusions") {
    if (!items.length) return html`<p class="stage-text quiet">${t("There are no conclusions yet.")}</p>`;
    return html`<ol class="stage-items">${items.map((one) => html`
      <li key=${one.id}><span class="place serif figures" aria-hidden="true">${conclusions.indexOf(one) + 1}</span><div><p class="stage-kind">${kindName(one.kind)}</p><p class="stage-text serif" dir="auto">${one.wording}</p></div></li>`)}</ol>`;
  }
  if (!content?.proposals) return null;
  if (!content.results) {
    if (content.proposals.length === 1) return html`<p class="stage-text alone serif" dir="auto">${items[0].text}</p>`;
    return html`<ol class="stage-items">${items.map((one) => html`
      <li key=${one.id}><span class="place serif figures" aria-hidden="true">${content.proposals.indexOf(one) + 1}</span><p class="stage-text serif" dir="auto">${one.text}</p></li>`)}</ol>`;
  }
  const how = drawing(content);
  if (how === "map") return html`<${Heatmap} boards=${[{ room: "", board: boardOf(cue, items) }]} large />`;
  const board = boardOf(cue);
  if (how === "question") return html`<${Question} board=${board} />`;
  if (!items.length) return html`<p class="stage-text quiet">${t("Nobody has voted.")}</p>`;
  return html`<ol class="stage-items">${items.map((row) => html`<${Place} key=${row.proposal} board=${board} row=${row} />`)}</ol>
    <p class="stage-turnout quiet figures">${t("{voted} of {electors} voted", content.results)}</p>`;
}

/** The largest size of text in which everything is on the screen. */
function Fitted({ still, children }) {
  const box = useRef(/** @type {HTMLElement | null} */ (null));
  useLayoutEffect(() => {
    const fit = () => {
      const { current } = box;
      if (!current) return;
      for (const size of SIZES) {
        current.style.setProperty("--size", String(size));
        if (current.scrollHeight <= current.clientHeight) break;
      }
    };
    fit();
    const watching = new ResizeObserver(fit);
    if (box.current) watching.observe(box.current);
    return () => watching.disconnect();
  }, []);
  return html`<div class="stage-body ${still ? "map" : ""}" ref=${box}>${children}</div>`;
}
