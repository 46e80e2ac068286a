"""verify_action: for every command, the state before and the events give the state after.

The cases are written down in tests/golden/*.json (`pytest --write-golden` writes them anew), where the client's reducer
has to come to the same states (test_client_js.py).
"""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from support.camera import Camera, stop_the_clock
from support.house import House

from facilitator.access import Actor
from facilitator.commands import COMMANDS
from facilitator.domain.events import EVENTS, Event
from facilitator.store.db import Store

GOLDEN = Path(__file__).parent / "golden"
JSON = dict[str, Any]


@pytest.fixture
def camera(store: Store, monkeypatch: pytest.MonkeyPatch) -> Camera:
    stop_the_clock(monkeypatch)
    return Camera(House(store))


def coming_in(camera: Camera) -> None:
    house, take = camera.house, camera.take
    for who in ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Screen"):
        take(who, house.room, "person.arrive", f"{who} opens the personal link")
    take("Amina", house.room, "person.arrive", "Amina opens it again")
    guest = Actor(code=house.code())
    for name, home in (("Elena", "Seoul"), ("Farid", "CODATU")):
        take(guest, house.room, "person.join", f"{name} joins", name=name, organisation=house.organisation(home))
    take(guest, house.room, "person.join", "somebody rehearses", name="Gita", rehearsal=True,
         organisation=house.organisation("Seoul"))  # fmt: skip
    take("Fatima", house.room, "link.renew", "Amina gets a new link", person=house["Amina"].id)
    take("Olga", house.room, "code.renew", "the code has leaked")


def agenda(camera: Camera) -> None:
    house, take = camera.house, camera.take
    take("Fatima", house.room, "session.open", "the first session", session=house.session("Opening"))
    take("Fatima", house.room, "session.open", "the next takes over", session=house.session("Tables"))
    take("Fatima", house.room, "session.open", "the same again", session=house.session("Tables"))
    take("Olga", house.room, "session.close", "nothing is on", session=house.session("Tables"))
    comments = [
        {"id": "0", "author": "7", "at": 1_400_000_000_000, "text": "Old but good"},
        {"id": "1", "author": "8", "at": 1_400_000_000_001, "text": "Rude", "hidden_reason": "Moderated"},
    ]
    args: JSON = {"title": "Imported", "prompt": "What?", "group": "Water", "comments": comments}
    args |= {"votes": [("7", "0", 1), ("9", "0", -1), ("9", "1", 0)], "opened_at": 1, "closed_at": 2}
    take("Olga", house.room, "conversation.import", "from elsewhere", **args)


