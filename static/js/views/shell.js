// The frame of an app page: header with the way back, the clock and the status; toasts; the last word.

import { t } from "../i18n.js";
import { AnnouncedHere, Follow, LookAway } from "./follow.js";
import { useApp } from "./app.js";
import { html } from "./html.js";
import { icon, mark } from "./icons.js";
import { Ended, OfflineStrip, Status } from "./status.js";
import { Toasts } from "./toast.js";

/** @param {{title?: string, back?: {href: string, label: string} | null, timer?: any, children?: any, width?: string, kind?: string}} props */
export function Shell({ title = "", back = null, timer = null, children, width = "", kind = "" }) {
  const { client, boot } = useApp();
  const ended = client.ended.value;
  return html`
    <header class="masthead">
      <div class="frame ${width}">
        ${back
          ? html`<a class="brand" href=${back.href}>${icon("back")}<span dir="auto">${back.label}</span></a>`
          : html`<a class="brand" href=${boot.urls.home}>${mark()}<span dir="auto">${title}</span></a>`}
        <span class="push"></span>
        ${!ended && timer}
        <${Status} />
      </div>
      <div class="strips"><${OfflineStrip} />${!ended && html`<${AnnouncedHere} /><${LookAway} />`}</div>
    </header>
    ${ended
      ? html`<${Ended} ended=${ended} home="/" />`
      : html`<main id="main" class="frame ${width} ${kind}" tabindex="-1">${children}</main>`}
    <${Toasts} />
    ${!ended && html`<${Follow} />`}`;
}

/** While the first snapshot of a room is on its way, or when the server has refused it. */
export function Waiting({ error }) {
  if (error) return html`<div class="notice danger" role="alert">${icon("warn")}<div>${error.message}</div></div>`;
  return html`<p class="quiet" role="status">${t("Loading …")}</p>`;
}

/** The model data of a demo is invented, and every page of it says so. */
export const SampleNote = ({ text }) => text && html`<p class="small quiet sample" dir="auto">${text}</p>`;
