// What became of what one has written: for the person alone, during the event and after it.

import { n, t } from "../i18n.js";
import { urlFor, useApp, useRoom } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { kindName } from "./kinds.js";
import { OwnTick } from "./own_tick.js";
import { usePeople } from "./people.js";
import { OutcomeTag } from "./ratified.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { Verdict } from "./verdict.js";
import { GroupName, Words } from "./words.js";

export function Mine() {
  const { boot } = useApp();
  const room = useRoom(boot.room);
  const back = { href: boot.urls.home, label: t("Lobby") };
  if (!room?.state) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const event = room.state;
  const { mine } = boot;
  const went = mine.filter((one) => one.conclusions.length > 0).length;
  return html`
    <${Shell} back=${back} width="narrow" kind="mine-page stack loose">
      <header class="stack tight">
        <p class="eyebrow" dir="auto">${event.title}</p>
        <h1>${t("What became of yours")}</h1>
        <p class="lead quiet">${mine.length === 0
          ? t("You have not written anything yet. What you write on a board appears here, with where it went.")
          : went > 0
            ? n("{went} of your {count} contribution is in a conclusion.", "{went} of your {count} contributions are in a conclusion.", mine.length, { went })
            : n("You have written {count} contribution. None is in a conclusion yet.", "You have written {count} contributions. None is in a conclusion yet.", mine.length)}</p>
        <p class="small quiet">${icon("hide")} ${t("Only you can see this page.")}</p>
      </header>
      <ol class="stack loose mine-list">${[...mine].sort((a, b) => b.conclusions.length - a.conclusions.length).map((one) => html`<${Contribution} key=${one.proposal} one=${one} event=${event} />`)}</ol>
      ${room.me?.can.includes("naming.agree") && html`<${MyName} me=${room.me} />`}
      <${SampleNote} text=${event.sample} />
    <//>`;
}

/** Whether one is named among those who took part: nobody is who has not said so. */
function MyName({ me }) {
  return html`
    <section class="panel stack tight" aria-labelledby="my-name">
      <h2 id="my-name" class="eyebrow">${t("Your name in the report")}</h2>
      <${OwnTick} command="naming.agree" says="agreed" on=${me.agreed} words=${t("My name may stand in the list of who took part")} more="my-name-more" />
      <p id="my-name-more" class="small quiet">${t("Without it the list has your organisation and how many came from there. You can change this at any time; an edition that is frozen already stays as it is. Beside what you wrote your name stands as it was promised there.")}</p>
    </section>`;
}

function Contribution({ one, event }) {
  const { boot } = useApp();
  const day = event.days.find(({ id }) => id === one.day);
  return html`
    <li class="card roomy stack mine">
      <div class="stack tight">
        <p class="small"><${GroupName} name=${one.group_name} number=${event.groups[one.group]?.number} /> <span class="quiet">· <bdi>${one.session_title}</bdi>${day && event.days.length > 1 ? ` · ${t("Day {number}", { number: day.number })}` : ""}</span></p>
        <${Words} class="serif mine-words" text=${one.text} />
      </div>
      <ol class="path small-path">
        <${Way} one=${one} />
        ${one.conclusions.map((conclusion) => html`
          <li key=${conclusion.id} class="stop stack tight reached">
            <p><strong>${kindName(conclusion.kind)}</strong>: <a href=${urlFor(boot.urls.conclusion, conclusion.id)}><bdi>${conclusion.wording}</bdi></a></p>
            ${conclusion.ratification && html`<p><${OutcomeTag} outcome=${conclusion.ratification.outcome} /></p>`}
            <${Verdict} verdict=${conclusion.verdict} />
          </li>`)}
      </ol>
    </li>`;
}

/** Where it went on its board, in the order in which that happens. */
function Way({ one }) {
  const people = usePeople();
  const stops = [
    one.status === "private" && t("It is still private: nobody else can read it yet."),
    one.status === "late" && t("It came late and waits until the facilitator admits it."),
    one.status === "withdrawn" && t("You have withdrawn it."),
    one.status === "hidden" && t("Hidden by the facilitator: {reason}", { reason: one.reason ?? "" }),
    one.theme && t("Put under the theme “{theme}”", { theme: one.theme }),
    ...one.merged.map((whole) => (people[whole.by]?.name ? t("Merged into “{whole}” by {name}", { whole: whole.text, name: people[whole.by].name }) : t("Merged into “{whole}”", { whole: whole.text }))),
    one.status === "parked" && t("In the parking lot"),
    one.shared && t("Shared with the plenary"),
    one.status === "standing" && !one.theme && !one.shared && one.conclusions.length === 0 && t("It stands on its board."),
  ].filter(Boolean);
  return stops.map((words, place) => html`<li key=${place} class="stop"><p dir="auto">${words}</p></li>`);
}
