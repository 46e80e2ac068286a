// A real <dialog>: focus moves in and comes back, Escape closes, the page behind is inert.

import { t } from "../i18n.js";
import { html, useId, useLayoutEffect, useRef } from "./html.js";

/**
 * Mounted = open; the owner unmounts it in onClose.
 *
 * @param {{title: string, submit: string, onSubmit: () => void, onClose: () => void, grave?: boolean, children?: any}} props
 */
export function Dialog({ title, submit, onSubmit, onClose, grave = false, busy = false, children }) {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const heading = useId();
  useLayoutEffect(() => {
    const from = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.current?.showModal();
    // Unmounting skips the browser's own way of giving focus back.
    return () => from?.isConnected && from.focus();
  }, []);
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return html`
    <dialog ref=${dialog} aria-labelledby=${heading} onClose=${onClose}>
      <form onSubmit=${send}>
        <h2 id=${heading}>${title}</h2>
        ${children}
        <div class="actions">
          <button type="button" class="button" onClick=${() => dialog.current?.close()}>${t("Cancel")}</button>
          <button type="submit" class="button primary ${grave ? "grave" : ""}" aria-disabled=${busy ? "true" : null}>${submit}</button>
        </div>
      </form>
    </dialog>`;
}
