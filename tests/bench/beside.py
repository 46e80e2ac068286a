"""What a vote feels while reports are made: p95 from sending to the answer, with and without them, in turns.

python tests/bench/beside.py                       # two minutes on a quiet machine
python tests/bench/beside.py --seconds 3 --turns 2

One server, two events on it: in a small one people move dots over sockets, each at moments of their own; of a large one
(1,000 proposals, 20,000 votes, 100 pictures) its facilitator has the full record made as PDF, one after the other.

Each turn is a pair: votes alone and votes beside, right after each other, now one first and then the other, so that
what else the machine does falls on both. A report is at work before the votes of a turn begin, and until they end. What
counts is the median of the pairs' ratios: one bad moment is in one pair only.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
import uuid
from pathlib import Path
from statistics import median
from typing import Any

sys.path[:0] = [str(folder) for folder in Path(__file__).resolve().parents[:3]]

from report import LargeEvent, add_pictures  # noqa: E402
from sqlalchemy import update  # noqa: E402
from support.databases import Sqlite  # noqa: E402
from support.house import House, new  # noqa: E402
from support.server import Server  # noqa: E402

from facilitator.access import link_hash, link_token  # noqa: E402
from facilitator.store import models as m  # noqa: E402
from facilitator.store.db import Store  # noqa: E402

VOTERS, EVERY = 12, 0.5  # seconds
PATIENCE = 120  # seconds until a report is being written
LIMIT = 1.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=5, help="of each half of a turn")
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--format", default="pdf")
    args = parser.parse_args()
    before = load()
    with tempfile.TemporaryDirectory() as folder:
        settings = Sqlite(Path(folder) / "database").settings(Path(folder) / "data")
        store = Store(settings)
        with store.writing() as db:
            large = LargeEvent(db, 1000, 20_000)
            add_pictures(db, large, settings.data, 100)
            token = link_token(store.key, large.facilitator, 0)
            known = update(m.Person.__table__).where(m.Person.id == large.facilitator)
            db.execute(known.values(link_hash=link_hash(token)))
        hall = Hall(store)
        server = Server(settings)
        try:
            maker = Maker(server, large.facilitator, token, args.format)
            hall.enter(server)
            hall.vote(1)  # whatever is slow the first time
            alone: list[float] = []
            beside: list[float] = []
            ratios = []
            for turn in range(args.turns):
                if turn % 2:
                    busy = maker.beside(hall, args.seconds)
                    quiet = hall.vote(args.seconds)
                else:
                    quiet = hall.vote(args.seconds)
                    busy = maker.beside(hall, args.seconds)
                ratios.append(quantile(busy, 0.95) / quantile(quiet, 0.95))
                alone += quiet
                beside += busy
            told = f"{args.format} reports ({maker.begun} begun, {maker.made} ready)"
            for name, found in (("votes alone", alone), (f"beside {told}", beside)):
                p50, p95, p99 = (1000 * quantile(found, q) for q in (0.5, 0.95, 0.99))
                print(f"{name:60} {len(found):6} votes  p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  p99 {p99:6.1f} ms")
            said = ", ".join(f"{ratio:.2f}" for ratio in sorted(ratios))
            verdict = "pass" if median(ratios) <= LIMIT else "FAIL"
            print(f"{verdict}: p95 beside : p95 alone = {median(ratios):.2f} of at most {LIMIT}, the median of {said}")
            print(f"a report was at work in {maker.share:.0%} of the time; load average before {before}, now {load()}")
        finally:
            server.stop()
            store.close()


def load() -> str:
    """What else the machine does, in the last minute and the last five."""
    return " and ".join(f"{one:.1f}" for one in os.getloadavg()[:2])


def quantile(found: list[float], share: float) -> float:
    return sorted(found)[min(len(found) - 1, int(share * len(found)))]


class Hall:
    """People of a small event, on a board whose vote is on."""

    def __init__(self, store: Store) -> None:
        self.house = House(store)
        self.house.everybody_arrives()
        self.people = [self.house["Amina"], self.house["Bruno"]]
        self.people += [self.house.join(f"Voter {number}", "Barcelona") for number in range(VOTERS - 2)]
        self.board = self.house.board("Plenary")
        fatima = self.house["Fatima"]
        fatima.opens(self.board, "collect")
        self.proposals = [self.people[0].posts(self.board, f"Idea {number}") for number in range(20)]
        fatima.opens(self.board, "vote")

    def enter(self, server: Server) -> None:
        self.wires = [server.wire(someone) for someone in self.people]
        for wire in self.wires:
            assert wire.asks("watch", {"room": self.board})["ok"]

    def vote(self, seconds: float) -> list[float]:
        """Everybody moves a dot from one proposal to another for so long: seconds until each answer."""
        found: list[float] = []
        end = time.monotonic() + seconds
        turns = [
            threading.Thread(target=self._one, args=(wire, found, end, random.Random(number)))
            for number, wire in enumerate(self.wires)
        ]
        for turn in turns:
            turn.start()
        for turn in turns:
            turn.join()
        return found

    def _one(self, wire: Any, found: list[float], end: float, chance: random.Random) -> None:
        while time.monotonic() < end:
            time.sleep(chance.uniform(0, 2 * EVERY))
            proposal = chance.choice(self.proposals)
            for value in (1, 0):
                args = {"proposal": proposal, "value": value}
                message = {"id": new(), "room": self.board, "name": "vote.cast", "args": args}
                began = time.perf_counter()
                answer = wire.asks("command", message, seconds=30)
                found.append(time.perf_counter() - began)
                assert answer["ok"], answer


class Maker:
    """The facilitator of the large event, who wants one report after the other."""

    def __init__(self, server: Server, person: str, token: str, format: str) -> None:
        self.browser = server.browser()
        self.browser.get(f"/p/{token}", allow_redirects=False)
        self.person, self.format = person, format
        self.begun = self.made = 0
        self.voted = self.idle = 0.0

    def beside(self, hall: Hall, seconds: float) -> list[float]:
        """Votes for so long, while a report is being made all the time."""
        self.wanted, self.at_work = True, threading.Event()
        work = threading.Thread(target=self._work, daemon=True)
        work.start()
        patience = time.monotonic() + PATIENCE
        while not self.at_work.is_set():
            assert work.is_alive() and time.monotonic() < patience, "no report is being made"
            hall.vote(0.5)  # a socket that does not listen meanwhile would be closed
        began = time.monotonic()
        found = hall.vote(seconds)
        self.voted += time.monotonic() - began
        self.wanted = False
        work.join()
        return found

    @property
    def share(self) -> float:
        """How much of the time of voting a report was at work."""
        return 1 - self.idle / self.voted

    def _work(self) -> None:
        ready: float | None = None
        while self.wanted:
            self.begun += 1
            path = f"/api/reports/{uuid.uuid4()}"
            asked = {"as": self.person, "format": self.format, "depth": "record"}
            answer = self.browser.put(path, params=asked).json()
            if ready is not None:
                self.idle += time.monotonic() - ready
            while self.wanted and answer["stage"] not in ("ready", "failed"):
                if answer["stage"] == "writing":  # most of its time
                    self.at_work.set()
                time.sleep(0.1)
                answer = self.browser.get(path, params={"as": self.person}).json()
                assert answer["ok"], answer
            assert answer["stage"] != "failed", answer
            if answer["stage"] == "ready":
                self.made, ready = self.made + 1, time.monotonic()
                assert len(self.browser.get(answer["file"]).content) > 100_000
            self.browser.delete(path, params={"as": self.person})


if __name__ == "__main__":
    main()
