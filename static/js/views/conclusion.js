// One conclusion of a day: its wording, whose it is, its provenance, and what a facilitator can do with it.

import { t } from "../i18n.js";
import { useAct, useApp, usePending } from "./app.js";
import { Editor } from "./editor.js";
import { html, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { Provenance } from "./provenance.js";
import { toast } from "./toast.js";
import { fromVoters, GroupName, scoreWords, tint, Words } from "./words.js";

/** @param {{room: string, conclusion: any, place: number, last: boolean, edits: boolean, event: any}} props */
export function Conclusion({ room, conclusion, place, last, edits, event }) {
  const { client } = useApp();
  const [editing, setEditing] = useState(false);
  const { source } = conclusion;
  const number = event?.groups[source.group]?.number;
  const command = usePending(room).findLast(({ name, args }) => name === "conclusion.reword" && args.conclusion === conclusion.id);
  const wording = command?.args.wording ?? conclusion.wording;
  const reword = (/** @type {string} */ now) => {
    if (command) client.discard(command.id);
    if (now !== conclusion.wording) client.send(room, "conclusion.reword", { conclusion: conclusion.id, wording: now });
  };
  return html`
    <li class="conclusion ${tint(number)}">
      <span class="place serif figures" aria-hidden="true">${place + 1}</span>
      <div class="stack tight">
        ${editing
          ? html`<${Editor} draft="reword:${conclusion.id}" text=${wording} label=${t("Wording of the conclusion")} save=${t("Save")} onSave=${reword} onCancel=${() => setEditing(false)} />`
          : html`<${Words} as="h2" class="wording" text=${wording} />`}
        ${command && html`<${PendingNote} command=${command} onEdit=${() => setEditing(true)} />`}
        <p class="small origin"><${GroupName} name=${source.group_name} number=${number} /> <span class="quiet">· <bdi>${source.session_title}</bdi>${source.ballot ? html` · <span class="figures">${figures(source.ballot)}</span>` : ""}</span></p>
        ${edits && !editing && html`<${Buttons} room=${room} conclusion=${conclusion} place=${place} last=${last} onEdit=${() => setEditing(true)} />`}
        <${Provenance} conclusion=${conclusion} />
      </div>
    </li>`;
}

const figures = (ballot) => [scoreWords(ballot.kind, ballot), ballot.voters ? fromVoters(ballot.voters) : ""].filter(Boolean).join(" ");

function Buttons({ room, conclusion, place, last, onEdit }) {
  const act = useAct(room);
  const [moved, setMoved] = useState("");
  const [up, down] = [useRef(/** @type {any} */ (null)), useRef(/** @type {any} */ (null))];
  const move = async (/** @type {number} */ position, /** @type {any} */ button) => {
    const reply = await act("conclusion.move", { conclusion: conclusion.id, position });
    if (!reply.ok) return;
    setMoved(t("Moved to place {place}", { place: position + 1 }));
    // The browser drops the focus of an element that is moved; give it back so that the next press works.
    requestAnimationFrame(() => button.current?.focus());
  };
  const takeBack = async () => {
    const reply = await act("conclusion.take_back", { conclusion: conclusion.id });
    if (reply.ok) toast(t("The conclusion is taken back."), { undo: () => act("conclusion.reinstate", { conclusion: conclusion.id }) });
  };
  return html`
    <div class="row conclusion-buttons" role="group" aria-label=${t("Conclusion {place}", { place: place + 1 })}>
      <button type="button" class="button plain" onClick=${onEdit}>${icon("edit")} ${t("Reword")}</button>
      <button type="button" class="button plain" ref=${up} aria-label=${t("Move up")} aria-disabled=${place === 0 ? "true" : null} onClick=${() => place > 0 && move(place - 1, up)}>${icon("up")}</button>
      <button type="button" class="button plain" ref=${down} aria-label=${t("Move down")} aria-disabled=${last ? "true" : null} onClick=${() => !last && move(place + 1, down)}>${icon("down")}</button>
      <button type="button" class="button plain" onClick=${takeBack}>${t("Take back")}</button>
      <span class="unseen" role="status">${moved}</span>
    </div>`;
}
