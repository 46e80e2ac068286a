"""How a rehearsal went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

KEYS = (
    *("people", "proposals", "votes", "conclusions", "commands", "deliveries"),
    *("lost", "doubled", "p50_ms", "p95_ms", "p99_ms", "outcome"),
)


@dataclass(frozen=True)
class Report:
    """Counts of what the synthetic people of this rehearsal did, as read back from the database.

    `votes` are stored votes (one person's value on one proposal), `commands` acknowledged commands, `deliveries` events
    that a page saw. The delays run from sending a proposal or a first vote to the last connected member of the group
    seeing it; None if nobody did either.
    """

    people: int
    proposals: int
    votes: int
    conclusions: int
    commands: int
    deliveries: int
    lost: int
    doubled: int
    p50_ms: float | None
    p95_ms: float | None
    p99_ms: float | None
    outcome: str
    seconds: float
    pages: int
    cuts: int
    reconnections: int
    refused: dict[str, int]
    findings: list[str]
    off: list[str]

    @property
    def ok(self) -> bool:
        return not (self.lost or self.doubled or self.off)

    def to_json(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in KEYS}

    def summary(self) -> str:
        refused = ", ".join(f"{code} {count}" for code, count in sorted(self.refused.items()))
        lines = [
            f"{self.people} people played the agenda in {self.seconds:.0f} s: {self.proposals:,} proposals, "
            f"{self.votes:,} votes, {self.conclusions:,} conclusions.",
            f"{self.commands:,} commands acknowledged; {self.deliveries:,} events seen, without a gap on "
            f"{self.pages:,} pages; {self.cuts} connections cut, {self.reconnections} made again.",
            *([f"Refused: {refused}."] if refused else []),
            f"From sending to the last of the group seeing it: p50 {_ms(self.p50_ms)}, p95 {_ms(self.p95_ms)}, "
            f"p99 {_ms(self.p99_ms)}.",
            f"Lost: {self.lost}. Doubled: {self.doubled}. "
            + ("The recount adds up." if not self.off else f"The recount finds {len(self.off)} things off:"),
            *self.off,
            *self.findings,
            f"Outcome: {self.outcome}",
        ]
        return "\n".join(lines)


def _ms(value: float | None) -> str:
    return "–" if value is None else f"{value:g} ms"
