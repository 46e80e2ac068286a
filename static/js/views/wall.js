// The boards of one session at a glance, and what can be done on one of them or on all at once.

import { n, t } from "../i18n.js";
import { urlFor, useAct, useApp, useBusy, usePresence, useWatch } from "./app.js";
import { Heatmap } from "./heatmap.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { standing } from "./proposals.js";
import { Steering, TimerStart } from "./steering.js";
import { currentStep } from "./stepper.js";
import { Timer } from "./timer.js";
import { toast } from "./toast.js";
import { GroupName, tint } from "./words.js";

/** @param {{event: any, session: any}} props */
export function Wall({ event, session }) {
  const { client } = useApp();
  const rooms = session.boards.map(({ id }) => `board:${id}`);
  useWatch(rooms);
  if (rooms.length === 0) {
    return html`<section class="panel roomy stack tight"><h2 dir="auto">${session.title}</h2><p class="quiet">${t("This session has no boards: everybody is together.")}</p></section>`;
  }
  const boards = rooms.map((room) => ({ room, board: client.room(room)?.value?.state })).filter(({ board }) => board);
  return html`
    <section class="stack" aria-labelledby="wall">
      <div class="row apart">
        <h2 id="wall" dir="auto">${session.id === event.now ? t("Boards") : session.title}</h2>
        <p class="quiet small">${n("{count} board", "{count} boards", rooms.length)}</p>
      </div>
      ${boards.length > 0 && html`<${AllBoards} boards=${boards} />`}
      ${rated(boards).length > 1 && html`<${Heatmap} boards=${rated(boards).map((one) => ({ ...one, number: event.groups[one.board.group]?.number }))} />`}
      <ul class="wall">
        ${session.boards.map(({ id, group }) => html`<${Tile} key=${id} id=${id} group=${event.groups[group]} people=${peopleIn(event, group)} />`)}
      </ul>
    </section>`;
}

/** The groups that have rated by criteria and look at what came of it: they are seen side by side. */
const rated = (boards) => boards.filter(({ board }) => board.results?.ballot.kind === "scale" && board.results.ballot.criteria.length > 0);

/** Everybody is in the plenary without a seat. */
const peopleIn = (event, group) =>
  Object.values(event.people ?? {}).filter((person) => person.role === "participant" && (event.groups[group]?.kind === "plenary" || person.groups.includes(group))).length;

/** @param {{boards: {room: string, board: any}[]}} props */
function AllBoards({ boards }) {
  const { client } = useApp();
  const { busy, guard } = useBusy();
  const steps = [...new Map(boards.flatMap(({ board }) => board.activity.steps.map((step) => [step.id, step]))).values()];
  const everywhere = async (/** @type {{room: string}[]} */ where, /** @type {string} */ name, /** @type {any} */ args, /** @type {(count: number) => string} */ done) => {
    const sent = where.map(({ room }) => ({ room, ...client.send(room, name, args) }));
    const replies = await Promise.all(sent.map((one) => one.done));
    const refused = sent.filter((one, i) => !replies[i].ok);
    refused.forEach((one) => client.discard(one.id));
    if (refused.length) toast(replies.find((reply) => !reply.ok).error.message, { kind: "refused" });
    else toast(done(where.length));
  };
  const openCount = (/** @type {number} */ count) => n("Opened on {count} board.", "Opened on {count} boards.", count);
  const onAll = (/** @type {any} */ step) => boards.every(({ board }) => board.open && board.step === step.id);
  return html`
    <div class="panel all-boards" role="group" aria-label=${t("All boards of this session")}>
      <p class="eyebrow">${t("All boards of this session")}</p>
      <div class="row">
        ${steps.map((step) => html`
          <button key=${step.id} type="button" class="button" aria-current=${onAll(step) ? "step" : null} aria-disabled=${busy ? "true" : null}
            aria-label=${t("Open “{step}” on all boards", { step: step.title })}
            onClick=${guard(() => everywhere(boards.filter(({ board }) => board.activity.steps.some((s) => s.id === step.id)), "step.open", { step: step.id }, openCount))}>
            ${onAll(step) ? icon("check") : icon("play")} <bdi>${step.title}</bdi></button>`)}
        <button type="button" class="button" aria-disabled=${busy ? "true" : null} aria-label=${t("Close the open step on all boards")}
          onClick=${guard(() => everywhere(boards.filter(({ board }) => board.open), "step.close", {}, (count) => n("Closed on {count} board.", "Closed on {count} boards.", count)))}>
          ${icon("stop")} ${t("Close")}</button>
      </div>
      <${TimerStart} label=${t("Timer on all boards")} planned=${steps.find((s) => s.id === boards[0].board.step)?.minutes}
        onStart=${(/** @type {number} */ seconds) => everywhere(boards, "timer.start", { seconds }, (count) => n("Timer started on {count} board.", "Timer started on {count} boards.", count))} />
    </div>`;
}

function Tile({ id, group, people }) {
  const { client, boot } = useApp();
  const room = `board:${id}`;
  const watched = client.room(room)?.value;
  const { count } = usePresence(room);
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [more, setMore] = useState(false);
  const href = urlFor(boot.urls.board, id);
  const name = html`<a class="tile-name" href=${href}><${GroupName} name=${group?.name ?? ""} number=${group?.number} /></a>`;
  if (!watched?.state) return html`<li class="card tile ${tint(group?.number)}"><h3>${name}</h3><p class="quiet small">${watched?.error?.message ?? t("Loading …")}</p></li>`;

  const board = watched.state;
  const step = currentStep(board);
  const at = board.activity.steps.findIndex((one) => one.id === board.step);
  const next = board.activity.steps[at + 1];
  return html`
    <li class="card tile ${tint(group?.number)}">
      <div class="row apart"><h3>${name}</h3><span class="small quiet figures here" title=${t("People on this board now, of its members")}>${icon("people")} ${t("{here} of {people} here", { here: count, people })}</span></div>
      <p class="tile-step"><span class="figures quiet">${Math.max(0, at + 1)}/${board.activity.steps.length}</span> <strong dir="auto">${step?.title ?? t("Not started")}</strong>
        ${step && html` <span class="tag ${board.open ? "on" : ""}">${board.open ? t("open") : t("closed")}</span>`}</p>
      <dl class="tile-figures figures">
        <div><dt>${t("Proposals")}</dt><dd>${standing(board).length}</dd></div>
        <div><dt>${t("Voted")}</dt><dd>${board.ballot ? `${board.ballot.voted}/${board.ballot.electors}` : "–"}</dd></div>
        <div><dt>${t("Timer")}</dt><dd>${board.timer ? html`<${Timer} timer=${board.timer} quiet />` : "–"}</dd></div>
      </dl>
      <div class="row">
        ${next && html`<button type="button" class="button" aria-disabled=${busy ? "true" : null} aria-label="${t("Open")}: ${next.title} – ${group?.name}" onClick=${guard(() => act("step.open", { step: next.id }))}>${icon("play")} <bdi>${next.title}</bdi></button>`}
        ${step?.ballot && board.open && html`<button type="button" class="button" aria-label="${t("Let latecomers vote")} – ${group?.name}" onClick=${guard(() => act("step.open", { step: step.id }))}>${t("Let latecomers vote")}</button>`}
        <button type="button" class="button plain" aria-expanded=${more ? "true" : "false"} aria-label="${t("More")} – ${group?.name}" onClick=${() => setMore(!more)}>${more ? t("Less") : t("More")}</button>
      </div>
      ${more && html`<${Steering} room=${room} board=${board} />`}
    </li>`;
}
