"""What everybody at a rehearsal sent, had acknowledged, and saw, with the moment: the material of the audit."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

JSON = dict[str, Any]
TIMED = frozenset({"proposal.posted", "vote.cast"})
"""What people do while others watch: from sending it to the last member of the group seeing it is what is measured."""


@dataclass(frozen=True)
class Acknowledged:
    """A command that the server has said it did."""

    actor: str
    id: str
    room: str
    name: str
    args: JSON
    seq: int


@dataclass
class Tape:
    acknowledged: list[Acknowledged] = field(default_factory=list)
    #: ids of the commands that were sent, answered or not
    sent: set[str] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)
    deliveries: int = 0
    cuts: int = 0
    reconnections: int = 0
    _sent_at: dict[tuple[str, int], float] = field(default_factory=dict)
    _seen_at: dict[tuple[str, int], list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def note_sent(self, room: str, seq: int, at: float) -> None:
        """The command that became event `seq` was sent at `at` (monotonic seconds), once."""
        self._sent_at[room, seq] = at

    def note_seen(self, room: str, event: JSON, at: float, watching_since: float) -> None:
        """A page that has been watching without a break `since` then has seen an event."""
        self.deliveries += 1
        if event["name"] in TIMED:
            self._seen_at[room, event["seq"]].append((at, watching_since))

    def latencies_ms(self) -> list[float]:
        """From sending to the last member seeing, in ms, sorted. Whoever was cut off meanwhile does not count."""
        delays = []
        for key, sent in self._sent_at.items():
            seen = [at for at, since in self._seen_at.get(key, ()) if since < sent]
            if seen:
                delays.append(1000 * (max(seen) - sent))
        return sorted(delays)


def percentile(ordered: list[float], percent: float) -> float | None:
    """The nearest-rank percentile of sorted values, to a tenth; None of nothing."""
    if not ordered:
        return None
    rank = max(1, -(-len(ordered) * percent // 100))
    return round(ordered[int(rank) - 1], 1)
