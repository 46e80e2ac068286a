// @ts-check
// The run of show of one day: what was planned, what was, what is to be expected, how far behind that is, and what would
// bring it back. Pure: it is told what time it is. Moments are minutes since midnight of the day.

/**
 * @typedef {{id: string, kind: string, title: string, starts_at: string, minutes: number, fixed: boolean,
 *   opened_at: number | null, closed_at: number | null}} Session
 * @typedef {{start: number, end: number}} Span
 * @typedef {{session: Session, state: "done" | "on" | "ahead" | "skipped", planned: Span,
 *   actual: {start: number, end: number | null} | null, forecast: Span | null, late: number}} Row
 *   `late`: whole minutes; of what is to come, its start; of what has begun, its end. Less than 0: early.
 * @typedef {{rows: Row[], behind: number, ends: {planned: number, forecast: number} | null}} Show
 *   `behind`: by how many minutes the next session will start late, or the last one end late.
 * @typedef {{session: string, starts_at: string, minutes: number}} Change  the arguments of a `session.plan`
 * @typedef {{kind: "shorten" | "break" | "merge" | "move", sessions: string[], minutes: number, changes: Change[],
 *   wins: number, left: number}} Suggestion
 *   `minutes`: what is left for `sessions` together; `wins`: the minutes that it brings; `left`: what stays to be made up.
 */

const SHORTEST = 0.5; // of what was planned: below that a session is another one

/**
 * @param {Session[]} sessions  of one day, in order
 * @param {number} now
 * @param {(ms: number) => number} clock  from ms since 1970 UTC
 * @returns {Show}
 */
export function runOfShow(sessions, now, clock) {
  const planned = sessions.filter((session) => session.starts_at !== "");
  const last = planned.findLastIndex((session) => session.opened_at !== null);
  let free = now; // the earliest moment at which the next one can start
  /** @type {Row[]} */
  const rows = planned.map((session, place) => {
    const start = minutesOf(session.starts_at);
    const plan = { start, end: start + session.minutes };
    if (session.opened_at === null) {
      if (place < last) return { session, state: "skipped", planned: plan, actual: null, forecast: null, late: 0 };
      const forecast = after(free, session);
      free = forecast.end;
      return { session, state: "ahead", planned: plan, actual: null, forecast, late: Math.round(forecast.start - plan.start) };
    }
    const began = clock(session.opened_at);
    if (session.closed_at !== null) {
      const end = clock(session.closed_at);
      return { session, state: "done", planned: plan, actual: { start: began, end }, forecast: null, late: Math.round(end - plan.end) };
    }
    const forecast = { start: began, end: Math.max(now, began + session.minutes) };
    free = forecast.end;
    return { session, state: "on", planned: plan, actual: { start: began, end: null }, forecast, late: Math.round(forecast.end - plan.end) };
  });
  const next = rows.find((row) => row.state === "ahead") ?? rows.find((row) => row.state === "on");
  const ends = rows.flatMap((row) => row.forecast?.end ?? row.actual?.end ?? []);
  return {
    rows,
    behind: next?.late ?? 0,
    ends: rows.some((row) => row.forecast) ? { planned: Math.max(...rows.map((row) => row.planned.end)), forecast: Math.max(...ends) } : null,
  };
}

/**
 * What could be done about being behind. What has begun and what is fixed (lunch, a guest) is left alone; what comes after
 * the next fixed session as well, because that one has to start in time.
 *
 * @param {Show} show
 * @returns {Suggestion[]} none where nothing is behind, or nothing can be changed
 */
export function suggestions(show) {
  if (show.behind < 1) return [];
  const ahead = show.rows.filter((row) => row.state === "ahead");
  const fixed = ahead.findIndex((row) => row.session.fixed);
  const span = fixed < 0 ? ahead : ahead.slice(0, fixed);
  if (span.length === 0) return [];
  const need = fixed < 0 ? lateAtEnd(span, new Map()) : Math.max(0, ahead[fixed].late);
  const target = fixed < 0 ? null : ahead[fixed].planned.start;

  const work = span.filter((row) => row.session.kind !== "break");
  const found = [];
  if (need > 0) {
    found.push(shortened(span, work, need, target));
    const longest = work.reduce((most, row) => (row.session.minutes > (most?.session.minutes ?? 0) ? row : most), work[0]);
    if (work.length > 1 && room(longest) >= need) found.push(shortened(span, [longest], need, target));
    for (const row of span) {
      if (row.session.kind === "break") found.push(shortened(span, [row], need, target, "break"));
    }
    for (const [i, row] of span.entries()) {
      const other = span[i + 1];
      if (other && row.session.kind !== "break" && row.session.kind === other.session.kind) found.push(merged(span, row, other, need, target));
    }
  }
  if (target === null || need === 0) {
    found.push(suggestion("move", span, span, new Map(), need, target));
  }
  return found.filter((one) => one !== null && one.changes.length > 0);
}

