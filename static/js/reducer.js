// @ts-check
// What an event does to a room's state. Pure: no sockets, no DOM, no clock. Names and fields are those of
// facilitator/domain/events.py; the state has exactly the shape of the server's snapshot (tests/golden/*.json).
// Events carry results, not increments, so nothing is counted here. A projector's events come without the keys that say
// who (by, author, person, people, rapporteur, voters, owner), and its state has no `people`: no function may rely on them.

/** @typedef {import("./seq.js").RoomEvent} RoomEvent */
/** @typedef {any} State  a snapshot of an event's, a board's or a day's room */

/** @type {Record<string, (state: State, event: RoomEvent) => State>} */
export const on = {
  // --- the event's room
  "person.joined": (state, { person, joined }) => ({
    ...state,
    joined,
    ...(person && state.people ? { people: { ...state.people, [person.id]: person } } : {}),
  }),
  "roster.imported": (state, { people, organisations }) => withPeople(withOrganisations(state, organisations), people),
  "person.edited": (state, { people, organisations, joined }) => ({
    ...withPeople(withOrganisations(state, organisations), people),
    joined,
  }),
  "person.checked": (state, { people }) => withPeople(state, people),
  "person.removed": (state, { person, joined }) => ({
    ...state,
    joined,
    ...(person && state.people ? { people: without(state.people, person) } : {}),
  }),
  "person.closed": (state, { people, joined }) => ({ ...withPeople(state, people), joined }),
  "person.reopened": (state, { people, joined }) => ({ ...withPeople(state, people), joined }),
  "person.erased": (state, { people, joined, declined }) => ({ ...withPeople(state, people), joined, declined }),
  "organisation.named": (state, { organisation }) => withOrganisations(state, [organisation]),
  "organisation.removed": (state, { organisation }) => ({
    ...state,
    organisations: without(state.organisations, organisation),
  }),
  "event.changed": (state, { title, place, purpose }) => ({ ...state, title, place, purpose }),
  "event.archived": (state, { archived_at }) => ({ ...state, archived_at }),
  "attribute.defined": (state) => state, // what is asked is in everybody's own `me`
  "attribute.removed": (state) => state,
  "event.reopened": (state) => ({ ...state, archived_at: null }),
  "event.deleted": (state, { delete_at }) => ({ ...state, delete_at }),
  "event.restored": (state) => ({ ...state, delete_at: null }),
  "session.opened": (state, { session, closed, opened_at }) => ({
    ...withSessions(state, (s) => {
      if (s.id === session) return { ...s, opened_at, closed_at: null };
      return s.id === closed ? { ...s, closed_at: opened_at } : s;
    }),
    now: session,
  }),
  "session.closed": (state, { session, closed_at }) => ({
    ...withSessions(state, (s) => (s.id === session ? { ...s, closed_at } : s)),
    now: null,
  }),
  "session.added": (state, { day, session }) => ({
    ...state,
    days: state.days.map((/** @type {any} */ d) => (d.id === day ? { ...d, sessions: [...d.sessions, session] } : d)),
  }),
  "session.changed": (state, { session }) => withSessions(state, (s) => (s.id === session.id ? session : s)),
  "session.moved": (state, { days }) => ({
    ...state,
    days: state.days.map((/** @type {any} */ d) => (days[d.id] ? { ...d, sessions: days[d.id] } : d)),
  }),
  "session.removed": (state, { session }) => ({
    ...state,
    days: state.days.map((/** @type {any} */ d) => ({
      ...d,
      sessions: d.sessions.filter((/** @type {any} */ s) => s.id !== session),
    })),
  }),
  "day.added": (state, { days }) => withDays(state, days),
  "day.changed": (state, { days }) => withDays(state, days),
  "day.removed": (state, { days }) => withDays(state, days),
  "group.made": (state, { group, boards }) => ({
    ...withSessions(state, (s) => {
      const own = boards.filter((/** @type {any} */ b) => b.session === s.id);
      return own.length ? { ...s, boards: [...s.boards, ...own.map((/** @type {any} */ b) => ({ id: b.id, group: group.id }))] } : s;
    }),
    groups: { ...state.groups, [group.id]: group },
  }),
  "group.renamed": (state, { group, title }) => ({
    ...state,
    groups: { ...state.groups, [group]: { ...state.groups[group], name: title } },
  }),
  "group.removed": (state, { group, people }) => ({
    ...withSessions(withPeople(state, people), (s) =>
      s.boards.some((/** @type {any} */ b) => b.group === group)
        ? { ...s, boards: s.boards.filter((/** @type {any} */ b) => b.group !== group) }
        : s,
    ),
    groups: without(state.groups, group),
  }),
  "group.seated": (state, { people }) => withPeople(state, people),
  "group.chosen": (state, { people }) => withPeople(state, people),
  "preference.asked": (state, { preference }) => ({ ...state, preference }),
  "preference.ranked": (state, { answered }) => withPreference(state, { answered }),
  "preference.closed": (state) => withPreference(state, { open: false }),
  "rotation.planned": (state, { rotation }) => ({ ...state, rotations: { ...state.rotations, [rotation.id]: rotation } }),
  "rotation.removed": (state, { rotation }) => ({ ...state, rotations: without(state.rotations, rotation) }),
  "code.renewed": (state, { join_code }) => ({ ...state, join_code }),
  "text.worded": (state, { text }) => ({ ...state, texts: { ...state.texts, [text.key]: text } }),
  "picture.added": (state, { picture }) => withPicture(state, picture.id, picture),
  "picture.described": (state, { picture }) => withPicture(state, picture.id, picture),
  "picture.used": (state, { picture, use }) => withPicture(state, picture, { use }),
  "picture.hidden": (state, { picture, reason }) =>
    withPicture(state, picture, { status: "hidden", caption: null, alt: null, images: [], reason }),
  "picture.restored": (state, { picture }) => withPicture(state, picture.id, picture),
  "picture.withdrawn": (state, { picture }) => ({ ...state, pictures: without(state.pictures, picture) }),
  "picture.reinstated": (state, { picture }) => withPicture(state, picture.id, picture),
  "picture.kept": (state, { picture }) => ({ ...state, pictures: without(state.pictures, picture) }),
  "naming.agreed": (state) => state, // one's own answer is in `me`
  "pictures.declined": (state, { declined }) => ({ ...state, declined }),
  "edition.frozen": (state, { editions }) => ({ ...state, editions }),
  "edition.published": (state, { editions }) => ({ ...state, editions }),
  "edition.taken_back": (state, { editions }) => ({ ...state, editions }),

  "session.planned": (state, { session }) => withSessions(state, (s) => (s.id === session.id ? session : s)),
  "announcement.made": (state, { announcement }) => ({
    ...state,
    announcements: { ...state.announcements, [announcement.id]: announcement },
  }),
  "announcement.ended": (state, { announcement }) => ({
    ...state,
    announcements: without(state.announcements, announcement),
  }),
  "announcement.kept": (state) => state, // it is in the `me` of those who are meant
  "cue.added": (state, { cue }) => withStage(state, ({ waiting }) => ({ waiting: [...waiting, cue] })),
  "cue.moved": (state, { order }) => withStage(state, ({ waiting }) => ({ waiting: inOrder(waiting, order) })),
  "cue.removed": (state, { cue }) => withStage(state, ({ waiting }) => ({ waiting: waiting.filter(not(cue)) })),
  "cue.shown": (state, { cue, ended }) =>
    withStage(state, ({ waiting, shown }) => ({
      cue,
      waiting: waiting.filter(not(cue.id)),
      shown: [...(ended ? [ended] : []), ...shown.filter(not(cue.id))],
    })),
  "cue.turned": (state, { cue, page }) =>
    withStage(state, ({ cue: on }) => (on?.id === cue ? { cue: { ...on, page } } : {})),
  "cue.ended": (state, { cue }) => withStage(state, ({ shown }) => ({ cue: null, shown: [cue, ...shown] })),
  "cue.retracted": (state, { cue, ended }) => withStage(state, ({ shown }) => ({ cue, shown: ended ? [ended, ...shown] : shown })),
  "summon.called": (state, { summon }) => withStage(state, () => ({ summon })),
  "summon.released": (state) => withStage(state, () => ({ summon: null })),
  "lead.taken": (state, { leads }) => ("leads" in state ? { ...state, leads } : state),
  "lead.released": (state, { leads }) => ("leads" in state ? { ...state, leads } : state),

  // --- a board's room
  "board.framed": (state, { title, group_name, day, prompt, lanes }) => ({ ...state, title, group_name, day, prompt, lanes }),
  "proposal.posted": (state, { proposal }) => withProposal(state, proposal.id, proposal),
  "proposals.counted": (state, { unrevealed }) => ({ ...state, unrevealed }),
  "proposals.revealed": (state, { proposals }) => ({ ...withCards(state, proposals), unrevealed: 0 }),
  "proposal.edited": (state, { proposal, text }) => withProposal(state, proposal, { text, edited: true }),
  "proposal.withdrawn": (state, { proposal }) => withProposal(state, proposal, { status: "withdrawn", text: null }),
  "proposal.reinstated": (state, { proposal }) => withProposal(state, proposal.id, proposal),
  "proposal.hidden": (state, { proposal, reason }) =>
    withProposal(state, proposal, { status: "hidden", text: null, reason }),
  "proposal.restored": (state, { proposal }) => withProposal(state, proposal.id, proposal),
  "proposal.parked": (state, { proposal }) => withProposal(state, proposal, { status: "parked" }),
  "proposal.unparked": (state, { proposal }) => withProposal(state, proposal, { status: "standing" }),
  "late.counted": (state, { late }) => ({ ...state, late }),
  "proposal.admitted": (state, { proposal, late }) => ({ ...withProposal(state, proposal.id, proposal), late }),
  "proposal.spotlit": (state, { proposal }) => ({ ...state, spotlight: proposal }),
  "parking.routed": (state, { proposal, parked }) => ({ ...state, parking: { ...state.parking, [proposal]: parked } }),
  "parking.answered": (state, { proposal, parked }) => ({ ...state, parking: { ...state.parking, [proposal]: parked } }),
  "signal.given": (state, { signal }) => ({ ...state, signals: { ...state.signals, [signal.id]: signal } }),
  "signal.ended": (state, { signal }) => ({ ...state, signals: without(state.signals, signal) }),
  "check.asked": (state, { check }) => ({ ...state, checks: { ...state.checks, [check.id]: check } }),
  "check.answered": (state, { check }) => ({ ...state, checks: { ...state.checks, [check.id]: check } }),
  "board.locked": (state, { locked_at, can }) => ({ ...state, locked_at, can }),
  "board.unlocked": (state, { can }) => ({ ...state, locked_at: null, can }),
  "proposal.sorted": (state, { proposals, theme }) =>
    withProposals(state, (p) => (proposals.includes(p.id) ? { ...p, theme } : p)),
  // What was part of a part stands behind the new whole as well: `merged_into` names what stands for it now.
  "proposal.merged": (state, { proposal, parts }) =>
    withProposal(
      withProposals(state, (p) => {
        if (parts.includes(p.id)) return { ...p, merged_into: proposal.id, status: "merged" };
        return parts.includes(p.merged_into) ? { ...p, merged_into: proposal.id } : p;
      }),
      proposal.id,
      proposal,
    ),
  "proposal.split": (state, { proposal, parts }) => {
    const behind = standingBehind(state.proposals, proposal, parts);
    return withProposals(state, (p) => {
      if (p.id === proposal) return p.status === "standing" || p.status === "parked" ? { ...p, status: "split" } : p;
      if (parts.includes(p.id)) return { ...p, merged_into: null, status: p.status === "merged" ? "standing" : p.status };
      return behind.has(p.id) ? { ...p, merged_into: behind.get(p.id) } : p;
    });
  },
  "theme.named": (state, { theme }) => ({ ...state, themes: { ...state.themes, [theme.id]: theme } }),
  "theme.dissolved": (state, { theme }) => ({
    ...withProposals(state, (p) => (p.theme === theme ? { ...p, theme: null } : p)),
    themes: without(state.themes, theme),
  }),
  "comment.posted": (state, { comment }) => withComment(state, comment.id, comment),
  "comment.withdrawn": (state, { comment }) => withComment(state, comment, { status: "withdrawn", text: null }),
  "comment.hidden": (state, { comment, reason }) => withComment(state, comment, { status: "hidden", text: null, reason }),
  "comment.restored": (state, { comment }) => withComment(state, comment.id, comment),
  "comment.adopted": (state, { comment }) => withComment(state, comment, { adopted: true }),
  "reaction.counted": (state, { proposal, reactions }) => withProposal(state, proposal, { reactions }),
  "rapporteur.named": (state, { rapporteur }) => ("rapporteur" in state ? { ...state, rapporteur } : state),
  "lines.shared": (state, { proposals }) => withCards(state, proposals),
  "draft.set": (state, { proposals, gone }) =>
    withCards(
      withProposals(state, (p) => (gone.includes(p.id) ? { ...p, status: "withdrawn", text: null } : p)),
      proposals,
    ),
  "roadmap.planned": (state, { proposal, item }) => ({ ...state, roadmap: { ...state.roadmap, [proposal]: item } }),
  "pledge.made": (state, { pledge }) => ({ ...state, pledges: { ...state.pledges, [pledge.id]: pledge } }),
  "pledge.withdrawn": (state, { pledge }) => ({ ...state, pledges: without(state.pledges, pledge) }),
  "activity.chosen": (state, { activity, lanes, can, proposals }) => ({
    ...withCards(state, proposals),
    activity,
    lanes,
    can,
  }),
  "step.opened": (state, { step, can, ballot, grace }) => ({
    ...state,
    step,
    open: true,
    can,
    ballot,
    grace,
    spotlight: null,
    signals: unfinished(state.signals),
    results: null, // where they are on show, results.counted follows
  }),
  "step.closed": (state, { can, grace }) => ({ ...state, open: false, can, grace }),
  "vote.cast": (state, { voted }) => (state.ballot ? { ...state, ballot: { ...state.ballot, voted } } : state),
  "vote.entered": (state, { electors, voted, entered }) =>
    state.ballot ? { ...state, ballot: { ...state.ballot, electors, voted, entered } } : state,
  "results.counted": (state, { results }) => ({ ...state, results }),
  "timer.started": (state, { timer }) => ({ ...state, timer }),
  "timer.extended": (state, { timer }) => ({ ...state, timer }),
  "timer.stopped": (state) => ({ ...state, timer: null }),

  // --- a day's room
  "day.framed": (state, { number, date, title, conclusions }) => ({ ...state, number, date, title, conclusions }),
  "desk.named": (state, { theme }) => ({ ...state, desk: { ...state.desk, [theme.id]: theme } }),
  "desk.sorted": (state, { proposals, theme }) => ({ ...state, desk: sorted(state.desk, proposals, theme) }),
  "desk.dissolved": (state, { theme }) => ({ ...state, desk: without(state.desk, theme) }),
  "conclusion.promoted": (state, { conclusion }) => ({ ...state, conclusions: [...state.conclusions, conclusion] }),
  "conclusion.extended": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "conclusion.reworded": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "conclusion.classified": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "conclusion.tagged": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "conclusion.moved": (state, { order }) => ({ ...state, conclusions: inOrder(state.conclusions, order) }),
  "conclusion.taken_back": (state, { conclusion }) => ({
    ...state,
    conclusions: state.conclusions.filter((/** @type {any} */ c) => c.id !== conclusion),
  }),
  "conclusion.reinstated": (state, { conclusion, order }) => ({
    ...state,
    conclusions: inOrder([...state.conclusions, conclusion], order),
  }),
  "conclusion.decided": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "ratification.opened": (state, { ratification }) => ({ ...state, ratification }),
  "position.taken": (state, { voted }) =>
    state.ratification ? { ...state, ratification: { ...state.ratification, voted } } : state,
  "ratification.closed": (state, { ratification, conclusions }) => ({
    ...withConclusions(state, conclusions),
    ratification,
  }),
  "minority.reported": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "minority.withdrawn": (state, { conclusion }) => withConclusions(state, [conclusion]),
  "day.closed": (state, { closing }) => ({ ...state, closing }),
  "day.reopened": (state) => ({ ...state, closing: null }),
};

