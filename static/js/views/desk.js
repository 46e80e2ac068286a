// The theme desk: what all groups of a session say, put together under themes while they still work. Ticking and the
// buttons do everything; dragging a card onto a theme does the same.

import { n, t } from "../i18n.js";
import { may, useAct, useApp, useRoom, useWatch } from "./app.js";
import { ThemeDialog } from "./cluster.js";
import { DeskTheme } from "./desk_theme.js";
import { html, memo, useEffect, useId, useMemo, useState } from "./html.js";
import { icon } from "./icons.js";
import { By } from "./people.js";
import { standing } from "./proposals.js";
import { SampleNote, Shell, Waiting } from "./shell.js";
import { toast } from "./toast.js";
import { GroupName, many, tint, Words } from "./words.js";

export function Desk() {
  const { client, boot } = useApp();
  const room = useRoom(boot.room);
  const eventRoom = `event:${boot.event}`;
  const event = client.room(eventRoom)?.value?.state;
  const [chosen, choose] = useState(/** @type {string | null} */ (null));
  const sessions = (event?.days.find((/** @type {any} */ one) => one.id === room?.state?.id)?.sessions ?? []).filter((/** @type {any} */ one) => one.boards.length > 0);
  const session = sessions.find((/** @type {any} */ one) => one.id === chosen) ?? current(sessions, event?.now);
  const rooms = (session?.boards ?? []).map((/** @type {any} */ board) => `board:${board.id}`);
  useWatch([eventRoom]);
  useWatch(rooms, { away: true });
  const back = { href: boot.urls.cockpit, label: t("Cockpit") };
  if (!room?.state || !room.me || !event) return html`<${Shell} title="" back=${back}><${Waiting} error=${room?.error} /><//>`;
  const boards = rooms.map((/** @type {string} */ one) => ({ room: one, board: client.room(one)?.value?.state })).filter((/** @type {any} */ { board }) => board);
  return html`
    <${Shell} back=${back} width="wide" kind="desk">
      <header class="desk-head">
        <div class="stack tight"><p class="eyebrow" dir="auto">${t("Day {number}", { number: room.state.number })}${room.state.title ? html` · <bdi>${room.state.title}</bdi>` : ""}</p>
          <h1>${t("Theme desk")}</h1>
          <p class="lead quiet">${t("Put together what the groups say while they work. No board changes by it.")}</p></div>
        ${sessions.length > 1 && html`<${SessionChoice} sessions=${sessions} session=${session} onChoose=${choose} />`}
      </header>
      <${Sorting} key=${session?.id} room=${boot.room} day=${room.state} me=${room.me} event=${event} boards=${boards} />
      <${SampleNote} text=${event.sample} />
    <//>`;
}

/** The session that is on; else the last one that was; else the first. */
const current = (sessions, now) => sessions.find(({ id }) => id === now) ?? sessions.filter((one) => one.opened_at !== null).sort((a, b) => b.opened_at - a.opened_at)[0] ?? sessions[0] ?? null;

function SessionChoice({ sessions, session, onChoose }) {
  const id = useId();
  return html`
    <div class="field narrow"><label for=${id}>${t("Session")}</label>
      <select id=${id} class="input" onChange=${(/** @type {any} */ e) => onChoose(e.currentTarget.value)}>
        ${sessions.map((one) => html`<option key=${one.id} value=${one.id} selected=${one.id === session?.id}>${one.title}</option>`)}
      </select></div>`;
}