/** "09:30" as minutes since midnight. @param {string} time */
export function minutesOf(time) {
  const [hours, minutes] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** Minutes since midnight as "09:30"; after midnight it begins anew. @param {number} minutes */
export function timeOf(minutes) {
  const whole = ((Math.round(minutes) % 1440) + 1440) % 1440;
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

/** Nobody is called in before the planned time. @param {number} free @param {Session} session @param {number} [minutes] @returns {Span} */
function after(free, session, minutes = session.minutes) {
  const start = Math.max(minutesOf(session.starts_at), free);
  return { start, end: start + minutes };
}

/** How much a session can give away. @param {Row} row */
const room = ({ session }) => Math.floor(session.minutes * (1 - SHORTEST));

/** Each gives in proportion to its length. @param {Row[]} span @param {Row[]} which @param {number} need @param {number | null} target @param {"shorten" | "break"} kind */
function shortened(span, which, need, target, kind = "shorten") {
  const wanted = Math.min(need, which.reduce((sum, row) => sum + room(row), 0));
  const whole = which.reduce((sum, row) => sum + row.session.minutes, 0);
  if (wanted < 1) return null;
  const exact = which.map((row) => (wanted * row.session.minutes) / whole);
  const cuts = exact.map((cut, i) => Math.min(room(which[i]), Math.floor(cut)));
  // What rounding has left over goes to those who lost most of it and can still give.
  let rest = wanted - cuts.reduce((sum, cut) => sum + cut, 0);
  while (rest > 0) {
    const open = cuts.map((_, i) => i).filter((i) => cuts[i] < room(which[i]));
    const most = open.reduce((best, i) => (exact[i] - cuts[i] > exact[best] - cuts[best] ? i : best), open[0]);
    cuts[most] += 1;
    rest -= 1;
  }
  const minutes = new Map(which.map((row, i) => [row.session.id, row.session.minutes - cuts[i]]));
  return suggestion(kind, span, which.filter((_, i) => cuts[i] > 0), minutes, need, target);
}

/** Two of a kind in the time of the longer one: one introduction, one reporting back. @param {Row[]} span @param {Row} one @param {Row} other @param {number} need @param {number | null} target */
function merged(span, one, other, need, target) {
  const [a, b] = [one.session.minutes, other.session.minutes];
  const slot = Math.max(a, b);
  const first = Math.ceil((slot * a) / (a + b));
  if (first >= slot) return null; // no whole minute would be left for the second
  return suggestion("merge", span, [one, other], new Map([[one.session.id, first], [other.session.id, slot - first]]), need, target);
}

/** @param {Suggestion["kind"]} kind @param {Row[]} span @param {Row[]} which @param {Map<string, number>} minutes @param {number} need @param {number | null} target @returns {Suggestion | null} */
function suggestion(kind, span, which, minutes, need, target) {
  /** @type {Change[]} */
  const changes = [];
  let free = span[0].forecast?.start ?? 0;
  for (const { session } of span) {
    const given = minutes.get(session.id) ?? session.minutes;
    const start = Math.ceil(after(free, session).start);
    free = start + given;
    if (start >= 1440) return null; // a plan knows no times after midnight
    const change = { session: session.id, starts_at: timeOf(start), minutes: given };
    if (change.starts_at !== session.starts_at || given !== session.minutes) changes.push(change);
  }
  const left = target === null ? lateAtEnd(span, minutes) : Math.max(0, Math.round(free - target));
  return {
    kind,
    sessions: which.map((row) => row.session.id),
    minutes: which.reduce((sum, row) => sum + (minutes.get(row.session.id) ?? row.session.minutes), 0),
    changes,
    wins: Math.max(0, need - left),
    left: Math.min(need, left),
  };
}

/** By how much the last of them ends late. @param {Row[]} span @param {Map<string, number>} minutes */
function lateAtEnd(span, minutes) {
  let free = span[0].forecast?.start ?? 0;
  for (const { session } of span) free = after(free, session, minutes.get(session.id)).end;
  return Math.max(0, Math.round(free - span[span.length - 1].planned.end));
}
