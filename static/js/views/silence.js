// Who has not contributed yet: a list for facilitators, behind one press, in the order of the alphabet. It rests on what was
// written under a name or an organisation, and on nothing else.

import { t } from "../i18n.js";
import { silent } from "../glance.js";
import { useApp } from "./app.js";
import { html, useState } from "./html.js";
import { OrganisationName } from "./words.js";

/** @param {{room: string, members: any[]}} props */
export function Silence({ room, members }) {
  const [open, setOpen] = useState(false);
  return html`
    <details class="silence small" onToggle=${(/** @type {any} */ e) => setOpen(e.currentTarget.open)}>
      <summary>${t("Who has not contributed yet?")}</summary>
      ${open && html`<${Names} room=${room} members=${members} />`}
    </details>`;
}

function Names({ room, members }) {
  const { client, boot } = useApp();
  const board = client.room(room).value?.state;
  if (!board) return null;
  const organisations = client.room(`event:${boot.event}`)?.value?.state?.organisations ?? {};
  const found = silent(board, members);
  const people = found.people?.map((id) => members.find((one) => one.id === id));
  const bodies = found.organisations?.map((id) => organisations[id]).filter(Boolean);
  return html`
    <div class="stack tight">
      ${people && html`<${Some} title=${t("People")} of=${people} none=${t("Everybody has.")} />`}
      ${bodies && html`<${Some} title=${t("Organisations")} of=${bodies} none=${t("Each organisation has.")} />`}
      ${!people && html`<p class="quiet">${bodies
        ? t("Here people write for their organisation: which of them have contributed cannot be known. That is by design.")
        : t("Here people write without their names, or in private: who has contributed cannot be known. That is by design.")}</p>`}
      <p class="quiet">${t("Who has voted is never shown, only how many.")}</p>
    </div>`;
}

function Some({ title, of, none }) {
  const sorted = [...of].sort((a, b) => a.name.localeCompare(b.name));
  return html`
    <div><p><strong>${title}</strong></p>
      ${sorted.length === 0 ? html`<p class="quiet">${none}</p>` : html`<ul class="names">${sorted.map((one) => html`<li key=${one.id}>${one.colour ? html`<${OrganisationName} organisation=${one} />` : html`<bdi>${one.name}</bdi>`}</li>`)}</ul>`}
    </div>`;
}
