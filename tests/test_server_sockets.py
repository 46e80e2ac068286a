"""Over sockets: watching, doing, hearing of it; windows, pace, and doors that close."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import Any

import pytest
from support.house import House, new
from support.server import Browser, Server
from support.wire import Closed, Wire

from facilitator.live import WINDOWS, WINDOWS_OTHERWISE

pytestmark = pytest.mark.socket


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


def test_bruno_sees_aminas_proposal_and_both_hear_the_same(server: Server, full_house: House, water: str) -> None:
    amina, bruno = server.wire(full_house["Amina"]), server.wire(full_house["Bruno"])
    seq = amina.watch(water)["seq"]
    assert bruno.watch(water)["snapshot"]["proposals"] == {}
    id = new()
    reply = amina.command(water, "proposal.post", id, text="More buses")
    assert reply["ok"] and reply["seq"] == seq + 1 and reply["me"]["own"] == [id]
    for wire in (amina, bruno):
        frame = wire.hears("events")
        assert (frame["room"], frame["from"], frame["to"]) == (water, seq, seq + 1)
        (event,) = frame["events"]
        assert (event["name"], event["proposal"]["text"], event["by"]) == (
            "proposal.posted", "More buses", full_house["Amina"].id
        )  # fmt: skip
    assert bruno.watch(water, since=seq)["events"] == frame["events"]
    assert bruno.watch(water)["snapshot"] == full_house.state(water)


def test_what_is_done_over_http_is_heard_over_sockets_and_the_answers_are_alike(
    server: Server, full_house: House, water: str
) -> None:
    browser, amina = server.browser(full_house["Amina"]), full_house["Amina"]
    wire = browser.wire(amina)
    wire.watch(water)
    id = new()
    answer = browser.command(amina, water, "proposal.post", id, text="More buses")
    assert answer.status_code == 200 and answer.json()["proposal"] == id
    assert wire.hears("events")["events"][0]["proposal"]["id"] == id
    assert wire.hears("me")["me"]["own"] == [id]
    assert wire.command(water, "proposal.post", id, text="More buses") == answer.json()
    over_http, over_socket = browser.watch(amina, water).json(), wire.watch(water)
    assert {**over_http, "now": 0, "presence": 0} == {**over_socket, "now": 0, "presence": 0}


def test_aminas_two_windows_keep_up_with_each_other(server: Server, full_house: House, water: str) -> None:
    browser, amina = server.browser(full_house["Amina"]), full_house["Amina"]
    one, two = browser.wire(amina), browser.wire(amina)
    one.watch(water), two.watch(water)
    id = new()
    first, second = one.says("command", _post(water, id)), two.says("command", _post(water, id))
    assert one.answer(first)["proposal"] == two.answer(second)["proposal"] == id
    assert two.hears("me")["me"]["own"] == [id]
    one.listens(0.3)
    assert [event["name"] for event in one.events()] == ["proposal.posted"]
    assert len(full_house.state(water)["proposals"]) == 1


def _post(room: str, id: str) -> dict[str, Any]:
    return {"id": id, "room": room, "name": "proposal.post", "args": {"text": "More buses"}}


def test_what_one_window_sends_is_done_in_that_order(server: Server, full_house: House, water: str) -> None:
    wire = server.wire(full_house["Amina"])
    numbers = [wire.says("command", _post(water, new())) for _ in range(20)]
    seqs = [wire.answer(number)["seq"] for number in numbers]
    assert seqs == list(range(seqs[0], seqs[0] + 20))


def test_a_crowd_of_commands_arrives_without_a_gap_in_fewer_frames(
    server: Server, full_house: House, water: str
) -> None:
    watcher = server.wire(full_house["Oscar"])
    seq = watcher.watch(water)["seq"]
    writers = [server.wire(full_house[name]) for name in ("Amina", "Bruno")]
    waiting = [(wire, wire.says("command", _post(water, new()))) for wire in writers for _ in range(25)]
    assert all(wire.answer(number)["ok"] for wire, number in waiting)
    watcher.listens(0.5)
    frames = [data for name, data in watcher.heard if name == "events"]
    assert [event["seq"] for event in watcher.events()] == list(range(seq + 1, seq + 51))
    assert all(before["to"] == after["from"] for before, after in pairwise(frames))
    assert len(frames) < 40


def test_what_another_process_does_is_noticed_by_the_beat(server: Server, full_house: House, water: str) -> None:
    wire = server.wire(full_house["Amina"])
    seq = wire.watch(water)["seq"]
    full_house["Fatima"].does(water, "timer.start", seconds=60)  # in this process, not in the server's
    start = time.monotonic()
    while wire.hears("beat")["rooms"].get(water) != seq + 1:
        assert time.monotonic() - start < 3
    assert [event["name"] for event in wire.watch(water, since=seq)["events"]] == ["timer.started"]


def test_who_stops_watching_hears_no_more(server: Server, full_house: House, water: str) -> None:
    wire, fatima = server.wire(full_house["Amina"]), server.wire(full_house["Fatima"])
    wire.watch(water)
    assert wire.asks("unwatch", {"room": water}) == {"ok": True}
    fatima.command(water, "timer.start", new(), seconds=60)
    wire.listens(0.5)
    assert wire.events() == []


def test_presence_says_who_is_here_and_forgets_who_has_left(server: Server, full_house: House, water: str) -> None:
    amina, bruno, screen = (server.wire(full_house[name]) for name in ("Amina", "Bruno", "Screen"))
    amina.watch(water)
    screen.watch(water)
    assert set(bruno.watch(water)["presence"]["people"]) == {full_house["Amina"].id, full_house["Bruno"].id}
    bruno.close()
    while full_house["Bruno"].id not in (card := amina.hears("presence"))["left"]:
        pass
    assert card["count"] == 1
    assert all(set(data) == {"room", "count"} for name, data in screen.heard if name == "presence")


def test_fatima_looks_on_from_her_cockpit_and_is_seen_only_when_she_comes_in(
    server: Server, full_house: House, water: str
) -> None:
    amina, fatima = server.wire(full_house["Amina"]), server.wire(full_house["Fatima"])
    amina.watch(water)
    assert fatima.asks("watch", {"room": water, "away": True})["presence"]["people"] == [full_house["Amina"].id]
    amina.command(water, "proposal.post", new(), text="More buses")
    assert fatima.hears("events")["events"][0]["proposal"]["text"] == "More buses"
    both = {full_house["Amina"].id, full_house["Fatima"].id}
    assert set(fatima.watch(water)["presence"]["people"]) == both
    until = _presence_until(amina, full_house["Amina"].id)
    until(both)
    fatima.asks("watch", {"room": water, "away": True})
    until({full_house["Amina"].id})
    fatima.watch(water)
    until(both)
    fatima.asks("unwatch", {"room": water})
    until({full_house["Amina"].id})
    fatima.asks("watch", {"room": water, "away": True})
    fatima.close()
    amina.listens(0.5)
    assert [data["count"] for name, data in amina.heard if name == "presence"][-1] == 1
    oscar = server.wire(full_house["Oscar"])
    refused = oscar.asks("watch", {"room": water, "away": "yes"})
    assert refused["error"]["code"] == "bad_message" and "away" in refused["error"]["message"]
    assert oscar.asks("unwatch", {"room": water}) == {"ok": True}


def _presence_until(wire: Wire, person: str) -> Any:
    here = {person}

    def until(people: set[str]) -> None:
        nonlocal here
        while True:
            told = wire.hears("presence")
            here = set(told["people"]) if "people" in told else (here | set(told["came"])) - set(told["left"])
            if here == people:
                return

    return until


def test_a_screen_is_told_no_name_of_anybody(server: Server, full_house: House, water: str) -> None:
    screen, amina, fatima = (server.wire(full_house[name]) for name in ("Screen", "Amina", "Fatima"))
    answers = [screen.watch(room) for room in (full_house.room, water, full_house.day())]
    id = new()
    amina.command(water, "proposal.post", id, text="More buses")
    fatima.command(full_house.day(), "conclusion.promote", new(), sources=[{"proposal": id}], wording="Buses")
    full_house.join("Elena")
    server.browser().submits(
        f"/j/{full_house.code()}",
        {"name": "Farid", "organisation": full_house.organisation("Seoul"), "id": new()},
    )
    screen.listens(1)
    told = json.dumps([answers, screen.heard])
    assert {"proposal.posted", "conclusion.promoted", "person.joined"} <= {event["name"] for event in screen.events()}
    for name in ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Chen", "Dora", "Elena", "Farid"):
        assert name not in told
        assert name == "Farid" or name == "Elena" or full_house[name].id not in told


# --- who gets in, and for how long ------------------------------------------------------------------------------


def refused(connect: Any) -> str:
    with pytest.raises(Closed) as closed:
        connect()
    return str(closed.value.why)


def test_nobody_gets_in_without_being_somebody(server: Server, full_house: House) -> None:
    amina, bruno = full_house["Amina"], full_house["Bruno"]
    browser = server.browser(amina)
    for auth in (None, {}, [], "x", {"as": None}, {"as": 7}, {"as": ["x"]}, {"as": bruno.id}, {"as": "\x00"}):
        said = refused(lambda auth=auth: browser.wire(amina, auth=auth))
        assert "not_signed_in" in said and "We do not know who you are" in said, auth
    assert "not_signed_in" in refused(lambda: Browser(server.url).wire(amina))
    assert browser.wire(amina).watch(full_house.room)["ok"]


@pytest.mark.parametrize("headers", [[], ["X-Forwarded-Host: evil.example"], ["Forwarded: host=evil.example"]])
def test_a_page_of_elsewhere_gets_no_socket(server: Server, full_house: House, headers: list[str]) -> None:
    amina = full_house["Amina"]
    browser = server.browser(amina)
    for origin in ("http://evil.example", "null", "https://" + server.host):
        with pytest.raises(Exception, match="400"):
            browser.wire(amina, origin=origin, header=headers)
    assert browser.wire(amina, header=headers).watch(full_house.room)["ok"]


def test_a_renewed_link_closes_all_windows_of_that_person_within_a_second(server: Server, full_house: House) -> None:
    amina, olga = full_house["Amina"], full_house["Olga"]
    browser = server.browser(amina)
    one, two, bruno = browser.wire(amina), browser.wire(amina), server.wire(full_house["Bruno"])
    reply = server.wire(olga).command(full_house.room, "link.renew", new(), person=amina.id)
    assert reply["ok"]
    start = time.monotonic()
    for wire in (one, two):
        assert wire.hears("goodbye", seconds=2)["code"] == "link_expired"
        assert wire.is_closed_within(2)
    assert time.monotonic() - start < 1.5, "a second, and half of one for a busy machine"
    assert "link_expired" in refused(lambda: browser.wire(amina))
    assert browser.command(amina, full_house.room, "person.arrive", new()).status_code == 410
    assert bruno.watch(full_house.room)["ok"]
    assert server.wire(amina).watch(full_house.room)["ok"], "the new link works"


def test_the_window_too_many_closes_the_oldest(server: Server, full_house: House) -> None:
    for name, most in (("Amina", WINDOWS["participant"]), ("Fatima", WINDOWS_OTHERWISE)):
        browser, someone = server.browser(full_house[name]), full_house[name]
        wires = [browser.wire(someone) for _ in range(most)]
        assert all(wire.watch(full_house.room)["ok"] for wire in wires)
        newest = browser.wire(someone)
        goodbye = wires[0].hears("goodbye")
        assert goodbye["code"] == "too_many_windows" and "Close one" in goodbye["message"]
        assert wires[0].is_closed_within(3)
        assert all(wire.watch(full_house.room)["ok"] for wire in (*wires[1:], newest))


def test_amina_in_a_hurry_is_slowed_down_and_bruno_is_not(server: Server, full_house: House, water: str) -> None:
    amina, bruno = server.wire(full_house["Amina"]), server.wire(full_house["Bruno"])
    numbers = [amina.says("command", _post(water, new())) for _ in range(45)]
    answers = [amina.answer(number) for number in numbers]
    accepted = [answer for answer in answers if answer["ok"]]
    slowed = [answer["error"] for answer in answers if not answer["ok"]]
    assert {error["code"] for error in slowed} == {"too_fast"} and "is kept" in slowed[0]["message"]
    assert 30 <= len(accepted) < 45 and answers[0]["ok"]
    assert len(full_house.state(water)["proposals"]) == len(accepted)
    assert bruno.command(water, "proposal.post", new(), text="In peace")["ok"]


def test_a_new_code_throws_nobody_out(server: Server, full_house: House) -> None:
    wire, browser = server.wire(full_house["Amina"]), Browser(server.url)
    wire.watch(full_house.room)
    old = full_house.code()
    new_code = server.wire(full_house["Olga"]).command(full_house.room, "code.renew", new())["join_code"]
    assert wire.hears("events")["events"][0]["join_code"] == new_code
    assert wire.watch(full_house.room)["snapshot"]["join_code"] == new_code
    assert browser.get(f"/j/{old}").status_code == 410 and browser.get(f"/j/{new_code}").status_code == 200


def test_a_wire_is_a_wire(server: Server, full_house: House) -> None:
    """Two people of one browser have sockets of their own."""
    amina, fatima = full_house["Amina"], full_house["Fatima"]
    browser = server.browser(amina, fatima)
    wires: list[Wire] = [browser.wire(amina), browser.wire(fatima)]
    assert [wire.watch(full_house.room)["me"]["role"] for wire in wires] == ["participant", "facilitator"]
