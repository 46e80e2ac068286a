"""People who mean harm, and machines that are broken: the server stays up, and the others are served."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

import pytest
import websocket
from support.house import House, new
from support.server import Browser, Server
from support.wire import Closed, Wire, open_websocket

from facilitator.live import MAX_FRAME, UNKNOWN_SECONDS
from facilitator.live.queue import LIMIT

pytestmark = pytest.mark.socket


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


def is_served(wire: Wire, room: str) -> None:
    """Somebody else's work goes on: a message is answered within a second."""
    answer = wire.asks("watch", {"room": room}, seconds=1)
    assert answer["ok"] is True


RUBBISH: list[str | bytes] = [
    "",
    "4",
    "42",
    "42[",
    "42{}",
    "42[]",
    '42["command"',
    "42" + "[" * 30_000,
    '42[{"a":1}]',
    "42[null]",
    '421["command",{}',
    "42999999999999999999999999[1]",
    '42/other,["command",{}]',
    "40/other,",
    "43",
    "431[1]",
    '43999["x"]',
    "44",
    '451-["command",{"_placeholder":true,"num":0}]',
    '45999999-["command",{"_placeholder":true,"num":0}]',
    "46",
    "49",
    "9",
    "0{}",
    "5",
    "x",
    "\x00",
    "é" * 1000,
    b"",
    b"\x00\xff" * 100,
    b"4" * 1000,
]


@pytest.mark.parametrize("packet", RUBBISH, ids=lambda packet: repr(packet)[:30])
def test_rubbish_closes_at_most_its_own_socket(
    server: Server, full_house: House, water: str, packet: str | bytes
) -> None:
    bruno, before = server.wire(full_house["Bruno"]), full_house.everything()
    bad = server.wire(full_house["Amina"])
    try:
        for _ in range(3):
            bad.send(packet)
        bad.listens(0.05)
    except (Closed, OSError, websocket.WebSocketException):
        pass
    is_served(bruno, water)
    assert full_house.everything() == before
    assert server.wire(full_house["Amina"]).watch(water)["ok"]


def test_frames_above_64_kb_are_refused(server: Server, full_house: House, water: str) -> None:
    bruno = server.wire(full_house["Bruno"])
    for size in (MAX_FRAME + 1, 1_000_000):
        bad = server.wire(full_house["Amina"])
        with pytest.raises((Closed, OSError, websocket.WebSocketException)):
            bad.asks("command", {"id": new(), "room": water, "name": "proposal.post", "args": {"text": "x" * size}})
        is_served(bruno, water)
    large = server.wire(full_house["Amina"]).command(water, "proposal.post", new(), text="x" * 19_000)
    assert large["error"]["code"] == "text_too_long", "below it a person hears what is wrong"


def test_bytes_are_no_text(server: Server, full_house: House, water: str) -> None:
    """A command whose arguments come as binary attachments is answered like any other of the wrong form."""
    wire, before = server.wire(full_house["Amina"]), full_house.everything()
    args = {"text": {"_placeholder": True, "num": 0}}
    message = {"id": new(), "room": water, "name": "proposal.post", "args": args}
    wire.send("451-77" + json.dumps(["command", message]))
    wire.send(b"More buses")
    try:
        answer = wire.answer(77, seconds=2)
        assert answer["error"]["code"] == "bad_message"
    except Closed:
        pass
    assert full_house.everything() == before


@pytest.mark.once
def test_thousands_of_bad_messages_delay_nobody_and_do_not_fill_the_log(serve: Any, full_house: House) -> None:
    server, water = serve(), full_house.board("Water")
    bruno, before = server.wire(full_house["Bruno"]), full_house.everything()
    bad, answers = server.wire(full_house["Amina"]), []
    for number in range(3_000):
        try:
            bad.send("42[" if number % 2 else '42["command",7]')
        except (OSError, websocket.WebSocketException):
            bad = server.wire(full_house["Amina"])
        if number % 100 == 0:
            start = time.monotonic()
            is_served(bruno, water)
            answers.append(time.monotonic() - start)
            time.sleep(0.1)  # Bruno keeps to his own pace
    assert sorted(answers)[-2] < 0.5, answers
    assert full_house.everything() == before
    assert len(server.output) < 50_000, server.output[:3_000]


