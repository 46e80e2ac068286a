"""Balanced groups: even in size, and each organisation, language, role and chosen attribute spread over all of them."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from ..refusals import Refused
from .people import Person, check_groups, check_people, same_organisation

STEPS = 60_000


@dataclass(frozen=True, slots=True)
class Together:
    """These people want to be in one group."""

    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Apart:
    """No two of these people should be in one group."""

    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class OrganisationCap:
    """A group has at most so many pairs of people from one organisation: 0 means that nobody meets a colleague."""

    pairs: int


Wish = Together | Apart | OrganisationCap


@dataclass(frozen=True, slots=True)
class Violation:
    """A wish that the groups do not fulfil.

    `people` and `groups` (numbers from 0): whom and where it concerns. `why`: `locked` (who is locked where forbids
    it), `arithmetic` (no arrangement into such groups can fulfil it), `others` (the other wishes weigh against it).
    """

    wish: Wish
    people: tuple[str, ...]
    groups: tuple[int, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Spread:
    """How a value of an attribute is spread: its `counts` by group; at best each lies from `least` to `most`."""

    attribute: str
    value: str
    counts: tuple[int, ...]
    least: int
    most: int

    @property
    def even(self) -> bool:
        return all(self.least <= count <= self.most for count in self.counts)


@dataclass(frozen=True, slots=True)
class Balance:
    """Groups (people's ids, in the order of the list), what they cost, and who has moved from the previous groups."""

    groups: tuple[tuple[str, ...], ...]
    seed: int
    violations: tuple[Violation, ...]
    spread: tuple[Spread, ...]
    moved: tuple[str, ...]


def balance(
    people: Sequence[Person],
    groups: int,
    *,
    wishes: Sequence[Wish] = (),
    locked: Mapping[str, int] | None = None,
    previous: Sequence[Collection[str]] | None = None,
    seed: int = 0,
) -> Balance:
    """Put people into `groups` groups whose sizes differ by at most one.

    Args:
        wishes: what else counts; it counts for more than the spread. What cannot be is in `violations`.
        locked: person -> the number of their group, from 0. Locks always hold; where more are locked to a group than
            its share, the others are as even as they can be.
        previous: the groups that there were: as few people as possible leave theirs.
        seed: the same arguments and seed give the same groups.

    Raises Refused where somebody is on the list twice, or a wish or a lock names somebody or a group unknown.
    """
    check_people(people)
    check_groups(groups)
    locks = dict(locked or {})
    _check(people, groups, wishes, locks)
    table = _Table(people, groups, wishes, locks, previous or (), random.Random(seed))
    table.fill()
    table.improve(STEPS)
    found = [[person.id for person in people if table.group_of[person.id] == number] for number in range(groups)]
    return Balance(
        groups=tuple(map(tuple, found)),
        seed=seed,
        violations=tuple(_violations(people, found, wishes, locks)),
        spread=tuple(spread_of(people, found)),
        moved=tuple(id for id, before in table.before.items() if table.group_of[id] != before),
    )


def spread_of(people: Sequence[Person], groups: Sequence[Collection[str]]) -> list[Spread]:
    """How each value is spread over these groups, in the order of the attributes, then of the alphabet."""
    values = {person.id: person.values() for person in people}
    names = list(dict.fromkeys(name for own in values.values() for name in own))
    found = []
    for name in names:
        for value in sorted({value for own in values.values() for value in own.get(name, ())}):
            counts = tuple(sum(value in values[id].get(name, ()) for id in group) for group in groups)
            least, rest = divmod(sum(counts), len(groups))
            found.append(Spread(name, value, counts, least, least + (rest > 0)))
    return found


def _check(people: Sequence[Person], groups: int, wishes: Sequence[Wish], locks: Mapping[str, int]) -> None:
    known = {person.id for person in people}
    named = {id for wish in wishes if not isinstance(wish, OrganisationCap) for id in wish.people} | locks.keys()
    for id in sorted(named - known):
        raise Refused("wish_unknown", name=id)
    for group in locks.values():
        if not 0 <= group < groups:
            raise Refused("group_missing", group=group + 1, groups=groups)


def _violations(
    people: Sequence[Person], groups: Sequence[Sequence[str]], wishes: Sequence[Wish], locks: Mapping[str, int]
) -> Iterable[Violation]:
    organisation = {person.id: person.organisation for person in people}
    where = {id: number for number, group in enumerate(groups) for id in group}
    largest = max(map(len, groups))
    for wish in wishes:
        if isinstance(wish, OrganisationCap):
            for number, group in enumerate(groups):
                pairs = same_organisation(group, organisation)
                if len(pairs) > wish.pairs:
                    who = {id for pair in pairs for id in pair}
                    yield Violation(wish, tuple(id for id in group if id in who), (number,), "others")
            continue
        used = sorted({where[id] for id in wish.people})
        fixed = [locks[id] for id in wish.people if id in locks]
        if isinstance(wish, Together):
            if len(used) > 1:
                why = "locked" if len(set(fixed)) > 1 else "arithmetic" if len(wish.people) > largest else "others"
                yield Violation(wish, tuple(sorted(wish.people)), tuple(used), why)
        elif len(used) < len(wish.people):
            why = "locked" if len(set(fixed)) < len(fixed) else "others"
            why = "arithmetic" if len(wish.people) > len(groups) else why
            shared = [number for number in used if sum(where[id] == number for id in wish.people) > 1]
            both = sorted(id for id in wish.people if where[id] in shared)
            yield Violation(wish, tuple(both), tuple(shared), why)


class _Table:
    """An arrangement that is being improved, with what it costs."""

    WISH = 1000
    SPREAD = 10
    MOVED = 1

    def __init__(
        self,
        people: Sequence[Person],
        groups: int,
        wishes: Sequence[Wish],
        locks: Mapping[str, int],
        previous: Sequence[Collection[str]],
        chance: random.Random,
    ) -> None:
        self.people, self.groups, self.chance, self.locks = people, groups, chance, locks
        self.wishes = wishes
        ids = {person.id for person in people}
        self.before = {id: number for number, group in enumerate(previous[:groups]) for id in group if id in ids}
        self.group_of: dict[str, int] = {}
        self.organisation = {person.id: person.organisation for person in people}

    def fill(self) -> None:
        sizes = _sizes(len(self.people), self.groups, self.locks)
        free = list(sizes)
        for id, group in self.locks.items():
            self.group_of[id] = group
            free[group] -= 1
        for id, group in self.before.items():
            if id not in self.group_of and free[group] > 0:
                self.group_of[id] = group
                free[group] -= 1
        rest = [person.id for person in self.people if person.id not in self.group_of]
        self.chance.shuffle(rest)
        places = [group for group in range(self.groups) for _ in range(free[group])]
        self.group_of.update(zip(rest, places, strict=True))

    def improve(self, steps: int) -> None:
        movable = [person.id for person in self.people if person.id not in self.locks]
        if len(movable) < 2:
            return
        now = best = self.cost()
        kept = dict(self.group_of)
        for step in range(min(steps, 3000)):
            one, other = self.chance.sample(movable, 2)
            where = self.group_of
            if where[one] == where[other]:
                continue
            where[one], where[other] = where[other], where[one]
            then = self.cost()
            heat = 20 * (1 - step / 3000) + 0.01
            if then <= now or self.chance.random() < exp((now - then) / heat):
                now = then
                if now < best:
                    best, kept = now, dict(where)
            else:
                where[one], where[other] = where[other], where[one]
        self.group_of = kept

    def cost(self) -> int:
        found = [[p.id for p in self.people if self.group_of[p.id] == number] for number in range(self.groups)]
        wrong = sum(len(v.people) for v in _violations(self.people, found, self.wishes, self.locks))
        uneven = sum(
            max(0, spread.least - count, count - spread.most)
            for spread in spread_of(self.people, found)
            for count in spread.counts
        )
        moved = sum(self.group_of[id] != before for id, before in self.before.items())
        return wrong * self.WISH + uneven * self.SPREAD + moved * self.MOVED


def _sizes(people: int, groups: int, locks: Mapping[str, int]) -> list[int]:
    sizes = [0] * groups
    for group in locks.values():
        sizes[group] += 1
    for _ in range(people - sum(sizes)):
        sizes[min(range(groups), key=lambda group: (sizes[group], group))] += 1
    return sizes
