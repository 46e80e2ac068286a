// An activity is changed as plain forms: steps in order, each with its words, minutes and what it allows. The server
// decides what can be used, and says why not.

import { n, t } from "../i18n.js";
import { sessionsOf } from "./agenda.js";
import { useApp, useBusy, useWatch } from "./app.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";

const KINDS = () => ({
  talk: t("Talk"), collect: t("Collect proposals"), cluster: t("Put together"), vote: t("Vote"), pulse: t("Quick question"), reveal: t("Reveal the result"),
  lines: t("Write final lines"), share: t("Share lines"), draft: t("Draft a text"), plan: t("Plan a roadmap"),
});
const BALLOTS = () => ({ dots: t("Dots"), approval: t("Agree, pass, disagree"), scale: t("Scale"), ranking: t("Ranking"), consent: t("Consent") });

/** @param {{activity: any, event: any, board?: string, onBack: () => void, onPreview: (activity: any) => void}} props */
export function ActivityEditor({ activity, event, board, onBack, onPreview }) {
  const [draft, setDraft] = useState(() => plain(activity));
  const minutes = draft.steps.reduce((all, step) => all + (Number(step.minutes) || 0), 0);
  const setStep = (/** @type {number} */ i, /** @type {any} */ step) => setDraft({ ...draft, steps: draft.steps.map((one, j) => (j === i ? step : one)) });
  const move = (/** @type {number} */ i, /** @type {number} */ to) => {
    const steps = [...draft.steps];
    steps.splice(to, 0, ...steps.splice(i, 1));
    setDraft({ ...draft, steps });
  };
  const add = (/** @type {string} */ kind) => setDraft({ ...draft, steps: [...draft.steps, fresh(kind, draft.steps)] });
  const [id, kinds] = [useId(), KINDS()];
  return html`
    <div class="row apart">
      <button type="button" class="button" onClick=${onBack}>${icon("back")} ${t("All activities")}</button>
      <button type="button" class="button" onClick=${() => onPreview(tidy(draft))}>${icon("show")} ${t("Look into it")}</button>
    </div>
    <header class="stack tight">
      <h1>${t("Change an activity")}</h1>
      <div class="field"><label for="${id}-title">${t("Name of the activity")}</label><input id="${id}-title" class="input big" dir="auto" maxlength="200" value=${draft.title} onInput=${(/** @type {any} */ e) => setDraft({ ...draft, title: e.currentTarget.value })} /></div>
      <p class="figures" role="status"><strong>${n("{count} minute in all", "{count} minutes in all", minutes)}</strong></p>
    </header>
    <ol class="edit-steps stack">
      ${draft.steps.map((step, i) => html`
        <li key=${step.id} class="card stack tight">
          <div class="row apart">
            <h2 class="eyebrow">${i + 1}. ${kinds[step.kind]}</h2>
            <span class="row">
              <button type="button" class="button plain" aria-disabled=${i === 0 ? "true" : null} aria-label=${t("Up: {text}", { text: step.title })} onClick=${() => i > 0 && move(i, i - 1)}>${icon("up")}</button>
              <button type="button" class="button plain" aria-disabled=${i === draft.steps.length - 1 ? "true" : null} aria-label=${t("Down: {text}", { text: step.title })} onClick=${() => i < draft.steps.length - 1 && move(i, i + 1)}>${icon("down")}</button>
              <button type="button" class="button plain" aria-disabled=${draft.steps.length === 1 ? "true" : null} aria-label=${t("Remove: {text}", { text: step.title })} onClick=${() => draft.steps.length > 1 && setDraft({ ...draft, steps: draft.steps.filter((_, j) => j !== i) })}>${icon("over")}</button>
            </span>
          </div>
          <${StepFields} step=${step} onChange=${(/** @type {any} */ now) => setStep(i, now)} />
        </li>`)}
    </ol>
    <div class="field narrow"><label for="${id}-add">${t("Add a step")}</label>
      <select id="${id}-add" class="input" value="" onChange=${(/** @type {any} */ e) => (e.currentTarget.value && add(e.currentTarget.value), (e.currentTarget.value = ""))}>
        <option value="">${t("Choose …")}</option>${Object.entries(kinds).map(([kind, name]) => html`<option key=${kind} value=${kind}>${name}</option>`)}
      </select></div>
    <${Use} event=${event} board=${board} activity=${tidy(draft)} minutes=${minutes} />`;
}

