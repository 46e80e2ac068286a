// The one place that knows which view library we use.

import { Component, createContext, Fragment, h, render } from "preact";
import htm from "htm";

export const html = htm.bind(h);
export { Component, createContext, Fragment, render };
export { useCallback, useContext, useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
export { computed, signal, useComputed, useSignal } from "@preact/signals";

/**
 * A view that is rendered again only when one of its props has changed: one vote must not redraw 500 cards.
 *
 * @param {(props: any) => any} View
 */
export function memo(View) {
  return class extends Component {
    /** @param {any} next */
    shouldComponentUpdate(next) {
      const keys = Object.keys(next);
      return keys.length !== Object.keys(this.props).length || keys.some((key) => next[key] !== /** @type {any} */ (this.props)[key]);
    }
    render() {
      return h(View, this.props);
    }
  };
}