/**
 * The state after one event. An event of a newer server that this page does not know changes nothing.
 *
 * @param {State} state
 * @param {RoomEvent} event
 * @returns {State} a new state that shares what did not change; the old one is never touched
 */
export function reduce(state, event) {
  return Object.hasOwn(on, event.name) ? on[event.name](state, event) : state;
}

/**
 * @param {State} state
 * @param {RoomEvent[]} events
 * @returns {State}
 */
export function applyAll(state, events) {
  return events.reduce(reduce, state);
}

/** @param {State} state @param {any[] | undefined} people  whole cards, new or anew; a projector gets none */
function withPeople(state, people) {
  if (!people || !state.people) return state;
  return { ...state, people: { ...state.people, ...Object.fromEntries(people.map((card) => [card.id, card])) } };
}

/** @param {State} state @param {any} changes */
function withPreference(state, changes) {
  return state.preference ? { ...state, preference: { ...state.preference, ...changes } } : state;
}

/** @param {State} state @param {any[]} cards */
function withOrganisations(state, cards) {
  if (cards.length === 0) return state;
  return {
    ...state,
    organisations: { ...state.organisations, ...Object.fromEntries(cards.map((card) => [card.id, card])) },
  };
}

/** @param {State} state @param {any[]} days  all days in order, without their sessions */
function withDays(state, days) {
  const sessions = new Map(state.days.map((/** @type {any} */ d) => [d.id, d.sessions]));
  return { ...state, days: days.map((day) => ({ ...day, sessions: sessions.get(day.id) ?? [] })) };
}