function StepFields({ step, onChange }) {
  const id = useId();
  const set = (/** @type {string} */ key) => (/** @type {any} */ e) => onChange({ ...step, [key]: e.currentTarget.value });
  const check = (/** @type {string} */ key, /** @type {string} */ words) => html`<label class="choice"><input type="checkbox" checked=${Boolean(step[key])} onChange=${(/** @type {any} */ e) => onChange({ ...step, [key]: e.currentTarget.checked || undefined })} /><span>${words}</span></label>`;
  const number = (/** @type {string} */ key, /** @type {string} */ words, most = 100) => html`<div class="field short"><label for="${id}-${key}">${words}</label><input id="${id}-${key}" class="input" type="number" min="1" max=${most} value=${step[key] ?? ""} onInput=${(/** @type {any} */ e) => onChange({ ...step, [key]: e.currentTarget.value === "" ? undefined : Number(e.currentTarget.value) })} /></div>`;
  return html`
    <div class="plan-grid">
      <div class="field"><label for="${id}-title">${t("Title")}</label><input id="${id}-title" class="input" dir="auto" maxlength="200" value=${step.title} onInput=${set("title")} /></div>
      <div class="field short"><label for="${id}-minutes">${t("Minutes")}</label><input id="${id}-minutes" class="input" type="number" min="1" max="1440" value=${step.minutes} onInput=${(/** @type {any} */ e) => onChange({ ...step, minutes: Number(e.currentTarget.value) })} /></div>
    </div>
    <div class="field"><label for="${id}-instruction">${t("Instruction")}</label><textarea id="${id}-instruction" rows="2" dir="auto" maxlength="2000" value=${step.instruction} onInput=${set("instruction")}></textarea></div>
    <div class="choices wrap">
      ${check("comments", t("Comments"))} ${check("reactions", t("“Speaks to me”"))}
      ${step.kind === "collect" && check("private", t("Private until the next step"))}
    </div>
    <div class="plan-grid">
      ${["collect", "cluster", "lines", "plan"].includes(step.kind) && html`<div class="field"><label for="${id}-names">${t("Who stands beside it")}</label>
        <select id="${id}-names" class="input" value=${step.names ?? "named"} onChange=${set("names")}><option value="named">${t("The name")}</option><option value="organisation">${t("The organisation only")}</option><option value="anonymous">${t("Nobody")}</option></select></div>`}
      ${step.kind === "collect" && number("limit", t("Most per person"))}
      ${step.kind === "lines" && number("lines", t("How many lines"), 20)}
      ${step.kind === "plan" && number("years", t("Years of the roadmap"), 20)}
      ${step.kind === "reveal" && number("shortlist", t("Size of a shortlist"), 50)}
      ${step.kind === "draft" && html`<div class="field"><label for="${id}-text">${t("Which text")}</label><select id="${id}-text" class="input" value=${step.text} onChange=${set("text")}><option value="mission">${t("Mission")}</option><option value="vision">${t("Vision")}</option></select></div>`}
      ${step.kind === "pulse" && html`<div class="field"><label for="${id}-question">${t("Question")}</label><input id="${id}-question" class="input" dir="auto" maxlength="200" value=${step.question.text} onInput=${(/** @type {any} */ e) => onChange({ ...step, question: { ...step.question, text: e.currentTarget.value } })} /></div>`}
      ${step.kind === "vote" && html`<div class="field"><label for="${id}-on">${t("On what")}</label>
        <select id="${id}-on" class="input" value=${step.on ?? "proposals"} onChange=${(/** @type {any} */ e) => onChange({ ...step, on: e.currentTarget.value, items: e.currentTarget.value === "items" ? step.items ?? [{ id: `${step.id}_a`, text: t("First item") }] : undefined })}>
          <option value="proposals">${t("The proposals")}</option><option value="lines">${t("The lines")}</option><option value="lanes">${t("The lanes of the board")}</option><option value="items">${t("Items that I list")}</option></select></div>`}
    </div>
    ${step.on === "items" && html`<div class="field"><label for="${id}-items">${t("Items, one a line")}</label><textarea id="${id}-items" rows="3" dir="auto" value=${(step.items ?? []).map((item) => item.text).join("\n")}
      onChange=${(/** @type {any} */ e) => onChange({ ...step, items: lines(e.currentTarget.value).map((text, i) => ({ id: step.items?.[i]?.id ?? `${step.id.slice(0, 16)}_${i + 1}`, text })) })}></textarea></div>`}
    ${step.ballot && html`<${BallotFields} ballot=${step.ballot} pulse=${step.kind === "pulse"} onChange=${(/** @type {any} */ ballot) => onChange({ ...step, ballot })} />`}`;
}

