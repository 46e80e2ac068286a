"""Coming in: names, organisations, groups, codes and personal links."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select
from support.house import NOBODY, House

from facilitator import access
from facilitator.access import Actor
from facilitator.commands.code import CODE_LENGTH
from facilitator.domain.refusals import Refused
from facilitator.store.models import ALPHABET, Person

NAMES = [
    ("", "name_empty"),
    ("   \t ", "name_empty"),
    ("\u200b", "name_empty"),
    ("x" * 61, "name_too_long"),
    ("x" * 10_000, "name_too_long"),
    ("Amina\u202eanimA", "name_controls"),
    ("\u2066Amina\u2069", "name_controls"),
    ("Ami\x00na", "name_controls"),
    ("Ami\x1b[31mna", "name_controls"),
]


@pytest.mark.parametrize(("name", "code"), NAMES, ids=[repr(name)[:20] for name, _ in NAMES])
def test_names_that_cannot_be_shown_are_refused(house: House, name: str, code: str) -> None:
    with house.refuses(code):
        house.join(name)


KEPT = [
    ("  Anne-Marie  O'Neill ", "Anne-Marie O'Neill"),
    ("سارة", "سارة"),
    ("李 雷", "李 雷"),
    ("<b>Bob</b>", "<b>Bob</b>"),
    ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
    ("x" * 60, "x" * 60),
    ("e\u0301va", "éva"),
]


@pytest.mark.parametrize(("typed", "kept"), KEPT)
def test_names_of_all_the_world_are_kept(house: House, typed: str, kept: str) -> None:
    someone = house.join(typed)
    assert house.state(house.room)["people"][someone.id]["name"] == kept


def test_an_organisation_is_one_of_the_events_list(house: House) -> None:
    guest = Actor(code=house.code())
    for organisation in (None, NOBODY, house.another().organisation("Seoul")):
        with house.refuses("organisation_unknown", "from the list"):
            house.run(guest, house.room, "person.join", name="Elena", organisation=organisation)
    assert house.join("Elena", "Seoul")


def test_newcomers_are_spread_over_the_breakout_groups(house: House) -> None:
    for number in range(6):
        house.join(f"Guest {number}")
    groups = house.state(house.room)["groups"]
    sizes: dict[str, int] = {}
    for person in house.state(house.room)["people"].values():
        for group in person["groups"]:
            sizes[groups[group]["name"]] = sizes.get(groups[group]["name"], 0) + 1
    assert sizes == {"Water": 5, "Air": 5, "Women's network": 1}


def test_a_code_is_forgiving_and_wrong_ones_say_what_to_do(house: House) -> None:
    code = house.code()
    assert len(code) == CODE_LENGTH >= 6 and set(code) <= set(ALPHABET) and len(ALPHABET) >= 31
    spaced = f" {code[:3].upper()}-{code[3:]} "
    assert house.run(Actor(code=spaced), house.room, "person.join", name="E", organisation=house.organisation("Seoul"))
    for wrong in ("nope", "", "zzzzzz"):
        with house.refuses("code_unknown", "Check it on the screen"):
            house.run(Actor(code=wrong), house.room, "person.join", name="Elena", organisation=None)


def test_a_new_code_lets_people_in_and_the_old_one_does_not(house: House) -> None:
    old = house.code()
    reply = house["Fatima"].does(house.room, "code.renew")
    assert reply["join_code"] == house.code() != old
    with house.refuses("code_expired", old.upper(), "new one"):
        house.run(Actor(code=old), house.room, "person.join", name="Elena", organisation=None)
    assert house.join("Elena")


def test_a_code_of_another_event_opens_only_that_one(house: House) -> None:
    foreign = house.another().code()
    with house.refuses("not_yours"):
        house.run(Actor(code=foreign), house.room, "person.join", name="Elena", organisation=None)


def test_links_are_128_random_bits_and_only_their_hash_is_stored(house: House) -> None:
    tokens = {house[name].link() for name in ("Amina", "Bruno", "Fatima")}
    assert len(tokens) == 3
    stored = repr(house.everything())
    for token in tokens:
        assert re.fullmatch(r"[\w-]{22}", token)  # 22 characters of 6 bits: 128 and a rest
        assert token not in stored and access.link_hash(token) in stored
    assert house.store.key not in stored


def test_a_renewed_link_replaces_the_old_one_which_is_told_so(house: House) -> None:
    amina = house["Amina"]
    old = amina.link()
    house["Olga"].does(house.room, "link.renew", person=amina.id)
    with house.store.reading() as db:
        assert access.person_of_link(db, amina.link()).id == amina.id
        with pytest.raises(Refused, match="has been replaced"):
            access.person_of_link(db, old)
        with pytest.raises(Refused, match="not known"):
            access.person_of_link(db, old[:-1] + "!")


def test_whose_link_can_be_renewed_by_whom(house: House) -> None:
    fatima = house["Fatima"]
    with house.refuses("not_allowed"):
        fatima.does(house.room, "link.renew", person=house["Olga"].id)
    for unknown in (NOBODY, house.another()["Amina"].id):
        with house.refuses("person_unknown"):
            fatima.does(house.room, "link.renew", person=unknown)
    fatima.does(house.room, "link.renew", person=house["Bruno"].id)
    house["Olga"].does(house.room, "link.renew", person=fatima.id)


def test_coming_back_by_the_link_is_the_same_seat(house: House) -> None:
    amina = house["Amina"]
    amina.does(house.room, "person.arrive")
    before = house.rows(select(Person.__table__))
    amina.does(house.room, "person.arrive")
    assert house.rows(select(Person.__table__)) == before
    assert house.state(house.room)["joined"] == 1
