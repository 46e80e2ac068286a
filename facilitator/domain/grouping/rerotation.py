"""A rotation after no-shows and late arrivals: the rounds that are not locked, with as few changes as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import combinations

from ..refusals import Refused
from .chance import Chance
from .cheapest import cheapest
from .figures import figures
from .improving import Groups, improved
from .people import Person, check_people
from .rotation import Rotation, check_hosts, named, organisations
from .search import COLLEAGUE_COST, EMPTY_COST, OVER_COST, REPEAT_COST, RETURN_COST

TRIES, WORK = 4, 40_000
"""How often is it tried, and how many exchanges are looked at each time: with 64 people at 16 tables well below two
seconds in all."""


def rerotate(
    previous: Rotation,
    people: Sequence[Person],
    *,
    locked: Collection[int],
    table_hosts: Sequence[str] = (),
    seed: int | None = None,
) -> Rotation:
    """Plan the rounds that are not locked anew for the people who are there now, changing as few places as possible.

    Who is new takes the places of those who are missing as far as they go. Sizes stay even, and what `rotate` promises
    counts for more than a change does.

    Args:
        previous: the plan so far. Who is in it and not in `people` is not seated any more; who is new gets seats.
        people: everybody who is to be seated from now on.
        locked: numbers of rounds, from 0, that stay as they are: those that were held, or are printed.
        table_hosts: with fixed hosts, who they are from now on; without it those who are there go on, and somebody
            else stands in for who is missing.
        seed: another one than the plan's, to get another answer.

    Raises Refused where there are fewer people than tables, or as `rotate` does.
    """
    check_people(people)
    tables = len(previous.rounds[0])
    if len(people) < tables:
        raise Refused("tables_empty", people=len(people), tables=tables)
    check_hosts(people, tables, previous.hosts, table_hosts)
    plan = _Plan(previous, people, locked)
    chance = Chance(previous.seed if seed is None else seed)
    if plan.free:
        plan.seat(table_hosts, chance)
        found, cost = plan.improved(chance)
        for _ in range(TRIES - 1):
            other, dearer = plan.improved(chance)
            if dearer < cost:
                found, cost = other, dearer
        for number, groups in zip(plan.free, found, strict=True):
            plan.rounds[number] = groups
    return plan.told(previous.seed if seed is None else seed)


class _Plan:
    """The plan in numbers while its free rounds are filled again. Who is missing is in none of the groups."""

    def __init__(self, previous: Rotation, people: Sequence[Person], locked: Collection[int]) -> None:
        self.previous, self.people = previous, people
        self.tables = len(previous.rounds[0])
        self.number = {person.id: place for place, person in enumerate(people)}
        self.free = [number for number in range(len(previous.rounds)) if number not in locked]
        self.held = [number for number in range(len(previous.rounds)) if number in locked]
        self.rounds: list[Groups] = [
            [[self.number[id] for id in table if id in self.number] for table in groups] for groups in previous.rounds
        ]
        self.host_of: list[list[int | None]] = [
            [None if id is None else self.number.get(id) for id in hosts] for hosts in previous.host_of
        ]
        self.home = [{who: table for table, members in enumerate(groups) for who in members} for groups in self.rounds]
        self.floor = self._cost()
        """What the plan costs without those who are new: what it has always cost is no reason to change places."""

    def seat(self, table_hosts: Sequence[str], chance: Chance) -> None:
        """Give everybody a seat in each free round: those who have none, at the tables where they meet new people."""
        if self.previous.hosts == "fixed":
            self._fixed_hosts(table_hosts)
        self._make_room(chance)
        met, visits = self._history()
        for number in self.free:
            groups = self.rounds[number]
            seated = {who for members in groups for who in members}
            waiting = [who for who in range(len(self.people)) if who not in seated]
            for who, table in zip(waiting, self._seats(groups, waiting, met, visits), strict=True):
                for mate in groups[table]:
                    met[min(who, mate), max(who, mate)] += 1
                visits[who, table] += 1
                groups[table].append(who)
        if self.previous.hosts == "changing":
            for number in self.free:
                self._changing_hosts(number)

    def improved(self, chance: Chance) -> tuple[list[Groups], int]:
        """The free rounds with as little repeated and changed as is found, and what they cost."""
        return improved(
            [self.rounds[number] for number in self.free],
            [self.host_of[number] for number in self.free],
            organisations(self.people),
            self.previous.cap,
            WORK,
            chance,
            held=[(number, self.rounds[number], self.host_of[number]) for number in self.held],
            numbers=self.free,
            before=[self.home[number] for number in self.free],
            floor=self.floor,
        )

    def told(self, seed: int) -> Rotation:
        before = self.previous
        rounds, hosts = named(self.people, self.rounds, self.host_of)
        rounds = tuple(before.rounds[n] if n in self.held else groups for n, groups in enumerate(rounds))
        hosts = tuple(before.host_of[n] if n in self.held else told for n, told in enumerate(hosts))
        organisation = {person.id: person.organisation for person in self.people}
        return Rotation(
            rounds,
            hosts,
            before.hosts,
            seed,
            figures(rounds, hosts, organisation, before.cap),
            before.cap,
            frozenset(self.held),
            tuple(
                (number, self.people[who].id)
                for number in self.free
                for table, members in enumerate(self.rounds[number])
                for who in sorted(members)
                if self.home[number].get(who) != table
            ),
        )

    def _fixed_hosts(self, table_hosts: Sequence[str]) -> None:
        """The hosts of the free rounds are the first at their tables, and at no other."""
        before = [self.number.get(id or "") for id in self.previous.host_of[self.free[0]]]
        hosts = [self.number[id] for id in table_hosts] or before
        present = {who for number in self.free for who in self.home[number]}
        # Whoever is new has no place to lose; of the others, those who came last on the list.
        standing_in = sorted(
            (who for who in range(len(self.people)) if who not in hosts), key=lambda who: (who not in present, who)
        )
        chosen = [standing_in.pop() if who is None else who for who in hosts]
        for number in self.free:
            groups = [[who for who in members if who not in chosen] for members in self.rounds[number]]
            self.rounds[number] = [[host, *members] for host, members in zip(chosen, groups, strict=True)]
            self.host_of[number] = list(chosen)

    def _make_room(self, chance: Chance) -> None:
        """Nobody sits at a table beyond the seats that there are for so many people; hosts stay."""
        seats = -(-len(self.people) // self.tables)
        for number in self.free:
            for table, members in enumerate(self.rounds[number]):
                host = self.host_of[number][table]
                while len(members) > seats:
                    members.remove(chance.choice([who for who in members if who != host]))

    def _cost(self) -> int:
        rounds, hosts = named(self.people, self.rounds, self.host_of)
        organisation = {person.id: person.organisation for person in self.people}
        told = figures(rounds, hosts, organisation, self.previous.cap)
        over = sum(table.pairs - table.cap for table in told.over_cap)
        return (
            OVER_COST * over
            + REPEAT_COST * told.repeats
            + RETURN_COST * told.returns
            + COLLEAGUE_COST * told.colleagues
        )

    def _history(self) -> tuple[Counter[tuple[int, int]], Counter[tuple[int, int]]]:
        met: Counter[tuple[int, int]] = Counter()
        visits: Counter[tuple[int, int]] = Counter()
        for groups in self.rounds:
            for table, members in enumerate(groups):
                met.update(combinations(sorted(members), 2))
                visits.update((who, table) for who in members)
        return met, visits

    def _seats(
        self,
        groups: Groups,
        waiting: Sequence[int],
        met: Counter[tuple[int, int]],
        visits: Counter[tuple[int, int]],
    ) -> list[int]:
        seats = -(-len(self.people) // self.tables)
        costs = [
            [
                REPEAT_COST * sum(met[min(who, mate), max(who, mate)] > 0 for mate in members)
                + RETURN_COST * (visits[who, table] > 0)
                for table, members in enumerate(groups)
            ]
            for who in waiting
        ]
        # The seats without which a table would be too small are filled first.
        must = [max(0, seats - 1 - len(members)) for members in groups]
        may = [seats - len(members) - first for members, first in zip(groups, must, strict=True)]
        found = cheapest([[cost - EMPTY_COST for cost in line] + line for line in costs], must + may)
        return [column % self.tables for column in found]

    def _changing_hosts(self, number: int) -> None:
        """Each table of a round has a host who was there in the round before; if need be, somebody who was changes
        places with somebody who is there."""
        if number == 0:
            return
        groups, hosts, earlier = self.rounds[number], self.host_of[number], self.rounds[number - 1]
        have_hosted = {who for turn in self.host_of[:number] for who in turn}
        met, _ = self._history()

        def strain(who: int, mates: Sequence[int], once: int) -> tuple[int, bool]:
            """Whom they would meet again, for hosts stay where they are; then, whether they have hosted before."""
            again = sum(met[min(who, mate), max(who, mate)] > once for mate in mates if mate != who)
            return again, who in have_hosted

        for table, host in enumerate(hosts):
            if host is None or host not in earlier[table] or host not in groups[table]:
                stay = [who for who in groups[table] if who in earlier[table]]
                hosts[table] = min(stay, key=lambda who: strain(who, groups[table], 1), default=None)
        for table, host in enumerate(hosts):
            able = [who for who in earlier[table] if who not in hosts]
            leave = [who for who in groups[table] if who not in hosts]
            if host is None and able and leave:
                goes = leave[-1]
                mates = [who for who in groups[table] if who != goes]
                comes = min(able, key=lambda who: strain(who, mates, 0))
                other = next(members for members in groups if comes in members)
                other[other.index(comes)], groups[table][groups[table].index(goes)] = goes, comes
                hosts[table] = comes
