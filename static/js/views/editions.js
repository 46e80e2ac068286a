// The outcome's editions, for those who took part: the one to be checked, and the one that is public.

import { date, t } from "../i18n.js";
import { urlFor, useApp } from "./app.js";
import { html } from "./html.js";

/** @param {{event: any}} props */
export function Editions({ event }) {
  const { boot } = useApp();
  const editions = Object.values(event.editions).sort((a, b) => b.number - a.number);
  const checked = editions.find(({ status }) => status === "checking");
  const out = editions.find(({ status }) => status === "published");
  if (!checked && !out) return null;
  return html`
    <section class="card stack tight" aria-label=${t("The report")}>
      ${checked && html`
        <p><strong dir="auto">${checked.title}</strong><br /><span class="small quiet">${t("Comments until {when}", { when: date(checked.check_until, { dateStyle: "long", timeStyle: "short" }) })}</span></p>
        <div><a class="button primary" href=${urlFor(boot.urls.check, checked.id)}>${t("Check the report before it is published")}</a></div>`}
      ${out && html`<div><a class="button" href=${urlFor(boot.urls.news, out.address)}>${t("Read what came out of it")}</a></div>`}
    </section>`;
}
