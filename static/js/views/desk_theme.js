// One theme of the theme desk: what lies under it, from whom; what the groups say to it; what becomes of it.

import { n, t } from "../i18n.js";
import { may, urlFor, useAct, useApp, useBusy } from "./app.js";
import { Said } from "./check.js";
import { NameDialog } from "./cluster.js";
import { Dialog } from "./dialog.js";
import { html, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { toast } from "./toast.js";
import { Counter, GroupName, lengthOf, TEXT_LIMIT, Words } from "./words.js";

/** @param {{room: string, day: any, me: any, theme: any, known: Map<string, any>, boards: any[], picked: string[], onSort: (ids: string[], theme: string | null) => void, onDrop: (id: string, theme: string | null) => void}} props */
export function DeskTheme({ room, day, me, theme, known, boards, picked, onSort, onDrop }) {
  const { boot } = useApp();
  const act = useAct(room);
  const [over, setOver] = useState(false);
  const [asking, ask] = useState(/** @type {"name" | "groups" | "promote" | null} */ (null));
  const heading = useId();
  const items = theme.proposals.map((/** @type {string} */ id) => known.get(id)).filter(Boolean);
  const elsewhere = theme.proposals.length - items.length;
  const groups = byGroup(items);
  const sorts = may(null, me, "desk.sort");
  const promoted = day.conclusions.some((/** @type {any} */ one) => one.sources.some((/** @type {any} */ source) => theme.proposals.includes(source.proposal)));
  const dissolve = async () => {
    if (!(await act("desk.dissolve", { theme: theme.id })).ok) return;
    toast(t("The theme is dissolved. Its proposals stand without one."), {
      undo: async () => {
        const made = await act("desk.name", { name: theme.name });
        if (made.ok && theme.proposals.length) await act("desk.sort", { proposals: theme.proposals, theme: made.theme });
      },
    });
  };
  const drag = sorts && {
    onDragOver: (/** @type {DragEvent} */ e) => (e.preventDefault(), setOver(true)),
    onDragLeave: () => setOver(false),
    onDrop: (/** @type {DragEvent} */ e) => (e.preventDefault(), setOver(false), onDrop(e.dataTransfer?.getData("text/x-proposal") ?? "", theme.id)),
  };
  return html`
    <section class="card desk-theme stack tight ${over ? "over" : ""}" aria-labelledby=${heading} ...${drag || {}}>
      <header class="row apart"><h3 id=${heading}><bdi>${theme.name}</bdi></h3>
        ${sorts && html`<span class="row theme-tools">
          <button type="button" class="button plain" aria-label=${t("Rename “{theme}”", { theme: theme.name })} onClick=${() => ask("name")}>${icon("edit")}</button>
          <button type="button" class="button plain" aria-label=${t("Dissolve “{theme}”", { theme: theme.name })} onClick=${dissolve}>${icon("over")}</button></span>`}
      </header>
      <ul class="row group-counts">
        ${groups.map(({ group, items: theirs }) => html`<li key=${group?.id} class="small"><${GroupName} name=${group?.name ?? ""} number=${group?.number} /> <span class="figures">${theirs.length}</span></li>`)}
        ${elsewhere > 0 && html`<li class="small quiet">${n("{count} from another session", "{count} from other sessions", elsewhere)}</li>`}
        ${promoted && html`<li class="tag on">${icon("star")} ${t("promoted")}</li>`}
      </ul>
      ${items.length > 0 && html`
        <details><summary>${n("{count} proposal", "{count} proposals", items.length)}</summary>
          <ul class="stack tight">
            ${items.map(({ card, group }) => html`
              <li key=${card.id} class="row apart under" data-proposal=${card.id}><span class="grow"><${Words} as="span" class="small" text=${card.text} /> <${GroupName} class="small quiet" name=${group?.name ?? ""} number=${group?.number} /></span>
                ${sorts && html`<button type="button" class="button plain" aria-label=${t("Take “{text}” out of the theme", { text: card.text })} onClick=${() => onSort([card.id], null)}>${icon("undo")}</button>`}</li>`)}
          </ul></details>`}
      <${Answers} boards=${boards} theme=${theme} />
      <div class="row">
        ${sorts && picked.length > 0 && html`<button type="button" class="button primary" onClick=${() => onSort(picked, theme.id)}>${icon("plus")} ${n("Put the {count} chosen one here", "Put the {count} chosen ones here", picked.length)}</button>`}
        ${items.length > 0 && html`
          <button type="button" class="button" aria-label="${t("Send back: did we get you right?")} – ${theme.name}" onClick=${() => ask("groups")}>${icon("question")} ${t("Send back: did we get you right?")}</button>
          ${may(null, me, "conclusion.promote") && html`<button type="button" class="button" aria-label="${t("Promote this theme")} – ${theme.name}" onClick=${() => ask("promote")}>${icon("star")} ${t("Promote this theme")}</button>`}`}
      </div>
      ${asking === "name" && html`<${NameDialog} room=${room} names="desk.name" theme=${theme} onClose=${() => ask(null)} />`}
      ${asking === "groups" && html`<${AskDialog} theme=${theme} groups=${groups} onClose=${() => ask(null)} />`}
      ${asking === "promote" && html`<${PromoteDialog} room=${room} href=${urlFor(boot.urls.day, day.id)} theme=${theme} groups=${groups} onClose=${() => ask(null)} />`}
    </section>`;
}

/** @returns {{group: any, room: string, items: any[]}[]} */
function byGroup(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.room, { group: item.group, room: item.room, items: [...(groups.get(item.room)?.items ?? []), item] });
  return [...groups.values()].sort((a, b) => (a.group?.number ?? 0) - (b.group?.number ?? 0));
}