function BallotFields({ ballot, pulse, onChange }) {
  const id = useId();
  const number = (/** @type {string} */ key, /** @type {string} */ words) => html`<div class="field short"><label for="${id}-${key}">${words}</label><input id="${id}-${key}" class="input" type="number" min="1" max="100" value=${ballot[key] ?? ""} onInput=${(/** @type {any} */ e) => onChange({ ...ballot, [key]: Number(e.currentTarget.value) })} /></div>`;
  return html`
    <fieldset class="panel stack tight"><legend class="eyebrow">${t("Ballot")}</legend>
      <div class="plan-grid">
        ${!pulse && html`<div class="field"><label for="${id}-kind">${t("Kind")}</label><select id="${id}-kind" class="input" value=${ballot.kind} onChange=${(/** @type {any} */ e) => onChange(freshBallot(e.currentTarget.value, ballot.secrecy))}>
          ${Object.entries(BALLOTS()).map(([kind, name]) => html`<option key=${kind} value=${kind}>${name}</option>`)}</select></div>`}
        ${ballot.kind === "dots" && html`${number("budget", t("Dots each"))}${number("cap", t("Most on one"))}`}
        <div class="field"><label for="${id}-secrecy">${t("Secrecy")}</label><select id="${id}-secrecy" class="input" value=${ballot.secrecy ?? "secret"} onChange=${(/** @type {any} */ e) => onChange({ ...ballot, secrecy: e.currentTarget.value, live: e.currentTarget.value === "secret" ? undefined : ballot.live })}>
          ${!pulse && html`<option value="secret">${t("Secret")}</option>`}<option value="anonymous">${t("Without names")}</option><option value="named">${t("With names")}</option></select></div>
      </div>
      <div class="choices wrap">
        ${ballot.kind === "dots" && html`<label class="choice"><input type="checkbox" checked=${Boolean(ballot.against)} onChange=${(/** @type {any} */ e) => onChange({ ...ballot, against: e.currentTarget.checked || undefined })} /><span>${t("Dots against")}</span></label>`}
        ${!pulse && (ballot.secrecy ?? "secret") !== "secret" && html`<label class="choice"><input type="checkbox" checked=${Boolean(ballot.live)} onChange=${(/** @type {any} */ e) => onChange({ ...ballot, live: e.currentTarget.checked || undefined })} /><span>${t("Result while people vote")}</span></label>`}
      </div>
      ${ballot.kind === "scale" && html`
        <div class="field"><label for="${id}-anchors">${t("Names of the points, lowest first, one a line")}</label><textarea id="${id}-anchors" rows="4" dir="auto" value=${(ballot.anchors ?? []).join("\n")} onChange=${(/** @type {any} */ e) => onChange({ ...ballot, anchors: lines(e.currentTarget.value) })}></textarea></div>
        ${!pulse && html`<div class="field"><label for="${id}-criteria">${t("Criteria, one a line (none: one question)")}</label><textarea id="${id}-criteria" rows="2" dir="auto" value=${(ballot.criteria ?? []).map((one) => one.title).join("\n")}
          onChange=${(/** @type {any} */ e) => onChange({ ...ballot, criteria: lines(e.currentTarget.value).map((title, i) => ({ ...(ballot.criteria?.[i] ?? { id: `c${i + 1}` }), title })) })}></textarea></div>`}`}
    </fieldset>`;
}

