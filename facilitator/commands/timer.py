"""A board's timer. It travels as the moment of its end, never as a duration; nothing closes when it runs out."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import update

from .. import snapshot
from ..domain.events import TimerExtended, TimerStarted, TimerStopped
from ..domain.refusals import Refused
from ..store.models import Board
from .context import Context
from .spec import Args, Nothing, command

LONGEST_HOURS = 12


class Seconds(Args):
    seconds: int = Field(ge=-86_400, le=86_400)


@command("timer.start", "board", Seconds)
def start(ctx: Context, args: Seconds) -> None:
    """Start the board's timer (seconds from now), in place of one that runs."""
    ends_at = ctx.now + _checked(args.seconds) * 1000
    _write(ctx, ctx.now, ends_at)
    ctx.emit(TimerStarted({"started_at": ctx.now, "ends_at": ends_at}))


@command("timer.extend", "board", Seconds)
def extend(ctx: Context, args: Seconds) -> None:
    """Move the end of the timer by some seconds, forward or back. One that has run out runs on from now."""
    timer = snapshot.timer(ctx.place.row)
    if timer is None:
        raise Refused("no_timer")
    ends_at = max(timer["ends_at"], ctx.now) if args.seconds > 0 else timer["ends_at"]
    ends_at = max(ends_at + args.seconds * 1000, ctx.now)
    _checked(max(1, (ends_at - ctx.now) // 1000))
    _write(ctx, timer["started_at"], ends_at)
    ctx.emit(TimerExtended({"started_at": timer["started_at"], "ends_at": ends_at}))


@command("timer.stop", "board", Nothing)
def stop(ctx: Context, args: Nothing) -> None:
    """Take the timer away."""
    if snapshot.timer(ctx.place.row) is None:
        raise Refused("no_timer")
    _write(ctx, None, None)
    ctx.emit(TimerStopped())


def _checked(seconds: int) -> int:
    if seconds < 1:
        raise Refused("timer_short")
    if seconds > LONGEST_HOURS * 3600:
        raise Refused("timer_long", limit=LONGEST_HOURS)
    return seconds


def _write(ctx: Context, started_at: int | None, ends_at: int | None) -> None:
    ctx.write(
        update(Board.__table__)
        .where(Board.id == ctx.place.id)
        .values(timer_started_at=started_at, timer_ends_at=ends_at)
    )
