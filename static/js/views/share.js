// Sharing: the lines of a group come into the plenary, where they are answered and endorsed, not changed.

import { n, t } from "../i18n.js";
import { sessionsOf } from "./agenda.js";
import { may, useAct, useApp, useBusy, useWatch } from "./app.js";
import { Comments } from "./comments.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { usePicks } from "./promote.js";
import { standing } from "./proposals.js";
import { toast } from "./toast.js";
import { tint, Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Share({ room, board, me }) {
  const { client, boot } = useApp();
  const event = client.room(`event:${boot.event}`)?.value?.state;
  const shared = standing(board, "line").filter((line) => line.shared_from);
  const picks = usePicks({ board, may: may(board, me, "conclusion.promote"), cards: shared });
  const groups = [...new Set(shared.map((line) => line.shared_from))];
  return html`
    ${may(board, me, "lines.share") && event && html`<${Bring} room=${room} event=${event} me=${me} />`}
    ${groups.length === 0 && html`<p class="quiet">${t("No lines have been shared yet.")}</p>`}
    ${groups.map((group) => html`
      <section key=${group} class="stack shared ${tint(Object.values(event?.groups ?? {}).find((one) => one.name === group)?.number)}" aria-label=${group}>
        <h2 class="group-name"><bdi>${group}</bdi></h2>
        <ol class="final-lines stack">
          ${shared.filter((line) => line.shared_from === group).map((line, place) => html`
            <li key=${line.id} class="card final-line" data-proposal=${line.id}>
              <span class="rank serif figures" aria-hidden="true">${place + 1}</span>
              <div class="stack tight grow"><${Words} class="line-words serif" text=${line.text} /><div class="proposal-foot"><span>${picks.tick(line)}</span><${Comments} room=${room} proposal=${line} /></div></div>
            </li>`)}
        </ol>
      </section>`)}
    ${picks.bar}`;
}

/** The boards whose lines one may bring: as their rapporteur, or as who steers. */
function Bring({ room, event, me }) {
  const { client } = useApp();
  const steers = me.role !== "participant";
  const mine = new Set(client.room(`event:${event.id}`)?.value?.me?.groups ?? []);
  const boards = sessionsOf(event)
    .flatMap((session) => session.boards.map((board) => ({ ...board, session })))
    .filter(({ group }) => event.groups[group]?.kind !== "plenary" && (steers || mine.has(group)));
  useWatch(boards.map(({ id }) => `board:${id}`), { away: true });
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const ready = boards
    .map((one) => ({ ...one, state: client.room(`board:${one.id}`)?.value?.state }))
    .filter(({ state }) => state && standing(state, "line").length > 0 && (steers || state.rapporteur === me.person));
  if (ready.length === 0) return null;
  const bring = (/** @type {any} */ one) => guard(async () => (await act("lines.share", { board: one.id })).ok && toast(t("The lines are on the board for everybody.")));
  return html`
    <section class="panel stack tight" aria-labelledby="bring">
      <h2 class="eyebrow" id="bring">${t("Bring lines into the plenary")}</h2>
      <ul class="stack tight">
        ${ready.map((one) => html`
          <li key=${one.id} class="row apart"><span><bdi>${event.groups[one.group].name}</bdi> <span class="small quiet">${n("{count} line", "{count} lines", standing(one.state, "line").length)} · <bdi>${one.session.title}</bdi></span></span>
            <button type="button" class="button primary" aria-disabled=${busy ? "true" : null} aria-label=${t("Share the lines of {group}", { group: event.groups[one.group].name })} onClick=${bring(one)}>${icon("screen")} ${t("Share")}</button></li>`)}
      </ul>
    </section>`;
}
