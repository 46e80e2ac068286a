"""Promoting proposals into conclusions of the day, with their provenance; sessions of the agenda."""

from __future__ import annotations

import pytest
from support.house import NOBODY, House, new

from facilitator.domain.wording import difference


@pytest.fixture
def voted(full_house: House) -> dict[str, str]:
    """Three proposals of the group Water; the vote is closed, and Amina and Bruno have voted."""
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    fatima.opens(water, "collect")
    cards = {text: full_house["Amina"].posts(water, text) for text in ("Buses", "Trams", "Bikes")}
    fatima.opens(water, "vote")
    full_house["Amina"].votes(water, cards["Buses"], 2)
    full_house["Bruno"].votes(water, cards["Buses"], 1)
    fatima.closes(water)
    return cards


def test_a_conclusion_keeps_the_proposal_its_ballot_and_who_said_so_when(
    full_house: House, voted: dict[str, str]
) -> None:
    fatima, day = full_house["Fatima"], full_house.day()
    fatima.opens(full_house.board("Water"), "reveal")
    id = fatima.promotes(day, voted["Buses"], "More buses")
    (card,) = full_house.state(day)["conclusions"]
    assert (card["id"], card["wording"], card["by"]) == (id, "More buses", fatima.id)
    (source,) = card["sources"]
    assert (source["text"], source["author"], source["group_name"]) == ("Buses", full_house["Amina"].id, "Water")
    assert source["session_title"] == "Tables"
    figures = {
        "kind": "dots", "dots": 3, "voters": 2, "score": 3, "rank": 1, "tied": False, "voted": 2, "electors": 2, "of": 3
    }  # fmt: skip
    assert source["ballot"].items() >= figures.items()
    assert (
        card["diff"] == [["removed", "Buses"], ["added", "More buses"]]
        or "".join(text for kind, text in card["diff"] if kind != "removed") == "More buses"
    )
    assert card["versions"] == [{"version": 1, "text": "More buses", "at": card["at"], "by": fatima.id, "diff": []}]


def test_figures_that_the_room_has_not_seen_are_not_let_out_by_promoting(
    full_house: House, voted: dict[str, str]
) -> None:
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    fatima.opens(water, "vote")
    with full_house.refuses("ballot_running", "Close it"):
        fatima.promotes(full_house.day(), voted["Buses"], "Buses")
    fatima.closes(water)
    fatima.promotes(full_house.day(), voted["Buses"], "Buses")
    (card,) = full_house.state(full_house.day())["conclusions"]
    assert card["sources"][0]["ballot"] is None


def test_later_changes_of_the_proposal_do_not_change_what_a_conclusion_rests_on(
    full_house: House, voted: dict[str, str]
) -> None:
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    fatima.opens(water, "reveal")
    fatima.promotes(full_house.day(), voted["Buses"], "Buses")
    before = full_house.state(full_house.day())
    fatima.opens(water, "collect")
    full_house["Amina"].edits(water, voted["Buses"], "Planes")
    fatima.hides(water, voted["Buses"])
    fatima.opens(water, "vote")
    full_house["Bruno"].votes(water, voted["Trams"], 2)
    assert full_house.state(full_house.day()) == before


def test_what_cannot_be_promoted(full_house: House, voted: dict[str, str]) -> None:
    fatima, water, day = full_house["Fatima"], full_house.board("Water"), full_house.day()
    with full_house.refuses("proposal_unknown"):
        fatima.promotes(day, NOBODY, "Buses")
    with full_house.refuses("text_empty"):
        fatima.promotes(day, voted["Buses"], "  ")
    with full_house.refuses("text_too_long", "1000"):
        fatima.promotes(day, voted["Buses"], "x" * 1001)
    with full_house.refuses("other_day", "that day"):
        fatima.promotes(full_house.day(2), voted["Buses"], "Buses")
    fatima.hides(water, voted["Trams"], "Off topic")
    with full_house.refuses("proposal_hidden", "Off topic"):
        fatima.promotes(day, voted["Trams"], "Trams")
    fatima.opens(water, "collect")
    full_house["Amina"].withdraws(water, voted["Bikes"])
    with full_house.refuses("proposal_withdrawn"):
        fatima.promotes(day, voted["Bikes"], "Bikes")
    fatima.promotes(day, voted["Buses"], "Buses")
    with full_house.refuses("already_promoted"):
        full_house["Olga"].promotes(day, voted["Buses"], "Buses again")
    elsewhere = full_house.another()
    with full_house.refuses("proposal_unknown"):
        elsewhere["Fatima"].promotes(elsewhere.day(), voted["Trams"], "Stolen")


