// Planning: for each improvement who leads, with whom, by when, how hard, what first; and what organisations pledge.

import { n, t } from "../i18n.js";
import { may, useAct, useApp, useBusy, usePending } from "./app.js";
import { Comments } from "./comments.js";
import { Editor } from "./editor.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { By } from "./people.js";
import { posts, standing } from "./proposals.js";
import { Roadmap } from "./roadmap.js";
import { toast } from "./toast.js";
import { OrganisationName, Words } from "./words.js";

/** @param {{room: string, board: any, me: any, step: any}} props */
export function Plan({ room, board, me, step }) {
  const { client, boot } = useApp();
  const pending = usePending(room);
  const [writing, write] = useState(false);
  const event = client.room(`event:${boot.event}`)?.value?.state;
  const cards = standing(board);
  const first = Number(event?.days.find((day) => day.id === board.day)?.date.slice(0, 4) ?? new Date().getFullYear());
  const years = Array.from({ length: step.years ?? 4 }, (_, i) => first + i);
  const post = (/** @type {string} */ text) => client.send(room, "proposal.post", { text });
  return html`
    <${Roadmap} boards=${[board]} event=${event} years=${years} />
    <section class="stack" aria-labelledby="improvements">
      <div class="row apart"><h2 id="improvements">${t("Improvements")}</h2>
        ${may(board, me, "proposal.post") && !writing && html`<button type="button" class="button ${cards.length ? "" : "primary"}" onClick=${() => write(true)}>${icon("plus")} ${t("Add an improvement")}</button>`}</div>
      ${writing && html`<div class="card composer"><${Editor} draft="post:${room}" text="" label=${t("Your improvement")} save=${t("Add to the board")} onSave=${post} onCancel=${() => write(false)} /></div>`}
      ${cards.length === 0 && html`<p class="quiet">${t("Nothing here yet.")}</p>`}
      <ul class="stack">
        ${cards.map((card) => html`<${Improvement} key=${card.id} room=${room} board=${board} me=${me} card=${card} event=${event} years=${years} pending=${pending} />`)}
        ${posts(board, pending).map((command) => html`<li key=${command.id} class="card"><${Words} text=${command.args.text} /><${PendingNote} command=${command} /></li>`)}
      </ul>
    </section>`;
}

function Improvement({ room, board, me, card, event, years, pending }) {
  const act = useAct(room);
  const [open, setOpen] = useState(false);
  const item = board.roadmap[card.id];
  const pledges = Object.values(board.pledges).filter((one) => one.proposal === card.id);
  const mine = pending.filter(({ name, args }) => name === "pledge.make" && args.proposal === card.id);
  const home = (/** @type {string | null} */ id) => event?.organisations[id]?.name ?? "";
  const withdraw = async (/** @type {any} */ one) => (await act("pledge.withdraw", { pledge: one.id })).ok && toast(t("The pledge is taken back."), { undo: () => act("pledge.make", { proposal: card.id, text: one.text }) });
  return html`
    <li class="card improvement stack tight" data-proposal=${card.id}>
      <${Words} class="result-text" text=${card.text} />
      ${item && html`<${PlanFacts} item=${item} home=${home} />`}
      <div class="row">
        ${may(board, me, "roadmap.plan") && html`<button type="button" class="button ${item ? "" : "primary"}" aria-expanded=${open ? "true" : "false"} onClick=${() => setOpen(!open)}>${icon("map")} ${item ? t("Change the plan") : t("Plan it")}</button>`}
        <${Comments} room=${room} proposal=${card} />
      </div>
      ${open && html`<${PlanForm} room=${room} card=${card} item=${item} event=${event} years=${years} onDone=${() => setOpen(false)} />`}
      ${pledges.length + mine.length > 0 && html`
        <ul class="pledges stack tight" aria-label=${t("Pledges")}>
          ${pledges.map((one) => html`
            <li key=${one.id} class="row apart"><span>${event?.organisations[one.organisation] && html`<${OrganisationName} as="strong" organisation=${event.organisations[one.organisation]} />`} <span dir="auto">${one.text}</span> ${!one.organisation && html`<span class="small quiet"><${By} card=${one} /></span>`}</span>
              ${me.pledges.includes(one.id) && may(board, me, "pledge.withdraw") && html`<button type="button" class="button plain" onClick=${() => withdraw(one)}>${t("Take back")}</button>`}</li>`)}
          ${mine.map((command) => html`<li key=${command.id}><span dir="auto">${command.args.text}</span><${PendingNote} command=${command} /></li>`)}
        </ul>`}
      ${may(board, me, "pledge.make") && html`<${PledgeForm} room=${room} card=${card} />`}
    </li>`;
}

