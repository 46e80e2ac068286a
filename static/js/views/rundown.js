// The run of show of today: how far behind we are, how long the session on still has, and what could be done about it.

import { countdown, list, n, t } from "../i18n.js";
import { minutesOf, runOfShow, suggestions, timeOf } from "../runofshow.js";
import { dayNow } from "./agenda.js";
import { useApp, useBusy } from "./app.js";
import { useEverywhere } from "./everywhere.js";
import { computed, html, useMemo } from "./html.js";
import { icon } from "./icons.js";
import { useTick } from "./tick.js";
import { LOOK, reading } from "./timer.js";
import { toast } from "./toast.js";

const MINUTE = 60_000;

/** Today’s run of show, anew every few seconds and with every change of the agenda. @param {any} event */
export function useRunOfShow(event) {
  const tick = useTick(5000);
  const day = dayNow(event);
  // Whole minutes: nothing in it changes sooner.
  const minute = useMemo(() => computed(() => Math.floor(tick.value / MINUTE)), [tick]).value;
  return useMemo(() => {
    if (!day) return { show: runOfShow([], 0, () => 0), elsewhen: false };
    const now = minute * MINUTE;
    const { clock, elsewhen } = clockOf(day, now);
    return { show: runOfShow(day.sessions, clock(now), clock), elsewhen };
  }, [day, event.days, minute]);
}

/**
 * Moments as minutes since midnight, as the clock on the wall says. A day that is held on another date than planned (a
 * rehearsal) begins, for its plan, when its first session does.
 */
function clockOf(day, now) {
  const opened = day.sessions.filter((session) => session.opened_at !== null && session.starts_at !== "").sort((a, b) => a.opened_at - b.opened_at)[0];
  const start = new Date(opened?.opened_at ?? now);
  const midnight = new Date(start.getFullYear(), start.getMonth(), start.getDate()).getTime();
  const wall = (/** @type {number} */ ms) => {
    const at = new Date(ms);
    const days = Math.round((new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime() - midnight) / (1440 * MINUTE));
    return days * 1440 + at.getHours() * 60 + at.getMinutes() + at.getSeconds() / 60;
  };
  const date = `${start.getFullYear()}-${String(start.getMonth() + 1).padStart(2, "0")}-${String(start.getDate()).padStart(2, "0")}`;
  const elsewhen = date !== day.date;
  const first = opened ?? day.sessions.find((session) => session.starts_at !== "");
  const shift = elsewhen && first ? Math.round(wall(start.getTime())) - minutesOf(first.starts_at) : 0;
  return { clock: (/** @type {number} */ ms) => wall(ms) - shift, elsewhen };
}

/** "12 min behind", in one word. @param {{show: any, href?: string}} props  `href`: where there is more about it */
export function Behind({ show, href }) {
  if (!show.rows.some((row) => row.state === "on" || row.state === "ahead")) return null;
  const late = show.behind >= 1;
  const words = html`${icon(late ? "hurry" : "check")} ${late ? n("{count} min behind", "{count} min behind", show.behind) : t("On time")}`;
  const look = `behind ${late ? "late" : ""}`;
  return href ? html`<a class=${look} href=${href}>${words}</a>` : html`<span class=${look}>${words}</span>`;
}

/** @param {{show: any, elsewhen: boolean}} props */
export function RunOfShow({ show, elsewhen }) {
  const on = show.rows.find((row) => row.state === "on");
  const [best, ...others] = suggestions(show);
  const suggested = (/** @type {any} */ one) => html`<${Suggested} key="${one.kind} ${one.sessions.join(" ")}" one=${one} show=${show} />`;
  const fixed = show.rows.find((row) => row.state === "ahead" && row.session.fixed && row.late >= 1);
  return html`
    <div class="rundown stack tight" id="run">
      <p class="row apart"><${Behind} show=${show} />
        ${show.ends && html`<span class="small quiet figures">${show.ends.forecast - show.ends.planned >= 1
          ? t("the day ends at {forecast} instead of {planned}", { forecast: timeOf(show.ends.forecast), planned: timeOf(show.ends.planned) })
          : t("the day ends at {planned}", { planned: timeOf(show.ends.planned) })}</span>`}</p>
      ${on && on.session.minutes && html`<${SessionLeft} session=${on.session} />`}
      ${fixed && html`<p class="notice warn small">${icon("hurry")}<span dir="auto">${n("“{title}” is fixed at {time}: {count} minute has to be made up before it.", "“{title}” is fixed at {time}: {count} minutes have to be made up before it.", fixed.late, { title: fixed.session.title, time: fixed.session.starts_at })}</span></p>`}
      ${best && html`<ul aria-label=${t("What could be done")}>${suggested(best)}</ul>`}
      ${others.length > 0 && html`
        <details>
          <summary>${n("{count} other way", "{count} other ways", others.length)}</summary>
          <ul>${others.map(suggested)}</ul>
        </details>`}
      ${elsewhen && show.rows.length > 0 && html`<p class="small quiet">${t("Held on another date than planned: times are counted from the first session.")}</p>`}
    </div>`;
}

