"""When a page shows something, on the clock that all pages of this machine share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from .browser import Visitor

# Resolves in the frame in which an element with the text is there for the first time.
NOTE = """([selector, text]) => {
    const there = () => [...document.querySelectorAll(selector)].some(one => one.textContent.includes(text));
    window.shown = new Promise(done => {
        const watching = new MutationObserver(() => {
            if (!there()) return;
            watching.disconnect();
            requestAnimationFrame(() => done(performance.timeOrigin + performance.now()));
        });
        const all = {childList: true, subtree: true, attributes: true, characterData: true};
        watching.observe(document.documentElement, all);
    });
}"""
PRESSED = """() => addEventListener("click", () => {
    window.pressed = performance.timeOrigin + performance.now();
}, {capture: true, once: true})"""


def delays(press: Callable[[], None], by: Visitor, seen: Sequence[tuple[Visitor, str, str]]) -> list[float]:
    """Milliseconds from a press of somebody's until each page shows a text within a selector."""
    for visitor, selector, text in seen:
        visitor.page.evaluate(NOTE, [selector, text])
    by.page.evaluate(PRESSED)
    press()
    shown: Iterable[float] = [visitor.page.evaluate("() => window.shown") for visitor, _, _ in seen]
    pressed = by.page.evaluate("() => window.pressed")
    return [float(one - pressed) for one in shown]
