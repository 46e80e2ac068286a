"""Which group people want: each takes one, first come, first served, or each ranks them and a rule does its best."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from sqlalchemy import delete, func, insert, select, update

from .. import snapshot
from ..domain.events import GroupChosen, PreferenceAsked, PreferenceClosed, PreferenceRanked
from ..domain.refusals import Refused
from ..store.models import Group, GroupQuestion, GroupRanking, Person, Seat
from .context import Context
from .group import MOST_GROUPS
from .spec import Args, Nothing, command


class Ask(Args):
    kind: Literal["choice", "preference"]
    most: int | None = Field(default=None, ge=1, le=10_000)
    anew: bool = False


class Choose(Args):
    group: str | None = Field(default=None, max_length=36, pattern=r"^[0-9a-z-]+$")


class Rank(Args):
    order: list[str] = Field(max_length=MOST_GROUPS)


@command("preference.ask", "event", Ask)
def ask(ctx: Context, args: Ask) -> None:
    """Ask people which breakout group they want, with at most `most` in each: either each takes one (`choice`: first
    come, first served), or each ranks them (`preference`), and the groups are formed from that later. Asked once more,
    people may answer again; with `anew` their earlier orders are forgotten."""
    if not _groups(ctx):
        raise Refused("groups_none")
    before = snapshot.preference(ctx.db, ctx.place.event)
    forgotten = _forget(ctx, GroupRanking.event == ctx.place.event) if args.anew else 0
    values = {"kind": args.kind, "most": args.most, "asked_at": ctx.now, "asked_by": ctx.who}
    values |= {"closed_at": None, "closed_by": None}
    if before is None:
        ctx.write(insert(GroupQuestion.__table__).values(event=ctx.place.event, **values))
    elif forgotten or (before["kind"], before["most"], before["open"]) != (args.kind, args.most, True):
        ctx.write(update(GroupQuestion.__table__).where(GroupQuestion.event == ctx.place.event).values(**values))
    else:
        return
    after = snapshot.preference(ctx.db, ctx.place.event)
    assert after is not None
    ctx.emit(PreferenceAsked(after))


@command("preference.close", "event", Nothing)
def close(ctx: Context, args: Nothing) -> None:
    """Ask no longer. Places that were taken and orders that were given stay."""
    before = snapshot.preference(ctx.db, ctx.place.event)
    if before is None or not before["open"]:
        raise Refused("preference_none")
    ctx.write(
        update(GroupQuestion.__table__)
        .where(GroupQuestion.event == ctx.place.event)
        .values(closed_at=ctx.now, closed_by=ctx.who)
    )
    ctx.emit(PreferenceClosed())


@command("group.choose", "event", Choose)
def choose(ctx: Context, args: Choose) -> None:
    """Take a place in a breakout group, as long as people are asked to and it is not full, and leave the one before;
    null: only leave it. Overlay groups stay as they are."""
    question = snapshot.preference(ctx.db, ctx.place.event)
    if question is None or not question["open"] or question["kind"] != "choice":
        raise Refused("choice_closed")
    groups = _groups(ctx)
    if args.group is not None and args.group not in groups:
        raise Refused("group_missing_here")
    here = Seat.person == ctx.who, Seat.group.in_(list(groups))
    if ctx.db.execute(select(Seat.group).where(*here)).scalar() == args.group:
        return
    if args.group is not None and question["most"] is not None and _seated(ctx, args.group) >= question["most"]:
        raise Refused("group_full", name=groups[args.group], most=question["most"])
    ctx.write(delete(Seat.__table__).where(*here))
    if args.group is not None:
        ctx.write(insert(Seat.__table__).values(group=args.group, person=ctx.who, role="member"))
    ctx.emit(GroupChosen(snapshot.person_cards(ctx.db, ctx.place.event, [ctx.who])))


@command("preference.rank", "event", Rank)
def rank(ctx: Context, args: Rank) -> None:
    """Say one's own order of the breakout groups, best first; those that are left out share the place after it, and
    none at all takes it back. Nobody else sees it: the groups are formed from all orders together."""
    question = snapshot.preference(ctx.db, ctx.place.event)
    if question is None or not question["open"] or question["kind"] != "preference":
        raise Refused("ranking_closed")
    if not _groups(ctx).keys() >= set(args.order):
        raise Refused("group_missing_here")
    if len(set(args.order)) < len(args.order):
        raise Refused("group_ranked_twice")
    _forget(ctx, GroupRanking.person == ctx.who)
    if args.order:
        ctx.write(
            insert(GroupRanking.__table__).values(person=ctx.who, event=ctx.place.event, groups=args.order, at=ctx.now)
        )
    _tell_answered(ctx, question["answered"])


def forget_ranking(ctx: Context, person: str) -> None:
    """Somebody goes off the roster: their order goes with them."""
    if _forget(ctx, GroupRanking.person == person):
        _tell_answered(ctx)


def _tell_answered(ctx: Context, before: int | None = None) -> None:
    question = snapshot.preference(ctx.db, ctx.place.event)
    if question is not None and question["answered"] != before:
        ctx.emit(PreferenceRanked(question["answered"]))


def _forget(ctx: Context, which: object) -> int:
    """How many orders were forgotten."""
    return int(ctx.db.execute(delete(GroupRanking.__table__).where(which)).rowcount)  # type: ignore[arg-type]


def _groups(ctx: Context) -> dict[str, str]:
    """The breakout groups: id -> name."""
    rows = ctx.db.execute(select(Group.id, Group.name).where(Group.event == ctx.place.event, Group.kind == "breakout"))
    return {row.id: row.name for row in rows}


def _seated(ctx: Context, group: str) -> int:
    """How many participants sit in a group."""
    here = select(func.count()).select_from(Seat).join(Person, Person.id == Seat.person)
    taking_part = Person.role == "participant", Person.closed_at.is_(None)
    return int(ctx.db.execute(here.where(Seat.group == group, *taking_part)).scalar_one())
