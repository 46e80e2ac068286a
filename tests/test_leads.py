"""Who looks after which group: taken on, handed over, taken over, given back; and only by who facilitates."""

from __future__ import annotations

from sqlalchemy import select
from support.house import NOBODY, House

from facilitator.store.models import Lead


def group(house: House, name: str) -> str:
    return next(one["id"] for one in house.state(house.room)["groups"].values() if one["name"] == name)


def leads(house: House) -> dict[str, str]:
    """Group name -> the name of who looks after it."""
    state = house.state(house.room)
    return {
        state["groups"][one]["name"]: state["people"][lead["person"]]["name"] for one, lead in state["leads"].items()
    }


def test_fatima_looks_after_water_hands_it_to_olga_and_olga_gives_it_back(full_house: House) -> None:
    fatima, olga, room = full_house["Fatima"], full_house["Olga"], full_house.room
    water = group(full_house, "Water")
    fatima.does(room, "lead.take", group=water)
    assert leads(full_house) == {"Water": "Fatima"}
    fatima.does(room, "lead.take", group=water, person=olga.id)
    assert leads(full_house) == {"Water": "Olga"}
    olga.does(room, "lead.release", group=water)
    assert leads(full_house) == {}
    heard = [event["name"] for event in full_house.events(room) if event["name"].startswith("lead.")]
    assert heard == ["lead.taken", "lead.taken", "lead.released"]


def test_olga_takes_over_where_fatima_is_gone_and_the_record_keeps_both(full_house: House) -> None:
    fatima, olga, room = full_house["Fatima"], full_house["Olga"], full_house.room
    water, air = group(full_house, "Water"), group(full_house, "Air")
    fatima.does(room, "lead.take", group=water)
    fatima.does(room, "lead.take", group=air)
    olga.does(room, "lead.take", group=water)
    assert leads(full_house) == {"Water": "Olga", "Air": "Fatima"}
    rows = full_house.rows(select(Lead.person, Lead.by, Lead.ended_at).where(Lead.group == water).order_by(Lead.at))
    assert [(row.person, row.by, row.ended_at is None) for row in rows] == [
        (fatima.id, fatima.id, False),
        (olga.id, olga.id, True),
    ]


def test_taking_what_one_has_changes_nothing(full_house: House) -> None:
    fatima, room, water = full_house["Fatima"], full_house.room, group(full_house, "Water")
    fatima.does(room, "lead.take", group=water)
    before = full_house.everything()["lead"]
    fatima.does(room, "lead.take", group=water)
    full_house["Olga"].does(room, "lead.take", group=water, person=fatima.id)
    assert full_house.everything()["lead"] == before
    assert len([event for event in full_house.events(room) if event["name"] == "lead.taken"]) == 1


def test_only_who_facilitates_looks_after_a_group_or_is_asked_to(full_house: House) -> None:
    fatima, amina, room = full_house["Fatima"], full_house["Amina"], full_house.room
    water = group(full_house, "Water")
    for name in ("Amina", "Oscar", "Screen"):
        with full_house.refuses("not_allowed"):
            full_house[name].does(room, "lead.take", group=water)
    with full_house.refuses("lead_not_facilitator", "facilitator"):
        fatima.does(room, "lead.take", group=water, person=amina.id)
    with full_house.refuses("person_unknown"):
        fatima.does(room, "lead.take", group=water, person=NOBODY)
    fatima.does(room, "lead.take", group=water)
    with full_house.refuses("not_allowed"):
        amina.does(room, "lead.release", group=water)
    assert leads(full_house) == {"Water": "Fatima"}


def test_a_group_that_nobody_looks_after_cannot_be_given_back_nor_one_of_another_event(full_house: House) -> None:
    fatima, room = full_house["Fatima"], full_house.room
    with full_house.refuses("lead_none"):
        fatima.does(room, "lead.release", group=group(full_house, "Water"))
    elsewhere = full_house.another()
    for command in ("lead.take", "lead.release"):
        with full_house.refuses("not_yours"):
            fatima.does(room, command, group=group(elsewhere, "Water"))
    with full_house.refuses("person_unknown"):
        fatima.does(room, "lead.take", group=group(full_house, "Water"), person=elsewhere["Fatima"].id)


def test_the_screen_is_not_told_who_looks_after_whom(full_house: House) -> None:
    full_house["Fatima"].does(full_house.room, "lead.take", group=group(full_house, "Water"))
    assert "leads" not in full_house["Screen"].sees(full_house.room)["snapshot"]
    assert full_house["Amina"].sees(full_house.room)["snapshot"]["leads"]
