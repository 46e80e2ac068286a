// Which group one wants: taken (first come, first served), or ranked in secret. Buttons do everything; each is sent at once.

import { n, t } from "../i18n.js";
import { useApp, usePending } from "./app.js";
import { html, useRef } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { GroupName } from "./words.js";

/** @param {{event: any, me: any}} props */
export function Preference({ event, me }) {
  const { preference } = event;
  if (!preference?.open || me?.role !== "participant") return null;
  const groups = /** @type {any[]} */ (Object.values(event.groups)).filter(({ kind }) => kind === "breakout").sort((a, b) => a.number - b.number);
  if (groups.length === 0) return null;
  return preference.kind === "choice"
    ? html`<${Choice} event=${event} me=${me} groups=${groups} most=${preference.most} />`
    : html`<${Order} me=${me} groups=${groups} />`;
}

function Choice({ event, me, groups, most }) {
  const { boot, client } = useApp();
  const pending = usePending(boot.room).filter(({ name }) => name === "group.choose");
  const refused = pending.find(({ state }) => state === "refused");
  const sent = pending.filter(({ state }) => state !== "refused").at(-1);
  const mine = sent ? sent.args.group : groups.find(({ id }) => me.groups.includes(id))?.id;
  const seated = counts(event);
  const choose = (/** @type {string} */ group) => {
    if (refused) client.discard(refused.id);
    client.send(boot.room, "group.choose", { group });
  };
  return html`
    <section class="card roomy stack" aria-labelledby="choose-group">
      <div class="stack tight">
        <h2 id="choose-group">${t("Choose your group")}</h2>
        <p class="quiet">${most === null ? t("You can change until it is closed.") : n("First come, first served: a group has {count} place. You can change until it is closed.", "First come, first served: a group has {count} places. You can change until it is closed.", most)}</p>
      </div>
      <ul class="stack tight">
        ${groups.map((group) => {
          const people = seated.get(group.id) ?? 0;
          const own = group.id === mine;
          const full = !own && most !== null && people >= most;
          return html`
            <li key=${group.id} class="card ranked-item group-offer">
              <span class="words stack tight"><${GroupName} name=${group.name} number=${group.number} /><span class="small quiet figures">${most === null ? n("{count} person", "{count} people", people) : t("{count} of {most} places taken", { count: people, most })}</span></span>
              <button type="button" class="button ${own ? "primary" : ""}" aria-pressed=${own ? "true" : "false"} aria-disabled=${full ? "true" : null}
                aria-label=${full ? t("Full: {group}", { group: group.name }) : own ? t("Your group: {group}", { group: group.name }) : t("Choose: {group}", { group: group.name })}
                onClick=${() => !own && !full && choose(group.id)}>${own ? html`${icon("check")} ${t("Your group")}` : full ? t("Full") : t("Choose")}</button>
            </li>`;
        })}
      </ul>
      ${refused && html`<${PendingNote} command=${refused} />`}
    </section>`;
}

/** Group -> how many participants sit in it. @param {any} event @returns {Map<string, number>} */
function counts(event) {
  const found = new Map();
  for (const { role, closed, groups } of /** @type {any[]} */ (Object.values(event.people ?? {}))) {
    if (role === "participant" && !closed) for (const group of groups) found.set(group, (found.get(group) ?? 0) + 1);
  }
  return found;
}

function Order({ me, groups }) {
  const { boot, client } = useApp();
  const pending = usePending(boot.room).filter(({ name }) => name === "preference.rank");
  const refused = pending.find(({ state }) => state === "refused");
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const known = new Map(groups.map((group) => [group.id, group]));
  const stored = pending.filter(({ state }) => state !== "refused").at(-1)?.args.order ?? me.ranking;
  const said = stored.filter((/** @type {string} */ id) => known.has(id));
  const order = [...said, ...groups.map(({ id }) => id).filter((id) => !said.includes(id))];
  const rank = (/** @type {string[]} */ now) => {
    if (refused) client.discard(refused.id);
    client.send(boot.room, "preference.rank", { order: now });
  };
  const move = (/** @type {number} */ from, /** @type {number} */ to) => {
    const now = [...order];
    now.splice(to, 0, ...now.splice(from, 1));
    rank(now);
    const moved = `[data-focus="${order[from]}-${to < from ? "up" : "down"}"]`;
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (list.current?.querySelector(moved))?.focus());
  };
  return html`
    <section class="card roomy stack" aria-labelledby="rank-groups" ref=${list}>
      <div class="stack tight">
        <h2 id="rank-groups">${t("Which group would you like?")}</h2>
        <p class="quiet">${t("Put the groups into your order, best first. Nobody else sees it. The groups are formed so that all together get as high a choice as can be.")}</p>
      </div>
      <ol class="ranked">
        ${order.map((id, place) => html`
          <li key=${id} class="card ranked-item group-offer">
            <span class="rank serif figures" aria-hidden="true">${place + 1}</span>
            <${GroupName} name=${known.get(id).name} number=${known.get(id).number} class="words" />
            <span class="row rank-buttons">
              <button type="button" class="button" data-focus="${id}-up" aria-disabled=${place === 0 ? "true" : null} aria-label=${t("Up: {text}", { text: known.get(id).name })} onClick=${() => place > 0 && move(place, place - 1)}>${icon("up")}</button>
              <button type="button" class="button" data-focus="${id}-down" aria-disabled=${place === order.length - 1 ? "true" : null} aria-label=${t("Down: {text}", { text: known.get(id).name })} onClick=${() => place < order.length - 1 && move(place, place + 1)}>${icon("down")}</button>
            </span>
          </li>`)}
      </ol>
      ${refused && html`<${PendingNote} command=${refused} />`}
      <div role="status">
        ${said.length === order.length
          ? html`<p class="notice">${icon("check")}<span>${t("Your order is saved. You can change it until it is closed.")}</span></p>`
          : html`<button type="button" class="button primary big wide" onClick=${() => rank(order)}>${t("This is my order")}</button>`}
      </div>
    </section>`;
}
