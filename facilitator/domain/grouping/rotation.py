"""Rotation: rounds at tables in which nobody meets anybody twice, where that can be (a world café).

This is the social golfer problem (Harvey, CSPLib problem 10), with hosts. Plans are made by algebra where there is one
(`designs`), seats given so that colleagues meet seldom (`seating`), tables so that nobody returns (`labels`), and what
is left to mend is mended by exchanging places (`search`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..refusals import Refused
from .chance import Chance
from .designs import designed, transversal
from .figures import Figures, figures
from .improving import Groups, HostsOf, improved
from .labels import hosted, labelled
from .people import MOST_ROUNDS, Person, check_groups, check_people
from .search import REPEAT_COST
from .seating import seated

Hosts = Literal["none", "fixed", "changing"]
Round = tuple[tuple[str, ...], ...]
"""table -> the people at it; the host, where there is one, first"""
Rounds = tuple[Round, ...]
HostNames = tuple[tuple[str | None, ...], ...]

WORK, LESS_WORK = 1_000_000, 200_000
"""How many exchanges are looked at to mend a plan: some seconds; where only returns or colleagues are left, less."""
SHUFFLES = 3


@dataclass(frozen=True, slots=True)
class Rotation:
    """Who sits where in which round.

    `rounds`: round -> table -> people. `host_of`: round -> table -> who hosts it, or None. `changed`: for a plan made
    from an earlier one, the (round, person) that have another table than before, or had none.
    """

    rounds: Rounds
    host_of: HostNames
    hosts: Hosts
    seed: int
    figures: Figures
    cap: int | None = None
    locked: frozenset[int] = frozenset()
    changed: tuple[tuple[int, str], ...] = ()


def rotate(
    people: Sequence[Person],
    tables: int,
    rounds: int,
    *,
    hosts: Hosts = "none",
    table_hosts: Sequence[str] = (),
    cap: int | None = None,
    seed: int = 0,
    effort: float = 1.0,
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
        effort: how long it may be looked for a better plan, where there is none by algebra; 1 is some seconds.

    Raises Refused where the numbers cannot be, somebody is on the list twice, or a host is not on it.
    """
    check_people(people)
    check_groups(tables)
    if not 1 <= rounds <= MOST_ROUNDS:
        raise Refused("rounds_wrong", limit=MOST_ROUNDS)
    if len(people) < tables:
        raise Refused("tables_empty", people=len(people), tables=tables)
    check_hosts(people, tables, hosts, table_hosts)
    chance = Chance(seed)
    number = {person.id: place for place, person in enumerate(people)}
    organisation = organisations(people)
    given = {table: number[id] for table, id in enumerate(table_hosts)}
    best: _Draft | None = None
    for design in _designs(len(people), tables, rounds, hosts, chance, effort):
        draft = _draft(people, seated(design, organisation, given, chance), hosts, cap, chance)
        if best is None or draft.rank < best.rank:
            best = draft
        if best.perfect:
            break
    assert best is not None
    if not best.perfect:
        floor = REPEAT_COST * best.figures.repeats_bound
        plan, _ = improved(best.plan, best.host_of, organisation, cap, int(best.work * effort), chance, floor=floor)
        best = min(best, _Draft.of(people, plan, best.host_of, cap), key=lambda draft: draft.rank)
    return Rotation(*named(people, best.plan, best.host_of), hosts, seed, best.figures, cap)


def organisations(people: Sequence[Person]) -> list[int]:
    """Person -> the number of their organisation; 0 for none."""
    numbers: dict[str, int] = {"": 0}
    return [numbers.setdefault(person.organisation, len(numbers)) for person in people]


def named(people: Sequence[Person], plan: Sequence[Groups], host_of: Sequence[HostsOf]) -> tuple[Rounds, HostNames]:
    """A plan of numbers with the people's ids: hosts first, the others in the order of the list."""
    rounds = tuple(
        tuple(
            tuple(people[who].id for who in sorted(members, key=lambda who: (who != host, who)))
            for members, host in zip(groups, hosts, strict=True)
        )
        for groups, hosts in zip(plan, host_of, strict=True)
    )
    return rounds, tuple(tuple(None if who is None else people[who].id for who in hosts) for hosts in host_of)


