"""What a change costs until everybody has seen it: the whole product beside a bare Flask-SocketIO room echo.

    python tests/bench/fanout.py            # a table, about two minutes
    python tests/bench/fanout.py --json
    python tests/bench/fanout.py --profile  # where the product's server spends its time (needs py-spy)

Two servers of the same package versions, each in a process of its own, pinned to one core; one driver (raw websockets
that speak Socket.IO) on the other, which runs the same load against both, in turns:

burst   one group of 30 votes at once: for some seconds everybody makes a change a second, as fast as fingers do.
volley  the same 30, all in the same millisecond, again and again. No group does that; it is the echo's best case, since
        each of its clients gets 30 frames in one go, and the product's worst, since every change is a transaction.
crowd   64 people in 5 groups; everybody makes a change every two seconds, at moments of their own.

A change is a message that the server acknowledges and that every member of the group, its sender too, sees as one
public event. To the echo it is a message that it emits to the room. To the product it is a command: checked,
authorised, stored in a transaction of its own (SQLite), numbered, broadcast; once as `vote.cast` that changes how
many have voted
(placing the first dot, taking the last one back), once as `proposal.post`.

A delivered change is a change seen by one client. CPU is user and system time of the server's process, idle work
included, per delivered change; delays run from sending to the last member seeing it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import select

ROOT = Path(__file__).resolve().parents[2]
JSON = dict[str, Any]
CORES = sorted(os.sched_getaffinity(0))
VOLLEYS, VOLLEY_PAUSE = 12, 0.35
BURST_SECONDS, BURST_EACH = 6.0, 1.0
CROWD_SECONDS, CROWD_EACH = 10.0, 2.0
TURNS = 2
"""So many times each server has its turn at each load."""


# --- the bare echo --------------------------------------------------------------------------------------------------


def serve_echo() -> None:
    import eventlet

    eventlet.monkey_patch()
    from flask import Flask
    from flask_socketio import SocketIO, emit, join_room

    app = Flask(__name__)
    socketio = SocketIO(app, async_mode="eventlet")

    @socketio.on("watch")
    def watch(message: JSON) -> JSON:
        join_room(message["room"])
        return {"ok": True}

    @socketio.on("command")
    def command(message: JSON) -> JSON:
        emit("events", {"room": message["room"], "id": message["id"], "args": message["args"]}, to=message["room"])
        return {"ok": True}

    listener = eventlet.listen(("127.0.0.1", 0))
    print(f"echo at http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    import eventlet.wsgi

    eventlet.wsgi.server(listener, app, log_output=False)


# --- the driver -----------------------------------------------------------------------------------------------------


@dataclass
class Meter:
    """When changes were sent and seen. A change is known by its command's id, or by its room and number."""

    sent: dict[Any, float] = field(default_factory=dict)
    last_seen: dict[Any, float] = field(default_factory=dict)
    times_seen: dict[Any, int] = field(default_factory=dict)

    def see(self, change: Any, now: float) -> None:
        self.last_seen[change] = now
        self.times_seen[change] = self.times_seen.get(change, 0) + 1

    def deliveries(self) -> int:
        return sum(self.times_seen.get(change, 0) for change in self.sent)

    def delays_ms(self) -> list[float]:
        return sorted(1000 * (self.last_seen[c] - at) for c, at in self.sent.items() if c in self.last_seen)


