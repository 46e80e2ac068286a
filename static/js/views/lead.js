// Who looks after a group: take it on, hand it over, take over where somebody's connection is gone, give it back.

import { list, n, t } from "../i18n.js";
import { awaySince } from "../absence.js";
import { useAct, useApp, useBusy } from "./app.js";
import { html, memo, useId } from "./html.js";
import { icon } from "./icons.js";
import { useTick } from "./tick.js";
import { absencesOf } from "./watching.js";

const LOOK_MS = 5000;

/** Those who can look after a group, by name. */
export const facilitatorsOf = (event) =>
  Object.values(event.people ?? {})
    .filter((person) => person.role === "facilitator" || person.role === "organiser")
    .sort((a, b) => a.name.localeCompare(b.name));

/** Who looks after it, on its tile. @param {{group: string, lead?: string, name?: string}} props */
export const LeadLine = memo(function Lead({ group, lead, name }) {
  const { boot } = useApp();
  const act = useAct(`event:${boot.event}`);
  const { busy, guard } = useBusy();
  const gone = useGone(lead === boot.person?.id ? null : lead);
  const take = (/** @type {any} */ words, /** @type {string} */ look) => html`
    <button type="button" class="button ${look}" aria-disabled=${busy ? "true" : null} onClick=${guard(() => act("lead.take", { group }))}>${words}</button>`;
  if (!lead) return html`<p class="lead-line small"><span class="quiet">${t("Nobody looks after this group.")}</span> ${take(t("I look after it"), "plain")}</p>`;
  if (gone !== null) return html`<p class="lead-line gone small">${icon("offline")}<span>${goneWords(name, gone)}</span> ${take(t("Take over"), "")}</p>`;
  return html`<p class="lead-line small">${icon("check")}<span dir="auto">${lead === boot.person?.id ? t("You look after this group") : t("{name} looks after this group", { name })}</span></p>`;
});

/** To hand a group over, or to give it back. @param {{event: any, group: string}} props */
export function LeadChoice({ event, group }) {
  const { boot } = useApp();
  const act = useAct(`event:${boot.event}`);
  const id = useId();
  const lead = event.leads?.[group]?.person ?? "";
  const change = (/** @type {any} */ e) => {
    const person = e.currentTarget.value;
    void (person ? act("lead.take", { group, person }) : act("lead.release", { group }));
  };
  return html`
    <div class="field">
      <label for=${id}>${t("Who looks after this group?")}</label>
      <select id=${id} value=${lead} onChange=${change}>
        <option value="">${t("Nobody for now")}</option>
        ${facilitatorsOf(event).map((person) => html`<option key=${person.id} value=${person.id}>${person.id === boot.person?.id ? t("I do") : person.name}</option>`)}
      </select>
    </div>`;
}

/** Leads who have dropped off while we looked, with their groups, above the wall. @param {{event: any}} props */
export function GoneLeads({ event }) {
  const { boot } = useApp();
  const groups = new Map();
  for (const [group, { person }] of Object.entries(event.leads ?? {})) {
    if (person !== boot.person?.id) groups.set(person, [...(groups.get(person) ?? []), group]);
  }
  return [...groups].map(([person, theirs]) => html`<${GoneLead} key=${person} person=${person} groups=${theirs} event=${event} />`);
}

function GoneLead({ person, groups, event }) {
  const { boot } = useApp();
  const act = useAct(`event:${boot.event}`);
  const { busy, guard } = useBusy();
  const gone = useGone(person);
  if (!gone) return null; // here, or not here all the time: then the tile says so
  const takeAll = guard(() => Promise.all(groups.map((group) => act("lead.take", { group }))));
  const names = groups.map((group) => event.groups[group]).sort((a, b) => (a?.number ?? 0) - (b?.number ?? 0)).map((group) => group?.name ?? "");
  return html`
    <div class="notice warn attention">${icon("offline")}
      <div><strong dir="auto">${goneWords(event.people?.[person]?.name ?? "", gone)}</strong> <span dir="auto">${n("{count} group is without its facilitator: {names}.", "{count} groups are without their facilitator: {names}.", groups.length, { names: list(names) })}</span></div>
      <button type="button" class="button" aria-disabled=${busy ? "true" : null} onClick=${takeAll}>${t("Take over")}</button>
    </div>`;
}

/** Since when somebody's connection is gone, in ms; 0: longer than we have looked; null: it is not. @param {string | null | undefined} person */
function useGone(person) {
  const { client, boot } = useApp();
  const now = useTick(LOOK_MS).value;
  const known = absencesOf(client, `event:${boot.event}`).value;
  return person ? awaySince(known, person, Math.max(now, client.now())) : null;
}

function goneWords(name, ms) {
  const minutes = Math.floor(ms / 60_000);
  if (ms === 0) return t("{name} is not connected.", { name });
  if (minutes === 0) return t("{name}’s connection is gone.", { name });
  return n("{name}’s connection has been gone for {count} minute.", "{name}’s connection has been gone for {count} minutes.", minutes, { name });
}
