"""The ballot engine: worked examples out of the literature, and what holds of every ballot."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.domain.ballots import KINDS, BallotRules, Elector, Vote, check, check_order, count, fold, left
from facilitator.domain.heatmap import heatmap
from facilitator.domain.refusals import Refused

DOTS = BallotRules(kind="dots", budget=5, cap=3)
AGAINST = BallotRules(kind="dots", budget=5, cap=3, against=True)
APPROVAL = BallotRules(kind="approval")
RANKING = BallotRules(kind="ranking")
CONSENT = BallotRules(kind="consent")
SCALE = BallotRules(kind="scale", anchors=("1", "2", "3", "4", "5"))
CRITERIA = BallotRules.from_data(
    {
        "kind": "scale",
        "anchors": ["1", "2", "3", "4", "5"],
        "criteria": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}],
    }
)


def people(*names: str, home: str | None = "own") -> list[Elector]:
    return [Elector(name, f"org of {name}" if home == "own" else home, False) for name in names]


def result(
    rules: BallotRules, items: str, votes: list[Vote], electors: list[Elector] | None = None, **more: Any
) -> Any:
    everybody = electors or people(*sorted({vote.voter for vote in votes}))
    return count(rules, list(items), votes, everybody, **more)


def places(found: Any) -> list[tuple[str, int | None]]:
    return [(row["proposal"], row["rank"]) for row in found["ranked"]]


def orders(*several: tuple[int, str]) -> list[Vote]:
    """So many voters with each order."""
    votes = []
    for group, (times, order) in enumerate(several):
        for n in range(times):
            votes += [Vote(f"v{group:02}-{n:03}", item, "", place) for place, item in enumerate(order, start=1)]
    return votes


# --- worked examples ------------------------------------------------------------------------------------------------


def test_borda_and_condorcet_on_the_capital_of_tennessee() -> None:
    """The textbook example of 100 voters and four cities (Memphis, Nashville, Chattanooga, Knoxville). By Borda's count
    Nashville has 194 points, Chattanooga 173, Memphis 126, Knoxville 107; Nashville beats each other city in a duel."""
    found = result(RANKING, "MNCK", orders((42, "MNCK"), (26, "NCKM"), (15, "CKNM"), (17, "KCNM")))
    assert {row["proposal"]: row["points"] for row in found["ranked"]} == {"N": 194, "C": 173, "M": 126, "K": 107}
    assert places(found) == [("N", 1), ("C", 2), ("M", 3), ("K", 4)]
    assert found["condorcet"] == "N"
    firsts = {row["proposal"]: row["firsts"] for row in found["ranked"]}
    assert firsts == {"M": 42, "N": 26, "C": 15, "K": 17}


def test_condorcets_paradox_has_no_winner_and_is_a_tie() -> None:
    """A before B before C, B before C before A, C before A before B: Condorcet, 1785."""
    found = result(RANKING, "ABC", orders((1, "ABC"), (1, "BCA"), (1, "CAB")))
    assert found["condorcet"] is None
    assert [(row["rank"], row["tied"]) for row in found["ranked"]] == [(1, True)] * 3


def test_what_somebody_leaves_out_of_a_ranking_shares_the_rest() -> None:
    found = result(RANKING, "ABCD", [Vote("amina", "A", "", 1)])
    assert {row["proposal"]: row["points"] for row in found["ranked"]} == {"A": 3, "B": 1, "C": 1, "D": 1}


def test_quartiles_are_those_of_hyndman_and_fan_type_7() -> None:
    """Of 1, 2, 4, 5 the median is 3, the quartiles are 1.75 and 4.25: h = (n - 1) p + 1."""
    found = result(SCALE, "A", [Vote(name, "A", "", value) for name, value in zip("abcd", (1, 2, 4, 5), strict=True)])
    (cell,) = found["criteria"]
    assert (cell["median"], cell["q1"], cell["q3"], cell["mean"], cell["n"]) == (3, 1.75, 4.25, 3, 4)
    assert cell["counts"] == [1, 1, 0, 1, 1]
    (row,) = found["ranked"]
    assert row["spread"] == 2.5


def test_consent_passes_when_nobody_objects_however_many_stand_aside() -> None:
    """Endenburg, 1988: consent is the absence of a reasoned objection, not a majority."""
    votes = [
        Vote("a", "X", "", 3),
        Vote("b", "X", "", 0, "It harms the small"),
        Vote("a", "Y", "", 1),
        Vote("b", "Y", "", 1),
    ]
    found = result(CONSENT, "XY", votes)
    assert [(row["proposal"], row["passed"]) for row in found["ranked"]] == [("Y", True), ("X", False)]
    assert found["reasons"] == [{"proposal": "X", "value": 0, "reason": "It harms the small"}]
    assert found["inseparable"] == [] and found["ranked"][0]["could"] is None


def test_approval_is_agree_minus_disagree_and_a_pass_is_an_abstention() -> None:
    votes = [Vote("a", "X", "", 1), Vote("b", "X", "", -1), Vote("c", "X", "", 1), Vote("d", "X", "", 0)]
    found = result(APPROVAL, "XY", votes, [*people("a", "b", "c", "d"), *people("e")])
    row = found["ranked"][0]
    assert (row["agree"], row["disagree"], row["pass"], row["voters"], row["score"]) == (2, 1, 1, 4, 1)
    assert (found["electors"], found["voted"], found["abstained"], found["few"]) == (5, 4, 1, False)
    assert row["dissent"] == pytest.approx(1 / 3, abs=0.001)


def test_dots_against_count_in_the_budget_and_against_the_score() -> None:
    check(AGAINST, {"X": {"": 3}}, "Y", "", -2)
    with pytest.raises(Refused, match="0 of 5"):
        check(AGAINST, {"X": {"": 3}, "Y": {"": -2}}, "Z", "", -1)
    with pytest.raises(Refused):
        check(DOTS, {}, "Y", "", -1)
    check(AGAINST, {"X": {"": 3}, "Y": {"": -2}}, "Y", "", -1)  # taking one back
    found = result(AGAINST, "XY", [Vote("a", "X", "", 3), Vote("b", "X", "", -1), Vote("b", "Y", "", 2)])
    assert [(row["proposal"], row["score"], row["dots"], row["against"]) for row in found["ranked"]] == [
        ("X", 2, 3, 1), ("Y", 2, 2, 0),
    ]  # fmt: skip
    assert [row["tied"] for row in found["ranked"]] == [True, True]


# --- two tallies, places, shortlist ---------------------------------------------------------------------------------


def test_each_organisation_has_one_voice_and_a_large_one_cannot_outvote_two() -> None:
    """Five of Berlin want X; one of Dakar and one of Delhi want Y. By person X is first, by organisation Y."""
    electors = [
        *people("b1", "b2", "b3", "b4", "b5", home="Berlin"),
        *people("d", home="Dakar"),
        *people("e", home="Delhi"),
    ]
    votes = [Vote(f"b{n}", "X", "", 1) for n in range(1, 6)] + [Vote("d", "Y", "", 1), Vote("e", "Y", "", 1)]
    found = result(APPROVAL, "XYZ", votes, electors, shortlist=1)
    assert found["ranked"][0]["proposal"] == "X"
    theirs = {row["proposal"]: row["by_organisation"] for row in found["ranked"]}
    assert (theirs["X"]["rank"], theirs["Y"]["rank"]) == (2, 1)
    assert (theirs["X"]["score"], theirs["Y"]["score"]) == (1, 2)
    assert found["disagree"] == ["X", "Y"]
    assert found["organisations"] == {"electors": 3, "voted": 3}


def test_an_organisation_whose_people_differ_is_split() -> None:
    electors = people("a", "b", home="Seoul")
    found = result(APPROVAL, "X", [Vote("a", "X", "", 1), Vote("b", "X", "", -1)], electors)
    assert found["ranked"][0]["by_organisation"] == {
        "score": 0,
        "rank": 1,
        "tied": False,
        "organisations": 1,
        "split": 1,
    }


def test_places_within_what_one_voter_could_turn_are_not_separable() -> None:
    """With approvals one voter turns a difference by four: 10 and 7 may change places, 10 and 5 may not."""
    votes = [Vote(f"v{n}", item, "", 1) for item, times in (("X", 10), ("Y", 7), ("Z", 1)) for n in range(times)]
    found = result(APPROVAL, "XYZ", votes)
    could = {row["proposal"]: row["could"] for row in found["ranked"]}
    assert could == {"X": [1, 2], "Y": [1, 2], "Z": [3, 3]}
    assert found["inseparable"] == [[1, 2]]


def test_most_divided_first() -> None:
    votes = [Vote("a", "X", "", 1), Vote("b", "X", "", -1), Vote("a", "Y", "", 1), Vote("b", "Y", "", 1)]
    found = result(APPROVAL, "XY", votes)
    assert found["divided_first"] == ["X"]


def test_the_shortlist_gives_a_third_of_the_room_its_share() -> None:
    votes = [Vote(f"m{n:02}", item, "", 1) for n in range(20) for item in "ABCDEF"]
    votes += [Vote(f"w{n:02}", item, "", 1) for n in range(10) for item in "XY"]
    shortlist = result(APPROVAL, "ABCDEFXY", votes, shortlist=6)["shortlist"]
    assert set(shortlist["top"]) == set("ABCDEF")
    for rule in ("equal_shares", "sequential"):
        assert len({choice["proposal"] for choice in shortlist[rule]} & set("XY")) == 2


def test_opinions_of_fewer_than_three_are_withheld_with_all_that_gives_them_away() -> None:
    votes = [Vote(name, "X", "a", 3) for name in "pqr"] + [Vote(name, "X", "b", 4) for name in "pq"]
    votes += [Vote(name, "Y", criterion, 5) for name in "pqrs" for criterion in "ab"]
    found = result(CRITERIA, "XY", votes)
    cells = {(cell["proposal"], cell["criterion"]): cell for cell in found["criteria"]}
    assert cells["X", "b"] == {"proposal": "X", "criterion": "b", "withheld": True}
    assert cells["X", "a"]["n"] == 3 and cells["Y", "b"]["n"] == 4
    row = next(row for row in found["ranked"] if row["proposal"] == "X")
    assert row["withheld"] and {value for key, value in row.items() if key not in ("proposal", "withheld", "tied")} == {
        None
    }
    named = CRITERIA.model_copy(update={"secrecy": "named"})
    assert not any(cell.get("withheld") for cell in result(named, "XY", votes)["criteria"])


def test_a_heatmap_shows_groups_side_by_side_and_adds_up_only_what_it_shows() -> None:
    one = result(CRITERIA, "X", [Vote(name, "X", c, 4) for name in "pqrs" for c in "ab"])
    two = result(CRITERIA, "Z", [Vote(name, "Z", c, 2) for name in "tu" for c in "ab"])
    found = heatmap([("Water", {"area": "X"}, one), ("Air", {"area": "Z"}, two)], ["area"])
    assert found["groups"] == ["Water", "Air"]
    row = found["rows"][0]
    assert (row["cells"][0]["median"], row["cells"][0]["n"]) == (4, 4)
    assert row["cells"][1] == {"withheld": True}
    assert row["all"]["n"] == 4


# --- merged ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "values", "joined"),
    [
        (DOTS, (2, 1), 3), (DOTS, (3, 2), 3), (AGAINST, (2, -1), 1),
        (APPROVAL, (-1, 1), 1), (APPROVAL, (0, -1), -1), (APPROVAL, (0, 0), 0),
        (SCALE, (1, 5), 1), (SCALE, (0, 4), 4), (SCALE, (0, 0), 0),
        (RANKING, (4, 2), 2), (CONSENT, (3, 0), 0), (CONSENT, (3, 2), 2),
    ],
)  # fmt: skip
def test_a_voter_on_several_parts_counts_once_on_the_whole(
    rules: BallotRules, values: tuple[int, int], joined: int
) -> None:
    votes = [Vote("amina", "p", "", values[0], "Why"), Vote("amina", "q", "", values[1], "Because")]
    (one,) = fold(rules, votes, {"p": "whole", "q": "whole"})
    assert (one.voter, one.item, one.value) == ("amina", "whole", joined)
    assert one.reason == "Because; Why"


def test_who_has_voted_on_the_whole_has_said_so() -> None:
    votes = [Vote("amina", "p", "", 2), Vote("amina", "whole", "", 1), Vote("bruno", "p", "", 2)]
    folded = fold(DOTS, votes, {"p": "whole"})
    assert sorted((vote.voter, vote.value) for vote in folded) == [("amina", 1), ("bruno", 2)]


# --- what holds of every ballot ---------------------------------------------------------------------------------------

VALUES = {"dots": (1, 2, 3), "approval": (-1, 0, 1), "scale": (0, 1, 2, 3, 4, 5), "consent": (0, 1, 2, 3)}
RULES = {"dots": DOTS, "approval": APPROVAL, "scale": SCALE.model_copy(update={"secrecy": "named"}), "consent": CONSENT}


@st.composite
def held(draw: st.DrawFn) -> tuple[BallotRules, list[Vote]]:
    """Any ballot of a kind whose votes stand alone."""
    kind = draw(st.sampled_from(sorted(VALUES)))
    votes = draw(
        st.dictionaries(
            st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("UVWXYZ")), st.sampled_from(VALUES[kind])
        )
    )
    return RULES[kind], [Vote(voter, item, "", value, "Why") for (voter, item), value in votes.items()]


@given(held(), st.randoms())
def test_the_order_of_the_votes_means_nothing(ballot: tuple[BallotRules, list[Vote]], chance: Any) -> None:
    rules, votes = ballot
    shuffled = list(votes)
    chance.shuffle(shuffled)
    electors = people(*"abcdefghi")
    assert count(rules, list("UVWXYZ"), votes, electors, 3) == count(rules, list("UVWXYZ"), shuffled, electors[::-1], 3)


@given(held())
def test_a_recount_by_hand_gives_the_same_and_ties_share_a_place(ballot: tuple[BallotRules, list[Vote]]) -> None:
    rules, votes = ballot
    found = count(rules, list("UVWXYZ"), votes, people(*"abcdefghi"))
    assert found["voted"] == len({vote.voter for vote in votes}) <= found["electors"] == 9
    by_item: dict[str, Counter[int]] = {item: Counter() for item in "UVWXYZ"}
    for vote in votes:
        by_item[vote.item][vote.value] += 1

    def key(item: str) -> Any:
        said = by_item[item]
        if rules.kind == "consent":
            return (-said[0], -said[1], -said[2], said[3])
        if rules.kind == "scale":
            opinions = [value for value in said.elements() if value]
            return Fraction(sum(opinions), len(opinions)) if opinions else None
        return sum(value * times for value, times in said.items())

    for row in found["ranked"]:
        mine = key(row["proposal"])
        if mine is None:
            assert row["rank"] is None
            continue
        better = [item for item in "UVWXYZ" if key(item) is not None and key(item) > mine]
        same = [item for item in "UVWXYZ" if key(item) == mine]
        assert (row["rank"], row["tied"]) == (len(better) + 1, len(same) > 1)
        if row["could"]:
            assert row["could"][0] <= row["rank"] <= row["could"][1] <= 6


@given(held())
def test_where_everybody_is_an_organisation_both_tallies_agree(ballot: tuple[BallotRules, list[Vote]]) -> None:
    rules, votes = ballot
    found = count(rules, list("UVWXYZ"), votes, people(*"abcdefghi"))
    for row in found["ranked"]:
        assert (row["by_organisation"]["score"], row["by_organisation"]["rank"]) == (row["score"], row["rank"])
        assert row["by_organisation"]["split"] == 0 or rules.kind == "dots"
    assert found["disagree"] == []


@given(held(), st.dictionaries(st.sampled_from("UVW"), st.just("Z")))
def test_merging_never_counts_anybody_twice(ballot: tuple[BallotRules, list[Vote]], into: dict[str, str]) -> None:
    rules, votes = ballot
    folded = fold(rules, votes, into)
    assert max(Counter((vote.voter, vote.item) for vote in folded).values(), default=1) == 1
    on_it = {vote.voter for vote in votes if vote.item in {*into, "Z"}}
    assert {vote.voter for vote in folded if vote.item == "Z"} == on_it


@given(st.lists(st.tuples(st.sampled_from("WXYZ"), st.integers(-4, 4)), max_size=40), st.booleans())
def test_whoever_passes_the_check_is_never_over_budget(moves: list[tuple[str, int]], against: bool) -> None:
    rules = AGAINST if against else DOTS
    mine: dict[str, dict[str, int]] = {}
    for item, value in moves:
        try:
            check(rules, mine, item, "", value)
        except Refused:
            continue
        mine[item] = {"": value}
        spent = sum(abs(said[""]) for said in mine.values())
        assert spent <= 5 and abs(value) <= 3 and left(rules, mine) == 5 - spent


def test_each_kind_says_no_in_its_own_words() -> None:
    cases: list[tuple[BallotRules, int, str | None, str]] = [
        (APPROVAL, 2, None, "1, 0, -1"), (SCALE, 6, None, "0–5"), (SCALE, -1, None, "0–5"),
        (CONSENT, 4, None, "3, 2, 1, 0"),
        (CONSENT, 0, " ", "object to"), (RANKING, 1, None, "as a whole"), (DOTS, 4, None, "At most 3"),
    ]  # fmt: skip
    for rules, value, reason, sentence in cases:
        with pytest.raises(Refused, match=sentence):
            check(rules, {}, "X", "", value, reason)
    with pytest.raises(Refused, match="does not ask that"):
        check(CRITERIA, {}, "X", "c", 1)
    with pytest.raises(Refused, match="one place only"):
        check_order(RANKING, ["X", "X"], {"X"})
    with pytest.raises(Refused, match="not on this board"):
        check_order(RANKING, ["Y"], {"X"})
    with pytest.raises(Refused, match="does not ask for an order"):
        check_order(DOTS, ["X"], {"X"})


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"kind": "dots"}, "budget"), ({"kind": "dots", "budget": 2, "cap": 3}, "above the budget"),
        ({"kind": "approval", "budget": 3}, "mean nothing"), ({"kind": "scale"}, "anchors"),
        ({"kind": "scale", "anchors": ["one"]}, "2 to 11"),
        ({"kind": "approval", "live": True}, "secret ballot cannot"),
        ({"kind": "ranking", "anchors": ["a", "b"]}, "mean nothing"), ({"kind": "lottery"}, "kind"),
    ],
)  # fmt: skip
def test_rules_that_make_no_sense_are_refused(data: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        BallotRules.from_data(data)
    assert set(KINDS) == {"dots", "approval", "scale", "ranking", "consent"}
