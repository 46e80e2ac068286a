// Tags: what a conclusion answers to in the event's frameworks (development goals, cross-cutting concerns).

import { t } from "../i18n.js";
import { useAct, useBusy } from "./app.js";
import { Dialog } from "./dialog.js";
import { html, useState } from "./html.js";
import { icon } from "./icons.js";

/** @param {{conclusion: any, event: any}} props */
export function TagChips({ conclusion, event }) {
  const titles = new Map((event?.frameworks ?? []).flatMap((framework) => framework.tags.map((tag) => [`${framework.key} ${tag.key}`, [tag.title, framework.title]])));
  const known = conclusion.tags.filter((tag) => titles.has(`${tag.framework} ${tag.tag}`));
  if (known.length === 0) return null;
  return html`
    <span class="row tags" role="list" aria-label=${t("Answers to")}>
      ${known.map((tag) => {
        const [title, framework] = titles.get(`${tag.framework} ${tag.tag}`) ?? [];
        return html`<span key="${tag.framework} ${tag.tag}" role="listitem" class="tag" title=${framework}><bdi>${title}</bdi></span>`;
      })}
    </span>`;
}

/** @param {{room: string, conclusion: any, event: any}} props */
export function TagButton({ room, conclusion, event }) {
  const [open, setOpen] = useState(false);
  if (!event?.frameworks?.length) return null;
  return html`
    <button type="button" class="button plain" onClick=${() => setOpen(true)}>${icon("tag")} ${t("Tags")}</button>
    ${open && html`<${TagDialog} room=${room} conclusion=${conclusion} frameworks=${event.frameworks} onClose=${() => setOpen(false)} />`}`;
}

function TagDialog({ room, conclusion, frameworks, onClose }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const [chosen, choose] = useState(() => new Set(conclusion.tags.map((tag) => `${tag.framework} ${tag.tag}`)));
  const toggle = (/** @type {string} */ key) => {
    const now = new Set(chosen);
    if (!now.delete(key)) now.add(key);
    choose(now);
  };
  const save = guard(async () => {
    const tags = [...chosen].map((key) => ({ framework: key.split(" ")[0], tag: key.split(" ")[1] }));
    if ((await act("conclusion.tag", { conclusion: conclusion.id, tags })).ok) onClose();
  });
  return html`
    <${Dialog} title=${t("What does this answer to?")} submit=${t("Save")} busy=${busy} onSubmit=${save} onClose=${onClose}>
      <p class="quiet" dir="auto">${conclusion.wording}</p>
      ${frameworks.map((framework) => html`
        <fieldset key=${framework.key} class="stack tight">
          <legend dir="auto">${framework.title}</legend>
          <div class="choices">
            ${framework.tags.map((tag) => html`
              <label key=${tag.key} class="choice"><input type="checkbox" checked=${chosen.has(`${framework.key} ${tag.key}`)} onChange=${() => toggle(`${framework.key} ${tag.key}`)} /><span dir="auto">${tag.title}</span></label>`)}
          </div>
        </fieldset>`)}
    <//>`;
}
