"""Opening, closing and going back between the steps of a board. Nothing is destroyed by going back."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import and_, exists, insert, literal, select, update

from .. import snapshot
from ..domain import steps
from ..domain.events import ResultsCounted, StepClosed, StepOpened
from ..domain.refusals import Refused
from ..domain.steps import Step
from ..store.models import Ballot, Board, Elector, Person, Seat, new_id
from .context import Context
from .spec import Args, Nothing, command


class Open(Args):
    step: str = Field(min_length=1, max_length=20)


@command("step.open", "board", Open)
def open_step(ctx: Context, args: Open) -> None:
    """Open a step, whichever was open before. A vote step goes on with its ballot and lets latecomers in."""
    step = steps.find_step(snapshot.activity_steps(ctx.place.row), args.step)
    _rest_ballots(ctx)
    if step.ballot is not None:
        _open_ballot(ctx, step)
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(step=step.id, step_open=True))
    board = snapshot.board(ctx.db, ctx.place.id)
    ctx.emit(StepOpened(step.id, snapshot.can(board), snapshot.ballot_card(ctx.db, board)))
    emit_results(ctx)


@command("step.close", "board", Nothing)
def close_step(ctx: Context, args: Nothing) -> None:
    """Close the open step: from now on nothing more is accepted in it."""
    step = snapshot.current_step(ctx.place.row)
    if step is None or not ctx.place.row.step_open:
        raise Refused("step_not_open")
    _rest_ballots(ctx)
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(step_open=False))
    ctx.emit(StepClosed(step.id, snapshot.can(snapshot.board(ctx.db, ctx.place.id))))


def emit_results(ctx: Context) -> None:
    """Tell the room the results, if they are on show."""
    results = snapshot.results(ctx.db, snapshot.board(ctx.db, ctx.place.id))
    if results is not None:
        ctx.emit(ResultsCounted(results))


def _rest_ballots(ctx: Context) -> None:
    ctx.write(
        update(Ballot.__table__)
        .where(Ballot.board == ctx.place.id, Ballot.closed_at.is_(None))
        .values(closed_at=ctx.now)
    )


def _open_ballot(ctx: Context, step: Step) -> None:
    assert step.ballot is not None
    ballot = ctx.db.execute(
        select(Ballot.id).where(Ballot.board == ctx.place.id, Ballot.step == step.id)
    ).scalar_one_or_none()
    if ballot is None:
        ballot = new_id()
        ctx.write(
            insert(Ballot.__table__).values(
                id=ballot,
                board=ctx.place.id,
                step=step.id,
                **step.ballot.public(),
                secret=step.secret,
                opened_at=ctx.now,
            )
        )
    else:
        ctx.write(update(Ballot.__table__).where(Ballot.id == ballot).values(closed_at=None))
    _freeze_electorate(ctx, ballot)


def _freeze_electorate(ctx: Context, ballot: str) -> None:
    """Electors are the participants of the group who have come in by now. Nobody is ever taken off the list."""
    here = and_(Person.event == ctx.place.event, Person.role == "participant", Person.joined_at.is_not(None))
    if ctx.place.row.group_kind != "plenary":
        here = and_(here, exists().where(Seat.group == ctx.place.row.group, Seat.person == Person.id))
    already = exists().where(Elector.ballot == ballot, Elector.person == Person.id)
    ctx.write(
        insert(Elector.__table__).from_select(
            ["ballot", "person"], select(literal(ballot), Person.id).where(here, ~already)
        )
    )
