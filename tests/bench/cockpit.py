"""What a cockpit over 40 groups costs, beside one over 4: the server's processor time with and without it, and how busy
it keeps the browser. Each group puts up a proposal every ten seconds, and now and then somebody in it raises a hand;
a step is opened in all groups at once. Tasks of the page's thread are measured in its processor time: what else a busy
machine does is not the cockpit's.

python tests/bench/cockpit.py            # shares of one core, and ratios
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import tempfile
import threading
import time
from datetime import datetime
from pathlib import Path
from statistics import median
from typing import Any

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[2])]

import aiohttp  # noqa: E402
from fanout import Client  # noqa: E402
from playwright.sync_api import Browser, CDPSession  # noqa: E402
from support.browser import LAPTOP, chromium  # noqa: E402
from support.control_room import control_room  # noqa: E402
from support.house import House, Someone, new  # noqa: E402
from support.server import Server  # noqa: E402

from facilitator.settings import Settings  # noqa: E402
from facilitator.store.db import Store  # noqa: E402

MANY, FEW, PEOPLE = 40, 4, 6
PACE_SECONDS, WINDOW_SECONDS, TURNS = 10, 20, 2

TASK = "ThreadControllerImpl::RunTask"
OPEN_EVERYWHERE = "() => document.querySelector('.steer-many [role=group] .button').click()"


def main() -> None:
    found = {}
    with chromium() as browser:
        for count in (FEW, MANY):
            found[count] = _measure(browser, count)
    print(f"{'':46}{FEW:>5} groups{MANY:>5} groups   ratio")
    for name, unit in (
        ("server: the groups' own work", "%"),
        ("server: the cockpit on top of it", "%"),
        ("browser: the cockpit", "%"),
        ("browser: its longest task", "ms"),
        ("browser: from the address to all tiles", "ms"),
    ):
        few, many = found[FEW][name], found[MANY][name]
        ratio = f"{many / few:8.2f}" if few else "       –"
        print(f"{name:46}{few:10.1f} {unit:2}{many:9.1f} {unit:2}{ratio}")


def _measure(browser: Browser, count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder) / "data")
        store = Store(settings)
        store.require_current()
        house, boards = _house(store, count)
        server = Server(settings)
        try:
            groups = Groups(server, house, boards)
            groups.start()
            found = _windows(browser, server, house, count)
            groups.stop()
            return found
        finally:
            server.stop()


def _house(store: Store, count: int) -> tuple[House, dict[str, str]]:
    names = tuple(f"Group {number:02}" for number in range(1, count + 1))
    house = House(store, control_room(datetime.now(), groups=names, people=PEOPLE))
    fatima, tables = house["Fatima"], house.session("Tables")
    fatima.does(house.room, "session.open", session=tables)
    state = house.state(house.room)
    (session,) = (one for one in state["days"][0]["sessions"] if one["id"] == tables)
    boards = {state["groups"][one["group"]]["name"]: f"board:{one['id']}" for one in session["boards"]}
    for board in boards.values():
        fatima.opens(board, "collect")
        fatima.does(board, "timer.start", seconds=3600)
    return house, boards


class Groups:
    """Three people in each group: one of them writes at an even pace, the groups one after another."""

    def __init__(self, server: Server, house: House, boards: dict[str, str]) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        people = [(house[person], board) for name, board in boards.items() for person in _members(house, name)[:3]]
        asyncio.run_coroutine_threadsafe(self._come(server.url, people), self.loop).result(120)

    def start(self) -> None:
        self.writing = asyncio.run_coroutine_threadsafe(self._write(), self.loop)

    def stop(self) -> None:
        self.writing.cancel()
        asyncio.run_coroutine_threadsafe(self.http.close(), self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    async def _come(self, url: str, people: list[tuple[Someone, str]]) -> None:
        self.http = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))  # more than 100 windows
        self.clients = []
        for someone, board in people:
            async with self.http.get(f"{url}/p/{someone.link()}", allow_redirects=False) as page:
                cookie = page.headers["Set-Cookie"].partition(";")[0]
            client = Client(someone.id)
            await client.connect(self.http, url, cookie)
            await client.ask("watch", {"room": board})
            self.clients.append((client, board))

    async def _write(self) -> None:
        writers = self.clients[::3]
        for turn in itertools.count():
            await asyncio.sleep(PACE_SECONDS / len(writers))
            client, board = writers[turn % len(writers)]
            name, args = "proposal.post", {"text": f"Proposal {turn}: better buses and cleaner air"}
            if turn % 12 == 11:
                name, args = "signal.give", {"kind": "hand"}
            await client.ask("command", {"id": new(), "room": board, "name": name, "args": args})


def _members(house: House, group: str) -> list[str]:
    state = house.state(house.room)
    (id,) = (one["id"] for one in state["groups"].values() if one["name"] == group)
    return [one["name"] for one in state["people"].values() if id in one["groups"]]


def _windows(browser: Browser, server: Server, house: House, count: int) -> dict[str, float]:
    """Turn by turn without and with a cockpit, so that whatever else the machine does falls on both."""
    without, with_, busy, longest, opened = [], [], [], [], []
    for _ in range(TURNS):
        time.sleep(2)
        without.append(_share(server))
        context = browser.new_context(viewport={"width": LAPTOP[0], "height": LAPTOP[1]})
        page = context.new_page()
        page.goto(f"{server.url}/p/{house['Fatima'].link()}", wait_until="commit")
        page.locator(".tile-actions").nth(count - 1).wait_for()
        opened.append(float(page.evaluate("performance.now()")))
        page.wait_for_timeout(4000)
        metrics = context.new_cdp_session(page)
        metrics.send("Performance.enable")
        before = _tasks(metrics)
        browser.start_tracing(page=page, categories=["toplevel", "__metadata"])
        page.evaluate(OPEN_EVERYWHERE)
        with_.append(_share(server))
        busy.append(100 * (_tasks(metrics) - before) / WINDOW_SECONDS)
        longest.append(_longest(browser.stop_tracing()))
        context.close()
    return {
        "server: the groups' own work": median(without),
        "server: the cockpit on top of it": max(0.0, median(with_) - median(without)),
        "browser: the cockpit": median(busy),
        "browser: its longest task": max(longest),
        "browser: from the address to all tiles": median(opened),
    }


def _share(server: Server) -> float:
    """Per cent of a core that the server takes over the next seconds."""
    before = _cpu(server)
    time.sleep(WINDOW_SECONDS)
    return 100 * (_cpu(server) - before) / WINDOW_SECONDS


def _cpu(server: Server) -> float:
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _tasks(metrics: CDPSession) -> float:
    found = metrics.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in found if one["name"] == "TaskDuration"))


def _longest(trace: bytes) -> float:
    """Milliseconds of processor time that the longest task of the page's own thread has taken."""
    events = json.loads(trace)["traceEvents"]
    pages = {(one["pid"], one["tid"]) for one in events if one["name"] == "thread_name" and _is_page(one)}
    tasks = (one for one in events if one["name"] == TASK and (one["pid"], one["tid"]) in pages)
    return max(float(one.get("tdur", 0)) for one in tasks) / 1000


def _is_page(thread: dict[str, Any]) -> bool:
    return bool(thread["args"]["name"] == "CrRendererMain")


if __name__ == "__main__":
    main()
