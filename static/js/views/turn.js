// Turning pages by itself, where nobody can scroll.

import { useEffect, useState } from "./html.js";

const TURN_MS = 12_000;

/** @param {number} pages @returns {number} the page to show, 0-based */
export function useTurn(pages) {
  const [page, setPage] = useState(0);
  useEffect(() => {
    if (pages < 2) return undefined;
    const turning = setInterval(() => setPage((now) => now + 1), TURN_MS);
    return () => clearInterval(turning);
  }, [pages]);
  return page % pages;
}
