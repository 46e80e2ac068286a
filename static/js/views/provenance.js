// Where a conclusion comes from, in short; the whole way has a page of its own.

import { date, t, time } from "../i18n.js";
import { urlFor, useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";
import { orgWords, turnout } from "./results.js";
import { fromVoters, scoreWords, Words } from "./words.js";

/** @param {{conclusion: any, href: string}} props */
export function Provenance({ conclusion, href }) {
  const { sources, diff, versions } = conclusion;
  return html`
    <details class="provenance">
      <summary>${t("Where this comes from")}</summary>
      <dl class="stack">
        <div>
          <dt>${sources.length > 1 ? t("It rests on") : sources[0].kind === "proposal" ? t("Original proposal") : t("It rests on")}</dt>
          ${sources.map((source, place) => html`<dd key=${place} class="source"><${Source} source=${source} /></dd>`)}
        </div>
        ${sources.length === 1 && diff.some(([kind]) => kind !== "same") && html`<div><dt>${t("From the proposal to this wording")}</dt><dd><${Difference} pieces=${diff} /></dd></div>`}
        ${versions.length > 1 && html`<div><dt>${t("Versions")}</dt><dd><${Versions} versions=${versions} /></dd></div>`}
      </dl>
      <p><a class="button" href=${href}>${icon("merge")} ${t("The whole way")}</a></p>
    </details>`;
}

/** One of the things that a conclusion rests on. @param {{source: any}} props */
export function Source({ source }) {
  const { client, boot } = useApp();
  const people = usePeople();
  const event = client.room(`event:${boot.event}`)?.value?.state;
  const who = people[source.author]?.name ?? event?.organisations?.[source.organisation]?.name;
  const theme = source.kind === "theme" ? t("Theme") : "";
  const reads = boot.role === "organiser" || boot.role === "facilitator" || boot.role === "observer";
  return html`
    <blockquote><${Words} text=${source.text} /></blockquote>
    ${source.parts.length > 0 && html`<ul class="plain-list small">${source.parts.map((part) => html`<li key=${part.proposal} dir="auto">${part.text}</li>`)}</ul>`}
    ${source.ballot && html`<div class="figures small"><${BallotFigures} ballot=${source.ballot} /></div>`}
    <p class="small quiet">${[theme, who, source.group_name, source.session_title].filter(Boolean).join(" · ")}
      ${" "}${reads && html`<a href=${urlFor(boot.urls.board, source.board)}>${t("Open its board")}</a>`}</p>`;
}

/** Every wording, with its change from the one before. @param {{versions: any[], changes?: boolean}} props */
export function Versions({ versions, changes = false }) {
  const people = usePeople();
  return html`
    <ol class="versions">
      ${versions.map((one) => html`
        <li key=${one.version}><span class="figures quiet">${one.version}.</span>
          <div>${changes && one.diff.length > 0 ? html`<${Difference} pieces=${one.diff} />` : html`<${Words} text=${one.text} />`}
            <p class="small quiet">${[people[one.by]?.name, one.at && `${date(one.at)}, ${time(one.at)}`].filter(Boolean).join(" · ")}</p></div></li>`)}
    </ol>`;
}

/** Marks are signs as well as colours, and words for a screen reader. */
export function Difference({ pieces }) {
  return html`
    <p class="difference words" dir="auto">
      ${pieces.map(([kind, text], i) => {
        if (kind === "added") return html`<ins key=${i}><span class="unseen">${t("[added]")} </span>${text}<span class="unseen"> ${t("[end]")}</span></ins>`;
        if (kind === "removed") return html`<del key=${i}><span class="unseen">${t("[removed]")} </span>${text}<span class="unseen"> ${t("[end]")}</span></del>`;
        return text;
      })}
    </p>`;
}

/** A ballot's figures as they were at that moment: by person, and by organisation where that says something. @param {{ballot: any}} props */
export function BallotFigures({ ballot }) {
  if (ballot.kind === "cell") {
    const anchor = ballot.anchors?.[Math.round(ballot.median) - 1] ?? "";
    return html`<p>${t("{criterion}: median {median} ({anchor}), half of the ratings from {q1} to {q3}, {n} people", { criterion: ballot.criterion, median: ballot.median, anchor, q1: ballot.q1, q3: ballot.q3, n: ballot.n })}</p>
      <p class="quiet">${turnout(ballot)}</p>`;
  }
  const theirs = ballot.by_organisation;
  return html`
    <p>${t("Place {rank} of {of}", ballot)}${ballot.tied ? ` (${t("tied")})` : ""} · ${scoreWords(ballot.kind, ballot)} ${ballot.voters ? fromVoters(ballot.voters) : ""}</p>
    ${theirs?.organisations > 0 && html`<p>${t("By organisation, each with one voice:")} ${orgWords(theirs)}</p>`}
    <p class="quiet">${turnout(ballot)}</p>`;
}
