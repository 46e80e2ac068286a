"""`kill -9` in the middle of writing: what was acknowledged is there after the restart, once, and people carry on."""

from __future__ import annotations

import random
import threading
import time
from typing import Any

import pytest
import websocket
from sqlalchemy import select
from support.house import House, Someone, new
from support.patience import until
from support.server import Server
from support.wire import Closed, Wire

from facilitator import recount
from facilitator.store.models import Log, Proposal

pytestmark = pytest.mark.socket
ROUNDS, WRITERS, SEED = 3, 20, 7


class Writer(threading.Thread):
    """Posts one proposal after another over a socket, and sends each again under its id until it is acknowledged."""

    def __init__(self, server: Server, someone: Someone, board: str) -> None:
        super().__init__(daemon=True)
        self.browser, self.someone, self.board = server.browser(someone), someone, board
        self.acknowledged: dict[str, int] = {}
        self.seen = 0
        self.waiting = new()
        self.stop = threading.Event()
        self.wrong: list[Any] = []

    def run(self) -> None:
        wire: Wire | None = None
        while not self.stop.is_set():
            try:
                wire = wire or self._connect()
                reply = wire.command(self.board, "proposal.post", self.waiting, text=f"By {self.someone}")
            except (Closed, TimeoutError, OSError, websocket.WebSocketException):
                wire = None
                time.sleep(0.05)
                continue
            if reply["ok"]:
                self.acknowledged[self.waiting] = reply["seq"]
                self.waiting = new()
            elif reply["error"]["code"] not in ("too_fast", "storage_busy"):
                self.wrong.append(reply)
            time.sleep(0.02)

    def _connect(self) -> Wire:
        """Connect, and catch up with what was missed: never a step back."""
        wire = self.browser.wire(self.someone)
        answer = wire.watch(self.board, since=self.seen)
        if answer["seq"] < self.seen:
            self.wrong.append(("the room has gone back", self.seen, answer["seq"]))
        self.seen = answer["seq"]
        return wire


def test_no_acknowledged_command_is_lost_over_kills_and_everybody_carries_on(serve: Any, full_house: House) -> None:
    chance, plenary = random.Random(SEED), full_house.board("Plenary")
    full_house["Fatima"].opens(plenary, "collect")
    people = [full_house.join(f"Writer {n}") for n in range(WRITERS)]
    server = serve()
    writers = [Writer(server, someone, plenary) for someone in people]

    def written() -> int:
        return sum(len(writer.acknowledged) for writer in writers)

    for writer in writers:
        writer.start()
    for round in range(ROUNDS):
        before = written()
        time.sleep(1 + chance.random())
        until(lambda: written() > before, lambda: f"nobody wrote in round {round}")  # noqa: B023 - asked at once
        server.kill()
        time.sleep(0.1)
        server = serve(port=server.port)
    back = [len(writer.acknowledged) for writer in writers]
    until(
        lambda: all(len(writer.acknowledged) > count for writer, count in zip(writers, back, strict=True)),
        lambda: "somebody never came back",
    )
    for writer in writers:
        writer.stop.set()
    for writer in writers:
        writer.join(10)
    assert [writer.wrong for writer in writers if writer.wrong] == []

    stored = {row.id: row.author for row in full_house.rows(select(Proposal.id, Proposal.author))}
    logged = {
        row.data["proposal"]["id"]: row.seq
        for row in full_house.rows(select(Log.seq, Log.data).where(Log.room == plenary, Log.name == "proposal.posted"))
    }
    for writer in writers:
        for id, seq in writer.acknowledged.items():
            assert stored[id] == writer.someone.id and logged[id] == seq
    acknowledged = {id for writer in writers for id in writer.acknowledged}
    in_doubt = {writer.waiting for writer in writers}
    assert set(stored) - acknowledged <= in_doubt
    assert len(stored) == len(logged)
    assert recount.check(full_house.store).off == []
    server.is_well()


def test_a_command_that_was_not_answered_is_done_once_when_it_is_sent_again(serve: Any, full_house: House) -> None:
    board, amina = full_house.board("Water"), full_house["Amina"]
    full_house["Fatima"].opens(board, "collect")
    server = serve()
    browser = server.browser(amina)
    wire, ids = browser.wire(amina), [new() for _ in range(10)]
    for id in ids:
        wire.says("command", {"id": id, "room": board, "name": "proposal.post", "args": {"text": "Buses"}})
    server.kill()
    server = serve(port=server.port)
    wire = browser.wire(amina)
    answers = [wire.command(board, "proposal.post", id, text="Buses") for id in ids]
    assert [answer["proposal"] for answer in answers] == ids
    assert [row.id for row in full_house.rows(select(Proposal.id).order_by(Proposal.number))] == ids
