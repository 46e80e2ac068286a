"""Ratifications of a day: what everybody may know while one goes on, what came of it, and one's own part in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, func, select

from ..domain import ratification as ratifying
from ..domain.events import JSON
from ..store.models import Position, Ratification, Ratified, Ratifier

TERMS = ("quorum_people", "quorum_organisations", "support")


def ratification(db: Db, day: str) -> JSON | None:
    """The day's last ratification, as far as everybody may know of it while it goes on."""
    row = db.execute(
        select(*Ratification.__table__.c).where(Ratification.day == day).order_by(Ratification.number.desc()).limit(1)
    ).one_or_none()
    if row is None:
        return None
    inside = select(Ratified.conclusion).where(Ratified.ratification == row.id).order_by(Ratified.conclusion)
    electors = select(func.count()).select_from(Ratifier).where(Ratifier.ratification == row.id)
    return {
        "id": row.id,
        "open": row.closed_at is None,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "conclusions": list(db.execute(inside).scalars()),
        **{term: getattr(row, term) for term in TERMS},
        "electors": db.execute(electors).scalar_one(),
        "voted": ratifiers_heard(db, row.id),
    }


def ratifiers_heard(db: Db, ratification: str) -> int:
    """How many people have taken a position on anything."""
    heard = select(func.count(func.distinct(Position.person))).where(Position.ratification == ratification)
    return int(db.execute(heard).scalar_one())


def ratifications(db: Db, conclusions: list[str]) -> dict[str, JSON]:
    """Conclusion -> what came of its last ratification that is closed: `{id, at, version, round, quorum_people,
    quorum_organisations, asked_support, ...}` and the figures of `domain.ratification.count`. `version` is the wording
    that was ratified; `round` says how often the conclusion was in one."""
    rows: Sequence[Any] = db.execute(
        select(*Ratification.__table__.c, Ratified.conclusion, Ratified.version)
        .join(Ratified, Ratified.ratification == Ratification.id)
        .where(Ratified.conclusion.in_(conclusions), Ratification.closed_at.is_not(None))
        .order_by(Ratification.number)
    ).all()
    rounds: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        rounds[row.conclusion].append(row)
    last = {conclusion: held[-1] for conclusion, held in rounds.items()}
    held = {row.id for row in last.values()}
    stands: dict[tuple[str, str], list[ratifying.Stand]] = defaultdict(list)
    for p in db.execute(
        select(*Position.__table__.c)
        .where(Position.ratification.in_(held), Position.conclusion.in_(conclusions))
        .order_by(Position.person)
    ):
        stands[p.ratification, p.conclusion].append(ratifying.Stand(p.person, p.value, p.reason))
    asked: dict[str, dict[str, str | None]] = {ratification: {} for ratification in held}
    for elector in db.execute(select(*Ratifier.__table__.c).where(Ratifier.ratification.in_(held))):
        asked[elector.ratification][elector.person] = elector.organisation or elector.voice
    return {
        conclusion: {
            "id": row.id,
            "at": row.closed_at,
            "version": row.version,
            "round": len(rounds[conclusion]),
            "quorum_people": row.quorum_people,
            "quorum_organisations": row.quorum_organisations,
            "asked_support": row.support,
            **ratifying.count(
                ratifying.Terms(row.quorum_people, row.quorum_organisations, row.support),
                stands[row.id, conclusion],
                asked[row.id],
            ),
        }
        for conclusion, row in last.items()
    }


def my_positions(db: Db, ratification: str, who: str) -> dict[str, JSON]:
    """One's own positions in a ratification: conclusion -> `{value, reason}`."""
    rows = db.execute(
        select(Position.conclusion, Position.value, Position.reason)
        .where(Position.ratification == ratification, Position.person == who)
        .order_by(Position.conclusion)
    )
    return {row.conclusion: {"value": row.value, "reason": row.reason} for row in rows}


def may_report(db: Db, who: str) -> list[str]:
    """The conclusions beside which somebody may put a minority report: by their positions in the last closed
    ratification of each. What was said in an earlier one counts no longer, and who agrees dissents from nothing."""
    rows = db.execute(_MISGIVINGS, {"who": who}).all()
    results = ratifications(db, [row.conclusion for row in rows]) if rows else {}
    return [
        row.conclusion
        for row in rows
        if results[row.conclusion]["id"] == row.ratification
        and ratifying.may_dissent(results[row.conclusion]["outcome"], row.value)
    ]


_MISGIVINGS = (
    select(Position.ratification, Position.conclusion, Position.value)
    .join(Ratification, Ratification.id == Position.ratification)
    .where(
        Position.person == bindparam("who"),
        Position.value != ratifying.AGREE,
        Ratification.closed_at.is_not(None),
    )
    .order_by(Position.conclusion)
)
