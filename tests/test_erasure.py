"""Somebody is erased: who they were is nowhere any more, and what they contributed stays and is counted as before."""

from __future__ import annotations

import html
import json
import time
from typing import Any

import pytest
from sqlalchemy import select, update
from support.editions import content, published, row
from support.files import text_of
from support.house import House, Someone, new
from support.long_day import NAME, SURNAME, a_long_day
from support.server import Server

from facilitator import outcomes, recount
from facilitator.access import link_hash
from facilitator.domain import frozen
from facilitator.outcomes.edition_files import write
from facilitator.store.db import Store
from facilitator.store.models import (
    Conclusion,
    ExpiredLink,
    Log,
    MinorityReport,
    Naming,
    Person,
    PictureOptOut,
    Proposal,
    Seat,
    Vote,
)
from facilitator.store.models import Event as EventRow


@pytest.fixture
def long_day(store: Store) -> House:
    return a_long_day(store)


def amina_of(house: House) -> Someone:
    return house[f"{NAME} {SURNAME}"]


def erase(house: House) -> Someone:
    amina = amina_of(house)
    house["Olga"].does(house.room, "person.erase", person=amina.id)
    return amina


def named_in(value: Any) -> list[str]:
    words = json.dumps(value, ensure_ascii=False, default=str) if not isinstance(value, str) else value
    return [part for part in (NAME, SURNAME) if part.lower() in words.lower()]


def every_room(house: House) -> list[str]:
    return [house.room, house.day(), house.board("Water"), house.board("Air"), house.board("Plenary")]


def test_her_name_is_in_no_table_any_more(long_day: House) -> None:
    house = long_day
    before = house.everything()
    assert {table for table, rows in before.items() if named_in(repr(rows))} == {"person", "log"}
    amina = erase(house)
    assert named_in(repr(house.everything())) == []
    (row,) = house.rows(select(*Person.__table__.c).where(Person.id == amina.id))
    assert (row.name, row.email, row.languages, row.account) == ("", None, [], None)
    assert row.erased_at and row.closed_at and row.erased_by == house["Olga"].id
    for table in (Seat, ExpiredLink, PictureOptOut, Naming):
        assert house.rows(select(table.person).where(table.person == amina.id)) == []
    ((grouping,),) = house.rows(select(EventRow.grouping).where(EventRow.id == house.event))
    assert grouping["locked"] == [house["Bruno"].id]
    assert [wish["people"] for wish in grouping["wishes"]] == [[house["Bruno"].id, house["Chen"].id]]


def test_nobody_sees_or_catches_up_with_her_name(long_day: House) -> None:
    house = long_day
    viewers = [house[name] for name in ("Olga", "Fatima", "Bruno", "Oscar", "Screen")]
    for viewer in viewers:  # snapshots are kept: what was made before must not be given out afterwards
        viewer.sees(house.room)
    erase(house)
    for viewer in viewers:
        for room in every_room(house):
            if room == house.board("Air") and viewer.name == "Bruno":
                continue
            assert named_in(viewer.sees(room)) == []
            assert named_in(viewer.sees(room, since=0)) == []
    assert "snapshot" in house["Bruno"].sees(house.room, since=0)
    told = [event for event in house.events(house.room) if event["name"] == "person.erased"]
    assert len(told) == 1 and named_in(told) == []


def test_no_file_has_her_name_and_every_report_says_that_somebody_was_removed(long_day: House) -> None:
    house = long_day

    def files() -> dict[str, str]:
        with house.store.reading() as db:
            written = {f: text_of(f, outcomes.render(db, house.event, f)) for f in outcomes.FORMATS}
            return written | {
                depth: text_of("html", outcomes.render(db, house.event, "html", depth=depth))
                for depth in outcomes.DEPTHS
            }

    before = files()
    assert {name for name, text in before.items() if SURNAME in text} >= {"html", "pdf", "docx", "json", "xlsx", "csv"}
    erase(house)
    after = files()
    for name, text in after.items():
        assert named_in(text) == [], name
    for name in ("findings", "contributions", "record", "md"):
        words = " ".join(after[name].split())
        assert "People who were removed afterwards: 1 (" in words, name
    assert "Somebody of Barcelona" in after["contributions"]
    assert "Many more buses" in after["contributions"], "what she contributed stays"
    data, was = json.loads(after["json"]), json.loads(before["json"])
    assert len(data["erased"]) == 1 and was["erased"] == []
    (home,) = [body for body in data["organisations"] if body["name"] == "Barcelona"]
    (before_her,) = [body for body in was["organisations"] if body["name"] == "Barcelona"]
    assert sorted(before_her["present"], key=str) == [f"{NAME} {SURNAME}", None], "Dora has not agreed to be named"
    assert home["present"] == [None, None], "she is still counted"


