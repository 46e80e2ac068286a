// The projector with the day's conclusions; and the news of a new one on every other view.

import { t } from "../i18n.js";
import { html, useEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { kindName } from "./kinds.js";
import { Groups, tintOf } from "./sources.js";
import { useTurn } from "./turn.js";

const AT_ONCE = 4;
const NEWS_STAYS_MS = 20_000;

export function ConclusionsScreen({ event, day, conclusions }) {
  const pages = Math.max(1, Math.ceil(conclusions.length / AT_ONCE));
  const page = useTurn(pages);
  const first = page * AT_ONCE;
  const shown = conclusions.slice(first, first + AT_ONCE);
  return html`
    <h1>${day ? t("Conclusions of day {number}", { number: day.number }) : t("Conclusions")}</h1>
    ${shown.length === 0 && html`<p class="session-task quiet">${t("There are no conclusions yet.")}</p>`}
    <ol class="conclusion-list count-${shown.length}">
      ${shown.map((conclusion, i) => html`
        <li key=${conclusion.id} class="${tintOf(conclusion, event)} arrive">
          <span class="place serif figures" aria-hidden="true">${first + i + 1}</span>
          <div><p class="screen-text serif" dir="auto">${conclusion.wording}</p><p class="screen-origin">${kindName(conclusion.kind)} · <${Groups} conclusion=${conclusion} event=${event} /></p></div>
        </li>`)}
    </ol>
    ${pages > 1 && html`<p class="turn quiet figures">${page + 1} / ${pages}</p>`}`;
}

/** A conclusion that has just come stands below for a while, whatever is on. @param {{conclusions: any[] | null, event: any}} props */
export function NewConclusion({ conclusions, event }) {
  const known = useRef(/** @type {Set<string> | null} */ (null));
  const [news, setNews] = useState(/** @type {any} */ (null));
  const ids = conclusions?.map(({ id }) => id).join(" ");
  useEffect(() => {
    if (!conclusions) return; // not known yet: what is there already is no news
    const before = known.current;
    known.current = new Set(conclusions.map(({ id }) => id));
    const fresh = before && conclusions.findLast(({ id }) => !before.has(id));
    if (fresh) setNews(fresh.id);
  }, [ids]);
  useEffect(() => {
    const leaving = news && setTimeout(() => setNews(null), NEWS_STAYS_MS);
    return () => clearTimeout(leaving);
  }, [news]);
  const current = news && conclusions?.find(({ id }) => id === news); // gone when taken back
  return html`
    <aside class="news-band ${current ? `seen ${tintOf(current, event)}` : ""}" aria-live="polite" aria-label=${t("New conclusion")}>
      ${current && html`
        ${icon("star")}
        <div><p class="screen-origin">${t("New conclusion")} · <${Groups} conclusion=${current} event=${event} /></p><p class="screen-text serif" dir="auto">${current.wording}</p></div>`}
    </aside>`;
}
