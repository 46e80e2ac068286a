// One picture large: a real <dialog>, arrows turn, Escape closes, focus goes back to the picture that was looked at last.

import { t, time } from "../i18n.js";
import { useAct, useApp, useBusy } from "./app.js";
import { DescribeDialog } from "./describe.js";
import { useModal } from "./dialog.js";
import { html, useEffect, useState } from "./html.js";
import { icon } from "./icons.js";
import { HideDialog } from "./moderation.js";
import { peopleOf } from "./people.js";
import { altOf, Image, rights } from "./pictures.js";
import { toast } from "./toast.js";
import { GroupName, Words } from "./words.js";

/**
 * Mounted = open. The list may change meanwhile; a picture that has left it closes.
 *
 * @param {{pictures: any[], id: string, event: any, me: any, onTurn: (id: string) => void, onClose: () => void}} props
 */
export function Lightbox({ pictures, id, event, me, onTurn, onClose }) {
  const dialog = useModal();
  const at = pictures.findIndex((picture) => picture.id === id);
  const picture = pictures[at];
  useEffect(() => {
    if (!picture) onClose();
  }, [picture]);
  useEffect(() => () => /** @type {HTMLElement | null} */ (document.querySelector(`[data-picture="${id}"]`))?.focus(), [id]);
  if (!picture) return null;
  const turn = (/** @type {number} */ step) => pictures.length > 1 && onTurn(pictures[(at + step + pictures.length) % pictures.length].id);
  const keys = (/** @type {any} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.closest("dialog") !== dialog.current) return;
    event.preventDefault();
    turn(step);
  };
  return html`
    <dialog ref=${dialog} class="lightbox" aria-label=${t("Picture {number} of {count}", { number: at + 1, count: pictures.length })} onClose=${onClose} onKeyDown=${keys}>
      <div class="lightbox-bar">
        <p class="figures" role="status">${t("Picture {number} of {count}", { number: at + 1, count: pictures.length })}</p>
        <div class="row">
          <button type="button" class="button" aria-label=${t("Previous picture")} disabled=${pictures.length < 2} onClick=${() => turn(-1)}>${icon("back")}</button>
          <button type="button" class="button" aria-label=${t("Next picture")} disabled=${pictures.length < 2} onClick=${() => turn(1)}>${icon("next")}</button>
          <button type="button" class="button" onClick=${() => dialog.current?.close()}>${icon("close")} ${t("Close")}</button>
        </div>
      </div>
      <figure key=${picture.id} class="lightbox-figure">
        <${Image} picture=${picture} event=${event} sizes="100vw" lazy=${false} />
        <figcaption class="stack tight">
          ${picture.caption && html`<${Words} class="serif" text=${picture.caption} />`}
          <${Facts} picture=${picture} event=${event} />
        </figcaption>
      </figure>
      <${Actions} key="actions-${picture.id}" picture=${picture} event=${event} me=${me} />
    </dialog>`;
}

/** Who, when, where. @param {{picture: any, event: any}} props */
export function Facts({ picture, event }) {
  const session = event.days.flatMap((day) => day.sessions).find((one) => one.id === picture.session);
  const group = event.groups[picture.group];
  return html`
    <p class="facts small quiet">
      <bdi>${peopleOf(event)[picture.author]?.name}</bdi> <span class="figures">${time(picture.at, { dateStyle: "medium", timeStyle: "short" })}</span>
      ${group && html` <${GroupName} name=${group.name} number=${group.number} />`}
      ${session && html` <bdi>${session.title}</bdi>`}
      ${picture.use && html` <span class="tag ok">${icon("check")} ${t("In the report")}</span>`}
    </p>`;
}

function Actions({ picture, event, me }) {
  const { boot } = useApp();
  const room = `event:${boot.event}`;
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [open, setOpen] = useState(/** @type {"describe" | "hide" | null} */ (null));
  const { describes, withdraws, moderates } = rights(picture, me);
  if (!describes && !withdraws && !moderates) return null;
  const withdraw = guard(async () => {
    const reply = await act("picture.withdraw", { picture: picture.id });
    if (reply.ok) toast(t("The picture is out of the gallery."), { undo: () => act("picture.reinstate", { picture: picture.id }) });
  });
  return html`
    <div class="row lightbox-actions">
      ${moderates && html`<button type="button" class="button" aria-pressed=${picture.use ? "true" : "false"} aria-disabled=${busy ? "true" : null} onClick=${guard(() => act("picture.use", { picture: picture.id, use: !picture.use }))}>${icon("check")} ${t("Use in the report")}</button>`}
      ${describes && html`<button type="button" class="button" onClick=${() => setOpen("describe")}>${icon("edit")} ${t("Describe")}</button>`}
      ${moderates && html`<button type="button" class="button plain" onClick=${() => setOpen("hide")}>${icon("hide")} ${t("Hide")}</button>`}
      ${withdraws && html`<button type="button" class="button plain" aria-disabled=${busy ? "true" : null} onClick=${withdraw}>${icon("undo")} ${t("Withdraw")}</button>`}
      ${open === "describe" && html`<${DescribeDialog} picture=${picture} event=${event} me=${me} onClose=${() => setOpen(null)} />`}
      ${open === "hide" && html`<${HideDialog} room=${room} text=${altOf(picture, event)} name="picture.hide" args=${{ picture: picture.id }} back=${["picture.restore", { picture: picture.id }]}
        title=${t("Hide this picture")} done=${t("The picture is hidden.")} hint=${t("Everybody reads the reason in the place of the picture.")} onClose=${() => setOpen(null)} />`}
    </div>`;
}
