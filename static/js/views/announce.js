// Announcements: what the facilitators say to everybody or to some groups, on every page until it is taken down.

import { n, t, time } from "../i18n.js";
import { useAct, useApp, usePending } from "./app.js";
import { html, signal, useId, useState } from "./html.js";
import { icon } from "./icons.js";
import { PendingNote } from "./pending.js";
import { lengthOf } from "./words.js";

const LIMIT = 280; // shown while typing; the server is who decides
const READ = "announcements-read";

/** Read and put away, in this browser alone. */
const read = signal(/** @type {string[] | null} */ (null));

/** Those that stand, the newest first. @param {any} event @param {(card: any) => boolean} [which] @returns {any[]} */
export const standing = (event, which = () => true) => Object.values(event?.announcements ?? {}).filter(which).sort((a, b) => b.at - a.at);

/** Is it for me? An observer goes everywhere; who steers has them in the list of what they have said. */
const concerns = (event, me) => (/** @type {any} */ { groups }) =>
  me.role === "observer" || (me.role === "participant" && (groups.length === 0 || groups.some((/** @type {string} */ id) => me.groups.includes(id) || event.groups[id]?.kind === "plenary")));

/** What is said to me. @param {{event: any, me: any}} props */
export function Announcements({ event, me }) {
  const { client } = useApp();
  const done = read.value ?? client.drafts.draft(READ).split(" ");
  const mine = event && me ? standing(event, concerns(event, me)).filter(({ id }) => !done.includes(id)) : [];
  const putAway = (/** @type {string} */ id) => {
    read.value = [...done.filter((one) => event.announcements[one]), id]; // what was taken down need not be remembered
    client.drafts.saveDraft(READ, read.value.join(" "));
  };
  return html`
    <section class="announcements" aria-label=${t("Announcements")} aria-live="polite">
      ${mine.map(({ id, text, at }) => html`
        <div key=${id} class="announcement arrive">
          ${icon("comment")}
          <p><span dir="auto">${text}</span> <span class="small figures">${time(at)}</span></p>
          <button type="button" class="button" aria-label=${t("Put away: {text}", { text })} onClick=${() => putAway(id)}>${t("OK")}</button>
        </div>`)}
    </section>`;
}

/**
 * Say something, and take down what has been said. `groups`: these alone are meant, and nothing is asked.
 *
 * @param {{event: any, groups?: string[]}} props
 */
export function Announce({ event, groups }) {
  const { client } = useApp();
  const room = `event:${event.id}`;
  const act = useAct(room);
  const key = `announce:${groups?.join(" ") ?? ""}`;
  const [text, setText] = useState(() => client.drafts.draft(key));
  const [chosen, choose] = useState(/** @type {string[]} */ ([]));
  const pending = usePending(room).filter(({ name, args }) => name === "announcement.make" && same(args.groups, groups));
  const [field, count] = [useId(), useId()];
  const over = lengthOf(text) - LIMIT;
  const type = (/** @type {string} */ now) => (setText(now), client.drafts.saveDraft(key, now));
  const say = (/** @type {Event} */ submit) => {
    submit.preventDefault();
    if (lengthOf(text) === 0 || over > 0) return;
    client.send(room, "announcement.make", { text: text.trim(), groups: groups ?? chosen });
    type("");
    choose([]); // the next word is for everybody again, unless somebody says so
  };
  const said = standing(event, (card) => !groups || groups.some((id) => card.groups.includes(id)));
  return html`
    <section class="announce stack tight" aria-label=${t("Announcement")}>
      <form class="stack tight" onSubmit=${say}>
        <div class="field">
          <label for=${field}>${groups ? t("Say something to this group") : t("Say something to everybody")}</label>
          <textarea id=${field} rows="2" dir="auto" value=${text} aria-describedby=${count} aria-invalid=${over > 0 ? "true" : null} onInput=${(/** @type {any} */ e) => type(e.currentTarget.value)}></textarea>
          <span id=${count} class="counter ${over > 0 ? "over" : ""}">${over > 0 ? n("{count} character too long", "{count} characters too long", over) : t("{length} of {limit}", { length: lengthOf(text), limit: LIMIT })}</span>
        </div>
        ${!groups && html`<${GroupChoice} event=${event} chosen=${chosen} onChoose=${choose} />`}
        <div><button type="submit" class="button" aria-disabled=${lengthOf(text) === 0 || over > 0 ? "true" : null}>${icon("comment")} ${t("Announce")}</button></div>
      </form>
      <ul class="stack tight said">
        ${pending.map((command) => html`<li key=${command.id} class="stack tight"><p dir="auto">${command.args.text}</p><${PendingNote} command=${command} /></li>`)}
        ${said.map((card) => html`
          <li key=${card.id} class="row apart">
            <p class="grow"><span dir="auto">${card.text}</span> <span class="small quiet">${toWhom(event, card.groups)} · <span class="figures">${time(card.at)}</span></span></p>
            <button type="button" class="button" aria-label=${t("Take down: {text}", { text: card.text })} onClick=${() => act("announcement.end", { announcement: card.id })}>${t("Take down")}</button>
          </li>`)}
      </ul>
    </section>`;
}

const same = (/** @type {string[]} */ given, /** @type {string[] | undefined} */ fixed) => !fixed || given.join(" ") === fixed.join(" ");

/** Everybody, or the groups by name. @param {any} event @param {string[]} groups */
export const toWhom = (event, groups) => (groups.length ? groups.map((id) => event.groups[id]?.name).join(", ") : t("to everybody"));

/** Whom it is for: nobody chosen means everybody. @param {{event: any, chosen: string[], onChoose: (ids: string[]) => void}} props */
export function GroupChoice({ event, chosen, onChoose }) {
  const groups = Object.values(event.groups).filter(({ kind }) => kind !== "plenary");
  const press = (/** @type {string} */ id) => onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  if (groups.length < 2) return null;
  return html`
    <fieldset class="choices">
      <legend class="unseen">${t("For whom?")}</legend>
      <label class="choice"><input type="checkbox" checked=${chosen.length === 0} onChange=${() => onChoose([])} /><span>${t("Everybody")}</span></label>
      ${groups.map((group) => html`<label key=${group.id} class="choice"><input type="checkbox" checked=${chosen.includes(group.id)} onChange=${() => press(group.id)} /><span dir="auto">${group.name}</span></label>`)}
    </fieldset>`;
}
