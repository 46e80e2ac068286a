"""The state of a day's room: its conclusions with all that they rest on, their ratification, how the day closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, func, select

from ..domain import ratification as ratifying
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
    Position,
    Proposal,
    Ratification,
    Ratified,
    Ratifier,
    Session,
    Source,
    Tag,
    Verdict,
    Wording,
)
from .board import signature


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
            "versions": [{"version": v.version, "text": v.text, "at": v.at, "by": v.by} for v in versions[row.id]],
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


# --- ratification ---------------------------------------------------------------------------------------------------


def ratification(db: Db, day: str) -> JSON | None:
    """The day's last ratification, as far as everybody may know of it while it goes on."""
    row = db.execute(
        select(*Ratification.__table__.c)
        .where(Ratification.day == day)
        .order_by(Ratification.opened_at.desc())
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    inside = (
        select(Ratified.conclusion)
        .join(Conclusion, Conclusion.id == Ratified.conclusion)
        .where(Ratified.ratification == row.id)
        .order_by(Conclusion.position)
    )
    electors = select(func.count()).select_from(Ratifier).where(Ratifier.ratification == row.id)
    return {
        "id": row.id,
        "open": row.closed_at is None,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "conclusions": list(db.execute(inside).scalars()),
        "quorum_people": row.quorum_people,
        "quorum_organisations": row.quorum_organisations,
        "support": row.support,
        "electors": db.execute(electors).scalar_one(),
        "voted": ratifiers_heard(db, row.id),
    }


def ratifiers_heard(db: Db, ratification: str) -> int:
    """How many people have taken a position on anything."""
    heard = select(func.count(func.distinct(Position.person))).where(Position.ratification == ratification)
    return int(db.execute(heard).scalar_one())


def ratifications(db: Db, conclusions: list[str]) -> dict[str, JSON]:
    """Conclusion -> what came of its last ratification that is closed: `{at, version, round, quorum_people,
    quorum_organisations, support, ...}` and the figures of `domain.ratification.count`."""
    rows = db.execute(
        select(*Ratification.__table__.c, Ratified.conclusion, Ratified.version)
        .join(Ratified, Ratified.ratification == Ratification.id)
        .where(Ratified.conclusion.in_(conclusions), Ratification.closed_at.is_not(None))
        .order_by(Ratification.opened_at)
    ).all()
    found: dict[str, JSON] = {}
    for row in rows:
        before = found.get(row.conclusion)
        found[row.conclusion] = {
            "at": row.closed_at,
            "version": row.version,
            "round": 1 + (before["round"] if before else 0),
            "quorum_people": row.quorum_people,
            "quorum_organisations": row.quorum_organisations,
            "asked_support": row.support,
            **count_ratification(db, row, row.conclusion),
        }
    return found


def count_ratification(db: Db, row: Any, conclusion: str) -> JSON:
    """Count the positions on a conclusion. `row` is the ratification's."""
    stands = [
        ratifying.Stand(p.person, p.value, p.reason)
        for p in db.execute(
            select(Position.person, Position.value, Position.reason)
            .where(Position.ratification == row.id, Position.conclusion == conclusion)
            .order_by(Position.person)
        )
    ]
    asked = db.execute(select(Ratifier.person, Ratifier.organisation).where(Ratifier.ratification == row.id))
    terms = ratifying.Terms(row.quorum_people, row.quorum_organisations, row.support)
    return ratifying.count(terms, stands, {elector.person: elector.organisation for elector in asked})


def my_positions(db: Db, day: str, who: str) -> dict[str, JSON]:
    """One's own positions, conclusion -> `{value, reason}`, the last one where there were several rounds."""
    rows = db.execute(
        select(Position.conclusion, Position.value, Position.reason)
        .join(Ratification, Ratification.id == Position.ratification)
        .where(Ratification.day == day, Position.person == who)
        .order_by(Ratification.opened_at)
    )
    return {row.conclusion: {"value": row.value, "reason": row.reason} for row in rows}


def may_report(db: Db, day: str, who: str) -> list[str]:
    """The conclusions beside which somebody may put a minority report."""
    mine = my_positions(db, day, who)
    results = ratifications(db, list(mine)) if mine else {}
    return [id for id, said in mine.items() if ratifying.may_dissent(results.get(id), said["value"])]


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
