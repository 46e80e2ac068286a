// A board's pictures, small, and the way to add a photo of its flipchart.

import { t } from "../i18n.js";
import { useApp } from "./app.js";
import { html, useState } from "./html.js";
import { Lightbox } from "./lightbox.js";
import { Thumbs } from "./thumbs.js";
import { shown } from "./pictures.js";
import { UploadButtons, Uploads } from "./uploads.js";

/** @param {{board: any, event: any}} props */
export function BoardPictures({ board, event }) {
  const { client, boot } = useApp();
  const [open, setOpen] = useState(/** @type {string | null} */ (null));
  const me = client.room(`event:${boot.event}`)?.value?.me;
  const pictures = shown(event).filter((picture) => picture.board === board.id);
  const adds = (me?.can ?? []).includes("picture.add");
  if (!event || (pictures.length === 0 && !adds)) return null;
  return html`
    <section class="board-pictures stack tight" aria-labelledby="pictures">
      <h2 id="pictures" class="eyebrow">${t("Pictures of this board")}</h2>
      <${Thumbs} pictures=${pictures} event=${event} small onOpen=${setOpen} />
      ${adds && html`<${UploadButtons} board=${board.id} label=${t("Add a photo of the flipchart")} /><${Uploads} board=${board.id} />`}
      ${open && html`<${Lightbox} pictures=${pictures} id=${open} event=${event} me=${me} onTurn=${setOpen} onClose=${() => setOpen(null)} />`}
    </section>`;
}
