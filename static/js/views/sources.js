// What conclusions rest on: which groups found it, and which of its sources is which.

import { html } from "./html.js";
import { GroupName, tint } from "./words.js";

/** The groups that a conclusion comes from, each once, in order. @param {any} conclusion @returns {{group: string, group_name: string}[]} */
export const groupsOf = (conclusion) => [...new Map(conclusion.sources.map((source) => [source.group, source])).values()];

/** The colour of a conclusion: that of its first group. @param {any} conclusion @param {any} event */
export const tintOf = (conclusion, event) => tint(event?.groups[conclusion.sources[0]?.group]?.number);

/** @param {{conclusion: any, event: any}} props */
export const Groups = ({ conclusion, event }) =>
  html`<span class="groups">${groupsOf(conclusion).map(({ group, group_name }) => html`<${GroupName} key=${group} name=${group_name} number=${event?.groups[group]?.number} /> `)}</span>`;

/** Which proposals stand behind a day's conclusions already. @param {any[]} conclusions @returns {Set<string>} */
export const promotedOf = (conclusions) => new Set(conclusions.flatMap(({ sources }) => sources.filter(({ kind }) => kind === "proposal").map(({ proposal }) => proposal)));
