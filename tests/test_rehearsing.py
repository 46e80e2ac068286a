"""Olga rehearses her event from the browser: on a copy, with synthetic people, and wipes it with one click."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import func, select, update
from support.browser import LAPTOP, PHONE, Visitor
from support.house import House
from support.patience import until
from support.server import Browser, Server

from facilitator.store.belonging import belongs
from facilitator.store.models import Base, Event, Group, Person, Proposal, Seat, new_id
from facilitator.web import accounts

PASSWORD = "correct horse battery"


def signs_in(house: House, who: str) -> str:
    """An account for somebody who organises; its address."""
    email = f"{who.lower()}-{new_id()}@example.org"
    account = accounts.make(house.store, name=who, email=email, password=PASSWORD)
    with house.store.writing() as db:
        db.execute(update(Person.__table__).where(Person.id == house[who].id).values(account=account))
    return email


def at_home(server: Server, house: House, who: str = "Olga") -> Browser:
    browser = server.browser()
    browser.submits("/sign-in", {"email": signs_in(house, who), "password": PASSWORD})
    return browser


def rows_of(house: House, event: str) -> dict[str, int]:
    """Table -> how many rows belong to the event, of those that have any."""
    with house.store.reading() as db:
        counted = {
            table.name: db.execute(select(func.count()).select_from(table).where(belongs(table, event))).scalar_one()
            for table in Base.metadata.sorted_tables
            if table.name != "account"
        }
    return {name: count for name, count in counted.items() if count}


def rehearses(browser: Browser, house: House, people: int, speed: int) -> tuple[str, str]:
    """Start a rehearsal; the address of its page, and its event."""
    olga = house["Olga"].id
    shown = browser.submits(f"/s/{olga}/rehearse", {"people": str(people), "speed": str(speed)}, f"/s/{olga}/event")
    assert shown.status_code == 200 and re.search(r"/s/\w+/rehearsal$", shown.url), shown.text
    (copy,) = house.rows(select(Event.id).where(Event.rehearsal_of == house.event))
    return shown.url.removeprefix(browser.base), copy.id


def waits_for(browser: Browser, path: str, stage: str) -> str:
    until(lambda: f'data-stage="{stage}"' in browser.get(path).text, lambda: browser.get(path).text, every=0.5)
    return browser.get(path).text


@pytest.mark.once
def test_olga_rehearses_looks_at_what_came_out_and_wipes_it(server: Server, full_house: House) -> None:
    house, olga = full_house, at_home(server, full_house)
    before = rows_of(house, house.event)
    path, copy = rehearses(olga, house, 8, 20)
    assert rows_of(house, house.event) == before, "the event itself is not touched"
    page = waits_for(olga, path, "played")
    assert "Nothing was lost, nothing was doubled" in page and "Wipe the rehearsal" in page
    with house.store.reading() as db:
        people = db.execute(select(Person.role, Person.origin, Person.name).where(Person.event == copy)).all()
        beside = db.execute(
            select(func.count())
            .select_from(Proposal)
            .join(Seat, Seat.person == Proposal.author)
            .join(Group, Group.id == Seat.group)
            .where(Group.event == copy, Group.kind == "overlay")
        ).scalar_one()
    assert {one.origin for one in people if one.role in ("participant", "facilitator")} == {"rehearsal"}
    assert sum(one.role == "participant" for one in people) == 8
    assert not {"Amina", "Bruno", "Fatima"} & {one.name for one in people}, "nobody real is in it"
    assert beside > 0, "the women's network is played too"
    event_page = olga.get(path.replace("/rehearsal", "/event")).text
    assert "Rehearsal: Water and air" in event_page and "nothing in it was said by anybody" in event_page
    assert "Rehearse with synthetic people" not in event_page
    outcome = olga.get(path.replace("/rehearsal", "/outcome.html"))
    assert outcome.status_code == 200 and "nothing in it was said by anybody" in outcome.text
    assert "Rehearsal</span>" in olga.get("/organise").text

    back = olga.submits(f"{path}/wipe", {}, path)
    assert back.status_code == 200 and back.url.endswith(f"/s/{house['Olga'].id}/event#rehearse")
    assert rows_of(house, copy) == {}
    assert list((house.store.settings.data / "rehearsals").glob(f"{copy}*")) == []
    assert rows_of(house, house.event) == before
    assert olga.get(path).status_code == 401


def test_a_rehearsal_is_cancelled_and_only_one_is_played_at_a_time(server: Server, house: House) -> None:
    olga = at_home(server, house)
    path, copy = rehearses(olga, house, 8, 1)
    page = olga.get(path).text
    assert 'data-stage="playing"' in page and '<noscript><meta http-equiv="refresh"' in page
    home, form = f"/s/{house['Olga'].id}/event", {"people": "8", "speed": "1"}
    another = olga.submits(f"/s/{house['Olga'].id}/rehearse", form, home)
    assert another.status_code == 422 and "Another rehearsal is being played" in another.text
    assert len(house.rows(select(Event.id).where(Event.rehearsal_of == house.event))) == 1, "no copy is left over"
    ended = olga.submits(f"{path}/cancel", {}, path)
    assert 'data-stage="ended"' in ended.text and "The rehearsal was ended" in ended.text
    path_again = olga.submits(f"/s/{house['Olga'].id}/rehearse", form, home).url.removeprefix(server.url)
    olga.submits(f"{path_again}/wipe", {}, path_again)  # while it is played
    assert [row.id for row in house.rows(select(Event.id).where(Event.rehearsal_of == house.event))] == [copy]
    olga.submits(f"{path}/wipe", {}, path)
    assert house.rows(select(Event.id).where(Event.rehearsal_of == house.event)) == []


def test_who_organises_by_link_alone_is_told_how_to_get_an_account(server: Server, house: House) -> None:
    page = server.browser(house["Olga"]).get(f"/s/{house['Olga'].id}/event").text
    assert page.count("so it takes an account") == 2, "to rehearse, and to copy"
    assert "/rehearse#" not in page


def test_what_is_no_rehearsal_is_not_wiped_and_only_an_organiser_rehearses(server: Server, house: House) -> None:
    olga, own = at_home(server, house), house["Olga"].id
    before = rows_of(house, house.event)
    refused = olga.submits(f"/s/{own}/rehearsal/wipe", {}, f"/s/{own}/event")
    assert refused.status_code == 409 and "This event is not a rehearsal" in refused.text
    assert rows_of(house, house.event) == before
    for people, speed, sentence in (
        ("1", "4", "Say how many people"),
        ("many", "4", "Say how many"),
        ("8", "3", "how fast"),
    ):
        answer = olga.submits(f"/s/{own}/rehearse", {"people": people, "speed": speed}, f"/s/{own}/event")
        assert answer.status_code == 422
        _, _, panel = answer.text.partition('id="rehearse" open')
        told, _, form = panel.partition('id="rehearsal-people"')
        assert sentence in told and 'role="alert"' in told, "it is said beside the form"
        assert f'value="{people}"' in form.partition(">")[0], "what was typed is still there"
        chosen = re.findall(r'<option value="(\d+)" selected>', form.partition("</select>")[0])
        assert chosen == ([speed] if speed == "4" else [])
    fatima = server.browser(house["Fatima"])
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', fatima.get(f"/s/{house['Fatima'].id}/groups").text)
    assert token
    sent = {"csrf_token": token[1], "people": "8", "speed": "4"}
    assert fatima.post(f"/s/{house['Fatima'].id}/rehearse", data=sent).status_code == 403
    assert house.rows(select(Event.id).where(Event.rehearsal_of == house.event)) == []


def test_the_page_follows_the_rehearsal_by_itself(server: Server, house: House, chrome: Any) -> None:
    email, own = signs_in(house, "Olga"), house["Olga"].id
    olga = Visitor(chrome, "Olga", LAPTOP)
    page = olga.page
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{server.url}/s/{own}/event")
    page.get_by_text("Rehearse with synthetic people").click()
    page.get_by_label("How many people").fill("8")
    olga.shows("130-rehearse")
    page.get_by_label("Speed").select_option("20")
    page.get_by_role("button", name="Rehearse", exact=True).click()
    page.get_by_role("heading", name="Synthetic people play the agenda").wait_for()
    page.get_by_text("steps ·").wait_for()
    olga.shows("131-rehearsal-playing")
    page.get_by_role("heading", name="The rehearsal is over").wait_for()
    olga.shows("132-rehearsal-over")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    olga.shows("133-rehearsal-over-phone")
    page.get_by_role("link", name="Overview").click()
    olga.shows("134-rehearsal-event-phone")
    page.get_by_role("button", name="Wipe the rehearsal").click()
    page.wait_for_url(f"**/s/{own}/event#rehearse")
    assert house.rows(select(Event.id).where(Event.rehearsal_of == house.event)) == []
    olga.context.close()
    assert olga.problems == []
