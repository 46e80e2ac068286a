// A picture in words: what stands under it, what is in it for those who cannot see it, and where it belongs.

import { n, t } from "../i18n.js";
import { myBoards, sessionsOf } from "./agenda.js";
import { useAct, useApp, useBusy } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { Image } from "./pictures.js";
import { lengthOf } from "./words.js";

const LIMIT = 300; // shown while typing; the server is who decides

/** @param {{picture: any, event: any, me: any, onClose: (saved?: any) => void, left?: number}} props  `left`: how many wait after this one */
export function DescribeDialog({ picture, event, me, onClose, left = 0 }) {
  const { boot } = useApp();
  const act = useAct(`event:${boot.event}`);
  const { busy, guard } = useBusy();
  const [caption, setCaption] = useState(picture.caption);
  const [alt, setAlt] = useState(picture.alt);
  const [board, setBoard] = useState(picture.board ?? "");
  const boardId = useId();
  const boards = boardsOf(event, me, boot.role);
  const save = guard(async () => {
    if (lengthOf(caption) > LIMIT || lengthOf(alt) > LIMIT) return;
    const reply = await act("picture.describe", { picture: picture.id, caption, alt, board: board || null });
    if (reply.ok) onClose(true);
  });
  return html`
    <${Dialog} title=${t("Describe this picture")} submit=${left > 0 ? t("Save, then the next one") : t("Save")} busy=${busy} onSubmit=${save} onClose=${onClose}>
      <${Image} picture=${picture} event=${event} sizes="18rem" lazy=${false} class="describe-image" />
      <${Field} label=${t("What can be seen in it?")} text=${alt} onText=${setAlt}
        hint=${t("Please say it in a few words, for those who cannot see it: “Six people around a table, a full flipchart behind them.”")} />
      <${Field} label=${t("Caption")} text=${caption} onText=${setCaption} hint=${t("It stands under the picture; it may stay empty.")} />
      ${boards.length > 0 && html`
        <div class="field">
          <label for=${boardId}>${t("Board")}</label>
          <select id=${boardId} value=${board} onChange=${(/** @type {any} */ e) => setBoard(e.currentTarget.value)}>
            <option value="">${t("None: it belongs to no board")}</option>
            ${boards.map(({ id, words }) => html`<option key=${id} value=${id}>${words}</option>`)}
          </select>
        </div>`}
    <//>`;
}

function Field({ label, hint, text, onText }) {
  const id = useId();
  const over = lengthOf(text) - LIMIT;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <textarea id=${id} rows="2" class="short" dir="auto" value=${text} aria-describedby="${id}-hint" aria-invalid=${over > 0 ? "true" : null} onInput=${(/** @type {any} */ e) => onText(e.currentTarget.value)}></textarea>
      <span class="hint" id="${id}-hint">${over > 0 ? html`<span class="counter over">${n("{count} character too long", "{count} characters too long", over)}</span>` : hint}</span>
    </div>`;
}

/** The boards that a picture can be put to: all for who steers, one's own for everybody else. */
function boardsOf(event, me, role) {
  const steers = role === "facilitator" || role === "organiser";
  return sessionsOf(event).flatMap((session) =>
    (steers ? session.boards.map(({ id, group }) => ({ board: id, group: event.groups[group] })) : myBoards(event, session, me)).map(({ board, group }) => ({
      id: board,
      words: `${session.title} · ${group?.name ?? ""}`,
    })),
  );
}
