"""Locking a board for a moment, whatever its step allows."""

from __future__ import annotations

from sqlalchemy import update

from .. import snapshot
from ..domain.events import BoardLocked, BoardUnlocked
from ..domain.refusals import Refused
from ..store.models import Board
from .context import Context
from .spec import Nothing, command


@command("board.lock", "board", Nothing)
def lock(ctx: Context, args: Nothing) -> None:
    """Lock the board: nothing of its group is accepted until it is unlocked. What is being typed is kept."""
    if ctx.place.row.locked_at is not None:
        raise Refused("board_locked")
    _set(ctx, locked_at=ctx.now, locked_by=ctx.who)
    ctx.emit(BoardLocked(ctx.now, snapshot.can(snapshot.board_now(ctx.db, ctx.place.id))))


@command("board.unlock", "board", Nothing)
def unlock(ctx: Context, args: Nothing) -> None:
    """Unlock the board."""
    if ctx.place.row.locked_at is None:
        raise Refused("board_standing")
    _set(ctx, locked_at=None, locked_by=None)
    ctx.emit(BoardUnlocked(snapshot.can(snapshot.board_now(ctx.db, ctx.place.id))))


def _set(ctx: Context, **values: object) -> None:
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(**values))
