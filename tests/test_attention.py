"""What asks for attention on a board: signals, the lock, the spotlight, and what comes late."""

from __future__ import annotations

import random
import threading
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import select
from support.agenda import everything, workshop_of
from support.house import House, later, new

from facilitator.commands import step
from facilitator.domain.events import for_screen
from facilitator.domain.refusals import Refused
from facilitator.store.db import Store
from facilitator.store.models import Proposal, now_ms

MINUTE = 60_000


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


@pytest.fixture
def hall(store: Store) -> House:
    """The workshop with one step of each kind."""
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    return house


# --- signals --------------------------------------------------------------------------------------------------------


def test_hands_stand_in_the_order_in_which_they_were_raised_and_are_taken_down(full_house: House, water: str) -> None:
    amina, bruno, fatima = (full_house[name] for name in ("Amina", "Bruno", "Fatima"))
    first = amina.does(water, "signal.give", kind="hand")["signal"]
    second = bruno.does(water, "signal.give", kind="hand")["signal"]
    assert "signal" not in amina.does(water, "signal.give", kind="hand"), "her hand is up already"
    assert [one["person"] for one in full_house.state(water)["signals"].values()] == [amina.id, bruno.id]
    with full_house.refuses("signal_not_own", "facilitator"):
        amina.does(water, "signal.end", signal=second)
    amina.does(water, "signal.end", signal=first)
    fatima.does(water, "signal.end", signal=second)
    assert full_house.state(water)["signals"] == {}
    with full_house.refuses("signal_unknown", "seen to"):
        fatima.does(water, "signal.end", signal=second)
    again = amina.does(water, "signal.give", kind="hand")["signal"]
    assert list(full_house.state(water)["signals"]) == [again]


def test_one_call_for_help_is_the_whole_groups(full_house: House, water: str) -> None:
    amina, bruno = full_house["Amina"], full_house["Bruno"]
    call = amina.does(water, "signal.give", kind="help")["signal"]
    assert "signal" not in bruno.does(water, "signal.give", kind="help")
    assert bruno.sees(water)["snapshot"]["signals"][call]["kind"] == "help"
    bruno.does(water, "signal.end", signal=call)
    assert full_house.state(water)["signals"] == {}


def test_a_new_step_finds_nobody_finished_and_leaves_hands_up(full_house: House, water: str) -> None:
    full_house["Amina"].does(water, "signal.give", kind="finished")
    hand = full_house["Bruno"].does(water, "signal.give", kind="hand")["signal"]
    full_house["Fatima"].opens(water, "vote")
    assert list(full_house.state(water)["signals"]) == [hand]


def test_signals_are_for_the_people_of_the_group_and_a_screen_is_not_told_whose(full_house: House, water: str) -> None:
    full_house["Amina"].does(water, "signal.give", kind="hand")
    for name, code in (("Fatima", "not_allowed"), ("Oscar", "not_allowed"), ("Chen", "not_your_group")):
        with full_house.refuses(code):
            full_house[name].does(water, "signal.give", kind="hand")
    (signal,) = full_house["Screen"].sees(water)["snapshot"]["signals"].values()
    assert signal["kind"] == "hand" and "person" not in signal
    assert full_house["Amina"].id not in repr(for_screen(full_house.events(water)))


# --- the lock -------------------------------------------------------------------------------------------------------


def test_a_locked_board_takes_nothing_from_its_group_until_it_is_unlocked(full_house: House, water: str) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    bus = amina.posts(water, "Buses")
    fatima.does(water, "board.lock")
    for attempt in (lambda: amina.posts(water, "Trams"), lambda: amina.edits(water, bus, "Night buses")):
        with full_house.refuses("board_locked", "for a moment"):
            attempt()
    with full_house.refuses("board_locked"):
        fatima.does(water, "board.lock")
    with full_house.refuses("not_allowed"):
        amina.does(water, "board.unlock")
    can = full_house.state(water)["can"]
    assert "proposal.post" not in can["participant"] and "proposal.post" in can["facilitator"]
    amina.does(water, "signal.give", kind="help")  # asking for help is always possible
    fatima.does(water, "board.unlock")
    with full_house.refuses("board_standing"):
        fatima.does(water, "board.unlock")
    assert amina.posts(water, "Trams")


