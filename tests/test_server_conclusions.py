"""The pages that walk back: who may open them, and what is in them for whom."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from support.house import NOBODY, House
from support.server import Browser, Server


@pytest.fixture
def buses(full_house: House) -> str:
    """A conclusion from Amina's proposal."""
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    fatima.opens(water, "collect")
    return fatima.promotes(full_house.day(), full_house["Amina"].posts(water, "Buses"), "More buses")


def boot(browser: Browser, path: str) -> dict[str, Any]:
    """What a page starts from."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.text[:500]
    found = re.search(r'id="boot"[^>]*>(.*?)</script>', answer.text, re.DOTALL)
    assert found
    read: dict[str, Any] = json.loads(found[1])
    return read


def test_everybody_of_the_event_can_walk_a_conclusion_back_and_nobody_else(
    server: Server, full_house: House, buses: str
) -> None:
    for who in ("Amina", "Chen", "Oscar", "Fatima", "Olga"):
        someone = full_house[who]
        page = boot(server.browser(someone), f"/s/{someone.id}/conclusion/{buses}")
        assert page["provenance"]["sources"][0]["text"] == "Buses"
        assert page["rooms"][full_house.day()]["snapshot"]["conclusions"][0]["id"] == buses
    amina, screen = full_house["Amina"], full_house["Screen"]
    browser = server.browser(amina)
    assert browser.get(f"/s/{amina.id}/conclusion/{NOBODY}").status_code == 404
    assert browser.get(f"/s/{full_house['Bruno'].id}/conclusion/{buses}").status_code == 401
    elsewhere = full_house.another()["Amina"]
    assert server.browser(elsewhere).get(f"/s/{elsewhere.id}/conclusion/{buses}").status_code == 404
    assert server.browser(screen).get(f"/s/{screen.id}/conclusion/{buses}").status_code == 403
    full_house["Fatima"].does(full_house.day(), "conclusion.take_back", conclusion=buses)
    assert browser.get(f"/s/{amina.id}/conclusion/{buses}").status_code == 404


def test_what_became_of_aminas_is_on_her_page_alone(server: Server, full_house: House, buses: str) -> None:
    amina, bruno = full_house["Amina"], full_house["Bruno"]
    browser = server.browser(amina)
    (one,) = boot(browser, f"/s/{amina.id}/mine")["mine"]
    assert (one["text"], one["conclusions"][0]["id"]) == ("Buses", buses)
    assert browser.get(f"/s/{bruno.id}/mine").status_code == 401
    assert boot(server.browser(bruno), f"/s/{bruno.id}/mine")["mine"] == []
    oscar = full_house["Oscar"]
    assert server.browser(oscar).get(f"/s/{oscar.id}/mine").status_code == 403


def test_the_page_of_what_is_covered_starts_from_all_days(server: Server, full_house: House, buses: str) -> None:
    amina = full_house["Amina"]
    tag = {"framework": "sdg", "tag": "sdg11"}
    full_house["Fatima"].does(full_house.day(), "conclusion.tag", conclusion=buses, tags=[tag])
    rooms = boot(server.browser(amina), f"/s/{amina.id}/coverage")["rooms"]
    assert set(rooms) == {full_house.room, full_house.day(1), full_house.day(2)}
    assert rooms[full_house.day(1)]["snapshot"]["conclusions"][0]["tags"] == [tag]
    assert [one["key"] for one in rooms[full_house.room]["snapshot"]["frameworks"]] == [
        "cross_cutting",
        "new_urban_agenda",
        "sdg",
    ]