/** How much of the session on is left; at a fifth and at a twentieth it says so in colour, sign and word. */
function SessionLeft({ session }) {
  const now = useTick(1000).value;
  const { left, share, phase } = reading({ started_at: session.opened_at, ends_at: session.opened_at + session.minutes * MINUTE }, now);
  const { symbol, words } = LOOK[phase]();
  const over = now - session.opened_at - session.minutes * MINUTE;
  return html`
    <div class="session-left ${phase}">
      <p class="row apart small"><strong dir="auto">${session.title}</strong>
        <span class="figures">${icon(symbol)} ${phase === "over" ? n("{count} min over", "{count} min over", Math.floor(over / MINUTE)) : t("{time} left", { time: countdown(left) })}${words && phase !== "over" ? ` · ${words}` : ""}</span></p>
      <span class="timer-share" aria-hidden="true"><i style=${{ inlineSize: `${Math.round(share * 100)}%` }}></i></span>
    </div>`;
}

function Suggested({ one, show }) {
  const { boot } = useApp();
  const { busy, guard } = useBusy();
  const everywhere = useEverywhere();
  const titles = one.sessions.map((id) => show.rows.find((row) => row.session.id === id).session.title);
  const words = wordsOf(one, titles);
  const apply = guard(async () => {
    const orders = one.changes.map((args) => ({ room: `event:${boot.event}`, group: show.rows.find((row) => row.session.id === args.session).session.title, name: "session.plan", args }));
    toast(await everywhere(orders, (count) => n("The plan of {count} session has changed.", "The plan of {count} sessions has changed.", count)));
  });
  return html`
    <li class="suggestion">
      <div><p dir="auto"><strong>${words}</strong></p>
        <p class="small quiet">${effectOf(one)}</p>
        <details class="small"><summary>${n("{count} session changes", "{count} sessions change", one.changes.length)}</summary>
          <ul>${one.changes.map((change) => html`<${Change} key=${change.session} change=${change} show=${show} />`)}</ul></details></div>
      <button type="button" class="button" aria-label="${t("Apply")}: ${words}" aria-disabled=${busy ? "true" : null} onClick=${apply}>${t("Apply")}</button>
    </li>`;
}

function Change({ change, show }) {
  const { session } = show.rows.find((row) => row.session.id === change.session);
  return html`<li class="figures" dir="auto"><bdi>${session.title}</bdi>: ${change.starts_at === session.starts_at ? change.starts_at : `${session.starts_at} → ${change.starts_at}`}, ${
    change.minutes === session.minutes ? n("{count} minute", "{count} minutes", change.minutes) : n("{before} → {count} minute", "{before} → {count} minutes", change.minutes, { before: session.minutes })}</li>`;
}

function wordsOf({ kind, minutes }, titles) {
  const quoted = list(titles.map((title) => `“${title}”`));
  if (kind === "merge") return n("Hold {titles} together, in {count} minute", "Hold {titles} together, in {count} minutes", minutes, { titles: quoted });
  if (kind === "move") return t("Move everything that follows");
  if (kind === "break") return n("Shorten the break {titles} to {count} minute", "Shorten the break {titles} to {count} minutes", minutes, { titles: quoted });
  if (titles.length > 2) return n("Shorten {count} session in proportion", "Shorten {count} sessions in proportion", titles.length);
  return n("Shorten {titles} to {count} minute", "Shorten {titles} to {count} minutes", minutes, { titles: quoted });
}

function effectOf({ kind, wins, left }) {
  if (kind === "move") return left > 0 ? n("The day ends {count} minute later.", "The day ends {count} minutes later.", left) : t("A pause on the way makes up for it.");
  const won = n("Brings {count} minute.", "Brings {count} minutes.", wins);
  return left > 0 ? `${won} ${n("{count} minute stays to be made up.", "{count} minutes stay to be made up.", left)}` : won;
}
