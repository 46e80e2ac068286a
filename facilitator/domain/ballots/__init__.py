"""One ballot engine: check -> tally -> ranks. Pure; a kind of ballot is one small file beside this one.

A vote is `(voter, proposal, value)`, at most one a voter and proposal. What a value means is the kind's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from ..refusals import Refused
from . import approval, dots

FEW_VOTERS = 4
"""Below this, a secret ballot may be guessed from its result; pages say so."""


@dataclass(frozen=True)
class BallotRules:
    """How a ballot is cast. `budget` and `cap` count dots; other kinds leave them at None."""

    kind: str
    budget: int | None = None
    cap: int | None = None

    def public(self) -> dict[str, Any]:
        return {"kind": self.kind, "budget": self.budget, "cap": self.cap}


class Kind(Protocol):
    def check(self, rules: BallotRules, mine: Mapping[str, int], proposal: str, value: int) -> None: ...
    def left(self, rules: BallotRules, mine: Mapping[str, int]) -> int | None: ...
    def tally(self, values: Iterable[int]) -> dict[str, int]: ...
    def score(self, tally: Mapping[str, int]) -> int: ...


KINDS: dict[str, Kind] = {"dots": dots, "approval": approval}


def check(rules: BallotRules, mine: Mapping[str, int], proposal: str, value: int) -> None:
    """May a voter whose votes are `mine` set `proposal` to `value`? Raises Refused with the reason if not."""
    _kind(rules).check(rules, mine, proposal, value)


def left(rules: BallotRules, mine: Mapping[str, int]) -> int | None:
    """What is left of the voter's budget, or None where the kind has no budget."""
    return _kind(rules).left(rules, mine)


def rank(rules: BallotRules, proposals: Iterable[str], votes: Iterable[tuple[str, str, int]]) -> list[dict[str, Any]]:
    """The ranked result, best first: `{"proposal", "rank", "tied", "score", **tally}` for each of `proposals`.

    Ties share a rank and are marked; the next rank leaves as many places free as there were ties (1, 2, 2, 4:
    standard competition ranking). Votes on anything that is not in `proposals` do not count. Within a tie the
    order is that of `proposals`, and means nothing.
    """
    kind = _kind(rules)
    values: dict[str, list[int]] = {p: [] for p in proposals}
    for _voter, proposal, value in votes:
        if proposal in values:
            values[proposal].append(value)
    rows: list[dict[str, Any]] = []
    for proposal, cast in values.items():
        tally = kind.tally(cast)
        rows.append({"proposal": proposal, "score": kind.score(tally), **tally})
    rows.sort(key=lambda row: -row["score"])
    scores = [row["score"] for row in rows]
    for row in rows:
        row["rank"] = scores.index(row["score"]) + 1
        row["tied"] = scores.count(row["score"]) > 1
    return rows


def _kind(rules: BallotRules) -> Kind:
    try:
        return KINDS[rules.kind]
    except KeyError:
        raise Refused("bad_message", why=f"unknown kind of ballot “{rules.kind}”") from None
