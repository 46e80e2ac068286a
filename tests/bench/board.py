"""How fluent a board with 522 proposals is on a phone, beside one with 20: a real Chromium, its processor slowed to a
quarter, on loopback.

python tests/bench/board.py            # milliseconds, and ratios to the small board
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

from playwright.sync_api import Browser, Page  # noqa: E402
from support.agenda import approval, workshop_of  # noqa: E402
from support.browser import PHONE, chromium  # noqa: E402
from support.house import House  # noqa: E402
from support.server import Server  # noqa: E402

from facilitator.settings import Settings  # noqa: E402
from facilitator.store.db import Store  # noqa: E402

MANY, FEW, TURNS, SLOWER = 522, 20, 5, 4

PRESS = """async () => {
    const presses = [];
    for (const card of [...document.querySelectorAll("[data-proposal]")].slice(0, 6)) {
        const button = card.querySelector(".answers button"), pressed = performance.now();
        const seen = new Promise((done) => new MutationObserver((_, all) => {
            if (button.getAttribute("aria-pressed") === "true") all.disconnect(), done();
        }).observe(card, {subtree: true, attributes: true, childList: true}));
        button.click();
        await seen;
        presses.push(performance.now() - pressed);
        await new Promise((done) => setTimeout(done, 500));
    }
    return presses;
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        settings = Settings(data=Path(folder) / "data")
        store = Store(settings)
        store.require_current()
        houses = {count: _house(store, count) for count in (FEW, MANY)}
        server = Server(settings)
        try:
            found = {count: _measure(browser, server.url, house) for count, house in houses.items()}
        finally:
            server.stop()
    print(f"{'':34}{FEW:>8} cards{MANY:>8} cards   ratio")
    for name in found[MANY]:
        few, many = found[FEW][name], found[MANY][name]
        print(f"{name:34}{few:11.0f} ms{many:11.0f} ms{many / few:8.2f}")


def _house(store: Store, count: int) -> House:
    house = House(store, workshop_of(approval()))
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].opens(water, "collect")
    for number in range(count):
        house["Amina"].posts(
            water, f"Proposal {number}: better buses, fairer prices and cleaner air for district {number}"
        )
    return house


def _measure(browser: Browser, url: str, house: House) -> dict[str, float]:
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]})
    page = context.new_page()
    page.goto(f"{url}/p/{house['Amina'].link()}")
    page.locator("#app main").wait_for()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    times: dict[str, float] = {}
    for step in ("collect", "vote", "reveal"):
        house["Fatima"].opens(house.board("Water"), step)
        times[f"{step}: first card on the page"] = median(_load(page, url, house) for _ in range(TURNS))
        if step == "vote":
            page.wait_for_timeout(1500)
            times["vote: from the press to the answer"] = median(page.evaluate(PRESS))
    context.close()
    return times


def _load(page: Page, url: str, house: House) -> float:
    board = house.board("Water").removeprefix("board:")
    page.goto(f"{url}/s/{house['Amina'].id}/board/{board}", wait_until="commit")
    page.locator("[data-proposal]").first.wait_for()
    return float(page.evaluate("performance.now()"))


if __name__ == "__main__":
    main()
