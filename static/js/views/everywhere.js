// One press, many boards: a command for each, and one answer for all.

import { list } from "../i18n.js";
import { useApp } from "./app.js";
import { useCallback } from "./html.js";

/**
 * @typedef {{room: string, group: string, name?: string, args?: any, not?: string}} Order
 *   `group`: the group's name, for the answer; `not`: why it is not even tried there
 */

/** @returns {(orders: Order[], done: (count: number) => string) => Promise<string>} the combined answer, in sentences */
export function useEverywhere() {
  const { client } = useApp();
  return useCallback(
    async (orders, done) => {
      const replies = await Promise.all(
        orders.map(async ({ room, name, args = {}, not }) => {
          if (not) return not;
          const sent = client.send(room, name, args);
          const reply = await sent.done;
          if (reply.ok) return null;
          client.discard(sent.id);
          return reply.error.message;
        }),
      );
      return answer(orders, replies, done);
    },
    [client],
  );
}

/** "Opened on 4 boards. Air, Water: Nothing comes before this step." @param {Order[]} orders @param {(string | null)[]} replies @param {(count: number) => string} done */
function answer(orders, replies, done) {
  /** @type {Map<string, string[]>} */
  const why = new Map();
  replies.forEach((reply, i) => reply !== null && why.set(reply, [...(why.get(reply) ?? []), orders[i].group]));
  const well = replies.filter((reply) => reply === null).length;
  return [...(well > 0 || why.size === 0 ? [done(well)] : []), ...[...why].map(([reason, groups]) => `${list(groups)}: ${reason}`)].join(" ");
}
