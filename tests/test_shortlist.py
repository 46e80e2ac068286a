"""A fair shortlist, held against abcvoting and against published examples."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from abcvoting import abcrules
from abcvoting.preferences import Profile
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.domain.shortlist import equal_shares, sequential

Approvals = dict[str, frozenset[str]]

# Lackner and Skowron, Multi-Winner Voting with Approval Preferences (2023), example 2.1 (twelve voters, seven
# candidates): the running example of the book.
RUNNING = ["ab"] * 3 + ["ac"] * 3 + ["ad"] * 2 + ["bcf", "e", "f", "g"]


def people(votes: list[str]) -> Approvals:
    return {f"p{number:03}": frozenset(vote) for number, vote in enumerate(votes)}


def winners(rule: str, approvals: Approvals, items: list[str], size: int) -> list[set[str]]:
    """All committees that abcvoting finds, however ties are broken."""
    profile = Profile(len(items), cand_names=items)
    for voter in sorted(approvals):
        profile.add_voter([items.index(item) for item in sorted(approvals[voter])])
    found = abcrules.compute(rule, profile, committeesize=size, resolute=False)
    return [{items[member] for member in committee} for committee in found]


def chosen(told: list[dict[str, Any]]) -> set[str]:
    return {choice["proposal"] for choice in told}


def test_the_running_example_of_the_book() -> None:
    approvals, items = people(RUNNING), list("abcdefg")
    assert chosen(sequential(approvals, items, 4)) in winners("seqpav", approvals, items, 4)
    assert chosen(equal_shares(approvals, items, 4)) in winners("equal-shares", approvals, items, 4)


def test_a_minority_of_a_third_gets_a_third_of_the_places() -> None:
    """Of 30 people, 20 want a to f and nothing else, 10 want x to z: of six places the ten get two. The first six by
    votes would all be the majority's."""
    approvals = people(["abcdef"] * 20 + ["xyz"] * 10)
    items = list("abcdefxyz")
    for rule in (equal_shares, sequential):
        told = rule(approvals, items, 6)
        assert len(chosen(told) & set("xyz")) == 2, rule.__name__
    first = sequential(approvals, items, 6)
    assert first[0] == {"proposal": "a", "represents": 20, "newly": 20}
    minority = next(choice for choice in first if choice["proposal"] == "x")
    assert (minority["represents"], minority["newly"]) == (10, 10)
    second = next(choice for choice in first if choice["proposal"] == "b")
    assert (second["represents"], second["newly"]) == (20, 0)


def test_where_votes_have_names_each_choice_says_whom_it_stands_for() -> None:
    told = sequential(people(["a", "ab", "b"]), ["a", "b"], 1, named=True)
    assert told == [{"proposal": "a", "represents": 2, "newly": 2, "voters": ["p000", "p001"]}]
    assert "voters" not in equal_shares(people(["a"]), ["a"], 1)[0]


def test_with_nothing_to_choose_from_nothing_is_chosen() -> None:
    for rule in (equal_shares, sequential):
        assert rule({}, ["a"], 3) == []
        assert rule(people(["", ""]), ["a", "b"], 3) == []
        assert chosen(rule(people(["a", "a"]), ["a", "b"], 3)) == {"a"}
        assert rule(people(["a"]), ["a"], 0) == []


PROFILES = st.lists(st.sets(st.sampled_from("abcdef"), min_size=0), min_size=1, max_size=9)


@settings(max_examples=60, deadline=None)
@given(PROFILES, st.integers(1, 4))
def test_on_random_profiles_both_rules_choose_as_abcvoting_does(votes: list[set[str]], size: int) -> None:
    approvals = {f"p{number:02}": frozenset(vote) for number, vote in enumerate(votes)}
    items = [item for item in "abcdef" if any(item in vote for vote in votes)]
    if len(items) < size or len(items) < 2:
        return
    assert chosen(sequential(approvals, items, size)) in winners("seqpav", approvals, items, size)
    assert chosen(equal_shares(approvals, items, size)) in winners("equal-shares", approvals, items, size)


@settings(max_examples=60, deadline=None)
@given(PROFILES, st.integers(1, 6))
def test_a_group_that_agrees_gets_what_it_deserves(votes: list[set[str]], size: int) -> None:
    """Justified representation (Aziz and others, 2017): where n / size people want the same item, one of them has
    something of theirs among the chosen."""
    approvals = {f"p{number:02}": frozenset(vote) for number, vote in enumerate(votes)}
    items = list("abcdef")
    got = chosen(equal_shares(approvals, items, size))
    quota = Fraction(len(votes), size)
    for item in items:
        unheard = [vote for vote in votes if item in vote and not vote & got]
        assert len(unheard) < quota or len(got) == size == 0, (item, got)
