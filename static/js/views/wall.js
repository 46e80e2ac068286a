// The boards of one session at a glance, one tile a group, in an order that never changes by itself.

import { n, t } from "../i18n.js";
import { useApp, useWatch } from "./app.js";
import { Attention } from "./attention.js";
import { Heatmap } from "./heatmap.js";
import { html, useEffect, useMemo, useRef, useState } from "./html.js";
import { SteerMany } from "./steer_many.js";
import { Tile } from "./tile.js";
import { glanceOf, useAbsences, useSamples } from "./watching.js";

/** @param {{event: any, session: any}} props */
export function Wall({ event, session }) {
  const { boot } = useApp();
  const rooms = session.boards.map(({ id }) => `board:${id}`);
  useWatch(rooms, { away: true }); // who looks at the wall is at no board
  useAbsences(rooms);
  useSamples(rooms);
  const [mine, setMine] = useMine();
  const [left, leave] = useState(/** @type {Set<string>} */ (new Set())); // all are ticked until somebody says otherwise
  const members = useMembers(event, session);

  const leads = event.leads ?? {};
  const all = session.boards.map(({ id, group }) => ({ id, group, name: event.groups[group]?.name ?? "", number: event.groups[group]?.number ?? 0, lead: leads[group]?.person }));
  const own = all.filter(({ lead }) => lead === boot.person?.id);
  const tiles = useSameList(mine ? own : all);
  const ticked = useSameList(tiles.filter(({ id }) => !left.has(id)));
  const tick = useRef((/** @type {string} */ id) => leave((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])))).current;
  if (rooms.length === 0) {
    return html`<section class="panel roomy stack tight"><h2 dir="auto">${session.title}</h2><p class="quiet">${t("This session has no boards: everybody is together.")}</p></section>`;
  }
  return html`
    <section class="stack" aria-labelledby="wall">
      <div class="row apart">
        <h2 id="wall" dir="auto">${session.id === event.now ? t("Boards") : session.title}</h2>
        <div class="row filter" role="group" aria-label=${t("Which groups to show")}>
          <button type="button" class="button" aria-pressed=${mine ? "false" : "true"} onClick=${() => setMine(false)}>${t("All groups")} <span class="figures quiet">${all.length}</span></button>
          <button type="button" class="button" aria-pressed=${mine ? "true" : "false"} onClick=${() => setMine(true)}>${t("My groups")} <span class="figures quiet">${own.length}</span></button>
        </div>
      </div>
      <${Attention} event=${event} tiles=${useSameList(all)} />
      ${tiles.length > 0
        ? html`<${SteerMany} event=${event} tiles=${tiles} ticked=${ticked} onTickAll=${(/** @type {boolean} */ yes) => leave(new Set(yes ? [] : tiles.map(({ id }) => id)))} />`
        : html`<p class="panel quiet">${t("You look after no group of this session. On a group’s tile, press “I look after it”.")}</p>`}
      <${Ratings} event=${event} rooms=${rooms} />
      <ul class="wall">
        ${tiles.map(({ id, group, name, number, lead }) => html`
          <${Tile} key=${id} id=${id} group=${group} name=${name} number=${number} members=${members.get(group)} lead=${lead} leadName=${event.people?.[lead]?.name}
            ticked=${!left.has(id)} onTick=${tick} />`)}
      </ul>
    </section>`;
}

/** The groups that have rated by criteria and look at what came of it: they are seen side by side. */
function Ratings({ event, rooms }) {
  const { client } = useApp();
  const rated = rooms.filter((room) => glanceOf(client, room).value?.results);
  if (rated.length < 2) return null;
  const boards = rated.map((room) => ({ room, board: client.room(room).value.state }));
  return html`<${Heatmap} boards=${boards.map((one) => ({ ...one, number: event.groups[one.board.group]?.number }))} />`;
}

/**
 * Group -> its members; everybody is in the plenary without a seat. A group's list stays the same list as long as its
 * members do, so that somebody who joins lets one tile be rendered again, and not forty.
 *
 * @returns {Map<string, any[]>}
 */
function useMembers(event, session) {
  const known = useRef(/** @type {Map<string, any[]>} */ (new Map())).current;
  return useMemo(() => {
    const people = Object.values(event.people ?? {}).filter((person) => person.role === "participant");
    for (const { group } of session.boards) {
      const now = people.filter((person) => event.groups[group]?.kind === "plenary" || person.groups.includes(group));
      const before = known.get(group);
      if (!before || before.length !== now.length || before.some((one, i) => one !== now[i])) known.set(group, now);
    }
    return known;
  }, [event.people, event.groups, session.boards]);
}

/** The same list as before while it says the same. @template T @param {T[]} list @returns {T[]} */
function useSameList(list) {
  const last = useRef(list);
  if (JSON.stringify(last.current) !== JSON.stringify(list)) last.current = list;
  return last.current;
}

/** Whether only one's own groups are shown stands in the address: it is the same after a visit to a board. @returns {[boolean, (mine: boolean) => void]} */
function useMine() {
  const [mine, set] = useState(location.hash === "#mine");
  useEffect(() => {
    if (mine !== (location.hash === "#mine")) history.replaceState(null, "", mine ? "#mine" : location.pathname + location.search);
  }, [mine]);
  return [mine, set];
}
