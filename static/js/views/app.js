// What every view may use: the client, the boot data, the rooms it needs, and the way to act.

import { createContext, useCallback, useContext, useEffect, useState } from "./html.js";
import { toast } from "./toast.js";

export const App = createContext(/** @type {any} */ (null));

/** @returns {{client: any, boot: any}} */
export const useApp = () => useContext(App);

/**
 * Keep a room watched while the view is mounted.
 *
 * @param {string | null | undefined} id
 * @returns {{seq: number, state: any, me: any, error?: any} | null} null until its first snapshot
 */
export function useRoom(id) {
  const { client } = useApp();
  useWatch(id ? [id] : []);
  return id ? (client.room(id)?.value ?? null) : null;
}

/** @param {string[]} ids @param {{away?: boolean}} [how]  away: look on from elsewhere, without counting as there */
export function useWatch(ids, { away = false } = {}) {
  const { client } = useApp();
  const key = ids.join(" ");
  useEffect(() => {
    const watched = key ? key.split(" ") : [];
    watched.forEach((id) => client.watch(id, away));
    return () => watched.forEach((id) => client.unwatch(id, away));
  }, [client, key, away]);
}

/** The people in a room, by id, and how many windows that is. @param {string} id */
export function usePresence(id) {
  const { client } = useApp();
  return client.presence(id)?.value ?? { people: [], count: 0 };
}

/** @param {string} id @returns {any[]} this window's unsent and refused commands of a room, oldest first */
export function usePending(id) {
  const { client } = useApp();
  return client.pending(id)?.value ?? [];
}

/**
 * For buttons: send a command, and say it in a toast when it is refused. Views that show a refusal in place
 * (a proposal, a vote) call `client.send` themselves.
 *
 * @param {string} room
 * @returns {(name: string, args?: any) => Promise<any>}
 */
export function useAct(room) {
  const { client } = useApp();
  return useCallback(
    async (name, args = {}) => {
      const sent = client.send(room, name, args);
      const reply = await sent.done;
      if (!reply.ok) {
        client.discard(sent.id);
        toast(reply.error.message, { kind: "refused" });
      }
      return reply;
    },
    [client, room],
  );
}

/** While one press is on its way the next one is held back: a double tap must not do a thing twice. */
export function useBusy() {
  const [busy, setBusy] = useState(false);
  const guard = useCallback(
    (/** @type {() => Promise<any>} */ work) => async () => {
      if (busy) return;
      setBusy(true);
      try {
        await work();
      } finally {
        setBusy(false);
      }
    },
    [busy],
  );
  return { busy, guard };
}

/** @param {string} template e.g. "/s/me/board/{id}" @param {string} id */
export const urlFor = (template, id) => template.replace("{id}", encodeURIComponent(id));

/** May this role steer and moderate? The server says so in `can`. @param {any} state @param {any} me */
export const may = (state, me, command) => (state?.can?.[me?.role] ?? me?.can ?? []).includes(command) || (me?.scribe ?? []).includes(command);
