// A small editor in place of a text. Its draft outlives a reload.

import { t } from "../i18n.js";
import { useApp } from "./app.js";
import { html, useId, useLayoutEffect, useRef, useState } from "./html.js";
import { Counter, lengthOf, TEXT_LIMIT } from "./words.js";

/** @param {{draft: string, text: string, save: string, label?: string, limit?: number, onSave: (text: string) => void, onCancel: () => void}} props */
export function Editor({ draft, text, save, label, limit = TEXT_LIMIT, onSave, onCancel }) {
  const { client } = useApp();
  const [value, setValue] = useState(() => client.drafts.draft(draft) || text);
  const field = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [id, count] = [useId(), useId()];
  // At once, not after the next picture: what is typed meanwhile would go nowhere. The same in every view that takes the focus.
  useLayoutEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(value.length, value.length);
  }, []);
  const type = (/** @type {string} */ now) => (setValue(now), client.drafts.saveDraft(draft, now));
  const leave = () => (client.drafts.saveDraft(draft, ""), onCancel());
  const fits = lengthOf(value) > 0 && lengthOf(value) <= limit;
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (!fits) return;
    client.drafts.saveDraft(draft, "");
    onSave(value.trim());
    onCancel();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) submit(event);
  };
  return html`
    <form class="stack tight" onSubmit=${submit} onKeyDown=${onKeyDown}>
      <label class="unseen" for=${id}>${label ?? t("Your proposal")}</label>
      <textarea id=${id} ref=${field} dir="auto" rows="3" value=${value} aria-describedby=${count} aria-invalid=${fits ? null : "true"}
        onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea>
      <div class="row apart">
        <${Counter} id=${count} text=${value} limit=${limit} />
        <span class="row">
          <button type="button" class="button plain" onClick=${leave}>${t("Cancel")}</button>
          <button type="submit" class="button primary" aria-disabled=${fits ? null : "true"}>${save}</button>
        </span>
      </div>
    </form>`;
}
