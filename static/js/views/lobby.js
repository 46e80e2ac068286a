// The lobby: who I am, what is on, where I go. Phone first; the way in stands at one place and never moves.

import { n, t } from "../i18n.js";
import { About } from "./about.js";
import { Agenda, myBoards, sessionNext, sessionOn } from "./agenda.js";
import { useApp, urlFor, useRoom } from "./app.js";
import { Editions } from "./editions.js";
import { GalleryLink } from "./gallerylink.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { Preference } from "./preference.js";
import { Asked } from "./ratify.js";
import { MyTable, MyTables, SessionName } from "./rotation.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { StageView } from "./stage_view.js";
import { GuidingTexts } from "./texts.js";
import { GroupName, OrganisationName, tint } from "./words.js";

export function Lobby() {
  const { boot } = useApp();
  const room = useRoom(boot.room);
  if (!room?.state) return html`<${Shell} title=""><${Waiting} error=${room?.error} /><//>`;
  const { state: event, me } = room;
  return html`
    <${Shell} title=${event.title} width="narrow" kind="lobby stack loose">
      <${Me} event=${event} person=${boot.person} me=${me} />
      <${Now} event=${event} me=${me} />
      <${Preference} event=${event} me=${me} />
      <${MyTables} event=${event} me=${me} />
      <${About} me=${me} />
      <${Editions} event=${event} />
      <${Asked} days=${event.days.map(({ id }) => id)} />
      ${event.stage.cue && html`<details class="panel on-stage"><summary>${t("On the screen in the room now")}</summary><${StageView} event=${event} cue=${event.stage.cue} /></details>`}
      <section class="stack" aria-labelledby="agenda">
        <h2 id="agenda">${t("Agenda")}</h2>
        <${Agenda} event=${event} me=${me} />
      </section>
      <${GuidingTexts} event=${event} me=${me} />
      <nav class="stack tight small" aria-label=${t("More")}>
        ${boot.urls.mine && html`<a class="board-link" href=${boot.urls.mine}>${t("What became of yours")}</a>`}
        <${GalleryLink} event=${event} />
        <a class="board-link" href=${boot.urls.device}>${t("Continue on another device")}</a>
      </nav>
      <${SampleNote} text=${event.sample} />
    <//>`;
}

function Me({ event, person, me }) {
  const organisation = event.organisations[person?.organisation];
  const groups = (me?.groups ?? []).map((id) => event.groups[id]).filter((group) => group && group.kind !== "plenary");
  const base = groups.filter((group) => group.kind !== "overlay");
  const leads = groups.map((group) => ({ group, name: event.people[event.leads[group.id]?.person]?.name })).filter(({ name }) => name);
  const overlay = groups.filter((group) => group.kind === "overlay");
  return html`
    <section class="who stack tight" aria-label=${t("You")}>
      <p class="eyebrow" dir="auto">${event.place}</p>
      <h1>${t("Hello, {name}", { name: person?.name ?? "" })}</h1>
      ${organisation && html`<p class="quiet"><${OrganisationName} organisation=${organisation} /></p>`}
      <ul class="row my-groups">
        ${base.map((group) => html`<li key=${group.id} class="tag ${tint(group.number)}"><${GroupName} name=${group.name} number=${group.number} /></li>`)}
        ${overlay.map((group) => html`<li key=${group.id} class="small quiet">${t("You also belong to {group}.", { group: group.name })}</li>`)}
      </ul>
      ${leads.map(({ group, name }) => html`<p key=${group.id} class="small">${groups.length > 1 ? t("{name} looks after {group}.", { name, group: group.name }) : t("{name} looks after your group.", { name })}</p>`)}
      <p class="small quiet joined">${icon("people")} ${n("{count} person has joined", "{count} people have joined", event.joined)}</p>
    </section>`;
}

/** The block keeps a minimum height, so that the button appears inside it and nothing below jumps. */
function Now({ event, me }) {
  const on = sessionOn(event);
  const next = sessionNext(event);
  return html`
    <section class="now card roomy" aria-live="polite" aria-labelledby="now">
      ${on ? html`<${On} event=${event} me=${me} session=${on} />` : html`
        <p class="eyebrow" id="now">${t("Now")}</p>
        <p class="lead">${event.days.some((day) => day.sessions.some((s) => s.opened_at !== null)) ? t("Nothing is on at this moment.") : t("We have not started yet.")}</p>
        <p class="quiet">${t("Keep this page open: the way to your group appears here.")}</p>`}
      ${next && html`<p class="next small quiet"><strong>${t("Next")}</strong> <span class="figures">${next.starts_at}</span> <bdi><${SessionName} event=${event} me=${me} session=${next} /></bdi></p>`}
    </section>`;
}

function On({ event, me, session }) {
  const { boot } = useApp();
  const boards = myBoards(event, session, me);
  return html`
    <p class="eyebrow"><span class="live" aria-hidden="true"></span>${t("On now")}</p>
    <h2 id="now" dir="auto">${session.title}</h2>
    <${MyTable} event=${event} me=${me} session=${session} />
    ${session.description && html`<p dir="auto">${session.description}</p>`}
    ${boards.length === 0 && html`<p class="quiet">${nothingForMe(session)}</p>`}
    <ul class="stack tight arrive">
      ${boards.map(({ board, group }) => html`
        <li key=${board}>
          <a class="button primary big wide go" href=${urlFor(boot.urls.board, board)}>
            <span>${t("Go to your board")}<strong dir="auto">${group?.name}</strong></span>${icon("next")}
          </a>
        </li>`)}
    </ul>`;
}

const nothingForMe = (session) =>
  session.boards.length ? t("You are not in a group of this session. Ask your facilitator if that is a mistake.") : t("Everybody is together. Look at the screen in the room.");
