// How one says something of one item, by the kind of the ballot. Pure controls: what is said goes to `say`, whether it is
// one's own vote or one that a scribe reads from paper.

import { n, t } from "../i18n.js";
import { Dots } from "./dots.js";
import { html, useId, useState } from "./html.js";

export const CONSENT = () => [
  [3, t("Agree")],
  [2, t("Agree with a reservation")],
  [1, t("Stand aside")],
  [0, t("Object")],
];
export const APPROVAL = () => [
  [1, t("Agree")],
  [0, t("Pass")],
  [-1, t("Disagree")],
];

/**
 * @param {{ballot: any, label: string, said: Record<string, number>, reason?: string, full?: boolean, say: (value: number, more?: {criterion?: string, reason?: string}) => void}} props
 */
export function Answer(props) {
  const Control = { dots: DotButtons, approval: Approval, scale: Scale, consent: Consent }[props.ballot.kind];
  return Control ? html`<${Control} ...${props} />` : null;
}

/** What was said, where it cannot be changed any more. @param {{ballot: any, said: Record<string, number>}} props */
export function Said({ ballot, said }) {
  const values = Object.entries(said);
  if (values.length === 0) return null;
  if (ballot.kind === "dots") return html`<${Given} value=${said[""]} cap=${ballot.cap} />`;
  return html`<span class="row">${values.map(([criterion, value]) => html`<span key=${criterion} class="tag">${titleOf(ballot, criterion)}${words(ballot, value)}</span>`)}</span>`;
}

const titleOf = (ballot, criterion) => (criterion ? `${ballot.criteria.find((one) => one.id === criterion)?.title ?? ""}: ` : "");

/** A value in words. @param {any} ballot @param {number} value */
export function words(ballot, value) {
  if (ballot.kind === "approval") return APPROVAL().find(([answer]) => answer === value)?.[1];
  if (ballot.kind === "consent") return CONSENT().find(([answer]) => answer === value)?.[1];
  if (ballot.kind === "scale") return value === 0 ? t("No opinion") : ballot.anchors[value - 1];
  return String(value);
}

function DotButtons({ ballot, label, said, full, say }) {
  const value = said[""] ?? 0;
  const { cap, against } = ballot;
  const more = value < cap && (!full || value < 0);
  const less = value > 0 || (against && value > -cap && (!full || value > 0));
  // aria-disabled keeps the focus where it is; a disabled button would drop it at the last dot.
  return html`
    <div class="dot-buttons" role="group" aria-labelledby=${label}>
      <button type="button" class="button" aria-label=${value > 0 ? t("Take a dot back") : against ? t("Place a dot against it") : t("Take a dot back")} aria-disabled=${less ? null : "true"} onClick=${() => less && say(value - 1)}>−</button>
      <${Given} value=${value} cap=${cap} />
      <button type="button" class="button" aria-label=${value < 0 ? t("Take a dot against it back") : t("Give a dot")} aria-disabled=${more ? null : "true"} onClick=${() => more && say(value + 1)}>+</button>
    </div>`;
}

function Given({ value = 0, cap }) {
  const sentence = value < 0 ? n("{count} dot against it", "{count} dots against it", -value) : n("{count} of {cap} dots", "{count} of {cap} dots", value, { cap });
  return html`<span class="given ${value < 0 ? "against" : ""}"><span class="unseen" role="status">${sentence}</span><${Dots} value=${Math.abs(value)} of=${cap} />${value < 0 && html`<span class="small" aria-hidden="true">${t("against")}</span>`}</span>`;
}

function Approval({ label, said, say }) {
  return html`
    <div class="answers" role="group" aria-labelledby=${label}>
      ${APPROVAL().map(([answer, name]) => html`
        <button key=${answer} type="button" class="button" aria-pressed=${said[""] === answer ? "true" : "false"} onClick=${() => say(answer)}>${name}</button>`)}
    </div>`;
}

/** A row of points for each criterion, lowest first, with their names; “no opinion” apart. */
function Scale({ ballot, label, said, say }) {
  const criteria = ballot.criteria.length ? ballot.criteria : [{ id: "", title: "" }];
  return html`
    <div class="scales">
      ${criteria.map((criterion) => html`
        <div key=${criterion.id} class="scale" role="group" aria-label=${criterion.title || null} aria-labelledby=${criterion.title ? null : label}>
          ${criterion.title && html`<span class="scale-title" dir="auto">${criterion.title}</span>`}
          <div class="points points-${ballot.anchors.length}">
            ${ballot.anchors.map((anchor, place) => html`
              <button key=${place} type="button" class="button point" aria-pressed=${said[criterion.id] === place + 1 ? "true" : "false"} onClick=${() => say(place + 1, { criterion: criterion.id })}>
                <span class="figures" aria-hidden="true">${place + 1}</span><span class="anchor" dir="auto">${anchor}</span></button>`)}
          </div>
          <button type="button" class="button plain no-opinion" aria-pressed=${said[criterion.id] === 0 ? "true" : "false"} onClick=${() => say(0, { criterion: criterion.id })}>${t("No opinion")}</button>
        </div>`)}
    </div>`;
}

/** An objection needs a reason; the others may have one. The reason is sent with the answer. */
function Consent({ label, said, reason = "", say }) {
  const [chosen, choose] = useState(/** @type {number | null} */ (null));
  const [text, setText] = useState(reason);
  const [missing, setMissing] = useState(false);
  const id = useId();
  const now = chosen ?? said[""];
  const press = (/** @type {number} */ value) => {
    if (value === 3) return choose(null), say(3);
    choose(value);
    if (value !== 0 && said[""] !== value) say(value, text.trim() ? { reason: text.trim() } : {});
  };
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (now === 0 && !text.trim()) return setMissing(true);
    say(now, text.trim() ? { reason: text.trim() } : {});
    choose(null);
  };
  const asks = chosen !== null && chosen !== 3;
  return html`
    <div class="stack tight consent">
      <div class="answers" role="group" aria-labelledby=${label}>
        ${CONSENT().map(([answer, name]) => html`
          <button key=${answer} type="button" class="button ${answer === 0 ? "objects" : ""}" aria-pressed=${now === answer ? "true" : "false"} onClick=${() => press(answer)}>${name}</button>`)}
      </div>
      ${asks && html`
        <form class="stack tight" onSubmit=${send}>
          <div class="field">
            <label for=${id}>${now === 0 ? t("What do you object to?") : t("Your reason, if you like")}</label>
            <textarea id=${id} rows="2" dir="auto" maxlength="500" value=${text} aria-invalid=${missing ? "true" : null} onInput=${(/** @type {any} */ e) => (setText(e.currentTarget.value), setMissing(false))}></textarea>
            ${missing && html`<span class="counter over" role="alert">${t("Say in a few words what you object to, so that the group can answer it.")}</span>`}
          </div>
          <div class="row"><button type="submit" class="button primary">${now === 0 ? t("Object") : t("Send the reason")}</button></div>
        </form>`}
      ${!asks && reason && html`<p class="small quiet" dir="auto">${t("Your reason: {reason}", { reason })}</p>`}
    </div>`;
}
