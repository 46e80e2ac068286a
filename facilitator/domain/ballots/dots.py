"""Dots: everybody spreads a budget over the proposals, at most `cap` on one. A value is the dots on one proposal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..refusals import Refused

if TYPE_CHECKING:
    from . import BallotRules


def check(rules: BallotRules, mine: Mapping[str, int], proposal: str, value: int) -> None:
    budget, cap = rules.budget or 0, rules.cap or rules.budget or 0
    before = mine.get(proposal, 0)
    if value < 0:
        raise Refused("bad_vote", allowed=f"0–{cap}")
    if value <= before:
        return  # taking dots back is always possible, whatever the settings are by now
    if value > cap:
        raise Refused("over_cap", cap=cap)
    spent_elsewhere = sum(mine.values()) - before
    if spent_elsewhere + value > budget:
        raise Refused("no_dots_left", left=max(0, budget - sum(mine.values())), budget=budget)


def left(rules: BallotRules, mine: Mapping[str, int]) -> int:
    return max(0, (rules.budget or 0) - sum(mine.values()))


def tally(values: Iterable[int]) -> dict[str, int]:
    cast = [value for value in values if value > 0]
    return {"dots": sum(cast), "voters": len(cast)}


def score(tally: Mapping[str, int]) -> int:
    return tally["dots"]
