// A group's board. The open step decides what is on the page; the server's `can` decides which buttons are.

import { n, t } from "../i18n.js";
import { may, useApp, useRoom, useWatch } from "./app.js";
import { BoardPictures } from "./boardpictures.js";
import { Checks } from "./check.js";
import { Cluster } from "./cluster.js";
import { Collect } from "./collect.js";
import { Draft } from "./draft.js";
import { html } from "./html.js";
import { Lines } from "./lines.js";
import { LateBucket } from "./late.js";
import { MergedNotice } from "./lineage.js";
import { LockBanner, LockButton } from "./lock.js";
import { Trash } from "./moderation.js";
import { Parked } from "./parking.js";
import { Presence } from "./people.js";
import { Plan } from "./plan.js";
import { standing } from "./proposals.js";
import { Pulse } from "./pulse.js";
import { DayLink } from "./ratify.js";
import { Results } from "./results.js";
import { TableNow } from "./rotation.js";
import { Share } from "./share.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { SignalDesk, Signals } from "./signals.js";
import { Spotlight } from "./spotlight.js";
import { Steady } from "./steady.js";
import { Steering } from "./steering.js";
import { currentStep, Instruction, Stepper } from "./stepper.js";
import { Timer } from "./timer.js";
import { Vote } from "./vote.js";
import { GroupName, tint } from "./words.js";
import { useLane, Writing } from "./writing.js";

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
      <${TableNow} event=${event} board=${board.id} />
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
            <${DayLink} day=${board.day} />
          </div>
          <${Signals} ...${view} />
          ${may(board, me, "step.open") && html`<${SignalDesk} ...${view} /><${Steering} ...${view} />`}
          <${LockButton} ...${view} />
          ${may(board, me, "activity.choose") && html`<a class="small" href="${boot.urls.activities}?board=${board.id}">${t("Change this activity")}</a>`}
        </div>
        <div class="board-main stack">
          <${Steady}>
            <${LockBanner} ...${view} />
            <${Spotlight} ...${view} />
            <${Checks} ...${view} />
            <${LateBucket} ...${view} />
            <${StepView} ...${view} />
          <//>
          <${BoardPictures} board=${board} event=${event} />
          <${Parked} ...${view} />
          ${may(board, me, "proposal.restore") && html`<${Trash} ...${view} />`}
          <${SampleNote} text=${event?.sample} />
        </div>
      </div>
    <//>`;
}

/** A new ballot is heard of before one's own part in it: until then there are no votes, rather than those of the last one. */
const ofThisBallot = (board, me) => (board.ballot && me.ballot !== board.ballot.id ? { ...me, votes: {}, reasons: {}, left: null, elector: null } : me);

/** The instruction of the current step, and what can be done in it. @param {{room: string, board: any, me: any, step: any}} view */
export function StepView(view) {
  const [lane, onLane] = useLane(view.room, view.board);
  return html`
    <${Instruction} board=${view.board} />
    <${MergedNotice} board=${view.board} me=${view.me} />
    <${Writing} ...${view} lane=${lane} onLane=${onLane} />
    <${Content} ...${view} lane=${lane} onLane=${onLane} />`;
}

/** A kind of step and its view; a kind without one has its instruction alone. */
const STEPS = { collect: Collect, cluster: Cluster, vote: Vote, pulse: Pulse, reveal: Results, lines: Lines, share: Share, draft: Draft, plan: Plan };

function Content(view) {
  if (!view.step) return null;
  const Step = STEPS[view.step.kind];
  if (Step && (view.step.kind !== "reveal" || view.board.results)) return html`<${Step} ...${view} />`;
  return html`<p class="quiet">${n("{count} proposal on this board", "{count} proposals on this board", standing(view.board).length)}</p>`;
}
