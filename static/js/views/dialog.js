// A real <dialog>: focus moves in and comes back, Escape closes, the page behind is inert.

import { t } from "../i18n.js";
import { html, useId, useLayoutEffect, useRef } from "./html.js";

/** A dialog over everything else for as long as its view is mounted; give it the ref. */
export function useModal() {
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const from = /** @type {HTMLElement | null} */ (document.activeElement);
    dialog.current?.showModal();
    // Leaving takes it off the page, which skips the browser's own way of giving focus back; until then the page is inert.
    return () => queueMicrotask(() => from?.isConnected && from.focus({ preventScroll: true }));
  }, []);
  return dialog;
}

/**
 * Mounted = open; the owner unmounts it in onClose.
 *
 * @param {{title: string, submit: string, onSubmit: () => void, onClose: () => void, grave?: boolean, children?: any}} props
 */
export function Dialog({ title, submit, onSubmit, onClose, grave = false, busy = false, children }) {
  const dialog = useModal();
  const heading = useId();
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
