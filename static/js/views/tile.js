// One group on the wall. It is rendered again only when something that it shows has changed: 40 of them share a screen.

import { countdown, list, n, t } from "../i18n.js";
import { dropped } from "../absence.js";
import { urlFor, useAct, useApp, useBusy, usePresence } from "./app.js";
import { html, memo, useState } from "./html.js";
import { icon } from "./icons.js";
import { LeadChoice, LeadLine } from "./lead.js";
import { Silence } from "./silence.js";
import { Sparkline } from "./sparkline.js";
import { Steering } from "./steering.js";
import { useTick } from "./tick.js";
import { LOOK, reading } from "./timer.js";
import { absencesOf, glanceOf } from "./watching.js";
import { GroupName, tint } from "./words.js";

const DROPPED_MS = 5 * 60_000; // whoever has been gone for longer has gone home, or is at another board

/**
 * @param {{id: string, group: string, name: string, number: number, members: any[], lead?: string, leadName?: string,
 *   ticked: boolean, onTick: (board: string) => void}} props  `members`: the same list as long as nobody comes or goes
 */
export const Tile = memo(function GroupTile({ id, group, name, number, members, lead, leadName, ticked, onTick }) {
  const { client, boot } = useApp();
  const room = `board:${id}`;
  const [more, setMore] = useState(false);
  const now = glanceOf(client, room).value;
  return html`
    <li class="card tile ${tint(number)} ${now?.help ? "calling" : ""}" data-group=${group}>
      <div class="tile-head">
        <h3><a class="tile-name" href=${urlFor(boot.urls.board, id)}><${GroupName} name=${name} number=${number} /></a></h3>
        <label class="tick" title=${t("Steer it together with the others that are ticked")}><input type="checkbox" checked=${ticked} onChange=${() => onTick(id)} /><span class="unseen">${t("Steer {group} with the others", { group: name })}</span></label>
      </div>
      ${now === null ? html`<${NotYet} room=${room} />` : html`
        <div class="tile-step">
          <p><span class="figures quiet">${Math.max(0, now.at + 1)}/${now.steps}</span> <strong dir="auto">${now.title ?? t("Not started")}</strong>
            ${now.title !== null && html` <span class="tag ${now.open ? "on" : ""}">${now.open ? t("open") : t("closed")}</span>`}</p>
          ${now.endsAt !== null && html`<${TimeLeft} startedAt=${now.startedAt} endsAt=${now.endsAt} />`}
        </div>
        <dl class="tile-figures figures">
          <div><dt>${t("Proposals")}</dt><dd>${now.proposals} <${Sparkline} room=${room} of="written" count=${now.proposals} /></dd></div>
          <div><dt>${t("Voted")}</dt><dd>${now.electors === null ? "–" : html`${now.voted}/${now.electors}${now.ballotStep && html` <${Sparkline} room=${room} of="voted" count=${now.voted} />`}`}</dd></div>
          <div><dt>${t("Here")}</dt><dd><${Here} room=${room} members=${members} /></dd></div>
        </dl>
        <${Flags} room=${room} now=${now} members=${members} name=${name} />
        <${LeadLine} group=${group} lead=${lead} name=${leadName} />
        <${Actions} room=${room} now=${now} name=${name} more=${more} setMore=${setMore} />
        ${more && html`<${More} room=${room} group=${group} members=${members} />`}`}
    </li>`;
});

function NotYet({ room }) {
  const { client } = useApp();
  return html`<p class="quiet small">${client.room(room).value?.error?.message ?? t("Loading …")}</p>`;
}

function TimeLeft({ startedAt, endsAt }) {
  const now = useTick(500).value;
  const { left, share, phase } = reading({ started_at: startedAt, ends_at: endsAt }, now);
  const { symbol, words } = LOOK[phase]();
  return html`
    <span class="timer ${phase}" role="timer" aria-label=${t("Time left: {time}", { time: countdown(left) })}>
      ${icon(symbol)}<span class="digits">${countdown(left)}</span>${words && html`<span class="phase">${words}</span>`}
      <span class="timer-share" aria-hidden="true"><i style=${{ inlineSize: `${Math.round(share * 100)}%` }}></i></span>
    </span>`;
}

