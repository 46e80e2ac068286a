"""Who is here: volatile, counted in memory, never stored and never numbered."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from ..domain.events import JSON
from .publish import channel

PAUSE_SECONDS = 0.25


class Presence:
    """Counts the windows of people a room, and tells the room at most four times a second."""

    def __init__(
        self, emit: Callable[[str, JSON, str], None], start: Callable[..., Any], sleep: Callable[[float], None]
    ) -> None:
        self._emit, self._start, self._sleep = emit, start, sleep
        self._rooms: dict[str, Counter[str]] = {}
        self._due: set[str] = set()
        self._lock = threading.Lock()

    def enter(self, room: str, person: str) -> None:
        with self._lock:
            self._rooms.setdefault(room, Counter())[person] += 1
        self._tell_soon(room)

    def leave(self, room: str, person: str) -> None:
        with self._lock:
            here = self._rooms.get(room)
            if here is None:
                return
            here[person] -= 1
            if here[person] <= 0:
                del here[person]
            if not here:
                del self._rooms[room]
        self._tell_soon(room)

    def card(self, room: str) -> JSON:
        with self._lock:
            people = sorted(self._rooms.get(room, ()))
        return {"room": room, "people": people, "count": len(people)}

    def _tell_soon(self, room: str) -> None:
        with self._lock:
            if room in self._due:
                return
            self._due.add(room)
        self._start(self._tell, room)

    def _tell(self, room: str) -> None:
        self._sleep(PAUSE_SECONDS)
        with self._lock:
            self._due.discard(room)
        card = self.card(room)
        self._emit("presence", card, channel(room))
        self._emit("presence", {"room": room, "count": card["count"]}, channel(room, screen=True))
