// Small pieces of text that many views share.

import { n, t } from "../i18n.js";
import { html } from "./html.js";

export const TEXT_LIMIT = 500; // shown while typing; the server is who decides
export const WORDING_LIMIT = 1000; // of a conclusion

/** What a person has written: its own direction, its own line breaks. */
export const Words = ({ text, as = "p", ...rest }) => html`<${as} dir="auto" ...${rest} class="words ${rest.class ?? ""}">${text}</${as}>`;

/** @param {{name: string, number?: number}} props */
export const GroupName = ({ name, number = 0, as = "span", ...rest }) =>
  html`<${as} ...${rest} class="group-name ${tint(number)} ${rest.class ?? ""}"><bdi>${name}</bdi></${as}>`;

/** An organisation, with its colour before its name. @param {{organisation: {name: string, colour?: string}}} props */
export const OrganisationName = ({ organisation, as = "span", ...rest }) =>
  html`<${as} ...${rest} class="organisation-name hue-${organisation.colour} ${rest.class ?? ""}"><bdi>${organisation.name}</bdi></${as}>`;

/** Above this many cards, a list paints only what is near the window. @param {number} count */
export const many = (count) => (count > 60 ? "many" : "");

/** A group keeps its colour on every page. @param {number} number */
export const tint = (number) => `tint-${((((number || 1) - 1) % 8) + 8) % 8 + 1}`;

/** "=2": shares the second place; without any dot there is no place. @param {{rank: number, tied: boolean}} row */
export const rankLabel = (row) => (row.rank === null || (row.dots === 0 && !row.against) ? "–" : row.tied ? `=${row.rank}` : String(row.rank));

/** The same for a screen reader. @param {{rank: number, tied: boolean}} row */
export const rankWords = (row) => (row.rank === null ? t("Without a place") : row.tied ? t("Place {rank}, tied", { rank: row.rank }) : t("Place {rank}", { rank: row.rank }));

/** A result in words. @param {string} kind @param {any} row */
export function scoreWords(kind, row) {
  if (kind === "approval") {
    return t("{agree} agree, {pass} pass, {disagree} disagree", { agree: row.agree, pass: row.pass, disagree: row.disagree });
  }
  if (kind === "consent") {
    return t("{agree} agree, {reservation} with a reservation, {aside} stand aside, {object} object", { agree: row.agree, reservation: row.reservation, aside: row.aside, object: row.object });
  }
  if (kind === "scale") {
    return row.mean === null ? t("no opinions") : n("mean {mean} from {count} opinion", "mean {mean} from {count} opinions", row.opinions, { mean: row.mean });
  }
  if (kind === "ranking") {
    const first = row.firsts > 0 ? `, ${n("first for {count} person", "first for {count} people", row.firsts)}` : "";
    const wins = row.wins !== undefined ? `, ${n("beats {count} other", "beats {count} others", row.wins)}` : "";
    return n("{count} point", "{count} points", row.points) + first + wins;
  }
  const against = row.against > 0 ? `, ${n("{count} against", "{count} against", row.against)}` : "";
  return n("{count} dot", "{count} dots", row.dots ?? row.score ?? 0) + against;
}

/** What a full bar stands for. */
export function mostOf(results) {
  const sizes = results.ranked.map((row) => (results.ballot.kind === "dots" ? (row.dots ?? 0) + (row.against ?? 0) : Math.abs(row.score ?? 0)));
  return Math.max(1, ...sizes);
}

/** @param {number} count */
export const fromVoters = (count) => n("from {count} person", "from {count} people", count);

/** Length as the server counts it: code points, without the space around. @param {string} text */
export const lengthOf = (text) => [...text.trim()].length;

/** @param {{text: string, id?: string, limit?: number}} props */
export function Counter({ text, id, limit = TEXT_LIMIT }) {
  const over = lengthOf(text) - limit;
  return html`<span id=${id} class="counter ${over > 0 ? "over" : ""}">
    ${over > 0 ? n("{count} character too long", "{count} characters too long", over) : t("{length} of {limit}", { length: lengthOf(text), limit })}
  </span>`;
}
