"""What the whole event looks at: the stage with what is lined up for it, summons and announcements; and who looks after
which group."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, select

from .. import access
from ..access import Place
from ..domain.events import JSON
from ..store.models import Announcement, Board, Cue, Group, Lead, Session, Summon


def stage(db: Db, event: str) -> JSON:
    """`{cue, summon, waiting, shown}`: what is on, whether screens come along, what is lined up, and what has been on
    (last first, without its content)."""
    rows = db.execute(CUES.where(Cue.event == event)).all()
    on = [row for row in rows if row.shown_at is not None and row.ended_at is None]
    waiting = sorted((row for row in rows if row.shown_at is None), key=lambda row: row.position)
    shown = sorted((row for row in rows if row.ended_at is not None), key=lambda row: (-row.ended_at, row.id))
    return {
        "cue": cue_card(on[0], with_content=True) if on else None,
        "summon": summon(db, event),
        "waiting": [cue_card(row) for row in waiting],
        "shown": [cue_card(row) for row in shown],
    }


def cue_card(row: Row[Any], with_content: bool = False) -> JSON:
    return {
        "id": row.id,
        "view": row.view,
        "board": row.board,
        "proposal": row.proposal,
        "day": row.day,
        "conclusion": row.conclusion,
        "title": row.title,
        "group": row.group,
        "content": row.content if with_content else None,
        "page": row.page,
        "at": row.at,
        "shown_at": row.shown_at,
        "ended_at": row.ended_at,
    }


def summon(db: Db, event: str) -> JSON | None:
    row = db.execute(
        select(*Summon.__table__.c).where(Summon.event == event, Summon.released_at.is_(None))
    ).one_or_none()
    return {"id": row.id, "groups": row.groups, "at": row.at} if row else None


def announcements(db: Db, event: str) -> list[JSON]:
    """The announcements that stand and that everybody may know, in order."""
    return [card for card, kept in _announcements(db, event) if not kept]


def kept_announcements(db: Db, place: Place, groups: list[str]) -> dict[str, JSON]:
    """Those that stand and are for overlay groups alone, as somebody with seats in `groups` may know them."""
    cards = [card for card, kept in _announcements(db, place.event) if kept]
    return {card["id"]: card for card in cards if place.steers or set(groups) & set(card["groups"])}


def _announcements(db: Db, event: str) -> list[tuple[JSON, bool]]:
    """All that stand, in order, and whether they are kept to the people of their groups."""
    rows = db.execute(_ANNOUNCEMENTS, {"event": event}).all()
    if not rows:
        return []
    kinds = {row.id: row.kind for row in db.execute(select(Group.id, Group.kind).where(Group.event == event))}
    return [
        (
            {key: getattr(row, key) for key in ("id", "text", "groups", "at", "by")},
            access.keeps([kinds[group] for group in row.groups if group in kinds]),
        )
        for row in rows
    ]


def leads(db: Db, event: str) -> JSON:
    """Group -> `{person, at}`: the facilitator who looks after it."""
    rows = db.execute(
        select(Lead.group, Lead.person, Lead.at)
        .join(Group, Group.id == Lead.group)
        .where(Group.event == event, Lead.ended_at.is_(None))
        .order_by(Group.number)
    )
    return {row.group: {"person": row.person, "at": row.at} for row in rows}


CUES: Select[Any] = (
    select(*Cue.__table__.c, Session.title, Board.group)
    .outerjoin(Board, Board.id == Cue.board)
    .outerjoin(Session, Session.id == Board.session)
)
_ANNOUNCEMENTS: Select[Any] = (
    select(*Announcement.__table__.c)
    .where(Announcement.event == bindparam("event"), Announcement.ended_at.is_(None))
    .order_by(Announcement.at, Announcement.id)
)
