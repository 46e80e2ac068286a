// Ranking: one's own order beside what is not in it yet. Buttons do everything; the order is sent as a whole.

import { n, t } from "../i18n.js";
import { useApp, usePending } from "./app.js";
import { BallotBar } from "./ballotbar.js";
import { html, useRef } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { isItem, standing } from "./proposals.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any, votes: boolean}} props */
export function Ranking({ room, board, me, votes }) {
  const { client } = useApp();
  const pending = usePending(room).filter(({ name }) => name === "vote.rank");
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const { ballot } = board;
  const items = standing(board, ballot.of.kind).filter((card) => isItem(ballot, card));
  const known = new Map(items.map((card) => [card.id, card]));
  const order = (pending.at(-1)?.args.order ?? stored(me.votes)).filter((id) => known.has(id));
  const rest = items.filter(({ id }) => !order.includes(id));
  const refused = pending.find(({ state }) => state === "refused");

  const rank = (/** @type {string[]} */ now, /** @type {string} */ focus = "") => {
    if (refused) client.discard(refused.id);
    client.send(room, "vote.rank", { order: now });
    if (focus) requestAnimationFrame(() => /** @type {HTMLElement | null} */ (list.current?.querySelector(`[data-focus="${focus}"]`))?.focus());
  };
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    const now = [...order];
    now.splice(to, 0, ...now.splice(from, 1));
    rank(now, `${order[from]}-${to < from ? "up" : "down"}`);
  };
  return html`
    <div class="ranking" ref=${list}>
      <section class="stack" aria-labelledby="my-order">
        <h2 id="my-order">${t("Your order")}</h2>
        ${order.length === 0 && html`<p class="quiet">${t("Add what you find best first.")}</p>`}
        <ol class="ranked">
          ${order.map((id, place) => html`
            <li key=${id} class="card ranked-item">
              <span class="rank serif figures" aria-hidden="true">${place + 1}</span>
              <${Words} text=${known.get(id)?.text} />
              ${votes && html`
                <span class="row rank-buttons">
                  <button type="button" class="button" data-focus="${id}-up" aria-disabled=${place === 0 ? "true" : null} aria-label=${t("Up: {text}", { text: known.get(id)?.text })} onClick=${() => place > 0 && move(place, place - 1)}>${icon("up")}</button>
                  <button type="button" class="button" data-focus="${id}-down" aria-disabled=${place === order.length - 1 ? "true" : null} aria-label=${t("Down: {text}", { text: known.get(id)?.text })} onClick=${() => place < order.length - 1 && move(place, place + 1)}>${icon("down")}</button>
                  <button type="button" class="button plain" aria-label=${t("Take out of the order: {text}", { text: known.get(id)?.text })} onClick=${() => rank(order.filter((one) => one !== id))}>${icon("over")}</button>
                </span>`}
            </li>`)}
        </ol>
        ${refused && html`<${PendingNote} command=${refused} />`}
      </section>
      ${rest.length > 0 && html`
        <section class="stack" aria-labelledby="not-ranked">
          <h2 id="not-ranked">${t("Not in your order")}</h2>
          <ul class="stack tight">
            ${rest.map((card) => html`
              <li key=${card.id} class="card ranked-item">
                <${Words} text=${card.text} />
                ${votes && html`<button type="button" class="button" aria-label=${t("Add to your order: {text}", { text: card.text })} onClick=${() => rank([...order, card.id])}>${n("Add as number {count}", "Add as number {count}", order.length + 1)}</button>`}
              </li>`)}
          </ul>
        </section>`}
    </div>
    <${BallotBar} ballot=${ballot} me=${me}><p aria-live="polite"><strong class="figures">${t("You have ranked {answered} of {of}", { answered: order.length, of: items.length })}</strong></p><//>`;
}

/** @param {Record<string, Record<string, number>>} votes @returns {string[]} */
const stored = (votes) => Object.keys(votes).sort((a, b) => votes[a][""] - votes[b][""]);
