"""Conclusions of a day: promoting, adding what they rest on, wording, kind, tags, order, taking back; and what was
decided on them after the event."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row, delete, func, insert, select, update

from .. import snapshot
from ..domain import text
from ..domain.events import (
    JSON,
    ConclusionClassified,
    ConclusionDecided,
    ConclusionExtended,
    ConclusionMoved,
    ConclusionPromoted,
    ConclusionReinstated,
    ConclusionReworded,
    ConclusionTagged,
    ConclusionTakenBack,
)
from ..domain.refusals import Refused
from ..store.models import Conclusion, Event, Ratification, Ratified, Source, Tag, Verdict, Wording
from . import cue, sources
from .context import Context
from .sources import Thing
from .spec import ID, TEXT, Args, command

Kind = Literal["conclusion", "decision", "recommendation", "action"]
SOURCES = Field(min_length=1, max_length=sources.MOST)


class Promote(Args):
    sources: list[Thing] = SOURCES
    wording: str = TEXT
    kind: Kind = "conclusion"


class Extend(Args):
    conclusion: str = ID
    sources: list[Thing] = SOURCES


class Reword(Args):
    conclusion: str = ID
    wording: str = TEXT


class Classify(Args):
    conclusion: str = ID
    kind: Kind


class TagArg(Args):
    framework: str = Field(max_length=20)
    tag: str = Field(max_length=20)


class Tags(Args):
    conclusion: str = ID
    tags: list[TagArg] = Field(max_length=100)


class Move(Args):
    conclusion: str = ID
    position: int = Field(ge=0, le=10_000)


class Which(Args):
    conclusion: str = ID


class Decide(Args):
    conclusion: str = ID
    verdict: Literal["adopted", "amended", "deferred", "rejected"]
    body: str = TEXT
    reason: str = TEXT


@command("conclusion.promote", "day", Promote)
def promote(ctx: Context, args: Promote) -> None:
    """Make a conclusion of the day out of one or several proposals, lines, themes or cells of an alignment. What they
    say and their ballots' figures are kept as they are now."""
    require_open_day(ctx)
    found = sources.find(ctx, args.sources)
    _require_new(ctx, {one.key for one in found})
    wording = text.conclusion_wording(args.wording)
    card = {"id": ctx.id, "day": ctx.place.id, "kind": args.kind, "position": len(_order(ctx)), "wording": wording}
    ctx.write(insert(Conclusion.__table__).values(**card, by=ctx.who, at=ctx.now))
    sources.write(ctx, ctx.id, found)
    _keep_wording(ctx, ctx.id, 1, wording)
    ctx.answer["conclusion"] = ctx.id
    ctx.emit(ConclusionPromoted(_card(ctx, ctx.id)))


@command("conclusion.extend", "day", Extend)
def extend(ctx: Context, args: Extend) -> None:
    """Let a conclusion rest on more: what another group found, for example."""
    conclusion = _changeable(ctx, args.conclusion)
    known = sources.rests_on(ctx, conclusion.id)
    more = [one for one in sources.find(ctx, args.sources) if one.key not in known]
    if not more:
        raise Refused("source_known")
    last = ctx.db.execute(select(func.max(Source.number)).where(Source.conclusion == conclusion.id)).scalar_one()
    sources.write(ctx, conclusion.id, more, after=last)
    ctx.emit(ConclusionExtended(_card(ctx, conclusion.id)))


@command("conclusion.reword", "day", Reword)
def reword(ctx: Context, args: Reword) -> None:
    """Give a conclusion a new wording; the earlier ones are kept."""
    conclusion = _changeable(ctx, args.conclusion)
    wording = text.conclusion_wording(args.wording)
    if wording == conclusion.wording:
        return
    last = ctx.db.execute(select(func.max(Wording.version)).where(Wording.of == conclusion.id)).scalar_one()
    _keep_wording(ctx, conclusion.id, last + 1, wording)
    _set(ctx, conclusion.id, wording=wording)
    ctx.emit(ConclusionReworded(_card(ctx, conclusion.id)))


@command("conclusion.classify", "day", Classify)
def classify(ctx: Context, args: Classify) -> None:
    """Say what a conclusion is: a conclusion, a decision, a recommendation or an action."""
    conclusion = _changeable(ctx, args.conclusion)
    if conclusion.kind != args.kind:
        _set(ctx, conclusion.id, kind=args.kind)
        ctx.emit(ConclusionClassified(_card(ctx, conclusion.id)))


@command("conclusion.tag", "day", Tags)
def tag(ctx: Context, args: Tags) -> None:
    """Say which goals and concerns of the event's frameworks a conclusion answers to: all of them."""
    conclusion = _standing(ctx, args.conclusion)
    frameworks = ctx.db.execute(select(Event.frameworks).where(Event.id == ctx.place.event)).scalar_one()
    known = {(framework["key"], tag["key"]) for framework in frameworks for tag in framework["tags"]}
    wanted = {(tag.framework, tag.tag) for tag in args.tags}
    if not wanted <= known:
        raise Refused("tag_unknown")
    rows = ctx.db.execute(select(Tag.framework, Tag.tag).where(Tag.conclusion == conclusion.id))
    before = {(row.framework, row.tag) for row in rows}
    if wanted == before:
        return
    for framework, gone in before - wanted:
        ctx.write(
            delete(Tag.__table__).where(Tag.conclusion == conclusion.id, Tag.framework == framework, Tag.tag == gone)
        )
    for framework, new in sorted(wanted - before):
        values = {"conclusion": conclusion.id, "framework": framework, "tag": new}
        ctx.write(insert(Tag.__table__).values(**values, by=ctx.who, at=ctx.now))
    ctx.emit(ConclusionTagged(_card(ctx, conclusion.id)))


