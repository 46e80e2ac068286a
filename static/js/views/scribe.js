// A scribe reads a ballot from paper, or asks somebody who has no device, and enters it whole. It is marked as entered.

import { n, t } from "../i18n.js";
import { Answer } from "./answer.js";
import { useAct, useApp, useBusy } from "./app.js";
import { html, useId, useState } from "./html.js";
import { isItem, spent, standing } from "./proposals.js";
import { toast } from "./toast.js";
import { Words } from "./words.js";

/** @param {{room: string, board: any, me: any}} props */
export function Scribe({ room, board }) {
  const [round, setRound] = useState(0); // a fresh form after each ballot
  return html`
    <details class="panel scribe">
      <summary><strong>${t("Enter a vote on paper, or of somebody without a device")}</strong></summary>
      <${Entry} key=${round} room=${room} board=${board} onDone=${() => setRound(round + 1)} />
    </details>`;
}

function Entry({ room, board, onDone }) {
  const { client, boot } = useApp();
  const act = useAct(room);
  const { busy, guard } = useBusy();
  const event = client.room(`event:${boot.event}`)?.value?.state;
  const { ballot } = board;
  const [who, setWho] = useState(ballot.secrecy === "named" ? "person" : "paper");
  const [paper, setPaper] = useState("");
  const [person, setPerson] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [said, setSaid] = useState(/** @type {Record<string, Record<string, number>>} */ ({}));
  const [reasons, setReasons] = useState(/** @type {Record<string, string>} */ ({}));
  const [ids] = [useId()];
  const items = standing(board, ballot.of.kind).filter((card) => isItem(ballot, card));
  const absent = Object.values(event?.people ?? {}).filter(
    (one) => one.role === "participant" && !one.joined && (event.groups[board.group]?.kind === "plenary" || one.groups.includes(board.group)),
  );
  const ready = who === "paper" ? paper.trim() : person;
  const enter = guard(async () => {
    if (!ready) return;
    const votes = Object.entries(said).flatMap(([proposal, values]) =>
      Object.entries(values)
        .filter(([, value]) => ballot.kind !== "dots" || value !== 0)
        .map(([criterion, value]) => ({ proposal, value, ...(criterion && { criterion }), ...(reasons[proposal] && { reason: reasons[proposal] }) })),
    );
    const whose = who === "paper" ? { paper: paper.trim(), ...(organisation && { organisation }) } : { person };
    const reply = await act("vote.enter", { ...whose, votes });
    if (!reply.ok) return;
    toast(who === "paper" ? t("Paper ballot {number} is entered.", { number: paper.trim() }) : t("The vote is entered."));
    onDone();
  });
  const say = (/** @type {string} */ id) => (/** @type {number} */ value, { criterion = "", reason = "" } = {}) => {
    setSaid({ ...said, [id]: { ...said[id], [criterion]: value } });
    if (reason) setReasons({ ...reasons, [id]: reason });
  };
  return html`
    <div class="stack">
      <fieldset class="choices">
        <legend class="unseen">${t("Whose vote")}</legend>
        ${ballot.secrecy !== "named" && html`<label class="choice"><input type="radio" name="${ids}-who" checked=${who === "paper"} onChange=${() => setWho("paper")} /><span>${t("A paper ballot")}</span></label>`}
        <label class="choice"><input type="radio" name="${ids}-who" checked=${who === "person"} onChange=${() => setWho("person")} /><span>${t("Somebody without a device")}</span></label>
      </fieldset>
      ${who === "paper"
        ? html`
          <div class="row">
            <div class="field"><label for="${ids}-paper">${t("Number on the paper")}</label><input id="${ids}-paper" class="input" maxlength="20" value=${paper} onInput=${(/** @type {any} */ e) => setPaper(e.currentTarget.value)} /></div>
            <div class="field"><label for="${ids}-home">${t("Organisation, if it says so")}</label>
              <select id="${ids}-home" class="input" value=${organisation} onChange=${(/** @type {any} */ e) => setOrganisation(e.currentTarget.value)}>
                <option value="">${t("Not said")}</option>
                ${Object.values(event?.organisations ?? {}).map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
              </select></div>
          </div>`
        : html`
          <div class="field"><label for="${ids}-person">${t("Person")}</label>
            <select id="${ids}-person" class="input" value=${person} onChange=${(/** @type {any} */ e) => setPerson(e.currentTarget.value)}>
              <option value="">${absent.length ? t("Choose …") : t("Everybody of the group has a device here")}</option>
              ${absent.map((one) => html`<option key=${one.id} value=${one.id}>${one.name}</option>`)}
            </select></div>`}
      <ul class="stack tight">
        ${items.map((card, place) => html`
          <li key=${card.id} class="entry-item">
            <${Words} id="${ids}-${card.id}" text=${card.text} />
            ${ballot.kind === "ranking"
              ? html`<label class="row small">${t("Place")} <input type="number" class="input minutes" min="1" max=${items.length} aria-label=${t("Place of {text}", { text: card.text })} value=${said[card.id]?.[""] ?? ""}
                  onInput=${(/** @type {any} */ e) => (Number(e.currentTarget.value) > 0 ? say(card.id)(Number(e.currentTarget.value)) : setSaid(Object.fromEntries(Object.entries(said).filter(([id]) => id !== card.id))))} /></label>`
              : html`<${Answer} ballot=${ballot} label="${ids}-${card.id}" said=${said[card.id] ?? {}} reason=${reasons[card.id] ?? ""} full=${ballot.kind === "dots" && spent(said) >= ballot.budget} say=${say(card.id)} />`}
          </li>`)}
      </ul>
      <div class="row apart">
        <p class="small quiet">${n("{count} vote of this round was entered so far.", "{count} votes of this round were entered so far.", ballot.entered)}</p>
        <button type="button" class="button primary" aria-disabled=${!ready || busy ? "true" : null} onClick=${enter}>${t("Enter this ballot")}</button>
      </div>
    </div>`;
}
