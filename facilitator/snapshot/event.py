"""The state of an event's room: its agenda, groups, organisations, people, guiding texts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, func, select

from ..domain.events import JSON
from ..store.models import (
    Board,
    Day,
    Event,
    Group,
    GroupQuestion,
    GroupRanking,
    GuidingText,
    JoinCode,
    Organisation,
    Person,
    Rotation,
    Seat,
    Session,
)
from .editions import editions
from .pictures import declined, pictures
from .stage import announcements, leads, stage


def event_state(db: Db, event: str) -> JSON:
    row = db.execute(select(*Event.__table__.c).where(Event.id == event)).one()
    code = db.execute(select(JoinCode.code).where(JoinCode.event == event, JoinCode.expired_at.is_(None))).scalar()
    people = [person_card(person, groups) for person, groups in _people(db, event)]
    return {
        "id": row.id,
        "title": row.title,
        "place": row.place,
        "purpose": row.purpose,
        "sample": row.sample,
        "archived_at": row.archived_at,
        "delete_at": row.delete_at,
        "join_code": code,
        "joined": sum(1 for card in people if card["joined"] and card["role"] == "participant" and not card["closed"]),
        "now": row.now_session,
        "days": _days(db, event),
        "groups": {
            g.id: {"id": g.id, "name": g.name, "kind": g.kind, "number": g.number}
            for g in db.execute(select(*Group.__table__.c).where(Group.event == event).order_by(Group.number))
        },
        "preference": preference(db, event),
        "rotations": {
            r.id: rotation_card(r)
            for r in db.execute(
                select(*Rotation.__table__.c).where(Rotation.event == event).order_by(Rotation.planned_at, Rotation.id)
            )
        },
        "organisations": {
            o.id: organisation_card(o)
            for o in db.execute(
                select(*Organisation.__table__.c).where(Organisation.event == event).order_by(Organisation.name)
            )
        },
        "people": {card["id"]: card for card in people},
        "frameworks": row.frameworks,
        "texts": {text["key"]: text for text in guiding_texts(db, event)},
        "announcements": {card["id"]: card for card in announcements(db, event)},
        "stage": stage(db, event),
        "leads": leads(db, event),
        "pictures": pictures(db, event),
        "declined": declined(db, event),
        "editions": editions(db, event),
    }


def guiding_texts(db: Db, event: str) -> list[JSON]:
    """The guiding texts as they stand, in the order in which they came to be."""
    rows = db.execute(
        select(*GuidingText.__table__.c).where(GuidingText.event == event).order_by(GuidingText.version, GuidingText.at)
    )
    standing: dict[str, JSON] = {}
    for row in rows:
        standing[row.key] = {
            "key": row.key,
            "version": row.version,
            "title": row.title,
            "text": row.text,
            "at": row.at,
            "board": row.board,
        }
    return list(standing.values())


def _days(db: Db, event: str) -> list[JSON]:
    sessions = _sessions(db, Day.event == event)
    return [
        {"id": d.id, "number": d.number, "date": d.date, "title": d.title, "sessions": sessions.get(d.id, [])}
        for d in db.execute(select(*Day.__table__.c).where(Day.event == event).order_by(Day.number))
    ]


def session_cards(db: Db, day: str) -> list[JSON]:
    """The sessions of a day, in order."""
    return _sessions(db, Day.id == day).get(day, [])


def _sessions(db: Db, which: Any) -> dict[str, list[JSON]]:
    """Day -> its sessions."""
    boards: dict[str, list[JSON]] = {}
    for b in db.execute(
        select(Board.id, Board.session, Board.group)
        .join(Session, Session.id == Board.session)
        .join(Day, Day.id == Session.day)
        .join(Group, Group.id == Board.group)
        .where(which)
        .order_by(Group.number)
    ):
        boards.setdefault(b.session, []).append({"id": b.id, "group": b.group})
    sessions: dict[str, list[JSON]] = {}
    for row in db.execute(
        select(*Session.__table__.c).join(Day, Day.id == Session.day).where(which).order_by(Day.number, Session.number)
    ):
        sessions.setdefault(row.day, []).append(session_card(row, boards.get(row.id, [])))
    return sessions


def session_now(db: Db, session: str) -> JSON:
    """The card of a session as it is now."""
    row = db.execute(select(*Session.__table__.c).where(Session.id == session)).one()
    boards = select(Board.id, Board.group).join(Group, Group.id == Board.group).where(Board.session == session)
    return session_card(row, [{"id": b.id, "group": b.group} for b in db.execute(boards.order_by(Group.number))])


def session_card(row: Row[Any], boards: list[JSON]) -> JSON:
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "description": row.description,
        "starts_at": row.starts_at,
        "minutes": row.minutes,
        "fixed": row.fixed,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "boards": boards,
    }


def _people(db: Db, event: str) -> Iterable[tuple[Row[Any], list[str]]]:
    seats: dict[str, list[str]] = {}
    for seat in db.execute(
        select(Seat.person, Seat.group)
        .join(Group, Group.id == Seat.group)
        .where(Group.event == event)
        .order_by(Group.number)
    ):
        seats.setdefault(seat.person, []).append(seat.group)
    rows = db.execute(
        select(*Person.__table__.c)
        .where(Person.event == event, Person.origin != "import", Person.role != "projector")
        .order_by(Person.created_at, Person.id)
    )
    return [(row, seats.get(row.id, [])) for row in rows]


def person_card(row: Row[Any], groups: list[str]) -> JSON:
    """What everybody at the event may know of a person."""
    return {
        "id": row.id,
        "name": row.name,
        "organisation": row.organisation,
        "role": row.role,
        "groups": groups,
        "languages": row.languages,
        "joined": row.joined_at is not None,
        "attendance": attendance(row),
        "closed": row.closed_at is not None,
    }


def attendance(row: Row[Any]) -> str:
    """`here`: came in, or ticked off at the door; `absent`: did not come; `expected`."""
    if row.joined_at is not None or row.checked_in_at is not None:
        return "here"
    return "absent" if row.absent_at is not None else "expected"


def preference(db: Db, event: str) -> JSON | None:
    """What people are asked about the groups that they want, or were asked last; null before."""
    row = db.execute(select(*GroupQuestion.__table__.c).where(GroupQuestion.event == event)).one_or_none()
    if row is None:
        return None
    answered = select(func.count()).select_from(GroupRanking).where(GroupRanking.event == event)
    return {
        "kind": row.kind,
        "most": row.most,
        "open": row.closed_at is None,
        "answered": int(db.execute(answered).scalar_one()),
    }


def rotation_card(row: Row[Any]) -> JSON:
    """Who sits where in which round, as everybody may know it."""
    return {
        "id": row.id,
        "hosts": row.hosts,
        "cap": row.cap,
        "seed": row.seed,
        "planned_at": row.planned_at,
        "rounds": [
            {
                "session": session,
                "locked": number in row.locked,
                "tables": [{"group": group, **table} for group, table in zip(row.groups, tables, strict=True)],
            }
            for number, (session, tables) in enumerate(zip(row.sessions, row.rounds, strict=True))
        ],
    }


def organisation_card(row: Row[Any]) -> JSON:
    return {"id": row.id, "name": row.name, "kind": row.kind, "colour": row.colour}


def person_cards(db: Db, event: str, which: Iterable[str]) -> list[JSON]:
    """The cards of some people of the event, in the order of the roster."""
    wanted = set(which)
    return [person_card(row, groups) for row, groups in _people(db, event) if row.id in wanted]


def joined(db: Db, event: str) -> int:
    """How many participants have come in."""
    came = select(func.count()).select_from(Person).where(*CAME_IN, Person.event == event)
    return int(db.execute(came).scalar_one())


CAME_IN = (
    Person.role == "participant",
    Person.origin != "import",
    Person.joined_at.is_not(None),
    Person.closed_at.is_(None),
)
