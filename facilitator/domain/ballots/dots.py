"""Dots: everybody spreads a budget over the items, at most `cap` on one. A value is the dots on one item; with
`against`, dots below zero are placed against it, and count in the budget as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..refusals import Refused
from .model import Answers, Mine, Number, balance
from .rules import BallotRules

SHARES: Literal["ballot", "item"] = "ballot"


def check(rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None) -> None:
    budget, cap = rules.budget or 0, rules.cap or 0
    before = mine.get(item, {}).get("", 0)
    if value < 0 and not rules.against:
        raise Refused("bad_vote", allowed=f"0–{cap}")
    if abs(value) <= abs(before) and value * before >= 0:
        return  # taking dots back is always possible, whatever the settings are by now
    if abs(value) > cap:
        raise Refused("over_cap", cap=cap)
    spent = _spent(mine)
    if spent - abs(before) + abs(value) > budget:
        raise Refused("no_dots_left", left=max(0, budget - spent), budget=budget)


def left(rules: BallotRules, mine: Mine) -> int:
    return max(0, (rules.budget or 0) - _spent(mine))


def is_kept(value: int) -> bool:
    return value != 0


def join(rules: BallotRules, values: Sequence[int]) -> int:
    """Added, but no more than the cap allows on one item."""
    cap = rules.cap or 0
    return max(-cap, min(cap, sum(values)))


def shares(
    rules: BallotRules, items: Sequence[str], cast: Mapping[str, Mine]
) -> dict[str, dict[str, dict[str, Number]]]:
    found: dict[str, dict[str, dict[str, Number]]] = {item: {} for item in items}
    for voter, mine in cast.items():
        for item, answers in mine.items():
            value = answers[""]
            found[item][voter] = {"dots": max(0, value), "against": max(0, -value)}
    return found


def besides(items: Sequence[str], cast: Mapping[str, Mine]) -> dict[str, dict[str, Any]]:
    return {}


def key(totals: Mapping[str, Number]) -> Number:
    return totals.get("dots", 0) - totals.get("against", 0)


score = key


def tally(rules: BallotRules, totals: Mapping[str, Number]) -> dict[str, Any]:
    shown = {"dots": totals.get("dots", 0)}
    return shown | {"against": totals.get("against", 0)} if rules.against else shown


def swing(rules: BallotRules, items: int, totals: Mapping[str, Number]) -> int:
    """A voter can move all that one item may have of theirs; dots against turn it twice as far, if the budget
    allows."""
    cap, budget = rules.cap or 0, rules.budget or 0
    return min(2 * cap, budget) if rules.against else cap


def spread(rules: BallotRules, items: int, answers: Sequence[Answers]) -> dict[str, float | None]:
    given = sum(max(0, answer[""]) for answer in answers)
    against = sum(max(0, -answer[""]) for answer in answers)
    dissent = against / (given + against) if given + against else 0.0
    return {"spread": None, "divided": balance(given, against) if rules.against else 0.0, "dissent": dissent}


def approves(rules: BallotRules, items: int, answers: Answers) -> bool:
    return answers[""] > 0


def _spent(mine: Mine) -> int:
    return sum(abs(answers.get("", 0)) for answers in mine.values())
