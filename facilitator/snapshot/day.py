"""The state of a day's room: its conclusions, with their provenance."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, select

from ..domain.events import JSON
from ..domain.wording import difference
from ..store.models import Board, Conclusion, Day, Group, Proposal, Session, Source, Wording


def day_state(db: Db, day: str) -> JSON:
    row = db.execute(select(*Day.__table__.c).where(Day.id == day)).one()
    return {
        "id": row.id,
        "event": row.event,
        "number": row.number,
        "date": row.date,
        "title": row.title,
        "conclusions": conclusions(db, Conclusion.day == day),
    }


def conclusions(db: Db, which: Any) -> list[JSON]:
    """The conclusions that stand and match `which`, in order, with their provenance."""
    query: Select[Any] = (
        select(
            *Conclusion.__table__.c,
            Source.proposal,
            Source.text,
            Source.figures,
            Proposal.board,
            Proposal.author,
            Board.session,
            Board.group,
            Session.title.label("session_title"),
            Group.name.label("group_name"),
        )
        .join(Source, Source.conclusion == Conclusion.id)
        .join(Proposal, Proposal.id == Source.proposal)
        .join(Board, Board.id == Proposal.board)
        .join(Session, Session.id == Board.session)
        .join(Group, Group.id == Board.group)
        .where(which, Conclusion.taken_back_at.is_(None))
        .order_by(Conclusion.position)
    )
    rows = db.execute(query).all()
    versions: dict[str, list[JSON]] = {row.id: [] for row in rows}
    for v in db.execute(select(*Wording.__table__.c).where(Wording.of.in_(versions)).order_by(Wording.version)):
        versions[v.of].append({"version": v.version, "text": v.text, "at": v.at, "by": v.by})
    return [_conclusion(row, versions[row.id]) for row in rows]


def _conclusion(row: Row[Any], versions: list[JSON]) -> JSON:
    return {
        "id": row.id,
        "wording": row.wording,
        "at": row.at,
        "by": row.by,
        "versions": versions,
        "diff": [list(piece) for piece in difference(row.text, row.wording)],
        "source": {
            "proposal": row.proposal,
            "board": row.board,
            "session": row.session,
            "session_title": row.session_title,
            "group": row.group,
            "group_name": row.group_name,
            "text": row.text,
            "author": row.author,
            "ballot": row.figures,
        },
    }
