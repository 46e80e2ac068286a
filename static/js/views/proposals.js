// Proposals as data for the views: their order, and what this window has sent but the server has not confirmed yet.

/** @returns {any[]} all proposals in the order in which they came */
export const inOrder = (board) => Object.values(board.proposals).sort((a, b) => a.number - b.number);

/** @returns {any[]} */
export const standing = (board) => inOrder(board).filter((proposal) => proposal.status === "standing");

/** My new proposals that are not on the board yet. The command's id is the proposal's id, so keys stay the same. */
export const posts = (board, pending) => pending.filter(({ id, name }) => name === "proposal.post" && !board.proposals[id]);

/** The newest unconfirmed command about each proposal. @returns {Map<string, any>} */
export function aboutProposals(pending) {
  return new Map(pending.filter(({ args }) => args.proposal).map((command) => [command.args.proposal, command]));
}

/** My votes with what is still on its way: a press must show at once. @returns {Record<string, number>} */
export function votesWith(votes, pending) {
  const mine = { ...votes };
  for (const { name, args, state } of pending) {
    if (name === "vote.cast" && state !== "refused") mine[args.proposal] = args.value;
  }
  return mine;
}

export const sum = (votes) => Object.values(votes).reduce((all, value) => all + value, 0);