/** @param {{room: string, day: any, me: any, event: any, boards: {room: string, board: any}[]}} props */
function Sorting({ room, day, me, event, boards }) {
  const { client } = useApp();
  const act = useAct(room);
  const [chosen, setChosen] = useState(/** @type {string[]} */ ([]));
  const [asking, ask] = useState(false);
  const [look, setLook] = useState({ groups: /** @type {string[]} */ ([]), words: "", sorted: false });
  const items = boards.flatMap(({ room: where, board }) =>
    [...standing(board), ...standing(board, "line").filter((card) => !card.shared_from)].map((card) => ({ card, room: where, board, group: event.groups[board.group] })));
  const known = new Map(items.map((item) => [item.card.id, item]));
  const themes = Object.values(day.desk).sort((a, b) => a.number - b.number);
  const under = new Map(themes.flatMap((theme) => theme.proposals.map((/** @type {string} */ id) => [id, theme])));
  const picked = chosen.filter((id) => known.has(id));
  const sorts = may(null, me, "desk.sort");
  const pick = (/** @type {string} */ id) => setChosen((all) => (all.includes(id) ? all.filter((one) => one !== id) : [...all, id]));
  const words = plain(look.words);
  const shown = items.filter(({ card, board }) =>
    (look.sorted || !under.has(card.id)) && (look.groups.length === 0 || look.groups.includes(board.group)) && (words === "" || plain(card.text).includes(words)));

  const sort = async (/** @type {string[]} */ proposals, /** @type {string | null} */ theme) => {
    const before = new Map(proposals.map((id) => [id, under.get(id)?.id ?? null]));
    if (!(await act("desk.sort", { proposals, theme })).ok) return;
    setChosen((all) => all.filter((id) => !proposals.includes(id)));
    toast(theme ? n("{count} proposal put under “{theme}”.", "{count} proposals put under “{theme}”.", proposals.length, { theme: client.room(room).value.state.desk[theme]?.name ?? t("the theme") }) : t("Taken out of the theme."), {
      undo: () => [...new Set(before.values())].forEach((was) => act("desk.sort", { proposals: proposals.filter((id) => before.get(id) === was), theme: was })),
    });
  };
  const dropped = (/** @type {string} */ id, /** @type {string | null} */ theme) => known.has(id) && (under.get(id)?.id ?? null) !== theme && sort(picked.includes(id) ? picked : [id], theme);

  return html`
    <div class="desk-body">
      <section class="desk-list stack" aria-labelledby="said">
        <div class="row apart"><h2 id="said">${t("What the groups say")}</h2><p class="quiet small figures" role="status">${t("{shown} of {all} shown", { shown: shown.length, all: items.length })}</p></div>
        <${Filters} event=${event} boards=${boards} items=${items} look=${look} onLook=${setLook} />
        ${items.length === 0 && html`<p class="quiet">${t("The groups have not written anything yet. It appears here as soon as they do.")}</p>`}
        ${items.length > 0 && shown.length === 0 && html`<p class="quiet">${words || look.groups.length ? t("Nothing fits. Show more groups, or search for something else.") : t("Everything lies under a theme.")}</p>`}
        <ul class="desk-cards ${many(shown.length)}">
          ${shown.map(({ card, group }) => html`<${Card} key=${card.id} card=${card} group=${group} picked=${picked.includes(card.id)} onPick=${pick} sorts=${sorts} theme=${look.sorted ? under.get(card.id)?.name : undefined} />`)}
        </ul>
        ${sorts && html`
          <div class="ballot-bar cluster-bar" role="group" aria-label=${t("With what is chosen")}>
            <p class="figures" role="status"><strong>${picked.length ? n("{count} chosen", "{count} chosen", picked.length) : t("Choose proposals that belong together")}</strong></p>
            <div class="row">
              <button type="button" class="button primary" aria-disabled=${picked.length ? null : "true"} onClick=${() => picked.length && ask(true)}>${t("Put under a theme")}</button>
              ${picked.length > 0 && html`<button type="button" class="button plain" onClick=${() => setChosen([])}>${t("Choose none")}</button>`}
            </div>
            <${Alike} chosen=${picked} known=${known} under=${under} boards=${boards} onPick=${pick} />
          </div>`}
      </section>
      <section class="desk-themes stack" aria-labelledby="themes">
        <h2 id="themes">${t("Themes across groups")} <span class="quiet figures">${themes.length}</span></h2>
        ${themes.length === 0 && html`<p class="quiet">${t("No theme yet. Choose proposals of several groups that belong together, and put them under a theme.")}</p>`}
        ${themes.map((theme) => html`<${DeskTheme} key=${theme.id} room=${room} day=${day} me=${me} theme=${theme} known=${known} boards=${boards} picked=${picked} onSort=${sort} onDrop=${dropped} />`)}
      </section>
    </div>
    ${asking && html`<${ThemeDialog} room=${room} names="desk.name" themes=${themes} onChoose=${(/** @type {string | null} */ theme) => (ask(false), sort(picked, theme))} onClose=${() => ask(false)} />`}`;
}

