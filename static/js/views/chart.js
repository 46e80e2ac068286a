// How many chose each point of a scale, as a chart that grows calmly. It is a table at heart: that is what is read aloud.

import { t } from "../i18n.js";
import { html } from "./html.js";

/** @param {{anchors: string[], counts: number[], title: string}} props */
export function Histogram({ anchors, counts, title }) {
  const most = Math.max(1, ...counts);
  return html`
    <table class="histogram">
      <caption class="unseen">${title}</caption>
      <thead class="unseen"><tr><th scope="col">${t("Answer")}</th><th scope="col">${t("People")}</th></tr></thead>
      <tbody>
        ${anchors.map((anchor, place) => html`
          <tr key=${place}>
            <th scope="row" dir="auto">${anchor}</th>
            <td><span class="column" style=${{ "--part": counts[place] / most }} aria-hidden="true"></span><span class="figures">${counts[place]}</span></td>
          </tr>`)}
      </tbody>
    </table>`;
}
