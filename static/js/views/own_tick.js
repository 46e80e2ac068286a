// A tick that says something of oneself, once and for the whole event.

import { useAct, useApp, usePending } from "./app.js";
import { html } from "./html.js";

/**
 * It stays as it was pressed while the press is on its way.
 *
 * @param {{command: string, says: string, on: boolean, words: string, more?: string}} props `says` names the command's
 *   argument, `on` is what the server knows, `more` the id of what describes it
 */
export function OwnTick({ command, says, on, words, more }) {
  const { boot } = useApp();
  const act = useAct(boot.room);
  const sending = usePending(boot.room).filter(({ name, state }) => name === command && state !== "refused").at(-1);
  const press = (/** @type {any} */ event) => act(command, { [says]: event.currentTarget.checked });
  return html`<label class="tick"><input type="checkbox" checked=${sending?.args[says] ?? on} aria-describedby=${more} onChange=${press} /> <span>${words}</span></label>`;
}
