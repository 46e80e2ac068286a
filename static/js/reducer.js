// @ts-check
// What an event does to a room's state. Pure: no sockets, no DOM, no clock. Names and fields are those of
// facilitator/domain/events.py; the state has exactly the shape of the server's snapshot (tests/golden/*.json).
// Events carry results, not increments, so nothing is counted here. A projector's events come without the keys that say
// who (by, author, person, people), and its state has no `people`: no function may rely on them.

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
  "code.renewed": (state, { join_code }) => ({ ...state, join_code }),

  // --- a board's room
  "proposal.posted": (state, { proposal }) => withProposal(state, proposal.id, proposal),
  "proposal.edited": (state, { proposal, text }) => withProposal(state, proposal, { text, edited: true }),
  "proposal.withdrawn": (state, { proposal }) => withProposal(state, proposal, { status: "withdrawn", text: null }),
  "proposal.reinstated": (state, { proposal }) => withProposal(state, proposal.id, proposal),
  "proposal.hidden": (state, { proposal, reason }) =>
    withProposal(state, proposal, { status: "hidden", text: null, reason }),
  "proposal.restored": (state, { proposal }) => withProposal(state, proposal.id, proposal),
  "step.opened": (state, { step, can, ballot }) => ({
    ...state,
    step,
    open: true,
    can,
    ballot,
    // Results are on show in a reveal step only; opening one is followed by results.counted.
    results: kindOf(state, step) === "reveal" ? state.results : null,
  }),
  "step.closed": (state, { can }) => ({ ...state, open: false, can }),
  "vote.cast": (state, { voted }) => (state.ballot ? { ...state, ballot: { ...state.ballot, voted } } : state),
  "results.counted": (state, { results }) => ({ ...state, results }),
  "timer.started": (state, { timer }) => ({ ...state, timer }),
  "timer.extended": (state, { timer }) => ({ ...state, timer }),
  "timer.stopped": (state) => ({ ...state, timer: null }),

  // --- a day's room
  "conclusion.promoted": (state, { conclusion }) => ({ ...state, conclusions: [...state.conclusions, conclusion] }),
  "conclusion.reworded": (state, { conclusion }) => ({
    ...state,
    conclusions: state.conclusions.map((/** @type {any} */ c) => (c.id === conclusion.id ? conclusion : c)),
  }),
  "conclusion.moved": (state, { order }) => ({ ...state, conclusions: inOrder(state.conclusions, order) }),
  "conclusion.taken_back": (state, { conclusion }) => ({
    ...state,
    conclusions: state.conclusions.filter((/** @type {any} */ c) => c.id !== conclusion),
  }),
  "conclusion.reinstated": (state, { conclusion, order }) => ({
    ...state,
    conclusions: inOrder([...state.conclusions, conclusion], order),
  }),
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

/** @param {State} state @param {string} step */
function kindOf(state, step) {
  return state.activity.steps.find((/** @type {any} */ s) => s.id === step)?.kind;
}

/** @param {any[]} conclusions @param {string[]} order */
function inOrder(conclusions, order) {
  const placeOf = (/** @type {any} */ c) => order.indexOf(c.id);
  return [...conclusions].sort((a, b) => placeOf(a) - placeOf(b));
}
