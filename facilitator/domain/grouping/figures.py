"""What a rotation is worth, in figures that anybody can count again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from .people import same_organisation


@dataclass(frozen=True, slots=True)
class OverCap:
    """A table at which more pairs of one organisation sit than wished (numbers from 0)."""

    round: int
    table: int
    people: tuple[str, ...]
    pairs: int


@dataclass(frozen=True, slots=True)
class Figures:
    """
    - `repeats`: meetings beyond the first of two people, summed over all pairs; `repeats_bound`: with so many people,
      tables and rounds there cannot be fewer
    - `met_min`, `met_max`: how many others a person meets, of those who are in every round
    - `returns`: how often travellers come to a table again; staying as a host is none
    - `colleagues`: meetings of two people of one organisation
    - `over_cap`: the tables with more of these pairs than wished
    """

    repeats: int
    repeats_bound: int
    met_min: int
    met_max: int
    returns: int
    colleagues: int
    over_cap: tuple[OverCap, ...]


def figures(
    rounds: Sequence[Sequence[Sequence[str]]],
    host_of: Sequence[Sequence[str | None]],
    organisation: Mapping[str, str],
    cap: int | None,
) -> Figures:
    """Count a plan. `rounds`: round -> table -> people; `host_of`: round -> table -> host."""
    meetings: Counter[tuple[str, str]] = Counter()
    visits: Counter[tuple[str, int]] = Counter()
    met: dict[str, set[str]] = {}
    present: Counter[str] = Counter()
    colleagues = 0
    over = []
    for number, tables in enumerate(rounds):
        for place, table in enumerate(tables):
            meetings.update(combinations(sorted(table), 2))
            present.update(table)
            host = host_of[number][place]
            visits.update((id, place) for id in table if id != host or not _was_here(rounds, number, place, id))
            for id in table:
                met.setdefault(id, set()).update(other for other in table if other != id)
            pairs = same_organisation(table, organisation)
            colleagues += len(pairs)
            if cap is not None and len(pairs) > cap:
                who = {id for pair in pairs for id in pair}
                over.append(OverCap(number, place, tuple(id for id in table if id in who), len(pairs)))
    counts = [len(met[id]) for id, times in present.items() if times == len(rounds)]
    return Figures(
        repeats=sum(times - 1 for times in meetings.values()),
        repeats_bound=repeats_bound(rounds),
        met_min=min(counts, default=0),
        met_max=max(counts, default=0),
        returns=sum(times - 1 for times in visits.values()),
        colleagues=colleagues,
        over_cap=tuple(over),
    )


def repeats_bound(rounds: Sequence[Sequence[Sequence[str]]]) -> int:
    """A number of repeats that no plan with such tables can go below: everybody meets so many people in all, and there
    are only so many others."""
    present: Counter[str] = Counter()
    meets: Counter[str] = Counter()
    for tables in rounds:
        for table in tables:
            for id in table:
                present[id] += 1
                meets[id] += len(table) - 1
    others = len(present) - 1
    return (sum(max(0, count - others) for count in meets.values()) + 1) // 2


def _was_here(rounds: Sequence[Sequence[Sequence[str]]], number: int, place: int, id: str) -> bool:
    return number > 0 and id in rounds[number - 1][place]
