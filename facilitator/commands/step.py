"""Opening, closing and going back between the steps of a board. Nothing is destroyed by going back."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import update

from .. import snapshot
from ..domain import steps
from ..domain.events import StepClosed, StepOpened
from ..domain.refusals import Refused
from ..store.models import Board
from .ballot import close_ballots, open_ballot
from .context import Context
from .proposal import reveal_private
from .results import emit_results
from .signal import end_finished
from .spec import Args, Nothing, command

GRACE_MS = 60_000


class Open(Args):
    step: str = Field(min_length=1, max_length=20)


@command("step.open", "board", Open)
def open_step(ctx: Context, args: Open) -> None:
    """Open a step, whichever was open before. A vote step goes on with its ballot and lets latecomers in. What was
    posted in private is on the board for everybody as soon as a step opens that is not private."""
    step = steps.find_step(snapshot.activity_steps(ctx.place.row), args.step)
    grace = _grace(ctx, step.id)
    close_ballots(ctx)
    end_finished(ctx)
    if not step.settings.hides_posts:
        reveal_private(ctx)
    if step.ballot is not None:
        open_ballot(ctx, step)
    _set(ctx, step=step.id, step_open=True, spotlight=None, **grace)
    board = snapshot.board_now(ctx.db, ctx.place.id)
    ctx.emit(StepOpened(step.id, snapshot.can(board), snapshot.ballot_card(ctx.db, board), snapshot.grace(board)))
    emit_results(ctx)


@command("step.close", "board", Nothing)
def close_step(ctx: Context, args: Nothing) -> None:
    """Close the open step: from now on nothing more is accepted in it, except that what was being written may still be
    sent for a minute, as a late proposal."""
    step = snapshot.current_step(ctx.place.row)
    if step is None or not ctx.place.row.step_open:
        raise Refused("step_not_open")
    close_ballots(ctx)
    _set(ctx, step_open=False, **_grace(ctx))
    board = snapshot.board_now(ctx.db, ctx.place.id)
    ctx.emit(StepClosed(step.id, snapshot.can(board), snapshot.grace(board)))


def _grace(ctx: Context, following: str | None = None) -> dict[str, Any]:
    """The grace that begins where an open step ends in which people write; none where one was open already."""
    board = ctx.place.row
    step = snapshot.current_step(board)
    if step is None or not board.step_open or step.id == following or "proposal.post" not in step.settings.allowed():
        return {}
    return {"grace_step": step.id, "grace_until": ctx.now + GRACE_MS}


def _set(ctx: Context, **values: Any) -> None:
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(**values))
