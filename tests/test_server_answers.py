"""Bad messages, over HTTP and sockets alike: a clear answer each, nothing stored, the server stays up."""

from __future__ import annotations

from typing import Any

import pytest
from support.house import NOBODY, House, new
from support.server import Server
from test_may import WHO, expected

from facilitator.access import ROLES

pytestmark = pytest.mark.socket

WRONG: list[tuple[Any, str, str]] = [
    ({"name": "proposal.explode"}, "unknown_command", "proposal.explode"),
    ({"name": None}, "unknown_command", "There is no command"),
    ({"name": {"$ne": 1}}, "unknown_command", "There is no command"),
    ({"id": "1"}, "bad_message", "UUID"),
    ({"id": {}}, "bad_message", "UUID"),
    ({"room": "board:nothinghere"}, "not_yours", "no access"),
    ({"room": 17}, "bad_message", "room"),
    ({"room": "board:\x00"}, "bad_message", "room"),
    ({"args": "text"}, "bad_message", "args"),
    ({"args": {"text": 17}}, "bad_message", "text"),
    ({"args": {"text": "x", "admin": True}}, "bad_message", "admin"),
    ({"args": {"text": " \n "}}, "text_empty", "Write a few words"),
    ({"args": {"text": "x" * 501}}, "text_too_long", "Shorten it by 1"),
    ({"args": {"text": "x", "lane": "north"}}, "lane_unknown", "lanes"),
    ({"name": "vote.cast", "args": {"proposal": NOBODY, "value": 10**20}}, "bad_message", "value"),
    ({"name": "vote.cast", "args": {"proposal": NOBODY, "value": 1.5}}, "bad_message", "value"),
    ({"name": "vote.cast", "args": {"proposal": NOBODY, "value": True}}, "bad_message", "value"),
    ({"name": "vote.cast", "args": {"proposal": NOBODY, "value": 1}}, "step_other", "Collect"),
    ({"name": "step.open", "args": {"step": "vote"}}, "not_allowed", "participant"),
    ({"name": "proposal.edit", "args": {"proposal": "' OR 1=1 --", "text": "x"}}, "bad_message", "proposal"),
]


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


def test_wrong_commands_get_the_same_clear_answer_over_both_ways_in(
    server: Server, full_house: House, water: str
) -> None:
    amina = full_house["Amina"]
    browser = server.browser(amina)
    before = full_house.everything()
    wire = browser.wire(amina)
    for number, (change, code, part) in enumerate(WRONG):
        if number == 12:  # Amina has her pace; another window of another person goes on
            amina = full_house["Bruno"]
            browser = server.browser(amina)
            wire = browser.wire(amina)
        message = {"id": new(), "room": water, "name": "proposal.post", "args": {"text": "Buses"}, **change}
        over_socket = wire.asks("command", message)
        over_http = browser.post("/api/commands", json={"as": amina.id, **message})
        assert over_socket == over_http.json(), change
        assert over_socket["ok"] is False and over_socket["error"]["code"] == code, (change, over_socket)
        assert part in over_socket["error"]["message"]
        assert 400 <= over_http.status_code < 500
    assert full_house.everything() == before


def test_messages_that_are_no_messages(server: Server, full_house: House, water: str) -> None:
    amina = full_house["Amina"]
    wire = server.wire(amina)
    for message, data in (
        ("command", ()),
        ("command", (None,)),
        ("command", ([],)),
        ("command", ("x",)),
        ("command", ({}, {})),
        ("watch", (7,)),
        ("watch", ({"room": None},)),
        ("watch", ({"room": water, "since": "1"},)),
        ("watch", ({"room": water, "since": True},)),
        ("watch", ({"room": water, "since": 1.5},)),
        ("watch", ({"room": water, "away": "yes"},)),
        ("dance", ({},)),
        ("events", ({"room": water},)),
    ):
        answer = wire.asks(message, *data)
        assert answer["ok"] is False, (message, data)
        assert answer["error"]["code"] in ("bad_message", "unknown_command"), answer
        assert len(answer["error"]["message"]) > 20
    for room in ("board:\ud800", "board:\x00", "", "board:" + "x" * 10_000):
        assert wire.watch(room)["error"]["code"] == "not_yours"
    assert wire.asks("unwatch", {"room": ["x"]}) == {"ok": True}
    assert wire.watch(water, since=10**40)["ok"]


def test_bodies_that_are_no_json(server: Server, full_house: House, water: str) -> None:
    amina = full_house["Amina"]
    browser = server.browser(amina)
    before = full_house.everything()
    for body in (b"", b"{", b"[]", b'"x"', b"null", b"\xff\xfe", b'{"as": "x"', b"[" * 20_000):
        answer = browser.post("/api/commands", data=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400 and answer.json()["error"]["code"] == "bad_json", body[:20]
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = browser.post("/api/commands", data=b'{"as":"x"}', headers={"Content-Type": kind})
        assert answer.status_code == 400 and "application/json" in answer.json()["error"]["message"]
    answer = browser.post("/api/commands", json={"as": amina.id, "args": {"text": "x" * 70_000}})
    assert answer.status_code == 413 and answer.json()["error"]["code"] == "too_big"
    for since in ("-1", "x", "1.5", "²", "9" * 5_000, ""):
        answer = browser.watch(amina, water, since=since)
        assert answer.status_code == 400 and "whole number" in answer.json()["error"]["message"], since[:10]
    for someone in ("", "nobody", "\x00", full_house["Bruno"].id):
        assert browser.get(f"/api/rooms/{water}", params={"as": someone}).status_code == 401
    assert full_house.everything() == before


def test_the_table_of_who_may_do_what_holds_over_http_and_sockets(
    server: Server, full_house: House, water: str
) -> None:
    air = full_house.board("Air")
    full_house["Fatima"].opens(air, "collect")
    sample: list[tuple[str, dict[str, Any]]] = [
        ("vote.cast", {"proposal": NOBODY, "value": 1}),
        ("proposal.post", {"text": "Buses"}),
        ("step.open", {"step": "collect"}),
        ("conclusion.promote", {"sources": [{"proposal": NOBODY}], "wording": "x"}),
        ("code.renew", {}),
    ]
    passes = {"ok", "proposal_unknown", "lane_unknown"}
    for role in ROLES:
        someone = full_house[WHO[role] or ""]
        browser = server.browser(someone)
        wire = browser.wire(someone)
        for command, args in sample:
            kinds = {"conclusion.promote": [full_house.day()], "code.renew": [full_house.room]}
            for room in kinds.get(command, [water, air]):
                wanted = expected(role, command, "collect", True, member=room != air)
                found = [wire.command(room, command, new(), **args)]
                found.append(browser.command(someone, room, command, new(), **args).json())
                codes = {"ok" if answer["ok"] else answer["error"]["code"] for answer in found}
                assert (codes <= passes) if wanted == "ok" else (codes == {wanted}), (role, command, room, codes)
