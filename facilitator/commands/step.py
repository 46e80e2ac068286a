"""Opening, closing and going back between the steps of a board. Nothing is destroyed by going back."""

from __future__ import annotations

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
from .spec import Args, Nothing, command


class Open(Args):
    step: str = Field(min_length=1, max_length=20)


@command("step.open", "board", Open)
def open_step(ctx: Context, args: Open) -> None:
    """Open a step, whichever was open before. A vote step goes on with its ballot and lets latecomers in. What was
    posted in private is on the board for everybody as soon as a step opens that is not private."""
    step = steps.find_step(snapshot.activity_steps(ctx.place.row), args.step)
    close_ballots(ctx)
    if not step.settings.hides_posts:
        reveal_private(ctx)
    if step.ballot is not None:
        open_ballot(ctx, step)
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(step=step.id, step_open=True))
    board = snapshot.board_now(ctx.db, ctx.place.id)
    ctx.emit(StepOpened(step.id, snapshot.can(board), snapshot.ballot_card(ctx.db, board)))
    emit_results(ctx)


@command("step.close", "board", Nothing)
def close_step(ctx: Context, args: Nothing) -> None:
    """Close the open step: from now on nothing more is accepted in it."""
    step = snapshot.current_step(ctx.place.row)
    if step is None or not ctx.place.row.step_open:
        raise Refused("step_not_open")
    close_ballots(ctx)
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(step_open=False))
    ctx.emit(StepClosed(step.id, snapshot.can(snapshot.board_now(ctx.db, ctx.place.id))))
