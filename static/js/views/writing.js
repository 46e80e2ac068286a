// Where people write, from the step that asks for it to the minute after its end and beyond: one field in one place, so
// that no clock and no step ends a sentence.

import { n, t } from "../i18n.js";
import { may, useApp, usePending } from "./app.js";
import { Composer } from "./composer.js";
import { CopyButton } from "./copy.js";
import { html, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { MyLate } from "./late.js";
import { lockedOut } from "./lock.js";
import { PendingPost } from "./pending.js";
import { posts } from "./proposals.js";
import { useNow } from "./timer.js";
import { Words } from "./words.js";

const DRAFTS = { collect: "post", lines: "line" };

/** The lane that is written in, and on a phone the only one in sight. @returns {[string | null, (id: string) => void]} */
export function useLane(/** @type {string} */ room, /** @type {any} */ board) {
  const { client } = useApp();
  const [lane, setLane] = useState(() => client.drafts.draft(`lane:${room}`));
  const known = board.lanes.some((/** @type {any} */ one) => one.id === lane) ? lane : (board.lanes[0]?.id ?? null);
  return [known, (id) => (setLane(id), client.drafts.saveDraft(`lane:${room}`, id))];
}

/** @param {{room: string, board: any, me: any, step: any, lane: string | null, onLane: (id: string) => void}} props */
export function Writing({ room, board, me, step, lane, onLane }) {
  const { client } = useApp();
  const pending = posts(board, usePending(room));
  const stayed = useRef(/** @type {any} */ (null)); // the step that one goes on writing for
  const wasOpen = useRef(false);
  const [, look] = useState(0);
  const locked = lockedOut(board, me, "proposal.post");
  const open = step?.kind === "collect" && (may(board, me, "proposal.post") || locked);
  const grace = board.grace && me.member && !open ? board.grace : null;
  const ended = grace && board.activity.steps.find((/** @type {any} */ one) => one.id === grace.step);
  const draftOf = (/** @type {any} */ one) => `${DRAFTS[one?.kind] ?? "post"}:${room}`;
  const unsent = (/** @type {any} */ one) => client.drafts.draft(draftOf(one)) !== "";
  const left = grace ? grace.until - client.now() : 0;
  // What another step takes by now is not late any more, and would be something else in it.
  const running = left > 0 && !(board.can.facilitator ?? []).includes("proposal.post");

  if (open) stayed.current = step;
  else if (running && unsent(ended)) stayed.current = ended;
  else if (wasOpen.current && !unsent(stayed.current)) stayed.current = null;
  wasOpen.current = open;
  const writes = stayed.current;
  const phase = open ? "open" : !writes ? null : running && writes.id === ended?.id ? "late" : "kept";
  useNow(client, phase === "late"); // the seconds that are left
  const over = () => ((stayed.current = null), look((times) => times + 1));
  const written = me.own.filter((/** @type {string} */ id) => counts(board.proposals[id] ?? me.mine[id])).length + pending.length;
  const full = open && step.limit && written >= step.limit;

  return html`
    ${phase && !full && html`
      <${Composer} key=${draftOf(writes)} room=${room} draft=${draftOf(writes)} lanes=${writes.kind === "collect" ? board.lanes : []} lane=${lane} onLane=${onLane} step=${writes}
        phase=${phase} left=${left} locked=${locked || (Boolean(board.locked_at) && me.role === "participant")} onSent=${open ? undefined : over} onLeave=${over} />`}
    ${full && html`<p class="notice small" role="status">${n("You have posted {count} proposal, as many as this step asks for. Withdraw one to post another.", "You have posted {count} proposals, as many as this step asks for. Withdraw one to post another.", step.limit)}</p>`}
    ${phase === null && unsent(step?.kind === "lines" ? null : ended) && html`<${Unsent} draft=${draftOf(step?.kind === "lines" ? null : ended)} onLeave=${over} />`}
    <${MyLate} board=${board} me=${me} />
    ${pending.length > 0 && step?.kind !== "collect" && step?.kind !== "lines" && html`<ul class="proposals">${pending.map((command) => html`<${PendingPost} key=${command.id} room=${room} command=${command} />`)}</ul>`}`;
}

/** Does a card of one's own count among those that a step asks for? */
const counts = (card) => card?.kind === "proposal" && card.status !== "withdrawn" && card.status !== "hidden";

/** What was left unsent some time ago waits folded away. */
function Unsent({ draft, onLeave }) {
  const { client } = useApp();
  const text = client.drafts.draft(draft);
  return html`
    <details class="unsent small"><summary>${t("A text of yours was not sent")}</summary>
      <div class="panel stack tight"><${Words} text=${text} />
        <div class="row"><${CopyButton} text=${text} /><button type="button" class="button plain" onClick=${() => (client.drafts.saveDraft(draft, ""), onLeave())}>${icon("trash")} ${t("Discard")}</button></div></div>
    </details>`;
}