def test_nothing_late_slips_through_a_lock(full_house: House, water: str) -> None:
    full_house["Fatima"].closes(water)
    full_house["Fatima"].does(water, "board.lock")
    with full_house.refuses("board_locked"):
        full_house["Amina"].posts(water, "Trams")
    full_house["Fatima"].does(water, "board.unlock")
    assert full_house["Amina"].posts(water, "Trams")
    assert full_house.state(water)["late"] == 1


# --- the spotlight --------------------------------------------------------------------------------------------------


def test_everybody_sees_what_is_in_the_spotlight_until_the_step_changes(full_house: House, water: str) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    bus = amina.posts(water, "Buses")
    with full_house.refuses("not_allowed"):
        amina.does(water, "proposal.spotlight", proposal=bus)
    fatima.does(water, "proposal.spotlight", proposal=bus)
    heard = len(full_house.events(water))
    fatima.does(water, "proposal.spotlight", proposal=bus)
    assert len(full_house.events(water)) == heard, "the same again is no news"
    assert full_house["Bruno"].sees(water)["snapshot"]["spotlight"] == bus
    fatima.does(water, "proposal.spotlight", proposal=None)
    assert full_house.state(water)["spotlight"] is None
    fatima.does(water, "proposal.park", proposal=bus)
    fatima.does(water, "proposal.spotlight", proposal=bus)  # what is parked can be looked at as well
    fatima.opens(water, "vote")
    assert full_house.state(water)["spotlight"] is None


def test_what_is_hidden_private_or_elsewhere_cannot_be_put_into_the_spotlight(hall: House) -> None:
    amina, fatima, water = hall["Amina"], hall["Fatima"], hall.board("Water")
    fatima.opens(water, "collect")
    rude = amina.posts(water, "Rude words", "north")
    fatima.hides(water, rude)
    with hall.refuses("proposal_hidden"):
        fatima.does(water, "proposal.spotlight", proposal=rude)
    fatima.opens(water, "private")
    secret = amina.posts(water, "Secret", "north")
    fatima.opens(hall.board("Air"), "collect")
    trees = hall["Chen"].posts(hall.board("Air"), "Trees", "north")
    for proposal in (secret, trees, new()):
        with hall.refuses("proposal_unknown"):
            fatima.does(water, "proposal.spotlight", proposal=proposal)


# --- what comes late ------------------------------------------------------------------------------------------------


