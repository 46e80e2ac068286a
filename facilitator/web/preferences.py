"""The groups' page forms groups by preference: the orders that people gave, and what comes of them in figures."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from .. import beside, snapshot
from ..domain import grouping
from ..domain.grouping import Assignment
from ..domain.refusals import Refused
from ..store.models import GroupRanking
from .house import store


@dataclass(frozen=True)
class Figures:
    """Of an assignment. `average` and `worst`: places in people's own orders, from 1 for the first choice, None where
    nobody has given one. `got`: (place, how many people got it), in order. `silent`: how many gave no order. `sizes`:
    the smallest and the largest group."""

    unhappiness: int
    average: float | None
    worst: int | None
    got: list[tuple[int, int]]
    silent: int
    sizes: tuple[int, int]


def assigned(groups: list[dict[str, Any]], people: list[dict[str, Any]], event: str) -> Assignment:
    """Everybody who takes part and has not stayed away, into the breakout groups, as they would like it best.

    Raises Refused `groups_none`, or `topics_full` where the groups have not room enough.
    """
    topics = [one["id"] for one in groups if one["kind"] == "breakout"]
    if not topics:
        raise Refused("groups_none")
    with store().reading() as db:
        orders = {
            row.person: row.groups
            for row in db.execute(select(GroupRanking.person, GroupRanking.groups).where(GroupRanking.event == event))
        }
        question = snapshot.preference(db, event)
    preferences = {
        one["id"]: [group for group in orders.get(one["id"], []) if group in topics]
        for one in people
        if one["attendance"] != "absent"
    }
    most = question["most"] if question else None
    limits = dict.fromkeys(topics, most) if most else None
    found: Assignment = beside.execute(grouping.assign, preferences, topics, most=limits)
    return found


def figures(assignment: Assignment) -> Figures:
    """What an assignment is like, without saying who got what."""
    told = [place for place in assignment.rank.values() if place is not None]
    sizes = [len(group) for group in assignment.groups.values()]
    return Figures(
        unhappiness=assignment.unhappiness,
        average=1 + assignment.unhappiness / len(told) if told else None,
        worst=1 + assignment.worst if told else None,
        got=[(1 + place, many) for place, many in sorted(Counter(told).items())],
        silent=len(assignment.rank) - len(told),
        sizes=(min(sizes), max(sizes)),
    )
