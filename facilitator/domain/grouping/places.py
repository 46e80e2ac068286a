"""A finished plan of a rotation: whether it is one, and who comes to a round that is being held."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from ..refusals import Refused
from .rotation import Hosts, Rotation, Round


@dataclass(frozen=True, slots=True)
class Table:
    """The people at a table in a round; with `hosted`, the first of them is its host."""

    people: tuple[str, ...]
    hosted: bool = False

    @property
    def host(self) -> str | None:
        return self.people[0] if self.hosted else None


Plan = Sequence[Sequence[Table]]
"""round -> table"""


def check_plan(plan: Plan, tables: int, hosts: Hosts, held: Collection[int] = ()) -> None:
    """Is this a plan that `rotate` or `rerotate` could have made? `held` are rounds that are as they are: people come
    and go there.

    Raises Refused unless each round has so many tables whose sizes differ by at most one, everybody sits at one table
    in each round, and hosts are where their rule has them.
    """
    free = [number for number in range(len(plan)) if number not in held]
    for round in plan:
        seated = [id for table in round for id in table.people]
        if len(set(seated)) < len(seated):
            raise Refused("person_seated_twice")
        if len(round) != tables:
            raise Refused("plan_wrong")
    for number in free:
        sizes = [len(table.people) for table in plan[number]]
        if not min(sizes) or max(sizes) - min(sizes) > 1:
            raise Refused("plan_wrong")
        if _people(plan[number]) != _people(plan[free[0]]):
            raise Refused("plan_wrong")
        earlier = plan[number - 1] if number else None
        for place, table in enumerate(plan[number]):
            if table.hosted and not (
                hosts == "fixed" or (hosts == "changing" and earlier and table.host in earlier[place].people)
            ):
                raise Refused("plan_wrong")
    if hosts == "fixed" and any(
        not table.hosted or table.host != first.host
        for number in free
        for first, table in zip(plan[free[0]], plan[number], strict=True)
    ):
        raise Refused("plan_wrong")


def joined(previous: Rotation, number: int, late: Sequence[str], at: Mapping[str, int]) -> Rotation:
    """The plan with late arrivals in a round that is being held: nobody there has to move.

    Args:
        number: the round, from 0.
        late: who comes, in this order.
        at: person -> the table where they sit already; the others come to the table with the fewest people.
    """
    tables = [list(table) for table in previous.rounds[number]]
    for who in sorted(late, key=lambda who: who not in at):
        place = at.get(who, min(range(len(tables)), key=lambda table: len(tables[table])))
        tables[place].append(who)
    round: Round = tuple(map(tuple, tables))
    return replace(previous, rounds=(*previous.rounds[:number], round, *previous.rounds[number + 1 :]))


def _people(round: Sequence[Table]) -> set[str]:
    return {id for table in round for id in table.people}
