"""Balanced groups: even in size, and each organisation, language, role and chosen attribute spread over all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..refusals import Refused
from .arranging import SIZE, Arrangement, kept_apart, kept_together, shared_out
from .chance import Chance
from .figures import fewest_colleagues
from .people import Person, check_groups, check_people, same_organisation

STEPS = (40_000, 120_000, 160_000)
"""How long each attempt takes at most; with earlier groups, the first one only mends."""


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
    effort: float = 1.0,
) -> Balance:
    """Put people into `groups` groups whose sizes differ by at most one.

    Args:
        wishes: what else counts; it counts for more than the spread. What cannot be is in `violations`.
        locked: person -> the number of their group, from 0. Locks always hold; where more are locked to a group than
            its share, the others are as even as they can be.
        previous: the groups that there were: as few people as possible leave theirs.
        seed: the same arguments and seed give the same groups.
        effort: how long it may be looked for better groups, while there is anything to improve; 1 is a few seconds.

    Raises Refused where somebody is on the list twice, or a wish or a lock names somebody or a group unknown.
    """
    check_people(people)
    check_groups(groups)
    locks = dict(locked or {})
    _check(people, groups, wishes, locks)
    number = {person.id: place for place, person in enumerate(people)}
    home = {
        number[id]: group
        for group, members in enumerate((previous or ())[:groups])
        for id in members
        if id in number and id not in locks
    }
    group_of = _arranged(people, groups, wishes, locks, home, Chance(seed), effort)
    found = [
        [person.id for person, group in zip(people, group_of, strict=False) if group == at] for at in range(groups)
    ]
    before = {id: group for group, members in enumerate(previous or ()) for id in members}
    return Balance(
        groups=tuple(map(tuple, found)),
        seed=seed,
        violations=tuple(_violations(people, found, wishes, locks)),
        spread=tuple(spread_of(people, found)),
        moved=tuple(
            person.id
            for person, group in zip(people, group_of, strict=False)
            if person.id in before and before[person.id] != group
        ),
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
                    why = (
                        "arithmetic" if fewest_colleagues(groups, organisation) > wish.pairs * len(groups) else "others"
                    )
                    yield Violation(wish, tuple(id for id in group if id in who), (number,), why)
            continue
        used = sorted({where[id] for id in wish.people})
        fixed = [locks[id] for id in wish.people if id in locks]
        if isinstance(wish, Together):
            if len(used) > 1:
                full = any(
                    len(wish.people) + sum(at == group and id not in wish.people for id, at in locks.items())
                    > len(groups[group])
                    for group in fixed
                )
                why = "locked" if len(set(fixed)) > 1 or full else "others"
                why = "arithmetic" if len(wish.people) > largest else why
                yield Violation(wish, tuple(sorted(wish.people)), tuple(used), why)
        elif len(used) < len(wish.people):
            why = "locked" if len(set(fixed)) < len(fixed) else "others"
            why = "arithmetic" if len(wish.people) > len(groups) else why
            shared = [number for number in used if sum(where[id] == number for id in wish.people) > 1]
            both = sorted(id for id in wish.people if where[id] in shared)
            yield Violation(wish, tuple(both), tuple(shared), why)


def _arranged(
    people: Sequence[Person],
    groups: int,
    wishes: Sequence[Wish],
    locks: Mapping[str, int],
    home: Mapping[int, int],
    chance: Chance,
    effort: float,
) -> list[int]:
    """Person -> group; then the groups of the empty seats that make all groups equally large."""
    number = {person.id: place for place, person in enumerate(people)}
    fixed = {number[id]: group for id, group in locks.items()}
    group_of, empty = _placed(len(people), groups, fixed, home, chance)
    marks = [kept_apart(frozenset(range(len(people), len(people) + empty)), groups, SIZE)]
    marks += [shared_out(bearers, groups) for bearers in _bearers(people)]
    caps = [wish.pairs for wish in wishes if isinstance(wish, OrganisationCap)]
    blocks = []
    for wish in wishes:
        if isinstance(wish, Apart):
            marks.append(kept_apart(frozenset(number[id] for id in wish.people), groups))
        elif isinstance(wish, Together):
            marks.append(kept_together(frozenset(number[id] for id in wish.people)))
            blocks.append([number[id] for id in sorted(wish.people) if id not in locks])
    bodies = {"": 0}
    body_of = [bodies.setdefault(person.organisation, len(bodies)) for person in people]
    best: Arrangement | None = None
    for steps in (0, *STEPS[:2]) if home else STEPS:
        arrangement = Arrangement(
            list(group_of),
            groups,
            marks,
            [member for member in range(len(group_of)) if member not in fixed],
            home,
            [*body_of, *[0] * empty],
            min(caps, default=None),
            chance,
        )
        arrangement.anneal(int(steps * effort), blocks)
        if best is None or arrangement.cost < best.cost:
            best = arrangement
        if best.cost <= best.least:
            break
    assert best is not None
    return best.group_of


def _placed(
    people: int, groups: int, fixed: Mapping[int, int], home: Mapping[int, int], chance: Chance
) -> tuple[list[int], int]:
    """Member -> group to begin with, and how many of the members are empty seats."""
    sizes = [0] * groups
    for group in fixed.values():
        sizes[group] += 1
    for _ in range(people - len(fixed)):
        sizes[min(range(groups), key=lambda group: (sizes[group], group))] += 1
    seats = max(sizes)
    free = [seats] * groups
    group_of = [-1] * people
    for one, group in (*fixed.items(), *home.items()):
        if free[group] > 0:
            group_of[one] = group
            free[group] -= 1
    # Those without a place first fill the groups that are smallest.
    waiting = [one for one in range(people) if group_of[one] < 0]
    chance.shuffle(waiting)
    for one in waiting:
        group_of[one] = max(range(groups), key=lambda group: (free[group], -group))
        free[group_of[one]] -= 1
    empty = [group for group in range(groups) for _ in range(free[group])]
    return group_of + empty, len(empty)


def _bearers(people: Sequence[Person]) -> list[frozenset[int]]:
    """For each value of each attribute, who has it."""
    found: dict[tuple[str, str], set[int]] = {}
    for place, person in enumerate(people):
        for name, values in person.values().items():
            for value in values:
                found.setdefault((name, value), set()).add(place)
    return [frozenset(found[key]) for key in sorted(found)]
