"""Raised hands, “I have finished” and the call for help; and the lock, which stops a group for a moment."""

from __future__ import annotations

import pytest
from support.house import House, new


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


def standing(house: House, board: str) -> list[tuple[str, str]]:
    """Who gives which signal, in order."""
    names = {house[name].id: name for name in ("Amina", "Bruno", "Fatima")}
    return [(names[one["person"]], one["kind"]) for one in house.state(board)["signals"].values()]


def test_amina_raises_her_hand_once_and_takes_it_down(full_house: House, water: str) -> None:
    amina, bruno = full_house["Amina"], full_house["Bruno"]
    hand = amina.does(water, "signal.give", kind="hand")["signal"]
    amina.does(water, "signal.give", kind="hand")
    bruno.does(water, "signal.give", kind="hand")
    assert standing(full_house, water) == [("Amina", "hand"), ("Bruno", "hand")]
    amina.does(water, "signal.end", signal=hand)
    assert standing(full_house, water) == [("Bruno", "hand")]
    heard = [event["name"] for event in full_house.events(water) if event["name"].startswith("signal")]
    assert heard == ["signal.given", "signal.given", "signal.ended"]


def test_a_hand_is_taken_down_by_its_owner_or_who_facilitates_and_by_nobody_twice(
    full_house: House, water: str
) -> None:
    amina, bruno, fatima = (full_house[name] for name in ("Amina", "Bruno", "Fatima"))
    hand = amina.does(water, "signal.give", kind="hand")["signal"]
    with full_house.refuses("signal_not_own", "facilitator"):
        bruno.does(water, "signal.end", signal=hand)
    fatima.does(water, "signal.end", signal=hand)
    with full_house.refuses("signal_unknown", "seen to"):
        amina.does(water, "signal.end", signal=hand)
    with full_house.refuses("signal_unknown"):
        fatima.does(water, "signal.end", signal=new())


def test_one_call_for_help_is_the_whole_groups_and_fatima_sees_to_it_once(full_house: House, water: str) -> None:
    amina, bruno, fatima, olga = (full_house[name] for name in ("Amina", "Bruno", "Fatima", "Olga"))
    call = amina.does(water, "signal.give", kind="help")["signal"]
    bruno.does(water, "signal.give", kind="help")
    assert standing(full_house, water) == [("Amina", "help")]
    fatima.does(water, "signal.end", signal=call)
    with full_house.refuses("signal_unknown"):
        olga.does(water, "signal.end", signal=call)  # two who come at once: one of them is told
    again = amina.does(water, "signal.give", kind="help")["signal"]
    bruno.does(water, "signal.end", signal=again)  # the call is the group's
    assert standing(full_house, water) == []


def test_nobody_has_finished_a_step_that_has_just_opened_but_hands_stay_up(full_house: House, water: str) -> None:
    amina, bruno = full_house["Amina"], full_house["Bruno"]
    for kind in ("finished", "hand"):
        amina.does(water, "signal.give", kind=kind)
    bruno.does(water, "signal.give", kind="finished")
    assert len(standing(full_house, water)) == 3
    full_house["Fatima"].opens(water, "vote")
    assert standing(full_house, water) == [("Amina", "hand")]
    amina.does(water, "signal.give", kind="finished")
    assert ("Amina", "finished") in standing(full_house, water)


def test_signals_are_of_the_group_alone(full_house: House, water: str) -> None:
    for name, code in (("Chen", "not_your_group"), ("Oscar", "not_allowed"), ("Fatima", "not_allowed")):
        with full_house.refuses(code):
            full_house[name].does(water, "signal.give", kind="help")
    with full_house.refuses("bad_message"):
        full_house["Amina"].does(water, "signal.give", kind="wave")
    call = full_house["Amina"].does(water, "signal.give", kind="help")["signal"]
    with full_house.refuses("not_your_group"):
        full_house["Chen"].does(water, "signal.end", signal=call)


def test_the_screen_hears_that_there_is_a_signal_and_not_whose(full_house: House, water: str) -> None:
    amina = full_house["Amina"]
    amina.does(water, "signal.give", kind="hand")
    seen = str(full_house["Screen"].sees(water)["snapshot"]["signals"])
    assert "hand" in seen and amina.id not in seen


def test_a_locked_board_takes_nothing_from_its_group_until_it_is_unlocked(full_house: House, water: str) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    bus = amina.posts(water, "More buses")
    fatima.does(water, "board.lock")
    state = full_house.state(water)
    assert state["locked_at"] is not None and state["open"] is True
    assert "proposal.post" not in state["can"]["participant"] and "proposal.post" in state["can"]["facilitator"]
    with full_house.refuses("board_locked", "locked"):
        amina.posts(water, "More trams")
    with full_house.refuses("board_locked"):
        amina.edits(water, bus, "Many more buses")
    amina.does(water, "signal.give", kind="help")  # to ask for help is always possible
    with full_house.refuses("board_locked"):
        fatima.does(water, "board.lock")
    fatima.does(water, "board.unlock")
    amina.posts(water, "More trams")
    with full_house.refuses("board_standing", "not locked"):
        fatima.does(water, "board.unlock")


def test_a_lock_outlives_the_step_and_votes_wait_for_it_too(full_house: House, water: str) -> None:
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    bus = amina.posts(water, "More buses")
    fatima.does(water, "board.lock")
    fatima.opens(water, "vote")
    with full_house.refuses("board_locked"):
        amina.votes(water, bus, 1)
    fatima.does(water, "board.unlock")
    amina.votes(water, bus, 1)


def test_only_who_facilitates_locks_and_unlocks(full_house: House, water: str) -> None:
    for name in ("Amina", "Oscar", "Screen"):
        for command in ("board.lock", "board.unlock"):
            with full_house.refuses("not_allowed"):
                full_house[name].does(water, command)
    full_house["Olga"].does(water, "board.lock")


def test_a_timer_that_has_run_out_ends_nothing_and_can_be_extended_late(
    full_house: House, water: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fatima, amina = full_house["Fatima"], full_house["Amina"]
    clock = [1_467_712_800_000]
    monkeypatch.setattr("facilitator.commands.context.now_ms", lambda: clock[0])
    fatima.does(water, "timer.start", seconds=60)
    clock[0] += 300_000
    amina.posts(water, "After the time was up")
    assert full_house.state(water)["open"] is True
    fatima.does(water, "timer.extend", seconds=120)
    assert full_house.state(water)["timer"]["ends_at"] == clock[0] + 120_000
    fatima.does(water, "timer.extend", seconds=-60)
    assert full_house.state(water)["timer"]["ends_at"] == clock[0] + 60_000
    amina.posts(water, "And once more")
