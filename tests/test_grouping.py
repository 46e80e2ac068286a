"""Groups: even, everything spread, wishes kept or told; topics by preference."""

from __future__ import annotations

import random
import time
from collections import Counter
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.domain.grouping import (
    Apart,
    Balance,
    OrganisationCap,
    Person,
    Together,
    Wish,
    assign,
    balance,
)
from facilitator.domain.grouping.cheapest import cheapest
from facilitator.domain.refusals import Refused

QUICK = settings(max_examples=20, deadline=None)


def counted(groups: tuple[tuple[str, ...], ...], having: set[str]) -> list[int]:
    """How many of these people are in each group, counted from the groups alone."""
    return [len(having & set(group)) for group in groups]


def assert_even(groups: tuple[tuple[str, ...], ...], people: list[Person]) -> None:
    assert Counter(id for group in groups for id in group) == Counter(person.id for person in people)
    sizes = [len(group) for group in groups]
    assert max(sizes) - min(sizes) <= 1


def is_kept(wish: Wish, made: Balance, people: list[Person]) -> bool:
    """Judged from the groups alone."""
    if isinstance(wish, Together):
        return any(wish.people <= set(group) for group in made.groups)
    if isinstance(wish, Apart):
        return max(counted(made.groups, set(wish.people))) <= 1
    body = {person.id: person.organisation for person in people}
    pairs = [sum(body[a] == body[b] != "" for a, b in combinations(group, 2)) for group in made.groups]
    return max(pairs) <= wish.pairs


