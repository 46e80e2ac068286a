"""Topics by preference: everybody ranks topics, the groups are even, and as little is lost as can be.

A person's *unhappiness* is the place of the topic that they got in their own order: 0 for the first choice. What is
minimised is the sum over all people, and among the arrangements with that sum the worst place that anybody got.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..refusals import Refused
from .chance import Chance
from .cheapest import cheapest
from .people import check_groups


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who works on which topic. `rank`: person -> the place of their topic in their own order, 0 is the first choice;
    None for who has no preference. Where somebody has ranked some topics only, all others share the next place."""

    groups: Mapping[str, tuple[str, ...]]
    topic: Mapping[str, str]
    rank: Mapping[str, int | None]
    unhappiness: int
    worst: int
    seed: int


def assign(
    preferences: Mapping[str, Sequence[str]],
    topics: Sequence[str],
    *,
    most: Mapping[str, int] | None = None,
    seed: int = 0,
) -> Assignment:
    """Give everybody a topic.

    Args:
        preferences: person -> topics, best first; an empty order means that any topic is as good.
        topics: all topics. The sizes of their groups differ by at most one, except where `most` does not allow it.
        most: topic -> how many people it can take at most.
        seed: decides between arrangements that are equally good.

    Raises Refused where a topic is unknown, ranked twice by one person, or the topics cannot take everybody.
    """
    check_groups(len(topics))
    _check(preferences, topics)
    people = list(preferences)
    Chance(seed).shuffle(people)
    seats = _seats(len(people), topics, most or {})
    ranks = [_ranks(preferences[person], topics) for person in people]
    found = _best(ranks, seats)
    topic = {person: topics[column] for person, column in zip(people, found, strict=True)}
    rank = {person: ranks[row][found[row]] if preferences[person] else None for row, person in enumerate(people)}
    told = [place for place in rank.values() if place is not None]
    return Assignment(
        groups={name: tuple(person for person in preferences if topic[person] == name) for name in topics},
        topic={person: topic[person] for person in preferences},
        rank={person: rank[person] for person in preferences},
        unhappiness=sum(told),
        worst=max(told, default=0),
        seed=seed,
    )


def _check(preferences: Mapping[str, Sequence[str]], topics: Sequence[str]) -> None:
    known = set(topics)
    for person, order in preferences.items():
        for topic in order:
            if topic not in known:
                raise Refused("topic_unknown", topic=topic, name=person)
        if len(set(order)) < len(order):
            raise Refused("topic_twice", name=person)


def _seats(people: int, topics: Sequence[str], most: Mapping[str, int]) -> list[tuple[int, int]]:
    """Topic -> (how many it has to get, how many more it may get)."""
    limits = [most.get(topic, people) for topic in topics]
    if sum(limits) < people:
        raise Refused("topics_full", people=people, places=sum(limits))
    level = 0  # everybody fits when each topic takes up to level + 1, and not when up to level
    while sum(min(limit, level + 1) for limit in limits) < people:
        level += 1
    return [(min(limit, level), 1 if limit > level else 0) for limit in limits]


def _ranks(order: Sequence[str], topics: Sequence[str]) -> list[int]:
    place = {topic: number for number, topic in enumerate(order)}
    return [place.get(topic, len(order)) for topic in topics]


def _best(ranks: Sequence[Sequence[int]], seats: Sequence[tuple[int, int]]) -> list[int]:
    """The least sum, then the least worst place."""
    found = _least_sum(ranks, seats, len(seats))
    least = _sum(ranks, found)
    worst = max((ranks[row][column] for row, column in enumerate(found)), default=0)
    while worst > 0:
        other = _least_sum(ranks, seats, worst - 1)
        highest = max(ranks[row][column] for row, column in enumerate(other))
        if _sum(ranks, other) > least or highest >= worst:
            break
        found, worst = other, highest
    return found


def _least_sum(ranks: Sequence[Sequence[int]], seats: Sequence[tuple[int, int]], worst: int) -> list[int]:
    # A topic is two columns: the seats that it has to fill are so much cheaper that they are filled first; a place
    # beyond `worst` is so dear that it is given only if there is no other way.
    places = len(seats)
    dear = (places + 1) * (len(ranks) + 1)
    must = dear * (len(ranks) + 1)
    costs = [[place + (dear if place > worst else 0) for place in row] for row in ranks]
    both = [[cost - must for cost in row] + row for row in costs]
    found = cheapest(both, [must for must, _ in seats] + [may for _, may in seats])
    return [column % places for column in found]


def _sum(ranks: Sequence[Sequence[int]], found: Sequence[int]) -> int:
    return sum(ranks[row][column] for row, column in enumerate(found))
