"""Which group of a round sits at which table, and who hosts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .chance import Chance
from .cheapest import cheapest

PASSES = 6
TRIES, TABLES_TRIED = 30, 600
"""Hosts are sought so often, and less often where there are many tables."""
NO_HOST, HOSTS_AGAIN, RETURNS = 10_000, 100, 1

Groups = list[list[int]]


def labelled(plan: Sequence[Groups], chance: Chance) -> list[Groups]:
    """The same groups in each round, at tables to which their people come as seldom again as can be found: one round
    after the other is given the best tables beside all others, until nothing gets better."""
    rounds = [list(groups) for groups in plan]
    visits = Counter((who, table) for groups in rounds for table, members in enumerate(groups) for who in members)
    for _ in range(PASSES):
        before = _returns(visits)
        if not before:
            break
        for number in chance.sample(range(len(rounds)), len(rounds)):
            groups = rounds[number]
            visits.subtract((who, table) for table, members in enumerate(groups) for who in members)
            costs = [[sum(visits[who, table] > 0 for who in m) for table in range(len(groups))] for m in groups]
            rounds[number] = _placed(groups, cheapest(costs, [1] * len(groups)))
            visits.update((who, table) for table, members in enumerate(rounds[number]) for who in members)
        if _returns(visits) >= before:
            break
    return rounds


@dataclass(frozen=True, slots=True)
class Hosted:
    """A plan with hosts that change: round -> table -> members, and round -> table -> host or None."""

    rounds: list[Groups]
    hosts: list[list[int | None]]
    cost: int


def hosted(plan: Sequence[Groups], chance: Chance) -> Hosted:
    """Tables and hosts for each round: somebody stays at each table and hosts it in the next round.

    Where no two people meet twice, each group of a round has people from as many tables as it has members, and there is
    always such a choice (König's theorem on regular bipartite graphs); who has hosted already is taken last.
    """
    best = _hosted(plan, chance)
    for _ in range(min(TRIES, TABLES_TRIED // len(plan[0]))):
        if not best.cost:
            break
        best = min(best, _hosted(plan, chance), key=lambda found: found.cost)
    return best


def _hosted(plan: Sequence[Groups], chance: Chance) -> Hosted:
    count = len(plan[0])
    rounds = [chance.sample(plan[0], count)]
    hosts: list[list[int | None]] = [[None] * count]
    have_hosted: set[int] = set()
    visits = Counter((who, table) for table, members in enumerate(rounds[0]) for who in members)
    total = 0
    for groups in plan[1:]:
        there = [set(members) for members in rounds[-1]]
        costs = []
        for members in groups:
            line = []
            for table in range(count):
                stay = [who for who in members if who in there[table]]
                cost = RETURNS * sum(visits[who, table] > 0 for who in members)
                cost += NO_HOST if not stay else HOSTS_AGAIN if all(who in have_hosted for who in stay) else 0
                line.append(cost)
            costs.append(line)
        tables = cheapest(costs, [1] * count)
        total += sum(costs[group][table] for group, table in enumerate(tables))
        now = _placed(groups, tables)
        chosen: list[int | None] = []
        for table, members in enumerate(now):
            stay = [who for who in members if who in there[table]]
            host = min(stay, key=lambda who: who in have_hosted, default=None)
            chosen.append(host)
            visits.update((who, table) for who in members if who != host)
        have_hosted.update(who for who in chosen if who is not None)
        rounds.append(now)
        hosts.append(chosen)
    return Hosted(rounds, hosts, total)


def _placed(groups: Sequence[list[int]], tables: Sequence[int]) -> Groups:
    found: Groups = [[] for _ in groups]
    for members, table in zip(groups, tables, strict=True):
        found[table] = members
    return found


def _returns(visits: Counter[tuple[int, int]]) -> int:
    return sum(times - 1 for times in visits.values() if times > 1)
