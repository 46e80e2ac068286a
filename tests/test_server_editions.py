"""Editions over HTTP: who sees which page, and what is public."""

from __future__ import annotations

import re
from typing import Any

import pytest
from support.editions import drafted, ends_the_check, freezes, published, row
from support.files import text_of
from support.house import House, new
from support.server import Browser, Server

from facilitator.outcomes.edition_files import OFFERED, write


def test_each_role_sees_its_own_pages_of_an_edition(server: Server, full_house: House) -> None:
    house, edition = full_house, drafted(full_house)
    pages = ("editions", f"editions/{edition}", f"editions/{edition}/news", f"editions/{edition}/report.md")
    for name in ("Olga", "Fatima", "Amina", "Oscar"):
        browser, staff = server.browser(house[name]), name in ("Olga", "Fatima")
        for page in pages:
            assert browser.get(f"/s/{house[name].id}/{page}").status_code == (200 if staff else 403), (name, page)
        assert browser.get(f"/s/{house[name].id}/check/{edition}").status_code == 404, "a draft is nobody's business"
    freezes(house, edition)
    for name in ("Olga", "Fatima", "Amina", "Oscar"):
        page = f"/s/{house[name].id}/check/{edition}"
        browser = server.browser(house[name])
        assert browser.get(page).status_code == 200
        fields = {"id": new(), "section": "people", "text": f"{name} was there"}
        assert f"{name} was there" in browser.submits(page, fields).text
    amina = house["Amina"]
    assert "Oscar was there" not in server.browser(amina).get(f"/s/{amina.id}/check/{edition}").text
    elsewhere = house.another()
    olga = elsewhere["Olga"]
    for page in pages[1:]:
        assert server.browser(olga).get(f"/s/{olga.id}/{page}").status_code == 404


def test_a_form_says_why_not_and_keeps_what_was_typed(server: Server, full_house: House) -> None:
    house, olga, edition = full_house, full_house["Olga"], drafted(full_house)
    browser, page = server.browser(olga), f"/s/{olga.id}/editions/{edition}"
    fields = {"id": new(), "title": " ", "depth": "brief", "language": "en", "story": "A long story", "act": "save"}
    answer = browser.submits(page, fields)
    assert answer.status_code == 422 and "Give it a title" in answer.text and "A long story" in answer.text
    section = {"id": new(), "section": "people", "on": "1", "intro": "x" * 5001, "act": "save"}
    answer = browser.submits(f"{page}/section", section, page=page)
    assert answer.status_code == 422 and "5000 is the most" in answer.text and "x" * 5001 in answer.text
    assert row(house, edition).sections == []
    answer = browser.submits(f"{page}/publish", {"id": new()}, page=page)
    assert answer.status_code == 422 and "still a draft" in answer.text
    assert browser.submits(f"{page}/burn", {"id": new()}, page=page).status_code == 404
    amina = house["Amina"]
    freezes(house, edition)
    check = f"/s/{amina.id}/check/{edition}"
    late = server.browser(amina)
    form = late.get(check).text
    ends_the_check(house, edition)
    token = re.search(r'name="csrf_token" value="([^"]+)"', form)
    assert token
    answer = late.post(check, data={"csrf_token": token[1], "id": new(), "section": "people", "text": "Late"})
    assert answer.status_code == 422 and "The time for comments on this edition is over" in answer.text


@pytest.mark.parametrize("format", OFFERED)
def test_every_file_that_is_served_is_made_of_what_was_frozen(server: Server, full_house: House, format: str) -> None:
    house, olga, edition = full_house, full_house["Olga"], drafted(full_house)
    browser, address = server.browser(olga), f"/s/{olga.id}/editions/{edition}/report.{format}"
    assert browser.get(address).status_code == 200
    freezes(house, edition)
    body = browser.get(address).content
    house["Olga"].does(house.room, "event.change", title="Something else", place="", purpose="-")
    again = browser.get(address)
    assert text_of(format, again.content) == text_of(format, body)
    assert text_of(format, body) == text_of(format, write(format, row(house, edition).document))
    assert "edition-1" in again.headers["Content-Disposition"]


def test_the_world_finds_a_published_edition_and_nothing_else(server: Server, full_house: House) -> None:
    house, world = full_house, Browser(server.url)
    edition = drafted(house)
    address = f"/e/{row(house, edition).address}"
    assert world.get(address).status_code == 404
    freezes(house, edition)
    assert world.get(address).status_code == 404
    ends_the_check(house, edition)
    house["Olga"].does(house.room, "edition.publish", edition=edition)
    answer = world.get(address)
    assert answer.status_code == 200 and "index, follow" in answer.text and "unsafe" not in str(answer.headers)
    for name in ("Amina", "Bruno", "Chen", "Dora", "Fatima", "Olga"):
        assert name not in answer.text and name not in world.get(f"{address}/report.html").text
    other = published(house)
    assert f"/e/{row(house, other).address}" == address, "a correction lies at the same address"
    assert "Edition 2" in world.get(address).text
    house["Olga"].does(house.room, "event.delete")
    assert world.get(address).status_code == 410
    for wrong in ("/e/zzzzzzzzzzzz", "/e/x", "/e/%00", f"{address}x", f"{address}/report.exe"):
        assert world.get(wrong).status_code in (404, 410), wrong


def test_a_page_is_in_the_language_of_its_edition(server: Server, full_house: House) -> None:
    edition = published(full_house, language="es")
    answer: Any = Browser(server.url).get(f"/e/{row(full_house, edition).address}", headers={"Accept-Language": "fr"})
    assert '<html lang="es">' in answer.text
