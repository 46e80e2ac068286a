// A board that is locked for a moment: nothing of its group is taken, and nothing that is being typed is lost.

import { t } from "../i18n.js";
import { may, useAct, useBusy } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";

/** What one could do but for the lock. Who steers can do it all the same. @param {any} board @param {any} me @param {string} command */
export const lockedOut = (board, me, command) =>
  me?.role === "participant" && Boolean(board.locked_at) && !may(board, me, command) && (board.can.facilitator ?? []).includes(command);

/** @param {{board: any, me: any}} props */
export const LockBanner = ({ board, me }) => html`
  <div role="status" class="lock-status">
    ${board.locked_at && html`
      <div class="notice warn">${icon("lock")}
        <div><p><strong>${t("The board is locked for a moment")}</strong></p>
          <p class="small">${me.role === "participant" ? t("What you are typing is kept. You go on as soon as the facilitator unlocks it.") : t("The group cannot change anything until it is unlocked.")}</p></div>
      </div>`}
  </div>`;

/** @param {{room: string, board: any, me: any}} props */
export function LockButton({ room, board, me }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  if (!may(board, me, "board.lock")) return null;
  const turn = guard(() => act(board.locked_at ? "board.unlock" : "board.lock"));
  return html`
    <button type="button" class="button wide ${board.locked_at ? "primary" : ""}" aria-disabled=${busy ? "true" : null} onClick=${turn}>
      ${board.locked_at ? html`${icon("unlock")} ${t("Unlock the board")}` : html`${icon("lock")} ${t("Lock the board for a moment")}`}</button>`;
}
