"""Signals: a raised hand, “I have finished”, and the group's call for its facilitator."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import insert, select, update

from .. import snapshot
from ..domain.events import SignalEnded, SignalGiven
from ..domain.refusals import Refused
from ..store.models import Signal
from .context import Context
from .spec import ID, Args, command


class Give(Args):
    kind: Literal["hand", "finished", "help"]


class Which(Args):
    signal: str = ID


@command("signal.give", "board", Give)
def give(ctx: Context, args: Give) -> None:
    """Raise a hand, say that one has finished the step, or call the facilitator for the group. The command's id becomes
    the signal's; one that stands already stays."""
    here = select(Signal.id).where(Signal.board == ctx.place.id, Signal.kind == args.kind, Signal.ended_at.is_(None))
    if args.kind != "help":  # one call for help is the whole group's
        here = here.where(Signal.person == ctx.who)
    if ctx.db.execute(here).first() is not None:
        return
    ctx.write(
        insert(Signal.__table__).values(id=ctx.id, board=ctx.place.id, person=ctx.who, kind=args.kind, at=ctx.now)
    )
    ctx.answer["signal"] = ctx.id
    ctx.emit(SignalGiven(snapshot.signals(ctx.db, ctx.place.id)[ctx.id]))


@command("signal.end", "board", Which)
def end(ctx: Context, args: Which) -> None:
    """Take a signal down: one's own; the group's call for help; any, for who facilitates."""
    signal = snapshot.signals(ctx.db, ctx.place.id).get(args.signal)
    if signal is None:
        raise Refused("signal_unknown")
    if signal["person"] != ctx.who and signal["kind"] != "help" and not ctx.place.steers:
        raise Refused("signal_not_own")
    ctx.write(update(Signal.__table__).where(Signal.id == args.signal).values(ended_at=ctx.now, ended_by=ctx.who))
    ctx.emit(SignalEnded(args.signal))


def end_finished(ctx: Context) -> None:
    """A new step: nobody has finished it yet. The event that opens the step says so."""
    ctx.write(
        update(Signal.__table__)
        .where(Signal.board == ctx.place.id, Signal.kind == "finished", Signal.ended_at.is_(None))
        .values(ended_at=ctx.now, ended_by=ctx.who)
    )
