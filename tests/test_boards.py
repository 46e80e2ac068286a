"""Proposals, steps and timers on a board: each thing done, beside what is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.house import NOBODY, House

from facilitator.domain.steps import BOUND_TO_STEPS
from facilitator.store.models import Proposal, Wording


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t", "\u200b\u200b", "\u202e", "\x00"])
def test_a_proposal_of_nothing_is_refused(full_house: House, water: str, text: str) -> None:
    with full_house.refuses("text_empty", "Write a few words"):
        full_house["Amina"].posts(water, text)


def test_a_proposal_has_up_to_500_characters(full_house: House, water: str) -> None:
    assert full_house["Amina"].posts(water, "x" * 500)
    with full_house.refuses("text_too_long", "501", "500", "Shorten it by 1"):
        full_house["Amina"].posts(water, "x" * 501)


def test_what_amina_types_is_kept_as_text_without_hidden_characters(full_house: House, water: str) -> None:
    id = full_house["Amina"].posts(water, "  <b>Buses</b> \u202e& trams\r\n\n\n\nat  night\u200b ")
    assert full_house.state(water)["proposals"][id]["text"] == "<b>Buses</b> & trams\n\nat night"


def test_a_board_with_lanes_wants_one_of_them_and_one_without_wants_none(full_house: House, water: str) -> None:
    air = full_house.board("Air")
    full_house["Fatima"].opens(air, "collect")
    assert full_house["Chen"].posts(air, "Trees", "south")
    for lane in (None, "east"):
        with full_house.refuses("lane_unknown"):
            full_house["Chen"].posts(air, "Trees", lane)
    with full_house.refuses("lane_unknown"):
        full_house["Amina"].posts(water, "Buses", "north")


def test_amina_changes_her_own_proposal_and_bruno_cannot(full_house: House, water: str) -> None:
    amina, bruno, fatima = (full_house[name] for name in ("Amina", "Bruno", "Fatima"))
    id = amina.posts(water, "Buses")
    for who in (bruno, fatima):
        for change in (lambda who=who: who.edits(water, id, "Mine"), lambda who=who: who.withdraws(water, id)):
            with full_house.refuses("proposal_not_own", "Only its author"):
                change()
    amina.edits(water, id, "Night buses")
    amina.withdraws(water, id)
    assert full_house.state(water)["proposals"][id]["text"] is None
    assert amina.me(water)["texts"] == {id: "Night buses"}
    with full_house.refuses("proposal_withdrawn"):
        amina.edits(water, id, "Again")
    amina.reinstates(water, id)
    assert full_house.state(water)["proposals"][id]["text"] == "Night buses"
    kept = [row.text for row in full_house.rows(select(Wording.text).where(Wording.of == id).order_by(Wording.version))]
    assert kept == ["Buses", "Night buses"]


def test_a_hidden_proposal_can_be_read_by_its_author_and_the_facilitators_alone(full_house: House, water: str) -> None:
    id = full_house["Amina"].posts(water, "Rude words")
    full_house["Fatima"].hides(water, id, "Please be kind")
    card = full_house.state(water)["proposals"][id]
    assert (card["status"], card["text"], card["reason"]) == ("hidden", None, "Please be kind")
    for name in ("Amina", "Fatima", "Olga"):
        assert full_house[name].me(water)["texts"] == {id: "Rude words"}
    for name in ("Bruno", "Oscar", "Screen"):
        assert "Rude words" not in repr(full_house[name].sees(water))
    for attempt in (
        lambda: full_house["Amina"].edits(water, id, "Kind words"),
        lambda: full_house["Amina"].withdraws(water, id),
        lambda: full_house["Fatima"].hides(water, id),
    ):
        with full_house.refuses("proposal_hidden", "Please be kind"):
            attempt()
    with full_house.refuses("proposal_standing"):
        full_house["Amina"].reinstates(water, id)
    full_house["Olga"].restores(water, id)
    assert full_house.state(water)["proposals"][id]["text"] == "Rude words"
    with full_house.refuses("proposal_standing"):
        full_house["Fatima"].restores(water, id)


def test_hiding_needs_a_reason(full_house: House, water: str) -> None:
    id = full_house["Amina"].posts(water, "Buses")
    with full_house.refuses("reason_empty", "why"):
        full_house["Fatima"].hides(water, id, "  ")
    with full_house.refuses("text_too_long", "200"):
        full_house["Fatima"].hides(water, id, "x" * 201)


def test_a_proposal_of_another_board_is_not_on_this_one(full_house: House, water: str) -> None:
    plenary = full_house.board("Plenary")
    full_house["Fatima"].opens(plenary, "collect")
    id = full_house["Amina"].posts(plenary, "Buses")
    for proposal in (id, NOBODY):
        with full_house.refuses("proposal_unknown"):
            full_house["Amina"].edits(water, proposal, "Trams")
        with full_house.refuses("proposal_unknown"):
            full_house["Fatima"].hides(water, proposal)


def test_steps_open_close_and_go_back_and_nothing_is_destroyed(full_house: House, water: str) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    id = amina.posts(water, "Buses")
    fatima.closes(water)
    with full_house.refuses("step_closed", "can open it again"):
        amina.edits(water, id, "Trams")
    with full_house.refuses("step_not_open"):
        fatima.closes(water)
    fatima.opens(water, "reveal")
    with full_house.refuses("step_other", "Look at the result"):
        amina.edits(water, id, "Trams")
    with full_house.refuses("step_unknown"):
        fatima.opens(water, "dance")
    proposals = full_house.rows(select(Proposal.__table__))
    for step in ("vote", "collect", "vote", "collect"):
        fatima.opens(water, step)
    assert full_house.rows(select(Proposal.__table__)) == proposals
    amina.edits(water, id, "Night buses")


def test_the_buttons_that_pages_show_are_those_that_work(full_house: House, water: str) -> None:
    for step, own in (("collect", "proposal.post"), ("vote", "vote.cast"), ("reveal", None)):
        full_house["Fatima"].opens(water, step)
        can = full_house.state(water)["can"]
        assert own in can["participant"] if own else not BOUND_TO_STEPS & set(can["participant"])
        assert {"signal.give", "signal.end", "check.answer", "parking.answer"} <= set(can["participant"])
        assert {"step.open", "timer.start", "proposal.hide"} <= set(can["facilitator"]) == set(can["organiser"])
        assert can["observer"] == can["projector"] == []


def test_a_timer_is_a_moment_in_the_future_that_can_be_moved(full_house: House, water: str) -> None:
    fatima = full_house["Fatima"]
    with full_house.refuses("no_timer", "Start one first"):
        fatima.does(water, "timer.extend", seconds=60)
    with full_house.refuses("no_timer"):
        fatima.does(water, "timer.stop")
    fatima.does(water, "timer.start", seconds=60)
    timer = full_house.state(water)["timer"]
    assert timer["ends_at"] - timer["started_at"] == 60_000
    fatima.does(water, "timer.extend", seconds=30)
    assert full_house.state(water)["timer"]["ends_at"] == timer["ends_at"] + 30_000
    fatima.does(water, "timer.extend", seconds=-80_000)
    over = full_house.state(water)["timer"]
    assert timer["started_at"] <= over["ends_at"] < timer["ends_at"]
    for seconds, code in ((0, "timer_short"), (-5, "timer_short"), (12 * 3600 + 1, "timer_long")):
        with full_house.refuses(code):
            fatima.does(water, "timer.start", seconds=seconds)
    fatima.does(water, "timer.stop")
    assert full_house.state(water)["timer"] is None
