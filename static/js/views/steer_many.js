// Steering one, several or all groups at once: each press is a command for each of the boards that are ticked, and has one
// answer for all of them.

import { n, t } from "../i18n.js";
import { useAct, useApp, useBusy } from "./app.js";
import { useEverywhere } from "./everywhere.js";
import { computed, html, useId, useMemo, useState } from "./html.js";
import { icon } from "./icons.js";
import { TimerStart } from "./steering.js";
import { toast } from "./toast.js";
import { lengthOf, TEXT_LIMIT } from "./words.js";

/**
 * @param {{event: any, tiles: {id: string, group: string, name: string}[], ticked: any[], onTickAll: (all: boolean) => void}} props
 *   `tiles`: what is on the wall; `ticked`: those of them that are meant
 */
export function SteerMany({ event, tiles, ticked, onTickAll }) {
  const { client } = useApp();
  const { busy, guard } = useBusy();
  const everywhere = useEverywhere();
  const [said, say] = useState("");
  const [unfolded] = useState(() => matchMedia("(min-width: 48rem)").matches); // on a telephone the groups come first
  const all = ticked.length === tiles.length;
  const stateOf = (/** @type {{id: string}} */ { id }) => client.room(`board:${id}`).peek()?.state;
  const steps = useSteps(ticked);

  /** `order` says for a board what to send: `{name, args}`, or `{not}`; null where there is nothing to do. */
  const send = (/** @type {(board: any) => any} */ order, /** @type {(count: number) => string} */ done) =>
    guard(async () => {
      const orders = ticked.map((tile) => [tile, stateOf(tile)]).filter(([, board]) => board)
        .map(([tile, board]) => ({ room: `board:${tile.id}`, group: tile.name, order: order(board) }))
        .filter((one) => one.order !== null).map(({ order: one, ...where }) => ({ ...where, ...one }));
      const answer = await everywhere(orders, done);
      say(answer);
      toast(answer);
    })();
  const button = (/** @type {string} */ words, /** @type {string} */ symbol, /** @type {() => any} */ press, label = words) => html`
    <button type="button" class="button" aria-disabled=${busy ? "true" : null} aria-label=${label} onClick=${press}>${icon(/** @type {any} */ (symbol))} ${words}</button>`;
  const opened = (/** @type {number} */ count) => n("Opened on {count} board.", "Opened on {count} boards.", count);
  const beside = (/** @type {number} */ way) => (/** @type {any} */ board) => {
    const list = board.activity.steps;
    const step = list[list.findIndex((/** @type {any} */ one) => one.id === board.step) + way];
    return step ? { name: "step.open", args: { step: step.id } } : { not: way < 0 ? t("No step comes before this one.") : t("This was the last step.") };
  };
  return html`
    <details class="panel steer-many" open=${unfolded}>
      <summary>${all ? t("Steer all groups") : n("Steer {count} group", "Steer {count} groups", ticked.length)}</summary>
      <div class="row apart">
        <p class="quiet small">${t("Tick groups on the wall to steer some of them.")}</p>
        <button type="button" class="button plain" onClick=${() => onTickAll(!all)}>${all ? t("Tick none") : t("Tick all")}</button>
      </div>
      <div class="row" role="group" aria-label=${t("Steps")}>
        ${steps.map((step) => html`
          <button key=${step.id} type="button" class="button" aria-current=${step.everywhere ? "step" : null} aria-disabled=${busy ? "true" : null}
            aria-label=${all ? t("Open “{step}” on all boards", { step: step.title }) : n("Open “{step}” on {count} board", "Open “{step}” on {count} boards", ticked.length, { step: step.title })}
            onClick=${() => send((board) => (board.activity.steps.some((one) => one.id === step.id) ? { name: "step.open", args: { step: step.id } } : { not: t("This board has no such step.") }), opened)}>
            ${icon(step.everywhere ? "check" : "play")} <bdi>${step.title}</bdi></button>`)}
      </div>
      <div class="row">
        ${button(t("Step back"), "back", () => send(beside(-1), opened))}
        ${button(t("Next step"), "next", () => send(beside(1), opened))}
        ${button(t("Close"), "stop", () => send((board) => (board.open ? { name: "step.close" } : null), (count) => n("Closed on {count} board.", "Closed on {count} boards.", count)), t("Close the open step"))}
        ${button(t("Lock"), "lock", () => send((board) => (board.locked_at === null ? { name: "board.lock" } : null), (count) => n("Locked {count} board.", "Locked {count} boards.", count)))}
        ${button(t("Unlock"), "unlock", () => send((board) => (board.locked_at === null ? null : { name: "board.unlock" }), (count) => n("Unlocked {count} board.", "Unlocked {count} boards.", count)))}
      </div>
      <div class="steer-time">
        <${TimerStart} label=${t("Timer")} planned=${planned(ticked.map(stateOf))}
          onStart=${(/** @type {number} */ seconds) => send(() => ({ name: "timer.start", args: { seconds } }), (count) => n("Timer started on {count} board.", "Timer started on {count} boards.", count))} />
        <div class="stack tight">
          <p class="small"><strong>${t("Running timers")}</strong></p>
          <div class="row" role="group" aria-label=${t("Running timers")}>
            ${[-1, 1, 2].map((minutes) => html`
              <button key=${minutes} type="button" class="button figures" aria-disabled=${busy ? "true" : null}
                onClick=${() => send((board) => (board.timer ? { name: "timer.extend", args: { seconds: minutes * 60 } } : null), (count) => n("Time changed on {count} board.", "Time changed on {count} boards.", count))}>
                ${minutes > 0 ? t("+{minutes} min", { minutes }) : t("−{minutes} min", { minutes: -minutes })}</button>`)}
            ${button(t("Stop"), "stop", () => send((board) => (board.timer ? { name: "timer.stop" } : null), (count) => n("Timer stopped on {count} board.", "Timers stopped on {count} boards.", count)), t("Stop the timers"))}
          </div>
        </div>
      </div>
      <${Announce} event=${event} groups=${ticked.map(({ group }) => group)} all=${all} />
      ${said && html`<p class="small steer-said" dir="auto">${icon("check")} <span>${said}</span></p>`}
    </details>`;
}

