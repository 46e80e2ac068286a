// Line icons, drawn for 24 x 24. Always beside words, or on a button that has a label: hence hidden from screen readers.

import { html } from "./html.js";

const PATHS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  hand: "M8 12V6a1.500 1.500 0 0 1 3 0v5M11 10V4.500a1.500 1.500 0 0 1 3 0V11M14 10.500V6a1.500 1.500 0 0 1 3 0v8a7 7 0 0 1-7 7c-3 0-4.500-1.500-6-4.500l-1.500-3a1.500 1.500 0 0 1 2.600-1.500L8 15",
  help: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9.200 9.300a2.800 2.800 0 1 1 4.300 2.400c-1 .6-1.500 1.100-1.500 2.100M12 17v.01",
  lock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
  unlock: "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 6.500-1.800",
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
  grip: "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
  tag: "M4 4h8l8.500 8.500-8 8L4 12zM8.500 8.500h.01",
  flag: "M5 21V4h13l-2.500 4.500L18 13H5",
  moon: "M20 14.500A8 8 0 1 1 9.500 4a6.500 6.500 0 0 0 10.500 10.500z",
  hand: "M7 13V6.500a1.500 1.500 0 0 1 3 0V11V4.500a1.500 1.500 0 0 1 3 0V11V6a1.500 1.500 0 0 1 3 0v6V9a1.500 1.500 0 0 1 3 0v5.500a6.500 6.500 0 0 1-6.500 6.500c-3 0-4.600-1.400-6-3.700L4 13.500a1.500 1.500 0 0 1 2.500-1.600z",
  bell: "M5 18h14M7 18v-6a5 5 0 0 1 10 0v6M12 7V4M3.500 9.500l1.200 1M20.500 9.500l-1.200 1M10.500 21h3",
  lock: "M6 11h12v9H6zM8.500 11V7.500a3.500 3.500 0 0 1 7 0V11",
  unlock: "M6 11h12v9H6zM8.500 11V7.500a3.500 3.500 0 0 1 6.800-1.200",
  light: "M9.500 18h5M10.500 21h3M12 3a6 6 0 0 1 3.500 10.900c-.7.600-1 1.300-1 2.100h-5c0-.8-.3-1.500-1-2.100A6 6 0 0 1 12 3z",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  trash: "M4 7h16M9 7V4h6v3M6.500 7l1 13h9l1-13",
  inbox: "M3 13l3-8h12l3 8v6H3zM3 13h5l1.500 3h5L16 13h5",
  question: "M9 9.500a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.100-1.500 2.400M12 17.500v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500L21 21",
  picture: "M3 5h18v14H3zM3 16l5-5 5 5 3-3 5 4M15.500 10a1.500 1.500 0 1 0 0-3 1.500 1.500 0 0 0 0 3z",
  camera: "M3 8h4l2-3h6l2 3h4v11H3zM12 17a4 4 0 1 0 0-8 4 4 0 0 0 0 8z",
  close: "M6 6l12 12M18 6L6 18",
  pause: "M8 5v14M16 5v14",
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
