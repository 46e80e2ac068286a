"""Whole events: from a template, copied, put away, deleted and restored; who is invited to run them."""

from __future__ import annotations

import html
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from support.agenda import everything
from support.house import House, new
from support.server import Browser, Server

from facilitator import copying, library, snapshot
from facilitator.access import Actor, invitation_token
from facilitator.domain import agenda
from facilitator.domain.agenda import Slot, Work
from facilitator.founding import found_event
from facilitator.store.belonging import belongs
from facilitator.store.db import Store
from facilitator.store.models import (
    Account,
    Base,
    Board,
    Event,
    Invitation,
    Log,
    Person,
    Proposal,
    Room,
    Seat,
    Vote,
    Wording,
    new_id,
)

DAY = 24 * 3600 * 1000


def account(store: Store, name: str = "Olga") -> str:
    id = new_id()
    with store.writing() as db:
        values = {"id": id, "email": f"{name.lower()}@example.org", "name": name, "password_hash": "-"}
        db.execute(insert(Account.__table__).values(**values, created_at=1))
    return id


# --- templates ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", library.TEMPLATES)
def test_a_template_has_nobody_in_it_and_plans_days_that_work(name: str) -> None:
    made = library.from_template(name, title="Ours", place="Lima", starts_on=date(2027, 3, 30))
    assert made.people == () and made.sample is None and (made.title, made.place) == ("Ours", "Lima")
    assert [day.date for day in made.days] == ["2027-03-30", "2027-03-31"][: len(made.days)]
    for day in made.days:
        slots = [
            Slot(
                s.title, s.kind, s.starts_at, s.minutes,
                works=tuple(Work(b.group, b.activity.minutes, 0) for b in s.boards),
            )
            for s in day.sessions
        ]  # fmt: skip
        assert agenda.warnings(slots) == []


def test_an_event_starts_from_a_template_with_its_own_groups(store: Store) -> None:
    olga = account(store)
    plan = library.from_template(
        "strategic_reflection", title="Ours", place="", starts_on=date(2027, 3, 1), groups=["Sea", "Land"],
        organisations=["Lima"],
    )  # fmt: skip
    event = found_event(store, plan, account=olga, template="strategic_reflection")
    with store.reading() as db:
        state = snapshot.STATES["event"](db, event)
    assert [g["name"] for g in state["groups"].values()] == ["Plenary", "Sea", "Land"]
    tables = next(s for s in state["days"][0]["sessions"] if s["kind"] == "breakout")
    assert len(tables["boards"]) == 2
    assert {p["role"] for p in state["people"].values()} == {"organiser", "facilitator"}
    with pytest.raises(library.LibraryError, match="no template world_tea"):
        library.from_template("world_tea", title="x", place="", starts_on=date(2027, 3, 1))


# --- copies ---------------------------------------------------------------------------------------------------------


def busy(house: House) -> str:
    """An event in which something has happened; the account of its organiser."""
    olga = account(house.store)
    with house.store.writing() as db:
        db.execute(update(Person.__table__).where(Person.id == house["Olga"].id).values(account=olga))
    water, fatima = house.board("Water"), house["Fatima"]
    house.everybody_arrives()
    fatima.does(house.room, "session.open", session=house.session("Tables"))
    fatima.does(water, "activity.choose", activity=everything().data())
    fatima.opens(water, "collect")
    bus, tram = house["Amina"].posts(water, "More buses", "north"), house["Bruno"].posts(water, "A tram", "north")
    fatima.opens(water, "cluster")
    both = fatima.does(water, "proposal.merge", proposals=[bus, tram], wording="Buses and a tram")["proposal"]
    fatima.opens(water, "vote")
    house["Amina"].votes(water, both, 2)
    fatima.opens(water, "reveal")
    fatima.does(house.day(), "conclusion.promote", sources=[{"proposal": both}], wording="We want both")
    return olga


def copied(house: House, **more: Any) -> tuple[House, str]:
    olga = busy(house)
    copy = House.__new__(House)
    copy.__dict__.update(house.__dict__)
    copy.event = copying.copy_event(house.store, house.event, account=olga, title="Once more", **more)
    copy.heard = []
    return copy, olga


