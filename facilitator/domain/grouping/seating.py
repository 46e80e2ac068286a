"""Who becomes which point of a plan, so that colleagues meet as seldom as can be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations

from .chance import Chance
from .people import fewest_pairs

STEPS = 6_000


def seated(
    plan: Sequence[Sequence[Sequence[int]]],
    organisation: Sequence[int],
    given: Mapping[int, int],
    chance: Chance,
) -> list[list[list[int]]]:
    """The plan with people in place of points; they keep their numbers within their tables.

    Args:
        plan: round -> table -> points
        organisation: person -> organisation, 0 for none
        given: point -> the person who has it
    """
    points = range(len(organisation))
    times = _meetings(plan, len(points))
    person = _filled(organisation, given, chance)
    at = {who: point for point, who in enumerate(person)}
    bodies: dict[int, list[int]] = {}
    for who, body in enumerate(organisation):
        if body:
            bodies.setdefault(body, []).append(who)

    def cost(who: int, point: int, but: int) -> int:
        return sum(times[point][at[mate]] for mate in bodies.get(organisation[who], ()) if mate != who and mate != but)

    free = [point for point in points if point not in given]
    total = sum(times[at[one]][at[other]] for mates in bodies.values() for one, other in combinations(mates, 2))
    least = len(plan) * fewest_pairs(map(len, bodies.values()), len(plan[0]))
    for _ in range(STEPS if len(free) > 1 else 0):
        if total <= least:
            break
        here, there = free[int(chance.random() * len(free))], free[int(chance.random() * len(free))]
        one, other = person[here], person[there]
        if organisation[one] == organisation[other]:
            continue
        change = cost(one, there, other) - cost(one, here, other) + cost(other, here, one) - cost(other, there, one)
        if change <= 0:
            person[here], person[there], at[one], at[other] = other, one, there, here
            total += change
    return [[[person[point] for point in table] for table in turn] for turn in plan]


def _meetings(plan: Sequence[Sequence[Sequence[int]]], points: int) -> list[list[int]]:
    times = [[0] * points for _ in range(points)]
    for turn in plan:
        for table in turn:
            for one, other in combinations(table, 2):
                times[one][other] += 1
                times[other][one] += 1
    return times


def _filled(organisation: Sequence[int], given: Mapping[int, int], chance: Chance) -> list[int]:
    """Point -> person to begin with. Neighbouring points are often of one column and never meet, so colleagues get
    neighbouring points, the largest organisations first."""
    size = Counter(organisation)
    draw = {body: chance.random() for body in size}
    taken = set(given.values())
    waiting = [who for who in range(len(organisation)) if who not in taken]
    chance.shuffle(waiting)
    waiting.sort(key=lambda who: (not organisation[who], -size[organisation[who]], draw[organisation[who]]))
    line = iter(waiting)
    return [given[point] if point in given else next(line) for point in range(len(organisation))]