class Client:
    """One websocket that speaks just enough of Engine.IO and Socket.IO."""

    _decoded: tuple[str, Any] = ("", None)  # a frame is the same text for everybody: it is decoded once

    def __init__(self, person: str = "") -> None:
        self.person = person
        self.meter = Meter()
        self.me: JSON = {}
        self._asked: dict[int, asyncio.Future[JSON]] = {}

    async def connect(self, http: aiohttp.ClientSession, url: str, cookie: str = "") -> None:
        headers = {"Cookie": cookie} if cookie else {}
        self._ws = await http.ws_connect(f"{url}/socket.io/?EIO=4&transport=websocket", headers=headers)
        assert (await self._ws.receive_str())[0] == "0"
        await self._ws.send_str("40" + json.dumps({"as": self.person}))
        answer = await self._ws.receive_str()
        assert answer.startswith("40"), answer
        self._reading = asyncio.create_task(self._read())

    async def ask(self, message: str, data: JSON) -> JSON:
        number = len(self._asked)
        future = self._asked[number] = asyncio.get_running_loop().create_future()
        await self._ws.send_str(f"42{number}" + json.dumps([message, data]))
        answer: JSON = await future
        assert answer["ok"], answer
        return answer

    async def _read(self) -> None:
        async for message in self._ws:
            text, now = message.data, time.perf_counter()
            if text == "2":
                await self._ws.send_str("3")
            elif text.startswith("43"):
                digits = text[2 : text.index("[")]
                self._asked[int(digits)].set_result(json.loads(text[2 + len(digits) :])[0])
            elif text.startswith('42["events"'):
                self._see(text, now)

    def _see(self, text: str, now: float) -> None:
        if Client._decoded[0] != text:
            Client._decoded = (text, json.loads(text[2:])[1])
        frame = Client._decoded[1]
        if "id" in frame:
            self.meter.see(frame["id"], now)
            return
        for event in frame["events"]:
            self.meter.see((frame["room"], event["seq"]), now)


@dataclass
class Member:
    client: Client
    room: str
    proposals: list[str] = field(default_factory=list)
    dotted: bool = False

    async def change(self, what: str) -> None:
        """Make one public change, and note when."""
        id = str(uuid.uuid4())
        if what == "vote":
            self.dotted = not self.dotted
            args: JSON = {"proposal": self.proposals[0], "value": int(self.dotted)}
            name = "vote.cast"
        else:
            args, name = {"text": f"A proposal of some length, as people write them, number {id[:8]}"}, "proposal.post"
        sent = time.perf_counter()
        answer = await self.client.ask("command", {"id": id, "room": self.room, "name": name, "args": args})
        self.client.meter.sent[(self.room, answer["seq"]) if "seq" in answer else id] = sent


# --- the servers under load -----------------------------------------------------------------------------------------


class Under:
    """A server process, pinned to the first core, and its people."""

    def __init__(self, name: str, command: list[str]) -> None:
        self.name = name
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self.process.stdout
        self.url = self.process.stdout.readline().split(" at ")[1].strip()
        pin(self.process.pid, 0)
        self.meter = Meter()
        self.thirty: list[Member] = []
        self.crowd: list[Member] = []
        self.results: dict[str, list[tuple[float, int, list[float]]]] = {}

    def cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def get_ready(self, what: str) -> None:
        """Everything that a load needs before it starts."""

    async def measure(self, load: str, what: str) -> None:
        await self.get_ready(what)
        self.meter.__init__()  # type: ignore[misc]
        before = self.cpu()
        await LOADS[load](self, what)
        await asyncio.sleep(0.3)
        figures = (self.cpu() - before, self.meter.deliveries(), self.meter.delays_ms())
        self.results.setdefault(f"{load} {what}", []).append(figures)

    def member(self, room: str, person: str = "") -> Member:
        client = Client(person)
        client.meter = self.meter
        return Member(client, room)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()


class Echo(Under):
    def __init__(self) -> None:
        super().__init__("bare echo", [sys.executable, __file__, "--serve-echo"])

    async def open(self, http: aiohttp.ClientSession) -> None:
        self.thirty = [self.member("board:thirty") for _ in range(30)]
        self.crowd = [self.member(f"board:{n % 5}") for n in range(64)]
        for member in self.thirty + self.crowd:
            member.proposals = [str(uuid.uuid4())]
            await member.client.connect(http, self.url)
            await member.client.ask("watch", {"room": member.room})


