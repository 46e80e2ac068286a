"""Plans in which nobody meets anybody twice, made by turning one round on.

The people are points on a few circles of the same length, and perhaps some that stay where they are. One round, the
*starter*, is turned on by one place for each further round; nobody meets twice if in the starter each way to stand
to each other (the same two circles, the same distance) occurs at most once. Such starters are as old as Kirkman's
schoolgirls (Anstice 1852; see Colbourn and Dinitz, *Handbook of Combinatorial Designs*, 2nd ed., part VI.51); here one
is found by swaps that are accepted by Metropolis' rule (*Journal of Chemical Physics* 21, 1953).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, product
from math import comb, exp

from .chance import Chance
from .people import even_sizes

STEPS = (20_000, 40_000, 80_000)
"""How long each layout is tried; all of them shortly before one of them for long."""
LAYOUTS = 3
HEAT = 0.3
"""At one and the same heat starters are found ten times sooner than while cooling down."""
LONGER = 6
"""A circle may be so much longer than there are rounds: the turns beyond are left out."""


def developed(
    points: int, tables: int, rounds: int, chance: Chance, effort: float
) -> tuple[list[list[list[int]]], int] | None:
    """So many rounds of `points` at `tables`, as round -> table -> points, and how much is wrong with the starter: with
    0 nobody meets twice, otherwise that many pairs do in each round. None where the points cannot be laid out."""
    best: tuple[int, _Circles, list[list[int]]] | None = None
    effort *= min(1.0, 4 / even_sizes(points, tables)[0])
    layouts = _circles(points, tables, rounds)[:LAYOUTS]
    for steps, circles in product(STEPS, layouts):
        wrong, starter = _starter(circles, tables, int(steps * effort), chance)
        if best is None or wrong < best[0]:
            best = wrong, circles, starter
        if not wrong:
            break
    if best is None:
        return None
    wrong, circles, starter = best
    return [[[circles.turned(point, turn) for point in table] for table in starter] for turn in range(rounds)], wrong


@dataclass(frozen=True, slots=True)
class _Circles:
    """`points` in circles of length `turns`, one after the other; the last `still` of them do not turn."""

    points: int
    turns: int
    still: int

    @property
    def turning(self) -> int:
        return self.points - self.still

    def turned(self, point: int, by: int) -> int:
        if point >= self.turning:
            return point
        circle, place = divmod(point, self.turns)
        return circle * self.turns + (place + by) % self.turns

    def stand(self, one: int, other: int) -> tuple[int, ...] | None:
        """How two points stand to each other, the same in every turn; None if they would meet in more than one."""
        one, other = min(one, other), max(one, other)
        if one >= self.turning:
            return None
        circle, place = divmod(one, self.turns)
        if other >= self.turning:
            return (circle, other)
        second, there = divmod(other, self.turns)
        distance = (there - place) % self.turns
        if circle == second:
            distance = min(distance, self.turns - distance)
            return None if 2 * distance == self.turns else (circle, circle, distance)
        return (circle, second, distance)


def _circles(points: int, tables: int, rounds: int) -> list[_Circles]:
    """The ways to lay out the points that have enough ways to stand, the roomiest first."""
    found = []
    sizes = even_sizes(points, tables)
    for turns in range(max(rounds, 2), rounds + LONGER):
        for still in range(points % turns, min(tables, points - 1) + 1, turns):
            count = (points - still) // turns
            with_still = sum(size - 1 for size in sizes[:still])
            ways = count * ((turns - 1) // 2) + comb(count, 2) * turns
            room = ways - (sum(comb(size, 2) for size in sizes) - with_still)
            if count and room >= 0 and (not still or sizes[0] - 1 <= count):
                found.append((room / ways if ways else 1, _Circles(points, turns, still)))
    return [circles for _, circles in sorted(found, key=lambda way: -way[0])]


def _starter(circles: _Circles, tables: int, steps: int, chance: Chance) -> tuple[int, list[list[int]]]:
    """The best starter that is found, and how much is wrong with it."""
    numbers: dict[tuple[int, ...] | None, int] = {None: 0}
    way = [
        [
            numbers.setdefault(circles.stand(one, other), len(numbers)) if one != other else -1
            for other in range(circles.points)
        ]
        for one in range(circles.points)
    ]
    points = chance.sample(range(circles.points), circles.points)
    sizes = even_sizes(circles.points, tables)
    starter = [[points.pop() for _ in range(size)] for size in sizes]
    used = [0] * len(numbers)
    used[0] = 1  # what must not occur at all is as if it had occurred once
    for number, times in Counter(way[a][b] for table in starter for a, b in combinations(table, 2)).items():
        used[number] += times
    wrong = sum(times - 1 for times in used if times > 1)
    least, kept = wrong + 1, starter
    random_number = chance.random
    for _ in range(steps):
        if wrong < least:
            least, kept = wrong, [list(table) for table in starter]
            if not wrong:
                break
        first, second = starter[int(random_number() * tables)], starter[int(random_number() * tables)]
        if first is second:
            continue
        here, there = int(random_number() * len(first)), int(random_number() * len(second))
        one, other = first[here], second[there]
        change = _exchanged(used, way, first, second, one, other)
        if change <= 0 or random_number() < exp(-change / HEAT):
            first[here], second[there] = other, one
            wrong += change
        else:
            for mate in first:
                if mate != one:
                    used[way[other][mate]] -= 1
                    used[way[one][mate]] += 1
            for mate in second:
                if mate != other:
                    used[way[one][mate]] -= 1
                    used[way[other][mate]] += 1
    return least, kept


def _exchanged(used: list[int], way: list[list[int]], first: list[int], second: list[int], one: int, other: int) -> int:
    """Count as if `one` and `other` had changed places; how much more is wrong then."""
    change = 0
    for table, leaves in ((first, one), (second, other)):
        for mate in table:
            if mate != leaves:
                number = way[leaves][mate]
                used[number] -= 1
                change -= used[number] > 0
    for table, leaves, comes in ((first, one, other), (second, other, one)):
        for mate in table:
            if mate != leaves:
                number = way[comes][mate]
                change += used[number] > 0
                used[number] += 1
    return change