def test_a_copy_without_contributions_is_the_plan_before_anybody_came(house: House) -> None:
    copy, olga = copied(house)
    state = copy.state(copy.room)
    assert state["title"] == "Once more" and state["now"] is None
    assert sorted(p["name"] for p in state["people"].values()) == ["Fatima", "Olga"]
    assert [[s["title"] for s in d["sessions"]] for d in state["days"]] == [
        ["Opening", "Coffee", "Tables"],
        ["Second round"],
    ]
    board = copy.state(copy.board("Water"))
    assert {card["kind"] for card in board["proposals"].values()} <= {"given"}
    assert (board["step"], board["results"]) == (None, None)
    assert copy.state(copy.board("Air"))["lanes"] == house.state(house.board("Air"))["lanes"]
    assert copy.state(copy.day())["conclusions"] == []
    assert copy.code() != house.code()
    assert copy["Olga"].does(copy.room, "session.open", session=copy.session("Opening"))
    assert copy.rows(select(Person.account).where(Person.event == copy.event, Person.name == "Olga"))[0].account == olga


def test_a_copy_with_the_people_has_the_roster_and_its_groups_and_new_links(house: House) -> None:
    copy, _ = copied(house, people=True)
    state, before = copy.state(copy.room), house.state(house.room)
    assert sorted(p["name"] for p in state["people"].values()) == sorted(p["name"] for p in before["people"].values())
    assert state["joined"] == 0
    groups = [state["groups"][g]["name"] for g in state["people"][copy["Dora"].id]["groups"]]
    assert groups == ["Air", "Women's network"]
    assert copy["Dora"].link() != house["Dora"].link()
    assert copy["Dora"].does(copy.room, "person.arrive")
    assert {card["kind"] for card in copy.state(copy.board("Water"))["proposals"].values()} <= {"given"}


def test_a_copy_with_all_contributions_says_the_same_and_shares_nothing(house: House) -> None:
    copy, _ = copied(house, contributions=True)
    here, there = house.state(house.board("Water")), copy.state(copy.board("Water"))

    def words(state: dict[str, Any]) -> list[tuple[Any, ...]]:
        return sorted((card["text"], card["status"]) for card in state["proposals"].values())

    assert words(there) == words(here)
    assert not set(there["proposals"]) & set(here["proposals"])
    (merged,) = [card for card in there["proposals"].values() if card["made_of"]]
    assert set(merged["made_of"]) <= set(there["proposals"])
    assert [row["dots"] for row in there["results"]["ranked"]] == [row["dots"] for row in here["results"]["ranked"]]
    (conclusion,) = copy.state(copy.day())["conclusions"]
    assert conclusion["wording"] == "We want both"
    assert conclusion["sources"][0]["proposal"] == merged["id"]
    copy["Fatima"].does(copy.room, "group.rename", group=there["group"], name="Rivers")
    assert house.state(house.board("Water"))["group_name"] == "Water"


# --- put away, deleted ----------------------------------------------------------------------------------------------


def test_an_archived_event_is_read_and_nobody_new_comes_in(full_house: House) -> None:
    house = full_house
    code = house.code()
    house["Olga"].does(house.room, "event.archive")
    with house.refuses("event_over"):
        house.run(Actor(code=code), house.room, "person.join", name="Elena", organisation=None)
    assert house["Amina"].sees(house.room)["snapshot"]["archived_at"]
    house["Olga"].does(house.room, "event.reopen")
    assert house.join("Elena")


def test_a_deleted_event_shuts_its_doors_waits_and_can_be_restored(full_house: House) -> None:
    house = full_house
    house["Olga"].does(house.room, "event.delete")
    for who in ("Amina", "Fatima", "Oscar", "Screen"):
        with house.refuses("event_deleted", "restore"):
            house[who].sees(house.room)
    assert copying.purge(house.store) == 0
    house["Olga"].does(house.room, "event.restore")
    assert house["Amina"].sees(house.room)["snapshot"]["delete_at"] is None
    with house.refuses("not_allowed"):
        house["Fatima"].does(house.room, "event.delete")