function Filters({ event, boards, items, look, onLook }) {
  const id = useId();
  const turn = (/** @type {string} */ group) => onLook({ ...look, groups: look.groups.includes(group) ? look.groups.filter((/** @type {string} */ one) => one !== group) : [...look.groups, group] });
  return html`
    <div class="desk-filters stack tight">
      <div class="field"><label for=${id}>${t("Search")}</label>
        <input id=${id} class="input" type="search" dir="auto" value=${look.words} onInput=${(/** @type {any} */ e) => onLook({ ...look, words: e.currentTarget.value })} /></div>
      <fieldset class="choices"><legend class="unseen">${t("Only these groups")}</legend>
        ${boards.map(({ board }) => html`
          <label key=${board.id} class="choice ${tint(event.groups[board.group]?.number)}"><input type="checkbox" checked=${look.groups.includes(board.group)} onChange=${() => turn(board.group)} />
            <span><${GroupName} name=${board.group_name} number=${event.groups[board.group]?.number} /> <span class="figures">${items.filter((/** @type {any} */ item) => item.board.id === board.id).length}</span></span></label>`)}
        <label class="choice"><input type="checkbox" checked=${look.sorted} onChange=${() => onLook({ ...look, sorted: !look.sorted })} /><span>${t("Also what lies under a theme")}</span></label>
      </fieldset>
    </div>`;
}

const Card = memo(function Card({ card, group, picked, onPick, sorts, theme }) {
  const drag = sorts && { draggable: true, onDragStart: (/** @type {DragEvent} */ e) => e.dataTransfer?.setData("text/x-proposal", card.id) };
  return html`
    <li class="card proposal desk-card ${tint(group?.number)} ${picked ? "picked" : ""}" data-proposal=${card.id} ...${drag || {}}>
      ${sorts
        ? html`<label class="pick"><input type="checkbox" checked=${picked} onChange=${() => onPick(card.id)} /><${Words} as="span" text=${card.text} /></label>`
        : html`<${Words} text=${card.text} />`}
      <p class="small quiet row"><${GroupName} name=${group?.name ?? ""} number=${group?.number} /><${By} card=${card} />${theme && html`<span class="tag"><bdi>${theme}</bdi></span>`}</p>
    </li>`;
});

const TYPING_MS = 400;
const SHOWN = 3;

/** What other groups say in nearly the same words as what was chosen last. */
function Alike({ chosen, known, under, boards, onPick }) {
  const { client } = useApp();
  const [found, setFound] = useState(/** @type {string[]} */ ([]));
  const last = chosen.at(-1);
  const text = known.get(last)?.card.text ?? "";
  const rooms = useMemo(() => boards.map((/** @type {any} */ one) => one.room), [boards.length]);
  useEffect(() => {
    setFound([]);
    if (!text) return undefined;
    let stale = false;
    const later = setTimeout(async () => {
      const answers = await Promise.all(rooms.map((/** @type {string} */ room) => client.similar(room, text)));
      if (!stale) setFound(answers.flat().sort((a, b) => b.score - a.score).map((one) => one.proposal));
    }, TYPING_MS);
    return () => ((stale = true), clearTimeout(later));
  }, [last, text]);
  const items = found.filter((id) => known.has(id) && !chosen.includes(id) && !under.has(id)).slice(0, SHOWN).map((id) => known.get(id));
  return html`
    <div class="alike" aria-live="polite">
      ${items.length > 0 && html`
        <p class="small"><strong>${t("Much like what you chose:")}</strong></p>
        <ul>${items.map(({ card, group }) => html`
          <li key=${card.id}><button type="button" class="button plain" onClick=${() => onPick(card.id)}>${icon("plus")} <span class="clip"><bdi>${card.text}</bdi></span> <${GroupName} class="small quiet" name=${group?.name ?? ""} number=${group?.number} /></button></li>`)}</ul>`}
    </div>`;
}

/** As it is searched: without accents and case. @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
