// Did we get you right? The theme desk says how it understood a group, and the group answers.

import { n, t } from "../i18n.js";
import { may, useApp, useBusy } from "./app.js";
import { html, useId, useLayoutEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";
import { lengthOf, Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Checks({ room, board, me }) {
  const checks = Object.values(board.checks ?? {}).sort((a, b) => a.at - b.at);
  const open = checks.filter((check) => check.right === null);
  const answered = checks.filter((check) => check.right !== null);
  const answers = may(board, me, "check.answer");
  return html`
    <div class="checks stack" role="status">
      ${open.map((check) => html`<${Open} key=${check.id} room=${room} board=${board} check=${check} answers=${answers} />`)}
      ${answered.length > 0 && html`
        <details class="answered small"><summary>${n("{count} question of the theme desk is answered", "{count} questions of the theme desk are answered", answered.length)}</summary>
          <ul class="stack tight">${answered.map((check) => html`<li key=${check.id}><${Words} class="small" text=${check.text} /><${Said} check=${check} /></li>`)}</ul></details>`}
    </div>`;
}

function Open({ room, board, check, answers }) {
  const { client } = useApp();
  const draft = `check:${check.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) ?? "");
  const [correcting, correct] = useState(() => text !== "");
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const asked = useRef(false); // the field takes the focus of the button that asked for it, and never by itself
  useLayoutEffect(() => void (correcting && asked.current && field.current?.focus()), [correcting]);
  const about = check.proposals.map((/** @type {string} */ one) => board.proposals[one]).filter((/** @type {any} */ card) => card?.text);
  const answer = (/** @type {boolean} */ right) => guard(async () => {
    if (!right && lengthOf(text) === 0) return setError(t("Say in a few words what would be right."));
    const sent = client.send(room, "check.answer", { check: check.id, right, ...(!right && { text: text.trim() }) });
    const reply = await sent.done;
    if (!reply.ok) return client.discard(sent.id), setError(reply.error.message);
    client.drafts.saveDraft(draft, "");
  });
  return html`
    <section class="card check stack tight" aria-labelledby=${id}>
      <h2 class="eyebrow" id=${id}>${icon("question")} ${t("Did we get you right?")}</h2>
      <${Words} class="lead" text=${check.text} />
      ${about.length > 0 && html`
        <details class="small"><summary>${n("About {count} proposal of yours", "About {count} proposals of yours", about.length)}</summary>
          <ul class="stack tight about">${about.map((/** @type {any} */ card) => html`<li key=${card.id}><${Words} class="small" text=${card.text} /></li>`)}</ul></details>`}
      ${answers && !correcting && html`
        <div class="row">
          <button type="button" class="button" aria-disabled=${busy ? "true" : null} onClick=${answer(true)}>${icon("check")} ${t("Yes")}</button>
          <button type="button" class="button" aria-expanded="false" onClick=${() => ((asked.current = true), correct(true))}>${t("Not quite")}</button>
          <span class="small quiet">${t("One answer counts for the whole group.")}</span>
        </div>`}
      ${answers && correcting && html`
        <form class="stack tight" onSubmit=${(/** @type {Event} */ e) => (e.preventDefault(), answer(false)())}>
          <div class="field"><label for="${id}-text">${t("What would be right?")}</label>
            <textarea id="${id}-text" ref=${field} rows="2" dir="auto" value=${text} aria-invalid=${error ? "true" : null}
              onInput=${(/** @type {any} */ e) => (setText(e.currentTarget.value), setError(""), client.drafts.saveDraft(draft, e.currentTarget.value))}></textarea></div>
          <div class="row"><button type="submit" class="button primary" aria-disabled=${busy ? "true" : null}>${t("Send this")}</button>
            <button type="button" class="button plain" onClick=${() => (correct(false), setText(""), client.drafts.saveDraft(draft, ""))}>${t("Cancel")}</button></div>
        </form>`}
      ${error && html`<p class="counter over" role="alert">${error}</p>`}
      ${!answers && html`<p class="small quiet">${t("The group has not answered yet.")}</p>`}
    </section>`;
}

/** What a group has said. @param {{check: any}} props */
export function Said({ check }) {
  const people = usePeople();
  const name = people[check.answered_by]?.name ?? "";
  return html`
    <p class="small said ${check.right ? "right" : "not"}">${icon(check.right ? "check" : "edit")} <strong>${check.right ? t("Yes, that is right") : t("Not quite")}</strong>${name && html` <span class="quiet">(<bdi>${name}</bdi>)</span>`}</p>
    ${check.answer && html`<${Words} class="small said-words" text=${check.answer} />`}`;
}
