// Signals without words: a raised hand, “I'm finished”, the group's call for its facilitator. One tap gives, one takes
// down. Quiet, because the thing to do now is somewhere else.

import { list, n, t } from "../i18n.js";
import { may, useAct, useApp, useBusy } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";
import { usePeople } from "./people.js";

/** The signals of one kind, first come, first shown. @param {any} board @param {string} kind @returns {any[]} */
export const signalsOf = (board, kind) => Object.values(board.signals ?? {}).filter((one) => one.kind === kind).sort((a, b) => a.at - b.at);

const KINDS = [
  { kind: "hand", symbol: "hand", words: () => t("Raise hand") },
  { kind: "finished", symbol: "check", words: () => t("I'm finished") },
  { kind: "help", symbol: "bell", words: () => t("Call the facilitator") },
];

/** For the people of a group. @param {{room: string, board: any, me: any}} props */
export function Signals({ room, board, me }) {
  const people = usePeople();
  if (!may(board, me, "signal.give")) return null;
  const help = signalsOf(board, "help")[0];
  return html`
    <div class="signals" role="group" aria-label=${t("Signals")}>
      ${KINDS.map((one) => html`<${SignalButton} key=${one.kind} room=${room} look=${one} given=${signalsOf(board, one.kind).find(({ person, kind }) => kind === "help" || person === me.person)} />`)}
    </div>
    <p class="help-called small" role="status">${help && (help.person === me.person
      ? t("You have called the facilitator for your group.")
      : t("{name} has called the facilitator for your group.", { name: people[help.person]?.name ?? t("Somebody") }))}</p>`;
}

function SignalButton({ room, look, given }) {
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const press = guard(() => (given ? act("signal.end", { signal: given.id }) : act("signal.give", { kind: look.kind })));
  return html`
    <button type="button" class="signal ${look.kind}" aria-pressed=${given ? "true" : "false"} aria-disabled=${busy ? "true" : null}
      title=${given ? t("Take it down") : undefined} onClick=${press}>${icon(look.symbol)}<span>${look.words()}</span></button>`;
}

/** For who facilitates: the hands in their order, who has finished, and a call for help. @param {{room: string, board: any}} props */
export function SignalDesk({ room, board }) {
  const { client, boot } = useApp();
  const people = usePeople();
  const act = useAct(room);
  const [hands, finished, [help]] = ["hand", "finished", "help"].map((kind) => signalsOf(board, kind));
  const name = (/** @type {any} */ signal) => people[signal.person]?.name ?? t("Somebody");
  const end = (/** @type {any} */ signal) => act("signal.end", { signal: signal.id });
  const plenary = client.room(`event:${boot.event}`)?.value?.state?.groups[board.group]?.kind === "plenary";
  const all = Object.values(people).filter((one) => one.role === "participant" && one.joined && (plenary || one.groups.includes(board.group))).length;
  if (!help && hands.length + finished.length === 0) return html`<div class="unseen" role="status"></div>`;
  return html`
    <section class="panel stack tight signal-desk" role="status" aria-label=${t("Signals of the group")}>
      ${help && html`
        <div class="row apart call"><p>${icon("bell")} <strong>${t("{name} has called you", { name: name(help) })}</strong></p>
          <button type="button" class="button" onClick=${() => end(help)}>${t("Seen to")}</button></div>`}
      ${hands.length > 0 && html`
        <h2 class="eyebrow">${n("{count} raised hand", "{count} raised hands", hands.length)}</h2>
        <ol class="hands">
          ${hands.map((hand, place) => html`
            <li key=${hand.id} class="row apart"><span class="grow"><span class="figures quiet" aria-hidden="true">${place + 1}.</span> <bdi>${name(hand)}</bdi></span>
              <button type="button" class="button plain" aria-label=${t("Take down the hand of {name}", { name: name(hand) })} onClick=${() => end(hand)}>${icon("check")} ${t("Take down")}</button></li>`)}
        </ol>`}
      ${finished.length > 0 && html`<p class="small">${icon("check")} <strong>${t("{finished} of {all} finished", { finished: finished.length, all: Math.max(all, finished.length) })}</strong> <span class="quiet" dir="auto">${list(finished.map(name))}</span></p>`}
    </section>`;
}