/** The steps of the boards that are meant, each once, and whether it is open on all of them. */
function useSteps(ticked) {
  const { client } = useApp();
  const key = ticked.map(({ id }) => id).join(" ");
  const found = useMemo(
    () =>
      computed(() => {
        const boards = ticked.map(({ id }) => client.room(`board:${id}`).value?.state).filter(Boolean);
        const steps = new Map(boards.flatMap((board) => board.activity.steps.map((step) => [step.id, step.title])));
        return JSON.stringify([...steps].map(([id, title]) => ({ id, title, everywhere: boards.every((board) => board.open && board.step === id) })));
      }),
    [client, key],
  );
  return JSON.parse(found.value);
}

/** The planned length of the step that they are at; none where they are at different ones. */
function planned(boards) {
  const lengths = new Set(boards.filter(Boolean).map((board) => board.activity.steps.find((step) => step.id === board.step)?.minutes));
  return lengths.size === 1 ? [...lengths][0] : undefined;
}

/** A word to the ticked groups, and the way to take it down. */
function Announce({ event, groups, all }) {
  const { boot } = useApp();
  const act = useAct(`event:${boot.event}`);
  const { busy, guard } = useBusy();
  const [text, setText] = useState("");
  const id = useId();
  const standing = Object.values(event.announcements ?? {});
  const names = (/** @type {string[]} */ ids) => (ids.length ? ids.map((one) => event.groups[one]?.name).join(", ") : t("everybody"));
  const make = (/** @type {Event} */ e) => {
    e.preventDefault();
    if (lengthOf(text) === 0 || groups.length === 0) return;
    void guard(async () => (await act("announcement.make", { text: text.trim(), groups: all ? [] : groups })).ok && setText(""))();
  };
  return html`
    <details class="announce">
      <summary>${t("Announce something")}${standing.length > 0 && html` <span class="tag">${n("{count} stands", "{count} stand", standing.length)}</span>`}</summary>
      <form class="stack tight" onSubmit=${make}>
        <label class="small" for=${id}>${all ? t("To everybody") : n("To the {count} group that is ticked", "To the {count} groups that are ticked", groups.length)}</label>
        <div class="row announce-row">
          <input id=${id} class="input" dir="auto" maxlength=${TEXT_LIMIT} value=${text} onInput=${(/** @type {any} */ e) => setText(e.currentTarget.value)} />
          <button type="submit" class="button" aria-disabled=${busy || lengthOf(text) === 0 ? "true" : null}>${t("Announce")}</button>
        </div>
      </form>
      <ul class="stack tight">
        ${standing.map((one) => html`
          <li key=${one.id} class="row apart small"><span dir="auto">${one.text} <span class="quiet">(${names(one.groups)})</span></span>
            <button type="button" class="button plain" aria-label="${t("Take down")}: ${one.text}" onClick=${guard(() => act("announcement.end", { announcement: one.id }))}>${t("Take down")}</button></li>`)}
      </ul>
    </details>`;
}
