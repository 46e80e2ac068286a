// A picture of the event as data for the views: which are on show, what they are called, who may do what with them.

import { t, time } from "../i18n.js";
import { html } from "./html.js";
import { peopleOf } from "./people.js";

/** The pictures of an event in the order in which they came: what comes next stands last, and nothing is pushed away. */
export const inOrder = (event) => Object.values(event?.pictures ?? {}).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

/** Those that everybody may look at. */
export const shown = (event) => inOrder(event).filter((picture) => picture.status === "standing");

/** What a picture is called where it cannot be seen. */
export function altOf(picture, event) {
  if (picture.alt || picture.caption) return picture.alt || picture.caption;
  const name = peopleOf(event)[picture.author]?.name;
  const at = time(picture.at);
  return name ? t("Picture by {name}, {time}", { name, time: at }) : t("Picture, {time}", { time: at });
}

/**
 * The browser takes the rendition that fits; it asks for none before it is nearly in sight.
 *
 * @param {{picture: any, event: any, sizes: string, lazy?: boolean}} props  `sizes`: how wide it will be, as in HTML
 */
export function Image({ picture, event, sizes, lazy = true, ...rest }) {
  const { images } = picture;
  const largest = images.at(-1);
  return html`<img src=${images[0].url} srcset=${images.map(({ url, width }) => `${url} ${width}w`).join(", ")} sizes=${sizes}
    width=${largest.width} height=${largest.height} alt=${altOf(picture, event)} loading=${lazy ? "lazy" : "eager"} decoding="async" ...${rest} />`;
}

/** @returns {{describes: boolean, withdraws: boolean, moderates: boolean}} what the reader may do with a picture */
export function rights(picture, me) {
  const can = me?.can ?? [];
  const own = picture.author === me?.person && can.includes("picture.withdraw");
  return { describes: own || can.includes("picture.use"), withdraws: own, moderates: can.includes("picture.hide") };
}
