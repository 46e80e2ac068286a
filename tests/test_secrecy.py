"""Secret means: nobody learns who voted for what, or when; and a screen learns nobody's name."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from sqlalchemy import select
from support.agenda import PEOPLE, everything, workshop_of
from support.files import text_of
from support.house import House

from facilitator import snapshot
from facilitator.domain.events import PERSONAL, for_screen
from facilitator.library import load_activity
from facilitator.live.presence import Presence
from facilitator.live.publish import Publisher, channel
from facilitator.outcomes import FORMATS, render
from facilitator.store.db import Store
from facilitator.store.models import Person, Vote

pytestmark = pytest.mark.once
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
        ("presence", {"room": "board:x", "came": [], "left": ["amina"], "count": 1}, channel("board:x")),
        ("presence", {"room": "board:x", "count": 1}, channel("board:x", screen=True)),
    ]


def test_three_hundred_people_hear_of_each_other_once_and_not_of_everybody_each_time() -> None:
    out, emit, start = emitted()
    presence = Presence(emit, start, lambda seconds: None)
    for number in range(300):
        presence.enter("board:x", f"person{number:06}")
        if number % 10 == 9:
            presence._tell("board:x")
    told = [person for _, data, to in out if to == channel("board:x") for person in data["came"]]
    assert sorted(told) == presence.card("board:x")["people"] and len(told) == 300
    assert [data["count"] for _, data, to in out if to == channel("board:x", screen=True)][-1] == 300


def test_people_of_an_import_are_on_no_roster(full_house: House) -> None:
    comment = {"id": "1", "author": "007", "at": 1, "text": "Old"}
    args = {"title": "T", "prompt": "", "group": "Air", "comments": [comment], "votes": [("008", "1", 1)]}
    full_house["Olga"].does(full_house.room, "conversation.import", **args, opened_at=1, closed_at=2)
    cards = full_house.state(full_house.room)["people"].values()
    assert {card["name"] for card in cards} == {name for name, *_ in PEOPLE} - {"Screen"}
    assert full_house.state(full_house.room)["joined"] == 4


# --- a whole vote, everything recorded ------------------------------------------------------------------------------


class Recorder:
    """Everything that anybody but the voter is sent in the course of a vote: frames, pages, answers, files."""

    def __init__(self, house: House, board: str, voter: str) -> None:
        self.house, self.board, self.voter = house, board, voter
        self.told: list[str] = []

    def look(self) -> None:
        for name in EVERYBODY:
            if name != self.voter:
                answers = [self.house[name].sees(self.board), self.house[name].sees(self.board, 0)]
                self.told += [json.dumps(answer) for answer in answers]
        with self.house.store.reading() as db:
            self.told += [text_of(format, render(db, self.house.event, format)) for format in FORMATS]

    def votes(self) -> list[str]:
        """What was told that has the voter's id or name anywhere near a value of theirs."""
        someone = self.house[self.voter]
        frames = [json.dumps(event) for event in self.house.events(self.board)]
        return [one for one in self.told + frames if _near(one, someone.id) or _near(one, self.voter)]


def _near(told: str, who: str) -> bool:
    """Is somebody named within the reach of a vote: a value, a dot, a reason?"""
    value = re.compile(r'"(value|dots|agree|object|counts|reason)": (\d+|"It harms)')
    here = [told[max(0, found.start() - 40) : found.end() + 40] for found in re.finditer(re.escape(who), told)]
    return any(value.search(around) for around in here)


VOTES = {
    "vote": {"value": 2},
    "rate": {"value": 3, "criterion": "mission", "pinned": 1},
    "consent": {"value": 0, "reason": "It harms the small"},
    "pulse": {"value": 2},
}


