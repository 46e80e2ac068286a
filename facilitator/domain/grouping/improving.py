"""A plan of people becomes a search with its tables and empty seats, and a plan again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from .chance import Chance
from .search import COLLEAGUES, EMPTY, NOTHING, PEOPLE, TABLE, Search, blank

Groups = list[list[int]]
HostsOf = Sequence[int | None]


def improved(
    rounds: Sequence[Groups],
    hosts: Sequence[HostsOf],
    organisation: Sequence[int],
    cap: int | None,
    work: int,
    chance: Chance,
    *,
    held: Sequence[tuple[int, Groups, HostsOf]] = (),
    numbers: Sequence[int] | None = None,
    before: Sequence[dict[int, int]] = (),
    floor: int = 0,
) -> tuple[list[Groups], int]:
    """Fewer repeats, returns and meetings of colleagues by exchanging places; hosts stay where they host.

    Args:
        rounds: round -> table -> people, the same people in each; sizes may differ, and are made even
        hosts: round -> table -> host or None. A host who changes has been at the table in the round before.
        organisation: person -> organisation, 0 for none; of everybody in `rounds` and in `held`
        work: how many exchanges may be looked at
        held: (number, table -> people, table -> host) of rounds that stay as they are
        numbers: the numbers of `rounds` among all rounds, if some are held
        before: round -> person -> the table that is theirs in an earlier plan
        floor: what may remain, in the costs of `search`

    Returns the plan and what it costs, changes included.
    """
    tables = len(rounds[0])
    numbers = range(len(rounds)) if numbers is None else numbers
    seats = max(len(members) for groups in rounds for members in groups)
    persons = len(organisation)
    empty = tables * seats - sum(map(len, rounds[0]))
    first_table = persons + empty
    met = _met(organisation, empty, tables)
    told = sorted(
        [*held, *((number, groups, host) for number, groups, host in zip(numbers, rounds, hosts, strict=True))],
        key=lambda turn: turn[0],
    )
    for _, groups, _ in held:
        for table, members in enumerate(groups):
            for one, other in combinations([*members, first_table + table], 2):
                met[one][other] += 1
                met[other][one] += 1
    pinned = {number: set(range(first_table, first_table + tables)) for number in numbers}
    earlier: tuple[int, Groups] | None = None
    for number, groups, host in told:
        for table, who in enumerate(host):
            if who is None:
                continue
            if number in pinned:
                pinned[number].add(who)
            if earlier is not None and who in earlier[1][table]:
                # The stay of a host is no return.
                met[who][first_table + table] -= 1
                met[first_table + table][who] -= 1
                if earlier[0] in pinned:
                    pinned[earlier[0]].add(who)
        earlier = (number, groups)
    filled = []
    for groups in rounds:
        vacant = iter(range(persons, first_table))
        filled.append(
            [
                [*members, *(next(vacant) for _ in range(seats - len(members))), first_table + table]
                for table, members in enumerate(groups)
            ]
        )
    search = Search(
        filled,
        met,
        [pinned[number] for number in numbers],
        [*organisation, *[0] * (empty + tables)],
        cap,
        chance,
        before,
    )
    search.run(work, floor)
    found = [[[member for member in members if member < persons] for members in groups] for groups in search.rounds]
    return found, search.cost


def _met(organisation: Sequence[int], empty: int, tables: int) -> list[list[int]]:
    """Member -> member -> the entry of two who have not met: people, then empty seats, then tables."""
    persons = len(organisation)
    strangers, colleagues, vacant, seat = blank(PEOPLE), blank(COLLEAGUES), blank(NOTHING), blank(EMPTY)
    rows = [
        [colleagues if body and body == other else strangers for other in organisation]
        + [vacant] * empty
        + [blank(TABLE)] * tables
        for body in organisation
    ]
    rows += [[vacant] * persons + [seat] * empty + [vacant] * tables for _ in range(empty)]
    rows += [[blank(TABLE)] * persons + [vacant] * (empty + tables) for _ in range(tables)]
    return rows
