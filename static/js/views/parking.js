// The parking lot: what does not belong here now, and must not be forgotten.

import { n, t } from "../i18n.js";
import { may, useAct } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { inOrder } from "./proposals.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Parked({ room, board, me }) {
  const act = useAct(room);
  const parked = inOrder(board).filter((card) => card.status === "parked");
  if (parked.length === 0) return null;
  return html`
    <details class="panel parked">
      <summary>${icon("park")} ${n("{count} in the parking lot", "{count} in the parking lot", parked.length)}</summary>
      <ul class="stack tight">
        ${parked.map((card) => html`
          <li key=${card.id} class="row apart"><${Words} text=${card.text} />
            ${may(board, me, "proposal.unpark") && html`<button type="button" class="button plain" onClick=${() => act("proposal.unpark", { proposal: card.id })}>${icon("undo")} ${t("Back to the board")}</button>`}</li>`)}
      </ul>
    </details>`;
}

/** @param {{room: string, proposal: any}} props */
export function ParkButton({ room, proposal }) {
  const act = useAct(room);
  const park = async () => (await act("proposal.park", { proposal: proposal.id })).ok && toast(t("The proposal is in the parking lot."), { undo: () => act("proposal.unpark", { proposal: proposal.id }) });
  return html`<button type="button" class="button plain" onClick=${park}>${icon("park")} ${t("Park")}</button>`;
}
