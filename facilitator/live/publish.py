"""The one seam between what happened and who hears of it: `publish(room, events)`.

Per room, what comes first goes out at once; what follows within 30 ms leaves together as one frame. A frame is encoded
once for all of its receivers, and once more without names where a projector watches.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ..domain.events import JSON, for_screen

GATHER_SECONDS = 0.03


def channel(room: str, screen: bool = False) -> str:
    """The Socket.IO room in which a room's frames travel."""
    return room + "~screen" if screen else room


@dataclass
class _Waiting:
    events: list[JSON] = field(default_factory=list)


class Publisher:
    """Sends the events of rooms as frames `{room, from, to, events}`.

    `emit(message, data, channel)` sends to everybody in a channel; `start(function)` runs it in the background and
    `sleep(seconds)` waits, in whatever way the server's async mode does.
    """

    def __init__(
        self,
        emit: Callable[[str, JSON, str], None],
        start: Callable[..., Any],
        sleep: Callable[[float], None],
    ) -> None:
        self._emit, self._start, self._sleep = emit, start, sleep
        self._gathering: dict[str, _Waiting] = {}
        self._lock = threading.Lock()
        #: room -> the last sequence number that left this process
        self.sent: dict[str, int] = {}

    def publish(self, room: str, events: list[JSON]) -> None:
        """Send `events` (already committed, in order) to everybody who watches `room`."""
        with self._lock:
            waiting = self._gathering.get(room)
            if waiting is not None:
                waiting.events.extend(events)
                return
            self._gathering[room] = _Waiting()
        self._send(room, events)
        self._start(self._gather, room)

    def _gather(self, room: str) -> None:
        while True:
            self._sleep(GATHER_SECONDS)
            with self._lock:
                events = self._gathering[room].events
                if not events:
                    del self._gathering[room]
                    return
                self._gathering[room] = _Waiting()
            self._send(room, events)

    def _send(self, room: str, events: list[JSON]) -> None:
        # Two threads may have committed 6 and 7 and come here as 7 and 6. A frame holds a run without a gap; what is
        # still missing then, clients notice and ask for.
        for run in _runs(sorted(events, key=lambda event: event["seq"])):
            frame = {"room": room, "from": run[0]["seq"] - 1, "to": run[-1]["seq"], "events": run}
            self.sent[room] = max(self.sent.get(room, 0), frame["to"])
            self._emit("events", frame, channel(room))
            self._emit("events", for_screen(frame), channel(room, screen=True))


def _runs(events: list[JSON]) -> list[list[JSON]]:
    runs: list[list[JSON]] = []
    for event in events:
        if runs and event["seq"] == runs[-1][-1]["seq"] + 1:
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs
