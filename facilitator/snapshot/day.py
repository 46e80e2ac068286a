"""The state of a day's room: its conclusions with all that they rest on, their ratification, how the day closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, select

from ..domain.events import JSON
from ..domain.wording import difference
from ..store.models import (
    Board,
    Conclusion,
    Day,
    DeskCard,
    DeskTheme,
    Group,
    MinorityReport,
    Person,
    Proposal,
    Session,
    Source,
    Tag,
    Verdict,
    Wording,
)
from .board import signature
from .ratification import ratification, ratifications


def day_state(db: Db, day: str) -> JSON:
    row = db.execute(select(*Day.__table__.c).where(Day.id == day)).one()
    return {
        "id": row.id,
        "event": row.event,
        "number": row.number,
        "date": row.date,
        "title": row.title,
        "conclusions": conclusions(db, Conclusion.day == day),
        "ratification": ratification(db, day),
        "closing": row.closing,
        "desk": desk(db, day),
    }


def desk(db: Db, day: str) -> dict[str, JSON]:
    """The theme desk: `{id, name, number, proposals}` by id, in order; `proposals` are ids of any board's."""
    rows = db.execute(
        select(DeskTheme.id, DeskTheme.name, DeskTheme.number, DeskCard.proposal)
        .outerjoin(DeskCard, DeskCard.theme == DeskTheme.id)
        .where(DeskTheme.day == day, DeskTheme.dissolved_at.is_(None))
        .order_by(DeskTheme.number, DeskCard.number)
    )
    themes: dict[str, JSON] = {}
    for row in rows:
        theme = themes.setdefault(row.id, {"id": row.id, "name": row.name, "number": row.number, "proposals": []})
        theme["proposals"] += [row.proposal] if row.proposal is not None else []
    return themes


# --- conclusions ----------------------------------------------------------------------------------------------------


def conclusions(db: Db, which: Any) -> list[JSON]:
    """The conclusions that stand and match `which`, in order, each with everything that belongs to it."""
    rows = db.execute(
        select(*Conclusion.__table__.c)
        .where(which, Conclusion.taken_back_at.is_(None))
        .order_by(Conclusion.day, Conclusion.position)
    ).all()
    ids = [row.id for row in rows]
    if not ids:
        return []
    versions = _by(db.execute(select(*Wording.__table__.c).where(Wording.of.in_(ids)).order_by(Wording.version)), "of")
    found = _by(db.execute(SOURCES.where(Source.conclusion.in_(ids)).order_by(Source.number)), "conclusion")
    tags = _by(
        db.execute(select(*Tag.__table__.c).where(Tag.conclusion.in_(ids)).order_by(Tag.framework, Tag.tag)),
        "conclusion",
    )
    reports = _by(
        db.execute(
            select(*MinorityReport.__table__.c, Person.organisation)
            .join(Person, Person.id == MinorityReport.by)
            .where(MinorityReport.conclusion.in_(ids), MinorityReport.withdrawn_at.is_(None))
            .order_by(MinorityReport.at, MinorityReport.id)
        ),
        "conclusion",
    )
    verdicts = _by(
        db.execute(select(*Verdict.__table__.c).where(Verdict.conclusion.in_(ids)).order_by(Verdict.number)),
        "conclusion",
    )
    ratified = ratifications(db, ids)
    return [
        {
            "id": row.id,
            "kind": row.kind,
            "wording": row.wording,
            "at": row.at,
            "by": row.by,
            "versions": wordings(versions[row.id]),
            "diff": _difference(row, found[row.id], versions[row.id]),
            "sources": [_source(source) for source in found[row.id]],
            "tags": [{"framework": tag.framework, "tag": tag.tag} for tag in tags.get(row.id, ())],
            "ratification": ratified.get(row.id),
            "minority": [
                {"id": r.id, "text": r.text, "author": r.by, "organisation": r.organisation, "at": r.at}
                for r in reports.get(row.id, ())
            ],
            "verdict": _verdict(verdicts[row.id][-1]) if row.id in verdicts else None,
        }
        for row in rows
    ]


def _source(row: Row[Any]) -> JSON:
    named = row.kind == "proposal" and row.names is not None
    return {
        "kind": row.kind,
        "board": row.board,
        "proposal": row.proposal,
        "theme": row.theme,
        "criterion": row.criterion,
        "session": row.session,
        "session_title": row.session_title,
        "group": row.group,
        "group_name": row.group_name,
        "text": row.text,
        "parts": row.parts,
        "author": signature(row)["author"] if named else None,
        "organisation": signature(row)["organisation"] if named else None,
        "ballot": row.figures,
    }


def wordings(rows: Sequence[Row[Any]], named: bool = True) -> list[JSON]:
    """Every wording, each with its difference from the one before; the first has none."""
    before: str | None = None
    found = []
    for row in rows:
        diff = [] if before is None else [list(piece) for piece in difference(before, row.text)]
        who = {"at": row.at if named else None, "by": row.by if named else None}
        found.append({"version": row.version, "text": row.text, **who, "diff": diff})
        before = row.text
    return found


def _difference(row: Row[Any], found: list[Row[Any]], versions: list[Row[Any]]) -> list[list[str]]:
    """From the proposal to the wording; where a conclusion rests on several things, from its first wording."""
    first = found[0].text if len(found) == 1 and found[0].kind == "proposal" else versions[0].text
    return [list(piece) for piece in difference(first, row.wording)]


def _verdict(row: Row[Any]) -> JSON:
    return {key: getattr(row, key) for key in ("verdict", "body", "reason", "at", "by")}


def _by(rows: Any, key: str) -> dict[str, list[Row[Any]]]:
    found: dict[str, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(getattr(row, key), []).append(row)
    return found


SOURCES: Select[Any] = (
    select(
        *Source.__table__.c,
        Proposal.author,
        Proposal.names,
        Proposal.at.label("proposed_at"),
        Person.organisation,
        Board.session,
        Board.group,
        Session.title.label("session_title"),
        Group.name.label("group_name"),
    )
    .join(Board, Board.id == Source.board)
    .join(Session, Session.id == Board.session)
    .join(Group, Group.id == Board.group)
    .outerjoin(Proposal, Proposal.id == Source.proposal)
    .outerjoin(Person, Person.id == Proposal.author)
)
