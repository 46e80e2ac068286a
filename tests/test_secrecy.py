"""Secret means: nobody learns who voted for what, or when; and a screen learns nobody's name."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select
from support.agenda import PEOPLE
from support.house import House

from facilitator.domain.events import PERSONAL, for_screen
from facilitator.live.presence import Presence
from facilitator.live.publish import Publisher, channel
from facilitator.store.models import Person, Vote

EVERYBODY = ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Chen", "Dora", "Screen")


@pytest.fixture
def voted(full_house: House) -> House:
    """The plenary board; Chen has posted, and only Amina and Bruno have voted."""
    plenary = full_house.board("Plenary")
    full_house["Fatima"].opens(plenary, "collect")
    cards = [full_house["Chen"].posts(plenary, text) for text in ("Buses", "Trams")]
    full_house["Fatima"].opens(plenary, "vote")
    full_house["Amina"].votes(plenary, cards[0], 2)
    full_house["Bruno"].votes(plenary, cards[1], 1)
    return full_house


def test_no_event_names_a_voter_or_says_when_or_for_what(voted: House) -> None:
    plenary = voted.board("Plenary")
    cast = [event for event in voted.events(plenary) if event["name"] == "vote.cast"]
    assert [set(event) for event in cast] == [{"seq", "name", "voted"}] * 2
    voted["Fatima"].opens(plenary, "reveal")
    since_the_vote = voted.events(plenary)[-4:]
    for event in since_the_vote:
        for name in ("Amina", "Bruno"):
            assert voted[name].id not in json.dumps(event)


@pytest.mark.parametrize("step", ["vote", "reveal"])
def test_no_snapshot_of_another_names_a_voter(voted: House, step: str) -> None:
    plenary = voted.board("Plenary")
    voted["Fatima"].opens(plenary, step)
    for watcher in EVERYBODY:
        answer = json.dumps(voted[watcher].sees(plenary))
        for voter in ("Amina", "Bruno"):
            assert (voted[voter].id in answer) == (watcher == voter), f"{watcher} sees {voter}"


def test_ones_own_votes_are_in_ones_own_me_alone(voted: House) -> None:
    plenary = voted.board("Plenary")
    for watcher in EVERYBODY:
        assert bool(voted[watcher].me(plenary).get("votes")) == (watcher in ("Amina", "Bruno"))


def test_moving_dots_about_is_not_heard(voted: House) -> None:
    plenary = voted.board("Plenary")
    card = voted.rows(select(Vote.proposal).where(Vote.voter == voted["Amina"].id))[0].proposal
    heard = len(voted.heard)
    voted["Amina"].votes(plenary, card, 1)
    assert len(voted.heard) == heard
    voted["Amina"].votes(plenary, card, 0)
    assert [event["name"] for event in voted.events(plenary)][-1] == "vote.cast"


def test_a_stored_vote_carries_no_moment_and_no_number(voted: House) -> None:
    assert set(Vote.__table__.c.keys()) == {*("ballot", "voter", "proposal", "criterion", "value", "reason", "pinned")}


def names_in(house: House) -> list[str]:
    return [name for row in house.rows(select(Person.id, Person.name)) for name in row if name != "Screen"]


def test_a_screen_learns_nobodys_name_or_id(voted: House) -> None:
    plenary, fatima, screen = voted.board("Plenary"), voted["Fatima"], voted["Screen"]
    fatima.opens(plenary, "reveal")
    proposal = next(iter(voted.state(plenary)["proposals"]))
    fatima.promotes(voted.day(), proposal, "Buses")
    for room in (voted.room, voted.day(), plenary):
        answer = screen.sees(room)
        frames = [for_screen({"room": room, "events": voted.events(room)})]
        since = [voted["Screen"].sees(room, since=0)]
        told = json.dumps([answer, frames, since])
        assert "Buses" in told or room == voted.room
        for name in names_in(voted):
            assert name not in told, f"{name} is told in {room}"
        assert answer["me"] == {"role": "projector"}


def test_what_is_personal_is_left_out_at_any_depth() -> None:
    inner = dict.fromkeys(PERSONAL, "somebody") | {"text": "kept"}
    assert for_screen({"a": [inner, {"b": inner}], **inner}) == {"a": [{"text": "kept"}, {"b": {"text": "kept"}}],
                                                                 "text": "kept"}  # fmt: skip


def emitted() -> tuple[list[tuple[str, Any, str]], Any, Any]:
    out: list[tuple[str, Any, str]] = []
    started: list[Any] = []
    return out, lambda *args: out.append(args), lambda function, *args: started.append((function, args))


def test_a_frame_goes_out_twice_once_with_names_and_once_without(full_house: House) -> None:
    out, emit, start = emitted()
    publisher = Publisher(emit, start, lambda seconds: None)
    publisher.publish(full_house.room, full_house.events(full_house.room)[:2])
    (_, people, to), (_, screens, to_screens) = out
    assert (to, to_screens) == (channel(full_house.room), channel(full_house.room, screen=True))
    assert "Olga" in json.dumps(people) and "Olga" not in json.dumps(screens)
    assert (people["from"], people["to"]) == (screens["from"], screens["to"]) == (0, 2)


def test_presence_tells_people_who_is_here_and_screens_how_many() -> None:
    out, emit, _ = emitted()
    presence = Presence(emit, lambda function, *args: function(*args), lambda seconds: None)
    for person in ("amina", "bruno", "amina"):
        presence.enter("board:x", person)
    assert presence.card("board:x") == {"room": "board:x", "people": ["amina", "bruno"], "count": 2}
    presence.leave("board:x", "amina")
    assert presence.card("board:x")["people"] == ["amina", "bruno"], "her other window is still open"
    presence.leave("board:x", "amina")
    assert out[-2:] == [
        ("presence", {"room": "board:x", "people": ["bruno"], "count": 1}, channel("board:x")),
        ("presence", {"room": "board:x", "count": 1}, channel("board:x", screen=True)),
    ]


def test_people_of_an_import_are_on_no_roster(full_house: House) -> None:
    comment = {"id": "1", "author": "007", "at": 1, "text": "Old"}
    args = {"title": "T", "prompt": "", "group": "Air", "comments": [comment], "votes": [("008", "1", 1)]}
    full_house["Olga"].does(full_house.room, "conversation.import", **args, opened_at=1, closed_at=2)
    cards = full_house.state(full_house.room)["people"].values()
    assert {card["name"] for card in cards} == {name for name, *_ in PEOPLE} - {"Screen"}
    assert full_house.state(full_house.room)["joined"] == 4
