// One proposal on a ballot, with the buttons of its kind. A value is absolute, so a press that is sent twice counts once.

import { n, t } from "../i18n.js";
import { useApp } from "./app.js";
import { Dots } from "./dots.js";
import { html, memo } from "./html.js";
import { icon } from "./icons.js";
import { HideButton } from "./moderation.js";
import { PendingNote } from "./pending.js";
import { useKeptHeight } from "./proposal.js";
import { Words } from "./words.js";

/** @param {{room: string, proposal: any, lane?: string, kind: string, cap: number, value?: number, full: boolean, votes: boolean, command?: any, moderates: boolean}} props */
export const VoteCard = memo(function VoteCard({ room, proposal, lane, kind, cap, value, full, votes, command, moderates }) {
  const { client } = useApp();
  const card = useKeptHeight(proposal.status);
  const cast = (/** @type {number} */ now) => {
    if (command?.state === "refused") client.discard(command.id);
    client.send(room, "vote.cast", { proposal: proposal.id, value: now });
  };
  const refused = command?.state === "refused" && html`<${PendingNote} command=${command} />`;

  if (proposal.status !== "standing") {
    return html`
      <li ref=${card} class="proposal gone" data-proposal=${proposal.id}>
        <p class="small quiet">${proposal.status === "hidden" ? html`${icon("hide")} ${t("Hidden by the facilitator: {reason}", { reason: proposal.reason ?? "" })}` : t("Withdrawn by its author.")}</p>
        ${kind === "dots" && value > 0 && votes && html`<button type="button" class="button" onClick=${() => cast(0)}>${icon("undo")} ${n("Take {count} dot back", "Take {count} dots back", value)}</button>`}
        ${refused}
      </li>`;
  }
  const label = `proposal-${proposal.id}`;
  return html`
    <li ref=${card} class="card proposal ${value ? "voted" : ""}" data-proposal=${proposal.id}>
      ${lane && html`<p class="eyebrow" dir="auto">${lane}</p>`}
      <${Words} id=${label} text=${proposal.text} />
      <div class="proposal-foot">
        ${kind === "approval"
          ? html`<${Approval} label=${label} value=${value} votes=${votes} cast=${cast} />`
          : html`<${DotButtons} label=${label} value=${value ?? 0} cap=${cap} full=${full} votes=${votes} cast=${cast} />`}
        ${moderates && html`<span class="proposal-buttons"><${HideButton} room=${room} proposal=${proposal} /></span>`}
      </div>
      ${refused}
    </li>`;
});

function DotButtons({ label, value, cap, full, votes, cast }) {
  const given = html`<span class="given"><span class="unseen" role="status">${n("{count} of {cap} dots", "{count} of {cap} dots", value, { cap })}</span><${Dots} value=${value} of=${cap} /></span>`;
  if (!votes) return value > 0 && given;
  const more = value < cap && !full;
  // aria-disabled keeps the focus where it is; a disabled button would drop it at the last dot.
  return html`
    <div class="dot-buttons" role="group" aria-labelledby=${label}>
      <button type="button" class="button" aria-label=${t("Take a dot back")} aria-disabled=${value > 0 ? null : "true"} onClick=${() => value > 0 && cast(value - 1)}>−</button>
      ${given}
      <button type="button" class="button" aria-label=${t("Give a dot")} aria-disabled=${more ? null : "true"} onClick=${() => more && cast(value + 1)}>+</button>
    </div>`;
}

function Approval({ label, value, votes, cast }) {
  const answers = [[1, t("Agree")], [0, t("Pass")], [-1, t("Disagree")]];
  if (!votes) return value !== undefined && html`<span class="tag">${answers.find(([answer]) => answer === value)?.[1]}</span>`;
  return html`
    <div class="answers" role="group" aria-labelledby=${label}>
      ${answers.map(([answer, words]) => html`
        <button key=${answer} type="button" class="button" aria-pressed=${value === answer ? "true" : "false"} onClick=${() => cast(answer)}>${words}</button>`)}
    </div>`;
}
