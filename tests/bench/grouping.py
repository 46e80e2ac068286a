"""Rotations beside what is known to be possible: repeats and seconds of each instance; then a plan that is made anew
after no-shows and late arrivals, balanced groups, and topics by preference.

python tests/bench/grouping.py             # all of it
python tests/bench/grouping.py --seeds 5   # the worst of five seeds
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [str(Path(__file__).parents[2])]

from facilitator.domain.grouping import Person, Rotation, assign, balance, rerotate, rotate  # noqa: E402

T = TypeVar("T")

# Groups, size, rounds, the fewest repeats that are known (CSPLib, problem 10; for 8-4-10 Aguado 2004).
KNOWN = [
    (3, 3, 4, 0),
    (4, 3, 3, 0),
    (5, 3, 7, 0),
    (7, 3, 9, 0),
    (8, 3, 10, 0),
    (5, 4, 5, 0),
    (6, 4, 6, 0),
    (7, 4, 7, 0),
    (8, 4, 9, 0),
    (5, 5, 6, 0),
    (7, 7, 8, 0),
    (16, 4, 6, 0),
    (40, 8, 5, 0),
    (8, 4, 10, 0),
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    seeds = range(parser.parse_args().seeds)
    print(f"{'groups-size-rounds':24}{'known':>8}{'repeats':>9}{'seconds':>9}")
    for groups, size, rounds, known in KNOWN:
        people = _people(groups * size)
        found = [_timed(lambda: rotate(people, groups, rounds, seed=seed)) for seed in seeds]  # noqa: B023
        worst = max(_repeats(plan) for plan, _ in found)
        name = f"{groups}-{size}-{rounds}"
        print(f"{name:24}{known:8}{worst:9}{max(seconds for _, seconds in found):9.2f}")
    print(f"\n{'16-4-6, 2 rounds held':24}{'changed':>8}{'repeats':>9}{'seconds':>9}")
    for hosts in ("none", "fixed", "changing"):
        plan = rotate(_people(64), 16, 6, hosts=hosts)  # type: ignore[arg-type]
        for missing, late in ((3, 0), (0, 3), (3, 3)):
            here = _people(64)[missing:] + [Person(f"late {number}") for number in range(late)]
            again, seconds = _timed(lambda: rerotate(plan, here, locked=[0, 1]))  # noqa: B023
            name = f"{hosts}, -{missing} +{late}"
            print(f"{name:24}{len(again.changed):8}{_repeats(again):9}{seconds:9.2f}")
    _groups_and_topics()


def _groups_and_topics() -> None:
    chance = random.Random(2016)
    people = [
        Person(
            f"p{number}",
            f"body {number % 16}",
            chance.sample(["ca", "en", "es", "fr"], chance.choice([1, 1, 2])),
            chance.choice(["participant"] * 5 + ["observer"]),
            {"region": chance.choice("abcdef")},
        )
        for number in range(64)
    ]
    print(f"\n{'64 people':24}{'values':>8}{'uneven':>9}{'seconds':>9}")
    for count in (4, 5, 8):
        made, seconds = _timed(lambda: balance(people, count))  # noqa: B023
        uneven = sum(not spread.even for spread in made.spread)
        print(f"{f'{count} groups':24}{len(made.spread):8}{uneven:9}{seconds:9.2f}")
    topics = [f"topic {number}" for number in range(12)]
    preferences = {f"p{number}": chance.sample(topics, 12) for number in range(300)}
    chosen, seconds = _timed(lambda: assign(preferences, topics))
    print(f"\n300 people, 12 topics: unhappiness {chosen.unhappiness}, worst {chosen.worst}, {seconds:.2f} s")


def _people(count: int) -> list[Person]:
    return [Person(f"p{number}") for number in range(count)]


def _timed(made: Callable[[], T]) -> tuple[T, float]:
    started = time.perf_counter()
    return made(), time.perf_counter() - started


def _repeats(plan: Rotation) -> int:
    """Counted from the plan alone."""
    met = [frozenset(pair) for turn in plan.rounds for table in turn for pair in combinations(table, 2)]
    return len(met) - len(set(met))


if __name__ == "__main__":
    main()
