"""Ratifying conclusions: everybody is asked, in secret; who dissents may put a minority report beside them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from sqlalchemy import func, insert, select, update

from .. import snapshot
from ..domain import ratification, text
from ..domain.events import MinorityReported, MinorityWithdrawn, PositionTaken, RatificationClosed, RatificationOpened
from ..domain.refusals import Refused
from ..store.models import (
    Conclusion,
    MinorityReport,
    Person,
    Position,
    Ratification,
    Ratified,
    Ratifier,
    Wording,
)
from .conclusion import find, require_open_day, running
from .context import Context
from .spec import ID, TEXT, Args, Nothing, command

PERCENT = Field(ge=0, le=100)


class Open(Args):
    conclusions: list[Annotated[str, ID]] | None = Field(default=None, max_length=500)
    quorum_people: int = PERCENT
    quorum_organisations: int = PERCENT
    support: int = PERCENT


class Take(Args):
    conclusion: str = ID
    value: int
    reason: str = Field(default="", max_length=20_000)


class Report(Args):
    conclusion: str = ID
    text: str = TEXT


class Withdraw(Args):
    report: str = ID


@command("ratification.open", "day", Open)
def open_ratification(ctx: Context, args: Open) -> None:
    """Ask everybody who is here to stand behind conclusions of the day (null: all of them), in the wording that they
    have now. The command's id becomes the ratification's."""
    require_open_day(ctx)
    if running(ctx) is not None:
        raise Refused("ratification_open")
    standing = list(
        ctx.db.execute(
            select(Conclusion.id)
            .where(Conclusion.day == ctx.place.id, Conclusion.taken_back_at.is_(None))
            .order_by(Conclusion.position)
        ).scalars()
    )
    wanted = standing if args.conclusions is None else [find(ctx, id).id for id in dict.fromkeys(args.conclusions)]
    if not wanted:
        raise Refused("nothing_to_ratify")
    terms = args.model_dump(include={"quorum_people", "quorum_organisations", "support"})
    held = select(func.count()).select_from(Ratification).where(Ratification.day == ctx.place.id)
    terms |= {"number": 1 + ctx.db.execute(held).scalar_one()}
    ctx.write(
        insert(Ratification.__table__).values(id=ctx.id, day=ctx.place.id, by=ctx.who, opened_at=ctx.now, **terms)
    )
    versions = select(Wording.of, func.max(Wording.version).label("last")).where(Wording.of.in_(wanted))
    for row in ctx.db.execute(versions.group_by(Wording.of)).all():
        ctx.write(insert(Ratified.__table__).values(ratification=ctx.id, conclusion=row.of, version=row.last))
    here = ctx.db.execute(
        select(Person.id, Person.organisation).where(Person.event == ctx.place.event, *snapshot.CAME_IN)
    ).all()
    if here:
        rows = [{"ratification": ctx.id, "person": row.id, "organisation": row.organisation} for row in here]
        ctx.write(insert(Ratifier.__table__), rows)
    ctx.answer["ratification"] = ctx.id
    card = snapshot.ratification(ctx.db, ctx.place.id)
    assert card is not None
    ctx.emit(RatificationOpened(card))


@command("position.take", "day", Take)
def take(ctx: Context, args: Take) -> None:
    """Say where one stands on a conclusion: agree (3), can live with it (2), or object (0) with a reason. Until the
    ratification is closed it can be changed."""
    asked = running(ctx)
    if asked is None:
        raise Refused("ratification_none")
    here = select(Ratified.conclusion).where(Ratified.ratification == asked.id, Ratified.conclusion == args.conclusion)
    if ctx.db.execute(here).first() is None:
        raise Refused("not_ratified_now")
    elector = select(Ratifier.person).where(Ratifier.ratification == asked.id, Ratifier.person == ctx.who)
    if ctx.db.execute(elector).first() is None:
        raise Refused("not_asked")
    ratification.check(args.value, args.reason)
    reason = text.remark(args.reason) or None
    heard = snapshot.ratifiers_heard(ctx.db, asked.id)
    mine = (Position.ratification == asked.id) & (Position.person == ctx.who) & (Position.conclusion == args.conclusion)
    before = ctx.db.execute(select(Position.value, Position.reason).where(mine)).one_or_none()
    if before is not None and tuple(before) == (args.value, reason):
        return
    if before is None:
        row = {"ratification": asked.id, "person": ctx.who, "conclusion": args.conclusion}
        ctx.write(insert(Position.__table__).values(**row, value=args.value, reason=reason))
    else:
        ctx.write(update(Position.__table__).where(mine).values(value=args.value, reason=reason))
    now_heard = snapshot.ratifiers_heard(ctx.db, asked.id)
    if now_heard != heard:  # what somebody thinks better of is not heard: it would say when, and so perhaps who
        ctx.emit(PositionTaken(now_heard))


@command("ratification.close", "day", Nothing)
def close(ctx: Context, args: Nothing) -> None:
    """Close the ratification: from now on its conclusions say what came of it."""
    asked = running(ctx)
    if asked is None:
        raise Refused("ratification_none")
    ctx.write(update(Ratification.__table__).where(Ratification.id == asked.id).values(closed_at=ctx.now))
    inside = select(Ratified.conclusion).where(Ratified.ratification == asked.id)
    card = snapshot.ratification(ctx.db, ctx.place.id)
    assert card is not None
    ctx.emit(RatificationClosed(card, snapshot.conclusions(ctx.db, Conclusion.id.in_(inside))))


@command("minority.report", "day", Report)
def report(ctx: Context, args: Report) -> None:
    """Put a minority report beside a conclusion that one did not agree with, under one's name. A new one replaces one's
    own earlier one, which is kept on record."""
    conclusion = find(ctx, args.conclusion)
    if conclusion.id not in snapshot.may_report(ctx.db, ctx.who):
        raise Refused("not_dissenting")
    said = text.minority_report(args.text)
    mine = select(MinorityReport.id).where(
        MinorityReport.conclusion == conclusion.id,
        MinorityReport.by == ctx.who,
        MinorityReport.withdrawn_at.is_(None),
    )
    for earlier in ctx.db.execute(mine).scalars().all():
        _withdraw(ctx, earlier, conclusion.id)
    ctx.write(
        insert(MinorityReport.__table__).values(id=ctx.id, conclusion=conclusion.id, text=said, by=ctx.who, at=ctx.now)
    )
    ctx.answer["report"] = ctx.id
    ctx.emit(MinorityReported(snapshot.conclusions(ctx.db, Conclusion.id == conclusion.id)[0]))


@command("minority.withdraw", "day", Withdraw)
def withdraw(ctx: Context, args: Withdraw) -> None:
    """Take one's own minority report back. It is kept on record, and no longer shown."""
    row = ctx.db.execute(
        select(*MinorityReport.__table__.c)
        .join(Conclusion, Conclusion.id == MinorityReport.conclusion)
        .where(
            MinorityReport.id == args.report,
            MinorityReport.by == ctx.who,
            MinorityReport.withdrawn_at.is_(None),
            Conclusion.day == ctx.place.id,
            Conclusion.taken_back_at.is_(None),
        )
    ).one_or_none()
    if row is None:
        raise Refused("report_unknown")
    _withdraw(ctx, row.id, row.conclusion)


def _withdraw(ctx: Context, report: str, conclusion: str) -> None:
    ctx.write(update(MinorityReport.__table__).where(MinorityReport.id == report).values(withdrawn_at=ctx.now))
    ctx.emit(MinorityWithdrawn(snapshot.conclusions(ctx.db, Conclusion.id == conclusion)[0]))