def test_what_amina_was_writing_comes_late_within_a_minute_and_is_refused_after_it(
    full_house: House, water: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    fatima.closes(water)
    grace = full_house.state(water)["grace"]
    assert grace["step"] == "collect" and 0 < grace["until"] - now_ms() <= MINUTE
    later(monkeypatch, MINUTE - 2_000)
    reply = amina.does(water, "proposal.post", text="Ferries")
    assert reply["late"] is True and full_house.state(water)["late"] == 1
    later(monkeypatch, MINUTE + 1)
    with full_house.refuses("step_closed", "closed"):
        amina.posts(water, "Bicycles")


def test_a_late_proposal_is_seen_by_its_author_and_who_facilitates_until_it_is_admitted(
    full_house: House, water: str
) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    fatima.opens(water, "vote")  # going on ends the step as well
    ferry = amina.posts(water, "Ferries")
    assert amina.me(water)["mine"][ferry]["status"] == "late"
    for name in ("Fatima", "Olga"):
        assert full_house[name].me(water)["late"][ferry]["text"] == "Ferries"
    for name in ("Bruno", "Oscar", "Screen"):
        assert "Ferries" not in repr(full_house[name].sees(water))
    assert "Ferries" not in repr(full_house.events(water))
    with full_house.refuses("not_allowed"):
        amina.does(water, "proposal.admit", proposal=ferry)
    with full_house.refuses("proposal_unknown"):
        full_house["Bruno"].votes(water, ferry, 1)
    fatima.does(water, "proposal.admit", proposal=ferry)
    state = full_house.state(water)
    assert state["late"] == 0 and state["proposals"][ferry]["author"] == amina.id
    assert fatima.me(water)["late"] == {} and amina.me(water)["mine"] == {}
    full_house["Bruno"].votes(water, ferry, 1)
    with full_house.refuses("proposal_not_late", "nothing to admit"):
        fatima.does(water, "proposal.admit", proposal=ferry)
    with full_house.refuses("proposal_unknown"):
        fatima.does(water, "proposal.admit", proposal=new())


def test_there_is_no_grace_for_votes_nor_for_changing_what_stands(full_house: House, water: str) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    bus = amina.posts(water, "Buses")
    fatima.closes(water)
    with full_house.refuses("step_closed"):
        amina.edits(water, bus, "Night buses")
    fatima.opens(water, "vote")
    before = full_house.state(water)["grace"]
    fatima.closes(water)
    assert full_house.state(water)["grace"] == before, "a vote ends without a grace of its own"
    with full_house.refuses("step_closed"):
        amina.votes(water, bus, 1)


def test_opening_the_same_step_again_begins_no_grace_and_what_is_posted_then_is_in_time(
    full_house: House, water: str
) -> None:
    full_house["Fatima"].opens(water, "collect")
    assert full_house.state(water)["grace"] is None
    full_house["Fatima"].closes(water)
    full_house["Fatima"].opens(water, "collect")
    bus = full_house["Amina"].posts(water, "Buses")
    assert full_house.state(water)["proposals"][bus]["status"] == "standing"


def test_a_late_anonymous_proposal_is_admitted_without_its_author(hall: House) -> None:
    amina, fatima, water = hall["Amina"], hall["Fatima"], hall.board("Water")
    fatima.opens(water, "private")
    fatima.opens(water, "cluster")
    late = amina.posts(water, "Night trains", "north")
    card = fatima.me(water)["late"][late]
    assert card["text"] == "Night trains" and (card["author"], card["organisation"], card["at"]) == (None, None, None)
    fatima.does(water, "proposal.admit", proposal=late)
    card = hall.state(water)["proposals"][late]
    assert (card["author"], card["organisation"], card["at"]) == (None, None, None)
    assert amina.id not in repr(hall.events(water))


def test_what_comes_late_to_a_private_step_stays_private_until_the_group_opens_it(hall: House) -> None:
    amina, bruno, fatima, water = hall["Amina"], hall["Bruno"], hall["Fatima"], hall.board("Water")
    fatima.opens(water, "private")
    bruno.posts(water, "Fair prices", "north")
    fatima.closes(water)
    late = amina.posts(water, "Night trains", "south")
    assert fatima.me(water)["late"][late]["text"] is None, "nobody reads it before the others can be read"
    fatima.does(water, "proposal.admit", proposal=late)
    state = hall.state(water)
    assert (state["late"], state["unrevealed"], state["proposals"].get(late)) == (0, 2, None)
    assert amina.me(water)["mine"][late]["status"] == "standing"
    assert "Night trains" not in repr([hall.events(water), fatima.sees(water), bruno.sees(water)])
    fatima.opens(water, "cluster")
    state = hall.state(water)
    assert {card["text"] for card in state["proposals"].values() if card["kind"] == "proposal"} == {
        "Fair prices",
        "Night trains",
    }
    assert state["unrevealed"] == 0


def test_a_late_one_that_is_not_admitted_is_not_revealed_with_the_private_ones(hall: House) -> None:
    fatima, water = hall["Fatima"], hall.board("Water")
    fatima.opens(water, "private")
    fatima.closes(water)
    late = hall["Amina"].posts(water, "Night trains", "south")
    fatima.opens(water, "cluster")
    assert late not in hall.state(water)["proposals"] and hall.state(water)["late"] == 1
    assert fatima.me(water)["late"][late]["text"] == "Night trains"


def test_a_late_line_counts_among_the_groups_lines(hall: House) -> None:
    fatima, water = hall["Fatima"], hall.board("Water")
    fatima.opens(water, "lines")
    hall["Amina"].posts(water, "We act")
    fatima.closes(water)
    late = hall["Bruno"].posts(water, "We learn")
    with hall.refuses("lines_full", "2"):
        hall["Amina"].posts(water, "We rest")
    fatima.does(water, "proposal.admit", proposal=late)
    assert hall.state(water)["proposals"][late]["kind"] == "line"


def test_a_hundred_posts_that_race_the_close_are_each_in_time_late_or_refused(
    full_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    plenary, fatima = full_house.board("Plenary"), full_house["Fatima"]
    crowd = [full_house.join(f"Writer {n}") for n in range(20)]
    fatima.opens(plenary, "collect")
    monkeypatch.setattr(step, "GRACE_MS", 40)
    dice = random.Random(7)
    pauses = [[dice.uniform(0, 0.06) for _ in range(5)] for _ in crowd]
    start = threading.Barrier(len(crowd) + 1)
    said: list[tuple[str, Any]] = []

    def write(n: int) -> None:
        start.wait()
        for pause in pauses[n]:
            threading.Event().wait(pause)
            id = new()
            try:
                said.append((id, crowd[n].does(plenary, "proposal.post", id=id, text=f"Idea {id}")))
            except Refused as refused:
                said.append((id, refused.code))

    writers = [threading.Thread(target=write, args=(n,)) for n in range(len(crowd))]
    for writer in writers:
        writer.start()
    start.wait()
    threading.Event().wait(0.08)
    closing = fatima.closes(plenary)
    for writer in writers:
        writer.join()

    outcomes = {id: answer if isinstance(answer, str) else ("late" if answer.get("late") else "in time")
                for id, answer in said}  # fmt: skip
    assert len(outcomes) == 100 and set(outcomes.values()) <= {"in time", "late", "step_closed"}
    stored = {row.id: row for row in full_house.rows(select(Proposal.__table__))}
    assert set(stored) == {id for id, outcome in outcomes.items() if outcome != "step_closed"}
    until = full_house.state(plenary)["grace"]["until"]
    for id, answer in said:
        if outcomes[id] == "in time":
            assert answer["seq"] < closing["seq"] and stored[id].late_at is None and stored[id].revealed_at is not None
        elif outcomes[id] == "late":
            assert answer["seq"] > closing["seq"] and stored[id].revealed_at is None
            assert until - 40 <= stored[id].late_at <= until
    state = full_house.state(plenary)
    counted = Counter(outcomes.values())
    assert len(state["proposals"]) == counted["in time"] and state["late"] == counted["late"]


# --- who hid what ---------------------------------------------------------------------------------------------------


def test_who_moderates_sees_who_hid_what_and_when_and_nobody_else_does(hall: House) -> None:
    amina, fatima, olga, water = hall["Amina"], hall["Fatima"], hall["Olga"], hall.board("Water")
    fatima.opens(water, "talk")
    fatima.opens(water, "cluster")
    fatima.opens(water, "collect")
    rude = amina.posts(water, "Rude words", "north")
    fatima.opens(water, "cluster")
    comment = amina.does(water, "comment.post", proposal=rude, text="Ruder words")["comment"]
    before = now_ms()
    fatima.does(water, "comment.hide", comment=comment, reason="Please be kind")
    olga.hides(water, rude, "Please be kind")
    for name in ("Fatima", "Olga"):
        hidden = hall[name].me(water)["hidden"]
        assert {id: one["by"] for id, one in hidden.items()} == {rude: olga.id, comment: fatima.id}
        assert all(before <= one["at"] <= now_ms() for one in hidden.values())
    for name in ("Amina", "Bruno", "Oscar"):
        assert hall[name].me(water)["hidden"] == {}
    fatima.restores(water, rude)
    assert set(fatima.me(water)["hidden"]) == {comment}
