// Who is here: names for a group, a count for a screen reader in a hurry.

import { list, n, t } from "../i18n.js";
import { useApp, usePresence } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { OrganisationName } from "./words.js";

/** @param {string} id */
export function useName(id) {
  const people = usePeople();
  return people[id]?.name ?? "";
}

/**
 * People of the event by id, from the event's room, whoever was erased as somebody of their organisation. Empty until
 * it is known, and on the projector.
 */
export function usePeople() {
  const { client, boot } = useApp();
  return peopleOf(client.room(`event:${boot.event}`)?.value?.state);
}

/** @type {WeakMap<object, any>} */
const kept = new WeakMap();

/** The same, of an event's state. @param {any} event */
export function peopleOf(event) {
  if (!event?.people) return {};
  const { people, organisations } = event;
  if (!kept.has(people)) {
    const gone = Object.values(people).filter((person) => person.name === "");
    const names = gone.map((person) => [person.id, { ...person, name: somebody(organisations[person.organisation]?.name) }]);
    kept.set(people, gone.length ? { ...people, ...Object.fromEntries(names) } : people);
  }
  return kept.get(people);
}

const somebody = (/** @type {string | undefined} */ organisation) => (organisation ? t("Somebody of {organisation}", { organisation }) : t("Somebody who was removed"));

/** Who is here: the group, and who visits it. @param {{room: string}} props */
export function Presence({ room }) {
  const { client, boot } = useApp();
  const people = usePeople();
  const { people: here, count } = usePresence(room);
  if (!count) return null;
  const group = client.room(room)?.value?.state?.group;
  const plenary = client.room(`event:${boot.event}`)?.value?.state?.groups[group]?.kind === "plenary"; // nobody is a guest there
  const visits = (/** @type {string} */ id) => !plenary && people[id] && people[id].role !== "participant";
  const named = (/** @type {string[]} */ ids) => ids.filter((id) => id !== boot.person?.id).map((id) => people[id]?.name).filter(Boolean).sort((a, b) => a.localeCompare(b));
  const visitors = here.filter(visits);
  const names = named(here.filter((id) => !visits(id)));
  const summary = n("{count} person here", "{count} people here", Math.max(count, here.length) - visitors.length);
  return html`
    ${names.length === 0
      ? html`<p class="presence small quiet">${icon("people")} ${summary}</p>`
      : html`
        <details class="presence small">
          <summary>${icon("people")} ${summary}</summary>
          <p class="quiet" dir="auto">${list(names)}</p>
        </details>`}
    <${Visitors} names=${named(visitors)} me=${visitors.includes(boot.person?.id)} />`;
}

/** Nobody looks over a group's shoulder unseen: whoever has its board open stands here by name. */
function Visitors({ names, me }) {
  if (names.length === 0 && !me) return null;
  return html`
    <p class="presence visiting small" role="status">${icon("show")}
      <span>${names.length > 0 && (names.length > 1 ? t("{names} are visiting", { names: list(names) }) : t("{name} is visiting", { name: names[0] }))}
      ${me && ` ${t("You are visiting; the group sees that.")}`}</span>
    </p>`;
}

/** Who stands beside what they have written, as far as it was promised to them. @param {{card: any, own?: boolean}} props */
export function By({ card, own = false }) {
  const { client, boot } = useApp();
  const organisations = client.room(`event:${boot.event}`)?.value?.state?.organisations ?? {};
  if (card.kind === "given") return t("Given");
  if (own) return card.author ? t("You") : card.organisation ? t("You, as {organisation}", { organisation: organisations[card.organisation]?.name ?? "" }) : t("You, without your name");
  if (card.author) return html`<${Author} person=${card.author} />`;
  const organisation = organisations[card.organisation];
  return organisation ? html`<${OrganisationName} organisation=${organisation} class="author" />` : html`<span class="author">${t("Without a name")}</span>`;
}

/** Name and organisation of an author. @param {{person: string, mine?: boolean}} props */
export const Author = ({ person }) => {
  const name = useName(person);
  return name ? html`<bdi class="author">${name}</bdi>` : null;
};
