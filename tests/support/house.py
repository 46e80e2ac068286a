"""A house for tests: the workshop on a real store, and its people, who act through the real door.

house = House(store)
amina, fatima = house["Amina"], house["Fatima"]
water = house.board("Water")
fatima.opens(water, "collect")
bus = amina.posts(water, "More buses")["proposal"]
with house.refuses("proposal_not_own"):
    house["Bruno"].edits(water, bus, "Fewer buses")
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import insert, select

from facilitator import access, snapshot
from facilitator.access import Actor, link_token
from facilitator.commands import context, run
from facilitator.domain.refusals import Refused, sentence
from facilitator.founding import found_event
from facilitator.library import Agenda
from facilitator.snapshot import Snapshots
from facilitator.store.db import Store
from facilitator.store.models import (
    Base,
    Board,
    Day,
    Group,
    JoinCode,
    Organisation,
    Person,
    Seat,
    Session,
    new_id,
    now_ms,
)

from .agenda import workshop

JSON = dict[str, Any]


def new() -> str:
    """An id for a command, as a client makes it."""
    return str(uuid.uuid4())


class House:
    """One event on a store. `heard` keeps all that was published, in order: `(room, event)`."""

    def __init__(self, store: Store, agenda: Agenda | None = None) -> None:
        self.store = store
        self.event = found_event(store, agenda or workshop())
        self.heard: list[tuple[str, JSON]] = []
        self.snapshots = Snapshots()
        self._lock = threading.Lock()

    def another(self) -> House:
        """Another event of the same installation, with people of the same names."""
        return House(self.store, workshop("Somewhere else"))

    def publish(self, room: str, events: list[JSON]) -> None:
        with self._lock:
            self.heard += [(room, event) for event in events]

    # --- who and where ------------------------------------------------------------------------------------------

    def __getitem__(self, name: str) -> Someone:
        return Someone(self, self._one(select(Person.id).where(Person.event == self.event, Person.name == name)), name)

    @property
    def room(self) -> str:
        return f"event:{self.event}"

    def board(self, group: str, day: int = 1) -> str:
        """The room of a group's board."""
        query = (
            select(Board.id)
            .join(Group, Group.id == Board.group)
            .join(Session, Session.id == Board.session)
            .join(Day, Day.id == Session.day)
            .where(Group.event == self.event, Group.name == group, Day.number == day)
        )
        return f"board:{self._one(query)}"

    def day(self, number: int = 1) -> str:
        return f"day:{self._one(select(Day.id).where(Day.event == self.event, Day.number == number))}"

    def rows_of_day(self, number: int) -> list[str]:
        """The day's id, then those of its sessions in order."""
        (day,) = [day for day in self.state(self.room)["days"] if day["number"] == number]
        return [day["id"], *(session["id"] for session in day["sessions"])]

    def session(self, title: str) -> str:
        query = select(Session.id).join(Day, Day.id == Session.day)
        return self._one(query.where(Day.event == self.event, Session.title == title))

    def organisation(self, name: str) -> str:
        return self._one(select(Organisation.id).where(Organisation.event == self.event, Organisation.name == name))

    def code(self) -> str:
        return self._one(select(JoinCode.code).where(JoinCode.event == self.event, JoinCode.expired_at.is_(None)))

    def _one(self, query: Any) -> str:
        with self.store.reading() as db:
            return str(db.execute(query).scalar_one())

    # --- what happens -------------------------------------------------------------------------------------------

    def run(self, actor: Actor, room: str, command: str, /, id: str | None = None, **args: Any) -> JSON:
        return run(self.store, self.publish, id=id or new(), actor=actor, room=room, name=command, args=args)

    def join(self, name: str, organisation: str | None = "Barcelona", id: str | None = None) -> Someone:
        """Come in by the join code."""
        home = self.organisation(organisation) if organisation else None
        reply = self.run(Actor(code=self.code()), self.room, "person.join", id=id, name=name, organisation=home)
        return Someone(self, reply["person"], name)

    def rostered(self, name: str, group: str, organisation: str = "Barcelona") -> str:
        """The id of somebody who is on the roster and has no device with them."""
        who = new_id_of(name)
        with self.store.writing() as db:
            seat = select(Group.id).where(Group.event == self.event, Group.name == group)
            values = {
                "id": who,
                "event": self.event,
                "name": name,
                "role": "participant",
                "origin": "roster",
                "link": 0,
            }
            home = self.organisation(organisation)
            db.execute(insert(Person.__table__).values(**values, organisation=home, link_hash=who, created_at=0))
            db.execute(insert(Seat.__table__).values(group=db.execute(seat).scalar_one(), person=who, role="member"))
        return who

    def everybody_arrives(self) -> None:
        """All who are on the roster open their personal link, except for the screen."""
        for name in ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Chen", "Dora"):
            self[name].does(self.room, "person.arrive")

    def watch(self, actor: Actor, room: str, since: int | None = None) -> JSON:
        with self.store.reading() as db:
            return self.snapshots.watch(db, access.open_room(db, actor, room), since)

    @contextmanager
    def refuses(self, code: str, *parts: str) -> Iterator[None]:
        """Whatever is tried here is refused with `code`, in a sentence that has `parts` in it, and nothing is stored
        or heard."""
        before, heard = self.everything(), len(self.heard)
        with pytest.raises(Refused) as refused:
            yield
        said = sentence(refused.value)
        assert refused.value.code == code, said
        assert "…" not in said and "{" not in said, f"a placeholder is empty: {said}"
        for part in parts:
            assert part in said
        assert self.everything() == before
        assert len(self.heard) == heard

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all tables."""
        with self.store.reading() as db:
            return {
                table.name: sorted((tuple(row) for row in db.execute(select(table))), key=repr)
                for table in Base.metadata.sorted_tables
            }

    def rows(self, query: Any) -> list[Any]:
        with self.store.reading() as db:
            return list(db.execute(query).all())

    def events(self, room: str) -> list[JSON]:
        """What was heard in a room."""
        return [event for where, event in self.heard if where == room]

    def state(self, room: str) -> JSON:
        """The state of a room as the facilitator sees it, freshly read."""
        kind, _, id = room.partition(":")
        with self.store.reading() as db:
            return snapshot.STATES[kind](db, id)


class Someone:
    """A person of the event. What they do goes through `commands.run`."""

    def __init__(self, house: House, id: str, name: str) -> None:
        self.house, self.id, self.name = house, id, name
        self.actor = Actor(person=id)

    def __repr__(self) -> str:
        return self.name

    def does(self, where: str, what: str, /, id: str | None = None, **args: Any) -> JSON:
        return self.house.run(self.actor, where, what, id=id, **args)

    def sees(self, room: str, since: int | None = None) -> JSON:
        """The answer to `watch`."""
        return self.house.watch(self.actor, room, since)

    def me(self, room: str) -> JSON:
        found: JSON = self.sees(room)["me"]
        return found

    def link(self) -> str:
        """The token of the personal link."""
        with self.house.store.reading() as db:
            renewed = db.execute(select(Person.link).where(Person.id == self.id)).scalar_one()
        return link_token(self.house.store.key, self.id, renewed)

    def posts(self, board: str, text: str, lane: str | None = None, id: str | None = None) -> str:
        """The id of the new proposal."""
        more = {"lane": lane} if lane else {}
        return str(self.does(board, "proposal.post", id=id, text=text, **more)["proposal"])

    def edits(self, board: str, proposal: str, text: str) -> JSON:
        return self.does(board, "proposal.edit", proposal=proposal, text=text)

    def withdraws(self, board: str, proposal: str) -> JSON:
        return self.does(board, "proposal.withdraw", proposal=proposal)

    def reinstates(self, board: str, proposal: str) -> JSON:
        return self.does(board, "proposal.reinstate", proposal=proposal)

    def hides(self, board: str, proposal: str, reason: str = "Off topic") -> JSON:
        return self.does(board, "proposal.hide", proposal=proposal, reason=reason)

    def restores(self, board: str, proposal: str) -> JSON:
        return self.does(board, "proposal.restore", proposal=proposal)

    def votes(self, board: str, proposal: str, value: int, id: str | None = None) -> JSON:
        return self.does(board, "vote.cast", id=id, proposal=proposal, value=value)

    def opens(self, board: str, step: str) -> JSON:
        return self.does(board, "step.open", step=step)

    def closes(self, board: str) -> JSON:
        return self.does(board, "step.close")

    def promotes(self, day: str, proposal: str | list[JSON], wording: str, kind: str = "conclusion") -> str:
        """The id of the new conclusion, made of one proposal or of several sources."""
        sources = [{"proposal": proposal}] if isinstance(proposal, str) else proposal
        reply = self.does(day, "conclusion.promote", sources=sources, wording=wording, kind=kind)
        return str(reply["conclusion"])

    def asks_for_ratification(self, day: str, people: int = 50, organisations: int = 50, support: int = 80,
                              of: list[str] | None = None) -> str:  # fmt: skip
        """The id of the ratification of a day's conclusions (of all of them)."""
        terms = {"quorum_people": people, "quorum_organisations": organisations, "support": support}
        return str(self.does(day, "ratification.open", conclusions=of, **terms)["ratification"])

    def agrees(self, day: str, conclusion: str) -> JSON:
        return self.does(day, "position.take", conclusion=conclusion, value=3)

    def lives_with(self, day: str, conclusion: str) -> JSON:
        return self.does(day, "position.take", conclusion=conclusion, value=2)

    def objects(self, day: str, conclusion: str, reason: str = "It harms the small") -> JSON:
        return self.does(day, "position.take", conclusion=conclusion, value=0, reason=reason)

    def dissents(self, day: str, conclusion: str, text: str) -> str:
        """The id of the minority report."""
        return str(self.does(day, "minority.report", conclusion=conclusion, text=text)["report"])


def new_id_of(name: str) -> str:
    """An id that is the same in every run."""
    return f"{name.lower():0<12}"[:12]


NOBODY = new_id()
"""The id of nothing and nobody."""


def later(monkeypatch: pytest.MonkeyPatch, ms: int) -> None:
    """It is `ms` later by the server's clock."""
    monkeypatch.setattr(context, "now_ms", lambda: now_ms() + ms)
