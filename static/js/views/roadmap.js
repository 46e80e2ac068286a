// The roadmap: a lane for each who leads, a column for each quarter; one year under the other on a phone.

import { t } from "../i18n.js";
import { html } from "./html.js";
import { standing } from "./proposals.js";

/** @param {{boards: any[], event: any, years: number[]}} props */
export function Roadmap({ boards, event, years }) {
  const planned = boards.flatMap((board) => standing(board).map((card) => ({ card, item: board.roadmap[card.id] }))).filter(({ item }) => item?.year);
  if (planned.length === 0) return null;
  const leads = [...new Set(planned.map(({ item }) => item.lead ?? ""))].sort((a, b) => name(event, a).localeCompare(name(event, b)));
  const used = years.filter((year) => planned.some(({ item }) => item.year === year));
  return html`
    <section class="stack" aria-labelledby="roadmap">
      <h2 id="roadmap">${t("Roadmap")}</h2>
      <table class="roadmap">
        <caption class="unseen">${t("Improvements by who leads them and by year")}</caption>
        <thead><tr><th scope="col">${t("Lead")}</th>${used.map((year) => html`<th key=${year} scope="col" class="figures">${year}</th>`)}</tr></thead>
        <tbody>
          ${leads.map((lead) => html`
            <tr key=${lead}>
              <th scope="row" dir="auto">${name(event, lead)}</th>
              ${used.map((year) => html`
                <td key=${year} data-year=${year}>
                  <ul>${planned.filter(({ item }) => (item.lead ?? "") === lead && item.year === year).sort((a, b) => (a.item.quarter ?? 5) - (b.item.quarter ?? 5)).map(({ card, item }) => html`
                    <li key=${card.id} class="milestone">
                      ${item.quarter && html`<span class="tag figures">${t("Q{quarter}", { quarter: item.quarter })}</span>`} <span dir="auto">${card.text}</span>
                      ${item.effort && item.impact && html`<span class="small quiet">${t("effort {effort}, impact {impact}", item)}</span>`}
                    </li>`)}</ul>
                </td>`)}
            </tr>`)}
        </tbody>
      </table>
    </section>`;
}

const name = (event, lead) => event?.organisations[lead]?.name ?? t("Nobody leads yet");
