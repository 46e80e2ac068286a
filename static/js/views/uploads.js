// Sending pictures: the buttons, and how far each one has got. They go up two at a time; a cut network is waited for.

import { n, number, t } from "../i18n.js";
import { sendPicture } from "../upload.js";
import { uuid } from "../uuid.js";
import { useApp } from "./app.js";
import { html, signal, useRef } from "./html.js";
import { icon } from "./icons.js";

const AT_ONCE = 2;
const LARGEST = 10_000_000; // said at once; the server is who decides
const KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif";

/**
 * @typedef {{id: string, name: string, file: File, board: string | null, sent: number,
 *   state: "queued" | "sending" | "waiting" | "working" | "refused", message?: string}} Upload
 */

/** @type {import("@preact/signals").Signal<Upload[]>} */
const uploads = signal([]);

const change = (/** @type {string} */ id, /** @type {Partial<Upload>} */ fields) => {
  uploads.value = uploads.peek().map((one) => (one.id === id ? { ...one, ...fields } : one));
};
const drop = (/** @type {string} */ id) => {
  uploads.value = uploads.peek().filter((one) => one.id !== id);
};

/** What is still on its way is lost with the window: the browser asks before it closes. */
const warn = (/** @type {Event} */ event) => uploads.peek().some((one) => one.state !== "refused") && event.preventDefault();

const keyOf = (/** @type {File} */ file, /** @type {string | null} */ board) => `upload:${board ?? ""}:${file.name}:${file.size}:${file.lastModified}`;

/** @param {any} client @param {any} boot @param {File[]} files @param {string | null} board */
function put(client, boot, files, board) {
  for (const file of files) {
    // The same file chosen again after a reload goes on where it was, under the same id.
    const key = keyOf(file, board);
    const id = client.drafts.draft(key) || uuid();
    if (uploads.peek().some((one) => one.id === id)) continue;
    const heavy = file.size > LARGEST;
    if (!heavy) client.drafts.saveDraft(key, id);
    const refused = { state: "refused", message: t("This picture is larger than {limit} MB. Make it smaller, then send it again.", { limit: LARGEST / 1e6 }) };
    uploads.value = [...uploads.peek(), /** @type {Upload} */ ({ id, name: file.name, file, board, sent: 0, state: "queued", ...(heavy && refused) })];
  }
  addEventListener("beforeunload", warn);
  next(client, boot);
}

/** @param {any} client @param {any} boot */
function next(client, boot) {
  const busy = uploads.peek().filter((one) => !["queued", "refused"].includes(one.state)).length;
  const waiting = uploads.peek().filter((one) => one.state === "queued");
  for (const one of waiting.slice(0, Math.max(0, AT_ONCE - busy))) void send(client, boot, one);
  if (uploads.peek().length === 0) removeEventListener("beforeunload", warn);
}

/** @param {any} client @param {any} boot @param {Upload} upload */
async function send(client, boot, { id, file, board }) {
  change(id, { state: "sending" });
  const arrived = await sendPicture({
    id,
    as: boot.as,
    file,
    wanted: () => uploads.peek().some((one) => one.id === id),
    progress: ({ sent, waiting }) => change(id, { sent, state: waiting ? "waiting" : sent >= file.size ? "working" : "sending" }),
  });
  if (!arrived) return next(client, boot); // called off; chosen again, it goes on where it was
  const reply = "upload" in arrived
    ? await client.send(`event:${boot.event}`, "picture.add", { upload: arrived.upload, ...(board && { board }) }, { id }).done
    : { ok: false, error: arrived.error };
  client.drafts.saveDraft(keyOf(file, board), "");
  if (reply.ok) drop(id);
  else {
    client.discard(id);
    change(id, { state: "refused", message: reply.error.message });
  }
  next(client, boot);
}

/** The buttons. @param {{board?: string | null, label: string, primary?: boolean}} props */
export function UploadButtons({ board = null, label, primary = false }) {
  const { client, boot } = useApp();
  const chosen = useRef(/** @type {HTMLInputElement | null} */ (null));
  const camera = useRef(/** @type {HTMLInputElement | null} */ (null));
  const take = (/** @type {any} */ event) => {
    put(client, boot, [...event.currentTarget.files], board);
    event.currentTarget.value = ""; // the same file can be chosen again
  };
  return html`
    <div class="row upload-buttons">
      <button type="button" class="button ${primary ? "primary big" : ""}" onClick=${() => chosen.current?.click()}>${icon("picture")} ${label}</button>
      <button type="button" class="button with-camera ${primary ? "big" : ""}" onClick=${() => camera.current?.click()}>${icon("camera")} ${t("Take a photo")}</button>
      <input ref=${chosen} type="file" accept=${KINDS} multiple hidden onChange=${take} />
      <input ref=${camera} type="file" accept="image/*" capture="environment" hidden onChange=${take} />
    </div>`;
}

/** How far each one has got. @param {{board?: string | null}} props  of this board alone, or all */
export function Uploads({ board = null }) {
  const mine = uploads.value.filter((one) => board === null || one.board === board);
  const under = mine.filter((one) => one.state !== "refused").length;
  return html`
    <div class="uploads">
      <p class="unseen" role="status">${under > 0 ? n("{count} picture is on its way", "{count} pictures are on their way", under) : ""}</p>
      ${mine.length > 0 && html`<ul class="stack tight" aria-label=${t("Pictures on their way")}>${mine.map((one) => html`<${One} key=${one.id} upload=${one} />`)}</ul>`}
    </div>`;
}

function One({ upload }) {
  const { id, name, file, sent, state, message } = upload;
  const words = {
    queued: t("Waits for its turn"),
    sending: t("{sent} of {size} MB", { sent: megabytes(sent), size: megabytes(file.size) }),
    waiting: t("No connection. It goes on by itself; keep this page open."),
    working: t("Nearly there: it is made smaller"),
    refused: message,
  }[state];
  return html`
    <li class="upload panel stack tight ${state}">
      <div class="row apart"><span class="upload-name" dir="auto">${name}</span>
        ${state === "refused"
          ? html`<button type="button" class="button plain" aria-label=${t("Remove {name} from this list", { name })} onClick=${() => drop(id)}>${t("OK")}</button>`
          : state !== "working" && html`<button type="button" class="button plain" aria-label=${t("Do not send {name}", { name })} onClick=${() => drop(id)}>${t("Cancel")}</button>`}
      </div>
      ${state !== "refused" && html`<progress max=${file.size} value=${sent} aria-label=${t("Progress of {name}", { name })}></progress>`}
      <p class="small ${state === "refused" ? "refusal" : "quiet"}" role=${state === "refused" ? "alert" : null}>${state === "refused" || state === "waiting" ? icon(state === "waiting" ? "offline" : "warn") : ""} ${words}</p>
    </li>`;
}

const megabytes = (/** @type {number} */ bytes) => number(bytes / 1e6, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
