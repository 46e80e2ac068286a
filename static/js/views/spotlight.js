// The spotlight: everybody on the board looks at one card. It takes no focus, and it scrolls nobody who is typing.

import { t } from "../i18n.js";
import { may, useAct } from "./app.js";
import { html, useEffect, useRef, useState } from "./html.js";
import { icon } from "./icons.js";
import { By } from "./people.js";
import { typing } from "./steady.js";
import { Words } from "./words.js";

const SEEN = ["standing", "parked"];
const BAR = 64; // what lies under the masthead, in CSS pixels, is not in sight

/** @param {{room: string, board: any, me: any}} props */
export function Spotlight({ room, board, me }) {
  const act = useAct(room);
  const place = useRef(/** @type {HTMLElement | null} */ (null));
  const known = useRef(board.spotlight); // what was lit when the page opened needs no scrolling
  const [missed, miss] = useState(false);
  const found = board.spotlight ? board.proposals[board.spotlight] : null;
  const card = SEEN.includes(found?.status) ? found : null;
  const steers = may(board, me, "proposal.spotlight");

  useEffect(() => {
    if (known.current === board.spotlight) return;
    known.current = board.spotlight;
    miss(false);
    if (!card || steers || inSight(place.current)) return;
    if (typing()) miss(true);
    else show(place.current);
  }, [board.spotlight]);
  useEffect(() => {
    if (!missed || !place.current) return undefined;
    const looked = new IntersectionObserver((entries) => entries.some((one) => one.isIntersecting) && miss(false), { rootMargin: `${-BAR}px 0px 0px` });
    looked.observe(place.current);
    return () => looked.disconnect();
  }, [missed]);

  return html`
    <div aria-live="polite">
      ${card && html`
        <section key=${card.id} ref=${place} class="spotlight" aria-label=${t("In the spotlight")}>
          <div class="row apart"><p class="eyebrow">${icon("light")} ${t("In the spotlight")}</p>
            ${steers && html`<button type="button" class="button plain" onClick=${() => act("proposal.spotlight", { proposal: null })}>${icon("over")} ${t("End the spotlight")}</button>`}</div>
          <${Words} class="spotlight-words serif" text=${card.text} />
          <p class="small quiet"><${By} card=${card} own=${me.own.includes(card.id)} /></p>
        </section>`}
    </div>
    ${card && missed && html`
      <button type="button" class="button primary show-it" onClick=${() => (miss(false), show(place.current))}>${icon("up")} <span>${t("A proposal is in the spotlight")}</span> <strong>${t("Show it")}</strong></button>`}`;
}

/** On a card, for who facilitates. @param {{room: string, proposal: any, lit: boolean}} props */
export function SpotlightButton({ room, proposal, lit }) {
  const act = useAct(room);
  return html`<button type="button" class="button plain" aria-pressed=${lit ? "true" : "false"} onClick=${() => act("proposal.spotlight", { proposal: lit ? null : proposal.id })}>${icon("light")} ${t("Spotlight")}</button>`;
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const show = (/** @type {HTMLElement | null} */ element) => element?.scrollIntoView({ block: "start", behavior: still() ? "auto" : "smooth" });

function inSight(/** @type {HTMLElement | null} */ element) {
  const box = element?.getBoundingClientRect();
  return box !== undefined && box.top >= BAR && box.bottom <= innerHeight;
}
