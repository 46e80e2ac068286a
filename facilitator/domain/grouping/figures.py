"""What a rotation is worth, in figures that anybody can count again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

from .people import fewest_pairs, same_organisation


@dataclass(frozen=True, slots=True)
class OverCap:
    """A table at which more pairs of one organisation sit than wished (numbers from 0)."""

    round: int
    table: int
    people: tuple[str, ...]
    pairs: int
    cap: int


@dataclass(frozen=True, slots=True)
class Figures:
    """
    - `repeats`: meetings beyond the first of two people, summed over all pairs; `repeats_bound`: with so many people,
      tables and rounds there cannot be fewer
    - `met_min`, `met_max`: how many others a person meets, of those who are in every round
    - `returns`: how often travellers come to a table again; staying as a host is none
    - `colleagues`: meetings of two people of one organisation; there cannot be fewer than `colleagues_bound`
    - `over_cap`: the tables with more of these pairs than wished
    """

    repeats: int
    repeats_bound: int
    met_min: int
    met_max: int
    returns: int
    colleagues: int
    colleagues_bound: int
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
                over.append(OverCap(number, place, tuple(id for id in table if id in who), len(pairs), cap))
    counts = [len(met[id]) for id, times in present.items() if times == len(rounds)]
    return Figures(
        repeats=sum(times - 1 for times in meetings.values()),
        repeats_bound=fewest_repeats(rounds, host_of),
        met_min=min(counts, default=0),
        met_max=max(counts, default=0),
        returns=sum(times - 1 for times in visits.values()),
        colleagues=colleagues,
        colleagues_bound=sum(fewest_colleagues(tables, organisation) for tables in rounds),
        over_cap=tuple(over),
    )


def fewest_repeats(rounds: Sequence[Sequence[Sequence[str]]], host_of: Sequence[Sequence[str | None]]) -> int:
    """A number of repeats that no plan with such tables goes below: everybody meets so many people in all, and there
    are only so many others; those who sit at a table of a later round come from only so many tables of the first."""
    always = set.intersection(*({host for host in hosts if host is not None} for hosts in host_of))
    meets: Counter[str] = Counter()
    for tables in rounds:
        for table in tables:
            for id in table:
                meets[id] += len(table) - 1
    others = len(meets) - 1
    too_many = sum(max(0, count - (others - (len(always) - 1 if id in always else 0))) for id, count in meets.items())
    again = 0
    for tables in rounds[1:]:
        for table in tables:
            least, more = divmod(len(table), len(rounds[0]))
            again += more * comb(least + 1, 2) + (len(rounds[0]) - more) * comb(least, 2)
    return max((too_many + 1) // 2, again)


def fewest_colleagues(tables: Sequence[Sequence[str]], organisation: Mapping[str, str]) -> int:
    """No arrangement of these people at so many tables has fewer pairs of one organisation."""
    present = Counter(organisation.get(id) for table in tables for id in table)
    return fewest_pairs((count for body, count in present.items() if body), len(tables))


def _was_here(rounds: Sequence[Sequence[Sequence[str]]], number: int, place: int, id: str) -> bool:
    return number > 0 and id in rounds[number - 1][place]
