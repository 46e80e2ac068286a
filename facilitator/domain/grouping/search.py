"""Improve a plan by exchanging places within a round: tabu search.

After Dotú and Van Hentenryck, *Scheduling Social Golfers Locally* (CPAIOR 2005): take a meeting that costs something,
and let one of the two change places with whom it is best, even if that is worse than now; what has just been undone is
barred for a while.

Everything that should not happen twice is a meeting. Besides the people there are *tables* (who comes to a table twice
has met it twice) and *empty seats* (where two of them meet, the sizes differ by more than one).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .chance import Chance

PEOPLE, COLLEAGUES, TABLE, EMPTY, NOTHING = range(5)
"""The kinds of meetings."""
EMPTY_COST, OVER_COST, REPEAT_COST, RETURN_COST, COLLEAGUE_COST, CHANGE_COST = 40_000, 4_000, 400, 40, 4, 5

OVERHEAD = 60
"""What a step costs besides looking at its exchanges, in exchanges."""
_NEVER, _FAR = 1 << 40, 1 << 39

_SPAN, _ZERO = 256, 64
"""A meeting's entry is kind * _SPAN + _ZERO + how often: one look-up in a table gives what one more or less costs."""


def blank(kind: int, times: int = 0) -> int:
    """The entry of a pair of this kind that has met so often."""
    return kind * _SPAN + _ZERO + times


