// A text that is drafted together: read whole above, and spoken about phrase by phrase below.

import { n, t } from "../i18n.js";
import { may, useAct, useApp, useBusy } from "./app.js";
import { CommentList, commentsOn } from "./comments.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { standing } from "./proposals.js";
import { WordingDialog } from "./texts.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any, step: any}} props */
export function Draft({ room, board, me, step }) {
  const { client, boot } = useApp();
  const [chosen, choose] = useState(/** @type {string | null} */ (null));
  const [writing, write] = useState(false);
  const [making, make] = useState(false);
  const phrases = standing(board, "phrase");
  const known = client.room(`event:${boot.event}`)?.value;
  const text = known?.state?.texts?.[step.text] ?? { key: step.text, title: titleOf(step.text), text: "", version: 0 };
  const whole = phrases.map((phrase) => phrase.text).join(" ");
  const words = (known?.me?.can ?? []).includes("text.word");
  const sets = may(board, me, "draft.set");
  return html`
    <section class="stack" aria-labelledby="draft">
      <div class="row apart"><h2 id="draft"><bdi>${text.title}</bdi></h2>
        <span class="row">
          ${sets && html`<button type="button" class="button ${phrases.length ? "" : "primary"}" onClick=${() => write(true)}>${icon("edit")} ${phrases.length ? t("Change the text") : t("Put a first version on the board")}</button>`}
          ${words && phrases.length > 0 && whole !== text.text && html`<button type="button" class="button" onClick=${() => make(true)}>${icon("star")} ${t("Make this the {title}", { title: text.title })}</button>`}
        </span></div>
      ${phrases.length === 0
        ? html`<p class="quiet">${t("There is no text yet. The scribe or the facilitator puts a first version here.")}</p>`
        : html`
          <p class="draft serif" dir="auto">
            ${phrases.map((phrase) => html`<button key=${phrase.id} type="button" class="phrase ${phrase.reactions.concern > 0 ? "concerns" : ""}" aria-pressed=${chosen === phrase.id ? "true" : "false"} aria-controls="phrase-${phrase.id}" onClick=${() => choose(chosen === phrase.id ? null : phrase.id)}>${phrase.text}</button> `)}
          </p>
          <ul class="stack tight phrases">
            ${phrases.map((phrase) => html`<${Phrase} key=${phrase.id} room=${room} board=${board} me=${me} phrase=${phrase} open=${chosen === phrase.id} onOpen=${() => choose(chosen === phrase.id ? null : phrase.id)} />`)}
          </ul>`}
      ${writing && html`<${TextDialog} room=${room} text=${whole || text.text} onClose=${() => write(false)} />`}
      ${making && html`<${WordingDialog} text=${text} wording=${whole} board=${board.id} onClose=${() => make(false)} />`}
    </section>`;
}

const titleOf = (key) => ({ mission: t("Mission"), vision: t("Vision") })[key] ?? key;

function Phrase({ room, board, me, phrase, open, onOpen }) {
  const act = useAct(room);
  const mine = me.reactions[phrase.id];
  const can = may(board, me, "reaction.set");
  const set = (/** @type {string} */ kind) => can && act("reaction.set", { proposal: phrase.id, kind: mine === kind ? null : kind });
  const alternatives = commentsOn(board, phrase.id, "alternative").length;
  return html`
    <li class="card phrase-card ${open ? "open" : ""}" id="phrase-${phrase.id}" data-proposal=${phrase.id}>
      <${Words} text=${phrase.text} />
      <div class="row">
        <button type="button" class="button" aria-pressed=${mine === "support" ? "true" : "false"} aria-disabled=${can ? null : "true"} onClick=${() => set("support")}>${icon("check")} ${t("I support this")} <span class="figures">${phrase.reactions.support}</span></button>
        <button type="button" class="button" aria-pressed=${mine === "concern" ? "true" : "false"} aria-disabled=${can ? null : "true"} onClick=${() => set("concern")}>${icon("warn")} ${t("This concerns me")} <span class="figures">${phrase.reactions.concern}</span></button>
        <button type="button" class="button plain" aria-expanded=${open ? "true" : "false"} onClick=${onOpen}>${alternatives > 0 ? n("{count} other wording", "{count} other wordings", alternatives) : t("Word it otherwise")}</button>
      </div>
      ${open && html`
        <div class="stack tight"><${CommentList} room=${room} board=${board} me=${me} proposal=${phrase} kind="alternative" />
          <h3 class="eyebrow">${t("Comments")}</h3><${CommentList} room=${room} board=${board} me=${me} proposal=${phrase} /></div>`}
    </li>`;
}

function TextDialog({ room, text, onClose }) {
  const { client } = useApp();
  const draft = `draft:${room}`;
  const [now, setNow] = useState(() => client.drafts.draft(draft) || text);
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();
  const save = guard(async () => {
    if (!now.trim()) return;
    const sent = client.send(room, "draft.set", { text: now.trim() });
    const reply = await sent.done;
    if (!reply.ok) return client.discard(sent.id), setError(reply.error.message);
    client.drafts.saveDraft(draft, "");
    onClose();
  });
  return html`
    <${Dialog} title=${t("The text on the board")} submit=${t("Put it on the board")} busy=${busy} onSubmit=${save} onClose=${onClose}>
      <div class="field">
        <label for=${id}>${t("One sentence after the other; each becomes a phrase to speak about")}</label>
        <textarea id=${id} rows="8" dir="auto" value=${now} onInput=${(/** @type {any} */ e) => (setNow(e.currentTarget.value), client.drafts.saveDraft(draft, e.currentTarget.value))}></textarea>
      </div>
      <p class="small quiet">${t("A phrase that stays as it is keeps what was said to it.")}</p>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}
