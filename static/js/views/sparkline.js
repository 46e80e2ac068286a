// How fast contributions come, minute by minute. The figures are in its label.

import { n } from "../i18n.js";
import { MINUTES, SAMPLE_MS, moments, perMinute } from "../pace.js";
import { useApp } from "./app.js";
import { html, memo } from "./html.js";
import { useTick } from "./tick.js";
import { samplesOf } from "./watching.js";

const [WIDE, HIGH, GAP] = [6, 22, 2];

/** @param {{room: string, of: "written" | "voted", count: number}} props  `count` is there to be rendered again with it */
export const Sparkline = memo(function Pace({ room, of }) {
  const { client } = useApp();
  const now = useTick(SAMPLE_MS).value;
  const samples = samplesOf(client, room).value[of];
  const board = client.room(room).peek()?.state;
  if (!board) return null;
  return html`<${Bars} minutes=${perMinute(of === "written" ? moments(board) : [], samples, Math.max(now, client.now()))} of=${of} />`;
});

function Bars({ minutes, of }) {
  const most = Math.max(3, ...minutes); // one contribution alone is no peak
  const all = minutes.reduce((sum, one) => sum + one, 0);
  const last = minutes[MINUTES - 1] + minutes[MINUTES - 2];
  const label = of === "written"
    ? `${n("{count} contribution in the last 10 minutes", "{count} contributions in the last 10 minutes", all)}, ${n("{count} of them in the last two", "{count} of them in the last two", last)}`
    : `${n("{count} more has voted in the last 10 minutes", "{count} more have voted in the last 10 minutes", all)}, ${n("{count} of them in the last two", "{count} of them in the last two", last)}`;
  return html`
    <svg class="sparkline" role="img" aria-label=${label} viewBox="0 0 ${MINUTES * (WIDE + GAP)} ${HIGH}" width=${MINUTES * (WIDE + GAP)} height=${HIGH}>
      <title>${label}</title>
      ${minutes.map((count, i) => {
        const tall = count === 0 ? 2 : Math.max(4, Math.round((count / most) * HIGH));
        return html`<rect key=${i} class=${count === 0 ? "none" : ""} x=${i * (WIDE + GAP)} y=${HIGH - tall} width=${WIDE} height=${tall} rx="1" />`;
      })}
    </svg>`;
}
