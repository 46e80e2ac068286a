// The whole way of one conclusion, to be read and printed: from what it says now, through how the room stood behind it and
// how it was worded, down to what it rests on, who merged that, and what a ballot said of it.

import { date, n, t, time } from "../i18n.js";
import { urlFor, useApp, useRoom, useWatch } from "./app.js";
import { usePrintedDetails } from "./day.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { kindName } from "./kinds.js";
import { MinorityReports } from "./minority.js";
import { usePeople } from "./people.js";
import { BallotFigures, Difference, Versions } from "./provenance.js";
import { Ratified } from "./ratified.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { Groups, tintOf } from "./sources.js";
import { TagChips } from "./tags.js";
import { Verdict } from "./verdict.js";
import { GroupName, Words } from "./words.js";

export function ProvenancePage() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  useWatch([`event:${boot.event}`]);
  usePrintedDetails();
  const event = client.room(`event:${boot.event}`)?.value?.state;
  const day = room?.state;
  const back = { href: urlFor(boot.urls.day, boot.room.split(":")[1]), label: day ? t("Conclusions of day {number}", { number: day.number }) : t("Conclusions") };
  if (!day) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const { provenance } = boot;
  const conclusion = day.conclusions.find(({ id }) => id === provenance.conclusion.id);
  if (!conclusion) return html`<${Shell} back=${back} width="narrow"><p class="notice" role="status">${icon("undo")}<span>${t("This conclusion has been taken back.")}</span></p><//>`;
  return html`
    <${Shell} back=${back} width="narrow" kind="provenance-page stack loose">
      <header class="stack tight">
        <p class="eyebrow" dir="auto">${t("The whole way")} · <bdi>${event?.title}</bdi></p>
        <p class="row kind-line"><span class="tag">${kindName(conclusion.kind)}</span> <${TagChips} conclusion=${conclusion} event=${event} /></p>
        <h1 class="wording" dir="auto">${conclusion.wording}</h1>
        <p class="quiet"><${Groups} conclusion=${conclusion} event=${event} /> · ${date(conclusion.at)}</p>
        <p class="no-print"><button type="button" class="button" onClick=${() => print()}>${icon("text")} ${t("Print")}</button></p>
      </header>
      <ol class="path ${tintOf(conclusion, event)}">
        ${(provenance.verdicts.length > 0 || conclusion.verdict) && html`
          <${Stop} title=${t("What was decided afterwards")}>
            ${verdicts(provenance.verdicts, conclusion.verdict).map((one) => html`<${Verdict} key=${one.at} verdict=${one} />`)}
          <//>`}
        ${conclusion.ratification && html`<${Stop} title=${t("Whether the room stands behind it")} when=${conclusion.ratification.at}><${Ratified} conclusion=${conclusion} full=${true} /><${MinorityReports} room=${boot.room} conclusion=${conclusion} /><//>`}
        <${Stop} title=${t("How it was worded")} when=${conclusion.at}>
          <${Versions} versions=${conclusion.versions} changes=${true} />
          ${conclusion.sources.length === 1 && conclusion.diff.some(([kind]) => kind !== "same") && html`<div class="stack tight"><p class="eyebrow">${t("From what it rests on to this wording")}</p><${Difference} pieces=${conclusion.diff} /></div>`}
        <//>
        ${conclusion.sources.map((source, place) => html`<${Origin} key=${place} source=${source} node=${provenance.sources[place]} event=${event} />`)}
      </ol>
      <${SampleNote} text=${event?.sample} />
    <//>`;
}

/** All of them, the last one first; one that came while the page was open is known from the day alone. */
const verdicts = (known, last) => [...(last && last.at !== known.at(-1)?.at ? [last] : []), ...[...known].reverse()];

const Stop = ({ title, when = null, children }) => html`
  <li class="stop stack tight">
    <h2 class="stop-title">${title}</h2>
    ${when && html`<p class="small quiet">${moment(when)}</p>`}
    ${children}
  </li>`;

const moment = (/** @type {number} */ at) => `${date(at)}, ${time(at)}`;

function Origin({ source, node, event }) {
  const { boot } = useApp();
  const title = { theme: t("The theme it rests on"), cell: t("The rating it rests on") }[source.kind] ?? t("The proposal it rests on");
  const reads = boot.role !== "participant";
  return html`
    <${Stop} title=${title}>
      <p class="small"><${GroupName} name=${source.group_name} number=${event?.groups[source.group]?.number} /> <span class="quiet">· <bdi>${source.session_title}</bdi></span> ${reads && html`<a class="no-print" href=${urlFor(boot.urls.board, source.board)}>${t("Open its board")}</a>`}</p>
      <blockquote><${Words} text=${source.text} /></blockquote>
      ${source.ballot && html`<div class="panel stack tight figures"><p class="eyebrow">${t("Ballot")}</p><${BallotFigures} ballot=${source.ballot} /></div>`}
      ${node && source.kind === "theme" && html`<p class="small quiet">${n("{count} proposal stood under it", "{count} proposals stood under it", node.under.length)}</p><ul class="lineage-tree">${node.under.map((one) => html`<${Node} key=${one.proposal} node=${one} />`)}</ul>`}
      ${node && source.kind !== "theme" && html`<${Facts} node=${node} /><${Parts} node=${node} />`}
    <//>`;
}

function Node({ node }) {
  return html`
    <li class="stack tight">
      ${node.text !== null ? html`<${Words} text=${node.text} />` : html`<p class="quiet">${node.status === "hidden" ? t("Hidden by the facilitator") : t("Withdrawn by its author")}</p>`}
      <${Facts} node=${node} /><${Parts} node=${node} />
    </li>`;
}

/** Who, when, under which theme; as far as it was promised to them. */
function Facts({ node }) {
  const { client, boot } = useApp();
  const people = usePeople();
  const organisations = client.room(`event:${boot.event}`)?.value?.state?.organisations ?? {};
  const who = people[node.author]?.name ?? organisations[node.organisation]?.name ?? (node.parts.length ? "" : t("Without a name"));
  const facts = [node.parts.length ? "" : who, node.parts.length ? "" : node.at && moment(node.at), node.theme && t("under “{theme}”", { theme: node.theme })].filter(Boolean);
  return facts.length > 0 && html`<p class="small quiet" dir="auto">${facts.join(" · ")}</p>`;
}

function Parts({ node }) {
  const people = usePeople();
  if (node.parts.length === 0) return null;
  const who = people[node.merged?.by]?.name;
  return html`
    <p class="small row merged-line">${icon("merge")} <span>${n("Merged from {count} proposal", "Merged from {count} proposals", node.parts.length)}</span> <span class="quiet">${[who && t("by {name}", { name: who }), node.merged?.at && moment(node.merged.at)].filter(Boolean).join(" · ")}</span></p>
    <ul class="lineage-tree">${node.parts.map((part) => html`<${Node} key=${part.proposal} node=${part} />`)}</ul>`;
}
