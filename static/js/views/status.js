// Is what I did safe? One chip on every page; and the last word when the server has ended this window.

import { t } from "../i18n.js";
import { useApp } from "./app.js";
import { html } from "./html.js";
import { icon } from "./icons.js";

export function Status() {
  const { client } = useApp();
  const status = client.status.value;
  const { symbol, text } = {
    saved: { symbol: "check", text: t("Saved") },
    sending: { symbol: "sending", text: t("Sending") },
    offline: { symbol: "offline", text: t("Offline") },
  }[status];
  return html`
    <span class="status ${status}" role="status" aria-live="polite" title=${status === "offline" ? offlineHint() : null}>
      ${icon(symbol)} <span>${text}</span>
    </span>`;
}

/** A strip under the header: the chip alone is too small for news that people worry about. */
export function OfflineStrip() {
  const { client } = useApp();
  const offline = client.status.value === "offline";
  const forgetful = client.kept?.value === "memory"; // private windows, full or forbidden storage
  if (!offline && !forgetful) return null;
  return html`<p class="offline-strip small">${offline ? offlineHint() : ""} ${forgetful ? t("This browser keeps nothing: do not close this window while something is unsent.") : ""}</p>`;
}

const offlineHint = () => t("No connection. What you do is kept here and sent as soon as it is back.");

/** @param {{ended: {code: string, message: string}, home: string}} props */
export function Ended({ ended, home }) {
  return html`
    <main id="main" class="frame slim stack loose ended" tabindex="-1">
      <h1>${t("This window has stopped")}</h1>
      <p class="lead">${ended.message}</p>
      <div class="row">
        <button type="button" class="button primary big" onClick=${() => location.reload()}>${t("Reload this page")}</button>
        <a class="button big" href=${home}>${t("Start again from the join code")}</a>
      </div>
    </main>`;
}
