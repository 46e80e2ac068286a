// Tags by conclusions: which goals and concerns of the event's frameworks its conclusions answer to, and which not yet.

import { list, n, t } from "../i18n.js";
import { urlFor, useApp, useRoom, useWatch } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { SampleNote, Shell, Waiting } from "./shell.js";

export function Coverage() {
  const { client, boot } = useApp();
  const event = useRoom(boot.room)?.state;
  useWatch((event?.days ?? []).map(({ id }) => `day:${id}`));
  const steers = boot.role === "facilitator" || boot.role === "organiser";
  const back = steers ? { href: boot.urls.cockpit, label: t("Cockpit") } : { href: boot.urls.home, label: t("Lobby") };
  if (!event) return html`<${Shell} title="" back=${back}><${Waiting} error=${client.room(boot.room)?.value?.error} /><//>`;
  const conclusions = event.days.flatMap((day) => (client.room(`day:${day.id}`)?.value?.state?.conclusions ?? []).map((one, place) => ({ ...one, number: event.days.length > 1 ? `${day.number}.${place + 1}` : String(place + 1) })));
  return html`
    <${Shell} back=${back} kind="coverage stack loose">
      <header class="stack tight">
        <p class="eyebrow" dir="auto">${event.title}</p>
        <h1>${t("What the conclusions answer to")}</h1>
        <p class="quiet">${conclusions.length ? n("{count} conclusion", "{count} conclusions", conclusions.length) : t("There are no conclusions yet.")}</p>
        <p class="no-print"><button type="button" class="button" onClick=${() => print()}>${icon("text")} ${t("Print")}</button></p>
      </header>
      ${event.frameworks.map((framework) => html`<${Framework} key=${framework.key} framework=${framework} conclusions=${conclusions} />`)}
      ${conclusions.length > 0 && html`
        <section class="stack" aria-labelledby="numbers"><h2 id="numbers">${t("The conclusions")}</h2>
          <ol class="plain-list">${conclusions.map((one) => html`<li key=${one.id}><span class="figures quiet">${one.number}</span> <a href=${urlFor(boot.urls.conclusion, one.id)}><bdi>${one.wording}</bdi></a></li>`)}</ol></section>`}
      <${SampleNote} text=${event.sample} />
    <//>`;
}

function Framework({ framework, conclusions }) {
  const { boot } = useApp();
  const has = (/** @type {any} */ one, /** @type {any} */ tag) => one.tags.some((own) => own.framework === framework.key && own.tag === tag.key);
  const rows = framework.tags.map((tag) => ({ tag, count: conclusions.filter((one) => has(one, tag)).length }));
  const missing = rows.filter(({ count }) => count === 0);
  const untagged = conclusions.filter((one) => !framework.tags.some((tag) => has(one, tag))).length;
  return html`
    <section class="stack framework" aria-labelledby="framework-${framework.key}">
      <div class="stack tight">
        <h2 id="framework-${framework.key}" dir="auto">${framework.title}</h2>
        <p class="figures"><strong>${t("{covered} of {of} covered", { covered: rows.length - missing.length, of: rows.length })}</strong>${untagged > 0 && html` <span class="quiet">· ${n("{count} conclusion answers to none of them", "{count} conclusions answer to none of them", untagged)}</span>`}</p>
        ${missing.length > 0 && 2 * missing.length <= rows.length && html`<p class="quiet" dir="auto">${t("Not yet: {tags}", { tags: list(missing.map(({ tag }) => tag.title)) })}</p>`}
      </div>
      <div class="scroll-x" tabindex="0" role="group" aria-label=${framework.title}>
        <table class="matrix">
          <thead><tr><th scope="col">${t("Tag")}</th><th scope="col" class="figures">${t("Number")}</th>${conclusions.map((one) => html`<th key=${one.id} scope="col" class="figures"><a href=${urlFor(boot.urls.conclusion, one.id)} title=${one.wording}>${one.number}</a></th>`)}</tr></thead>
          <tbody>${rows.map(({ tag, count }) => html`
            <tr key=${tag.key} class=${count ? "" : "bare"}><th scope="row" dir="auto">${tag.title}</th><td class="figures">${count || "–"}</td>
              ${conclusions.map((one) => html`<td key=${one.id}>${has(one, tag) ? html`<span class="mark" role="img" aria-label=${t("answers to it")}>●</span>` : ""}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    </section>`;
}