def test_conclusions_are_reworded_ordered_taken_back_and_reinstated(full_house: House, voted: dict[str, str]) -> None:
    fatima, day = full_house["Fatima"], full_house.day()
    a, b, c = (fatima.promotes(day, voted[text], text) for text in ("Buses", "Trams", "Bikes"))

    def order() -> list[str]:
        return [card["id"] for card in full_house.state(day)["conclusions"]]

    fatima.does(day, "conclusion.reword", conclusion=a, wording="More buses")
    assert [v["text"] for v in full_house.state(day)["conclusions"][0]["versions"]] == ["Buses", "More buses"]
    fatima.does(day, "conclusion.move", conclusion=c, position=0)
    assert order() == [c, a, b]
    with full_house.refuses("position_unknown"):
        fatima.does(day, "conclusion.move", conclusion=c, position=3)
    fatima.does(day, "conclusion.take_back", conclusion=a)
    assert order() == [c, b]
    assert fatima.me(day)["taken_back"] == [{"id": a, "wording": "More buses"}]
    assert "taken_back" in full_house["Amina"].me(day) and full_house["Amina"].me(day)["taken_back"] == []
    for name, args in (("reword", {"wording": "x"}), ("move", {"position": 0}), ("take_back", {})):
        with full_house.refuses("conclusion_taken_back", "Reinstate it first"):
            fatima.does(day, f"conclusion.{name}", conclusion=a, **args)
    fatima.does(day, "conclusion.reinstate", conclusion=a)
    assert order() == [c, a, b]
    with full_house.refuses("conclusion_standing"):
        fatima.does(day, "conclusion.reinstate", conclusion=a)
    for room in (day, full_house.day(2)):
        unknown = NOBODY if room == day else a
        with full_house.refuses("conclusion_unknown"):
            fatima.does(room, "conclusion.take_back", conclusion=unknown)


def test_a_proposal_that_was_taken_back_can_be_promoted_anew_but_then_not_reinstated(
    full_house: House, voted: dict[str, str]
) -> None:
    fatima, day = full_house["Fatima"], full_house.day()
    first = fatima.promotes(day, voted["Buses"], "Buses")
    fatima.does(day, "conclusion.take_back", conclusion=first)
    fatima.promotes(day, voted["Buses"], "Buses, better said")
    with full_house.refuses("already_promoted"):
        fatima.does(day, "conclusion.reinstate", conclusion=first)


def test_one_session_is_on_at_a_time(full_house: House) -> None:
    fatima, room = full_house["Fatima"], full_house.room
    opening, tables = full_house.session("Opening"), full_house.session("Tables")
    with full_house.refuses("session_not_open"):
        fatima.does(room, "session.close", session=opening)
    fatima.does(room, "session.open", session=opening)
    fatima.does(room, "session.open", session=tables)
    state = full_house.state(room)
    by_id = {session["id"]: session for day in state["days"] for session in day["sessions"]}
    assert state["now"] == tables and by_id[opening]["closed_at"] and not by_id[tables]["closed_at"]
    for unknown in (NOBODY, full_house.another().session("Opening")):
        with full_house.refuses("session_unknown"):
            fatima.does(room, "session.open", session=unknown)


def test_an_imported_conversation_is_in_whole_or_not_at_all(full_house: House) -> None:
    olga = full_house["Olga"]
    args = {"title": "T", "prompt": "", "group": "Air", "votes": [], "opened_at": 1, "closed_at": 2}
    comment = {"id": "1", "author": "7", "at": 1, "text": "Old"}
    with full_house.refuses("group_unknown", "Fire", "Plenary, Water, Air, Women's network"):
        olga.does(full_house.room, "conversation.import", **{**args, "group": "Fire"}, comments=[comment])
    with full_house.refuses("bad_message", "text"):
        olga.does(full_house.room, "conversation.import", **args, comments=[comment, {**comment, "text": ""}])
    reply = olga.does(full_house.room, "conversation.import", id=new(), **args, comments=[comment])
    (card,) = full_house.state(f"board:{reply['board']}")["proposals"].values()
    assert card["text"] == "Old"


@pytest.mark.parametrize(("before", "after"), [("", "a"), ("a b c", "a c"), ("Buses.", "More buses!"), ("é ü", "é ü")])
def test_a_difference_gives_both_texts_back(before: str, after: str) -> None:
    pieces = difference(before, after)
    assert "".join(text for kind, text in pieces if kind != "added") == before
    assert "".join(text for kind, text in pieces if kind != "removed") == after
