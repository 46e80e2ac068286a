// @ts-check
// Text that must survive a reload, in the browser's storage; in memory where there is none or it is full.

import { signal } from "@preact/signals-core";

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Store */
/** @typedef {ReturnType<typeof createKeep>} Keep */

/** @param {Store | null} [store] */
export function createKeep(store = browserStorage()) {
  /** @type {Map<string, string>} what the browser would not take */
  const memory = new Map();
  /** "memory": what was typed is safe only as long as this window stays open. */
  const where = signal(/** @type {"browser" | "memory"} */ (store ? "browser" : "memory"));

  const settle = () => (where.value = store && memory.size === 0 ? "browser" : "memory");

  return {
    where,
    /** @param {string} key @returns {string | null} */
    read(key) {
      if (memory.has(key)) return memory.get(key) ?? null;
      try {
        return store?.getItem(key) ?? null;
      } catch {
        return null;
      }
    },
    /** @param {string} key @param {string} text @returns {boolean} whether it will survive a reload */
    write(key, text) {
      let kept = false;
      try {
        store?.setItem(key, text);
        kept = store !== null;
      } catch {
        kept = false; // full, or forbidden by now
      }
      if (kept) memory.delete(key);
      else memory.set(key, text);
      settle();
      return kept;
    },
    /** @param {string} key */
    remove(key) {
      memory.delete(key);
      try {
        store?.removeItem(key);
      } catch {
        // Nothing to do: what cannot be removed is sent once more, and the server knows its id.
      }
      settle();
    },
    /** @param {string} prefix @returns {string[]} */
    keys(prefix) {
      const keys = new Set(memory.keys());
      try {
        for (let i = 0; store && i < store.length; i++) keys.add(store.key(i) ?? "");
      } catch {
        // as above: memory is all there is
      }
      return [...keys].filter((key) => key.startsWith(prefix));
    },
  };
}

/**
 * Half-typed texts, per person and field.
 *
 * @param {Keep} keep
 * @param {string} as
 */
export function createDrafts(keep, as) {
  const place = (/** @type {string} */ key) => `facilitator/${as}/draft/${key}`;
  return {
    /** @param {string} key @returns {string} "" where there is none */
    draft: (key) => keep.read(place(key)) ?? "",
    /** @param {string} key @param {string} text "" forgets it */
    saveDraft(key, text) {
      if (text === "") keep.remove(place(key));
      else keep.write(place(key), text);
    },
  };
}

/** @returns {Storage | null} */
function browserStorage() {
  try {
    return globalThis.localStorage ?? null; // reading the property alone throws where cookies are blocked
  } catch {
    return null;
  }
}
