"""Scale: a point from 1 upwards for each item, for each criterion where there are several; 0 is “no opinion”.

A person's word on an item is the mean of their opinions on it; the score is the mean of the people's words. Beside it
stand median and quartiles of each cell (item and criterion). Quartiles interpolate between the two nearest opinions:
type 7 of Hyndman and Fan, *Sample quantiles in statistical packages*, The American Statistician 50 (1996).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from statistics import pstdev
from typing import Any, Literal

from ..refusals import Refused
from .model import Answers, Mine, Number, rounded
from .rules import BallotRules

NO_OPINION = 0
SHARES: Literal["ballot", "item"] = "item"


def check(rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None) -> None:
    if not 0 <= value <= rules.points:
        raise Refused("bad_vote", allowed=f"0–{rules.points}")


def left(rules: BallotRules, mine: Mine) -> None:
    return None


def is_kept(value: int) -> bool:
    return True


def join(rules: BallotRules, values: Sequence[int]) -> int:
    """The median of the opinions, the lower one of two; none if there was none."""
    opinions = sorted(value for value in values if value != NO_OPINION)
    return opinions[(len(opinions) - 1) // 2] if opinions else NO_OPINION


def shares(
    rules: BallotRules, items: Sequence[str], cast: Mapping[str, Mine]
) -> dict[str, dict[str, dict[str, Number]]]:
    found: dict[str, dict[str, dict[str, Number]]] = {item: {} for item in items}
    for voter, mine in cast.items():
        for item, answers in mine.items():
            word = _word(answers)
            found[item][voter] = {} if word is None else {"sum": word, "opinions": 1}
    return found


def besides(items: Sequence[str], cast: Mapping[str, Mine]) -> dict[str, dict[str, Any]]:
    return {}


def key(totals: Mapping[str, Number]) -> Fraction | None:
    opinions = totals.get("opinions", 0)
    return Fraction(totals["sum"]) / Fraction(opinions) if opinions else None


score = key


def tally(rules: BallotRules, totals: Mapping[str, Number]) -> dict[str, Any]:
    return {"mean": key(totals), "opinions": totals.get("opinions", 0)}


def swing(rules: BallotRules, items: int, totals: Mapping[str, Number]) -> Fraction:
    """From one end of the scale to the other, among as many as have an opinion."""
    return Fraction(rules.points - 1) / Fraction(totals.get("opinions", 0) or 1)


def spread(rules: BallotRules, items: int, answers: Sequence[Answers]) -> dict[str, float | None]:
    """The distance between the quartiles; divided: the standard deviation, as a share of the largest that can be;
    dissent: the share of those below the middle of the scale."""
    words = [float(word) for word in (_word(answer) for answer in answers) if word is not None]
    if not words:
        return {"spread": None, "divided": 0.0, "dissent": 0.0}
    middle = (rules.points + 1) / 2
    return {
        "spread": quantile(words, 0.75) - quantile(words, 0.25),
        "divided": pstdev(words) / ((rules.points - 1) / 2),
        "dissent": sum(1 for word in words if word < middle) / len(words),
    }


def approves(rules: BallotRules, items: int, answers: Answers) -> bool:
    word = _word(answers)
    return word is not None and word > Fraction(rules.points + 1, 2)


def cell(rules: BallotRules, values: Sequence[int], versions: Sequence[int | None]) -> dict[str, Any]:
    """The figures of one item and criterion: `{n, no_opinion, mean, median, q1, q3, counts, pinned}`. `pinned` counts
    the opinions by the version of the guiding text that was on the screen."""
    opinions = sorted(value for value in values if value != NO_OPINION)
    pinned: dict[str, int] = {}
    for version in sorted(version for version in versions if version is not None):
        pinned[str(version)] = pinned.get(str(version), 0) + 1
    return {"no_opinion": len(values) - len(opinions), "pinned": pinned} | figures(
        [opinions.count(point) for point in range(1, rules.points + 1)]
    )


def figures(counts: Sequence[int]) -> dict[str, Any]:
    """`{n, mean, median, q1, q3, counts}` from how many chose each point."""
    opinions = [point for point, people in enumerate(counts, start=1) for _ in range(people)]
    if not opinions:
        return {"n": 0, "mean": None, "median": None, "q1": None, "q3": None, "counts": list(counts)}
    return {
        "n": len(opinions),
        "mean": rounded(Fraction(sum(opinions), len(opinions))),
        "median": rounded(quantile(opinions, 0.5)),
        "q1": rounded(quantile(opinions, 0.25)),
        "q3": rounded(quantile(opinions, 0.75)),
        "counts": list(counts),
    }


def quantile(values: Sequence[float], share: float) -> float:
    """Type 7 of Hyndman and Fan (1996): linear between the order statistics around (n - 1) · share."""
    ordered = sorted(values)
    at = (len(ordered) - 1) * share
    below = int(at)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (at - below)


def _word(answers: Answers) -> Fraction | None:
    opinions = [value for value in answers.values() if value != NO_OPINION]
    return Fraction(sum(opinions), len(opinions)) if opinions else None
