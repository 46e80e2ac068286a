// The final lines of a group: written with one pen, and reported by somebody of the group.

import { n, t } from "../i18n.js";
import { may, useAct, useApp, usePending } from "./app.js";
import { Comments } from "./comments.js";
import { Editor } from "./editor.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { usePeople } from "./people.js";
import { usePicks } from "./promote.js";
import { standing } from "./proposals.js";
import { SpotlightButton } from "./spotlight.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any, step: any}} props */
export function Lines({ room, board, me, step }) {
  const { client } = useApp();
  const pending = usePending(room).filter(({ name }) => name === "proposal.post");
  const [writing, write] = useState(false);
  const lines = standing(board, "line").filter((line) => !line.shared_from);
  const most = step.lines ?? 3;
  const picks = usePicks({ board, may: may(board, me, "conclusion.promote"), cards: lines });
  const post = (/** @type {string} */ text) => client.send(room, "proposal.post", { text });
  return html`
    <section class="stack" aria-labelledby="lines">
      <div class="row apart"><h2 id="lines">${t("Our lines")}</h2><p class="quiet figures">${t("{written} of {most}", { written: lines.length, most })}</p></div>
      <ol class="final-lines stack">
        ${lines.map((line, place) => html`<${Line} key=${line.id} room=${room} board=${board} me=${me} line=${line} place=${place + 1} tick=${picks.tick(line)} />`)}
        ${pending.map((command) => html`<li key=${command.id} class="card final-line"><${Words} text=${command.args.text} /><${PendingNote} command=${command} /></li>`)}
      </ol>
      ${may(board, me, "proposal.post") && lines.length + pending.length < most && (writing
        ? html`<div class="card composer"><${Editor} draft="line:${room}" text="" label=${t("A new line")} save=${t("Add this line")} onSave=${post} onCancel=${() => write(false)} /></div>`
        : html`<div><button type="button" class="button primary" onClick=${() => write(true)}>${icon("plus")} ${t("Write a line")}</button></div>`)}
      <${Rapporteur} room=${room} board=${board} me=${me} />
      ${picks.bar}
    </section>`;
}

function Line({ room, board, me, line, place, tick }) {
  const act = useAct(room);
  const { client } = useApp();
  const [editing, edit] = useState(/** @type {string | null} */ (null)); // the wording that one started from
  const edits = may(board, me, "proposal.edit");
  const changed = editing !== null && editing !== line.text;
  const save = (/** @type {string} */ text) => text !== line.text && client.send(room, "proposal.edit", { proposal: line.id, text });
  const withdraw = async () => (await act("proposal.withdraw", { proposal: line.id })).ok && toast(t("The line is taken off. It is kept."), { undo: () => act("proposal.reinstate", { proposal: line.id }) });
  return html`
    <li class="card final-line" data-proposal=${line.id}>
      <span class="rank serif figures" aria-hidden="true">${place}</span>
      <div class="stack tight grow">
        ${changed && html`<p class="notice warn small" role="alert">${t("Somebody has changed this line meanwhile: “{text}”. Saving yours replaces it; both are kept.", { text: line.text })}</p>`}
        ${editing !== null
          ? html`<${Editor} draft="edit:${line.id}" text=${line.text} label=${t("Line {number}", { number: place })} save=${t("Save")} onSave=${save} onCancel=${() => edit(null)} />`
          : html`<${Words} class="line-words serif" text=${line.text} />
            <div class="proposal-foot"><span>${tick}</span><span class="proposal-buttons">
              ${edits && html`<button type="button" class="button plain" onClick=${() => edit(line.text)}>${icon("edit")} ${t("Edit")}</button>
                <button type="button" class="button plain" onClick=${withdraw}>${t("Take off")}</button>`}
              <${Comments} room=${room} proposal=${line} />${may(board, me, "proposal.spotlight") && html`<${SpotlightButton} room=${room} proposal=${line} lit=${board.spotlight === line.id} />`}</span></div>`}
      </div>
    </li>`;
}

/** Who will share the lines. @param {{room: string, board: any, me: any}} props */
export function Rapporteur({ room, board, me }) {
  const { client, boot } = useApp();
  const act = useAct(room);
  const people = usePeople();
  const id = useId();
  const event = client.room(`event:${boot.event}`)?.value?.state;
  const plenary = event?.groups[board.group]?.kind === "plenary";
  const group = Object.values(people).filter((one) => one.role === "participant" && (plenary ? one.joined : one.groups.includes(board.group)));
  if (!may(board, me, "rapporteur.name")) {
    return board.rapporteur ? html`<p>${t("Reported by {name}", { name: people[board.rapporteur]?.name ?? "" })}</p>` : null;
  }
  return html`
    <div class="field narrow">
      <label for=${id}>${t("Who shares this with everybody?")}</label>
      <select id=${id} class="input" value=${board.rapporteur ?? ""} onChange=${(/** @type {any} */ e) => act("rapporteur.name", { person: e.currentTarget.value || null })}>
        <option value="">${t("Not decided yet")}</option>
        ${group.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
      </select>
      <span class="hint">${n("{count} person in this group", "{count} people in this group", group.length)}</span>
    </div>`;
}
