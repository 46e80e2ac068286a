"""Real pages in a real Chromium: a page that remembers what went wrong on it, and what came over its sockets."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from .chromium import find
from .patience import PATIENCE

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).resolve().parents[1] / "screenshots"
AXE = (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text()
STILL = """Promise.all(document.getAnimations().filter(one => one.effect?.getComputedTiming().iterations !== Infinity)
    .map(one => one.finished.catch(() => null)))"""
PHONE, LAPTOP, WALL = (390, 844), (1440, 900), (1920, 1080)


@contextmanager
def chromium() -> Iterator[Browser]:
    path = find()
    assert path, "no Chromium: run python tests/support/chromium.py"
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser of their own."""

    def __init__(self, browser: Browser, name: str, size: tuple[int, int], *, dark: bool = False) -> None:
        self.name = name
        self.context: BrowserContext = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            locale="en-GB",
            accept_downloads=True,
        )
        self.problems: list[str] = []
        self.frames: list[str] = []
        self.page = self.context.new_page()
        self._watch(self.page)

    def _watch(self, page: Page) -> None:
        page.set_default_timeout(PATIENCE * 1000)
        page.on("pageerror", lambda error: self.problems.append(f"{self.name}: {error}"))
        page.on("console", lambda message: self._console(message.type, message.text))
        page.on("websocket", lambda ws: ws.on("framereceived", lambda frame: self.frames.append(str(frame))))

    def _console(self, kind: str, text: str) -> None:
        # What a browser itself says of a network that is gone, or of a refusal that we expect, is no fault of the page.
        expected = ("ERR_INTERNET_DISCONNECTED", "Failed to load resource", "WebSocket connection to")
        if kind in ("error", "warning") and not any(words in text for words in expected):
            self.problems.append(f"{self.name}: {text}")

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(state="visible")

    def clicks(self, name: str, exact: bool = False, nth: int = 0) -> None:
        self.page.get_by_role("button", name=name, exact=exact).nth(nth).click()

    def shows(self, shot: str) -> None:
        """Keep a screenshot, and let axe look at the page: it must find nothing."""
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.evaluate(STILL)
        self.page.screenshot(path=SCREENSHOTS / f"{shot}.png", full_page=self.page.viewport_size != _size(WALL))
        found = self.axe()
        if found:  # a screen that takes turns may have been caught half faded
            self.page.wait_for_timeout(700)
            found = self.axe()
        self.problems += [f"{self.name}, {shot}: {problem}" for problem in found]
        if wide := self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"):
            self.problems.append(f"{self.name}, {shot}: scrolls sideways by {wide} px")

    def axe(self) -> list[str]:
        if not self.page.evaluate("() => Boolean(window.axe)"):
            self.page.evaluate(AXE)
        self.page.evaluate(STILL)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        # From the top: a target that is half under the masthead while one scrolls past is none that is too small.
        at = self.page.evaluate("() => [scrollY, scrollTo({top: 0, behavior: 'instant'})][0]")
        result: dict[str, Any] = self.page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags
        )
        self.page.evaluate("top => scrollTo({top, behavior: 'instant'})", at)
        return [
            f"{violation['id']}: {violation['help']} – {node['html'][:160]}"
            for violation in result["violations"]
            for node in violation["nodes"]
        ]


def _size(size: tuple[int, int]) -> dict[str, int]:
    return {"width": size[0], "height": size[1]}
