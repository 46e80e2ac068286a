"""Ballots: opened with their step, held again in a further round, counted a second time."""

from __future__ import annotations

import logging

from sqlalchemy import and_, exists, insert, literal, select, update

from .. import recount, snapshot
from ..domain.events import StepOpened
from ..domain.refusals import Refused
from ..domain.steps import Step
from ..store.models import Ballot, Board, Elector, Person, Seat, new_id
from .context import Context
from .results import emit_results
from .signal import end_finished
from .spec import Nothing, command

log = logging.getLogger(__name__)


@command("ballot.renew", "board", Nothing)
def renew(ctx: Context, args: Nothing) -> None:
    """Hold the vote of the current step once more, on the same items, by those who are here now. The round before is
    closed and kept."""
    step = snapshot.current_step(ctx.place.row)
    if step is None or step.ballot is None:
        raise Refused("ballot_none")
    close_ballots(ctx)
    last = ctx.db.execute(
        select(Ballot.round)
        .where(Ballot.board == ctx.place.id, Ballot.step == step.id)
        .order_by(Ballot.round.desc())
        .limit(1)
    ).scalar()
    if last is None:
        raise Refused("ballot_none")
    _hold(ctx, step, last + 1)
    end_finished(ctx)
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(step_open=True, spotlight=None))
    board = snapshot.board_now(ctx.db, ctx.place.id)
    ctx.emit(StepOpened(step.id, snapshot.can(board), snapshot.ballot_card(ctx.db, board), snapshot.grace(board)))
    emit_results(ctx)


@command("ballot.recount", "board", Nothing)
def recount_ballot(ctx: Context, args: Nothing) -> None:
    """Count the ballot on show once more, in another way, from the stored votes. Where both agree, the results say
    when; the answer says whether they do."""
    ballot = snapshot.current_ballot(ctx.db, ctx.place.row)
    if ballot is None or not snapshot.shows_results(ctx.place.row):
        raise Refused("ballot_none")
    off = list(recount.by_hand(ctx.db, ctx.place.row, ballot))
    for finding in off:
        log.error("recount: %s", finding)
    ctx.answer["agrees"] = not off
    if not off:
        ctx.write(update(Ballot.__table__).where(Ballot.id == ballot.id).values(recounted_at=ctx.now))
        emit_results(ctx)


def open_ballot(ctx: Context, step: Step) -> None:
    """Go on with the step's last ballot, or hold its first."""
    ballot = ctx.db.execute(
        select(Ballot.id, Ballot.round)
        .where(Ballot.board == ctx.place.id, Ballot.step == step.id)
        .order_by(Ballot.round.desc())
        .limit(1)
    ).one_or_none()
    if ballot is None:
        _hold(ctx, step, 1)
    elif _came_sealed(ctx, ballot.id):
        _hold(ctx, step, ballot.round + 1)
    else:
        ctx.write(update(Ballot.__table__).where(Ballot.id == ballot.id).values(closed_at=None, recounted_at=None))
        _freeze_electorate(ctx, ballot.id)


def _came_sealed(ctx: Context, ballot: str) -> bool:
    """It was brought in with an archive that hides who voted: going on with it, people would vote twice."""
    stand_ins = (Person.origin == "import") & (Person.name == "")
    return ctx.db.execute(
        select(exists().where(Elector.ballot == ballot, Elector.person == Person.id, stand_ins))
    ).scalar_one()


def close_ballots(ctx: Context) -> None:
    ctx.write(
        update(Ballot.__table__)
        .where(Ballot.board == ctx.place.id, Ballot.closed_at.is_(None))
        .values(closed_at=ctx.now)
    )


def _hold(ctx: Context, step: Step, round: int) -> None:
    assert step.ballot is not None
    ballot = new_id()
    ctx.write(
        insert(Ballot.__table__).values(
            id=ballot,
            board=ctx.place.id,
            step=step.id,
            round=round,
            kind=step.ballot.kind,
            rules=step.ballot.data(),
            opened_at=ctx.now,
        )
    )
    _freeze_electorate(ctx, ballot)


def _freeze_electorate(ctx: Context, ballot: str) -> None:
    """Electors are the participants of the group who have come in by now. Nobody is ever taken off the list."""
    here = and_(Person.event == ctx.place.event, *snapshot.CAME_IN)
    if ctx.place.row.group_kind != "plenary":
        here = and_(here, exists().where(Seat.group == ctx.place.row.group, Seat.person == Person.id))
    already = exists().where(Elector.ballot == ballot, Elector.person == Person.id)
    ctx.write(
        insert(Elector.__table__).from_select(
            ["ballot", "voter", "person", "organisation"],
            select(literal(ballot), Person.id, Person.id, Person.organisation).where(here, ~already),
        )
    )
