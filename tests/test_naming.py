"""Who may be named among those who took part: each says so of themselves, and nobody for them."""

from __future__ import annotations

from sqlalchemy import insert, select, update
from support.editions import content, drafted, freezes, row
from support.house import House

from facilitator import copying, snapshot
from facilitator.domain.document import Section, Table
from facilitator.outcomes import gather
from facilitator.store.models import Account, Naming, Person, new_id


def participants(house: House) -> set[str]:
    with house.store.reading() as db:
        outcome = gather(db, house.event)
    return {name for name in outcome.participants if name is not None}


def agreed(house: House) -> tuple[int, int]:
    with house.store.reading() as db:
        return snapshot.named_of(db, house.event)


def test_nobody_is_named_who_has_not_said_so_and_each_can_change_it(full_house: House) -> None:
    house, amina, bruno = full_house, full_house["Amina"], full_house["Bruno"]
    assert (participants(house), agreed(house)) == (set(), (0, 4))
    assert amina.me(house.room)["agreed"] is False
    amina.does(house.room, "naming.agree", agreed=True)
    house["Fatima"].does(house.room, "naming.agree", agreed=True)
    assert (participants(house), agreed(house)) == ({"Amina"}, (1, 4)), "Fatima facilitates, she is not counted here"
    assert amina.me(house.room)["agreed"] is True and bruno.me(house.room)["agreed"] is False
    (stored,) = house.rows(select(*Naming.__table__.c).where(Naming.person == amina.id))
    assert stored.at > 0
    amina.does(house.room, "naming.agree", agreed=True)
    amina.does(house.room, "naming.agree", agreed=False)
    assert (participants(house), agreed(house)) == (set(), (0, 4))
    told = [event for event in house.events(house.room) if event["name"] == "naming.agreed"]
    assert [set(event) for event in told] == [{"seq", "name", "me"}] * 3, "nobody hears who, and a repetition is none"


def test_observers_organisers_and_screens_are_not_asked_and_nobody_answers_for_others(full_house: House) -> None:
    house = full_house
    for name in ("Olga", "Oscar", "Screen"):
        with house.refuses("not_allowed"):
            house[name].does(house.room, "naming.agree", agreed=True)
    with house.refuses("bad_message", "person"):
        house["Olga"].does(house.room, "naming.agree", agreed=True, person=house["Amina"].id)
    with house.refuses("bad_message", "agreed"):
        house["Amina"].does(house.room, "naming.agree", agreed="yes")


def test_an_edition_with_names_lists_those_who_agreed_and_keeps_the_promise_beside_what_was_written(
    full_house: House,
) -> None:
    house = full_house
    house["Fatima"].opens(house.board("Water"), "collect")
    house["Bruno"].posts(house.board("Water"), "More buses")
    house["Amina"].does(house.room, "naming.agree", agreed=True)
    edition = drafted(house, named=True)
    freezes(house, edition)
    report = content(house, edition).report
    (people,) = [b for b in report.blocks if isinstance(b, Section) and b.anchor == "people"]
    assert "Amina" in str(people) and "Bruno" not in str(people)
    assert "1 of 4 people" in str(people)
    (annex,) = [b for b in report.blocks if isinstance(b, Section) and b.anchor == "annex"]
    assert "Bruno, Seoul" in str(annex), "the board had promised names"
    without = drafted(house, named=False)
    freezes(house, without)
    assert "Amina" not in row(house, without).document and "By name stand" not in row(house, without).document
    (people,) = [b for b in content(house, without).report.blocks if isinstance(b, Section) and b.anchor == "people"]
    tables = [b.table if hasattr(b, "table") else b for b in people.blocks]
    (table,) = [one for one in tables if isinstance(one, Table)]
    assert [str(r.cells[0]) for r in table.rows] == ["Barcelona", "Seoul"], "organisations always"


def test_a_copy_starts_without_anybodys_word(full_house: House) -> None:
    house = full_house
    house["Amina"].does(house.room, "naming.agree", agreed=True)
    account = new_id()
    with house.store.writing() as db:
        values = {"id": account, "email": "olga@example.org", "name": "Olga", "password_hash": "-", "created_at": 1}
        db.execute(insert(Account.__table__).values(**values))
        db.execute(update(Person.__table__).where(Person.id == house["Olga"].id).values(account=account))
    for more in ({}, {"people": True}, {"contributions": True}):
        copied = copying.copy_event(house.store, house.event, account=account, title="Once more", **more)
        named = select(Naming.person).join(Person, Person.id == Naming.person).where(Person.event == copied)
        assert house.rows(named) == [], more
    assert len(house.rows(select(Naming.person))) == 1
