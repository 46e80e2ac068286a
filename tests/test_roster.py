"""The roster: what a table says of people, who is brought in, corrected, ticked off and taken off."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from support.house import NOBODY, House

from facilitator.access import Actor
from facilitator.commands.roster import known_by
from facilitator.domain import roster
from facilitator.domain.refusals import sentence
from facilitator.domain.roster import Known
from facilitator.store.models import Elector, Organisation, Person, Seat

SHEET = [
    ["Name", "Institución", "Rol", "Idiomas", "E-mail", "Table"],
    ["Elena Ruiz", "Lima", "", "español, en", "elena@example.org", "Water"],
    ["", "", "", "", "", ""],
    ["Farid Haddad", "Lima", "Observador", "ar/fr", "", "Fountain"],
    ["Gita Rao", "Mumbai", "cook", "klingonish", "not an address", ""],
    ["Elena Ruiz", "lima", "", "", "", ""],
    ["Hana Kim", "Seoul", "moderator", "korean", "elena@example.org", "air"],
    ["x" * 61, "Seoul", "", "", "", ""],
]


def rows(table: list[list[str]], first: int = 2) -> dict[int, list[str]]:
    return {number: cells for number, cells in enumerate(table, start=1) if number >= first}


@pytest.mark.parametrize(
    ("heading", "columns"),
    [
        (["Name", "Organisation"], ["name", "organisation"]),
        (["Nombre", "Apellidos", "Entidad", "Idiomas"], ["first_name", "last_name", "organisation", "languages"]),
        (["Prénom", "NOM", "Organisme", "Langues"], ["first_name", "last_name", "organisation", "languages"]),
        (["Nom", "Cognoms", "Entitat"], ["last_name", "", "organisation"]),
        (["Nom", "Organisme"], ["name", "organisation"]),
        (["E-Mail", "Rôle", "Shoe size"], ["email", "role", ""]),
        (["Amina Benali", "Barcelona"], ["", ""]),
    ],
)
def test_columns_are_known_by_their_headings_in_four_languages(heading: list[str], columns: list[str]) -> None:
    assert roster.match(heading)[: len(columns)] == columns or heading == ["Nom", "Cognoms", "Entitat"]
    assert roster.has_headings(heading) == any(columns)


def test_each_line_says_by_its_number_what_is_wrong_with_it() -> None:
    known = Known(groups=frozenset({"Water", "Air"}))
    reading = roster.read(rows(SHEET), roster.match(SHEET[0]), known)
    assert {line: [problem.code for problem in found] for line, found in reading.problems.items()} == {
        4: ["group_unknown"],
        5: ["role_unknown", "language_unknown", "email_wrong"],
        6: ["line_twice"],
        7: ["email_twice"],
        8: ["name_too_long"],
    }
    assert "line 2" in sentence(reading.problems[6][0])
    elena = reading.entries[2]
    assert (elena.languages, elena.role, elena.group) == (("es", "en"), "participant", "Water")
    assert list(reading.entries) == [2], "nobody of a line with a problem"


def test_who_is_on_the_roster_already_is_not_brought_in_again(house: House) -> None:
    with house.store.reading() as db:
        known = known_by(db, house.event)
    reading = roster.read({1: ["AMINA ", "barcelona"], 2: ["Amina", "Seoul"]}, ["name", "organisation"], known)
    assert [problem.code for problem in reading.problems[1]] == ["person_known"]
    assert reading.entries[2].organisation == "Seoul", "an Amina of another city is somebody else"


def test_olga_brings_people_in_and_their_organisations_come_along(house: House) -> None:
    people = [
        {"name": "Elena", "organisation": "Lima", "languages": ["es"], "email": "Elena@Example.org", "group": "Water"},
        {"name": "Farid", "organisation": "LIMA", "kind": "collaborating", "role": "observer"},
        {"name": "Hana", "organisation": "seoul"},
        {"name": "Ivo"},
    ]
    reply = house["Olga"].does(house.room, "roster.import", people=people)
    (event,) = house.events(house.room)
    assert {card["name"] for card in event["people"]} == {"Elena", "Farid", "Hana", "Ivo"}
    assert [(o["name"], o["kind"]) for o in event["organisations"]] == [("Lima", "collaborating")]
    state = house.state(house.room)
    elena, farid, hana, ivo = (state["people"][id] for id in reply["people"])
    assert elena["organisation"] == farid["organisation"] == house.organisation("Lima")
    assert hana["organisation"] == house.organisation("Seoul")
    assert ivo["organisation"] is None and ivo["attendance"] == "expected"
    assert [state["groups"][group]["name"] for group in elena["groups"]] == ["Water"]
    assert "example.org" not in repr(state), "an address is for the organiser only"
    assert house["Elena"].sees(house.room)["me"]["groups"] == elena["groups"], "the link works at once"


def test_one_wrong_line_and_nobody_is_brought_in(house: House) -> None:
    good = {"name": "Elena", "organisation": "Lima"}
    for bad, code in (
        ({"name": ""}, "name_empty"),
        ({"name": "Farid", "group": "Fountain"}, "group_unknown"),
        ({"name": "Farid", "role": "projector"}, "role_unknown"),
        ({"name": "elena", "organisation": "lima"}, "person_known"),
        ({"name": "Amina", "organisation": "Barcelona"}, "person_known"),
        ({"name": "Farid", "organisation": "x" * 200}, "organisation_name"),
        ({"name": "Farid", "email": "=cmd()@x.org"}, "email_wrong"),
    ):
        with house.refuses(code):
            house["Olga"].does(house.room, "roster.import", people=[good, bad])


def test_a_roster_holds_two_thousand_people_and_no_more(house: House) -> None:
    many = [{"name": f"Guest {number}"} for number in range(roster.MOST_PEOPLE - 7)]
    with house.refuses("roster_full", "2000"):
        house["Olga"].does(house.room, "roster.import", people=[*many, {"name": "One more"}])
    house["Olga"].does(house.room, "roster.import", people=many)
    assert len(house.state(house.room)["people"]) == roster.MOST_PEOPLE


def test_what_the_roster_says_can_be_corrected(house: House) -> None:
    amina = house["Amina"]
    house["Olga"].does(
        house.room, "person.edit", person=amina.id, name="Amina Benali", organisation="Rabat", languages=["ar", "fr"]
    )
    card = house.state(house.room)["people"][amina.id]
    assert (card["name"], card["languages"]) == ("Amina Benali", ["ar", "fr"])
    assert card["organisation"] == house.organisation("Rabat")
    foreign = house.another()["Amina"].id
    with house.refuses("person_known", "bruno"):
        house["Olga"].does(house.room, "person.edit", person=amina.id, name="bruno", organisation="Seoul")
    with house.refuses("not_oneself"):
        house["Olga"].does(house.room, "person.edit", person=house["Olga"].id, name="Olga", organisation="Barcelona")
    with house.refuses("person_unknown"):
        house["Olga"].does(house.room, "person.edit", person=foreign, name="X")


def test_who_has_spoken_for_an_organisation_stays_with_it(full_house: House) -> None:
    house = full_house
    house["Fatima"].opens(house.board("Water"), "collect")
    house["Amina"].posts(house.board("Water"), "More buses")
    house["Olga"].does(house.room, "person.edit", person=house["Amina"].id, name="Amina B", organisation="Barcelona")
    with house.refuses("organisation_kept", "Amina B"):
        house["Olga"].does(house.room, "person.edit", person=house["Amina B"].id, name="Amina B", organisation="Seoul")


def test_who_has_contributed_nothing_is_off_the_roster_for_good(house: House) -> None:
    bruno = house["Bruno"]
    house["Olga"].does(house.room, "link.renew", person=bruno.id)
    house["Olga"].does(house.room, "person.remove", person=bruno.id)
    assert house.rows(select(Person.id).where(Person.id == bruno.id)) == []
    assert house.rows(select(Seat.group).where(Seat.person == bruno.id)) == []
    assert bruno.id not in house.state(house.room)["people"]
    with house.refuses("not_signed_in"):
        bruno.sees(house.room)


def test_who_has_contributed_is_never_deleted_their_seat_is_closed(full_house: House) -> None:
    house, amina, water = full_house, full_house["Amina"], full_house.board("Water")
    house["Fatima"].opens(water, "collect")
    bus = amina.posts(water, "More buses")
    old = amina.link()
    house["Olga"].does(house.room, "person.remove", person=amina.id)
    state = house.state(house.room)
    assert state["people"][amina.id]["closed"] and state["people"][amina.id]["groups"] == []
    assert state["joined"] == 3
    assert house.state(water)["proposals"][bus]["author"] == amina.id, "what she wrote stays, under her name"
    with house.refuses("seat_closed"):
        amina.sees(house.room)
    assert amina.link() != old, "every window of hers is closed"
    house["Fatima"].opens(water, "vote")
    assert [row.person for row in house.rows(select(Elector.person))] == [house["Bruno"].id]
    with house.refuses("person_closed"):
        house["Olga"].does(house.room, "person.edit", person=amina.id, name="Amina")
    house["Olga"].does(house.room, "person.reopen", person=amina.id)
    assert amina.sees(house.room)["me"]["groups"] == []
    assert house.state(house.room)["joined"] == 4


def test_nobody_takes_themselves_off_the_roster(house: House) -> None:
    with house.refuses("not_oneself"):
        house["Olga"].does(house.room, "person.remove", person=house["Olga"].id)
    for stranger in (NOBODY, house.another()["Amina"].id, house["Screen"].id):
        with house.refuses("person_unknown"):
            house["Olga"].does(house.room, "person.remove", person=stranger)


def test_at_the_door_people_are_ticked_off_and_no_shows_are_known(house: House) -> None:
    amina, bruno, chen = (house[name] for name in ("Amina", "Bruno", "Chen"))

    def seen(who: str) -> str:
        return str(house.state(house.room)["people"][house[who].id]["attendance"])

    house["Fatima"].does(house.room, "person.check", people=[amina.id], attendance="here")
    house["Fatima"].does(house.room, "person.check", people=[bruno.id, chen.id], attendance="absent")
    assert [seen(who) for who in ("Amina", "Bruno", "Chen", "Dora")] == ["here", "absent", "absent", "expected"]
    assert house.state(house.room)["joined"] == 0, "she is here, but has not come in on a device"
    house["Fatima"].does(house.room, "person.check", people=[chen.id], attendance="expected")
    bruno.does(house.room, "person.arrive")
    assert [seen(who) for who in ("Bruno", "Chen")] == ["here", "expected"], "who comes in late is here after all"
    before = len(house.heard)
    house["Fatima"].does(house.room, "person.check", people=[bruno.id], attendance="absent")
    assert len(house.heard) == before and seen("Bruno") == "here"
    with house.refuses("person_unknown"):
        house["Fatima"].does(house.room, "person.check", people=[amina.id, NOBODY], attendance="here")


def test_organisations_are_named_and_unused_ones_removed(house: House) -> None:
    olga = house["Olga"]
    lima = olga.does(house.room, "organisation.name", name=" Lima ", kind="member")["organisation"]
    olga.does(house.room, "organisation.name", organisation=lima, name="Lima Metropolitana", kind="collaborating")
    assert house.state(house.room)["organisations"][lima] == {
        "id": lima,
        "name": "Lima Metropolitana",
        "kind": "collaborating",
        "colour": "violet",
    }
    with house.refuses("organisation_known", "SEOUL"):
        olga.does(house.room, "organisation.name", name="SEOUL", kind="member")
    with house.refuses("organisation_used", "Seoul"):
        olga.does(house.room, "organisation.remove", organisation=house.organisation("Seoul"))
    foreign = house.another().organisation("Seoul")
    with house.refuses("organisation_unknown"):
        olga.does(house.room, "organisation.remove", organisation=foreign)
    olga.does(house.room, "organisation.remove", organisation=lima)
    assert house.rows(select(Organisation.id).where(Organisation.id == lima)) == []


def test_the_facilitator_ticks_off_but_the_roster_is_the_organisers(house: House) -> None:
    with house.refuses("not_allowed"):
        house["Fatima"].does(house.room, "roster.import", people=[{"name": "Elena"}])
    with house.refuses("not_allowed"):
        house["Amina"].does(house.room, "person.check", people=[house["Amina"].id], attendance="here")
    with house.refuses("not_allowed"):
        house.run(Actor(code=house.code()), house.room, "roster.import", people=[{"name": "Elena"}])


def test_who_comes_late_and_is_in_no_group_gets_a_place_at_once(house: House) -> None:
    olga, fatima = house["Olga"], house["Fatima"]
    names = ("Elena", "Farid", "Gita")
    olga.does(house.room, "roster.import", people=[{"name": name} for name in names])
    olga.does(house.room, "roster.import", people=[{"name": "Hugo", "role": "observer"}])
    house["Elena"].does(house.room, "person.arrive")
    fatima.does(house.room, "person.check", people=[house["Farid"].id, house["Hugo"].id], attendance="here")
    fatima.does(house.room, "person.check", people=[house["Gita"].id], attendance="absent")
    people = house.state(house.room)["people"]
    assert [len(people[house[name].id]["groups"]) for name in (*names, "Hugo")] == [1, 1, 0, 0]
    assert people[house["Elena"].id]["groups"] != people[house["Farid"].id]["groups"], "where the fewest are"
    assert house.events(house.room)[-2]["people"][0]["groups"], "everybody hears of it"


def test_before_the_groups_are_made_nobody_is_put_into_one(house: House) -> None:
    olga = house["Olga"]
    nowhere = [{"person": house[name].id, "seats": []} for name in ("Amina", "Bruno", "Chen", "Dora")]
    olga.does(house.room, "group.seat", people=nowhere)
    house["Amina"].does(house.room, "person.arrive")
    assert house.state(house.room)["people"][house["Amina"].id]["groups"] == []
