// What a conclusion can be, in the words of the page.

import { n, t } from "../i18n.js";

/** @returns {[kind: string, name: string][]} */
export const KINDS = () => [
  ["conclusion", t("Conclusion")],
  ["decision", t("Decision")],
  ["recommendation", t("Recommendation")],
  ["action", t("Action")],
];

/** @param {string} kind */
export const kindName = (kind) => KINDS().find(([one]) => one === kind)?.[1] ?? kind;

/** How many there are of each kind that there is. @param {{kind: string}[]} conclusions @returns {string[]} */
export const counted = (conclusions) =>
  KINDS()
    .map(([kind]) => [kind, conclusions.filter((one) => one.kind === kind).length])
    .filter(([, count]) => count)
    .map(([kind, count]) => COUNTS[/** @type {string} */ (kind)](/** @type {number} */ (count)));

const COUNTS = {
  conclusion: (/** @type {number} */ count) => n("{count} conclusion", "{count} conclusions", count),
  decision: (/** @type {number} */ count) => n("{count} decision", "{count} decisions", count),
  recommendation: (/** @type {number} */ count) => n("{count} recommendation", "{count} recommendations", count),
  action: (/** @type {number} */ count) => n("{count} action", "{count} actions", count),
};
