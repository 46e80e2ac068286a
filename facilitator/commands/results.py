"""Telling a board's room the results, while they are on show."""

from __future__ import annotations

from sqlalchemy import update

from .. import snapshot
from ..domain.events import ResultsCounted
from ..store.models import Ballot
from .context import Context


def emit_results(ctx: Context) -> None:
    """Count anew from the stored votes and tell the room, if results are on show."""
    board = snapshot.board_now(ctx.db, ctx.place.id)
    if not snapshot.shows_results(board):
        return
    ballot = snapshot.current_ballot(ctx.db, board)
    if ballot is None:
        return
    ctx.write(update(Ballot.__table__).where(Ballot.id == ballot.id).values(counted_at=ctx.now))
    results = snapshot.results(ctx.db, board)
    if results is not None:
        ctx.emit(ResultsCounted(results))
