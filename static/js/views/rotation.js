// A rotation as one person sees it: their table in each round, and the way there once a round has begun.

import { t } from "../i18n.js";
import { sessionOn, sessionsOf, stateOf } from "./agenda.js";
import { urlFor, useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { tint } from "./words.js";

/** Somebody's table in each round, in the order of the agenda. @param {any} event @param {string | undefined} person
 * @returns {{session: any, group: any, host: boolean}[]} */
export function tablesOf(event, person) {
  const mine = new Map();
  for (const { rounds } of Object.values(event?.rotations ?? {})) {
    for (const { session, tables } of rounds) {
      const table = tables.find((one) => one.people?.includes(person));
      if (table) mine.set(session, { group: event.groups[table.group], host: table.hosted && table.people[0] === person });
    }
  }
  return mine.size ? sessionsOf(event).filter(({ id }) => mine.has(id)).map((session) => ({ session, ...mine.get(session.id) })) : [];
}

/** The whole way from table to table. */
export function MyTables({ event, me }) {
  const tables = tablesOf(event, me?.person);
  if (tables.length === 0) return null;
  return html`
    <section class="stack tight" aria-labelledby="my-tables">
      <h2 id="my-tables">${t("Your tables")}</h2>
      <ol class="my-tables">
        ${tables.map(({ session, group, host }) => html`
          <li key=${session.id} class="${stateOf(event, session)} ${tint(group?.number)}" aria-current=${session.id === event.now ? "step" : null}>
            <span class="small quiet figures"><bdi>${session.title}</bdi> ${session.starts_at}</span>
            <strong dir="auto">${group?.name}</strong>
            ${host && html`<span class="small">${t("You are the host.")}</span>`}
            ${session.id === event.now && html`<span class="tag on">${t("now")}</span>`}
          </li>`)}
      </ol>
    </section>`;
}

/** The name of a session; of a round with one's own table: "Round 2: table Water". */
export function SessionName({ event, me, session }) {
  const own = tableIn(event, me?.person, session);
  return own ? t("{round}: table {table}", { round: session.title, table: own.group?.name ?? "" }) : session.title;
}

/** One's own table, where the session is a round. */
export function MyTable({ event, me, session }) {
  const own = tableIn(event, me?.person, session);
  return own ? html`<p class="lead">${t("Your table: {table}", { table: own.group?.name ?? "" })}${own.host ? ` · ${t("You are the host.")}` : ""}</p>` : null;
}

const tableIn = (event, person, session) => tablesOf(event, person).find((one) => one.session.id === session.id);

/** On a board of another round or another table: where one is expected now. */
export function TableNow({ event, board }) {
  const { boot } = useApp();
  const on = event && sessionOn(event);
  const own = on && tableIn(event, boot.person?.id, on);
  const there = own && on.boards.find(({ group }) => group === own.group?.id)?.id;
  if (boot.role !== "participant" || !there || there === board) return null;
  return html`
    <div class="notice table-now" role="status">
      <div class="row apart"><strong>${t("{round}: table {table}", { round: on.title, table: own.group.name })}</strong>
        <a class="button primary" href=${urlFor(boot.urls.board, there)}>${t("Go to your table")} ${icon("next")}</a></div>
    </div>`;
}