def check_hosts(people: Sequence[Person], tables: int, hosts: Hosts, table_hosts: Sequence[str]) -> None:
    """Raises Refused unless `table_hosts` is empty, or names a host for each table."""
    if not table_hosts:
        return
    known = {person.id for person in people}
    for id in table_hosts:
        if id not in known:
            raise Refused("wish_unknown", name=id)
    if hosts != "fixed" or len(set(table_hosts)) != tables or len(table_hosts) != tables:
        raise Refused("hosts_wrong", tables=tables)


@dataclass(frozen=True, slots=True)
class _Draft:
    plan: Sequence[Groups]
    host_of: Sequence[HostsOf]
    figures: Figures

    @classmethod
    def of(
        cls, people: Sequence[Person], plan: Sequence[Groups], host_of: Sequence[HostsOf], cap: int | None
    ) -> _Draft:
        organisation = {person.id: person.organisation for person in people}
        return cls(plan, host_of, figures(*named(people, plan, host_of), organisation, cap))

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The smaller, the better."""
        return self.too_many, self.figures.repeats, self.figures.returns, self.figures.colleagues

    @property
    def too_many(self) -> int:
        """Pairs of colleagues above the cap."""
        return sum(over.pairs - over.cap for over in self.figures.over_cap)

    @property
    def perfect(self) -> bool:
        told = self.figures
        at_best = told.colleagues == told.colleagues_bound and (not told.over_cap or self._all_over)
        return told.repeats == told.repeats_bound and not told.returns and at_best

    @property
    def _all_over(self) -> bool:
        """The cap is below what arithmetic allows: there are too many colleagues at every table."""
        return len(self.figures.over_cap) == sum(map(len, self.plan))

    @property
    def work(self) -> int:
        """How long mending is worth while."""
        told = self.figures
        return WORK if (self.too_many and not self._all_over) or told.repeats > told.repeats_bound else LESS_WORK


def _draft(people: Sequence[Person], plan: Sequence[Groups], hosts: Hosts, cap: int | None, chance: Chance) -> _Draft:
    """The plan with its tables and hosts."""
    if hosts == "changing":
        found = hosted(plan, chance)
        return _Draft.of(people, found.rounds, found.hosts, cap)
    if hosts == "fixed":
        return _Draft.of(people, plan, [[members[0] for members in plan[0]]] * len(plan), cap)
    return _Draft.of(people, labelled(plan, chance), [[None] * len(plan[0])] * len(plan), cap)


def _designs(
    points: int, tables: int, rounds: int, hosts: Hosts, chance: Chance, effort: float
) -> Iterator[list[Groups]]:
    """Plans of points to begin with, the most promising first. With fixed hosts, these are the first points."""
    still = hosts == "fixed"
    plan = transversal(points, tables, rounds, still=still, chance=chance)
    if plan is not None:
        yield plan
    if plan is None or not still:
        found = None if still else designed(points, tables, rounds, chance, effort)
        if found is not None:
            yield found[0]
            if found[1]:
                return
    if plan is not None:
        return
    plan = _longest(points, tables, max(1, rounds - 1), still, chance, effort)
    further = rounds - len(plan)
    yield plan + [plan[turn % len(plan)] for turn in range(further)]
    fixed = tables if still else 0
    for _ in range(SHUFFLES):
        order = [*range(fixed), *chance.sample(range(fixed, points), points - fixed)]
        yield plan + [
            [[order[point] for point in members] for members in plan[turn % len(plan)]] for turn in range(further)
        ]


def _longest(points: int, tables: int, most: int, still: bool, chance: Chance, effort: float) -> list[Groups]:
    """A plan of as many rounds as can be found, and not more than `most`."""
    for rounds in range(most, 0, -1):
        if not still and (found := designed(points, tables, rounds, chance, effort)):
            if found[1]:
                return found[0]
            effort = 0  # for what is shorter still, algebra has to do
        if still and (plan := transversal(points, tables, rounds, still=True, chance=chance)):
            return plan
    raise AssertionError("a single round is always found")
