// Whatever comes or goes above it, the line that somebody is typing stays where it is on their screen.

import { html, Component, Fragment } from "./html.js";

/** Is somebody writing here now? */
export const typing = () => Boolean(writing());

function writing() {
  const active = document.activeElement;
  return active?.matches("textarea, input:not([type=checkbox], [type=radio], [type=button], [type=submit])") ? active : null;
}

/** Wrap what may change while people type. */
export class Steady extends Component {
  getSnapshotBeforeUpdate() {
    const field = writing();
    return field ? { field, top: field.getBoundingClientRect().top } : null;
  }

  /** @param {any} _props @param {any} _state @param {{field: Element, top: number} | null} before */
  componentDidUpdate(_props, _state, before) {
    if (!before?.field.isConnected || document.activeElement !== before.field) return;
    const moved = before.field.getBoundingClientRect().top - before.top;
    if (Math.abs(moved) >= 1) scrollBy({ top: moved, behavior: "instant" });
  }

  render() {
    return html`<${Fragment}>${/** @type {any} */ (this.props).children}<//>`;
  }
}
