"""The theme desk, and its question to a group: did we get you right?"""

from __future__ import annotations

import pytest
from support.house import House, Someone, new

from facilitator.domain.events import for_screen


@pytest.fixture
def bus(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house["Amina"].posts(full_house.board("Water"), "More buses")


@pytest.fixture
def tree(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Air"), "collect")
    return full_house["Chen"].posts(full_house.board("Air"), "Trees along bus lines", "north")


def themes(house: House) -> dict[str, list[str]]:
    return {theme["name"]: theme["proposals"] for theme in house.state(house.day())["desk"].values()}


def names(who: Someone, name: str) -> str:
    return str(who.does(who.house.day(), "desk.name", name=name)["theme"])


def test_fatima_puts_together_what_two_groups_say_and_no_board_changes(full_house: House, bus: str, tree: str) -> None:
    fatima, day = full_house["Fatima"], full_house.day()
    boards = [full_house.state(full_house.board(group)) for group in ("Water", "Air")]
    moving, green = names(fatima, "Moving"), names(full_house["Olga"], "Green")
    fatima.does(day, "desk.sort", proposals=[tree, bus, tree], theme=moving)
    assert themes(full_house) == {"Moving": [tree, bus], "Green": []}
    fatima.does(day, "desk.sort", proposals=[tree], theme=green)
    assert themes(full_house) == {"Moving": [bus], "Green": [tree]}
    fatima.does(day, "desk.sort", proposals=[tree], theme=None)
    assert themes(full_house) == {"Moving": [bus], "Green": []}
    assert boards == [full_house.state(full_house.board(group)) for group in ("Water", "Air")]


def test_a_theme_is_renamed_and_dissolved_and_its_proposals_stay_where_they_were(
    full_house: House, bus: str, tree: str
) -> None:
    fatima, day = full_house["Fatima"], full_house.day()
    moving = names(fatima, "Moving")
    fatima.does(day, "desk.sort", proposals=[bus, tree], theme=moving)
    assert fatima.does(day, "desk.name", theme=moving, name=" Getting about ")["theme"] == moving
    assert themes(full_house) == {"Getting about": [bus, tree]}
    heard = len(full_house.events(day))
    fatima.does(day, "desk.name", theme=moving, name="Getting about")
    fatima.does(day, "desk.sort", proposals=[bus], theme=moving)
    assert len(full_house.events(day)) == heard, "the same again is no news"
    fatima.does(day, "desk.dissolve", theme=moving)
    assert themes(full_house) == {}
    assert full_house.state(full_house.board("Water"))["proposals"][bus]["status"] == "standing"
    for command, args in (
        ("desk.dissolve", {"theme": moving}),
        ("desk.sort", {"theme": moving, "proposals": [bus]}),
        ("desk.name", {"theme": moving, "name": "Again"}),
    ):
        with full_house.refuses("theme_unknown"):
            fatima.does(day, command, **args)
    again = names(fatima, "Moving again")
    fatima.does(day, "desk.sort", proposals=[bus], theme=again)
    assert themes(full_house) == {"Moving again": [bus]}


def test_the_desk_belongs_to_who_steers_and_a_theme_has_a_name(full_house: House, bus: str) -> None:
    day = full_house.day()
    moving = names(full_house["Fatima"], "Moving")
    for who in ("Amina", "Oscar", "Screen"):
        with full_house.refuses("not_allowed"):
            full_house[who].does(day, "desk.name", name="Mine")
        with full_house.refuses("not_allowed"):
            full_house[who].does(day, "desk.sort", proposals=[bus], theme=moving)
    for name, code in (("  ", "theme_empty"), ("x" * 121, "text_too_long")):
        with full_house.refuses(code):
            full_house["Fatima"].does(day, "desk.name", name=name)


def test_the_desk_takes_only_what_the_days_groups_can_see(full_house: House, bus: str) -> None:
    fatima = full_house["Fatima"]
    moving = names(fatima, "Moving")
    second = full_house.board("Water", day=2)
    fatima.opens(second, "collect")
    tomorrow = full_house["Amina"].posts(second, "Ferries")
    fatima.opens(full_house.board("Water"), "vote")
    late = full_house["Amina"].posts(full_house.board("Water"), "Late ferries")
    for proposal in (tomorrow, late, new()):
        with full_house.refuses("proposal_unknown"):
            fatima.does(full_house.day(), "desk.sort", proposals=[bus, proposal], theme=moving)
    with full_house.refuses("theme_unknown"):
        fatima.does(full_house.day(2), "desk.sort", proposals=[tomorrow], theme=moving)


def test_a_theme_of_the_desk_becomes_a_conclusion_that_rests_on_both_groups(
    full_house: House, bus: str, tree: str
) -> None:
    fatima, day = full_house["Fatima"], full_house.day()
    fatima.does(day, "desk.sort", proposals=[bus, tree], theme=names(fatima, "Moving"))
    sources = [{"proposal": id} for id in themes(full_house)["Moving"]]
    fatima.does(day, "conclusion.promote", sources=sources, wording="Moving", kind="recommendation")
    (conclusion,) = full_house.state(day)["conclusions"]
    assert [source["group_name"] for source in conclusion["sources"]] == ["Water", "Air"]
    assert (conclusion["wording"], conclusion["kind"]) == ("Moving", "recommendation")


# --- did we get you right? ------------------------------------------------------------------------------------------


def test_the_group_says_that_it_was_not_quite_understood_and_what_would_be_right(full_house: House, bus: str) -> None:
    water, fatima, amina, bruno = (
        full_house.board("Water"), full_house["Fatima"], full_house["Amina"], full_house["Bruno"],
    )  # fmt: skip
    check = fatima.does(water, "check.ask", text="You want more buses.", proposals=[bus, bus])["check"]
    asked = bruno.sees(water)["snapshot"]["checks"][check]
    assert (asked["text"], asked["proposals"], asked["right"]) == ("You want more buses.", [bus], None)
    with full_house.refuses("reason_empty"):
        amina.does(water, "check.answer", check=check, right=False, text=" ")
    amina.does(water, "check.answer", check=check, right=False, text="At night above all")
    answered = full_house.state(water)["checks"][check]
    assert (answered["right"], answered["answer"], answered["answered_by"]) == (False, "At night above all", amina.id)
    with full_house.refuses("check_answered", "already"):
        bruno.does(water, "check.answer", check=check, right=True)


def test_a_yes_needs_no_words_and_is_given_in_any_step_and_under_a_lock(full_house: House, bus: str) -> None:
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    fatima.opens(water, "reveal")
    fatima.does(water, "board.lock")
    check = fatima.does(water, "check.ask", text="You want more buses.")["check"]
    full_house["Bruno"].does(water, "check.answer", check=check, right=True)
    found = full_house.state(water)["checks"][check]
    assert found["right"] is True and found["answer"] is None


def test_who_steers_asks_and_the_group_answers_for_itself(full_house: House, bus: str) -> None:
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    check = fatima.does(water, "check.ask", text="You want more buses.", proposals=[bus])["check"]
    for who, code in (("Amina", "not_allowed"), ("Oscar", "not_allowed"), ("Chen", "not_your_group")):
        with full_house.refuses(code):
            full_house[who].does(water, "check.ask", text="Is it?")
    for who, code in (("Fatima", "not_allowed"), ("Oscar", "not_allowed"), ("Chen", "not_your_group")):
        with full_house.refuses(code):
            full_house[who].does(water, "check.answer", check=check, right=True)
    with full_house.refuses("check_unknown"):
        full_house["Amina"].does(water, "check.answer", check=new(), right=True)
    with full_house.refuses("proposal_unknown"):
        fatima.does(water, "check.ask", text="Is it?", proposals=[new()])
    with full_house.refuses("text_empty"):
        fatima.does(water, "check.ask", text=" ")
    seen = full_house["Screen"].sees(water)["snapshot"]["checks"][check]
    assert not {"by", "answered_by"} & set(seen)
    assert fatima.id not in repr(for_screen(full_house.events(water)))
