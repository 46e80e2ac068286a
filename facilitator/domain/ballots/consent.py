"""Consent: agree (3), agree with a reservation (2), stand aside (1), object (0, with a reason).

A proposal passes when nobody objects, as in sociocracy (Endenburg, *Sociocracy: the organization of decision-making*,
1988). Items are ordered by fewest objections, then fewest who stand aside, fewest reservations, most who agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..refusals import Refused
from .model import Answers, Mine, Number, balance, one_each
from .rules import BallotRules

AGREE, RESERVATION, ASIDE, OBJECT = 3, 2, 1, 0
NAMES = {AGREE: "agree", RESERVATION: "reservation", ASIDE: "aside", OBJECT: "object"}
SHARES: Literal["ballot", "item"] = "item"


def check(rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None) -> None:
    if value not in NAMES:
        raise Refused("bad_vote", allowed="3, 2, 1, 0")
    if value == OBJECT and not (reason or "").strip():
        raise Refused("objection_needs_reason")


def left(rules: BallotRules, mine: Mine) -> None:
    return None


def is_kept(value: int) -> bool:
    return True


def join(rules: BallotRules, values: Sequence[int]) -> int:
    """An objection to a part is an objection to the whole."""
    return min(values)


def shares(
    rules: BallotRules, items: Sequence[str], cast: Mapping[str, Mine]
) -> dict[str, dict[str, dict[str, Number]]]:
    return one_each(NAMES, items, cast)


def besides(items: Sequence[str], cast: Mapping[str, Mine]) -> dict[str, dict[str, Any]]:
    return {}


def key(totals: Mapping[str, Number]) -> tuple[Number, ...]:
    return (
        -totals.get("object", 0),
        -totals.get("aside", 0),
        -totals.get("reservation", 0),
        totals.get("agree", 0),
    )


def score(totals: Mapping[str, Number]) -> Number:
    """Those who agree, with or without a reservation, less those who object. Places go by `key`."""
    return totals.get("agree", 0) + totals.get("reservation", 0) - totals.get("object", 0)


def tally(rules: BallotRules, totals: Mapping[str, Number]) -> dict[str, Any]:
    counts: dict[str, Any] = {name: totals.get(name, 0) for name in NAMES.values()}
    return counts | {"passed": not counts["object"] and any(counts.values())}


def swing(rules: BallotRules, items: int, totals: Mapping[str, Number]) -> None:
    """One person decides a consent; places say little."""


def spread(rules: BallotRules, items: int, answers: Sequence[Answers]) -> dict[str, float | None]:
    values = [answer[""] for answer in answers]
    apart = values.count(OBJECT) + values.count(ASIDE)
    return {
        "spread": None,
        "divided": balance(len(values) - apart, apart),
        "dissent": apart / len(values) if values else 0.0,
    }


def approves(rules: BallotRules, items: int, answers: Answers) -> bool:
    return answers[""] in (AGREE, RESERVATION)
