// An activity as a participant will see it: the real views on a made-up board. Nothing is sent.

import { n, t } from "../i18n.js";
import { App, useApp } from "./app.js";
import { StepView } from "./board.js";
import { html, signal, useMemo, useState } from "./html.js";
import { icon } from "./icons.js";
import { Stepper } from "./stepper.js";

/** @param {{activity: any, event: any, onBack: () => void, onUse: () => void}} props */
export function Preview({ activity, event, onBack, onUse }) {
  const { boot } = useApp();
  const [at, setAt] = useState(0);
  const step = activity.steps[at];
  const sample = useMemo(() => sampleOf(activity, step, boot.event), [activity, step]);
  const view = { client: standIn(sample, event, boot), boot: { ...boot, role: "participant", person: { id: "you", name: t("You"), organisation: null } } };
  return html`
    <header class="stack tight">
      <h1 dir="auto">${activity.title}</h1>
      ${activity.purpose && html`<p class="lead" dir="auto">${activity.purpose}</p>`}
    </header>
    <div class="preview-bar row apart">
      <span class="row">
        <button type="button" class="button" onClick=${onBack}>${icon("back")} ${t("All activities")}</button>
        <button type="button" class="button primary" onClick=${onUse}>${t("Use or change it")}</button>
      </span>
      <span class="row">
        <button type="button" class="button" aria-disabled=${at === 0 ? "true" : null} onClick=${() => at > 0 && setAt(at - 1)}>${t("Step before")}</button>
        <span class="figures" role="status">${t("Step {at} of {all}", { at: at + 1, all: activity.steps.length })}</span>
        <button type="button" class="button" aria-disabled=${at === activity.steps.length - 1 ? "true" : null} onClick=${() => at < activity.steps.length - 1 && setAt(at + 1)}>${t("Next step")}</button>
      </span>
    </div>
    <p class="small quiet">${t("This is how a participant sees it. Nothing is sent.")} ${n("Planned: {count} minute", "Planned: {count} minutes", step.minutes)}</p>
    <div class="preview-frame" inert aria-label=${t("Preview")}>
      <${App.Provider} value=${view}>
        <div class="stack" key=${step.id}>
          <${Stepper} board=${sample.board} />
          <${StepView} room="board:preview" board=${sample.board} me=${sample.me} step=${step} />
        </div>
      <//>
    </div>`;
}

/** A board at a step, with a few things on it. */
function sampleOf(activity, step, event) {
  const lanes = activity.lanes?.length ? activity.lanes : activity.steps.some((one) => one.on === "lanes") ? [{ id: "a", title: t("First area") }, { id: "b", title: t("Second area") }] : [];
  const cards = [t("An idea that somebody else has posted"), t("Another idea, a little longer, so that you see how the words fall on a phone"), t("A third one")];
  const proposals = Object.fromEntries(cards.map((text, i) => [`p${i}`, card(`p${i}`, i + 1, "proposal", text, { lane: lanes[i % (lanes.length || 1)]?.id ?? null })]));
  const add = (/** @type {string} */ id, /** @type {string} */ kind, /** @type {string} */ text, /** @type {any} */ more = {}) => (proposals[id] = card(id, Object.keys(proposals).length + 1, kind, text, more));
  for (const one of activity.steps) {
    if (one.on === "lanes") lanes.forEach((lane) => add(`lane-${lane.id}`, "given", lane.title, { key: lane.id, lane: lane.id }));
    for (const item of one.items ?? (one.question ? [one.question] : [])) add(`item-${item.id}`, "given", item.text, { key: item.id });
    if (one.kind === "lines") [t("A line that the group has agreed on"), t("Another line")].forEach((text, i) => add(`line${i}`, "line", text));
    if (one.kind === "share") add("shared", "line", t("A line of another group"), { shared_from: t("Another group") });
    if (one.kind === "draft") [t("We bring people together."), t("We learn from each other.")].forEach((text, i) => add(`phrase${i}`, "phrase", text));
  }
  const held = [...activity.steps.slice(0, activity.steps.indexOf(step) + 1)].reverse().find((one) => one.ballot);
  const ballot = held ? ballotOf(held, lanes) : null;
  const items = ballot ? Object.values(proposals).filter((one) => one.kind === ballot.of.kind && (!ballot.of.keys || ballot.of.keys.includes(one.key))) : [];
  const shows = step.kind === "reveal" || step.ballot?.live;
  const board = {
    id: "preview", event, day: "preview", session: "preview", group: "preview", title: "", group_name: "", prompt: "", lanes, activity, step: step.id, open: true,
    can: { participant: allowed(step) }, timer: null, rapporteur: null, proposals, unrevealed: step.private ? 4 : 0, themes: step.kind === "cluster" ? { t1: { id: "t1", name: t("A theme"), number: 1 } } : {},
    comments: {}, roadmap: {}, pledges: {}, ballot, results: ballot && shows ? resultsOf(held, ballot, items, step.shortlist) : null,
  };
  if (step.kind === "cluster") proposals.p0.theme = "t1";
  const me = { person: "you", role: "participant", member: true, seat: null, scribe: [], ballot: "preview", own: ["p0"], texts: {}, mine: {}, votes: {}, reasons: {}, left: ballot?.budget ?? null, elector: true, comments: [], comment_texts: {}, reactions: {}, pledges: [] };
  return { board, me };
}

