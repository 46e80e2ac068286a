// The agenda as data for the views: what is on, what comes next, in which state a session is.

import { day as dayName, n, t, time } from "../i18n.js";
import { timeOf } from "../runofshow.js";
import { useApp, urlFor } from "./app.js";
import { html } from "./html.js";

/** @returns {any[]} all sessions in order, each with its day */
export const sessionsOf = (event) => event.days.flatMap((day) => day.sessions.map((session) => ({ ...session, day })));

export const sessionOn = (event) => sessionsOf(event).find((session) => session.id === event.now) ?? null;

/** The session to start next: the first one after what was opened last that has not been opened yet. */
export function sessionNext(event) {
  const sessions = planned(event);
  const last = sessions.findLastIndex((session) => session.opened_at !== null);
  return sessions.slice(last + 1).find((session) => session.opened_at === null) ?? null;
}

/** A conversation that was held elsewhere stands in the agenda without a time; the event has not come that far by it. */
const planned = (event) => sessionsOf(event).filter((session) => session.starts_at !== "");

/** The day that a shared screen shows: that of the session on, else of the last one opened, else the first. */
export function dayNow(event) {
  const on = sessionOn(event);
  if (on) return on.day;
  return planned(event).findLast((session) => session.opened_at !== null)?.day ?? event.days[0] ?? null;
}

/** @returns {"on" | "done" | "ahead"} */
export const stateOf = (event, session) => (session.id === event.now ? "on" : session.closed_at !== null ? "done" : "ahead");

/**
 * The boards of a session that are mine: everybody is in the plenary, and an observer goes everywhere but to the overlay
 * groups.
 *
 * @returns {{board: string, group: any}[]}
 */
export function myBoards(event, session, me) {
  const boards = (session?.boards ?? []).map(({ id, group }) => ({ board: id, group: event.groups[group] }));
  return boards.filter(({ group }) => (me?.role === "observer" && group?.kind !== "overlay") || group?.kind === "plenary" || me?.groups.includes(group?.id));
}

export const dayTitle = (day) => t("Day {number}: {date}", { number: day.number, date: dayName(day.date) });

/**
 * In the cockpit, `actions` are the buttons of a session, `onShow` shows its boards, and `rows` say how it really goes.
 *
 * @param {{event: any, me: any, actions?: (session: any) => any, shown?: string, onShow?: (id: string) => void, rows?: Map<string, any>}} props
 */
export function Agenda({ event, me, ...cockpit }) {
  const { boot } = useApp();
  const today = dayNow(event)?.id;
  return event.days.map((day) => {
    const title = html`<h3 id="day-${day.id}">${dayTitle(day)}</h3>`;
    const conclusions = html`<p><a class="small" href=${urlFor(boot.urls.day, day.id)}>${t("Conclusions of day {number}", { number: day.number })}</a></p>`;
    const sessions = html`
      ${day.title && html`<p class="quiet" dir="auto">${day.title}</p>`}
      <ol class="agenda">
        ${day.sessions.map((session) => html`<${Item} key=${session.id} event=${event} me=${me} session=${session} ...${cockpit} />`)}
      </ol>`;
    // The cockpit folds the days that are not today's: there the agenda stands beside the wall and has to be short.
    return html`
      <section key=${day.id} class="agenda-day" aria-labelledby="day-${day.id}">
        ${cockpit.actions
          ? html`<details class="agenda-fold" open=${day.id === today}><summary>${title}</summary>${sessions}</details>`
          : html`${title}${sessions}${conclusions}`}
      </section>`;
  });
}

function Item({ event, me, session, actions, shown, onShow, rows }) {
  const { boot } = useApp();
  const state = stateOf(event, session);
  const boards = actions ? [] : myBoards(event, session, me);
  const details = html`
    ${state === "on" && html` <span class="tag on">${t("now")}</span>`}
    <span class="small quiet about">${state === "done" ? t("closed at {time}", { time: time(session.closed_at) }) : about(session)}${state !== "done" && session.fixed ? ` · ${t("fixed")}` : ""}</span>
    ${rows && html`<${Went} row=${rows.get(session.id)} />`}`;
  return html`
    <li class="agenda-item ${state} ${session.kind}" aria-current=${state === "on" ? "step" : null}>
      <span class="at figures">${session.starts_at}<${Expected} row=${rows?.get(session.id)} /></span>
      <div class="what">
        ${onShow && session.boards.length
          ? html`<button type="button" class="title show" aria-pressed=${shown === session.id ? "true" : "false"} title=${t("Show its boards")} onClick=${() => onShow(session.id)}><span dir="auto">${session.title}</span>${details}</button>`
          : html`<span class="title" dir="auto">${session.title}</span>${details}`}
        ${session.opened_at !== null && boards.map(({ board, group }) => html`
          <a key=${board} class="small board-link" href=${urlFor(boot.urls.board, board)}>${t("Board of {group}", { group: group?.name ?? "" })}</a>`)}
      </div>
      ${actions?.(session)}
    </li>`;
}

/** When it will start, where that is later than planned. */
function Expected({ row }) {
  if (row?.state !== "ahead" || row.late < 1) return null;
  return html`<span class="expected"><span class="unseen">${t("expected at")} </span>${timeOf(row.forecast.start)}</span>`;
}

/** How long it took or takes, beside how long it was to. */
function Went({ row }) {
  if (!row?.actual) return null;
  const end = row.actual.end ?? row.forecast.end;
  const late = row.late === 0 ? t("as planned") : row.late > 0 ? n("{count} min late", "{count} min late", row.late) : n("{count} min early", "{count} min early", -row.late);
  return html`<span class="small about figures went ${row.late > 0 ? "late" : ""}">${
    row.actual.end === null ? t("since {start}, until about {end}", { start: timeOf(row.actual.start), end: timeOf(end) }) : `${timeOf(row.actual.start)}–${timeOf(end)}`} · ${late}</span>`;
}

function about(session) {
  const kind = { plenary: t("plenary"), breakout: t("in groups"), break: t("break") }[session.kind] ?? "";
  return session.minutes ? `${kind} · ${n("{count} minute", "{count} minutes", session.minutes)}` : kind;
}