function PlanFacts({ item, home }) {
  const facts = [
    item.year && [t("When"), item.quarter ? t("{year}, quarter {quarter}", { year: String(item.year), quarter: item.quarter }) : String(item.year)],
    item.lead && [t("Lead"), home(item.lead)],
    item.partners.length > 0 && [t("Partners"), item.partners.map(home).join(", ")],
    item.effort && [t("Effort"), t("{value} of 5", { value: item.effort })],
    item.impact && [t("Impact"), t("{value} of 5", { value: item.impact })],
    item.first_step && [t("First step"), item.first_step],
  ].filter(Boolean);
  return html`<dl class="plan-facts small">${facts.map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd dir="auto">${value}</dd></div>`)}</dl>`;
}

function PlanForm({ room, card, item, event, years, onDone }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [plan, setPlan] = useState(() => ({ lead: "", partners: [], year: "", quarter: "", effort: "", impact: "", first_step: "", ...clean(item) }));
  const id = useId();
  const organisations = Object.values(event?.organisations ?? {});
  const set = (/** @type {string} */ key) => (/** @type {any} */ e) => setPlan({ ...plan, [key]: e.currentTarget.value });
  const partner = (/** @type {string} */ one) => setPlan({ ...plan, partners: plan.partners.includes(one) ? plan.partners.filter((/** @type {string} */ x) => x !== one) : [...plan.partners, one] });
  const save = guard(async () => {
    const numbers = Object.fromEntries(["year", "quarter", "effort", "impact"].filter((key) => plan[key] !== "").map((key) => [key, Number(plan[key])]));
    const reply = await act("roadmap.plan", { proposal: card.id, ...(plan.lead && { lead: plan.lead }), partners: plan.partners, first_step: plan.first_step, ...numbers });
    if (reply.ok) onDone();
  });
  const scale = (/** @type {string} */ key, /** @type {string} */ title, /** @type {string} */ low, /** @type {string} */ high) => html`
    <fieldset class="choices scale-choice"><legend>${title} <span class="quiet small">${low} – ${high}</span></legend>
      ${[1, 2, 3, 4, 5].map((value) => html`<label key=${value} class="choice"><input type="radio" name="${id}-${key}" checked=${String(plan[key]) === String(value)} onChange=${() => setPlan({ ...plan, [key]: value })} /><span class="figures">${value}</span></label>`)}
    </fieldset>`;
  return html`
    <form class="panel stack" onSubmit=${(/** @type {Event} */ e) => (e.preventDefault(), save())}>
      <div class="plan-grid">
        <div class="field"><label for="${id}-lead">${t("Lead organisation")}</label>
          <select id="${id}-lead" class="input" value=${plan.lead} onChange=${set("lead")}><option value="">${t("Not decided yet")}</option>${organisations.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}</select></div>
        <div class="field"><label for="${id}-year">${t("Year")}</label>
          <select id="${id}-year" class="input" value=${plan.year} onChange=${set("year")}><option value="">${t("Not decided yet")}</option>${years.map((year) => html`<option key=${year} value=${year}>${year}</option>`)}</select></div>
        <div class="field"><label for="${id}-quarter">${t("Quarter")}</label>
          <select id="${id}-quarter" class="input" value=${plan.quarter} onChange=${set("quarter")}><option value="">${t("Not decided yet")}</option>${[1, 2, 3, 4].map((q) => html`<option key=${q} value=${q}>${q}</option>`)}</select></div>
      </div>
      <details><summary>${n("{count} partner", "{count} partners", plan.partners.length)}</summary>
        <fieldset class="choices wrap"><legend class="unseen">${t("Partners")}</legend>
          ${organisations.filter((one) => one.id !== plan.lead).map((one) => html`<label key=${one.id} class="choice"><input type="checkbox" checked=${plan.partners.includes(one.id)} onChange=${() => partner(one.id)} /><span dir="auto">${one.name}</span></label>`)}
        </fieldset></details>
      ${scale("effort", t("Effort"), t("small"), t("large"))}
      ${scale("impact", t("Impact"), t("small"), t("large"))}
      <div class="field"><label for="${id}-first">${t("First step")}</label><textarea id="${id}-first" rows="2" dir="auto" maxlength="500" value=${plan.first_step} onInput=${set("first_step")}></textarea></div>
      <div class="row"><button type="submit" class="button primary" aria-disabled=${busy ? "true" : null}>${t("Save the plan")}</button><button type="button" class="button plain" onClick=${onDone}>${t("Cancel")}</button></div>
    </form>`;
}

const clean = (item) => Object.fromEntries(Object.entries(item ?? {}).filter(([, value]) => value !== null));

function PledgeForm({ room, card }) {
  const { client, boot } = useApp();
  const draft = `pledge:${card.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) ?? "");
  const id = useId();
  const home = client.room(`event:${boot.event}`)?.value?.state?.organisations[boot.person?.organisation]?.name;
  const type = (/** @type {string} */ value) => (setText(value), client.drafts.saveDraft(draft, value));
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!text.trim()) return;
    client.send(room, "pledge.make", { proposal: card.id, text: text.trim() });
    type("");
  };
  return html`
    <form class="row say" onSubmit=${send}>
      <label class="unseen" for=${id}>${home ? t("A pledge of {organisation}", { organisation: home }) : t("A pledge")}</label>
      <input id=${id} class="input" dir="auto" maxlength="500" placeholder=${t("Our city will …")} value=${text} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)} />
      <button type="submit" class="button">${t("Pledge")}</button>
    </form>`;
}
