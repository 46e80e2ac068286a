"""Approval: agree (1), pass (0) or disagree (-1) on each proposal; no budget. The score is agree minus disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..refusals import Refused

if TYPE_CHECKING:
    from . import BallotRules

AGREE, PASS, DISAGREE = 1, 0, -1


def check(rules: BallotRules, mine: Mapping[str, int], proposal: str, value: int) -> None:
    if value not in (AGREE, PASS, DISAGREE):
        raise Refused("bad_vote", allowed="1, 0, -1")


def left(rules: BallotRules, mine: Mapping[str, int]) -> None:
    return None


def tally(values: Iterable[int]) -> dict[str, int]:
    cast = list(values)
    agree, disagree = cast.count(AGREE), cast.count(DISAGREE)
    return {"agree": agree, "disagree": disagree, "pass": cast.count(PASS), "voters": len(cast)}


def score(tally: Mapping[str, int]) -> int:
    return tally["agree"] - tally["disagree"]
