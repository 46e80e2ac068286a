// The collecting step: the proposals by lane, below where they are written. What others add comes at the end of its
// lane, so that nothing moves under a finger: lanes stand side by side on wide screens, and one at a time on a phone.

import { n, t } from "../i18n.js";
import { may, usePending } from "./app.js";
import { html, useEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { lockedOut } from "./lock.js";
import { PendingPost } from "./pending.js";
import { aboutProposals, inOrder, posts } from "./proposals.js";
import { Proposal } from "./proposal.js";
import { many } from "./words.js";

/** @param {{room: string, board: any, me: any, step: any, lane: string | null, onLane: (id: string) => void}} props */
export function Collect({ room, board, me, step, lane, onLane }) {
  const pending = usePending(room);
  const lanes = board.lanes.length ? board.lanes : [{ id: null, title: "" }];
  const shown = useShown(board, me);
  const about = aboutProposals(pending);
  const mine = posts(board, pending);
  const news = useNews(shown, me, mine);
  const moderates = may(board, me, "proposal.hide");
  const others = board.unrevealed - Object.values(me.mine).filter((card) => card.status === "standing").length;

  return html`
    ${step.private && html`<p class="small quiet" role="status">${icon("hide")} ${t("Only you see what you write here until the group opens it.")} ${others > 0 ? n("{count} more was written by others.", "{count} more were written by others.", others) : ""}</p>`}
    ${!may(board, me, "proposal.post") && !lockedOut(board, me, "proposal.post") && board.lanes.length > 1 && html`<${LaneTabs} lanes=${lanes} lane=${lane} onLane=${onLane} />`}
    <div class="lanes lanes-${Math.min(lanes.length, 4)}">
      ${lanes.map(({ id, title }) => {
        const here = shown.filter((proposal) => (proposal.lane ?? null) === id);
        const waiting = mine.filter(({ args }) => (args.lane ?? null) === id);
        return html`
          <section key=${id} class="lane ${id === lane ? "chosen" : ""}" aria-label=${title || t("Proposals")}>
            <h2 class="lane-title"><bdi>${title || t("Proposals")}</bdi> <span class="quiet figures">${here.filter((p) => p.status === "standing").length + waiting.length}</span></h2>
            ${here.length + waiting.length === 0 && html`<p class="quiet small">${t("Nothing here yet.")}</p>`}
            <ul class="proposals ${many(here.length)}">
              ${here.map((proposal) => html`<${Proposal} key=${proposal.id} room=${room} proposal=${proposal} command=${about.get(proposal.id)}
                own=${me.own.includes(proposal.id)} lit=${board.spotlight === proposal.id} parks=${may(board, me, "proposal.park")} text=${me.texts[proposal.id]} edits=${may(board, me, "proposal.edit")} moderates=${moderates} />`)}
              ${waiting.map((command) => html`<${PendingPost} key=${command.id} room=${room} command=${command} />`)}
            </ul>
            <span class="lane-end" data-lane=${id ?? ""} ref=${news.endOf(id)}></span>
          </section>`;
      })}
    </div>
    ${news.count > 0 && html`
      <button type="button" class="button primary news" onClick=${news.show}>${icon("down")} ${n("{count} new proposal", "{count} new proposals", news.count)}</button>`}`;
}

function LaneTabs({ lanes, lane, onLane }) {
  return html`
    <fieldset class="choices lane-tabs">
      <legend class="unseen">${t("Lane")}</legend>
      ${lanes.map(({ id, title }) => html`
        <label key=${id} class="choice"><input type="radio" name="lane-shown" checked=${id === lane} onChange=${() => onLane(id)} /><span dir="auto">${title}</span></label>`)}
    </fieldset>`;
}

/** Standing, hidden and my own withdrawn ones; and what stood here while I looked, lest the rest moves up under my finger. */
function useShown(board, me) {
  const stood = useRef(new Set());
  const own = Object.values(me.mine).filter((card) => !board.proposals[card.id] && card.status !== "late"); // nobody else sees these yet
  return [...inOrder(board), ...own].filter((proposal) => {
    if (proposal.kind !== "proposal" || proposal.status === "merged" || proposal.status === "split" || proposal.status === "parked") return false;
    if (proposal.status === "standing") stood.current.add(proposal.id);
    return proposal.status !== "withdrawn" || me.own.includes(proposal.id) || stood.current.has(proposal.id);
  });
}

/** Counts what others have added below the edge of the screen, until it has been looked at. */
function useNews(shown, me, mine) {
  const known = useRef(/** @type {Set<string> | null} */ (null));
  const ends = useRef(new Map());
  const [unseen, setUnseen] = useState(/** @type {any[]} */ ([]));
  const ids = shown.map(({ id }) => id).join(" ");

  useEffect(() => {
    const before = known.current;
    known.current = new Set(shown.map(({ id }) => id));
    if (!before) return;
    const sent = new Set(mine.map(({ id }) => id));
    const fresh = shown.filter(({ id, lane }) => !before.has(id) && !me.own.includes(id) && !sent.has(id) && isBelow(ends.current.get(lane ?? null)));
    if (fresh.length) setUnseen((all) => [...all, ...fresh]);
  }, [ids]);

  const looked = useRef(/** @type {IntersectionObserver | null} */ (null));
  looked.current ??= new IntersectionObserver((entries) => {
    const lanes = entries.filter((entry) => entry.isIntersecting).map((entry) => /** @type {HTMLElement} */ (entry.target).dataset.lane);
    if (lanes.length) setUnseen((all) => (all.some(({ lane }) => lanes.includes(lane ?? "")) ? all.filter(({ lane }) => !lanes.includes(lane ?? "")) : all));
  });
  useEffect(() => () => looked.current?.disconnect(), []);

  const refs = useRef(new Map());
  const endOf = (/** @type {string | null} */ lane) => {
    if (!refs.current.has(lane)) {
      refs.current.set(lane, (/** @type {HTMLElement | null} */ element) => {
        if (!element) return void ends.current.delete(lane);
        ends.current.set(lane, element);
        looked.current?.observe(element);
      });
    }
    return refs.current.get(lane);
  };
  const show = () => ends.current.get(unseen[0].lane ?? null)?.scrollIntoView({ block: "center" });
  return { count: unseen.length, endOf, show };
}

const isBelow = (/** @type {HTMLElement | undefined} */ end) => {
  const box = end?.getBoundingClientRect();
  return Boolean(end?.offsetParent) && box !== undefined && box.top > innerHeight;
};
