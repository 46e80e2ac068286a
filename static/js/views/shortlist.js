// A fair shortlist: the first places beside a proportional choice that says for how many people each one stands.

import { list, n, t } from "../i18n.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";

/** @param {{board: any, shortlist: any}} props */
export function Shortlist({ board, shortlist }) {
  const people = usePeople();
  const lists = [
    { key: "top", title: t("Most votes"), about: t("The first {size} places.", { size: shortlist.size }), chosen: shortlist.top.map((proposal) => ({ proposal })) },
    { key: "equal", title: t("Equal shares"), about: t("Everybody has the same say in what is chosen."), chosen: shortlist.equal_shares },
    { key: "sequential", title: t("Sequential"), about: t("Whoever has been heard counts less for the next one."), chosen: shortlist.sequential },
  ];
  const top = new Set(shortlist.top);
  return html`
    <section class="stack shortlist-frame" aria-labelledby="shortlist">
      <div class="stack tight"><h2 id="shortlist">${t("A fair shortlist")}</h2>
        <p class="small quiet">${t("The first places can all belong to one majority. A proportional choice gives every larger part of the group its share.")}</p></div>
      <div class="shortlists">
        ${lists.map(({ key, title, about, chosen }) => html`
          <div key=${key} class="panel stack tight">
            <h3>${title}</h3><p class="small quiet">${about}</p>
            <ol class="stack tight">
              ${chosen.map(({ proposal, represents, newly, voters }) => html`
                <li key=${proposal} class=${key !== "top" && !top.has(proposal) ? "differs" : ""}>
                  <span dir="auto">${board.proposals[proposal]?.text ?? ""}</span>
                  ${represents !== undefined && html`<span class="small quiet figures">${n("stands for {count} person", "stands for {count} people", represents)}${newly !== undefined && newly < represents ? `, ${n("{count} not heard before", "{count} not heard before", newly)}` : ""}</span>`}
                  ${voters && html`<span class="small quiet" dir="auto">${list(voters.map((/** @type {string} */ id) => people[id]?.name).filter(Boolean))}</span>`}
                  ${key !== "top" && !top.has(proposal) && html`<span class="tag">${icon("star")} ${t("not among the first places")}</span>`}
                </li>`)}
            </ol>
          </div>`)}
      </div>
    </section>`;
}
