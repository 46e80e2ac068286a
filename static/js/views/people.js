// Who is here: names for a group, a count for a screen reader in a hurry.

import { list, n, t } from "../i18n.js";
import { useApp, usePresence } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";


/** @param {string} id */
export function useName(id) {
  const people = usePeople();
  return people[id]?.name ?? "";
}

/** People of the event by id, from the event's room. Empty until it is known, and on the projector. */
export function usePeople() {
  const { client, boot } = useApp();
  return client.room(`event:${boot.event}`)?.value?.state?.people ?? {};
}

/** @param {{room: string}} props */
export function Presence({ room }) {
  const { boot } = useApp();
  const people = usePeople();
  const { people: here, count } = usePresence(room);
  if (!count) return null;
  const names = here.filter((id) => id !== boot.person?.id).map((id) => people[id]?.name).filter(Boolean).sort((a, b) => a.localeCompare(b));
  const summary = n("{count} person here", "{count} people here", Math.max(count, here.length));
  if (names.length === 0) return html`<p class="presence small quiet">${icon("people")} ${summary}</p>`;
  return html`
    <details class="presence small">
      <summary>${icon("people")} ${summary}</summary>
      <p class="quiet" dir="auto">${list(names)}</p>
    </details>`;
}

/** Who stands beside what they have written, as far as it was promised to them. @param {{card: any, own?: boolean}} props */
export function By({ card, own = false }) {
  const { client, boot } = useApp();
  const organisations = client.room(`event:${boot.event}`)?.value?.state?.organisations ?? {};
  if (card.kind === "given") return t("Given");
  if (own) return card.author ? t("You") : card.organisation ? t("You, as {organisation}", { organisation: organisations[card.organisation]?.name ?? "" }) : t("You, without your name");
  if (card.author) return html`<${Author} person=${card.author} />`;
  return html`<span class="author" dir="auto">${organisations[card.organisation]?.name ?? t("Without a name")}</span>`;
}

/** Name and organisation of an author. @param {{person: string, mine?: boolean}} props */
export const Author = ({ person }) => {
  const name = useName(person);
  return name ? html`<bdi class="author">${name}</bdi>` : null;
};
