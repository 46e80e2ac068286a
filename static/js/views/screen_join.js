// The projector while people come in.

import { n, t } from "../i18n.js";
import { sessionNext } from "./agenda.js";
import { useApp } from "./app.js";
import { html } from "./html.js";

export function JoinScreen({ event }) {
  const { boot } = useApp();
  const next = sessionNext(event);
  return html`
    <div class="join-words">
      <p class="join-place"><bdi>${event.place}</bdi></p>
      <h1 class="join-title" dir="auto">${event.title}</h1>
      <p class="join-how">${t("Join at")} <bdi class="join-url">${shortUrl(boot.urls.join, event.join_code)}</bdi></p>
      <p class="join-code"><span class="unseen">${t("Join code")}</span><span class="code">${event.join_code}</span></p>
      <p class="join-count figures" role="status">${n("{count} person has joined", "{count} people have joined", event.joined)}</p>
      ${next && html`<p class="join-next"><span class="quiet">${t("Next")} <span class="figures">${next.starts_at}</span></span> <bdi>${next.title}</bdi></p>`}
    </div>
    <img class="qr join-qr" src=${boot.urls.qr} alt=${t("QR code of the address {url}", { url: boot.urls.join })} />`;
}

/** The address without what nobody types: no scheme, no code (it stands below, huge). */
const shortUrl = (/** @type {string} */ url, /** @type {string} */ code) => {
  const { host, pathname } = new URL(url, location.href);
  return `${host}${pathname.replace(`/j/${code}`, "")}`.replace(/\/$/, "");
};