def proposals(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, air = house.board("Water"), house.board("Air")
    take("Fatima", water, "step.open", "collecting", step="collect")
    house["Fatima"].opens(air, "collect")
    first = take("Amina", water, "proposal.post", "the first", text="More\nbuses")["proposal"]
    second = take("Bruno", water, "proposal.post", "another", text="Clean <b>water</b> & air")["proposal"]
    take("Fatima", water, "proposal.post", "by the facilitator", text="A ring road")
    take("Chen", air, "proposal.post", "in a lane", text="Trees", lane="north")
    take("Amina", water, "proposal.edit", "reworded", proposal=first, text="More buses at night")
    take("Amina", water, "proposal.edit", "the same words again", proposal=first, text="More buses at night")
    take("Amina", water, "proposal.withdraw", proposal=first)
    take("Amina", water, "proposal.reinstate", proposal=first)
    take("Fatima", water, "proposal.hide", proposal=second, reason="Not about water")
    take("Olga", water, "proposal.restore", proposal=second)
    take("Amina", water, "proposal.withdraw", "then it is hidden as well", proposal=first)
    take("Fatima", water, "proposal.hide", "a withdrawn one", proposal=first, reason="Off topic")
    take("Fatima", water, "proposal.restore", "it is withdrawn still", proposal=first)
    take("Fatima", water, "step.close")
    for command, args in (("start", {"seconds": 300}), ("extend", {"seconds": 60}), ("extend", {"seconds": -9999})):
        take("Fatima", water, f"timer.{command}", str(args["seconds"]), **args)
    take("Olga", water, "timer.stop")


def voting(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    for room, lane in ((house.board("Water"), None), (house.board("Air", day=2), None)):
        dots = room == house.board("Water")
        voters = ("Amina", "Bruno") if dots else ("Chen", "Dora")
        house["Fatima"].opens(room, "collect")
        a, b, c = (house[voters[0]].posts(room, text, lane, id=camera.id()) for text in ("One", "Two", "Three"))
        take("Fatima", room, "step.open", "the vote", step="vote")
        take(voters[0], room, "vote.cast", "the first vote", proposal=a, value=1)
        take(voters[0], room, "vote.cast", "another of the same voter", proposal=b, value=1)
        take(voters[0], room, "vote.cast", "changed", proposal=b, value=2 if dots else -1)
        take(voters[0], room, "vote.cast", "zero", proposal=a, value=0)
        take(voters[1], room, "vote.cast", "a second voter", proposal=c, value=1)
        take(voters[1], room, "vote.cast", "zero, of the second voter", proposal=c, value=0)
        take(voters[1], room, "vote.cast", "the second voter again", proposal=c, value=1)
        house.join("Elena")
        house.join("Farid")
        take("Fatima", room, "step.open", "the same again, for latecomers", step="vote")
        take("Fatima", room, "step.close", "the vote is over")
        take("Fatima", room, "step.open", "the reveal", step="reveal")
        take("Fatima", room, "proposal.hide", "what is on show", proposal=b, reason="Off topic")
        take("Fatima", room, "proposal.restore", "to the results", proposal=b)
        take("Fatima", room, "step.close", "the reveal is over")
        take("Fatima", room, "step.open", "back to the vote", step="vote")
        take("Fatima", room, "step.open", "back to collecting", step="collect")
        take("Fatima", room, "step.open", "to the reveal at once", step="reveal")


def concluding(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, day = house.board("Water"), house.day(1)
    house["Fatima"].opens(water, "collect")
    texts = ("Buses", "Trams", "Bikes")
    a, b, c = (house["Amina"].posts(water, text, id=camera.id()) for text in texts)
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, a, 2)
    house["Bruno"].votes(water, b, 2)
    house["Fatima"].opens(water, "collect")
    promoted = [
        take("Fatima", day, "conclusion.promote", "without figures: they are not on show", proposal=c, wording="Bikes!")
    ]
    house["Fatima"].opens(water, "reveal")
    for proposal in (a, b):
        args = {"proposal": proposal, "wording": "Buses, or trams"}
        promoted.append(take("Fatima", day, "conclusion.promote", "with figures", **args))
    bikes, buses, trams = (reply["conclusion"] for reply in promoted)
    take("Olga", day, "conclusion.reword", conclusion=buses, wording="More buses")
    take("Olga", day, "conclusion.reword", "the same words", conclusion=buses, wording="More buses")
    take("Fatima", day, "conclusion.move", "to the end", conclusion=bikes, position=2)
    take("Fatima", day, "conclusion.move", "to where it is", conclusion=bikes, position=2)
    take("Fatima", day, "conclusion.take_back", "the first", conclusion=buses)
    take("Fatima", day, "conclusion.reinstate", "to its place", conclusion=buses)
    take("Fatima", day, "conclusion.take_back", "the second", conclusion=trams)
    take("Fatima", day, "conclusion.take_back", "the last", conclusion=bikes)
    take("Fatima", day, "conclusion.reinstate", "beyond the end", conclusion=bikes)


SCENES = {scene.__name__: scene for scene in (coming_in, agenda, proposals, voting, concluding)}


@pytest.mark.parametrize("name", SCENES)
def test_what_happens_is_as_written_down(name: str, camera: Camera, request: pytest.FixtureRequest) -> None:
    SCENES[name](camera)
    path = GOLDEN / f"{name}.json"
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in camera.cases)
    if request.config.getoption("--write-golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(f"[\n{lines}\n]\n")
    written = json.loads(path.read_text())
    seen = json.loads(f"[{lines}]")
    for before, now in zip(written, seen, strict=True):
        assert now == before, f"{name}: {now['name']} has changed; if it should have: pytest --write-golden"


def all_cases() -> list[JSON]:
    return [case for path in sorted(GOLDEN.glob("*.json")) for case in json.loads(path.read_text())]


def test_every_command_and_every_event_is_written_down() -> None:
    cases = all_cases()
    assert {case["command"] for case in cases} == set(COMMANDS)
    assert {event["name"] for case in cases for event in case["events"]} == set(EVENTS)
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(SCENES)


def test_an_event_carries_just_the_fields_of_its_class() -> None:
    envelope = {"seq", "name", "at", "by", "me"}
    for case in all_cases():
        for event in case["events"]:
            kind = EVENTS[event["name"]]
            assert set(event) - envelope <= names(kind), event["name"]
            if not case["name"].endswith("(screen)"):
                assert set(event) - envelope == names(kind), event["name"]
                assert ("by" in event) == ("at" in event) == kind.signed
            assert event.get("me", False) == kind.asks_me


def names(kind: type[Event]) -> set[str]:
    return {field.name for field in fields(kind)}
