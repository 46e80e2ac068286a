"""Socket.IO by hand, over a bare websocket, so that a test can also say what no client library would."""

from __future__ import annotations

import json
import socket as sockets
import time
from collections import deque
from typing import Any

import websocket

from .patience import PATIENCE

JSON = dict[str, Any]


class Closed(Exception):
    """The server has closed the connection, or let nobody in."""

    def __init__(self, why: Any = None) -> None:
        super().__init__(why)
        self.why = why


def open_websocket(url: str, cookies: str = "", **options: Any) -> websocket.WebSocket:
    """A websocket with nothing said on it yet."""
    host = url.removeprefix("http://")
    options.setdefault("origin", url)
    return websocket.create_connection(
        f"ws://{host}/socket.io/?EIO=4&transport=websocket",
        cookie=cookies,
        timeout=PATIENCE,
        sockopt=[(sockets.IPPROTO_TCP, sockets.TCP_NODELAY, 1)],
        http_no_proxy=["*"],
        **options,
    )


class Wire:
    """One window: asks, and hears what the server says (`heard`, as (message, data) in order)."""

    def __init__(self, url: str, as_: Any, cookies: str = "", auth: Any = ..., **options: Any) -> None:
        self.ws = open_websocket(url, cookies, **options)
        self.heard: list[tuple[str, Any]] = []
        self._unread: deque[tuple[str, Any]] = deque()
        self._answers: dict[int, Any] = {}
        self._asked = 0
        assert self._receive(PATIENCE).startswith("0")
        self.ws.send("40" + json.dumps({"as": as_} if auth is ... else auth))
        end = time.monotonic() + PATIENCE
        while True:
            packet = self._receive(end - time.monotonic())
            if packet.startswith("40"):
                return
            if packet.startswith("44"):
                why = json.loads(packet[2:])
                self.close()
                raise Closed(why)

    def send(self, packet: str | bytes) -> None:
        """Say anything at all."""
        if isinstance(packet, bytes):
            self.ws.send_binary(packet)
        else:
            self.ws.send(packet)

    def asks(self, message: str, *data: Any, seconds: float = PATIENCE) -> Any:
        """Send a message and wait for its answer."""
        return self.answer(self.says(message, *data), seconds)

    def says(self, message: str, *data: Any) -> int:
        """Send a message; its answer will be in `answers` under the number that this returns."""
        self._asked += 1
        self.ws.send(f"42{self._asked}{json.dumps([message, *data])}")
        return self._asked

    def answer(self, number: int, seconds: float = PATIENCE) -> Any:
        end = time.monotonic() + seconds
        while number not in self._answers:
            self._hear(end - time.monotonic())
        return self._answers.pop(number)

    def watch(self, room: str, since: int | None = None) -> JSON:
        found: JSON = self.asks("watch", {"room": room, **({} if since is None else {"since": since})})
        return found

    def command(self, room: str, name: str, id: Any, **args: Any) -> JSON:
        found: JSON = self.asks("command", {"id": id, "room": room, "name": name, "args": args})
        return found

    def hears(self, message: str, seconds: float = PATIENCE) -> Any:
        """The next message of this name that has not been taken yet."""
        end = time.monotonic() + seconds
        while True:
            for at, (name, data) in enumerate(self._unread):
                if name == message:
                    del self._unread[at]
                    return data
            self._hear(end - time.monotonic())

    def listens(self, seconds: float) -> None:
        """Hear whatever comes for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                self._hear(left)
            except TimeoutError:
                return

    def events(self) -> list[JSON]:
        """All events heard so far, out of their frames."""
        return [event for name, data in self.heard if name == "events" for event in data["events"]]

    def is_closed_within(self, seconds: float) -> bool:
        end = time.monotonic() + seconds
        try:
            while (left := end - time.monotonic()) > 0:
                self._hear(left)
        except Closed:
            return True
        except TimeoutError:
            pass
        return False

    def close(self) -> None:
        self.ws.close(timeout=1)

    def _hear(self, seconds: float) -> None:
        packet = self._receive(seconds)
        if packet.startswith("41"):
            raise Closed("disconnected")
        if packet.startswith("43"):
            body = packet[2:]
            cut = body.index("[")
            self._answers[int(body[:cut])] = json.loads(body[cut:])[0]
        elif packet.startswith("42"):
            name, *data = json.loads(packet[2:])
            self.heard.append((name, data[0] if data else None))
            self._unread.append(self.heard[-1])

    def _receive(self, seconds: float) -> str:
        if seconds <= 0:
            raise TimeoutError("nothing was heard in time")
        self.ws.settimeout(seconds)
        try:
            packet = self.ws.recv()
        except websocket.WebSocketTimeoutException:
            raise TimeoutError("nothing was heard in time") from None
        except (websocket.WebSocketException, OSError) as error:
            raise Closed(str(error)) from None
        if packet == "2":
            self.ws.send("3")
        if packet in ("", "1"):
            raise Closed("closed")
        return packet if isinstance(packet, str) else packet.decode()