/** @param {State} state @param {(session: any) => any} change  returns the same session where nothing changes */
function withSessions(state, change) {
  return {
    ...state,
    days: state.days.map((/** @type {any} */ day) => {
      const sessions = day.sessions.map(change);
      return sessions.some((/** @type {any} */ s, /** @type {number} */ i) => s !== day.sessions[i])
        ? { ...day, sessions }
        : day;
    }),
  };
}

/** @param {State} state @param {string} id @param {any} fields */
function withProposal(state, id, fields) {
  return { ...state, proposals: { ...state.proposals, [id]: { ...state.proposals[id], ...fields } } };
}

/** @param {State} state @param {(proposal: any) => any} change  returns the same proposal where nothing changes */
function withProposals(state, change) {
  const changed = Object.values(state.proposals)
    .map((p) => [p, change(p)])
    .filter(([before, after]) => before !== after)
    .map(([, after]) => [after.id, after]);
  return changed.length ? { ...state, proposals: { ...state.proposals, ...Object.fromEntries(changed) } } : state;
}

/** @param {State} state @param {any[]} cards  whole proposals, new or anew */
function withCards(state, cards) {
  return { ...state, proposals: { ...state.proposals, ...Object.fromEntries(cards.map((card) => [card.id, card])) } };
}

/** @param {State} state @param {string} id @param {any} fields */
function withComment(state, id, fields) {
  return { ...state, comments: { ...state.comments, [id]: { ...state.comments[id], ...fields } } };
}

