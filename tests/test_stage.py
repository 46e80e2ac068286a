"""The stage: what is lined up, shown and shown again; and that it never shows more than is on show on its own board."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.agenda import approval, everything, workshop_of
from support.house import House

from facilitator.domain.sheet import frozen
from facilitator.library.activities import Activity
from facilitator.store.db import Store

JSON = dict[str, Any]


@pytest.fixture
def hall(store: Store) -> House:
    """Every kind of step, and everybody there; Water has three proposals."""
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].opens(water, "collect")
    for text in ("Night buses", "Fair prices", "Clean rivers"):
        house["Amina"].posts(water, text, lane="north")
    return house


def stage(house: House, name: str = "Amina") -> JSON:
    found: JSON = house[name].sees(house.room)["snapshot"]["stage"]
    return found


def shows(house: House, view: str, **about: str) -> JSON:
    """Put something on the stage at once, and give what everybody sees of it."""
    house["Fatima"].does(house.room, "cue.add", view=view, show=True, **about)
    cue: JSON = stage(house)["cue"]
    return cue


def home(room: str) -> str:
    return room.partition(":")[2]


def proposal(house: House, text: str, board: str = "Water") -> str:
    cards = house.state(house.board(board))["proposals"].values()
    return next(str(card["id"]) for card in cards if card["text"] == text)


def votes(house: House) -> str:
    """Amina and Bruno give dots on Water's board; the board's room."""
    water = house.board("Water")
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, proposal(house, "Night buses"), 2)
    house["Bruno"].votes(water, proposal(house, "Fair prices"), 1)
    return water


def test_things_are_lined_up_moved_shown_and_shown_again_and_amina_may_do_none_of_it(hall: House) -> None:
    fatima, room = hall["Fatima"], hall.room
    bus = proposal(hall, "Night buses")
    join, on, one = (
        fatima.does(room, "cue.add", view=view, **about)["cue"]
        for view, about in (("join", {}), ("session", {}), ("proposal", {"proposal": bus}))
    )
    fatima.does(room, "cue.move", cue=one, position=0)
    assert [cue["id"] for cue in stage(hall)["waiting"]] == [one, join, on]
    assert stage(hall)["cue"] is None and stage(hall)["waiting"][0]["content"] is None
    for command, args in (
        ("cue.add", {"view": "join"}),
        ("cue.move", {"cue": on, "position": 0}),
        ("cue.show", {"cue": one}),
        ("cue.remove", {"cue": join}),
        ("cue.turn", {"page": 1}),
        ("cue.end", {}),
    ):
        with hall.refuses("not_allowed"):
            hall["Amina"].does(room, command, **args)

    fatima.does(room, "cue.show", cue=one)
    cue = stage(hall)["cue"]
    assert cue["content"] == {"group_name": "Water", "proposals": [{"id": bus, "text": "Night buses"}]}
    with hall.refuses("cue_on_stage"):
        fatima.does(room, "cue.remove", cue=one)
    fatima.does(room, "cue.show", cue=join)
    fatima.does(room, "cue.show", cue=one)
    assert [cue["id"] for cue in stage(hall)["shown"]] == [join]
    fatima.does(room, "cue.remove", cue=on)
    fatima.does(room, "cue.end")
    assert (stage(hall)["cue"], stage(hall)["waiting"]) == (None, [])
    assert [cue["id"] for cue in stage(hall)["shown"]] == [one, join]
    with hall.refuses("stage_empty"):
        fatima.does(room, "cue.end")
    with hall.refuses("cue_unknown"):
        fatima.does(room, "cue.show", cue=on)


def test_pages_are_turned_for_everybody_and_begin_anew_with_what_comes_next(hall: House) -> None:
    fatima, room = hall["Fatima"], hall.room
    with hall.refuses("stage_empty"):
        fatima.does(room, "cue.turn", page=1)
    cue = shows(hall, "proposal", proposal=proposal(hall, "Night buses"))
    fatima.does(room, "cue.turn", page=2)
    assert [stage(hall, name)["cue"]["page"] for name in ("Amina", "Screen")] == [2, 2]
    heard = len(hall.events(room))
    fatima.does(room, "cue.turn", page=2)
    assert len(hall.events(room)) == heard
    fatima.does(room, "cue.show", cue=cue["id"])
    assert stage(hall)["cue"]["page"] == 0
    with hall.refuses("bad_message"):
        fatima.does(room, "cue.turn", page=-1)


def test_the_final_lines_of_a_group_come_on_the_stage_and_its_proposals_do_not(hall: House) -> None:
    fatima, water = hall["Fatima"], hall.board("Water")
    with hall.refuses("cue_empty", "nothing to show"):
        shows(hall, "lines", board=home(water))
    fatima.opens(water, "lines")
    line = hall["Bruno"].posts(water, "Water is for everybody.")
    taken = hall["Bruno"].posts(water, "Water costs what it costs.")
    hall["Bruno"].withdraws(water, taken)
    content = shows(hall, "lines", board=home(water))["content"]
    assert content == {"group_name": "Water", "proposals": [{"id": line, "text": "Water is for everybody."}]}
    assert stage(hall, "Chen")["cue"]["content"] == content, "another group sees it as well: it is on the stage"


def test_a_secret_ballot_under_way_stays_off_the_stage_until_its_reveal(hall: House) -> None:
    water = votes(hall)
    with hall.refuses("cue_empty"):
        shows(hall, "results", board=home(water))
    lined_up = hall["Fatima"].does
    with hall.refuses("cue_empty"):
        lined_up(hall.room, "cue.add", view="results", board=home(water), show=True)
    later = lined_up(hall.room, "cue.add", view="results", board=home(water))["cue"]
    with hall.refuses("cue_empty"):
        lined_up(hall.room, "cue.show", cue=later)
    hall["Fatima"].opens(water, "reveal")
    lined_up(hall.room, "cue.show", cue=later)
    content = stage(hall)["cue"]["content"]
    board = hall.state(water)
    assert content["results"] == {key: value for key, value in board["results"].items() if key != "voters"}
    assert {card["id"]: card["text"] for card in content["proposals"]} == {
        id: board["proposals"][id]["text"] for id in [row["proposal"] for row in board["results"]["ranked"]]
    }


def test_what_was_on_show_once_is_not_shown_again_when_a_new_secret_ballot_is_under_way(hall: House) -> None:
    water = votes(hall)
    hall["Fatima"].opens(water, "reveal")
    cue = shows(hall, "results", board=home(water))
    hall["Fatima"].does(hall.room, "cue.end")
    hall["Fatima"].opens(water, "vote")
    hall["Fatima"].does(water, "ballot.renew")
    with hall.refuses("cue_empty"):
        hall["Fatima"].does(hall.room, "cue.show", cue=cue["id"])


def test_what_is_written_in_private_cannot_be_put_on_the_stage(hall: House) -> None:
    water = hall.board("Water")
    hall["Fatima"].opens(water, "private")
    mine = hall["Bruno"].posts(water, "Only I know", lane="north")
    with hall.refuses("proposal_unknown"):
        shows(hall, "proposal", proposal=mine)
    hall["Fatima"].opens(water, "cluster")
    assert shows(hall, "proposal", proposal=mine)["content"]["proposals"][0]["text"] == "Only I know"


def test_what_was_hidden_or_withdrawn_is_not_put_on_the_stage(hall: House) -> None:
    water = hall.board("Water")
    bus, prices = proposal(hall, "Night buses"), proposal(hall, "Fair prices")
    hall["Fatima"].hides(water, bus)
    hall["Amina"].withdraws(water, prices)
    for one in (bus, prices):
        with hall.refuses("cue_empty"):
            shows(hall, "proposal", proposal=one)


def test_what_is_hidden_withdrawn_or_taken_back_goes_from_the_stage_at_once(hall: House) -> None:
    water, fatima = votes(hall), hall["Fatima"]
    bus, prices, rivers = (proposal(hall, text) for text in ("Night buses", "Fair prices", "Clean rivers"))
    fatima.opens(water, "reveal")
    shows(hall, "results", board=home(water))
    fatima.hides(water, bus)
    content = stage(hall)["cue"]["content"]
    assert [card["text"] for card in content["proposals"]] == ["Fair prices", "Clean rivers"]
    assert [row["proposal"] for row in content["results"]["ranked"]] == [prices, rivers]
    assert "Night buses" not in json.dumps(content)

    shown = shows(hall, "proposal", proposal=prices)["id"]
    fatima.opens(water, "collect")
    hall["Amina"].withdraws(water, prices)
    assert stage(hall)["cue"] is None and stage(hall)["shown"][0]["id"] == shown
    with hall.refuses("cue_empty"):
        fatima.does(hall.room, "cue.show", cue=shown)
    fatima.does(water, "proposal.restore", proposal=bus)
    assert stage(hall)["cue"] is None, (
        "what was hidden comes back on its board; what is on the stage is Fatima's choice"
    )

    kept = fatima.promotes(hall.day(1), rivers, "Rivers are clean")
    shows(hall, "conclusion", conclusion=kept)
    fatima.does(hall.day(1), "conclusion.take_back", conclusion=kept)
    assert stage(hall)["cue"] is None


def test_who_was_away_and_comes_back_never_reads_what_was_hidden_meanwhile(hall: House) -> None:
    water, bus, rivers = hall.board("Water"), proposal(hall, "Night buses"), proposal(hall, "Clean rivers")
    since = hall["Screen"].sees(hall.room)["seq"]
    shows(hall, "proposal", proposal=bus)
    shows(hall, "proposal", proposal=rivers)
    hall["Fatima"].hides(water, bus)  # it is not on the stage any more, and was
    answer = hall["Screen"].sees(hall.room, since=since)
    assert answer["snapshot"]["stage"]["cue"]["content"]["proposals"][0]["text"] == "Clean rivers"
    assert "Night buses" not in json.dumps(answer)


def test_nobody_learns_from_the_stage_who_has_withdrawn_what_was_posted_without_a_name(hall: House) -> None:
    water = hall.board("Water")
    hall["Fatima"].opens(water, "private")
    mine = hall["Bruno"].posts(water, "Only I know", lane="north")
    hall["Fatima"].opens(water, "cluster")
    shows(hall, "proposal", proposal=mine)
    hall["Fatima"].opens(water, "private")
    hall["Bruno"].withdraws(water, mine)
    said = hall.events(hall.room)[-1]
    assert said["name"] == "cue.retracted" and hall["Bruno"].id not in json.dumps(said)
    assert stage(hall)["cue"] is None


def test_who_voted_how_in_a_ballot_by_name_is_told_to_its_board_and_not_to_the_stage(store: Store) -> None:
    activity = approval().data()
    activity["steps"][1]["ballot"]["secrecy"] = "named"
    house = House(store, workshop_of(Activity.model_validate(frozen(activity))))
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].opens(water, "collect")
    bus = house["Amina"].posts(water, "Night buses")
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, bus, 1)
    house["Fatima"].opens(water, "reveal")
    assert house["Amina"].id in json.dumps(house.state(water)["results"]["voters"])
    content = shows(house, "results", board=home(water))["content"]
    assert content["results"]["voted"] == 1 and house["Amina"].id not in json.dumps(content)


def test_a_conclusion_and_all_of_a_day_come_on_the_stage_until_they_are_taken_back(hall: House) -> None:
    fatima, day = hall["Fatima"], hall.day(1)
    kept = fatima.promotes(day, proposal(hall, "Night buses"), "Buses run at night")
    cue = shows(hall, "conclusion", conclusion=kept)
    assert cue["content"] == {"kind": "conclusion", "wording": "Buses run at night"}
    assert shows(hall, "conclusions", day=home(day))["content"] is None, "the day's own room has them, as they are now"
    fatima.does(day, "conclusion.take_back", conclusion=kept)
    with hall.refuses("conclusion_taken_back"):
        fatima.does(hall.room, "cue.show", cue=cue["id"])


@pytest.mark.parametrize(
    ("view", "about"),
    [("lines", {}), ("join", {"board": "0"}), ("proposal", {"board": "0"}), ("results", {"board": "0", "day": "0"})],
)
def test_a_cue_that_does_not_say_what_to_show_is_refused_with_what_to_say(hall: House, view: str, about: JSON) -> None:
    with hall.refuses("cue_wrong", "Say what to show"):
        hall["Fatima"].does(hall.room, "cue.add", view=view, **about)


def test_what_belongs_to_another_event_is_not_shown_here(hall: House) -> None:
    other = hall.another()
    other.everybody_arrives()
    other["Fatima"].opens(other.board("Water"), "collect")
    theirs = other["Amina"].posts(other.board("Water"), "Somewhere else")
    kept = other["Fatima"].promotes(other.day(1), theirs, "Somewhere else")
    waits = other["Fatima"].does(other.room, "cue.add", view="join")["cue"]
    add, where = hall["Fatima"].does, hall.room
    for view, about in (
        ("lines", {"board": home(other.board("Water"))}),
        ("results", {"board": home(other.board("Water"))}),
        ("proposal", {"proposal": theirs}),
        ("conclusions", {"day": home(other.day(1))}),
        ("conclusion", {"conclusion": kept}),
    ):
        with hall.refuses("not_yours"):
            add(where, "cue.add", view=view, **about)
    for command in ("cue.show", "cue.remove"):
        with hall.refuses("cue_unknown"):
            add(where, command, cue=waits)


def test_the_projector_is_told_no_name_with_what_is_on_the_stage(hall: House) -> None:
    water = votes(hall)
    hall["Fatima"].opens(water, "reveal")
    shows(hall, "results", board=home(water))
    said = json.dumps(hall["Screen"].sees(hall.room)["snapshot"]["stage"])
    for name in ("Amina", "Bruno", "Fatima"):
        assert name not in said and hall[name].id not in said
