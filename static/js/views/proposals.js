// Proposals as data for the views: their order, and what this window has sent but the server has not confirmed yet.

/** @returns {any[]} all proposals in the order in which they came */
export const inOrder = (board) => Object.values(board.proposals).sort((a, b) => a.number - b.number);

/** What people have proposed and what stands; lines, phrases and given items by their kind. @returns {any[]} */
export const standing = (board, kind = "proposal") => inOrder(board).filter((card) => card.kind === kind && card.status === "standing");

/** Is a card among what the ballot is about, whatever has become of it? */
export const isItem = (ballot, card) => card.kind === ballot.of.kind && (!ballot.of.keys || ballot.of.keys.includes(card.key));

/** My new proposals that are not on the board yet. The command's id is the proposal's id, so keys stay the same. */
export const posts = (board, pending) => pending.filter(({ id, name }) => name === "proposal.post" && !board.proposals[id]);

/** The newest unconfirmed command about each proposal. @returns {Map<string, any>} */
export function aboutProposals(pending) {
  return new Map(pending.filter(({ args }) => args.proposal).map((command) => [command.args.proposal, command]));
}

/**
 * My votes with what is still on its way: a press must show at once.
 *
 * @returns {Record<string, Record<string, number>>} item -> criterion -> value
 */
export function votesWith(votes, pending) {
  const mine = { ...votes };
  for (const { name, args, state } of pending) {
    if (name === "vote.cast" && state !== "refused") mine[args.proposal] = { ...mine[args.proposal], [args.criterion ?? ""]: args.value };
  }
  return mine;
}

/** Dots that are placed, for and against. @param {Record<string, Record<string, number>>} votes */
export const spent = (votes) => Object.values(votes).reduce((all, said) => all + Math.abs(said[""] ?? 0), 0);
