"""Approval: agree (1), pass (0) or disagree (-1) on each item; no budget. The score is agree minus disagree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from ..refusals import Refused
from .model import Answers, Mine, Number, balance, one_each
from .rules import BallotRules

AGREE, PASS, DISAGREE = 1, 0, -1
NAMES = {AGREE: "agree", PASS: "pass", DISAGREE: "disagree"}
SHARES: Literal["ballot", "item"] = "item"


def check(rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None) -> None:
    if value not in NAMES:
        raise Refused("bad_vote", allowed="1, 0, -1")


def left(rules: BallotRules, mine: Mine) -> None:
    return None


def is_kept(value: int) -> bool:
    return True


def join(rules: BallotRules, values: Sequence[int]) -> int:
    """Who agrees to any part agrees; else who disagrees with any, disagrees."""
    return AGREE if AGREE in values else DISAGREE if DISAGREE in values else PASS


def shares(
    rules: BallotRules, items: Sequence[str], cast: Mapping[str, Mine]
) -> dict[str, dict[str, dict[str, Number]]]:
    return one_each(NAMES, items, cast)


def besides(items: Sequence[str], cast: Mapping[str, Mine]) -> dict[str, dict[str, Any]]:
    return {}


def key(totals: Mapping[str, Number]) -> Number:
    return totals.get("agree", 0) - totals.get("disagree", 0)


score = key


def tally(rules: BallotRules, totals: Mapping[str, Number]) -> dict[str, Any]:
    return {name: totals.get(name, 0) for name in ("agree", "disagree", "pass")}


def swing(rules: BallotRules, items: int, totals: Mapping[str, Number]) -> int:
    """From disagreeing to agreeing."""
    return 2


def spread(rules: BallotRules, items: int, answers: Sequence[Answers]) -> dict[str, float | None]:
    """Divided is how evenly those with an opinion stand against each other, times their share of the voters."""
    values = [answer[""] for answer in answers]
    agree, disagree = values.count(AGREE), values.count(DISAGREE)
    opinions = agree + disagree
    return {
        "spread": None,
        "divided": balance(agree, disagree) * opinions / len(values) if values else 0.0,
        "dissent": disagree / opinions if opinions else 0.0,
    }


def approves(rules: BallotRules, items: int, answers: Answers) -> bool:
    return answers[""] == AGREE
