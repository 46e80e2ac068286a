"""Ranking: everybody puts the items in an order; those left out share what is left.

The score is Borda's: of n items the first gets n - 1 points, the last none, and those that somebody left out share
their remaining points equally (Borda, *Mémoire sur les élections au scrutin*, 1781). Beside it stands how many other
items each would beat in a duel; one that beats all others is the Condorcet winner (1785).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from statistics import pstdev
from typing import Any, Literal

from ..refusals import Refused
from .model import Answers, Mine, Number
from .rules import BallotRules

SHARES: Literal["ballot", "item"] = "ballot"
MOST_DUELS = 100


def check(rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None) -> None:
    raise Refused("rank_as_a_whole")


def check_order(order: Sequence[str], items: Collection[str]) -> None:
    """May somebody rank so? The order may leave items out. Raises `rank_twice` or `proposal_unknown`."""
    if len(set(order)) != len(order):
        raise Refused("rank_twice")
    if any(item not in items for item in order):
        raise Refused("proposal_unknown")


def left(rules: BallotRules, mine: Mine) -> None:
    return None


def is_kept(value: int) -> bool:
    return True


def join(rules: BallotRules, values: Sequence[int]) -> int:
    """The best place of any part."""
    return min(values)


def shares(
    rules: BallotRules, items: Sequence[str], cast: Mapping[str, Mine]
) -> dict[str, dict[str, dict[str, Number]]]:
    found: dict[str, dict[str, dict[str, Number]]] = {item: {} for item in items}
    places = {voter: _places(mine) for voter, mine in cast.items() if mine}
    n = len(items)
    for voter, mine in places.items():
        rest = Fraction(n - len(mine) - 1, 2)
        for item in items:
            place = mine.get(item)
            points: Number = rest if place is None else n - place
            found[item][voter] = {"points": points, "firsts": int(place == 1), "ranked": int(place is not None)}
    return found


def key(totals: Mapping[str, Number]) -> Number:
    return totals.get("points", 0)


score = key


def tally(rules: BallotRules, totals: Mapping[str, Number]) -> dict[str, Any]:
    return {name: totals.get(name, 0) for name in ("points", "firsts", "ranked")}


def swing(rules: BallotRules, items: int, totals: Mapping[str, Number]) -> int:
    """From the last place to the first."""
    return items - 1


def spread(rules: BallotRules, items: int, answers: Sequence[Answers]) -> dict[str, float | None]:
    """The standard deviation of the places that were given; divided: as a share of the largest that can be."""
    places = [answer[""] for answer in answers]
    apart = pstdev(places) if places else 0.0
    return {"spread": apart, "divided": min(1.0, 2 * apart / max(1, items - 1)), "dissent": 0.0}


def approves(rules: BallotRules, items: int, answers: Answers) -> bool:
    return answers[""] <= max(1, items // 2)


def besides(items: Sequence[str], cast: Mapping[str, Mine]) -> dict[str, dict[str, Any]]:
    """How many other items each one would beat in a duel. Not worked out for more than a hundred items."""
    if len(items) > MOST_DUELS:
        return {}
    places = [_places(mine) for mine in cast.values() if mine]
    return {
        item: {"wins": sum(1 for other in items if other != item and _beats(item, other, places))} for item in items
    }


def _places(mine: Mine) -> dict[str, int]:
    """One voter's places without a gap, whatever was taken off the board since."""
    ordered = sorted(mine, key=lambda item: mine[item][""])
    return {item: place for place, item in enumerate(ordered, start=1)}


def _beats(one: str, other: str, places: Sequence[Mapping[str, int]]) -> bool:
    """Do more people put the one before the other than the other way round? Who left both out says nothing."""
    last = float("inf")
    won = sum(mine.get(one, last) < mine.get(other, last) for mine in places)
    lost = sum(mine.get(one, last) > mine.get(other, last) for mine in places)
    return won > lost
