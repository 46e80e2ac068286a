// The way to the pictures, from wherever one is.

import { t } from "../i18n.js";
import { useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { shown } from "./pictures.js";

/** @param {{event: any, wide?: boolean}} props */
export function GalleryLink({ event, wide = false }) {
  const { boot } = useApp();
  const count = shown(event).length;
  return html`<a class="button ${wide ? "wide" : ""}" href=${boot.urls.gallery}>${icon("picture")} ${count ? t("Pictures ({count})", { count }) : t("Pictures")}</a>`;
}
