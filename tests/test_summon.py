"""Summons: whose screens come along to the stage, that there is one at a time, and that they are given back."""

from __future__ import annotations

from support.house import House
from test_announcements import group


def summon(house: House, name: str = "Amina") -> dict[str, object] | None:
    found: dict[str, object] | None = house[name].sees(house.room)["snapshot"]["stage"]["summon"]
    return found


def test_a_facilitator_brings_every_screen_along_and_gives_them_back_and_amina_may_not(full_house: House) -> None:
    fatima, amina, room = full_house["Fatima"], full_house["Amina"], full_house.room
    with full_house.refuses("not_allowed"):
        amina.does(room, "summon.call")
    fatima.does(room, "summon.call")
    assert [(summon(full_house, name) or {})["groups"] for name in ("Amina", "Chen", "Oscar", "Screen")] == [[]] * 4
    with full_house.refuses("not_allowed"):
        amina.does(room, "summon.release")
    full_house["Olga"].does(room, "summon.release")
    assert summon(full_house) is None
    with full_house.refuses("summon_none", "Nobody is summoned"):
        fatima.does(room, "summon.release")


def test_a_new_summon_takes_the_place_of_the_one_before_and_the_same_again_is_nothing_new(full_house: House) -> None:
    fatima, room = full_house["Fatima"], full_house.room
    water, air = group(full_house, "Water"), group(full_house, "Air")
    fatima.does(room, "summon.call", groups=[air, water])
    first = summon(full_house)
    assert first is not None and first["groups"] == [water, air]
    heard = len(full_house.events(room))
    fatima.does(room, "summon.call", groups=[water, air])
    assert (summon(full_house), len(full_house.events(room))) == (first, heard)
    fatima.does(room, "summon.call")
    second = summon(full_house)
    assert second is not None and second["groups"] == [] and second["id"] != first["id"]


def test_groups_of_another_event_are_not_summoned(full_house: House) -> None:
    theirs = group(full_house.another(), "Water")
    with full_house.refuses("not_yours"):
        full_house["Fatima"].does(full_house.room, "summon.call", groups=[theirs])


def test_who_comes_in_while_a_summon_is_on_is_summoned_too(full_house: House) -> None:
    full_house["Fatima"].does(full_house.room, "summon.call")
    eva = full_house.join("Eva")
    assert eva.sees(full_house.room)["snapshot"]["stage"]["summon"]["groups"] == []