/** What was asked of the groups about this theme, and what they say. */
function Answers({ boards, theme }) {
  const asked = boards.flatMap(({ board }) => Object.values(board.checks).filter((/** @type {any} */ check) => check.proposals.some((/** @type {string} */ id) => theme.proposals.includes(id))).map((check) => ({ board, check })));
  return html`
    <div role="status" class="answers-of-groups">
      ${asked.length > 0 && html`<ul class="stack tight">
        ${asked.map(({ board, check }) => html`
          <li key=${check.id}><strong class="small"><bdi>${board.group_name}</bdi></strong>
            ${check.right === null ? html`<p class="small quiet">${icon("clock")} ${t("asked, not answered yet")}</p>` : html`<${Said} check=${check} />`}</li>`)}
      </ul>`}
    </div>`;
}

function AskDialog({ theme, groups, onClose }) {
  const { client } = useApp();
  const draft = `ask:${theme.id}`;
  const [text, setText] = useState(() => client.drafts.draft(draft) || t("We have put what you say under the theme “{theme}”.", { theme: theme.name }));
  const [left, leave] = useState(/** @type {string[]} */ ([]));
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();
  const asked = groups.filter((/** @type {any} */ one) => !left.includes(one.room));
  const type = (/** @type {string} */ now) => (setText(now), setError(""), client.drafts.saveDraft(draft, now));
  const send = guard(async () => {
    if (lengthOf(text) === 0 || lengthOf(text) > TEXT_LIMIT) return;
    if (asked.length === 0) return setError(t("Choose at least one group."));
    const sent = asked.map(({ room, items }) => ({ room, ...client.send(room, "check.ask", { text: text.trim(), proposals: items.map((/** @type {any} */ { card }) => card.id) }) }));
    const replies = await Promise.all(sent.map((one) => one.done));
    sent.forEach((one, i) => replies[i].ok || client.discard(one.id));
    leave([...left, ...sent.filter((_, i) => replies[i].ok).map((one) => one.room)]); // another try asks nobody twice
    const refused = replies.find((reply) => !reply.ok);
    if (refused) return setError(refused.error.message);
    client.drafts.saveDraft(draft, "");
    toast(n("{count} group is asked. Its answer appears beside the theme.", "{count} groups are asked. Their answers appear beside the theme.", sent.length));
    onClose();
  });
  return html`
    <${Dialog} title=${t("Did we get you right?")} submit=${t("Ask")} busy=${busy} onSubmit=${send} onClose=${onClose}>
      <div class="field"><label for=${id}>${t("How we understood you")}</label>
        <textarea id=${id} rows="4" dir="auto" value=${text} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea><${Counter} text=${text} /></div>
      <fieldset class="stack tight"><legend>${t("Each group sees this with its own proposals, and says yes or what would be right.")}</legend>
        ${groups.map((/** @type {any} */ { group, room, items }) => html`
          <label key=${room} class="pick"><input type="checkbox" checked=${!left.includes(room)} onChange=${() => leave(left.includes(room) ? left.filter((one) => one !== room) : [...left, room])} />
            <span><${GroupName} name=${group?.name ?? ""} number=${group?.number} /> <span class="quiet">${n("{count} proposal", "{count} proposals", items.length)}</span></span></label>`)}
      </fieldset>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}

const KINDS = () => [["conclusion", t("Conclusion")], ["decision", t("Decision")], ["recommendation", t("Recommendation")], ["action", t("Action")]];

function PromoteDialog({ room, href, theme, groups, onClose }) {
  const { client } = useApp();
  const act = useAct(room);
  const draft = `promote:${theme.id}`;
  const [wording, setWording] = useState(() => client.drafts.draft(draft) || theme.name);
  const [kind, setKind] = useState("conclusion");
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();
  const type = (/** @type {string} */ now) => (setWording(now), setError(""), client.drafts.saveDraft(draft, now));
  const promote = guard(async () => {
    if (lengthOf(wording) === 0) return setError(t("Write the conclusion first."));
    const sources = groups.flatMap((/** @type {any} */ { items }) => items.map((/** @type {any} */ { card }) => ({ proposal: card.id })));
    const sent = client.send(room, "conclusion.promote", { sources, wording: wording.trim(), kind });
    const reply = await sent.done;
    if (!reply.ok) return client.discard(sent.id), setError(reply.error.message);
    client.drafts.saveDraft(draft, "");
    toast(t("This is a conclusion of the day now."), { undo: () => act("conclusion.take_back", { conclusion: sent.id }) });
    onClose();
  });
  return html`
    <${Dialog} title=${t("Promote to a conclusion of the day")} submit=${t("Promote")} busy=${busy} onSubmit=${promote} onClose=${onClose}>
      <div class="field"><label for=${id}>${t("Wording of the conclusion")}</label>
        <textarea id=${id} rows="4" dir="auto" value=${wording} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea></div>
      <div class="field narrow"><label for="${id}-kind">${t("Kind")}</label>
        <select id="${id}-kind" class="input" onChange=${(/** @type {any} */ e) => setKind(e.currentTarget.value)}>${KINDS().map(([key, words]) => html`<option key=${key} value=${key} selected=${key === kind}>${words}</option>`)}</select></div>
      <div class="panel stack tight"><p class="eyebrow">${t("It rests on")}</p>
        <ul class="row">${groups.map((/** @type {any} */ { group, room: where, items }) => html`<li key=${where}><${GroupName} name=${group?.name ?? ""} number=${group?.number} /> <span class="quiet">${n("{count} proposal", "{count} proposals", items.length)}</span></li>`)}</ul></div>
      <p class="small"><a href=${href}>${t("Conclusions of the day")}</a></p>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}
