// Line icons, drawn for 24 x 24. Always beside words, or on a button that has a label: hence hidden from screen readers.

import { html } from "./html.js";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  check: "M5 12.5l4.5 4.5L19 7.5",
  sending: "M12 19V6M6.5 11.5L12 6l5.5 5.5M5 21h14",
  offline: "M3 3l18 18M5 12.5a10 10 0 0 1 4.3-2.5M2 9a15 15 0 0 1 5-3M19 12.5a10 10 0 0 0-5-2.9M22 9a15 15 0 0 0-11-3.9M8.5 16a5 5 0 0 1 7 0M12 20h.01",
  clock: "M12 7v5l3.5 2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  hurry: "M12 8v5M12 16.5v.01M12 3l9.5 17h-19z",
  over: "M8 8l8 8M16 8l-8 8M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  star: "M12 3.5l2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17l-5.3 3 1.1-6L3.4 9.8l6-.8z",
  hide: "M3 3l18 18M10 5.3A10 10 0 0 1 12 5c5 0 8.5 4 10 7a14 14 0 0 1-3 4M6.5 6.7A14 14 0 0 0 2 12c1.500 3 5 7 10 7a10 10 0 0 0 5-1.400M10 10a3 3 0 0 0 4 4",
  show: "M2 12c1.500-3 5-7 10-7s8.500 4 10 7c-1.500 3-5 7-10 7s-8.500-4-10-7zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z",
  edit: "M4 20l1-4.500L16 4.500l3.500 3.500L8.500 19z M13.500 7l3.500 3.500",
  undo: "M9 14L4 9l5-5M4 9h10a6 6 0 0 1 0 12h-3",
  stop: "M7 7h10v10H7z",
  play: "M8 5.500v13l10.500-6.500z",
  screen: "M3 4h18v12H3zM8 20h8M12 16v4",
  comment: "M4 5h16v11H10l-5 4v-4H4z",
  heart: "M12 20s-7.500-4.500-9-9.500C2 7 4.500 4.500 7.500 4.500c2 0 3.500 1 4.500 2.500 1-1.500 2.500-2.500 4.500-2.500 3 0 5.500 2.500 4.500 6-1.500 5-9 9.500-9 9.500z",
  park: "M7 20V4h6a4.500 4.500 0 0 1 0 9H7",
  merge: "M6 4v4c0 4 12 4 12 8v4M18 4v4c0 1.500-1.500 2.500-3.500 3.300M6 20v-4c0-1.500 1.500-2.500 3.500-3.300",
  plus: "M12 5v14M5 12h14",
  scale: "M4 20V10M10 20V4M16 20v-7M22 20H2",
  text: "M4 6h16M4 11h16M4 16h10",
  map: "M3 6l6-2 6 2 6-2v14l-6 2-6-2-6 2zM9 4v14M15 6v14",
  warn: "M12 8v5M12 16.500v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
};

/** @param {keyof typeof PATHS} name */
export const icon = (name) => html`
  <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"
    aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;

/** Our mark: people around a table, one of them with something to say. */
export const mark = () => html`
  <svg viewBox="0 0 32 32" fill="currentColor" aria-hidden="true" focusable="false">
    <circle cx="16" cy="4.500" r="3.500" /><circle cx="26" cy="10.250" r="3.500" /><circle cx="26" cy="21.750" r="3.500" />
    <circle cx="16" cy="27.500" r="3.500" /><circle cx="6" cy="21.750" r="3.500" /><circle cx="6" cy="10.250" r="3.500" />
    <circle cx="16" cy="16" r="5" fill="none" stroke="currentColor" stroke-width="2.500" />
  </svg>`;
