// How people get in, and the other pages of the event.

import { t } from "../i18n.js";
import { dayTitle } from "./agenda.js";
import { urlFor, useApp } from "./app.js";
import { html } from "./html.js";

/** @param {{event: any, me: any}} props */
export function JoinPanel({ event, me }) {
  const { boot } = useApp();
  const { urls } = boot;
  return html`
    <section class="panel stack join-panel" aria-labelledby="join">
      <h2 id="join" class="eyebrow">${t("Join code")}</h2>
      <p class="code big-code">${event.join_code}</p>
      <p class="small"><a href=${urls.join}>${urls.join}</a></p>
      <details>
        <summary>${t("Show the QR code")}</summary>
        <img class="qr" src=${urls.qr} width="240" height="240" alt=${t("QR code of the address {url}", { url: urls.join })} loading="lazy" />
      </details>
    </section>
    <nav class="stack tight" aria-label=${t("Pages of the event")}>
      <h2 class="eyebrow">${t("Pages")}</h2>
      <ul class="stack tight">
        ${event.days.map((day) => html`<li key=${day.id}><a href=${urlFor(urls.day, day.id)}>${t("Conclusions")} · ${dayTitle(day)}</a></li>`)}
        ${urls.stage && html`<li><a href=${urls.stage}>${t("Stage, for a phone")}</a></li>`}
        ${urls.projector && html`<li><a href=${urls.projector}>${t("Projector")}</a></li>`}
        ${me?.role === "organiser" && urls.event && html`<li><a href=${urls.event}>${t("Event page: links, people, downloads")}</a></li>`}
        ${urls.outcome?.html && html`<li><a href=${urls.outcome.html}>${t("Outcome so far")}</a></li>`}
      </ul>
    </nav>`;
}