# --- frozen editions ------------------------------------------------------------------------------------------------


def test_editions_lose_her_name_and_say_so(long_day: House) -> None:
    house = long_day
    zara = house.join("Amina Zuberi-Khan")
    zara.does(house.room, "naming.agree", agreed=True)
    house["Bruno"].does(house.room, "naming.agree", agreed=True)
    with_names, without = published(house, named=True, depth="record"), published(house, named=False)
    was = {edition: row(house, edition) for edition in (with_names, without)}
    assert "Amina Zuberi," in was[with_names].document and "Zuberi" not in was[without].document
    amina = erase(house)
    assert f"{NAME} {SURNAME}" not in repr(house.everything()).replace(zara.name, "")
    found = row(house, with_names)
    assert zara.name in found.document and "Bruno" in found.document, (
        "others stay, also those whose name has hers in it"
    )
    assert found.content_hash == was[with_names].content_hash != frozen.digest(found.document)
    assert len(found.erased) == 1
    note = "People who were removed since this edition was frozen: 1. Their names are gone from it"
    for format in ("html", "pdf", "docx", "md"):
        said = " ".join(text_of(format, write(format, found.document)).split())
        assert note in said and "Somebody who was removed" in said and "Many more buses" in said, format
        assert f"{NAME} {SURNAME}" not in said.replace(zara.name, ""), format
    assert note in str(content(house, with_names).news)
    assert row(house, without)[:] == was[without][:], "people stood in it by their organisations"
    house["Olga"].does(house.room, "person.erase", person=house["Bruno"].id)
    text = row(house, with_names).document
    assert text.count("frozen: 2.") == 2 and "frozen: 1." not in text, "once in the report, once in the news"
    third = published(house, named=True)
    assert amina.id and row(house, third).erased == [] and "frozen: " not in row(house, third).document
    assert "People who were removed afterwards: 2" in text_of("md", write("md", row(house, third).document))


def test_a_brief_edition_says_too_that_somebody_was_removed(long_day: House) -> None:
    erase(long_day)
    edition = published(long_day, depth="brief")
    assert "People who were removed afterwards: 1" in text_of("md", write("md", row(long_day, edition).document))


def test_a_name_that_is_a_word_of_the_format_does_not_break_an_edition(long_day: House) -> None:
    house = long_day
    for name in ("section", "anchor", "for", "agenda", "en", "text", "c1-1"):
        someone = house.join(name)
        someone.does(house.room, "naming.agree", agreed=True)
    edition = published(house, named=True, depth="record")
    for name in ("section", "anchor", "for", "agenda", "en", "text", "c1-1"):
        house["Olga"].does(house.room, "person.erase", person=house[name].id)
    for format in ("html", "pdf", "docx", "md", "xlsx", "csv", "json"):
        assert write(format, row(house, edition).document), format


# --- what stays -----------------------------------------------------------------------------------------------------


def test_no_count_changes_and_everything_adds_up(long_day: House) -> None:
    house = long_day
    water, day = house.board("Water"), house.day()

    def counted() -> Any:
        boards = {room: house.state(room) for room in every_room(house)[1:]}
        votes = house.rows(select(*Vote.__table__.c).order_by(Vote.ballot, Vote.voter, Vote.proposal))
        return boards, votes, house.rows(select(Proposal.id, Proposal.author).order_by(Proposal.id))

    before = counted()
    with house.store.reading() as db:
        figures = outcomes.gather(db, house.event, at=1)
    amina = erase(house)
    assert counted() == before, "authors, votes, ballots, positions and conclusions are as they were"
    with house.store.reading() as db:
        after = outcomes.gather(db, house.event, at=1)
    assert [b.counted for b in after.ballots] == [b.counted for b in figures.ballots]
    assert after.present == figures.present
    result = recount.check(house.store, house.event)
    assert result.off == [] and result.votes >= 3
    assert house.state(water)["rapporteur"] == amina.id
    assert house.state(day)["conclusions"][0]["minority"][0]["author"] == amina.id
    assert house.rows(select(MinorityReport.by)) == [(amina.id,)]
    assert house.rows(select(Conclusion.by)) == [(house["Fatima"].id,)]


