// @ts-check
// What a board looks like from across the room: the few facts that a tile of the wall shows. Pure.

/**
 * @param {any} board
 * @returns a flat record, so that two of them are easily compared: most of what happens on a board changes nothing of it
 */
export function glance(board) {
  const steps = board.activity.steps;
  const at = steps.findIndex((/** @type {any} */ step) => step.id === board.step);
  const step = steps[at];
  const signals = /** @type {any[]} */ (Object.values(board.signals));
  const help = signals.find(({ kind }) => kind === "help");
  return {
    at,
    steps: steps.length,
    step: board.step,
    title: step?.title ?? null,
    next: steps[at + 1]?.id ?? null,
    nextTitle: steps[at + 1]?.title ?? null,
    ballotStep: Boolean(step?.ballot),
    open: board.open,
    startedAt: board.timer?.started_at ?? null,
    endsAt: board.timer?.ends_at ?? null,
    proposals: Object.values(board.proposals).filter((/** @type {any} */ card) => (card.kind === "proposal" || card.kind === "line") && card.status === "standing").length + board.unrevealed,
    voted: board.ballot?.voted ?? null,
    electors: board.ballot?.electors ?? null,
    help: help?.id ?? null,
    helpAt: help?.at ?? null,
    hands: people(signals, "hand").join(" "),
    finished: people(signals, "finished").length,
    late: board.late,
    locked: board.locked_at !== null,
    results: board.results?.ballot.kind === "scale" && board.results.ballot.criteria.length > 0,
  };
}

/** @param {any[]} signals @param {string} kind @returns {string[]} */
const people = (signals, kind) => signals.filter((signal) => signal.kind === kind).map((signal) => signal.person);

/** @param {Record<string, any>} a @param {Record<string, any>} b */
export const same = (a, b) => Object.keys(a).every((key) => a[key] === b[key]);

/**
 * Who of a group has not contributed yet. Only what was written under a name or an organisation tells; who has voted is
 * never asked. Where people write without that, the answer is null: it cannot be known.
 *
 * @param {any} board
 * @param {{id: string, organisation: string | null}[]} members
 * @returns {{people: string[] | null, organisations: string[] | null}} ids
 */
export function silent(board, members) {
  const known = signatures(board);
  if (known === "anonymous") return { people: null, organisations: null };
  const cards = [...Object.values(board.proposals), ...Object.values(board.comments), ...Object.values(board.pledges)].filter((/** @type {any} */ one) => !one.made_of?.length);
  const authors = new Set(cards.map((/** @type {any} */ one) => one.author));
  const heard = new Set(cards.map((/** @type {any} */ one) => one.organisation));
  for (const one of members) if (authors.has(one.id)) heard.add(one.organisation);
  const organisations = new Set(members.map((one) => one.organisation).filter((one) => one !== null && !heard.has(one)));
  return {
    people: known === "named" ? members.filter((one) => !authors.has(one.id)).map((one) => one.id) : null,
    organisations: /** @type {string[]} */ ([...organisations]),
  };
}

/** How people have stood beside what they write so far, at the least: in private, nobody can tell yet. @param {any} board @returns {"named" | "organisation" | "anonymous"} */
function signatures(board) {
  const steps = board.activity.steps;
  const at = steps.findIndex((/** @type {any} */ step) => step.id === board.step);
  const reached = steps.slice(0, at + 1).filter((/** @type {any} */ step) => WRITING.has(step.kind) || step.comments);
  const cards = /** @type {any[]} */ ([...Object.values(board.proposals), ...Object.values(board.comments)]).filter((one) => one.kind !== "given" && one.kind !== "phrase" && !one.shared_from && !one.made_of?.length);
  const names = new Set([...reached.map((/** @type {any} */ step) => step.names ?? "named"), ...cards.map((one) => (one.author ? "named" : one.organisation ? "organisation" : "anonymous"))]);
  if (names.has("anonymous") || board.unrevealed > 0 || steps[at]?.private) return "anonymous";
  return names.has("organisation") ? "organisation" : "named";
}

const WRITING = new Set(["collect", "cluster", "lines", "plan"]);
