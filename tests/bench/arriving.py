"""How long somebody waits who comes in with a phone that has never been here: a real Chromium on slow networks.

python tests/bench/arriving.py         # seconds, and ratios to the form that is filled in before
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from playwright.sync_api import Browser, Page  # noqa: E402
from support.browser import PHONE, chromium  # noqa: E402
from support.house import House  # noqa: E402
from support.server import Server  # noqa: E402

from facilitator.settings import Settings  # noqa: E402
from facilitator.store.db import Store  # noqa: E402

NETWORKS = {"slow 3G": (400, 50), "full Wi-Fi": (300, 125), "good Wi-Fi": (60, 1000)}
"""Milliseconds before each answer, and kB a second."""
LANGUAGES, TURNS = ("en", "es"), 3
PATIENCE_MS = 60_000
WEIGHTS = """() => ["navigation", "resource"].flatMap(
    (kind) => performance.getEntriesByType(kind).map((one) => one.transferSize))"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        settings = Settings(data=Path(folder) / "data")
        store = Store(settings)
        store.require_current()
        house, server = House(store), Server(settings)
        try:
            print("network     language     form    lobby   ratio  then board     kB  files")
            for network in NETWORKS:
                for language in LANGUAGES:
                    turns = [_arrive(browser, server.url, house, network, language) for _ in range(TURNS)]
                    form, lobby, board, weight, files = (median(one) for one in zip(*turns, strict=True))
                    print(
                        f"{network:12}{language:>9}{form:7.1f} s{lobby:7.1f} s{lobby / form:8.1f}"
                        f"{board:10.1f} s{weight / 1000:7.0f}{files:7.0f}"
                    )
        finally:
            server.stop()


def _arrive(browser: Browser, url: str, house: House, network: str, language: str) -> tuple[float, ...]:
    """Seconds for the form, from its button to the lobby, and from there to the board; what came up to the lobby."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale=language)
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    latency, speed = NETWORKS[network]
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", {
        "offline": False, "latency": latency, "downloadThroughput": speed * 1000, "uploadThroughput": speed * 1000,
    })  # fmt: skip
    began = perf_counter()
    page.goto(f"{url}/j/{house.code()}", wait_until="commit")
    page.locator("input[name=name]").wait_for()
    form = perf_counter() - began
    page.locator("input[name=name]").fill("Zoe")
    page.locator("select[name=organisation]").select_option(index=1)
    began = perf_counter()
    page.locator("main form button").last.click(no_wait_after=True)
    page.locator(".who").first.wait_for()
    lobby = perf_counter() - began
    weight, files = _weight(page)
    page.wait_for_load_state("networkidle")
    began = perf_counter()
    page.goto(f"{page.url}board/{house.board('Plenary').removeprefix('board:')}", wait_until="commit")
    page.locator(".board-main").wait_for()
    board = perf_counter() - began
    context.close()
    return form, lobby, board, weight, files


def _weight(page: Page) -> tuple[int, int]:
    weights = page.evaluate(WEIGHTS)
    return sum(weights), len(weights)


if __name__ == "__main__":
    main()
