"""Takes a picture of all rooms before and after a command, as each role sees them: verify_action.

`state(before) + events == state(after)` is left to the client's reducer (tests/js/golden.mjs); here it is made sure
that the pictures are the same for everybody, that catching up gives what was heard, and that no other room has changed.
"""

from __future__ import annotations

import itertools
import sys
from typing import Any

import pytest
from sqlalchemy import select

from facilitator.access import Actor
from facilitator.domain.events import EVENTS, for_screen
from facilitator.store.models import Room

from .house import House

JSON = dict[str, Any]
START = 1_467_712_800_000  # the morning of the model event
VIEWERS = ("Amina", "Fatima", "Oscar")


def stop_the_clock(patch: pytest.MonkeyPatch) -> None:
    """Moments tick on by a second a question, and ids count up, so that two runs give the same picture."""
    moments, ids = itertools.count(START, 1000), itertools.count(1)
    for name, module in list(sys.modules.items()):
        if name.startswith("facilitator") and name != "facilitator.store.models":
            if hasattr(module, "now_ms"):
                patch.setattr(module, "now_ms", lambda: next(moments))
            if hasattr(module, "new_id"):
                patch.setattr(module, "new_id", lambda: f"id{next(ids):010}")


class Camera:
    def __init__(self, house: House) -> None:
        self.house = house
        self.cases: list[JSON] = []
        self.viewers: tuple[str, ...] = VIEWERS
        self._ids = itertools.count(1)
        self._codes: dict[str, str] = {}
        #: the state of every room after the last command, and how far each of them was
        self._rooms: dict[str, JSON] = {}
        self._seqs: dict[str, int] = {}

    def id(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._ids):012}"

    def take(self, who: str | Actor, room: str, command: str, note: str = "", /, **args: Any) -> JSON:
        """Let somebody do a command and keep the case, as everybody and as a screen sees it. An argument may be a
        function of the command's id."""
        id = self.id()
        args = {name: value(id) if callable(value) else value for name, value in args.items()}
        actor = who if isinstance(who, Actor) else self.house[who].actor
        rooms, seq = self._before(), self._seqs[room]
        before = rooms[room]
        heard, start = len(self.house.events(room)), len(self.house.heard)
        reply = self.house.run(actor, room, command, id=id, **args)
        events = self.house.events(room)[heard:]
        now = self._after()
        self._everybody_sees(room)
        told = {other for other, _ in self.house.heard[start:]} - {room}
        for other in rooms:
            if other not in told and other != room and other in now:
                assert now[other] == rooms[other], f"{command} has changed a room that heard nothing of it"
        assert [event["seq"] for event in events] == list(range(seq + 1, self._seqs[room] + 1))
        assert reply["seq"] == self._seqs[room]
        if self.viewers is not VIEWERS:
            self._keep(f"{command}: {note}", command, before, events, now[room])
            return reply
        self._catch_up(room, seq, events)

        name = f"{command}{f': {note}' if note else ''}"
        self._keep(name, command, before, events, now[room])
        if not self._is_overlay(room):
            screen = self.house["Screen"].sees(room)["snapshot"]
            assert screen == for_screen(now[room])
            self._keep(f"{name} (screen)", command, for_screen(before), for_screen(events), screen)
        for other in sorted(told, key=self._place):
            also = [event for where, event in self.house.heard[start:] if where == other]
            self._keep(f"{name} ({other.partition(':')[0]} too)", command, rooms[other], also, now[other])
        return reply

    def look_anew(self) -> None:
        """Forget what the rooms were like: something was written past the door."""
        self.house.snapshots = type(self.house.snapshots)()
        self._rooms = {}

    def _before(self) -> dict[str, JSON]:
        """The state of every room: as it was after the last command, if nothing has happened since."""
        return self._rooms if self._rooms and self._all_seqs() == self._seqs else self._after()

    def _after(self) -> dict[str, JSON]:
        self._seqs = self._all_seqs()
        self._rooms = {room: self.house.state(room) for room in self._seqs}
        return self._rooms

    def _all_seqs(self) -> dict[str, int]:
        rows = self.house.rows(select(Room.id, Room.seq).where(Room.event == self.house.event).order_by(Room.id))
        return {row.id: row.seq for row in rows}

    def _everybody_sees(self, room: str) -> None:
        """All who may watch the room see it alike, and as it is."""
        for name in self.viewers if not room.startswith("board:") else self._members(room):
            answer = self.house[name].sees(room)
            assert answer["seq"] == self._seqs[room]
            assert answer["snapshot"] == self._rooms[room], "the snapshot that was kept is stale"

    def _members(self, room: str) -> tuple[str, ...]:
        if self._is_overlay(room):
            return ("Dora", "Fatima")
        return VIEWERS if self._rooms[room]["group_name"] in ("Water", "Plenary") else VIEWERS[1:]

    def _is_overlay(self, room: str) -> bool:
        """An overlay group's board is seen by its own people and those who steer."""
        return room.startswith("board:") and self._rooms[room]["group_name"] == "Women's network"

    def _place(self, room: str) -> list[Any]:
        """By names, since ids are random."""
        state = self._rooms[room]
        return [room.partition(":")[0], *(str(state.get(key)) for key in ("title", "group_name", "number"))]

    def _catch_up(self, room: str, since: int, events: list[JSON]) -> None:
        """Whoever was away hears the same as those who were here; or a snapshot, if something was taken away."""
        retracted = any(EVENTS[event["name"]].retracts for event in events)
        heard = {"Fatima": events} if self._is_overlay(room) else {"Fatima": events, "Screen": for_screen(events)}
        for name, expected in heard.items():
            answer = self.house[name].sees(room, since=since)
            if retracted:
                assert "events" not in answer and answer["snapshot"]
            else:
                assert answer["events"] == expected

    def _keep(self, name: str, command: str, before: JSON, events: Any, after: JSON) -> None:
        case = {"name": name, "command": command, "before": before, "events": events, "after": after}
        self.cases.append(self._with_plain_codes(case))

    def _with_plain_codes(self, value: Any) -> Any:
        """The same with join codes, which are random, and hashes of whole reports replaced by their number."""
        if isinstance(value, dict):
            return {
                key: self._codes.setdefault(inner, f"code-{len(self._codes) + 1}")
                if key == "join_code" or (key == "hash" and inner)
                else self._with_plain_codes(inner)
                for key, inner in value.items()
            }
        return [self._with_plain_codes(inner) for inner in value] if isinstance(value, list) else value
