"""Rotation: rounds at tables in which nobody meets anybody twice, where that can be (a world café).

This is the social golfer problem, problem 10 of CSPLib, with hosts.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..refusals import Refused
from .figures import Figures, figures
from .people import MOST_ROUNDS, Person, check_groups, check_people

Hosts = Literal["none", "fixed", "changing"]
Round = tuple[tuple[str, ...], ...]
"""table -> the people at it; the host, where there is one, first"""


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who sits where in which round.

    `rounds`: round -> table -> people. `host_of`: round -> table -> who hosts it, or None. `changed`: for a plan made
    from an earlier one, the (round, person) that have another table than before, or had none.
    """

    rounds: tuple[Round, ...]
    host_of: tuple[tuple[str | None, ...], ...]
    hosts: Hosts
    seed: int
    figures: Figures
    cap: int | None = None
    locked: frozenset[int] = frozenset()
    changed: tuple[tuple[int, str], ...] = field(default=())


def rotate(
    people: Sequence[Person],
    tables: int,
    rounds: int,
    *,
    hosts: Hosts = "none",
    table_hosts: Sequence[str] = (),
    cap: int | None = None,
    seed: int = 0,
) -> Rotation:
    """Plan `rounds` rounds at `tables` tables whose sizes differ by at most one.

    In this order: no more than `cap` pairs of one organisation at a table, nobody meets twice, no traveller comes to
    a table twice, colleagues meet as seldom as possible.

    Args:
        hosts: `none`; `fixed`: one person stays at each table; `changing`: from the second round on each table has a
            host who has been there in the round before, each time somebody else, where that can be.
        table_hosts: with fixed hosts, who they are, table by table; without it the plan chooses them.
        cap: the most pairs of one organisation at a table, or None.
        seed: the same arguments and seed give the same plan.

    Raises Refused where the numbers cannot be, somebody is on the list twice, or a host is not on it.
    """
    check_people(people)
    check_groups(tables)
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Refused("rounds_wrong", limit=MOST_ROUNDS)
    if len(people) < tables:
        raise Refused("tables_empty", people=len(people), tables=tables)
    _check_hosts(people, tables, hosts, table_hosts)
    chance = random.Random(seed)
    ids = [person.id for person in people]
    chance.shuffle(ids)
    fixed = list(table_hosts) or ids[:tables]
    ids = fixed + [id for id in ids if id not in set(fixed)]
    plan = []
    for turn in range(rounds):
        found: list[list[str]] = [[] for _ in range(tables)]
        for place, id in enumerate(ids):
            column = place // tables + (hosts != "fixed")
            found[(place + turn * column) % tables].append(id)
        plan.append(tuple(map(tuple, found)))
    return _told(people, plan, hosts, fixed, cap, seed)


def rerotate(
    previous: Rotation,
    people: Sequence[Person],
    *,
    locked: Collection[int],
    seed: int | None = None,
) -> Rotation:
    """Plan the rounds that are not locked anew for the people who are there now, changing as few places as possible.

    Args:
        previous: the plan so far. Who is in it and not in `people` is not seated any more; who is new gets seats.
        people: everybody who is to be seated from now on.
        locked: numbers of rounds, from 0, that stay as they are: those that were held, or are printed.
        seed: another one than the plan's, to get another answer.

    Raises Refused as `rotate` does.
    """
    check_people(people)
    tables = len(previous.rounds[0])
    if len(people) < tables:
        raise Refused("tables_empty", people=len(people), tables=tables)
    here = {person.id for person in people}
    plan = []
    changed = []
    for number, before in enumerate(previous.rounds):
        if number in locked:
            plan.append(before)
            continue
        found = [[id for id in table if id in here] for table in before]
        for person in people:
            if all(person.id not in table for table in found):
                min(found, key=len).append(person.id)
                changed.append((number, person.id))
        while max(map(len, found)) - min(map(len, found)) > 1:
            mover = max(found, key=len).pop()
            min(found, key=len).append(mover)
            changed.append((number, mover))
        plan.append(tuple(map(tuple, found)))
    fixed = [table[0] for table in plan[-1]]
    told = _told(people, plan, previous.hosts, fixed, previous.cap, previous.seed if seed is None else seed)
    return Rotation(
        told.rounds, told.host_of, told.hosts, told.seed, told.figures, told.cap, frozenset(locked), tuple(changed)
    )


def _check_hosts(people: Sequence[Person], tables: int, hosts: Hosts, table_hosts: Sequence[str]) -> None:
    if not table_hosts:
        return
    known = {person.id for person in people}
    for id in table_hosts:
        if id not in known:
            raise Refused("wish_unknown", name=id)
    if hosts != "fixed" or len(set(table_hosts)) != tables or len(table_hosts) != tables:
        raise Refused("hosts_wrong", tables=tables)


def _told(
    people: Sequence[Person], plan: Sequence[Round], hosts: Hosts, fixed: Sequence[str], cap: int | None, seed: int
) -> Rotation:
    host_of: list[tuple[str | None, ...]] = []
    for number, tables in enumerate(plan):
        if hosts == "fixed":
            host_of.append(tuple(fixed))
        elif hosts == "changing" and number:
            earlier = plan[number - 1]
            host_of.append(
                tuple(next((id for id in now if id in then), None) for now, then in zip(tables, earlier, strict=True))
            )
        else:
            host_of.append((None,) * len(tables))
    organisation: Mapping[str, str] = {person.id: person.organisation for person in people}
    return Rotation(tuple(plan), tuple(host_of), hosts, seed, figures(plan, host_of, organisation, cap), cap)
