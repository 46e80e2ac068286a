// What leads above the wall: calls for help, leads who have dropped off, and in one line how the groups are doing.

import { list, n, t } from "../i18n.js";
import { useApp } from "./app.js";
import { computed, html, useEffect, useMemo } from "./html.js";
import { icon } from "./icons.js";
import { GoneLeads } from "./lead.js";
import { useTick } from "./tick.js";
import { Coming } from "./tile.js";
import { glanceOf } from "./watching.js";

/** @param {{event: any, tiles: {id: string, group: string, name: string}[]}} props */
export function Attention({ event, tiles }) {
  const { client } = useApp();
  // As text, so that it is rendered again when a word of it changes, and not with every event on every board.
  const seen = useMemo(() => computed(() => JSON.stringify(look(client, tiles))), [client, tiles]);
  const { calls, hands, late, steps } = JSON.parse(seen.value);
  useTitle(calls);
  return html`
    <section class="stack tight" aria-label=${t("What asks for attention")}>
      <div class="stack tight" role="alert">
        ${calls.map((call) => html`
          <div key=${call.signal} class="notice danger attention">${icon("help")}
            <div><strong dir="auto">${t("{group} calls for help", { group: call.name })}</strong> <${Since} at=${call.at} /></div>
            <${Coming} room=${call.room} signal=${call.signal} name=${call.name} />
          </div>`)}
      </div>
      <div class="stack tight" role="status"><${GoneLeads} event=${event} /></div>
      <p class="summary small">
        ${steps.map(([title, groups]) => html`<span key=${title}><strong class="figures">${groups}</strong> <bdi>${title || t("Not started")}</bdi></span>`)}
        ${hands.length > 0 && html`<span class="raised">${icon("hand")} <span dir="auto">${t("Hands are raised: {groups}", { groups: list(hands) })}</span></span>`}
        ${late.length > 0 && html`<span class="raised">${icon("clock")} <span dir="auto">${t("Late proposals wait: {groups}", { groups: list(late) })}</span></span>`}
      </p>
    </section>`;
}

/** @returns {{calls: any[], hands: string[], late: string[], steps: [string, number][]}} in the order of the groups */
function look(client, tiles) {
  const calls = [];
  const [hands, late] = [[], []];
  const steps = new Map();
  for (const { id, name } of tiles) {
    const room = `board:${id}`;
    const now = glanceOf(client, room).value;
    if (!now) continue;
    if (now.help) calls.push({ room, name, signal: now.help, at: now.helpAt });
    if (now.hands) hands.push(name);
    if (now.late) late.push(name);
    steps.set(now.title ?? "", (steps.get(now.title ?? "") ?? 0) + 1);
  }
  return { calls, hands, late, steps: [...steps] };
}

function Since({ at }) {
  const minutes = Math.floor((useTick(5000).value - at) / 60_000);
  return html`<span class="figures">${minutes < 1 ? t("just now") : n("{count} minute ago", "{count} minutes ago", minutes)}</span>`;
}

/** A facilitator who is in another tab sees it in that tab's row. */
function useTitle(calls) {
  const words = calls.length ? `(${calls.length}) ${t("{group} calls for help", { group: calls[0].name })}` : "";
  useEffect(() => {
    if (!words) return undefined;
    const before = document.title;
    document.title = `${words} · ${before}`;
    return () => (document.title = before);
  }, [words]);
}