/** Where it is used: a session, and all or some of its groups. */
function Use({ event, board, activity, minutes }) {
  const { client } = useApp();
  const { busy, guard } = useBusy();
  const sessions = sessionsOf(event).filter((session) => session.boards.length);
  const start = sessions.find((session) => session.boards.some(({ id }) => id === board)) ?? sessions.find((session) => session.id === event.now) ?? sessions[0];
  const [chosen, choose] = useState(start?.id);
  const session = sessions.find(({ id }) => id === chosen) ?? start;
  const [left, setLeft] = useState(/** @type {string[]} */ (board ? (start?.boards ?? []).map(({ id }) => id).filter((one) => one !== board) : []));
  const [answers, setAnswers] = useState(/** @type {Record<string, string>} */ ({}));
  useWatch((session?.boards ?? []).map(({ id }) => `board:${id}`), { away: true });
  const id = useId();
  if (!session) return null;
  const use = guard(async () => {
    const said = {};
    for (const one of session.boards.filter((b) => !left.includes(b.id))) {
      const sent = client.send(`board:${one.id}`, "activity.choose", { activity });
      const reply = await sent.done;
      if (!reply.ok) client.discard(sent.id);
      said[one.id] = reply.ok ? t("uses it now") : reply.error.message;
    }
    setAnswers(said);
  });
  const toggle = (/** @type {string} */ one) => setLeft(left.includes(one) ? left.filter((x) => x !== one) : [...left, one]);
  return html`
    <section class="panel stack use" aria-labelledby="use">
      <h2 id="use">${t("Use it")}</h2>
      <div class="field narrow"><label for="${id}-session">${t("Session")}</label>
        <select id="${id}-session" class="input" value=${session.id} onChange=${(/** @type {any} */ e) => (choose(e.currentTarget.value), setLeft([]), setAnswers({}))}>
          ${sessions.map((one) => html`<option key=${one.id} value=${one.id}>${one.starts_at} ${one.title}</option>`)}</select></div>
      ${minutes > session.minutes && html`<p class="notice warn small">${t("The steps take {minutes} minutes, the session has {planned}.", { minutes, planned: session.minutes })}</p>`}
      <ul class="stack tight">
        ${session.boards.map((one) => html`
          <li key=${one.id} class="row apart"><label class="choice"><input type="checkbox" checked=${!left.includes(one.id)} onChange=${() => toggle(one.id)} /><span dir="auto">${event.groups[one.group]?.name ?? ""}</span></label>
            <span class="small quiet" role="status">${answers[one.id] ?? client.room(`board:${one.id}`)?.value?.state?.activity.title ?? ""}</span></li>`)}
      </ul>
      <div><button type="button" class="button primary" aria-disabled=${busy ? "true" : null} onClick=${use}>${n("Use it on {count} board", "Use it on {count} boards", session.boards.length - left.length)}</button></div>
    </section>`;
}

const lines = (/** @type {string} */ text) => text.split("\n").map((line) => line.trim()).filter(Boolean);

/** Without what the library's list adds. */
function plain(activity) {
  const { name: _name, minutes: _minutes, ...rest } = activity;
  return structuredClone(rest);
}

/** JSON leaves out what is not said. */
const tidy = (draft) => JSON.parse(JSON.stringify(draft));

function fresh(kind, steps) {
  const ids = new Set(steps.map((step) => step.id));
  let id = kind;
  for (let i = 2; ids.has(id); i++) id = `${kind}${i}`;
  const step = { id, kind, title: KINDS()[kind], instruction: t("Say what people should do."), minutes: 10 };
  if (kind === "vote") return { ...step, ballot: freshBallot("dots") };
  if (kind === "pulse") return { ...step, question: { id: `${id.slice(0, 14)}_asks`, text: t("How is it going?") }, ballot: { kind: "scale", anchors: [t("Badly"), t("So-so"), t("Well")], secrecy: "anonymous", live: true } };
  if (kind === "draft") return { ...step, text: "mission" };
  return step;
}

function freshBallot(kind, secrecy = "secret") {
  const more = { dots: { budget: 5, cap: 2 }, scale: { anchors: [t("Not at all"), t("Hardly"), t("Partly"), t("Largely"), t("Fully")] } }[kind] ?? {};
  return { kind, ...more, ...(secrecy !== "secret" && { secrecy }) };
}
