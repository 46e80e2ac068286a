"""People in groups, exchanged until as little as possible is wrong, by simulated annealing (Kirkpatrick, Gelatt and
Vecchi, *Science* 220, 1983).

All that counts is how many of a *mark*'s bearers are in a group: a value of an attribute, a wish to be apart or
together, an empty seat. A mark has a price for each such number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, exp

from .chance import Chance

SIZE, WISH, SPREAD, MOVED = 100_000_000, 10_000, 100, 10
"""What a pair of empty seats, a pair against a wish, a value beside its share, and a person who leaves their group
cost."""
HOT, COLD = 200.0, 15.0
DESCENT = 60_000


@dataclass(frozen=True, slots=True)
class Mark:
    """`bearers` who have something in common; `price[k]`: what it costs that k of them are in one group; `least`: what
    all groups cost at best."""

    bearers: frozenset[int]
    price: Sequence[int]
    least: int


def shared_out(bearers: frozenset[int], groups: int) -> Mark:
    """Each group has its share, rounded down or up."""
    least, rest = divmod(len(bearers), groups)
    most = least + (rest > 0)
    return Mark(bearers, [SPREAD * max(0, least - k, k - most) ** 2 for k in range(len(bearers) + 1)], 0)


def kept_apart(bearers: frozenset[int], groups: int, weight: int = WISH) -> Mark:
    """Each pair in one group costs something, so that they are evenly spread at least."""
    price = [weight * comb(k, 2) for k in range(len(bearers) + 1)]
    least, more = divmod(len(bearers), groups)
    return Mark(bearers, price, weight * (more * comb(least + 1, 2) + (groups - more) * comb(least, 2)))


def kept_together(bearers: frozenset[int]) -> Mark:
    """Each pair in one group saves something."""
    price = [-WISH * comb(k, 2) for k in range(len(bearers) + 1)]
    return Mark(bearers, price, price[-1])


class Arrangement:
    """Members (numbers from 0, empty seats among them) in groups.

    Args:
        group_of: member -> group, to begin with
        movable: those who may change places
        home: member -> the group that they would rather not leave
        bodies, cap: member -> organisation (0: none), and the most pairs of one organisation in a group, or None
    """

    def __init__(
        self,
        group_of: list[int],
        groups: int,
        marks: Sequence[Mark],
        movable: Sequence[int],
        home: Mapping[int, int],
        bodies: Sequence[int],
        cap: int | None,
        chance: Chance,
    ) -> None:
        self.group_of, self.movable, self.home, self.chance = group_of, movable, home, chance
        self.bodies, self.cap = bodies, cap
        self.marks_of: list[list[int]] = [[] for _ in group_of]
        self.count = [[0] * groups for _ in marks]
        self.joins: list[list[int]] = []  # mark -> k -> what it costs that one more joins k
        for number, mark in enumerate(marks):
            for one in mark.bearers:
                self.marks_of[one].append(number)
                self.count[number][group_of[one]] += 1
            self.joins.append([after - before for before, after in zip(mark.price, mark.price[1:], strict=False)])
        able = set(movable)
        bearers = [[one for one in sorted(mark.bearers) if one in able] for mark in marks]
        self.alike = [[bearers[mark] for mark in own] if one in able else [] for one, own in enumerate(self.marks_of)]
        self.sets = [frozenset(own) for own in self.marks_of]
        self.of_body = [[0] * (max(bodies, default=0) + 1) for _ in range(groups)]
        self.pairs = [0] * groups
        if cap is not None:
            for one, body in enumerate(bodies):
                if body:
                    self._enter(group_of[one], body)
        self.cost = sum(mark.price[k] for mark, row in zip(marks, self.count, strict=True) for k in row)
        self.cost += MOVED * sum(group_of[one] != group for one, group in home.items())
        self.cost += sum(self._over(group) for group in range(groups))
        self.least = sum(mark.least for mark in marks)

    def anneal(self, steps: int, blocks: Sequence[Sequence[int]] = ()) -> None:
        """Exchange two at a time, or a block that sits together with as many others; keep the best."""
        best, kept = self.cost, list(self.group_of)
        chance, movable = self.chance.random, self.movable
        count = len(movable)
        if count < 2 or self.cost <= self.least:
            return
        for step in range(steps):
            if self.cost <= self.least:
                return
            heat = HOT * (COLD / HOT) ** (step / steps)
            if blocks and chance() < 0.03:
                pairs = self._block(blocks[int(chance() * len(blocks))])
            else:
                one = movable[int(chance() * count)]
                # Every other time somebody of the same kind: that disturbs the least.
                alike = self.alike[one] if step % 2 else ()
                others = alike[int(chance() * len(alike))] if alike else movable
                pairs = [(one, others[int(chance() * len(others))])]
            before = self.cost
            for one, other in pairs:
                self.exchange(one, other)
            change = self.cost - before
            if change > 0 and chance() >= exp(-change / heat):
                for one, other in reversed(pairs):
                    self.exchange(one, other)
            elif self.cost < best:
                best, kept = self.cost, list(self.group_of)
        self.put(kept)
        self.descend()

    def descend(self) -> None:
        """Exchange as long as that makes anything better."""
        left, better = DESCENT, True
        while better and left > 0 and self.cost > self.least:
            better = False
            for one, other in combinations(self.movable, 2):
                if self.group_of[one] != self.group_of[other]:
                    left -= 1
                    before = self.cost
                    self.exchange(one, other)
                    if self.cost < before:
                        better = True
                    else:
                        self.exchange(one, other)
                    if left <= 0:
                        break

    def exchange(self, one: int, other: int) -> None:
        here, there = self.group_of[one], self.group_of[other]
        if here == there:
            return
        mine, its = self.sets[one], self.sets[other]
        count, joins, change = self.count, self.joins, 0
        for mark in self.marks_of[one]:
            if mark not in its:
                row, steps = count[mark], joins[mark]
                row[here] -= 1
                change += steps[row[there]] - steps[row[here]]
                row[there] += 1
        for mark in self.marks_of[other]:
            if mark not in mine:
                row, steps = count[mark], joins[mark]
                row[there] -= 1
                change += steps[row[here]] - steps[row[there]]
                row[here] += 1
        if self.home:
            for member, left, joined in ((one, here, there), (other, there, here)):
                home = self.home.get(member)
                if home is not None:
                    change += MOVED * ((home != joined) - (home != left))
        if self.cap is not None and self.bodies[one] != self.bodies[other]:
            change -= self._over(here) + self._over(there)
            for member, left, joined in ((one, here, there), (other, there, here)):
                if body := self.bodies[member]:
                    self.of_body[left][body] -= 1
                    self.pairs[left] -= self.of_body[left][body]
                    self._enter(joined, body)
            change += self._over(here) + self._over(there)
        self.group_of[one], self.group_of[other] = there, here
        self.cost += change

    def _enter(self, group: int, body: int) -> None:
        self.pairs[group] += self.of_body[group][body]
        self.of_body[group][body] += 1

    def _over(self, group: int) -> int:
        return 0 if self.cap is None else WISH * max(0, self.pairs[group] - self.cap)

    def _block(self, block: Sequence[int]) -> list[tuple[int, int]]:
        """Exchanges that bring all of a block into one group."""
        group = self.group_of[self.chance.choice(self.movable)]
        coming = [one for one in block if self.group_of[one] != group]
        inside = set(block)
        leaving = [one for one in self.movable if self.group_of[one] == group and one not in inside]
        if len(leaving) < len(coming):
            return []
        return list(zip(coming, self.chance.sample(leaving, len(coming)), strict=True))

    def put(self, group_of: Sequence[int]) -> None:
        """Everybody into the group that was theirs in an arrangement of the same sizes."""
        for one in self.movable:
            group = group_of[one]
            if self.group_of[one] != group:
                self.exchange(one, next(o for o in self.movable if self.group_of[o] == group and group_of[o] != group))
