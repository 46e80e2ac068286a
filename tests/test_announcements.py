"""Announcements: who may make them, to whom they go, and that they stand until they are taken down."""

from __future__ import annotations

from support.house import House


def group(house: House, name: str) -> str:
    return next(id for id, one in house.state(house.room)["groups"].items() if one["name"] == name)


def texts(house: House) -> list[str]:
    return [card["text"] for card in house.state(house.room)["announcements"].values()]


def test_a_facilitator_says_something_to_everybody_and_takes_it_down_and_amina_may_not(full_house: House) -> None:
    fatima, amina, room = full_house["Fatima"], full_house["Amina"], full_house.room
    said = fatima.does(room, "announcement.make", text="  Coffee is here.  ")["announcement"]
    for name in ("Amina", "Oscar", "Fatima"):
        assert full_house[name].sees(room)["snapshot"]["announcements"][said]["text"] == "Coffee is here."
    with full_house.refuses("not_allowed"):
        amina.does(room, "announcement.make", text="Lunch!")
    with full_house.refuses("not_allowed"):
        amina.does(room, "announcement.end", announcement=said)
    full_house["Olga"].does(room, "announcement.end", announcement=said)
    assert texts(full_house) == []
    with full_house.refuses("announcement_unknown", "taken down already"):
        fatima.does(room, "announcement.end", announcement=said)


def test_groups_are_named_in_their_order_and_those_of_another_event_are_refused(full_house: House) -> None:
    fatima, room = full_house["Fatima"], full_house.room
    water, air = group(full_house, "Water"), group(full_house, "Air")
    said = fatima.does(room, "announcement.make", text="Five more minutes.", groups=[air, water])["announcement"]
    assert full_house.state(room)["announcements"][said]["groups"] == [water, air]
    elsewhere = group(full_house.another(), "Water")
    with full_house.refuses("not_yours"):
        fatima.does(room, "announcement.make", text="Five more minutes.", groups=[elsewhere])


def test_an_announcement_is_read_at_a_glance(full_house: House) -> None:
    fatima, room = full_house["Fatima"], full_house.room
    with full_house.refuses("text_too_long", "280"):
        fatima.does(room, "announcement.make", text="x" * 281)
    with full_house.refuses("text_empty"):
        fatima.does(room, "announcement.make", text=" \n ")
    fatima.does(room, "announcement.make", text="x" * 280)
    assert texts(full_house) == ["x" * 280]


def test_the_projector_hears_what_is_said_and_not_who_says_it(full_house: House) -> None:
    full_house["Fatima"].does(full_house.room, "announcement.make", text="Coffee is here.")
    cards = full_house["Screen"].sees(full_house.room)["snapshot"]["announcements"].values()
    assert [set(card) for card in cards] == [{"id", "text", "groups", "at"}]


def test_the_same_announcement_sent_twice_is_one(full_house: House) -> None:
    fatima, room = full_house["Fatima"], full_house.room
    id = "11111111-1111-4111-8111-111111111111"
    first = fatima.does(room, "announcement.make", id=id, text="Coffee is here.")
    assert (
        fatima.does(room, "announcement.make", id=id, text="Coffee is here.")["announcement"] == first["announcement"]
    )
    assert texts(full_house) == ["Coffee is here."]