/** @param {State} state @param {string} id @param {any} fields */
function withPicture(state, id, fields) {
  return { ...state, pictures: { ...state.pictures, [id]: { ...state.pictures[id], ...fields } } };
}

/** @param {Record<string, any>} map @param {string} id */
function without(map, id) {
  const { [id]: _gone, ...rest } = map;
  return rest;
}

/**
 * When a whole is split: which of its parts each thing stands behind again that had been merged before.
 *
 * @param {Record<string, any>} proposals @param {string} whole @param {string[]} parts
 * @returns {Map<string, string>}
 */
function standingBehind(proposals, whole, parts) {
  const behind = new Map();
  const follow = (/** @type {string} */ id, /** @type {string} */ part) => {
    for (const below of proposals[id]?.made_of ?? []) {
      if (proposals[below]?.merged_into !== whole || parts.includes(below)) continue;
      behind.set(below, part);
      follow(below, part);
    }
  };
  for (const part of parts) follow(part, part);
  return behind;
}

/** @param {State} state @param {any[]} changed  whole conclusions anew, each at its place */
function withConclusions(state, changed) {
  const anew = new Map(changed.map((conclusion) => [conclusion.id, conclusion]));
  return { ...state, conclusions: state.conclusions.map((/** @type {any} */ c) => anew.get(c.id) ?? c) };
}

/** @param {any[]} cards @param {string[]} order */
function inOrder(cards, order) {
  const placeOf = (/** @type {any} */ c) => order.indexOf(c.id);
  return [...cards].sort((a, b) => placeOf(a) - placeOf(b));
}

/** @param {State} state @param {(stage: any) => any} change  the fields that change */
function withStage(state, change) {
  return { ...state, stage: { ...state.stage, ...change(state.stage) } };
}

/** @param {string} id */
const not = (id) => (/** @type {{id: string}} */ card) => card.id !== id;

/** @param {Record<string, any>} signals */
function unfinished(signals) {
  return Object.fromEntries(Object.entries(signals).filter(([, signal]) => signal.kind !== "finished"));
}

/** @param {Record<string, any>} desk @param {string[]} proposals @param {string | null} theme */
function sorted(desk, proposals, theme) {
  const left = Object.values(desk).map((one) => ({ ...one, proposals: one.proposals.filter((/** @type {string} */ id) => !proposals.includes(id)) }));
  return Object.fromEntries(left.map((one) => [one.id, one.id === theme ? { ...one, proposals: [...one.proposals, ...proposals] } : one]));
}
