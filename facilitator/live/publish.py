"""The one seam between what happened and who hears of it: `publish(room, events)`.

Per room, what comes first goes out at once; what follows within 30 ms leaves together as one frame. A frame is encoded
once for all of its receivers, and once more without names where a projector watches.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from ..domain.events import JSON, for_screen

GATHER_SECONDS = 0.03
PATIENCE = 5
"""How many times what came too early waits for what was committed before it."""


def channel(room: str, screen: bool = False) -> str:
    """The Socket.IO room in which a room's frames travel."""
    return room + "~screen" if screen else room


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
        #: room -> what has come since its last frame, while that is being gathered
        self._gathering: dict[str, list[JSON]] = {}
        self._lock = threading.Lock()
        #: room -> the last sequence number that left this process
        self.sent: dict[str, int] = {}

    def publish(self, room: str, events: list[JSON]) -> None:
        """Send `events` (already committed) to everybody who watches `room`."""
        events = sorted(events, key=_seq)
        with self._lock:
            gathering = self._gathering.get(room)
            if gathering is not None:
                gathering.extend(events)
                return
            early = room in self.sent and events[0]["seq"] > self.sent[room] + 1
            self._gathering[room] = events if early else []
        if not early:
            self._send(room, events)
        self._start(self._gather, room)

    def _gather(self, room: str) -> None:
        patience = PATIENCE
        while True:
            self._sleep(GATHER_SECONDS)
            with self._lock:
                events = sorted(self._gathering[room], key=_seq)
                if not events:
                    del self._gathering[room]
                    return
                # Two threads may have committed 6 and 7 and come here as 7 and 6: 7 waits a little. Where 6 happened in
                # another process it never comes; clients notice that, and ask.
                ready = _follow(self.sent.get(room), events) if patience else events
                patience = patience - 1 if len(ready) < len(events) else PATIENCE
                self._gathering[room] = events[len(ready) :]
            self._send(room, ready)

    def _send(self, room: str, events: list[JSON]) -> None:
        for run in _runs(events):
            frame = {"room": room, "from": run[0]["seq"] - 1, "to": run[-1]["seq"], "events": run}
            self.sent[room] = max(self.sent.get(room, 0), frame["to"])
            self._emit("events", frame, channel(room))
            self._emit("events", for_screen(frame), channel(room, screen=True))


def _seq(event: JSON) -> int:
    return int(event["seq"])


def _follow(sent: int | None, events: list[JSON]) -> list[JSON]:
    """Those at the head of `events` that follow what was sent without a gap; all, where nobody was told of any."""
    if sent is None:
        return events
    count = 0
    for event in events:
        if event["seq"] > sent + 1:
            break
        sent = max(sent, event["seq"])
        count += 1
    return events[:count]


def _runs(events: list[JSON]) -> list[list[JSON]]:
    runs: list[list[JSON]] = []
    for event in events:
        if runs and event["seq"] == runs[-1][-1]["seq"] + 1:
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs
