"""What one page knows of one room, and an account of how it came to know it. Pure: answers and frames in."""

from __future__ import annotations

from typing import Any, Literal

from . import mirror

JSON = dict[str, Any]


def order(seq: int, known: int) -> Literal["stale", "next", "gap"]:
    """Where an event with `seq` stands for a page that knows the room up to `known`."""
    return "stale" if seq <= known else "next" if seq == known + 1 else "gap"


class Ledger:
    """The state of a room as a page has it, and every sequence number that went into it."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.kind = room.partition(":")[0]
        self.state: JSON = {}
        self.me: JSON = {}
        self.seq: int | None = None
        #: where the first snapshot stood; numbers after it have to be accounted for
        self.start = 0
        #: (seq, name) of every event that was applied
        self.applied: list[tuple[int, str]] = []
        #: (first, last) of what later snapshots stood for
        self.covered: list[tuple[int, int]] = []
        self._early: list[JSON] = []

    def take_answer(self, answer: JSON) -> list[JSON]:
        """The answer to `watch`. Returns the events that it brought."""
        applied: list[JSON] = []
        if "events" in answer:
            applied = self._take(answer["events"])[0]
        elif self.seq is None or answer["seq"] > self.seq:
            if self.seq is None:
                self.start = answer["seq"]
            else:
                self.covered.append((self.seq + 1, answer["seq"]))
            self.state, self.seq = answer["snapshot"], answer["seq"]
        self.me = answer["me"]
        early, self._early = self._early, []
        for frame in early:
            applied += self._take(frame["events"])[0]
        return applied

    def take_frame(self, frame: JSON) -> tuple[list[JSON], bool]:
        """A frame of events. Returns those that were news, and whether some before them are missing."""
        if self.seq is None:
            self._early.append(frame)  # the answer to our `watch` is on its way
            return [], False
        return self._take(frame["events"])

    def missing_and_doubled(self, last: int) -> tuple[int, int]:
        """How many numbers from the first snapshot to `last` were never, and how many more than once, accounted for."""
        seen = [seq for seq, _ in self.applied]
        for first, end in self.covered:
            seen += range(first, end + 1)
        expected = range(self.start + 1, last + 1)
        return len(set(expected) - set(seen)), len(seen) - len(set(seen))

    def _take(self, events: list[JSON]) -> tuple[list[JSON], bool]:
        applied: list[JSON] = []
        for event in events:
            assert self.seq is not None
            match order(event["seq"], self.seq):
                case "stale":
                    continue
                case "gap":
                    return applied, True
            mirror.apply(self.kind, self.state, event)
            self.seq = event["seq"]
            self.applied.append((event["seq"], event["name"]))
            applied.append(event)
        return applied, False
