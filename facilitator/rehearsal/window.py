"""One synthetic person's page: a socket that comes back, commands that are sent until they are acknowledged, rooms that
are followed without a gap."""

from __future__ import annotations

import asyncio
import contextlib
import random
import socket as sockets
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import socketio
from socketio.exceptions import BadNamespaceError
from socketio.exceptions import ConnectionError as NotConnected

from .house import PATIENCE_SECONDS, House, RehearsalError, Unanswered
from .ledger import JSON, Ledger
from .tape import Acknowledged, Tape

LATER = frozenset({"too_fast", "internal", "storage_busy"})
"""Refusals that mean: not now, and nothing was done."""
FOR_GOOD = frozenset({"not_signed_in", "link_expired", "not_yours"})
MOST_MESSAGES, MOST_SECONDS = 26, 3.0
"""So many messages in so much time: below the server's limit of 10 a second, in bursts as people make them."""
ANSWER_SECONDS = 10.0
SILENCE_SECONDS = 12.0


class Answered(Exception):
    """The server said no."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class Followed:
    """A room that the page watches. `since`: watched without a break since that moment (monotonic)."""

    ledger: Ledger
    since: float = 0.0
    asking: bool = False
    ask_again: bool = False
    heard: asyncio.Event = field(default_factory=asyncio.Event)


class Window:
    def __init__(
        self, house: House, browser: aiohttp.ClientSession, person: str, name: str, tape: Tape, chance: random.Random
    ) -> None:
        self.house, self.browser, self.person, self.name = house, browser, person, name
        self.tape, self.chance = tape, chance
        self.rooms: dict[str, Followed] = {}
        self._online = asyncio.Event()
        self._gone = asyncio.Event()
        self._socket: Any = None
        self._asked: set[asyncio.Future[Any]] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._turns: deque[float] = deque(maxlen=MOST_MESSAGES)
        self._last_heard = 0.0
        self._failure: RehearsalError | None = None
        self._closing = False
        self._away_until = 0.0

    # --- what a person does with it -----------------------------------------------------------------------------

    async def open(self, *rooms: str) -> None:
        """Connect, stay connected, and follow `rooms`."""
        self.rooms |= {room: Followed(Ledger(room)) for room in rooms}
        self._start(self._stay())
        self._start(self._notice_silence())
        await self.require_online(time.monotonic() + PATIENCE_SECONDS)

    async def close(self) -> None:
        self._closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self._socket.disconnect(), 2)

    async def follow(self, room: str) -> Ledger:
        """Watch one more room."""
        followed = self.rooms.setdefault(room, Followed(Ledger(room)))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while followed.ledger.seq is None:
            await self.require_online(deadline)
            with contextlib.suppress(Unanswered):
                await self._watch(followed)
        return followed.ledger

    async def leave(self, room: str) -> None:
        """Watch a room no longer."""
        self.rooms.pop(room, None)
        with contextlib.suppress(Unanswered):
            await self._ask("unwatch", {"room": room})

    async def until(self, room: str, is_so: Callable[[JSON], bool]) -> bool:
        """Wait until the page shows that it is so. False if it does not within a minute."""
        followed = self.rooms[room]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_so(followed.ledger.state):
            if self._failure:
                raise self._failure
            followed.heard.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(followed.heard.wait(), 1)
            if time.monotonic() > deadline:
                return False
        return True

    async def command(
        self, room: str, name: str, args: JSON, *, timed: bool = False, cut_for: float | None = None
    ) -> JSON:
        """Send a command until it is acknowledged, always with the same id.

        Args:
            timed: it makes one event; note when it was sent.
            cut_for: break the connection right after sending it, for so many seconds.

        Raises:
            Answered: the server said no.
        """
        id = str(uuid.uuid4())
        message: JSON = {"id": id, "room": room, "name": name, "args": args}
        self.tape.sent.add(id)
        deadline = time.monotonic() + PATIENCE_SECONDS
        attempts = 0
        while True:
            await self.require_online(deadline, name)
            await self._wait_for_turn()
            attempts += 1
            sent_at = time.monotonic()
            reply = await self._sent(message, cut_for if attempts == 1 else None)
            if reply is not None and reply["ok"]:
                self.tape.acknowledged.append(Acknowledged(self.person, id, room, name, args, reply["seq"]))
                if timed and attempts == 1:
                    self.tape.note_sent(room, reply["seq"], sent_at)
                return reply
            if reply is not None and reply["error"]["code"] not in LATER:
                self.tape.refused[reply["error"]["code"]] += 1
                raise Answered(reply["error"]["code"], reply["error"]["message"])
            if time.monotonic() > deadline:
                raise self._gave_up(name)
            await asyncio.sleep(self.chance.uniform(0.1, 0.4))

    def cut(self) -> None:
        """Break the connection the way a lift or a tunnel does: nobody says goodbye."""
        if self._socket is None or self._socket.eio.ws is None:
            return
        self.tape.cuts += 1
        raw = self._socket.eio.ws.get_extra_info("socket")
        if raw is not None:
            with contextlib.suppress(OSError):
                raw.shutdown(sockets.SHUT_RDWR)

    async def require_online(self, deadline: float, what: str = "connecting") -> None:
        """Wait for the connection. Raises RehearsalError if there is none before `deadline`."""
        while not self._online.is_set():
            if self._failure:
                raise self._failure
            if time.monotonic() > deadline:
                raise self._gave_up(what)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._online.wait(), 1)

    # --- the connection -----------------------------------------------------------------------------------------

    async def _stay(self) -> None:
        try:
            while not self._closing:
                await self._connect()
                self._online.set()
                await self._gone.wait()
                self.tape.reconnections += 1
                await asyncio.sleep(max(0.0, self._away_until - time.monotonic()))
        except RehearsalError as error:
            self._failure = error

    async def _connect(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        pause = 0.2
        while True:
            try:
                await self._try_to_connect()
                for followed in list(self.rooms.values()):
                    await self._watch(followed)
                return
            except (NotConnected, Unanswered, aiohttp.ClientError, TimeoutError, OSError) as error:
                if time.monotonic() > deadline:
                    raise self._gave_up(f"connecting ({error})" if str(error) else "connecting") from None
                await asyncio.sleep(pause * self.chance.uniform(0.5, 1.5))
                pause = min(2.0, 2 * pause)

    async def _try_to_connect(self) -> None:
        refused: list[Any] = []
        socket = socketio.AsyncClient(reconnection=False, handle_sigint=False, http_session=self.browser)
        socket.on("events", self._on_events)
        socket.on("beat", self._on_beat)
        socket.on("me", self._on_me)
        socket.on("goodbye", self._on_goodbye)
        socket.on("connect_error", refused.append)
        socket.on("disconnect", lambda *reason: self._on_disconnect(socket))
        for message in ("presence", "*"):
            socket.on(message, self._on_anything)
        self._socket = socket
        self._gone.clear()
        self._last_heard = time.monotonic()
        try:
            await socket.connect(
                self.house.url, auth={"as": self.person}, transports=["websocket"], wait_timeout=ANSWER_SECONDS
            )
        except (NotConnected, ValueError):
            code = refused[0].get("data", {}).get("code") if refused and isinstance(refused[0], dict) else None
            if code in FOR_GOOD:
                raise RehearsalError(
                    f"The server at {self.house.url} does not let {self.name} in: {refused[0].get('message')}"
                ) from None
            raise Unanswered("the socket was not accepted") from None
        if self._gone.is_set():
            raise Unanswered("the socket was closed")

    def _on_disconnect(self, socket: Any) -> None:
        if socket is not self._socket:
            return
        self._online.clear()
        self._gone.set()
        for future in self._asked:
            if not future.done():
                future.set_exception(Unanswered("the connection broke"))

    def _on_goodbye(self, said: JSON) -> None:
        if said["code"] in FOR_GOOD:
            self._failure = RehearsalError(f"The server closed the page of {self.name}: {said['message']}")

    async def _notice_silence(self) -> None:
        while True:
            await asyncio.sleep(SILENCE_SECONDS / 4)
            if self._online.is_set() and time.monotonic() - self._last_heard > SILENCE_SECONDS:
                self.cut()

    # --- what comes in ------------------------------------------------------------------------------------------

    def _on_events(self, frame: JSON) -> None:
        now = self._last_heard = time.monotonic()
        followed = self.rooms.get(frame["room"])
        if followed is None:
            return
        news, missing = followed.ledger.take_frame(frame)
        self._note(followed, news, now)
        if missing or any(event.get("me") for event in news):
            self._ask_soon(followed, 0.0 if missing else self.chance.uniform(0, 0.3))

    def _on_beat(self, beat: JSON) -> None:
        self._last_heard = time.monotonic()
        for room, seq in beat["rooms"].items():
            followed = self.rooms.get(room)
            if followed is not None and followed.ledger.seq is not None and seq > followed.ledger.seq:
                self._ask_soon(followed, 0.3)  # a frame may be on its way

    def _on_me(self, message: JSON) -> None:
        followed = self.rooms.get(message["room"])
        if followed is not None:
            followed.ledger.me = message["me"]

    def _on_anything(self, *message: Any) -> None:
        self._last_heard = time.monotonic()

    def _note(self, followed: Followed, news: list[JSON], now: float) -> None:
        for event in news:
            self.tape.note_seen(followed.ledger.room, event, now, followed.since)
        followed.heard.set()

    def _ask_soon(self, followed: Followed, after: float) -> None:
        if followed.asking:
            followed.ask_again = True
            return
        followed.asking = True
        self._start(self._catch_up(followed, after))

    async def _catch_up(self, followed: Followed, after: float) -> None:
        await asyncio.sleep(after)
        try:
            while True:
                followed.ask_again = False
                if self.rooms.get(followed.ledger.room) is followed:
                    await self._watch(followed)
                if not followed.ask_again:
                    return
        except Unanswered:
            pass  # whoever reconnects asks for everything
        finally:
            followed.asking = False

    # --- asking -------------------------------------------------------------------------------------------------

    async def _watch(self, followed: Followed) -> None:
        """Ask for a room from where we are. Raises Unanswered."""
        while True:
            await self._wait_for_turn()
            message: JSON = {"room": followed.ledger.room}
            if followed.ledger.seq is not None:
                message["since"] = followed.ledger.seq
            was_online = self._online.is_set()
            answer = await self._ask("watch", message)
            if answer["ok"]:
                break
            if answer["error"]["code"] not in LATER:
                raise RehearsalError(f"{self.name} may not watch {message['room']}: {answer['error']['message']}")
            await asyncio.sleep(self.chance.uniform(0.1, 0.4))
        now = time.monotonic()
        if not was_online or not followed.since:
            followed.since = now
        self._note(followed, followed.ledger.take_answer(answer), now)

    async def _sent(self, message: JSON, cut_for: float | None) -> JSON | None:
        if cut_for is not None:
            self._away_until = time.monotonic() + cut_for
            asyncio.get_running_loop().call_later(self.chance.uniform(0, 0.01), self.cut)
        try:
            return await self._ask("command", message)
        except Unanswered:
            return None

    async def _ask(self, message: str, data: JSON) -> JSON:
        future: asyncio.Future[JSON] = asyncio.get_running_loop().create_future()
        self._asked.add(future)

        def answered(*answer: JSON) -> None:
            self._last_heard = time.monotonic()
            if not future.done():
                future.set_result(answer[0])

        try:
            await self._socket.emit(message, data, callback=answered)
            return await asyncio.wait_for(future, ANSWER_SECONDS)
        except (TimeoutError, BadNamespaceError):
            raise Unanswered(message) from None
        finally:
            self._asked.discard(future)

    async def _wait_for_turn(self) -> None:
        """At most so many messages a second: a person has two hands."""
        now = time.monotonic()
        full = len(self._turns) == MOST_MESSAGES
        turn = max(now, self._turns[0] + MOST_SECONDS) if full else now
        self._turns.append(turn)
        if turn > now:
            await asyncio.sleep(turn - now)

    def _start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._failure = error if isinstance(error, RehearsalError) else RehearsalError(f"{self.name}: {error!r}")

    def _gave_up(self, what: str) -> RehearsalError:
        return RehearsalError(
            f"The server at {self.house.url} did not answer {self.name} for {PATIENCE_SECONDS:.0f} seconds ({what}). "
            "See its log, and whether it still runs."
        )