@pytest.mark.parametrize("step", VOTES)
def test_through_a_whole_vote_nobody_is_told_what_bruno_votes(store: Store, step: str) -> None:
    activity = everything()
    steps = [sheet.model_copy(update={"settings": _secret(sheet.settings)}) for sheet in activity.steps]
    house = House(store, workshop_of(activity.model_copy(update={"steps": tuple(steps)})))
    house.everybody_arrives()
    water, fatima = house.board("Plenary"), house["Fatima"]  # where everybody may watch
    home = water.removeprefix("board:")
    fatima.opens(water, "collect")
    item = house["Amina"].posts(water, "Buses", "north")
    if step == "consent":
        fatima.opens(water, "lines")
        item = house["Amina"].posts(water, "Water for all")
    item = {"rate": f"{home}-north", "pulse": f"{home}-how"}.get(step, item)
    recorder = Recorder(house, water, "Bruno")
    fatima.opens(water, step)
    recorder.look()
    reply = house["Bruno"].does(water, "vote.cast", proposal=item, **VOTES[step])
    assert reply["ok"]
    recorder.look()
    assert step == "pulse" or house.state(water)["results"] is None
    entered = {key: VOTES[step][key] for key in ("value", "criterion", "reason") if key in VOTES[step]}
    if step != "pulse":
        for number in ("1", "2"):
            fatima.does(water, "vote.enter", paper=number, votes=[{"proposal": item, **entered}])
        recorder.look()
    fatima.closes(water)
    recorder.look()
    for after in ("reveal", "map", "share"):
        fatima.opens(water, after)
        recorder.look()
    assert recorder.told and recorder.votes() == []
    cast = [event for event in house.events(water) if event["name"] in ("vote.cast", "results.counted")]
    assert cast and not any("by" in event or "at" in event for event in cast)


def test_through_a_whole_ratification_nobody_is_told_where_bruno_stands(full_house: House) -> None:
    house, fatima, day = full_house, full_house["Fatima"], full_house.day()
    water = house.board("Water")
    fatima.opens(water, "collect")
    buses = fatima.promotes(day, house["Amina"].posts(water, "Buses"), "More buses")
    recorder = Recorder(house, day, "Bruno")
    fatima.asks_for_ratification(day, people=0)
    recorder.look()
    house["Bruno"].objects(day, buses, "It harms the small")
    recorder.look()
    assert not any("It harms the small" in told for told in recorder.told), "until it is closed"
    fatima.does(day, "ratification.close")
    recorder.look()
    fatima.does(day, "day.close", note="")
    recorder.look()
    with house.store.reading() as db:
        recorder.told.append(json.dumps(snapshot.provenance(db, buses)))
        recorder.told += [json.dumps(snapshot.became(db, house[who].id)) for who in EVERYBODY if who != "Bruno"]
    assert any("It harms the small" in told for told in recorder.told), "then everybody reads the reason"
    assert recorder.votes() == []
    taken = [event for event in house.events(day) if event["name"] == "position.taken"]
    assert taken and not any("by" in event or "at" in event for event in taken)


def _secret(settings: Any) -> Any:
    """The consent of the sample steps is held with names; here it is secret, as all others."""
    if settings.rules is None or settings.rules.secrecy != "named":
        return settings
    return settings.model_copy(update={"ballot": settings.rules.model_copy(update={"secrecy": "secret"})})


def test_where_a_vote_is_held_with_names_everybody_sees_them_from_the_reveal_on_and_a_screen_never(
    store: Store,
) -> None:
    house = House(store, workshop_of(load_activity("consent_decision")))
    house.everybody_arrives()
    water, fatima = house.board("Water"), house["Fatima"]
    fatima.opens(water, "propose")
    card = house["Amina"].posts(water, "Meet online")
    fatima.opens(water, "decide")
    house["Bruno"].does(water, "vote.cast", proposal=card, value=2, reason="If it is short")
    assert house["Bruno"].id not in json.dumps(house["Oscar"].sees(water)["snapshot"]["ballot"])
    assert house.state(water)["results"] is None
    fatima.opens(water, "reveal")
    said = house["Oscar"].sees(water)["snapshot"]["results"]["voters"][card]
    assert said == [{"person": house["Bruno"].id, "criterion": "", "value": 2}]
    assert house["Bruno"].id not in json.dumps(house["Screen"].sees(water))
    assert house["Bruno"].id not in json.dumps(for_screen(house.events(water)))
    assert Recorder(house, water, "Bruno").votes(), "the recorder notices a vote with a name"