@QUICK
@given(
    kinds=st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from("xyz")), min_size=1, max_size=30),
    groups=st.integers(1, 6),
    seed=st.integers(0, 9),
)
def test_two_attributes_are_always_spread_as_evenly_as_arithmetic_allows(
    kinds: list[tuple[str, str]], groups: int, seed: int
) -> None:
    # People are edges between their two values: a bipartite graph has a colouring in which every colour has its share
    # of all edges and of those at each vertex (de Werra 1971), so that the optimum is known to be attainable.
    people = [Person(f"p{number}", body, role=role) for number, (body, role) in enumerate(kinds)]
    made = balance(people, groups, seed=seed)
    assert_even(made.groups, people)
    for name, place in (("organisation", 0), ("role", 1)):
        for value in {kind[place] for kind in kinds}:
            having = {f"p{number}" for number, kind in enumerate(kinds) if kind[place] == value}
            counts = counted(made.groups, having)
            assert max(counts) - min(counts) <= 1
            [told] = [spread for spread in made.spread if (spread.attribute, spread.value) == (name, value)]
            assert list(told.counts) == counts
            assert (told.least, told.most) == (len(having) // groups, -(-len(having) // groups))
            assert told.even
    assert made == balance(people, groups, seed=seed)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_even_arrangement_that_there_is_is_found(seed: int) -> None:
    chance = random.Random(seed)
    # Eight groups alike in everything: one that is known, shuffled away.
    alike = [
        (chance.choice("abcdef"), chance.sample(["ca", "en", "es", "fr"], chance.choice([1, 2])), chance.choice("xy"))
        for _ in range(8)
    ]
    people = [
        Person(f"p{number}", body, tongues, role, {"region": body + role, "gender": chance.choice("f")})
        for number, (body, tongues, role) in enumerate(alike * 8)
    ]
    chance.shuffle(people)
    made = balance(people, 8, seed=seed)
    assert_even(made.groups, people)
    assert all(spread.even for spread in made.spread)
    for tongue in ("ca", "en", "es", "fr"):
        counts = counted(made.groups, {person.id for person in people if tongue in person.languages})
        assert max(counts) == min(counts)


def test_four_people_from_two_cities_worked_by_hand() -> None:
    people = [Person("Amina", "Quito"), Person("Boris", "Quito"), Person("Chen", "Lima"), Person("Dina", "Lima")]
    made = balance(people, 2, wishes=[Together(frozenset({"Amina", "Dina"}))])
    assert set(made.groups) == {("Amina", "Dina"), ("Boris", "Chen")}
    assert made.violations == ()
    assert [(spread.value, spread.counts) for spread in made.spread] == [("Lima", (1, 1)), ("Quito", (1, 1))]


@QUICK
@given(
    count=st.integers(4, 24),
    groups=st.integers(1, 6),
    sets=st.lists(st.tuples(st.booleans(), st.sets(st.integers(0, 23), min_size=2, max_size=5)), max_size=4),
    cap=st.sampled_from([None, 0, 2]),
    locks=st.dictionaries(st.integers(0, 23), st.integers(0, 5), max_size=4),
    seed=st.integers(0, 5),
)
def test_every_wish_is_kept_or_told_and_locks_hold(
    count: int,
    groups: int,
    sets: list[tuple[bool, set[int]]],
    cap: int | None,
    locks: dict[int, int],
    seed: int,
) -> None:
    people = [Person(f"p{number}", f"body {number % 5}") for number in range(count)]
    wishes: list[Wish] = [
        (Together if together else Apart)(frozenset(f"p{number % count}" for number in members))
        for together, members in sets
    ]
    if cap is not None:
        wishes.append(OrganisationCap(cap))
    locked = {f"p{number % count}": group % groups for number, group in locks.items()}
    made = balance(people, groups, wishes=wishes, locked=locked, seed=seed, effort=0.1)
    assert Counter(id for group in made.groups for id in group) == Counter(person.id for person in people)
    if max(Counter(locked.values()).values(), default=0) <= count // groups:
        assert_even(made.groups, people)
    assert all(id in made.groups[group] for id, group in locked.items())
    told = [violation.wish for violation in made.violations]
    for wish in wishes:
        assert (wish in told) != is_kept(wish, made, people)
    for violation in made.violations:
        assert all(any(id in made.groups[group] for group in violation.groups) for id in violation.people)
        assert violation.why in {"locked", "arithmetic", "others"}


def test_why_a_wish_is_not_kept_is_told() -> None:
    people = [Person(name) for name in ("Amina", "Boris", "Chen", "Dina", "Emil", "Fatou")]
    three = frozenset({"Amina", "Boris", "Chen"})
    four = frozenset({"Amina", "Boris", "Chen", "Dina"})
    pair = frozenset({"Emil", "Fatou"})
    assert [v.why for v in balance(people, 2, wishes=[Together(four)]).violations] == ["arithmetic"]
    [crowded] = balance(people, 2, wishes=[Apart(three)]).violations
    assert crowded.why == "arithmetic" and set(crowded.people) <= three and len(crowded.groups) == 1
    locks = {"Emil": 0, "Fatou": 1}
    [split] = balance(people, 2, wishes=[Together(pair)], locked=locks).violations
    assert (split.why, split.people, split.groups) == ("locked", ("Emil", "Fatou"), (0, 1))
    [shared] = balance(people, 2, wishes=[Apart(pair)], locked={"Emil": 1, "Fatou": 1}).violations
    assert (shared.why, shared.people, shared.groups) == ("locked", ("Emil", "Fatou"), (1,))
    both = balance(people, 2, wishes=[Together(pair), Apart(pair)]).violations
    assert [violation.why for violation in both] == ["others"]


def test_a_cap_on_colleagues_holds_or_says_where_it_does_not() -> None:
    people = [Person(f"p{number}", "Quito" if number < 4 else "") for number in range(8)]
    assert balance(people, 4, wishes=[OrganisationCap(0)]).violations == ()
    told = balance(people, 2, wishes=[OrganisationCap(0)]).violations
    assert [(violation.why, len(violation.people)) for violation in told] == [("arithmetic", 2), ("arithmetic", 2)]


def test_locked_people_stay_even_where_their_group_becomes_too_large() -> None:
    people = [Person(f"p{number}") for number in range(10)]
    locked = {f"p{number}": 2 for number in range(6)}
    made = balance(people, 3, locked=locked)
    assert set(made.groups[2]) == set(locked)
    assert [len(group) for group in made.groups] == [2, 2, 6]


def test_with_nothing_changed_nobody_moves_and_a_newcomer_alone_gets_a_place() -> None:
    people = [Person(f"p{number}", f"body {number % 6}", role="xyz"[number % 3]) for number in range(24)]
    made = balance(people, 4, seed=1)
    again = balance(people, 4, previous=made.groups, seed=2)
    assert (again.groups, again.moved) == (made.groups, ())
    larger = balance([*people, Person("Amina", "a new one")], 4, previous=made.groups)
    assert larger.moved == ()
    assert [set(group) - {"Amina"} for group in larger.groups] == [set(group) for group in made.groups]


def test_when_two_of_one_group_leave_one_person_moves_into_it() -> None:
    people = [Person(f"p{number}") for number in range(16)]
    made = balance(people, 4, seed=1)
    gone = set(made.groups[0][:2])
    here = [person for person in people if person.id not in gone]
    again = balance(here, 4, previous=made.groups)
    assert_even(again.groups, here)
    assert len(again.moved) == 1


def test_groups_that_were_unevenly_filled_by_hand_are_evened_out_with_the_fewest_moves() -> None:
    people = [Person(f"p{number}", "Quito" if number < 2 else "Lima") for number in range(8)]
    previous = [["p0", "p1", "p2", "p3"], ["p4", "p5", "p6", "p7"]]
    again = balance(people, 2, previous=previous)
    assert all(spread.even for spread in again.spread)
    assert len(again.moved) == 2  # one of the two from Quito, and one in exchange


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"groups": 0}, "Choose a number of groups from 1 to 200."),
        ({"groups": 201}, "Choose a number of groups from 1 to 200."),
        ({"wishes": [Apart(frozenset({"Amina", "Zoe"}))]}, "A wish names Zoe, who is not on the list."),
        ({"locked": {"Zoe": 0}}, "A wish names Zoe, who is not on the list."),
        ({"locked": {"Amina": 2}}, "There is no group 3; there are 2. Choose another one."),
    ],
)
def test_what_cannot_be_grouped_is_refused_with_what_to_do(options: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        balance([Person("Amina"), Person("Boris")], **({"groups": 2} | options))  # type: ignore[arg-type]
    assert sentence in str(refused.value)
    with pytest.raises(Refused, match="The list has Amina twice"):
        balance([Person("Amina"), Person("Amina")], 2)


# topics by preference


def fewest(preferences: dict[str, list[str]], topics: list[str]) -> tuple[int, int]:
    """The least sum of places, and the least worst one among those, by trying everything."""
    sizes = {len(preferences) // len(topics), -(-len(preferences) // len(topics))}
    found = []
    for choice in product(topics, repeat=len(preferences)):
        if all(choice.count(topic) in sizes for topic in topics):
            pairs = zip(preferences.values(), choice, strict=True)
            ranks = [order.index(topic) if topic in order else len(order) for order, topic in pairs]
            found.append((sum(ranks), max(ranks)))
    return min(found)


@QUICK
@given(data=st.data(), people=st.integers(1, 6), count=st.integers(1, 4), seed=st.integers(0, 9))
def test_no_arrangement_makes_people_less_unhappy(data: st.DataObject, people: int, count: int, seed: int) -> None:
    topics = [f"topic {number}" for number in range(count)]
    orders = st.permutations(topics).flatmap(lambda order: st.integers(0, count).map(lambda size: order[:size]))
    preferences = {f"p{number}": data.draw(orders) for number in range(people)}
    made = assign(preferences, topics, seed=seed)
    assert (made.unhappiness, made.worst) == fewest(preferences, topics)
    sizes = [len(group) for group in made.groups.values()]
    assert sum(sizes) == people and max(sizes) - min(sizes) <= 1
    for person, order in preferences.items():
        topic = made.topic[person]
        assert person in made.groups[topic]
        place = order.index(topic) if topic in order else len(order)
        assert made.rank[person] == (place if order else None)
    assert made == assign(preferences, topics, seed=seed)


def test_four_people_and_two_topics_worked_by_hand() -> None:
    preferences = {
        "Amina": ["water", "air"],
        "Boris": ["water", "air"],
        "Chen": ["water", "air"],
        "Dina": ["air", "water"],
    }
    made = assign(preferences, ["water", "air"])
    # Three want the two places at the water: one of them gets the second choice, and nobody else.
    assert (made.unhappiness, made.worst, made.topic["Dina"]) == (1, 1, "air")
    assert sorted(rank for rank in made.rank.values() if rank is not None) == [0, 0, 0, 1]


def test_of_equally_good_arrangements_the_one_with_the_least_worst_place_is_taken() -> None:
    # A 0 and a 2, or two 1s: the sum is the same.
    preferences = {"Amina": ["a", "b", "c"], "Boris": ["a", "b", "c"], "Chen": ["c", "b", "a"]}
    made = assign(preferences, ["a", "b", "c"])
    assert (made.unhappiness, made.worst) == fewest(preferences, ["a", "b", "c"])
    assert made.worst == 1


def test_who_has_no_preference_is_glad_of_any_topic_and_a_full_topic_takes_no_more() -> None:
    preferences: dict[str, list[str]] = {"Amina": ["water"], "Boris": ["water"], "Chen": [], "Dina": []}
    made = assign(preferences, ["water", "air"], most={"water": 1})
    assert len(made.groups["water"]) == 1 and len(made.groups["air"]) == 3
    assert made.rank["Chen"] is made.rank["Dina"] is None
    assert made.unhappiness == 1


def test_three_hundred_people_and_twelve_topics_take_a_moment() -> None:
    chance = random.Random(12)
    topics = [f"topic {number}" for number in range(12)]
    preferences = {f"p{number}": chance.sample(topics, 12) for number in range(300)}
    started = time.process_time()
    made = assign(preferences, topics)
    assert time.process_time() - started < 2
    assert {len(group) for group in made.groups.values()} == {25}
    assert made.worst <= 2


@pytest.mark.parametrize(
    ("preferences", "most", "sentence"),
    [
        ({"Amina": ["fire"]}, {}, "There is no topic “fire”, and Amina has ranked it."),
        ({"Amina": ["air", "air"]}, {}, "Somebody has ranked a topic twice: Amina."),
        ({"Amina": [], "Boris": [], "Chen": []}, {"air": 1, "water": 1}, "The topics have places for 2 of 3 people."),
    ],
)
def test_preferences_that_cannot_be_used_are_refused(
    preferences: dict[str, list[str]], most: dict[str, int], sentence: str
) -> None:
    with pytest.raises(Refused) as refused:
        assign(preferences, ["air", "water"], most=most)
    assert sentence in str(refused.value)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), rows=st.integers(1, 4), columns=st.integers(1, 4))
def test_the_cheapest_assignment_is_the_cheapest(data: st.DataObject, rows: int, columns: int) -> None:
    costs = [[data.draw(st.integers(-9, 9)) for _ in range(columns)] for _ in range(rows)]
    seats = [data.draw(st.integers(0, 3)) for _ in range(columns)]
    possible = [
        choice
        for choice in product(range(columns), repeat=rows)
        if all(choice.count(column) <= seats[column] for column in range(columns))
    ]
    if not possible:
        with pytest.raises(ValueError, match="seats"):
            cheapest(costs, seats)
        return
    found = cheapest(costs, seats)
    assert tuple(found) in possible
    least = min(sum(costs[row][column] for row, column in enumerate(choice)) for choice in possible)
    assert sum(costs[row][column] for row, column in enumerate(found)) == least
