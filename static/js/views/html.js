// The one place that knows which view library we use.

import { createContext, Fragment, h, render } from "preact";
import htm from "htm";

export const html = htm.bind(h);
export { createContext, Fragment, render };
export { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { computed, signal, useComputed, useSignal } from "@preact/signals";
