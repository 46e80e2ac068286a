"""Votes are right: budgets, the frozen electorate, nothing after the close, no result before the reveal, ties."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import func, select
from support.agenda import everything, workshop_of
from support.house import NOBODY, House
from test_run import together

from facilitator import recount
from facilitator.domain.ballots import BallotRules
from facilitator.domain.refusals import Refused
from facilitator.store.db import Store
from facilitator.store.models import Elector, Vote


@pytest.fixture
def cards(full_house: House) -> list[str]:
    """Four proposals on the board of the group Water, whose vote is open."""
    water = full_house.board("Water")
    full_house["Fatima"].opens(water, "collect")
    made = [full_house["Amina"].posts(water, text) for text in ("Buses", "Trams", "Bikes", "Boats")]
    full_house["Fatima"].opens(water, "vote")
    return made


@pytest.fixture
def water(full_house: House, cards: list[str]) -> str:
    return full_house.board("Water")


def test_amina_spends_five_dots_at_most_two_on_one_and_takes_them_back(
    full_house: House, water: str, cards: list[str]
) -> None:
    amina = full_house["Amina"]
    for card, dots in zip(cards, (2, 2, 1), strict=False):
        amina.votes(water, card, dots)
    assert amina.me(water)["left"] == 0
    with full_house.refuses("no_dots_left", "0 of 5"):
        amina.votes(water, cards[3], 1)
    with full_house.refuses("over_cap", "At most 2"):
        amina.votes(water, cards[2], 3)
    with full_house.refuses("bad_vote"):
        amina.votes(water, cards[0], -1)
    amina.votes(water, cards[0], 0)
    amina.votes(water, cards[3], 2)
    assert amina.me(water)["votes"] == {cards[1]: {"": 2}, cards[2]: {"": 1}, cards[3]: {"": 2}}


def test_a_vote_says_what_it_should_be_so_sending_it_twice_changes_nothing(
    full_house: House, water: str, cards: list[str]
) -> None:
    for _ in range(3):
        full_house["Amina"].votes(water, cards[0], 2)
    assert full_house["Amina"].me(water)["left"] == 3
    assert [event["name"] for event in full_house.events(water)].count("vote.cast") == 1


def test_there_is_nothing_to_vote_for_that_is_hidden_withdrawn_or_elsewhere(
    full_house: House, water: str, cards: list[str]
) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    amina.votes(water, cards[0], 2)
    fatima.hides(water, cards[0], "Off topic")
    fatima.opens(water, "collect")
    amina.withdraws(water, cards[1])
    fatima.opens(water, "vote")
    with full_house.refuses("proposal_hidden", "Off topic"):
        amina.votes(water, cards[0], 1)
    with full_house.refuses("proposal_withdrawn"):
        amina.votes(water, cards[1], 1)
    with full_house.refuses("proposal_unknown"):
        amina.votes(water, NOBODY, 1)
    amina.votes(water, cards[0], 0)  # dots on a hidden one come back
    assert amina.me(water)["left"] == 5


def test_the_electorate_is_frozen_and_latecomers_come_in_when_it_opens_again(
    full_house: House, water: str, cards: list[str]
) -> None:
    assert full_house.state(water)["ballot"]["electors"] == 2
    group = full_house.state(water)["group"]
    late = next(one for one in map(full_house.join, ("Elena", "Farid")) if group in one.me(full_house.room)["groups"])
    assert late.me(water)["elector"] is False
    with full_house.refuses("not_elector", "opening it again"):
        late.votes(water, cards[0], 1)
    full_house["Fatima"].opens(water, "vote")
    late.votes(water, cards[0], 1)
    state = full_house.state(water)["ballot"]
    assert state["electors"] == 3 and state["voted"] == 1


def test_who_has_not_come_who_observes_and_who_facilitates_does_not_count(house: House) -> None:
    for name in ("Fatima", "Oscar", "Amina"):
        house[name].does(house.room, "person.arrive")
    plenary = house.board("Plenary")
    house["Fatima"].opens(plenary, "vote")
    assert house.state(plenary)["ballot"]["electors"] == 1
    electors = [row.person for row in house.rows(select(Elector.person))]
    assert electors == [house["Amina"].id]
    for name in ("Fatima", "Oscar", "Screen"):
        with house.refuses("not_allowed", "role"):
            house[name].votes(plenary, NOBODY, 1)


@pytest.mark.parametrize("turn", range(5))
def test_twenty_windows_never_spend_more_than_the_budget(
    full_house: House, water: str, cards: list[str], turn: int
) -> None:
    amina = full_house["Amina"]
    answers = together(20, lambda n: amina.votes(water, cards[n % 4], 1 + n % 2))
    votes = {card: said[""] for card, said in amina.me(water)["votes"].items()}
    assert sum(votes.values()) <= 5 and all(1 <= dots <= 2 for dots in votes.values())
    accepted = [answer for answer in answers if not isinstance(answer, str)]
    assert set(answers) - {"no_dots_left"} if not accepted else True
    for card in {answer["proposal"] for answer in accepted}:
        assert votes[card] in {answer["value"] for answer in accepted if answer["proposal"] == card}
    assert full_house.state(water)["ballot"]["voted"] == 1


STEPS = {"dots": "vote", "ranking": "rank", "scale": "rate", "consent": "consent", "pulse": "pulse"}


@pytest.mark.parametrize("turn", range(5))
@pytest.mark.parametrize("kind", STEPS)
def test_twenty_windows_of_one_person_leave_one_ballot_behind_whatever_its_kind(
    store: Store, kind: str, turn: int
) -> None:
    """However their votes race, a person has one value on each item and criterion, within the rules, and the recount
    agrees."""
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    fatima, amina, water = house["Fatima"], house["Amina"], house.board("Water")
    fatima.opens(water, "collect")
    items = [amina.posts(water, text, "north") for text in "ABC"]
    if kind == "consent":
        fatima.opens(water, "lines")
        items = [amina.posts(water, text) for text in "AB"]
    if kind in ("scale", "pulse"):
        home = water.removeprefix("board:")
        items = [f"{home}-north", f"{home}-south"] if kind == "scale" else [f"{home}-how"]
    fatima.opens(water, STEPS[kind])

    def act(n: int) -> Any:
        item = items[n % len(items)]
        if kind == "ranking":
            return amina.does(water, "vote.rank", order=items[n % 3 :] + items[: n % 3])
        if kind == "scale":
            return amina.does(water, "vote.cast", proposal=item, value=n % 4, criterion=("mission", "vision")[n % 2])
        if kind == "consent":
            return amina.does(water, "vote.cast", proposal=item, value=n % 4, reason="Because")
        return amina.votes(water, item, 1 + n % 2)

    together(20, act)
    rows = house.rows(select(Vote.proposal, Vote.criterion, Vote.value))
    assert len({(row.proposal, row.criterion) for row in rows}) == len(rows) >= 1
    if kind == "dots":
        assert sum(row.value for row in rows) <= 5
    if kind == "ranking":
        assert sorted(row.value for row in rows) == [1, 2, 3]
    assert house.state(water)["ballot"]["voted"] == 1
    fatima.closes(water)
    assert recount.check(store).off == []


def test_twenty_voters_at_once_are_all_counted(full_house: House) -> None:
    plenary = full_house.board("Plenary")
    crowd = [full_house.join(f"Voter {n}") for n in range(20)]
    full_house["Fatima"].opens(plenary, "collect")
    card = full_house["Amina"].posts(plenary, "Buses")
    full_house["Fatima"].opens(plenary, "vote")
    together(20, lambda n: crowd[n].votes(plenary, card, 2))
    full_house["Fatima"].opens(plenary, "reveal")
    (row,) = full_house.state(plenary)["results"]["ranked"]
    assert (row["dots"], row["voters"]) == (40, 20)


def test_nothing_is_accepted_after_the_close_however_many_race_it(full_house: House) -> None:
    plenary = full_house.board("Plenary")
    crowd = [full_house.join(f"Voter {n}") for n in range(25)]
    fatima = full_house["Fatima"]
    fatima.opens(plenary, "collect")
    cards = [full_house["Amina"].posts(plenary, text) for text in "ABCD"]
    fatima.opens(plenary, "vote")
    closing: dict[str, Any] = {}

    def act(number: int) -> Any:
        if number == 25:
            threading.Event().wait(0.05)
            closing.update(fatima.closes(plenary))
            return None
        return [_try(lambda card=card: crowd[number].votes(plenary, card, 1)) for card in cards]

    answers = together(26, act)
    accepted = [answer for own in answers if own for answer in own if not isinstance(answer, str)]
    refused = [answer for own in answers if own for answer in own if isinstance(answer, str)]
    assert len(accepted) + len(refused) == 100
    assert set(refused) <= {"step_closed"}
    stored = full_house.rows(select(func.count()).select_from(Vote))[0][0]
    assert stored == len(accepted)
    assert max(event["seq"] for event in full_house.events(plenary)) == closing["seq"]
    with full_house.refuses("step_closed", "closed"):
        crowd[0].votes(plenary, cards[0], 2)


def _try(do: Any) -> Any:
    try:
        return do()
    except Refused as refused:
        return refused.code


def test_nobody_sees_a_result_before_the_reveal_not_even_the_facilitator(
    full_house: House, water: str, cards: list[str]
) -> None:
    full_house["Amina"].votes(water, cards[0], 2)
    full_house["Bruno"].votes(water, cards[0], 1)
    for closed in (False, True):
        if closed:
            full_house["Fatima"].closes(water)
        for name in ("Olga", "Fatima", "Oscar", "Amina", "Screen"):
            answer = full_house[name].sees(water)
            assert answer["snapshot"]["results"] is None
            rules = {"kind": "dots", "budget": 5, "cap": 2, "secrecy": "secret", "electors": 2, "voted": 2}
            assert answer["snapshot"]["ballot"].items() >= rules.items()
            assert name == "Amina" or not answer["me"].get("votes")
    assert not [event for event in full_house.events(water) if event["name"] == "results.counted"]
    full_house["Fatima"].opens(water, "reveal")
    top = full_house["Amina"].sees(water)["snapshot"]["results"]["ranked"][0]
    assert (top["proposal"], top["dots"], top["voters"], top["rank"]) == (cards[0], 3, 2, 1)


def test_results_disappear_again_when_the_facilitator_goes_back_and_nothing_is_lost(
    full_house: House, water: str, cards: list[str]
) -> None:
    full_house["Amina"].votes(water, cards[0], 2)
    votes = full_house.rows(select(Vote.__table__))
    fatima = full_house["Fatima"]
    fatima.opens(water, "reveal")
    fatima.opens(water, "collect")
    assert full_house.state(water)["results"] is None
    fatima.opens(water, "vote")
    assert full_house.rows(select(Vote.__table__)) == votes and full_house["Amina"].me(water)["left"] == 3
    full_house["Amina"].votes(water, cards[0], 1)
    fatima.opens(water, "reveal")
    assert full_house.state(water)["results"]["ranked"][0]["dots"] == 1


def test_ties_share_a_rank_and_say_so(full_house: House, water: str, cards: list[str]) -> None:
    full_house["Amina"].votes(water, cards[1], 2)
    full_house["Bruno"].votes(water, cards[2], 2)
    full_house["Bruno"].votes(water, cards[0], 1)
    full_house["Fatima"].opens(water, "reveal")
    results = full_house.state(water)["results"]
    found = [(row["proposal"], row["rank"], row["tied"]) for row in results["ranked"]]
    assert found == [(cards[1], 1, True), (cards[2], 1, True), (cards[0], 3, False), (cards[3], 4, False)]
    assert (results["voted"], results["electors"], results["few"]) == (2, 2, True)


def test_with_four_voters_a_result_is_no_longer_called_small(full_house: House) -> None:
    plenary = full_house.board("Plenary")
    full_house["Fatima"].opens(plenary, "collect")
    card = full_house["Amina"].posts(plenary, "Buses")
    full_house["Fatima"].opens(plenary, "vote")
    for name in ("Amina", "Bruno", "Chen", "Dora"):
        full_house[name].votes(plenary, card, 1)
    full_house["Fatima"].opens(plenary, "reveal")
    assert full_house.state(plenary)["results"]["few"] is False


def test_agree_pass_and_disagree_are_counted_apart(full_house: House) -> None:
    air = full_house.board("Air", day=2)
    full_house["Fatima"].opens(air, "collect")
    one, two = (full_house["Chen"].posts(air, text) for text in ("Trees", "Roads"))
    full_house["Fatima"].opens(air, "vote")
    for name, value in (("Chen", 1), ("Dora", 0)):
        full_house[name].votes(air, one, value)
    full_house["Dora"].votes(air, two, -1)
    with full_house.refuses("bad_vote", "1, 0, -1"):
        full_house["Chen"].votes(air, two, 2)
    full_house["Fatima"].opens(air, "reveal")
    first, second = full_house.state(air)["results"]["ranked"]
    assert (first["agree"], first["pass"], first["disagree"], first["score"]) == (1, 1, 0, 1)
    assert (second["proposal"], second["score"], second["voters"]) == (two, -1, 1)


def test_an_unknown_kind_of_ballot_is_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        BallotRules.from_data({"kind": "lottery"})