/** Who of the group is on its board. */
function Here({ room, members }) {
  const { people } = usePresence(room);
  const here = members.filter((one) => people.includes(one.id));
  const label = here.length ? list(here.map((one) => one.name)) : t("Nobody of the group is here");
  return html`<span title=${label}>${t("{here} of {people}", { here: here.length, people: members.length })}<span class="unseen">: ${label}</span></span>`;
}

/** What asks for attention. There is room for a line of it always, so that nothing below it moves when something comes up. */
function Flags({ room, now, members, name }) {
  const { people } = usePresence(room);
  const here = members.filter((one) => people.includes(one.id)).length;
  const nameOf = (/** @type {string} */ id) => members.find((one) => one.id === id)?.name;
  const hands = now.hands ? now.hands.split(" ") : [];
  const names = hands.map(nameOf).filter(Boolean);
  return html`
    <div class="flags">
      ${now.help && html`<span class="tag danger">${icon("help")} ${t("calls for help")}</span> <${Coming} room=${room} signal=${now.help} name=${name} />`}
      ${hands.length > 0 && html`<span class="tag warn">${icon("hand")} <span dir="auto">${names.length === hands.length && names.length < 3 ? n("{names} raises a hand", "{names} raise their hands", names.length, { names: list(names) }) : n("{count} hand raised", "{count} hands raised", hands.length)}</span></span>`}
      ${now.finished > 0 && html`<span class="tag ok">${icon("check")} ${t("{finished} of {here} finished", { finished: now.finished, here: Math.max(here, now.finished) })}</span>`}
      ${now.late > 0 && html`<span class="tag warn">${icon("clock")} ${n("{count} late proposal waits", "{count} late proposals wait", now.late)}</span>`}
      ${now.locked && html`<span class="tag">${icon("lock")} ${t("locked")}</span>`}
      <${Dropped} room=${room} nameOf=${nameOf} />
    </div>`;
}

/** Whoever has lost the connection in the last minutes; somebody on another page of the event has not. */
function Dropped({ room, nameOf }) {
  const { client, boot } = useApp();
  const now = useTick(5000).value;
  const around = usePresence(`event:${boot.event}`).people;
  const names = dropped(absencesOf(client, room).value, Math.max(now, client.now()), DROPPED_MS)
    .filter((id) => !around.includes(id)).map(nameOf).filter(Boolean);
  if (names.length === 0) return null;
  return html`<span class="tag warn" title=${list(names)}>${icon("offline")} ${n("{count} has dropped off", "{count} have dropped off", names.length)}<span class="unseen">: ${list(names)}</span></span>`;
}

/** Open the board and say that the call was heard. @param {{room: string, signal: string, name: string}} props */
export function Coming({ room, signal, name }) {
  const { boot } = useApp();
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const go = guard(async () => {
    if ((await act("signal.end", { signal })).ok) location.assign(urlFor(boot.urls.board, room.slice("board:".length)));
  });
  return html`<button type="button" class="button primary" aria-disabled=${busy ? "true" : null} aria-label="${t("I am coming")}: ${name}" onClick=${go}>${t("I am coming")}</button>`;
}

function Actions({ room, now, name, more, setMore }) {
  const { boot } = useApp();
  const act = useAct(room);
  const { busy, guard } = useBusy();
  return html`
    <div class="row tile-actions">
      ${now.next && html`<button type="button" class="button" aria-disabled=${busy ? "true" : null} aria-label="${t("Open")}: ${now.nextTitle} – ${name}" onClick=${guard(() => act("step.open", { step: now.next }))}>${icon("play")} <bdi>${now.nextTitle}</bdi></button>`}
      <a class="button" href=${urlFor(boot.urls.board, room.slice("board:".length))} aria-label="${t("Visit")} – ${name}">${icon("next")} ${t("Visit")}</a>
      <button type="button" class="button plain" aria-expanded=${more ? "true" : "false"} aria-label="${t("More")} – ${name}" onClick=${() => setMore(!more)}>${more ? t("Less") : t("More")}</button>
    </div>`;
}

function More({ room, group, members }) {
  const { client, boot } = useApp();
  const event = client.room(`event:${boot.event}`).value?.state;
  const board = client.room(room).value?.state;
  if (!event || !board) return null;
  return html`
    <div class="tile-more stack">
      <${LeadChoice} event=${event} group=${group} />
      <${Silence} room=${room} members=${members} />
      <${Steering} room=${room} board=${board} />
    </div>`;
}
