// The line that stays in sight under a ballot.

import { n, t } from "../i18n.js";
import { html } from "./html.js";

/** One's own count and everybody's, always in sight. @param {{ballot: any, me: any, children?: any}} props */
export function BallotBar({ ballot, me, children }) {
  return html`
    <div class="ballot-bar">
      ${me.elector === true && children}
      <p class="small quiet figures" role="status">${t("{voted} of {electors} have voted", ballot)}${ballot.entered > 0 ? ` · ${n("{count} entered by the scribe", "{count} entered by the scribe", ballot.entered)}` : ""}</p>
    </div>`;
}