const card = (id, number, kind, text, more) => ({
  id, number, kind, key: null, lane: null, text, author: null, organisation: null, at: null, edited: false, status: "standing", reason: null, theme: null,
  merged_into: null, made_of: [], shared_from: null, reactions: { like: 0, support: 0, concern: 0 }, ...more,
});

const ALLOWED = {
  collect: ["proposal.post", "proposal.edit", "proposal.withdraw"], cluster: ["theme.name", "theme.dissolve", "proposal.sort", "proposal.merge", "proposal.split"], vote: ["vote.cast", "vote.rank"],
  pulse: ["vote.cast"], lines: ["proposal.post", "proposal.edit", "rapporteur.name"], draft: ["reaction.set", "comment.post"], plan: ["proposal.post", "roadmap.plan", "pledge.make"],
};
const allowed = (step) => [...(ALLOWED[step.kind] ?? []), ...(step.comments ? ["comment.post"] : []), ...(step.reactions ? ["reaction.set"] : [])];

function ballotOf(step, lanes) {
  const keys = step.on === "lanes" ? lanes.map((lane) => lane.id) : step.items ? step.items.map((item) => item.id) : step.question ? [step.question.id] : null;
  const plain = { budget: null, cap: null, against: false, criteria: [], anchors: [], secrecy: "secret", live: false };
  return { id: "preview", ...plain, ...step.ballot, round: 1, of: { kind: keys ? "given" : step.on === "lines" ? "line" : "proposal", keys }, electors: 8, voted: 5, entered: 0 };
}

/** Made-up figures, so that the look of a result can be seen. */
function resultsOf(step, ballot, items, size) {
  const ranked = items.map((item, i) => {
    const place = { proposal: item.id, rank: i + 1, tied: false, voters: 5, could: null, spread: null, divided: i === 1 ? 0.8 : 0, dissent: 0 };
    const figures = {
      dots: { score: 6 - 2 * i, dots: 6 - 2 * i }, approval: { score: 4 - 2 * i, agree: 5 - i, disagree: i, pass: 0 }, scale: { score: 4 - i, mean: 4 - i, opinions: 5 },
      ranking: { score: 8 - 2 * i, points: 8 - 2 * i, firsts: i ? 0 : 4, wins: 2 - i, ranked: 5 }, consent: { score: 5 - i, agree: 5 - i, reservation: 0, aside: 0, object: i, passed: i === 0 },
    }[ballot.kind];
    return { ...place, ...figures, by_organisation: { score: figures?.score ?? 0, rank: i + 1, tied: false, organisations: 3, split: 0 } };
  });
  const counts = ballot.anchors.map((_, i) => [1, 1, 2, 4, 2][i % 5]);
  const cell = { n: 10, no_opinion: 0, mean: 3.5, median: 4, q1: 3, q3: 4, counts, pinned: {} };
  const criteria = ballot.kind === "scale" ? items.flatMap((item) => (ballot.criteria.length ? ballot.criteria : [{ id: "" }]).map((one) => ({ proposal: item.id, criterion: one.id, ...cell }))) : null;
  const choice = ranked.slice(0, size ?? 0).map((row) => ({ proposal: row.proposal, represents: 4, newly: 2 }));
  return {
    ballot, round: 1, electors: 8, voted: 5, entered: 0, abstained: 0, few: false, organisations: { electors: 4, voted: 3 }, ranked, inseparable: [], disagree: [], divided_first: [],
    shortlist: size ? { size, top: choice.map((one) => one.proposal), equal_shares: choice, sequential: choice } : null, criteria, condorcet: null, reasons: [], counted_at: null, recounted_at: null, earlier: [],
  };
}

/** Just enough of a client for the views; it keeps and sends nothing. */
function standIn({ board, me }, event, boot) {
  const rooms = { "board:preview": { seq: 1, state: board, me }, [`event:${boot.event}`]: { seq: 1, state: event, me: { can: [] } } };
  const nothing = signal([]);
  return {
    room: (/** @type {string} */ id) => ({ value: rooms[id] ?? null }),
    pending: () => nothing,
    presence: () => signal({ people: [], count: 0 }),
    watch() {},
    unwatch() {},
    send: () => ({ id: "", done: Promise.resolve({ ok: false, error: { message: "" } }) }),
    similar: async () => [],
    discard() {},
    drafts: { draft: () => "", saveDraft() {} },
    now: () => Date.now(),
    status: signal("saved"),
    ended: signal(null),
  };
}