@pytest.mark.once
def test_whoever_does_not_say_who_they_are_is_gone_after_ten_seconds(server: Server, full_house: House) -> None:
    silent, started = open_websocket(server.url), time.monotonic()
    known = server.wire(full_house["Amina"])
    silent.settimeout(UNKNOWN_SECONDS + 6)
    try:
        while silent.recv() not in ("", "1"):
            silent.send("3")  # it does answer pings
    except (websocket.WebSocketException, OSError) as error:
        assert not isinstance(error, websocket.WebSocketTimeoutException), "it is still connected"
    assert UNKNOWN_SECONDS - 2 < time.monotonic() - started < UNKNOWN_SECONDS + 6
    known.listens(0.1)
    assert known.watch(full_house.room)["ok"]


@pytest.mark.once
def test_a_client_that_does_not_read_is_dropped_and_the_others_go_on(serve: Any, full_house: House) -> None:
    server, plenary = serve(), full_house.board("Plenary")
    full_house["Fatima"].opens(plenary, "collect")
    comments = [{"id": str(n), "author": "7", "at": n, "text": "x" * 480} for n in range(600)]
    args: dict[str, Any] = {"title": "Large", "prompt": "", "group": "Air", "comments": comments, "votes": []}
    large = full_house["Olga"].does(full_house.room, "conversation.import", **args, opened_at=1, closed_at=2)["board"]
    writers = [server.wire(full_house.join(f"Writer {n}")) for n in range(12)]

    lazy = server.wire(full_house["Oscar"])
    lazy.watch(plenary)
    before = server.memory()
    for _ in range(20):  # some megabytes of answers: what the kernel keeps for us is full, the server's own line begins
        lazy.says("watch", {"room": f"board:{large}"})
    end, sent = time.monotonic() + 25, 0
    while "did not read" not in server.output and time.monotonic() < end:
        for wire in writers:
            sent += wire.command(plenary, "proposal.post", new(), text="Buses")["ok"]
            time.sleep(0.02)
    assert "a client that did not read was dropped" in server.output
    assert sent >= LIMIT / 2, "it was dropped for what it left unread, not at once"
    assert server.memory() - before < 60_000_000
    assert len(full_house.state(plenary)["proposals"]) == sent
    is_served(writers[0], plenary)
    assert server.wire(full_house["Oscar"]).watch(plenary)["ok"], "whoever was dropped may come back"


@pytest.mark.once
def test_compression_is_not_agreed_to_even_when_it_is_offered(server: Server) -> None:
    offer = ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"]
    ws = open_websocket(server.url, header=offer)
    assert "sec-websocket-extensions" not in {key.lower() for key in ws.getheaders()}
    ws.close()


@pytest.mark.once
def test_a_small_answer_does_not_wait_for_company(server: Server, full_house: House) -> None:
    """With Nagle's algorithm on, most of these would take 40 ms."""
    wire, times = server.wire(full_house["Amina"]), []
    for _ in range(15):
        start = time.monotonic()
        wire.asks("unwatch", {"room": "board:x"})
        times.append(time.monotonic() - start)
    assert sorted(times)[len(times) // 3] < 0.03, times


@pytest.mark.once
def test_half_a_request_and_a_hundred_idle_connections_stop_nobody(server: Server, full_house: House) -> None:
    held = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(100)]
    for connection in held[:50]:
        connection.sendall(b"POST /api/commands HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    try:
        assert Browser(server.url).get("/healthz", timeout=3).ok
        assert server.wire(full_house["Amina"]).watch(full_house.room)["ok"]
    finally:
        for connection in held:
            connection.close()
