// Where a page begins: read what the server already knows, pick the view, render.

import messages from "translations";

import { createClient } from "./client.js";
import { speak } from "./i18n.js";
import { App } from "./views/app.js";
import { html, render } from "./views/html.js";

const VIEWS = {
  lobby: async () => (await import("./views/lobby.js")).Lobby,
  board: async () => (await import("./views/board.js")).Board,
  cockpit: async () => (await import("./views/cockpit.js")).Cockpit,
  stage: async () => (await import("./views/stage_control.js")).Stage,
  activities: async () => (await import("./views/activities.js")).Activities,
  provenance: async () => (await import("./views/page_provenance.js")).ProvenancePage,
  mine: async () => (await import("./views/mine.js")).Mine,
  coverage: async () => (await import("./views/coverage.js")).Coverage,
  desk: async () => (await import("./views/desk.js")).Desk,
  day: async () => (await import("./views/day.js")).Day,
  gallery: async () => (await import("./views/gallery.js")).Gallery,
  projector: async () => (await import("./views/projector.js")).Projector,
};

async function start() {
  const boot = JSON.parse(document.getElementById("boot")?.textContent ?? "{}");
  const app = /** @type {HTMLElement} */ (document.getElementById("app"));
  speak({ locale: boot.locale, messages });
  const client = createClient(boot);
  client.watch(boot.room);
  const View = await VIEWS[boot.page]();
  app.replaceChildren(); // the skeleton has done its work
  render(html`<${App.Provider} value=${{ client, boot }}><${View} /><//>`, app);
}

start();