@command("conclusion.move", "day", Move)
def move(ctx: Context, args: Move) -> None:
    """Put a conclusion at another place of the list (0 is the first)."""
    require_open_day(ctx)
    conclusion = _standing(ctx, args.conclusion)
    order = _order(ctx)
    if args.position >= len(order):
        raise Refused("position_unknown")
    order.remove(conclusion.id)
    order.insert(args.position, conclusion.id)
    _write_order(ctx, order)
    ctx.emit(ConclusionMoved(order))


@command("conclusion.take_back", "day", Which, stage=True)
def take_back(ctx: Context, args: Which) -> None:
    """Take a promotion back. The conclusion can be reinstated."""
    conclusion = _changeable(ctx, args.conclusion)
    _set(ctx, conclusion.id, taken_back_at=ctx.now, taken_back_by=ctx.who)
    _write_order(ctx, _order(ctx))
    ctx.emit(ConclusionTakenBack(conclusion.id))
    cue.retract(ctx, conclusion.id)


@command("conclusion.reinstate", "day", Which)
def reinstate(ctx: Context, args: Which) -> None:
    """Let a conclusion stand again that was taken back, as near to its place as can be."""
    require_open_day(ctx)
    conclusion = _find(ctx, args.conclusion)
    if conclusion.taken_back_at is None:
        raise Refused("conclusion_standing")
    _require_new(ctx, sources.rests_on(ctx, conclusion.id))
    order = _order(ctx)
    order.insert(min(conclusion.position, len(order)), conclusion.id)
    _set(ctx, conclusion.id, taken_back_at=None, taken_back_by=None)
    _write_order(ctx, order)
    ctx.emit(ConclusionReinstated(_card(ctx, conclusion.id), order))


@command("conclusion.decide", "day", Decide)
def decide(ctx: Context, args: Decide) -> None:
    """Note what a body, the board of directors for example, has decided on a conclusion after the event, and why."""
    conclusion = _standing(ctx, args.conclusion)
    body, reason = text.body_name(args.body), text.remark(args.reason)
    if args.verdict != "adopted" and not reason:
        raise Refused("verdict_needs_reason")
    last = ctx.db.execute(
        select(*Verdict.__table__.c).where(Verdict.conclusion == conclusion.id).order_by(Verdict.number.desc()).limit(1)
    ).one_or_none()
    if last is not None and (last.verdict, last.body, last.reason) == (args.verdict, body, reason):
        return
    ctx.write(
        insert(Verdict.__table__).values(
            conclusion=conclusion.id,
            number=1 + (last.number if last else 0),
            verdict=args.verdict,
            body=body,
            reason=reason,
            by=ctx.who,
            at=ctx.now,
        )
    )
    ctx.emit(ConclusionDecided(_card(ctx, conclusion.id)))


# --- used by other commands too -------------------------------------------------------------------------------------


def find(ctx: Context, conclusion: str) -> Row[Any]:
    """A conclusion of the day that stands."""
    return _standing(ctx, conclusion)


def require_open_day(ctx: Context) -> None:
    if ctx.place.row.closed_at is not None:
        raise Refused("day_closed")


def running(ctx: Context) -> Row[Any] | None:
    """The day's ratification that is open."""
    return ctx.db.execute(
        select(*Ratification.__table__.c).where(Ratification.day == ctx.place.id, Ratification.closed_at.is_(None))
    ).one_or_none()


def _require_new(ctx: Context, keys: set[tuple[str | None, ...]]) -> None:
    """No conclusion that stands rests on exactly the same."""
    if any(sources.rests_on(ctx, conclusion) == keys for conclusion in _order(ctx)):
        raise Refused("already_promoted")


def _order(ctx: Context) -> list[str]:
    standing = select(Conclusion.id).where(Conclusion.day == ctx.place.id, Conclusion.taken_back_at.is_(None))
    return list(ctx.db.execute(standing.order_by(Conclusion.position)).scalars())


def _write_order(ctx: Context, order: list[str]) -> None:
    for position, conclusion in enumerate(order):
        _set(ctx, conclusion, position=position)


def _find(ctx: Context, conclusion: str) -> Row[Any]:
    row = ctx.db.execute(
        select(*Conclusion.__table__.c).where(Conclusion.id == conclusion, Conclusion.day == ctx.place.id)
    ).one_or_none()
    if row is None:
        raise Refused("conclusion_unknown")
    return row


def _standing(ctx: Context, conclusion: str) -> Row[Any]:
    row = _find(ctx, conclusion)
    if row.taken_back_at is not None:
        raise Refused("conclusion_taken_back")
    return row


def _changeable(ctx: Context, conclusion: str) -> Row[Any]:
    """What people are being asked about, or have gone home with, is not changed behind their backs."""
    row = _standing(ctx, conclusion)
    require_open_day(ctx)
    ratification = running(ctx)
    asked = (
        ratification is not None
        and ctx.db.execute(
            select(Ratified.conclusion).where(
                Ratified.ratification == ratification.id, Ratified.conclusion == conclusion
            )
        ).first()
    )
    if asked:
        raise Refused("ratification_running")
    return row


def _card(ctx: Context, conclusion: str) -> JSON:
    return snapshot.conclusions(ctx.db, Conclusion.id == conclusion)[0]


def _set(ctx: Context, conclusion: str, **values: Any) -> None:
    ctx.write(update(Conclusion.__table__).where(Conclusion.id == conclusion).values(**values))


def _keep_wording(ctx: Context, of: str, version: int, wording: str) -> None:
    ctx.write(insert(Wording.__table__).values(of=of, version=version, text=wording, by=ctx.who, at=ctx.now))
