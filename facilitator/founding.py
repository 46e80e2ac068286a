"""Founding an event out of an agenda: the one thing that happens outside `run()`, since there is no room yet."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import insert, select

from .access import link_hash, link_token
from .commands.board import write_board
from .commands.code import issue
from .domain.colours import dealt
from .library import Agenda, frameworks
from .store.db import Store
from .store.models import (
    Account,
    Day,
    Event,
    Group,
    GuidingText,
    Organisation,
    Person,
    Room,
    Seat,
    Session,
    new_id,
    now_ms,
)

STAFF = (("facilitator", "Facilitator"), ("projector", "Projector"))
"""Everybody's first helpers: an event without them in its agenda gets one of each."""


def found_event(store: Store, agenda: Agenda, *, account: str | None = None, template: str | None = None) -> str:
    """Write an event with all that its agenda names, in one transaction.

    Args:
        account: the organiser who founds it, or None (the sample event has an organiser of its own).
        template: the agenda's name in the library.

    Returns:
        The event's id.
    """
    with store.writing() as db:
        return _Founding(db, store.key, agenda).write(account, template)


class _Founding:
    def __init__(self, db: Db, key: str, agenda: Agenda) -> None:
        self.db, self.key, self.agenda = db, key, agenda
        self.event = new_id()
        self.now = now_ms()

    def write(self, account: str | None, template: str | None) -> str:
        agenda = self.agenda
        self._add(
            Event,
            id=self.event,
            title=agenda.title,
            place=agenda.place,
            purpose=agenda.purpose,
            sample=agenda.sample,
            template=template,
            frameworks=[framework.data() for framework in frameworks()],
            created_at=self.now,
            created_by=account,
        )
        self._add_room("event", self.event)
        issue(self.db, self.event, self.now)
        organisations = {
            o.name: self._add(Organisation, id=new_id(), event=self.event, name=o.name, kind=o.kind, colour=colour)
            for o, colour in zip(agenda.organisations, dealt(len(agenda.organisations)), strict=True)
        }
        groups = {
            g.name: self._add(Group, id=new_id(), event=self.event, name=g.name, kind=g.kind, number=number)
            for number, g in enumerate(agenda.groups, start=1)
        }
        self._add_people(account, organisations, groups)
        for text in agenda.texts:
            values = {"event": self.event, "key": text.key, "version": 1, "title": text.title, "text": text.text}
            self.db.execute(insert(GuidingText.__table__).values(**values, at=self.now))
        self._add_days(groups)
        return self.event

    def _add_people(self, account: str | None, organisations: dict[str, str], groups: dict[str, str]) -> None:
        for person in self.agenda.people:
            organisation = organisations[person.organisation] if person.organisation else None
            origin = "roster" if person.role == "participant" else "setup"
            who = self._add_person(person.name, person.role, origin, organisation)
            for seat in person.seats:
                self.db.execute(insert(Seat.__table__).values(group=groups[seat.group], person=who, role=seat.role))
        present = {person.role for person in self.agenda.people}
        for role, name in STAFF:
            if role not in present:
                self._add_person(name, role, "setup")
        if account is not None:
            name = self.db.execute(select(Account.name).where(Account.id == account)).scalar_one()
            self._add_person(name, "organiser", "setup", account=account)

    def _add_person(
        self, name: str, role: str, origin: str, organisation: str | None = None, account: str | None = None
    ) -> str:
        who = new_id()
        return self._add(
            Person,
            id=who,
            event=self.event,
            name=name,
            role=role,
            origin=origin,
            organisation=organisation,
            account=account,
            link_hash=link_hash(link_token(self.key, who, 0)),
            created_at=self.now,
        )

    def _add_days(self, groups: dict[str, str]) -> None:
        for number, day in enumerate(self.agenda.days, start=1):
            day_id = self._add(Day, id=new_id(), event=self.event, number=number, date=day.date, title=day.title)
            self._add_room("day", day_id)
            for position, session in enumerate(day.sessions, start=1):
                session_id = self._add(
                    Session,
                    id=new_id(),
                    day=day_id,
                    number=position,
                    kind=session.kind,
                    title=session.title,
                    description=session.description,
                    starts_at=session.starts_at,
                    minutes=session.minutes,
                    fixed=session.fixed,
                )
                for board in session.boards:
                    write_board(
                        self.db,
                        self.event,
                        self.now,
                        session=session_id,
                        group=groups[board.group],
                        prompt=board.prompt,
                        lanes=board.board_lanes(),
                        activity=board.activity,
                    )

    def _add_room(self, kind: str, id: str) -> None:
        self._add(Room, id=f"{kind}:{id}", event=self.event, seq=0)

    def _add(self, table: Any, **values: Any) -> str:
        self.db.execute(insert(table.__table__).values(**values))
        return str(values["id"])
