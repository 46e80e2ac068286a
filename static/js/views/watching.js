// What the cockpit keeps of the boards it looks at, as signals: one a board, and it changes only with what a tile shows.

import { follow, NOBODY } from "../absence.js";
import { glance, same } from "../glance.js";
import { SAMPLE_MS, sampled, timeless } from "../pace.js";
import { useApp } from "./app.js";
import { computed, signal, useEffect } from "./html.js";

/** @type {WeakMap<any, Map<string, any>>} */
const kept = new WeakMap();

function keep(client, key, make) {
  const mine = kept.get(client) ?? new Map();
  kept.set(client, mine);
  if (!mine.has(key)) mine.set(key, make());
  return mine.get(key);
}

/** A board at a glance; null until it is known. @returns {{value: ReturnType<typeof glance> | null, peek: () => any}} */
export function glanceOf(client, room) {
  return keep(client, `glance ${room}`, () => {
    let last = null;
    return computed(() => {
      const state = client.room(room).value?.state;
      const next = state ? glance(state) : null;
      if (!(last && next && same(last, next))) last = next;
      return last;
    });
  });
}

/** The people here and those who have dropped off, as long as `useAbsences` looks. */
export const absencesOf = (client, room) => keep(client, `absences ${room}`, () => signal(NOBODY));

/** @param {string[]} rooms */
export function useAbsences(rooms) {
  const { client } = useApp();
  useEffect(() => {
    const stops = rooms.map((room) => {
      const known = absencesOf(client, room);
      known.value = NOBODY; // nobody has been looked for meanwhile
      return client.presence(room).subscribe(({ people }) => (known.value = follow(known.peek(), people, client.now())));
    });
    return () => stops.forEach((stop) => stop());
  }, [client, rooms.join(" ")]);
}

/** How many had written and voted, twice a minute: `{written, voted}`, each a list of samples. */
export const samplesOf = (client, room) => keep(client, `samples ${room}`, () => signal({ written: [], voted: [] }));

/** @param {string[]} rooms */
export function useSamples(rooms) {
  const { client } = useApp();
  useEffect(() => {
    const look = () => {
      for (const room of rooms) {
        const board = client.room(room).peek()?.state;
        if (!board) continue;
        const samples = samplesOf(client, room);
        const { written, voted } = samples.peek();
        samples.value = { written: sampled(written, timeless(board), client.now()), voted: sampled(voted, board.ballot?.voted ?? 0, client.now()) };
      }
    };
    look();
    const looking = setInterval(look, SAMPLE_MS);
    return () => clearInterval(looking);
  }, [client, rooms.join(" ")]);
}