def test_she_is_out_for_good_and_cannot_be_brought_back(long_day: House) -> None:
    house = long_day
    olga, old = house["Olga"], amina_of(house).link()
    joined = house.state(house.room)["joined"]
    amina = erase(house)
    with house.refuses("seat_closed"):
        amina.sees(house.room)
    assert house.state(house.room)["joined"] == joined - 1
    assert house.state(house.room)["declined"] == 0
    assert amina.link() != old
    assert house.rows(select(ExpiredLink.person).where(ExpiredLink.link_hash == link_hash(old))) == []
    for command in ("person.erase", "person.reopen"):
        with house.refuses("person_erased", "for good"):
            olga.does(house.room, command, person=amina.id)
    with house.refuses("person_erased"):
        olga.does(house.room, "person.edit", person=amina.id, name=NAME)
    again = olga.does(house.room, "roster.import", people=[{"name": f"{NAME} {SURNAME}", "organisation": "Barcelona"}])
    assert again["people"] != [amina.id], "who comes back is somebody new"


def test_a_facilitator_can_be_erased_but_nobody_erases_themselves_or_strangers(long_day: House) -> None:
    house = long_day
    olga, fatima = house["Olga"], house["Fatima"]
    fatima.does(house.room, "lead.take", group=house.state(house.board("Air"))["group"])
    with house.refuses("not_oneself"):
        olga.does(house.room, "person.erase", person=olga.id)
    with house.refuses("person_unknown"):
        olga.does(house.room, "person.erase", person=house["Screen"].id)
    with house.refuses("not_allowed"):
        fatima.does(house.room, "person.erase", person=olga.id)
    olga.does(house.room, "person.erase", person=fatima.id)
    assert "Fatima" not in repr(house.everything())
    assert house.state(house.room)["leads"] == {}
    assert house.state(house.day())["conclusions"][0]["by"] == fatima.id


def test_who_is_taken_off_without_having_contributed_leaves_no_name_in_the_log(house: House) -> None:
    olga = house["Olga"]
    (farid,) = olga.does(house.room, "roster.import", people=[{"name": "Farid Haddad"}])["people"]
    olga.does(house.room, "person.remove", person=farid)
    assert "Farid" not in repr(house.everything())
    assert recount.check(house.store, house.event).off == []


def test_only_the_one_who_is_meant_is_erased(long_day: House) -> None:
    """Two cards in one event of the log, and an event beside with people of the same names."""
    house = long_day
    other = house.another()
    other.everybody_arrives()
    olga, bruno, chen = house["Olga"], house["Bruno"], house["Chen"]
    sit = [{"person": one.id, "seats": []} for one in (bruno, chen)]
    olga.does(house.room, "group.seat", people=sit)

    def theirs() -> Any:
        return {name: [row for row in rows if other.event in repr(row)] for name, rows in other.everything().items()}

    rest = theirs()
    olga.does(house.room, "person.erase", person=bruno.id)
    (seated,) = house.rows(select(Log.data).where(Log.room == house.room, Log.name == "group.seated"))
    assert sorted(card["name"] for card in seated.data["people"]) == ["", "Chen"]
    assert rest == {
        name: [row for row in rows if other.event in repr(row)] for name, rows in other.everything().items()
    }
    assert other["Bruno"].sees(other.room)


# --- in the browser -------------------------------------------------------------------------------------------------


def test_her_device_is_out_within_a_second_and_the_pages_say_what_happens(server: Server, full_house: House) -> None:
    house = full_house
    olga, amina = house["Olga"], house["Amina"]
    with house.store.writing() as db:
        db.execute(update(Person.__table__).where(Person.id == amina.id).values(email="amina@example.org"))
    house["Fatima"].opens(house.board("Water"), "collect")
    house["Bruno"].posts(house.board("Water"), "As Amina says: more buses")
    house["Bruno"].posts(house.board("Water"), "Aminata has another idea")
    browser, phone = server.browser(olga), server.browser(amina)
    wire = phone.wire(amina)
    page = f"/s/{olga.id}/people/{amina.id}"
    asked = html.unescape(browser.get(page).text)
    assert "Somebody of Barcelona" in asked and "cannot be undone" in asked
    assert "The name also stands in 1 text" in asked
    fields = {"id": new()}
    unsure = browser.submits(f"{page}/erase", fields, page)
    assert unsure.status_code == 422 and "tick that you have" in html.unescape(unsure.text)
    done = browser.submits(f"{page}/erase", fields | {"sure": "on"}, page)
    start = time.monotonic()
    assert wire.hears("goodbye", seconds=2)["code"] == "link_expired"
    assert wire.is_closed_within(2) and time.monotonic() - start < 1.5
    assert phone.command(amina, house.room, "person.arrive", new()).status_code == 410
    after = html.unescape(done.text)
    assert "Their name was erased on" in after and "Erase who this was" not in after
    roster = html.unescape(browser.get(f"/s/{olga.id}/people").text)
    assert "Amina" not in roster and "amina@example.org" not in roster and "Somebody who was removed" in roster
