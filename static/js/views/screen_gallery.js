// The projector with the pictures, one after the other. They turn by themselves until somebody stops them.

import { t } from "../i18n.js";
import { html, useEffect, useState } from "./html.js";
import { icon } from "./icons.js";
import { Image, shown } from "./pictures.js";
import { GroupName, Words } from "./words.js";

const STAYS_MS = 8_000;

export function GalleryScreen({ event }) {
  const pictures = shown(event);
  const [id, setId] = useState(/** @type {string | null} */ (null));
  const [still, setStill] = useState(() => matchMedia("(prefers-reduced-motion: reduce)").matches);
  const found = pictures.findIndex((picture) => picture.id === id);
  const at = Math.max(0, found); // one that was hidden meanwhile gives its place to the first
  const picture = pictures[at];
  const turn = (/** @type {number} */ step) => setId(pictures[(at + step + pictures.length) % pictures.length]?.id ?? null);
  useEffect(() => {
    if (still || pictures.length < 2) return undefined;
    const turning = setTimeout(() => turn(1), STAYS_MS);
    return () => clearTimeout(turning);
  }, [still, picture?.id, pictures.length]);
  const title = html`<h1 class="unseen">${t("Pictures")}</h1>`;
  if (!picture) return html`${title}<p class="session-task quiet">${t("There are no pictures yet.")}</p>`;
  const group = event.groups[picture.group];
  return html`
    ${title}
    <figure key=${picture.id} class="screen-picture ${still ? "" : "arrive"}">
      <${Image} picture=${picture} event=${event} sizes="100vw" lazy=${false} />
      <figcaption>
        ${picture.caption && html`<${Words} class="screen-text serif" text=${picture.caption} />`}
        ${group && html`<p class="screen-origin"><${GroupName} name=${group.name} number=${group.number} /></p>`}
      </figcaption>
    </figure>
    <div class="screen-turns row">
      <p class="quiet figures">${at + 1} / ${pictures.length}</p>
      <button type="button" class="button" aria-label=${t("Previous picture")} onClick=${() => turn(-1)}>${icon("back")}</button>
      <button type="button" class="button" aria-pressed=${still ? "true" : "false"} onClick=${() => setStill(!still)}>${icon("pause")} ${t("Hold still")}</button>
      <button type="button" class="button" aria-label=${t("Next picture")} onClick=${() => turn(1)}>${icon("next")}</button>
    </div>`;
}