class Search:
    """A plan that is being improved. Members are numbers: people, empty seats and tables alike.

    Args:
        rounds: round -> table -> its members, the table itself among them
        met: member -> member -> entry (see `blank`), without what happens in `rounds`
        pinned: round -> the members that stay where they are
        organisation: member -> organisation, 0 for none
        cap: the most pairs of one organisation at a table, or None
        before: round -> member -> its table in an earlier plan; staying there is cheaper
    """

    def __init__(
        self,
        rounds: list[list[list[int]]],
        met: list[list[int]],
        pinned: Sequence[set[int]],
        organisation: Sequence[int],
        cap: int | None,
        chance: Chance,
        before: Sequence[dict[int, int]] = (),
    ) -> None:
        self.rounds, self.met, self.chance, self.organisation, self.cap = rounds, met, chance, organisation, cap
        self.before = before
        self.more, self.less = _prices(cap)
        self.adds = [[self.more[entry] for entry in row] for row in met]
        """member -> member -> what one meeting more of theirs costs"""
        self.where = [[-1] * len(met) for _ in rounds]
        self.saves = [[0] * len(met) for _ in rounds]
        """round -> member -> what is saved when they leave their table"""
        self.bad = [_Bag() for _ in range(NOTHING)]
        self.cost = 0
        self.movable = [
            [one for members in tables for one in members if one not in fixed]
            for tables, fixed in zip(rounds, pinned, strict=True)
        ]
        self.may_move = [set(members) for members in self.movable]
        for number, tables in enumerate(rounds):
            for table, members in enumerate(tables):
                for place, one in enumerate(members):
                    self._sit(number, one, table, members[:place])
                self.cost += self._over(members)
        self.changes = CHANGE_COST * sum(
            self.where[number][one] != table for number, homes in enumerate(before) for one, table in homes.items()
        )
        """the part of the cost that is due to changes of an earlier plan"""
        self.cost += self.changes

    def run(self, work: int, floor: int = 0) -> None:
        """Improve until all but the changes costs no more than `floor`, or so many exchanges have been looked at; keep
        the best."""
        best, kept = self.cost, self._copy()
        barred: dict[tuple[int, int, int], int] = {}
        step = since = 0
        while work > 0 and self.cost - self.changes > floor:
            picked = self._pick()
            if picked is None:
                break
            number, one = picked
            work -= len(self.movable[number]) + OVERHEAD
            step += 1
            other = self._partner(number, one, barred, step, best)
            if other is None:
                continue
            self._exchange(number, one, other)
            where = self.where[number]
            barred[number, one, where[other]] = step + 4 + self.chance.below(9)
            barred[number, other, where[one]] = step + 4 + self.chance.below(9)
            since += 1
            if self.cost < best:
                best, kept, since = self.cost, self._copy(), 0
            elif since > 60 + 2 * len(self.movable[number]):
                self._shake()
                since = 0
        self._restore(kept)
        self._go_back()

    def _pick(self) -> tuple[int, int] | None:
        """A round and somebody in it who has a meeting that costs something; None where nobody can be moved."""
        for _ in range(50):
            bags = [bag for bag in self._bags() if bag.items]
            if not bags:
                return None
            bag = bags[0] if len(bags) == 1 or self.chance.random() < 0.75 else self.chance.choice(bags)
            pair = self.chance.choice(bag.items)
            together = [number for number, where in enumerate(self.where) if where[pair[0]] == where[pair[1]] != -1]
            if not together:
                continue
            number = self.chance.choice(together)
            able = [one for one in pair if one in self.may_move[number]]
            if able:
                return number, self.chance.choice(able)
        return None

    def _bags(self) -> Sequence[_Bag]:
        first = (COLLEAGUES, PEOPLE, TABLE) if self.cap is not None else (PEOPLE, TABLE, COLLEAGUES)
        return [self.bad[kind] for kind in (EMPTY, *first)]

    def _partner(
        self, number: int, one: int, barred: dict[tuple[int, int, int], int], step: int, best: int
    ) -> int | None:
        """With whom it is best to change places in this round."""
        tables, where, saves = self.rounds[number], self.where[number], self.saves[number]
        mine, here = self.adds[one], where[one]
        joins = list(map(sum, zip(*(self.adds[mate] for mate in tables[here] if mate != one), strict=True)))
        come = [sum(map(mine.__getitem__, members)) - saves[one] for members in tables]
        come[here] = _NEVER
        others = self.movable[number]
        changes = [come[where[other]] - mine[other] + joins[other] - saves[other] for other in others]
        if self.before:
            changes = [
                change + self._moved(number, one, where[other]) + self._moved(number, other, here)
                for change, other in zip(changes, others, strict=True)
            ]
        if self.cap:
            changes = [
                change + (self._over_change(tables[here], tables[where[other]], one, other) if change < _FAR else 0)
                for change, other in zip(changes, others, strict=True)
            ]
        least = min(changes)
        if least >= _FAR:
            return None
        if self.cost + least >= best:
            for least in sorted(set(changes)):
                found = [
                    other
                    for change, other in zip(changes, others, strict=True)
                    if change == least
                    and barred.get((number, one, where[other]), 0) <= step
                    and barred.get((number, other, here), 0) <= step
                ]
                if least >= _FAR:
                    return None
                if found:
                    return self.chance.choice(found)
        return self.chance.choice([other for change, other in zip(changes, others, strict=True) if change == least])

    def _moved(self, number: int, one: int, table: int) -> int:
        """What it costs in changes of the earlier plan that one comes to this table."""
        home = self.before[number].get(one)
        return 0 if home is None else CHANGE_COST * ((home != table) - (home != self.where[number][one]))

    def _exchange(self, number: int, one: int, other: int) -> None:
        tables, where = self.rounds[number], self.where[number]
        here, there = where[one], where[other]
        first, second = tables[here], tables[there]
        self.cost -= self._over(first) + self._over(second)
        if self.before:
            changes = self._moved(number, one, there) + self._moved(number, other, here)
            self.changes += changes
            self.cost += changes
        first.remove(one)
        second.remove(other)
        self._stand_up(number, one, first)
        self._stand_up(number, other, second)
        self._sit(number, one, there, second)
        self._sit(number, other, here, first)
        second.append(one)
        first.append(other)
        self.cost += self._over(first) + self._over(second)

    def _stand_up(self, number: int, one: int, mates: Iterable[int]) -> None:
        saves = self.saves[number]
        self.where[number][one] = -1
        saves[one] = 0
        for mate in mates:
            saved = self.less[self.met[one][mate]]
            self.cost -= saved
            saves[mate] -= saved
            self._meet(one, mate, -1)

    def _sit(self, number: int, one: int, table: int, mates: Iterable[int]) -> None:
        saves = self.saves[number]
        for mate in mates:
            self._meet(one, mate, 1)
            saved = self.less[self.met[one][mate]]
            self.cost += saved
            saves[mate] += saved
            saves[one] += saved
        self.where[number][one] = table

    def _meet(self, one: int, other: int, times: int) -> None:
        old = self.met[one][other]
        entry = old + times
        self.met[one][other] = self.met[other][one] = entry
        self.adds[one][other] = self.adds[other][one] = self.more[entry]
        change = self.less[entry] - self.less[old]
        if change:
            self.bad[entry // _SPAN].hold((min(one, other), max(one, other)), self.less[entry] > 0)
            for where, saves in zip(self.where, self.saves, strict=True):
                if where[one] == where[other] != -1:
                    saves[one] += change
                    saves[other] += change

    def _over(self, members: Iterable[int]) -> int:
        if not self.cap:
            return 0  # with a cap of 0 each meeting of colleagues is dear in itself
        pairs = 0
        seen: dict[int, int] = {}
        for member in members:
            body = self.organisation[member]
            if body:
                pairs += seen.get(body, 0)
                seen[body] = seen.get(body, 0) + 1
        return OVER_COST * max(0, pairs - self.cap)

    def _over_change(self, first: Sequence[int], second: Sequence[int], one: int, other: int) -> int:
        left, right = [m for m in first if m != one], [m for m in second if m != other]
        return self._over([*left, other]) + self._over([*right, one]) - self._over(first) - self._over(second)

    def _shake(self) -> None:
        """Out of a valley: a few exchanges at random."""
        for _ in range(4):
            number = self.chance.below(len(self.rounds))
            if len(self.movable[number]) > 1:
                one, other = self.chance.sample(self.movable[number], 2)
                if self.where[number][one] != self.where[number][other]:
                    self._exchange(number, one, other)

    def _go_back(self) -> None:
        """Undo the changes that are not needed."""
        for number, before in enumerate(self.before):
            for one, table in before.items():
                if self.where[number][one] != table and one in self.may_move[number]:
                    for other in list(self.rounds[number][table]):
                        if other in self.may_move[number]:
                            cost = self.cost
                            self._exchange(number, one, other)
                            if self.cost < cost:
                                break
                            self._exchange(number, one, other)

    def _copy(self) -> list[list[list[int]]]:
        return [[list(members) for members in tables] for tables in self.rounds]

    def _restore(self, kept: list[list[list[int]]]) -> None:
        for number, tables in enumerate(kept):
            for table, members in enumerate(tables):
                for one in members:
                    where = self.where[number]
                    if where[one] != table:
                        here = set(members)
                        other = next(o for o in self.rounds[number][table] if o not in here)
                        self._exchange(number, one, other)


class _Bag:
    """Pairs, of which one can be drawn at random in no time."""

    def __init__(self) -> None:
        self.items: list[tuple[int, int]] = []
        self.place: dict[tuple[int, int], int] = {}

    def hold(self, pair: tuple[int, int], wanted: bool) -> None:
        place = self.place.get(pair)
        if wanted and place is None:
            self.place[pair] = len(self.items)
            self.items.append(pair)
        elif not wanted and place is not None:
            del self.place[pair]
            last = self.items.pop()
            if last != pair:
                self.items[place] = last
                self.place[last] = place


def _prices(cap: int | None) -> tuple[list[int], list[int]]:
    """Entry -> what one meeting more costs, and what one less saves."""
    first = {COLLEAGUES: OVER_COST if cap == 0 else COLLEAGUE_COST, EMPTY: EMPTY_COST}
    again = {
        PEOPLE: REPEAT_COST,
        COLLEAGUES: REPEAT_COST + first[COLLEAGUES],
        TABLE: RETURN_COST,
        EMPTY: EMPTY_COST,
    }
    more: list[int] = []
    for kind in range(NOTHING + 1):
        for times in range(-_ZERO, _SPAN - _ZERO):
            more.append(0 if times < 0 else again.get(kind, 0) if times else first.get(kind, 0))
    return more, [0, *more[:-1]]
