// Clustering: tick several and put them under a theme, merge them, or park them. Dragging a card onto a theme does the
// same as the buttons; nothing needs it.

import { n, t } from "../i18n.js";
import { may, useAct, useApp, useBusy } from "./app.js";
import { Comments, Like } from "./comments.js";
import { Dialog } from "./dialog.js";
import { html, memo, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { Lineage } from "./lineage.js";
import { By } from "./people.js";
import { PromoteButton, thingOf } from "./promote.js";
import { standing } from "./proposals.js";
import { SpotlightButton } from "./spotlight.js";
import { toast } from "./toast.js";
import { Counter, lengthOf, many, TEXT_LIMIT, Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Cluster({ room, board, me }) {
  const { client } = useApp();
  const act = useAct(room);
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const [asking, ask] = useState(/** @type {"theme" | "merge" | null} */ (null));
  const cards = standing(board);
  const here = new Set(cards.map(({ id }) => id));
  const picked = chosen.filter((id) => here.has(id));
  const themes = Object.values(board.themes).sort((a, b) => a.number - b.number);
  const sorts = may(board, me, "proposal.sort");
  const pick = (/** @type {string} */ id) => setChosen(picked.includes(id) ? picked.filter((one) => one !== id) : [...picked, id]);
  const sort = async (/** @type {string[]} */ proposals, /** @type {string | null} */ theme) => {
    const before = new Map(proposals.map((id) => [id, board.proposals[id].theme]));
    const reply = await act("proposal.sort", { proposals, theme });
    if (!reply.ok) return;
    setChosen([]);
    const back = [...new Set(before.values())];
    toast(theme ? n("{count} proposal put under “{theme}”.", "{count} proposals put under “{theme}”.", proposals.length, { theme: client.room(room).value.state.themes[theme]?.name ?? t("the theme") }) : t("Taken out of the theme."), {
      undo: () => back.forEach((was) => act("proposal.sort", { proposals: proposals.filter((id) => before.get(id) === was), theme: was })),
    });
  };
  const parkAll = async () => {
    for (const proposal of picked) await act("proposal.park", { proposal });
    setChosen([]);
  };
  const columns = [...themes.map((theme) => ({ theme, cards: cards.filter((card) => card.theme === theme.id) })), { theme: null, cards: cards.filter((card) => !board.themes[card.theme]) }];
  return html`
    ${cards.length === 0 && html`<p class="quiet">${t("Nothing here yet.")}</p>`}
    <div class="themes ${themes.length ? "" : "themes-none"}">
      ${columns.map(({ theme, cards: inside }) => html`
        <${Column} key=${theme?.id ?? ""} room=${room} board=${board} me=${me} theme=${theme} cards=${inside} picked=${picked} onPick=${pick} sorts=${sorts} onDrop=${sort} only=${themes.length === 0} />`)}
    </div>
    ${sorts && html`
      <div class="ballot-bar cluster-bar" role="group" aria-label=${t("With what is chosen")}>
        <p class="figures" role="status"><strong>${picked.length ? n("{count} chosen", "{count} chosen", picked.length) : t("Choose proposals that belong together")}</strong></p>
        <div class="row">
          <button type="button" class="button primary" aria-disabled=${picked.length ? null : "true"} onClick=${() => picked.length && ask("theme")}>${t("Put under a theme")}</button>
          <button type="button" class="button" aria-disabled=${picked.length > 1 ? null : "true"} onClick=${() => picked.length > 1 && ask("merge")}>${icon("merge")} ${t("Merge")}</button>
          <button type="button" class="button plain" aria-disabled=${picked.length ? null : "true"} onClick=${() => picked.length && parkAll()}>${icon("park")} ${t("Park")}</button>
          ${may(board, me, "conclusion.promote") && picked.length > 0 && html`<${PromoteButton} board=${board} plain=${true} things=${picked.map((id) => thingOf(board.proposals[id]))} onDone=${() => setChosen([])} />`}
          ${picked.length > 0 && html`<button type="button" class="button plain" onClick=${() => setChosen([])}>${t("Choose none")}</button>`}
        </div>
      </div>`}
    ${asking === "theme" && html`<${ThemeDialog} room=${room} themes=${themes} onChoose=${(/** @type {string | null} */ theme) => (ask(null), sort(picked, theme))} onClose=${() => ask(null)} />`}
    ${asking === "merge" && html`<${MergeDialog} room=${room} parts=${picked.map((id) => board.proposals[id])} onDone=${() => (ask(null), setChosen([]))} onClose=${() => ask(null)} />`}`;
}

function Column({ room, board, me, theme, cards, picked, onPick, sorts, onDrop, only }) {
  const act = useAct(room);
  const [over, setOver] = useState(false);
  const [renaming, rename] = useState(false);
  if (!theme && cards.length === 0) return null;
  const dissolve = async () => {
    const ids = cards.map(({ id }) => id);
    const reply = await act("theme.dissolve", { theme: theme.id });
    if (!reply.ok) return;
    toast(t("The theme is dissolved. Its proposals stand without one."), {
      undo: async () => {
        const made = await act("theme.name", { name: theme.name });
        if (made.ok && ids.length) await act("proposal.sort", { proposals: ids, theme: made.theme });
      },
    });
  };
  const drag = sorts && {
    onDragOver: (/** @type {DragEvent} */ e) => (e.preventDefault(), setOver(true)),
    onDragLeave: () => setOver(false),
    onDrop: (/** @type {DragEvent} */ e) => {
      e.preventDefault();
      setOver(false);
      const id = e.dataTransfer?.getData("text/x-proposal");
      if (id && board.proposals[id] && board.proposals[id].theme !== (theme?.id ?? null)) onDrop(picked.includes(id) ? picked : [id], theme?.id ?? null);
    },
  };
  return html`
    <section class="theme ${over ? "over" : ""}" aria-label=${theme?.name ?? t("Without a theme")} ...${drag || {}}>
      <header class="theme-head row apart">
        <h2 class="lane-title"><bdi>${theme?.name ?? (only ? t("Proposals") : t("Without a theme"))}</bdi> <span class="quiet figures">${cards.length}</span></h2>
        ${theme && may(board, me, "theme.name") && html`
          <span class="row">
            ${may(board, me, "conclusion.promote") && cards.length > 0 && html`<${PromoteButton} board=${board} plain=${true} label=${t("Promote “{theme}”", { theme: theme.name })} things=${[{ source: { theme: theme.id }, text: theme.name }]} />`}
            <button type="button" class="button plain" aria-label=${t("Rename “{theme}”", { theme: theme.name })} onClick=${() => rename(true)}>${icon("edit")}</button>
            <button type="button" class="button plain" aria-label=${t("Dissolve “{theme}”", { theme: theme.name })} onClick=${dissolve}>${icon("over")}</button>
          </span>`}
      </header>
      <ul class="proposals ${many(cards.length)}">
        ${cards.map((card) => html`<${Card} key=${card.id} room=${room} card=${card} own=${me.own.includes(card.id)} picked=${picked.includes(card.id)} onPick=${onPick} sorts=${sorts} splits=${may(board, me, "proposal.split")} lights=${may(board, me, "proposal.spotlight")} lit=${board.spotlight === card.id} />`)}
      </ul>
      ${renaming && html`<${NameDialog} room=${room} theme=${theme} onClose=${() => rename(false)} />`}
    </section>`;
}

const Card = memo(function Card({ room, card, own, picked, onPick, sorts, splits, lights, lit }) {
  const id = useId();
  const drag = sorts && { draggable: true, onDragStart: (/** @type {DragEvent} */ e) => e.dataTransfer?.setData("text/x-proposal", card.id) };
  return html`
    <li class="card proposal clusterable ${picked ? "picked" : ""} ${own ? "own" : ""}" data-proposal=${card.id} ...${drag || {}}>
      ${sorts
        ? html`<label class="pick" for=${id}><input id=${id} type="checkbox" checked=${picked} onChange=${() => onPick(card.id)} /><${Words} as="span" text=${card.text} /></label>`
        : html`<${Words} text=${card.text} />`}
      <${Lineage} room=${room} card=${card} splits=${splits} />
      <div class="proposal-foot">
        <span class="small quiet"><${By} card=${card} own=${own} /></span>
        <span class="proposal-buttons"><${Like} room=${room} proposal=${card} /><${Comments} room=${room} proposal=${card} />${lights && html`<${SpotlightButton} room=${room} proposal=${card} lit=${lit} />`}</span>
      </div>
    </li>`;
});

/**
 * An existing theme or a new one, of a board or of the theme desk.
 *
 * @param {{room: string, themes: any[], names?: "theme.name" | "desk.name", onChoose: (theme: string | null) => void, onClose: () => void}} props
 */
export function ThemeDialog({ room, themes, names = "theme.name", onChoose, onClose }) {
  const { client } = useApp();
  const [name, setName] = useState("");
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();
  const make = guard(async () => {
    if (!name.trim()) return setError(t("Give the theme a name."));
    const sent = client.send(room, names, { name: name.trim() });
    const reply = await sent.done;
    if (!reply.ok) return client.discard(sent.id), setError(reply.error.message);
    onChoose(sent.id);
  });
  return html`
    <${Dialog} title=${t("Put under a theme")} submit=${t("Make this theme")} busy=${busy} onSubmit=${make} onClose=${onClose}>
      ${themes.length > 0 && html`
        <div class="stack tight" role="group" aria-label=${t("Themes")}>
          ${themes.map((theme) => html`<button key=${theme.id} type="button" class="button wide" onClick=${() => onChoose(theme.id)}><bdi>${theme.name}</bdi></button>`)}
          <button type="button" class="button plain wide" onClick=${() => onChoose(null)}>${t("Take out of the theme")}</button>
        </div>`}
      <div class="field">
        <label for=${id}>${t("A new theme")}</label>
        <input id=${id} class="input" dir="auto" maxlength="120" value=${name} aria-invalid=${error ? "true" : null} onInput=${(/** @type {any} */ e) => (setName(e.currentTarget.value), setError(""))} />
        ${error && html`<span class="counter over" role="alert">${error}</span>`}
      </div>
    <//>`;
}

/** @param {{room: string, theme: any, names?: "theme.name" | "desk.name", onClose: () => void}} props */
export function NameDialog({ room, theme, names = "theme.name", onClose }) {
  const act = useAct(room);
  const [name, setName] = useState(theme.name);
  const id = useId();
  const save = async () => name.trim() && (await act(names, { name: name.trim(), theme: theme.id })).ok && onClose();
  return html`
    <${Dialog} title=${t("Rename the theme")} submit=${t("Save")} onSubmit=${save} onClose=${onClose}>
      <div class="field"><label for=${id}>${t("Name")}</label><input id=${id} class="input" dir="auto" maxlength="120" value=${name} onInput=${(/** @type {any} */ e) => setName(e.currentTarget.value)} /></div>
    <//>`;
}

function MergeDialog({ room, parts, onDone, onClose }) {
  const { client } = useApp();
  const act = useAct(room);
  const draft = `merge:${parts.map(({ id }) => id).join(" ")}`;
  const [wording, setWording] = useState(() => client.drafts.draft(draft) || parts[0].text);
  const [error, setError] = useState("");
  const { busy, guard } = useBusy();
  const id = useId();
  const type = (/** @type {string} */ value) => (setWording(value), client.drafts.saveDraft(draft, value));
  const merge = guard(async () => {
    if (lengthOf(wording) === 0 || lengthOf(wording) > TEXT_LIMIT) return;
    const sent = client.send(room, "proposal.merge", { proposals: parts.map((part) => part.id), wording: wording.trim() });
    const reply = await sent.done;
    if (!reply.ok) return client.discard(sent.id), setError(reply.error.message);
    client.drafts.saveDraft(draft, "");
    toast(n("{count} proposal merged. Its votes will be those of all.", "{count} proposals merged. The votes will be those of all, each person once.", parts.length), { undo: () => act("proposal.split", { proposal: sent.id }) });
    onDone();
  });
  return html`
    <${Dialog} title=${t("Merge into one proposal")} submit=${t("Merge")} busy=${busy} onSubmit=${merge} onClose=${onClose}>
      <ul class="panel stack tight">${parts.map((part) => html`<li key=${part.id}><${Words} text=${part.text} /></li>`)}</ul>
      <div class="field">
        <label for=${id}>${t("The wording that stands for all of them")}</label>
        <textarea id=${id} rows="4" dir="auto" value=${wording} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea>
        <${Counter} text=${wording} />
      </div>
      <p class="small quiet">${t("The proposals stay behind it with their authors, and can be split again. Whoever votes for any of them counts once.")}</p>
      ${error && html`<p class="notice danger" role="alert">${error}</p>`}
    <//>`;
}
