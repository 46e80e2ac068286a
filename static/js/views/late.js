// The late bucket: what came in the minute after its step had ended. Its author sees that it waits; who facilitates
// reads it and lets it in.

import { n, t } from "../i18n.js";
import { may, useAct, useBusy } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { By } from "./people.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** For who facilitates. @param {{room: string, board: any, me: any}} props */
export function LateBucket({ room, board, me }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const cards = Object.values(me.late ?? {}).sort((a, b) => a.number - b.number);
  if (!may(board, me, "proposal.admit")) return null;
  const admit = (/** @type {any[]} */ which) => guard(async () => {
    for (const card of which) if (!(await act("proposal.admit", { proposal: card.id })).ok) return;
    toast(n("{count} late proposal is on the board.", "{count} late proposals are on the board.", which.length));
  });
  return html`
    <div role="status" class="late-status">
      ${cards.length > 0 && html`
        <section class="panel stack tight late" aria-labelledby="late">
          <div class="row apart"><h2 id="late" class="eyebrow">${icon("inbox")} ${n("{count} late proposal", "{count} late proposals", cards.length)}</h2>
            ${cards.length > 1 && html`<button type="button" class="button" aria-disabled=${busy ? "true" : null} onClick=${admit(cards)}>${t("Admit all")}</button>`}</div>
          <ul class="stack tight">
            ${cards.map((card) => html`
              <li key=${card.id} class="row apart" data-proposal=${card.id}>
                <div class="grow">${card.text === null ? html`<p class="quiet small">${t("Its text can be read when the group opens what it wrote in private.")}</p>` : html`<${Words} text=${card.text} /><p class="small quiet"><${By} card=${card} /></p>`}</div>
                <button type="button" class="button" aria-label=${card.text === null ? null : t("Admit “{text}”", { text: card.text })} aria-disabled=${busy ? "true" : null} onClick=${admit([card])}>${icon("check")} ${t("Admit")}</button>
              </li>`)}
          </ul>
        </section>`}
    </div>`;
}

/** For its author. @param {{board: any, me: any}} props */
export function MyLate({ board, me }) {
  const cards = Object.values(me.mine).filter((card) => card.status === "late" && !board.proposals[card.id]);
  return html`
    <div role="status" class="late-status">
      ${cards.length > 0 && html`
        <ul class="proposals">
          ${cards.map((card) => html`
            <li key=${card.id} class="card proposal own waiting" data-proposal=${card.id}>
              <${Words} text=${card.text} /><p class="small quiet">${icon("clock")} ${t("Late – waiting to be admitted")}</p></li>`)}
        </ul>`}
    </div>`;
}