def test_when_the_waiting_time_is_over_all_of_it_is_gone_and_nothing_else(house: House) -> None:
    other = house.another()
    busy(other)
    rest = other.everything()
    busy_too = House(house.store)
    busy_too["Fatima"].opens(busy_too.board("Water"), "collect")
    gone = busy_too.event
    busy_too["Olga"].does(busy_too.room, "event.delete")
    assert house.rows(select(Log.seq).where(belongs(Log.__table__, gone)))
    with house.store.writing() as db:
        db.execute(update(Event.__table__).where(Event.id == gone).values(delete_at=1))
    assert copying.purge(house.store) == 1
    assert other.everything() == rest


def test_everything_that_is_stored_belongs_to_an_event_or_is_an_account(house: House) -> None:
    busy(house)
    house["Olga"].does(house.room, "invitation.issue", role="facilitator")
    counts = {}
    with house.store.reading() as db:
        for table in Base.metadata.sorted_tables:
            if table.name != "account":
                counts[table.name] = len(db.execute(select(table).where(belongs(table, house.event))).all())
                assert counts[table.name] == len(db.execute(select(table)).all()), table.name
    filled = {model.__tablename__ for model in (Board, Proposal, Seat, Vote, Wording, Room, Invitation)}
    assert all(counts[name] for name in filled)


# --- who runs it ----------------------------------------------------------------------------------------------------


def test_an_invitation_is_for_one_person_and_not_for_ever(house: House) -> None:
    olga, gita, hana = house["Olga"], account(house.store, "Gita"), account(house.store, "Hana")
    one, two, three = (
        olga.does(house.room, "invitation.issue", role=role)["invitation"]
        for role in ("facilitator", "organiser", "facilitator")
    )
    who = house.run(Actor(invitation=one), house.room, "invitation.accept", account=gita)["person"]
    assert house.state(house.room)["people"][who]["role"] == "facilitator"
    with house.refuses("invitation_used"):
        house.run(Actor(invitation=one), house.room, "invitation.accept", account=hana)
    again = house.run(Actor(invitation=two), house.room, "invitation.accept", account=gita)["person"]
    assert again == who, "who is in already does not use it up"
    olga.does(house.room, "invitation.withdraw", invitation=two)
    with house.refuses("invitation_expired"):
        house.run(Actor(invitation=two), house.room, "invitation.accept", account=hana)
    with house.store.writing() as db:
        db.execute(update(Invitation.__table__).where(Invitation.id == three).values(expires_at=1))
    with house.refuses("invitation_expired"):
        house.run(Actor(invitation=three), house.room, "invitation.accept", account=hana)
    with house.refuses("invitation_unknown"):
        house.run(Actor(code=house.code()), house.room, "invitation.accept", account=hana)
    with house.refuses("not_yours"):
        house.run(Actor(invitation=new()[:12]), house.room, "invitation.accept", account=hana)
    assert invitation_token(house.store.key, one) not in repr(house.everything())


def test_gita_is_invited_makes_an_account_and_signs_out_everywhere(server: Server, house: House) -> None:
    olga = house["Olga"]
    browser = server.browser(olga)
    page = html.unescape(
        browser.submits(f"/s/{olga.id}/invitations", {"role": "organiser"}, page=f"/s/{olga.id}/event").text
    )
    link = re.search(r"/i/([\w-]{22})", page)
    assert link and "Invitation: Organiser" in page
    gita = Browser(server.url)
    fields = {"name": "Gita", "email": f"{new()}@example.org", "password": "a long enough password", "act": "new"}
    short = gita.submits(f"/i/{link[1]}", {**fields, "password": "short"})
    assert short.status_code == 422 and "A password has" in short.text and 'value="Gita"' in short.text
    home = gita.submits(f"/i/{link[1]}", fields)
    assert home.status_code == 200 and re.search(r"/s/\w+/event$", home.url)
    assert Browser(server.url).get(f"/i/{link[1]}").status_code == 409
    path = home.url.removeprefix(server.url)
    elsewhere = Browser(server.url)
    elsewhere.submits("/sign-in", {"email": fields["email"], "password": fields["password"]})
    assert elsewhere.get(path).status_code == gita.get(path).status_code == 200
    gita.submits("/account/sign-out-everywhere", {}, page="/organise")
    assert elsewhere.get(path).status_code == gita.get(path).status_code == 401
    elsewhere.submits("/sign-in", {"email": fields["email"], "password": fields["password"]})
    assert elsewhere.get(path).status_code == 200
    wrong = Browser(server.url).get("/i/nonsense")
    assert "not known" in wrong.text
