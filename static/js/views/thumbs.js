// Pictures side by side; pressing one opens it large.

import { t } from "../i18n.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { Image } from "./pictures.js";
import { Words } from "./words.js";

/** @param {{pictures: any[], event: any, small?: boolean, onOpen: (id: string) => void, more?: (picture: any) => any}} props */
export function Thumbs({ pictures, event, small = false, onOpen, more }) {
  if (pictures.length === 0) return null;
  return html`
    <ul class="thumbs ${small ? "small-ones" : ""}">
      ${pictures.map((picture) => html`
        <li key=${picture.id} class="thumb">
          ${picture.images.length > 0
            ? html`<button type="button" class="thumb-button" data-picture=${picture.id} aria-haspopup="dialog" onClick=${() => onOpen(picture.id)}>
                <${Image} picture=${picture} event=${event} sizes=${small ? "7rem" : "(min-width: 48rem) 16rem, 46vw"} />
                ${!small && picture.use && html`<span class="tag ok thumb-tag">${icon("check")} ${t("In the report")}</span>`}
              </button>`
            : html`<p class="thumb-gone small quiet">${icon("hide")}<span>${t("Hidden: {reason}", { reason: picture.reason ?? "" })}</span></p>`}
          ${!small && picture.caption && html`<${Words} class="small" text=${picture.caption} />`}
          ${more?.(picture)}
        </li>`)}
    </ul>`;
}