class Product(Under):
    def __init__(self, folder: Path) -> None:
        from facilitator.serving import open_store
        from facilitator.settings import Settings

        self.store = open_store(Settings(data=folder))
        self._organise()
        super().__init__("product", [sys.executable, str(ROOT / "run.py"), "--port", "0", "--data", str(folder)])

    def _organise(self) -> None:
        from facilitator.founding import found_event
        from facilitator.library import blank_agenda

        def event(title: str, groups: list[str]) -> str:
            return found_event(self.store, blank_agenda(title, "Here", date(2026, 11, 23), 1, groups, []))

        self.event_of_30 = event("Thirty", ["One"])
        self.event_of_64 = event("Sixty-four", ["One", "Two", "Three", "Four", "Five"])

    async def open(self, http: aiohttp.ClientSession) -> None:
        self.steering: list[Member] = []
        self.thirty = await self._come(http, self.event_of_30, 30)
        self.crowd = await self._come(http, self.event_of_64, 64)
        await self._open_steps("collect")
        proposals = {}
        for steering in self.steering:
            await steering.change("post")
            answer = await steering.client.ask("watch", {"room": steering.room})
            proposals[steering.room] = list(answer["snapshot"]["proposals"])
        for member in self.thirty + self.crowd:
            member.proposals = proposals[member.room]

    async def get_ready(self, what: str) -> None:
        await self._open_steps("vote" if what == "vote" else "collect")
        await asyncio.sleep(0.5)

    async def _come(self, http: aiohttp.ClientSession, event: str, people: int) -> list[Member]:
        from facilitator.access import Actor
        from facilitator.commands import run
        from facilitator.store.models import Board, Group, JoinCode, Person, Seat

        with self.store.reading() as db:
            code = db.execute(select(JoinCode.code).where(JoinCode.event == event)).scalar_one()
            chair = db.execute(
                select(Person.id).where(Person.event == event, Person.role == "facilitator")
            ).scalar_one()
            boards = dict(
                db.execute(
                    select(Group.id, Board.id)
                    .join(Board, Board.group == Group.id)
                    .where(Group.event == event, Group.kind == "breakout")
                ).all()
            )
        for board in boards.values():
            self.steering.append(await self._arrive(http, chair, f"board:{board}"))
        members = []
        for number in range(people):
            reply = run(
                self.store,
                lambda room, events: None,
                id=str(uuid.uuid4()),
                actor=Actor(code=code),
                room=f"event:{event}",
                name="person.join",
                args={"name": f"Member {number}"},
            )
            with self.store.reading() as db:
                group = db.execute(select(Seat.group).where(Seat.person == reply["person"])).scalar_one()
            members.append(await self._arrive(http, reply["person"], f"board:{boards[group]}"))
        return members

    async def _arrive(self, http: aiohttp.ClientSession, person: str, room: str) -> Member:
        from facilitator.access import link_token

        token = link_token(self.store.key, person, 0)
        async with http.get(f"{self.url}/p/{token}", allow_redirects=False) as page:
            cookie = page.headers["Set-Cookie"].partition(";")[0]
        member = self.member(room, person)
        await member.client.connect(http, self.url, cookie)
        await member.client.ask("watch", {"room": room})
        return member

    async def _open_steps(self, step: str) -> None:
        for member in self.steering:
            command = {"id": str(uuid.uuid4()), "room": member.room, "name": "step.open", "args": {"step": step}}
            await member.client.ask("command", command)


# --- the loads ------------------------------------------------------------------------------------------------------


async def volley(under: Under, what: str) -> None:
    for _ in range(VOLLEYS):
        await asyncio.gather(*(member.change(what) for member in under.thirty))
        await asyncio.sleep(VOLLEY_PAUSE)


async def burst(under: Under, what: str) -> None:
    await keep_changing(under.thirty, what, BURST_SECONDS, BURST_EACH)


async def crowd(under: Under, what: str) -> None:
    await keep_changing(under.crowd, what, CROWD_SECONDS, CROWD_EACH)


