// One conclusion of a day: its wording and kind, whose it is, whether the room stands behind it, where it comes from, and
// what a facilitator can do with it.

import { n, t } from "../i18n.js";
import { urlFor, useAct, useApp, usePending } from "./app.js";
import { Editor } from "./editor.js";
import { GuidingButton } from "./guide.js";
import { html, useId, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { KINDS, kindName } from "./kinds.js";
import { MinorityReports } from "./minority.js";
import { PendingNote } from "./pending.js";
import { Provenance } from "./provenance.js";
import { Ratified } from "./ratified.js";
import { Position } from "./ratify.js";
import { groupsOf, Groups, tintOf } from "./sources.js";
import { TagButton, TagChips } from "./tags.js";
import { toast } from "./toast.js";
import { Verdict, VerdictButton } from "./verdict.js";
import { fromVoters, scoreWords, WORDING_LIMIT, Words } from "./words.js";

/**
 * @param {{room: string, day: any, me: any, conclusion: any, place: number, above: number | null, below: number | null, edits: boolean, event: any}} props
 * `above`, `below`: the places of the neighbours that are on show; null at the ends
 */
export function Conclusion({ room, day, me, conclusion, place, above, below, edits, event }) {
  const { client, boot } = useApp();
  const [editing, setEditing] = useState(false);
  const heading = useId();
  const [own, drag] = useDrag(room, conclusion, place, edits && !editing);
  const asked = Boolean(day.ratification?.open && day.ratification.conclusions.includes(conclusion.id));
  const command = usePending(room).findLast(({ name, args }) => name === "conclusion.reword" && args.conclusion === conclusion.id);
  const wording = command?.args.wording ?? conclusion.wording;
  const reword = (/** @type {string} */ now) => {
    if (command) client.discard(command.id);
    if (now !== conclusion.wording) client.send(room, "conclusion.reword", { conclusion: conclusion.id, wording: now });
  };
  return html`
    <li class="conclusion ${tintOf(conclusion, event)}" id="conclusion-${conclusion.id}" ref=${own} ...${drag.target}>
      <span class="place serif figures" aria-hidden="true">${place + 1}${drag.handle && html`<span class="grip" title=${t("Drag to another place")} ...${drag.handle}>${icon("grip")}</span>`}</span>
      <div class="stack tight">
        <p class="row kind-line"><span class="eyebrow">${kindName(conclusion.kind)}</span> <${TagChips} conclusion=${conclusion} event=${event} /></p>
        ${editing
          ? html`<${Editor} draft="reword:${conclusion.id}" text=${wording} limit=${WORDING_LIMIT} label=${t("Wording of the conclusion")} save=${t("Save")} onSave=${reword} onCancel=${() => setEditing(false)} />`
          : html`<${Words} as="h2" id=${heading} class="wording" text=${wording} />`}
        ${command && html`<${PendingNote} command=${command} onEdit=${() => setEditing(true)} />`}
        <${Origin} conclusion=${conclusion} event=${event} />
        ${asked && me.elector && html`<${Position} room=${room} conclusion=${conclusion} me=${me} heading=${heading} />`}
        <${Ratified} conclusion=${conclusion} mine=${!asked && conclusion.ratification?.id === me.ratification ? me.positions?.[conclusion.id] : null} />
        <${Verdict} verdict=${conclusion.verdict} />
        <${MinorityReports} room=${room} conclusion=${conclusion} me=${me} />
        ${edits && !editing && html`<${Buttons} room=${room} day=${day} conclusion=${conclusion} event=${event} place=${place} above=${above} below=${below} closed=${Boolean(day.closing)} asked=${asked} onEdit=${() => setEditing(true)} />`}
        <${Provenance} conclusion=${conclusion} href=${urlFor(boot.urls.conclusion, conclusion.id)} />
      </div>
    </li>`;
}

function Origin({ conclusion, event }) {
  const [first] = conclusion.sources;
  const figures = conclusion.sources.length === 1 && first.ballot && first.ballot.kind !== "cell" ? figuresOf(first.ballot) : "";
  const groups = groupsOf(conclusion).length;
  return html`
    <p class="small row origin"><${Groups} conclusion=${conclusion} event=${event} />
      <span class="quiet">${groups > 1 ? n("from {count} group", "from {count} groups", groups) : html`<bdi>${first.session_title}</bdi>`}${figures && html` · <span class="figures">${figures}</span>`}</span></p>`;
}

const figuresOf = (ballot) => [scoreWords(ballot.kind, ballot), ballot.voters ? fromVoters(ballot.voters) : ""].filter(Boolean).join(" ");

function Buttons({ room, conclusion, event, place, above, below, closed, asked, onEdit }) {
  const act = useAct(room);
  const [moved, setMoved] = useState("");
  const [up, down] = [useRef(/** @type {any} */ (null)), useRef(/** @type {any} */ (null))];
  const kind = useId();
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
  const changes = !closed && !asked;
  return html`
    <div class="row conclusion-buttons" role="group" aria-label=${t("Conclusion {place}", { place: place + 1 })}>
      ${changes && html`<button type="button" class="button plain" onClick=${onEdit}>${icon("edit")} ${t("Reword")}</button>`}
      <${TagButton} room=${room} conclusion=${conclusion} event=${event} />
      ${!closed && html`
        <button type="button" class="button plain" ref=${up} aria-label=${t("Move up")} aria-disabled=${above === null ? "true" : null} onClick=${() => above !== null && move(above, up)}>${icon("up")}</button>
        <button type="button" class="button plain" ref=${down} aria-label=${t("Move down")} aria-disabled=${below === null ? "true" : null} onClick=${() => below !== null && move(below, down)}>${icon("down")}</button>`}
      ${changes && html`<button type="button" class="button plain" onClick=${takeBack}>${t("Take back")}</button>`}
      <details class="more">
        <summary>${t("More")}</summary>
        <div class="stack tight panel">
          ${changes && html`
            <div class="field narrow"><label for=${kind}>${t("Kind")}</label>
              <select id=${kind} class="input" value=${conclusion.kind} onChange=${(/** @type {any} */ e) => act("conclusion.classify", { conclusion: conclusion.id, kind: e.currentTarget.value })}>
                ${KINDS().map(([value, name]) => html`<option key=${value} value=${value} selected=${value === conclusion.kind}>${name}</option>`)}
              </select></div>`}
          <${GuidingButton} conclusion=${conclusion} event=${event} />
          <${VerdictButton} room=${room} conclusion=${conclusion} />
        </div>
      </details>
      <span class="unseen" role="status">${moved}</span>
    </div>`;
}

const DRAGGED = "text/x-conclusion";

/** Dragging is a second way beside the buttons. It starts at the handle, so that words can still be selected. */
function useDrag(room, conclusion, place, drags) {
  const act = useAct(room);
  const own = useRef(/** @type {HTMLElement | null} */ (null));
  if (!drags) return [own, { target: {}, handle: null }];
  const handle = {
    draggable: true,
    onDragStart: (/** @type {DragEvent} */ e) => {
      e.dataTransfer?.setData(DRAGGED, conclusion.id);
      if (own.current) e.dataTransfer?.setDragImage(own.current, 20, 20);
    },
  };
  const over = (/** @type {boolean} */ is) => own.current?.classList.toggle("over", is);
  const target = {
    onDragOver: (/** @type {DragEvent} */ e) => e.dataTransfer?.types.includes(DRAGGED) && (e.preventDefault(), over(true)),
    onDragLeave: () => over(false),
    onDrop: (/** @type {DragEvent} */ e) => {
      const id = e.dataTransfer?.getData(DRAGGED);
      over(false);
      if (!id) return;
      e.preventDefault();
      if (id !== conclusion.id) act("conclusion.move", { conclusion: id, position: place });
    },
  };
  return [own, { target, handle }];
}
