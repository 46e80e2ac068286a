"""Closing a day: what was concluded, what is parked, what the next day starts from."""

from __future__ import annotations

from sqlalchemy import select, update

from .. import snapshot
from ..domain import text
from ..domain.events import JSON, DayClosed, DayReopened
from ..domain.refusals import Refused
from ..store.models import Board, Conclusion, Day, Group, Parked, Proposal, Session
from .conclusion import running
from .context import Context
from .spec import TEXT, Args, Nothing, command


class Close(Args):
    note: str = TEXT


@command("day.close", "day", Close)
def close(ctx: Context, args: Close) -> None:
    """Close the day. What stands by now and what waits in the parking lots is kept beside the note, which says what the
    next day starts from. Its conclusions are not changed any more, unless the day is reopened."""
    if ctx.place.row.closed_at is not None:
        raise Refused("day_closed")
    if running(ctx) is not None:
        raise Refused("ratification_running")
    conclusions = snapshot.conclusions(ctx.db, Conclusion.day == ctx.place.id)
    closing: JSON = {
        "at": ctx.now,
        "by": ctx.who,
        "note": text.remark(args.note),
        "conclusions": [{key: card[key] for key in ("id", "kind", "wording")} for card in conclusions],
        "parked": _parked(ctx),
    }
    _set(ctx, closed_at=ctx.now, closed_by=ctx.who, closing=closing)
    ctx.emit(DayClosed(closing))


@command("day.reopen", "day", Nothing)
def reopen(ctx: Context, args: Nothing) -> None:
    """Let a closed day go on."""
    if ctx.place.row.closed_at is None:
        raise Refused("day_not_closed")
    _set(ctx, closed_at=None, closed_by=None, closing=None)
    ctx.emit(DayReopened())


def _parked(ctx: Context) -> list[JSON]:
    rows = ctx.db.execute(
        select(Proposal.id, Proposal.board, Proposal.text, Group.name, Parked.owner, Parked.answer)
        .join(Board, Board.id == Proposal.board)
        .join(Session, Session.id == Board.session)
        .join(Group, Group.id == Board.group)
        .outerjoin(Parked, Parked.proposal == Proposal.id)
        .where(
            Session.day == ctx.place.id,
            Group.kind != "overlay",  # what those park is theirs
            Proposal.parked_at.is_not(None),
            Proposal.hidden_at.is_(None),
            Proposal.withdrawn_at.is_(None),
            Proposal.merged_into.is_(None),
        )
        .order_by(Session.number, Group.number, Proposal.number)
    )
    return [
        {
            "proposal": row.id,
            "board": row.board,
            "group_name": row.name,
            "text": row.text,
            "owner": row.owner,
            "answer": row.answer,
        }
        for row in rows
    ]


def _set(ctx: Context, **values: object) -> None:
    ctx.write(update(Day.__table__).where(Day.id == ctx.place.id).values(**values))
