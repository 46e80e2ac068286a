// A group's board. The open step decides what is on the page; the server's `can` decides which buttons are.

import { n, t } from "../i18n.js";
import { may, urlFor, useApp, useRoom, useWatch } from "./app.js";
import { Cluster } from "./cluster.js";
import { Collect } from "./collect.js";
import { Draft } from "./draft.js";
import { html } from "./html.js";
import { Lines } from "./lines.js";
import { HiddenList } from "./moderation.js";
import { Presence } from "./people.js";
import { Plan } from "./plan.js";
import { standing } from "./proposals.js";
import { Pulse } from "./pulse.js";
import { Results } from "./results.js";
import { Share } from "./share.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { Steering } from "./steering.js";
import { currentStep, Instruction, Stepper } from "./stepper.js";
import { Timer } from "./timer.js";
import { Vote } from "./vote.js";
import { GroupName, tint } from "./words.js";

export function Board() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const eventRoom = `event:${boot.event}`;
  useWatch(room?.state ? [eventRoom, `day:${room.state.day}`] : [eventRoom]);
  const steers = boot.role === "facilitator" || boot.role === "organiser";
  const back = steers ? { href: boot.urls.cockpit, label: t("Cockpit") } : { href: boot.urls.home, label: t("Lobby") };
  if (!room?.state || !room.me) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;

  const { state: board } = room;
  const me = ofThisBallot(board, room.me);
  const event = client.room(eventRoom)?.value?.state;
  const step = currentStep(board);
  const view = { room: boot.room, board, me, step };
  return html`
    <${Shell} back=${back} timer=${html`<${Timer} timer=${board.timer} />`} width="wide" kind="board ${tint(event?.groups[board.group]?.number)}">
      <header class="board-head stack tight">
        <p class="eyebrow" dir="auto">${board.title}</p>
        <${GroupName} as="h1" name=${board.group_name} number=${event?.groups[board.group]?.number} />
        ${board.prompt && html`<p class="lead prompt" dir="auto">${board.prompt}</p>`}
      </header>
      <div class="board-body ${may(board, me, "step.open") ? "steered" : ""}">
        <div class="board-side stack">
          <${Stepper} board=${board} />
          <div class="row apart board-links">
            <${Presence} room=${boot.room} />
            <a class="small" href=${urlFor(boot.urls.day, board.day)}>${t("Conclusions of the day")}</a>
          </div>
          ${may(board, me, "step.open") && html`<${Steering} ...${view} />`}
          ${may(board, me, "activity.choose") && html`<a class="small" href="${boot.urls.activities}?board=${board.id}">${t("Change this activity")}</a>`}
        </div>
        <div class="board-main stack">
          <${StepView} ...${view} />
          ${may(board, me, "proposal.restore") && html`<${HiddenList} ...${view} />`}
          <${SampleNote} text=${event?.sample} />
        </div>
      </div>
    <//>`;
}

/** A new ballot is heard of before one's own part in it: until then there are no votes, rather than those of the last one. */
const ofThisBallot = (board, me) => (board.ballot && me.ballot !== board.ballot.id ? { ...me, votes: {}, reasons: {}, left: null, elector: null } : me);

/** The instruction of the current step, and what can be done in it. @param {{room: string, board: any, me: any, step: any}} view */
export const StepView = (view) => html`<${Instruction} board=${view.board} /><${Content} ...${view} />`;

/** A kind of step and its view; a kind without one has its instruction alone. */
const STEPS = { collect: Collect, cluster: Cluster, vote: Vote, pulse: Pulse, reveal: Results, lines: Lines, share: Share, draft: Draft, plan: Plan };

function Content(view) {
  if (!view.step) return null;
  const Step = STEPS[view.step.kind];
  if (Step && (view.step.kind !== "reveal" || view.board.results)) return html`<${Step} ...${view} />`;
  return html`<p class="quiet">${n("{count} proposal on this board", "{count} proposals on this board", standing(view.board).length)}</p>`;
}
