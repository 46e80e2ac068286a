// One proposal on a collecting board. Its place stays taken when it is withdrawn or hidden while somebody looks at it.

import { t } from "../i18n.js";
import { useAct, useApp } from "./app.js";
import { Editor } from "./editor.js";
import { html, memo, useLayoutEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { HideButton } from "./moderation.js";
import { Comments, Like } from "./comments.js";
import { Lineage } from "./lineage.js";
import { ParkButton } from "./parking.js";
import { PendingNote } from "./pending.js";
import { By } from "./people.js";
import { SpotlightButton } from "./spotlight.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, proposal: any, command?: any, own: boolean, text?: string, edits: boolean, moderates: boolean, parks?: boolean, lit?: boolean}} props */
export const Proposal = memo(function Proposal({ room, proposal, command, own, text, edits, moderates, parks = false, lit = false }) {
  const { client } = useApp();
  const [editing, setEditing] = useState(false);
  const card = useKeptHeight(proposal.status);
  const onItsWay = command?.name === "proposal.edit" && proposal.status === "standing" ? command.args.text : null;

  if (proposal.status !== "standing") {
    return html`<li ref=${card} class="proposal gone" data-proposal=${proposal.id}>
      <${Gone} room=${room} proposal=${proposal} own=${own} text=${text} edits=${edits} moderates=${moderates} />
      ${command && html`<${PendingNote} command=${command} />`}
    </li>`;
  }
  const save = (/** @type {string} */ now) => {
    if (command) client.discard(command.id); // a refused wording makes room for the next try
    if (now !== proposal.text) client.send(room, "proposal.edit", { proposal: proposal.id, text: now });
  };
  return html`
    <li ref=${card} class="card proposal ${own ? "own" : ""} ${lit ? "lit" : ""}" data-proposal=${proposal.id}>
      ${editing
        ? html`<${Editor} draft="edit:${proposal.id}" text=${onItsWay ?? proposal.text} save=${t("Save")} onSave=${save} onCancel=${() => setEditing(false)} />`
        : html`
          <${Words} text=${onItsWay ?? proposal.text} />
          <${Lineage} room=${room} card=${proposal} />
          ${command && html`<${PendingNote} command=${command} onEdit=${command.name === "proposal.edit" ? () => setEditing(true) : undefined} />`}
          <div class="proposal-foot">
            <span class="small quiet"><${By} card=${proposal} own=${own} />${proposal.edited ? ` · ${t("edited")}` : ""}</span>
            <span class="proposal-buttons">
              ${own && edits && html`
                <button type="button" class="button plain" onClick=${() => setEditing(true)}>${icon("edit")} ${t("Edit")}</button>
                <${WithdrawButton} room=${room} proposal=${proposal} />`}
              <${Like} room=${room} proposal=${proposal} />
              <${Comments} room=${room} proposal=${proposal} />
              ${parks && moderates && html`<${ParkButton} room=${room} proposal=${proposal} />`}
              ${moderates && html`<${SpotlightButton} room=${room} proposal=${proposal} lit=${lit} /><${HideButton} room=${room} proposal=${proposal} />`}
            </span>
          </div>`}
    </li>`;
});

function WithdrawButton({ room, proposal }) {
  const act = useAct(room);
  const withdraw = async () => {
    const reply = await act("proposal.withdraw", { proposal: proposal.id });
    if (reply.ok) toast(t("Your proposal is withdrawn."), { undo: () => act("proposal.reinstate", { proposal: proposal.id }) });
  };
  return html`<button type="button" class="button plain" onClick=${withdraw}>${t("Withdraw")}</button>`;
}

function Gone({ room, proposal, own, text, edits, moderates }) {
  const act = useAct(room);
  if (proposal.status === "hidden") {
    return html`
      <p class="small quiet">${icon("hide")} ${t("Hidden by the facilitator: {reason}", { reason: proposal.reason ?? "" })}</p>
      ${text && html`<${Words} class="small quiet struck" text=${text} />`}
      ${moderates && html`<button type="button" class="button plain" onClick=${() => act("proposal.restore", { proposal: proposal.id })}>${icon("show")} ${t("Restore")}</button>`}`;
  }
  return html`
    <p class="small quiet">${own ? t("You have withdrawn this.") : t("Withdrawn by its author.")}</p>
    ${own && text && html`<${Words} class="small quiet struck" text=${text} />`}
    ${own && edits && html`<button type="button" class="button plain" onClick=${() => act("proposal.reinstate", { proposal: proposal.id })}>${icon("undo")} ${t("Put it back")}</button>`}`;
}

/** A card that loses its text keeps its height: nothing else moves. @param {string} status */
export function useKeptHeight(status) {
  const card = useRef(/** @type {HTMLElement | null} */ (null));
  const height = useRef(0);
  useLayoutEffect(() => {
    const element = card.current;
    if (!element) return;
    if (status === "standing") element.style.removeProperty("min-block-size");
    else if (height.current) element.style.setProperty("min-block-size", `${height.current}px`);
    height.current = status === "standing" ? element.offsetHeight : height.current;
  });
  return card;
}
