"""Who is here: volatile, counted in memory, never stored and never numbered."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from ..domain.events import JSON
from .publish import channel

PAUSE_SECONDS = 0.25
PAUSE_EACH = 0.003
"""What the pause is at least, and how much of it a person adds: 300 people hear of each other once a second."""


class Presence:
    """Counts the windows of people a room, and tells the room who has come and gone, at most four times a second.

    Whoever comes is given everybody (`card`); the others hear what is new. Everybody to everybody, each time that
    somebody comes, would be the cube of how many they are.
    """

    def __init__(
        self, emit: Callable[[str, JSON, str], None], start: Callable[..., Any], sleep: Callable[[float], None]
    ) -> None:
        self._emit, self._start, self._sleep = emit, start, sleep
        self._rooms: dict[str, Counter[str]] = {}
        #: room -> those who have come or gone since the room was told
        self._untold: dict[str, set[str]] = {}
        self._lock = threading.Lock()

    def enter(self, room: str, person: str) -> None:
        with self._lock:
            self._rooms.setdefault(room, Counter())[person] += 1
        self._tell_soon(room, person)

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
        self._tell_soon(room, person)

    def card(self, room: str) -> JSON:
        with self._lock:
            people = sorted(self._rooms.get(room, ()))
        return {"room": room, "people": people, "count": len(people)}

    def _tell_soon(self, room: str, person: str) -> None:
        with self._lock:
            due = room in self._untold
            self._untold.setdefault(room, set()).add(person)
        if not due:
            self._start(self._tell, room)

    def _tell(self, room: str) -> None:
        self._sleep(max(PAUSE_SECONDS, PAUSE_EACH * len(self._rooms.get(room, ()))))
        with self._lock:
            moved = self._untold.pop(room)
            here = set(self._rooms.get(room, ()))
        # Somebody who came and went in between may be in a card that was given meanwhile: they are told as gone.
        news = {"came": sorted(moved & here), "left": sorted(moved - here)}
        self._emit("presence", {"room": room, **news, "count": len(here)}, channel(room))
        self._emit("presence", {"room": room, "count": len(here)}, channel(room, screen=True))