async def keep_changing(members: list[Member], what: str, seconds: float, each: float) -> None:
    chance = random.Random(64)
    end = time.perf_counter() + seconds

    async def act(member: Member) -> None:
        await asyncio.sleep(chance.uniform(0, each))
        while time.perf_counter() < end:
            await member.change(what)
            await asyncio.sleep(chance.uniform(0.5, 1.5) * each)

    await asyncio.gather(*(act(member) for member in members))


LOADS = {"burst": burst, "crowd": crowd, "volley": volley}


# --- the figures ----------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", action="store_true", help="py-spy's view of the product's server, in fanout.txt")
    parser.add_argument("--serve-echo", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve_echo:
        serve_echo()
        return
    figures = asyncio.run(compare(args.profile))
    print(json.dumps(figures, indent=2) if args.json else table(figures))


async def compare(profile: bool) -> JSON:
    pin(os.getpid(), 1)
    with tempfile.TemporaryDirectory() as folder:
        echo, product = Echo(), Product(Path(folder))
        spy = _spy(product) if profile else None
        try:
            async with aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0), cookie_jar=aiohttp.DummyCookieJar()
            ) as http:
                await echo.open(http)
                await product.open(http)
                for _ in range(TURNS):
                    for load in LOADS:
                        for what in ("vote", "post"):
                            for under in (echo, product):
                                await under.measure(load, what)
        finally:
            if spy:
                spy.send_signal(signal.SIGINT)  # it writes what it has
                spy.wait()
            echo.stop()
            product.stop()
            product.store.close()
    return {
        load: {under.name: figures(under.results[load]) for under in (echo, product)}
        | {"ratio": ratio(figures(echo.results[load]), figures(product.results[load]))}
        for load in echo.results
    }


def figures(turns: Iterable[tuple[float, int, list[float]]]) -> JSON:
    cpu, deliveries, delays = 0.0, 0, []
    for turn in turns:
        cpu, deliveries = cpu + turn[0], deliveries + turn[1]
        delays += turn[2]
    delays.sort()
    at: Callable[[float], float] = lambda share: round(delays[min(len(delays) - 1, int(share * len(delays)))], 1)  # noqa: E731
    return {
        "changes": len(delays),
        "deliveries": deliveries,
        "cpu_us": round(1e6 * cpu / deliveries, 1),
        "p50_ms": at(0.5),
        "p95_ms": at(0.95),
        "p99_ms": at(0.99),
    }


def ratio(echo: JSON, product: JSON) -> JSON:
    return {key: round(product[key] / echo[key], 2) for key in ("cpu_us", "p50_ms", "p95_ms", "p99_ms")}


def table(figures: JSON) -> str:
    lines = [f"{'':28}{'changes':>9}{'seen':>9}{'CPU us':>9}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}"]
    names = {"burst": "30 at once", "crowd": "64 in 5 groups", "volley": "30 in the same instant"}
    for load, rows in figures.items():
        kind, what = load.split()
        lines.append(f"{names[kind]}, {'votes' if what == 'vote' else 'proposals'}")
        for name, row in rows.items():
            counted = [f"{row[key]:>9,}" if key in row else f"{'':9}" for key in ("changes", "deliveries")]
            measured = [
                f"{row[key]:>9.2f}" if name == "ratio" else f"{row[key]:>9.1f}"
                for key in ("cpu_us", "p50_ms", "p95_ms", "p99_ms")
            ]
            lines.append(f"  {name:26}{''.join(counted + measured)}")
    return "\n".join(lines)


def pin(pid: int, core: int) -> None:
    if len(CORES) > 1:
        os.sched_setaffinity(pid, {CORES[core]})


def _spy(product: Under) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        ["py-spy", "record", "-p", str(product.process.pid), "-f", "raw", "-r", "400", "-o", "fanout.txt", "-d", "600"]
    )


if __name__ == "__main__":
    main()
