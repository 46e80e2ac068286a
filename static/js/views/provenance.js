// Where a conclusion comes from: the proposal as it was, how its wording changed, its ballot, every version.

import { date, t, time } from "../i18n.js";
import { urlFor, useApp } from "./app.js";
import { html } from "./html.js";
import { usePeople } from "./people.js";
import { fromVoters, scoreWords, Words } from "./words.js";
import { turnout } from "./results.js";

/** @param {{conclusion: any}} props */
export function Provenance({ conclusion }) {
  const { boot } = useApp();
  const people = usePeople();
  const { source, diff, versions } = conclusion;
  const name = (/** @type {string} */ id) => people[id]?.name ?? "";
  const changed = diff.some(([kind]) => kind !== "same");
  return html`
    <details class="provenance">
      <summary>${t("Where this comes from")}</summary>
      <dl class="stack">
        <div>
          <dt>${t("Original proposal")}</dt>
          <dd><blockquote><${Words} text=${source.text} /></blockquote>
            <p class="small quiet">${[name(source.author), source.group_name, source.session_title].filter(Boolean).join(" · ")}
              ${" "}${boot.role !== "participant" && html`<a href=${urlFor(boot.urls.board, source.board)}>${t("Open its board")}</a>`}</p></dd>
        </div>
        ${changed && html`<div><dt>${t("From the proposal to this wording")}</dt><dd><${Difference} pieces=${diff} /></dd></div>`}
        ${source.ballot && html`<div><dt>${t("Ballot")}</dt><dd class="figures"><${BallotFigures} ballot=${source.ballot} /></dd></div>`}
        <div>
          <dt>${t("Versions")}</dt>
          <dd><ol class="versions">
            ${versions.map((one) => html`
              <li key=${one.version}><span class="figures quiet">${one.version}.</span>
                <div><${Words} text=${one.text} /><p class="small quiet">${[name(one.by), `${date(one.at)}, ${time(one.at)}`].filter(Boolean).join(" · ")}</p></div></li>`)}
          </ol></dd>
        </div>
      </dl>
    </details>`;
}

/** Marks are signs as well as colours, and words for a screen reader. */
function Difference({ pieces }) {
  return html`
    <p class="difference words" dir="auto">
      ${pieces.map(([kind, text], i) => {
        if (kind === "added") return html`<ins key=${i}><span class="unseen">${t("[added]")} </span>${text}<span class="unseen"> ${t("[end]")}</span></ins>`;
        if (kind === "removed") return html`<del key=${i}><span class="unseen">${t("[removed]")} </span>${text}<span class="unseen"> ${t("[end]")}</span></del>`;
        return text;
      })}
    </p>`;
}

function BallotFigures({ ballot }) {
  const place = t("Place {rank} of {of}", ballot);
  return html`
    <p>${place}${ballot.tied ? ` (${t("tied")})` : ""} · ${scoreWords(ballot.kind, ballot)} ${ballot.voters ? fromVoters(ballot.voters) : ""}</p>
    <p class="small quiet">${turnout(ballot)}</p>`;
}
