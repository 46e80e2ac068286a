"""Summoning: everybody's screen comes along to the stage, until it is released."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import insert, update

from .. import snapshot
from ..domain.events import SummonCalled, SummonReleased
from ..domain.refusals import Refused
from ..store.models import Summon
from .announcement import require_groups
from .context import Context
from .spec import Args, Nothing, command


class Call(Args):
    groups: list[str] = Field(default=[], max_length=200)


@command("summon.call", "event", Call)
def call(ctx: Context, args: Call) -> None:
    """Let the screens of everybody, or of some groups, come along to the stage. It takes the place of an earlier
    summon."""
    groups = require_groups(ctx, args.groups)
    before = snapshot.summon(ctx.db, ctx.place.event)
    if before is not None:
        if before["groups"] == groups:
            return
        _release(ctx, before["id"])
    ctx.write(insert(Summon.__table__).values(id=ctx.id, event=ctx.place.event, groups=groups, by=ctx.who, at=ctx.now))
    ctx.emit(SummonCalled({"id": ctx.id, "groups": groups, "at": ctx.now}))


@command("summon.release", "event", Nothing)
def release(ctx: Context, args: Nothing) -> None:
    """Give everybody their own screen back."""
    before = snapshot.summon(ctx.db, ctx.place.event)
    if before is None:
        raise Refused("summon_none")
    _release(ctx, before["id"])
    ctx.emit(SummonReleased())


def _release(ctx: Context, summon: str) -> None:
    ctx.write(update(Summon.__table__).where(Summon.id == summon).values(released_at=ctx.now, released_by=ctx.who))
