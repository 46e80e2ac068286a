// The library: look into an activity as a participant sees it, change it without code, and use it on the boards of a
// session.

import { n, t } from "../i18n.js";
import { sessionsOf } from "./agenda.js";
import { ActivityEditor } from "./activity_editor.js";
import { useApp, useRoom, useWatch } from "./app.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";
import { Preview } from "./preview.js";
import { Shell, Waiting } from "./shell.js";

export function Activities() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const [from] = useState(() => new URLSearchParams(location.search).get("board"));
  useWatch(from ? [`board:${from}`] : [], { away: true });
  const [chosen, choose] = useState(/** @type {{activity: any, mode: "preview" | "change", board?: string} | null} */ (null));
  const back = { href: boot.urls.cockpit, label: t("Cockpit") };
  if (!room?.state) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const event = room.state;
  const board = from ? client.room(`board:${from}`)?.value?.state : null;
  const at = chosen ?? (from && board ? { activity: board.activity, mode: /** @type {"change"} */ ("change"), board: from } : null);
  const list = () => {
    choose(null);
    if (from) location.assign(boot.urls.activities);
  };
  return html`
    <${Shell} back=${back} width="wide" kind="activities stack loose">
      ${at?.mode === "preview" && html`<${Preview} key=${at.activity.title} activity=${at.activity} event=${event} onBack=${list} onUse=${() => choose({ ...at, mode: "change" })} />`}
      ${at?.mode === "change" && html`<${ActivityEditor} key=${`${at.activity.title} ${at.board ?? ""}`} activity=${at.activity} event=${event} board=${at.board} onBack=${list} onPreview=${(/** @type {any} */ activity) => choose({ ...at, activity, mode: "preview" })} />`}
      ${!at && html`
        <header class="stack tight"><h1>${t("Activities")}</h1>
          <p class="lead">${t("Ready to use. Look into one as a participant sees it, change what does not fit, and give it to the groups of a session.")}</p></header>
        <ul class="library">
          ${boot.library.map((activity) => html`<${Card} key=${activity.name} activity=${activity} onChoose=${choose} />`)}
        </ul>
        <${InUse} event=${event} onChoose=${choose} />`}
    <//>`;
}

function Card({ activity, onChoose }) {
  const size = activity.group_size;
  return html`
    <li class="card library-card stack tight">
      <h2>${activity.title}</h2>
      <p>${activity.purpose}</p>
      <p class="small quiet figures">${n("{count} minute", "{count} minutes", activity.minutes)}${size ? ` · ${t("{least} to {most} people", size)}` : ""}</p>
      <ol class="library-steps small">${activity.steps.map((step) => html`<li key=${step.id}><bdi>${step.title}</bdi> <span class="quiet figures">${t("{minutes} min", { minutes: step.minutes })}</span></li>`)}</ol>
      <div class="row push-down">
        <button type="button" class="button" aria-label=${t("Look into “{title}”", { title: activity.title })} onClick=${() => onChoose({ activity, mode: "preview" })}>${icon("show")} ${t("Look into it")}</button>
        <button type="button" class="button primary" aria-label=${t("Use or change “{title}”", { title: activity.title })} onClick=${() => onChoose({ activity, mode: "change" })}>${t("Use or change it")}</button>
      </div>
    </li>`;
}

/** What the boards of this event work with already can be taken as a start as well. */
function InUse({ event, onChoose }) {
  const { client } = useApp();
  const [shown, show] = useState(false);
  const boards = sessionsOf(event).flatMap((session) => session.boards.map((board) => ({ ...board, session })));
  useWatch(shown ? boards.map(({ id }) => `board:${id}`) : [], { away: true });
  const found = new Map();
  for (const { id, session } of boards) {
    const activity = client.room(`board:${id}`)?.value?.state?.activity;
    if (activity) found.set(`${activity.title} ${session.id}`, { activity, session });
  }
  return html`
    <details class="panel" onToggle=${(/** @type {any} */ e) => show(e.currentTarget.open)}>
      <summary>${t("Start from an activity of this event")}</summary>
      <ul class="stack tight">
        ${[...found.values()].map(({ activity, session }) => html`
          <li key="${activity.title} ${session.id}" class="row apart"><span><bdi>${activity.title}</bdi> <span class="small quiet" dir="auto">${session.title}</span></span>
            <button type="button" class="button" aria-label=${t("Use or change “{title}”", { title: activity.title })} onClick=${() => onChoose({ activity, mode: "change" })}>${t("Use or change it")}</button></li>`)}
      </ul>
    </details>`;
}
