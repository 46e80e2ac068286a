// What came of the ratification of a conclusion: a sentence, both tallies, the objections without names.

import { n, number, t } from "../i18n.js";
import { html } from "./html.js";
import { icon } from "./icons.js";

/** @returns {Record<string, [look: string, sign: any, name: string]>} */
const OUTCOMES = () => ({
  ratified: ["ok", "check", t("Ratified")],
  not_ratified: ["warn", "warn", t("Not ratified")],
  no_quorum: ["", "people", t("No quorum")],
});

/** @param {{outcome: string}} result */
export function OutcomeTag({ outcome }) {
  const [look, sign, name] = OUTCOMES()[outcome] ?? ["", "warn", outcome];
  return html`<span class="tag ${look}">${icon(sign)} ${name}</span>`;
}

export const POSITIONS = () => ({ 3: t("Agree"), 2: t("Can live with it"), 0: t("Object") });

/** @param {{conclusion: any, mine?: any, full?: boolean}} props */
export function Ratified({ conclusion, mine = null, full = false }) {
  const result = conclusion.ratification;
  if (!result) return null;
  const earlier = result.version < conclusion.versions.length;
  const figures = html`<${Tallies} result=${result} /><${Reasons} reasons=${result.reasons} />`;
  return html`
    <div class="ratified stack tight">
      <p class="row"><${OutcomeTag} outcome=${result.outcome} /> <span class="small">${sentence(result)}</span></p>
      ${earlier && html`<p class="notice warn small">${icon("warn")}<span>${t("This was about an earlier wording: version {version}. The words have changed since.", { version: result.version })}</span></p>`}
      ${result.few && html`<p class="small quiet few">${icon("warn")} <span>${t("Fewer than four people have answered. With so few, it may be guessed who said what.")}</span></p>`}
      ${result.disagree && html`<p class="notice small">${icon("scale")}<span>${t("People and organisations disagree: one of the two tallies reaches the support that was asked for, the other does not.")}</span></p>`}
      ${mine && html`<p class="small quiet">${t("You said: {position}", { position: POSITIONS()[mine.value] })}</p>`}
      ${full ? figures : html`<details class="small"><summary>${t("Figures and reasons")}</summary><div class="stack tight">${figures}</div></details>`}
    </div>`;
}

/** In one sentence that can be read out. @param {any} result */
export function sentence(result) {
  const { people, organisations } = result;
  if (result.outcome === "no_quorum") {
    const missing = people.electors * result.quorum_people > people.voted * 100 || people.voted === 0;
    return missing
      ? t("{voted} of {electors} people have answered; {needed} were needed.", { voted: people.voted, electors: people.electors, needed: Math.max(1, Math.ceil((people.electors * result.quorum_people) / 100)) })
      : t("{voted} of {electors} organisations have answered; {needed} were needed.", { voted: organisations.voted, electors: organisations.electors, needed: Math.ceil((organisations.electors * result.quorum_organisations) / 100) });
  }
  const shares = { people: number(people.support), organisations: number(organisations.support ?? 0), asked: result.asked_support };
  return organisations.voted > 0
    ? t("{people} % of the people and {organisations} % of the organisations stand behind it; {asked} % were asked for.", shares)
    : t("{people} % of the people stand behind it; {asked} % were asked for.", shares);
}

function Tallies({ result }) {
  const rows = [[t("People"), result.people], ...(result.organisations.electors ? [[t("Organisations"), result.organisations]] : [])];
  return html`
    <div class="scroll-x" tabindex="0" role="group" aria-label=${t("Both tallies")}>
      <table class="tallies figures">
        <thead><tr><td></td>${[t("Agree"), t("Can live with it"), t("Object"), t("Answered")].map((head) => html`<th key=${head} scope="col">${head}</th>`)}</tr></thead>
        <tbody>${rows.map(([name, tally]) => html`<tr key=${name}><th scope="row">${name}</th><td>${number(tally.agree)}</td><td>${number(tally.live)}</td><td>${number(tally.object)}</td><td>${t("{voted} of {of}", { voted: tally.voted, of: tally.electors })}</td></tr>`)}</tbody>
      </table>
    </div>
    ${result.organisations.electors > 0 && html`<p class="small quiet">${t("Each organisation has one voice, which its people share equally.")} ${result.organisations.split > 0 ? n("{count} of them is split.", "{count} of them are split.", result.organisations.split) : ""}</p>`}
    <p class="small quiet">${t("Terms: {people} % of the people and {organisations} % of the organisations had to answer, {support} % of the answers had to stand behind it.", { people: result.quorum_people, organisations: result.quorum_organisations, support: result.asked_support })} ${result.round > 1 ? t("Round {round}.", { round: result.round }) : ""}</p>`;
}

function Reasons({ reasons }) {
  if (reasons.length === 0) return null;
  return html`
    <ul class="reasons">${reasons.map((one, place) => html`<li key=${place}><strong>${POSITIONS()[one.value]}:</strong> <span dir="auto" class="words">${one.reason}</span></li>`)}</ul>`;
}
