"""Promoting a proposal into a conclusion of the day; wording, order, taking back."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, func, insert, select, update

from .. import snapshot
from ..domain import text
from ..domain.events import (
    JSON,
    ConclusionMoved,
    ConclusionPromoted,
    ConclusionReinstated,
    ConclusionReworded,
    ConclusionTakenBack,
)
from ..domain.refusals import Refused
from ..store.models import Conclusion, Proposal, Source, Wording
from .context import Context
from .proposal import require_standing
from .spec import ID, Args, command

TEXT = Field(max_length=20_000)


class Promote(Args):
    proposal: str = ID
    wording: str = TEXT


class Reword(Args):
    conclusion: str = ID
    wording: str = TEXT


class Move(Args):
    conclusion: str = ID
    position: int = Field(ge=0, le=10_000)


class Which(Args):
    conclusion: str = ID


@command("conclusion.promote", "day", Promote)
def promote(ctx: Context, args: Promote) -> None:
    """Make a proposal a conclusion of its day. Its text and its ballot's figures are kept as they are now."""
    proposal = ctx.db.execute(select(*Proposal.__table__.c).where(Proposal.id == args.proposal)).one_or_none()
    board = snapshot.board_now(ctx.db, proposal.board) if proposal else None
    if proposal is None or board is None or board.event != ctx.place.event:
        raise Refused("proposal_unknown")
    if board.day != ctx.place.id:
        raise Refused("other_day")
    if proposal.revealed_at is None:
        raise Refused("proposal_unknown")
    require_standing(proposal)
    if _promoted(ctx, proposal.id):
        raise Refused("already_promoted")
    wording = text.conclusion_wording(args.wording)
    ballot, figures = _figures(ctx, board, proposal.id)
    ctx.write(
        insert(Conclusion.__table__).values(
            id=ctx.id, day=ctx.place.id, position=len(_order(ctx)), wording=wording, by=ctx.who, at=ctx.now
        )
    )
    ctx.write(
        insert(Source.__table__).values(
            conclusion=ctx.id, proposal=proposal.id, text=proposal.text, ballot=ballot, figures=figures
        )
    )
    _keep_wording(ctx, ctx.id, 1, wording)
    ctx.answer["conclusion"] = ctx.id
    ctx.emit(ConclusionPromoted(_card(ctx, ctx.id)))


@command("conclusion.reword", "day", Reword)
def reword(ctx: Context, args: Reword) -> None:
    """Give a conclusion a new wording; the earlier ones are kept."""
    conclusion = _standing(ctx, args.conclusion)
    wording = text.conclusion_wording(args.wording)
    if wording == conclusion.wording:
        return
    last = ctx.db.execute(select(func.max(Wording.version)).where(Wording.of == conclusion.id)).scalar_one()
    _keep_wording(ctx, conclusion.id, last + 1, wording)
    ctx.write(update(Conclusion.__table__).where(Conclusion.id == conclusion.id).values(wording=wording))
    ctx.emit(ConclusionReworded(_card(ctx, conclusion.id)))


@command("conclusion.move", "day", Move)
def move(ctx: Context, args: Move) -> None:
    """Put a conclusion at another place of the list (0 is the first)."""
    conclusion = _standing(ctx, args.conclusion)
    order = _order(ctx)
    if args.position >= len(order):
        raise Refused("position_unknown")
    order.remove(conclusion.id)
    order.insert(args.position, conclusion.id)
    _write_order(ctx, order)
    ctx.emit(ConclusionMoved(order))


@command("conclusion.take_back", "day", Which)
def take_back(ctx: Context, args: Which) -> None:
    """Take a promotion back. The conclusion can be reinstated."""
    conclusion = _standing(ctx, args.conclusion)
    ctx.write(
        update(Conclusion.__table__)
        .where(Conclusion.id == conclusion.id)
        .values(taken_back_at=ctx.now, taken_back_by=ctx.who)
    )
    _write_order(ctx, _order(ctx))
    ctx.emit(ConclusionTakenBack(conclusion.id))


@command("conclusion.reinstate", "day", Which)
def reinstate(ctx: Context, args: Which) -> None:
    """Let a conclusion stand again that was taken back, as near to its place as can be."""
    conclusion = _find(ctx, args.conclusion)
    if conclusion.taken_back_at is None:
        raise Refused("conclusion_standing")
    proposal = ctx.db.execute(select(Source.proposal).where(Source.conclusion == conclusion.id)).scalar_one()
    if _promoted(ctx, proposal):
        raise Refused("already_promoted")
    order = _order(ctx)
    order.insert(min(conclusion.position, len(order)), conclusion.id)
    ctx.write(
        update(Conclusion.__table__)
        .where(Conclusion.id == conclusion.id)
        .values(taken_back_at=None, taken_back_by=None)
    )
    _write_order(ctx, order)
    ctx.emit(ConclusionReinstated(_card(ctx, conclusion.id), order))


def _promoted(ctx: Context, proposal: str) -> bool:
    standing = (
        select(Source.conclusion)
        .join(Conclusion, Conclusion.id == Source.conclusion)
        .where(Source.proposal == proposal, Conclusion.taken_back_at.is_(None))
    )
    return ctx.db.execute(standing).first() is not None


def _figures(ctx: Context, board: Row[Any], proposal: str) -> tuple[str | None, JSON | None]:
    """The ballot and what it said of the proposal, if results are on show; a vote under way stays secret."""
    ballot = snapshot.current_ballot(ctx.db, board)
    step = snapshot.current_step(board)
    if step is not None and step.ballot is not None and board.step_open:
        raise Refused("ballot_running")
    results = snapshot.results(ctx.db, board)
    row = next((row for row in (results or {}).get("ranked", ()) if row["proposal"] == proposal), None)
    if results is None or ballot is None or row is None:
        return None, None
    figures = {key: value for key, value in row.items() if key != "proposal"}
    turnout = {key: results[key] for key in ("voted", "electors", "round")}
    return ballot.id, {"kind": ballot.kind, **figures, **turnout, "of": len(results["ranked"])}


def _order(ctx: Context) -> list[str]:
    standing = select(Conclusion.id).where(Conclusion.day == ctx.place.id, Conclusion.taken_back_at.is_(None))
    return list(ctx.db.execute(standing.order_by(Conclusion.position)).scalars())


def _write_order(ctx: Context, order: list[str]) -> None:
    for position, conclusion in enumerate(order):
        ctx.write(update(Conclusion.__table__).where(Conclusion.id == conclusion).values(position=position))


def _find(ctx: Context, conclusion: str) -> Row[Any]:
    row = ctx.db.execute(
        select(*Conclusion.__table__.c).where(Conclusion.id == conclusion, Conclusion.day == ctx.place.id)
    ).one_or_none()
    if row is None:
        raise Refused("conclusion_unknown")
    return row


def _standing(ctx: Context, conclusion: str) -> Row[Any]:
    row = _find(ctx, conclusion)
    if row.taken_back_at is not None:
        raise Refused("conclusion_taken_back")
    return row


def _card(ctx: Context, conclusion: str) -> JSON:
    return snapshot.conclusions(ctx.db, Conclusion.id == conclusion)[0]


def _keep_wording(ctx: Context, of: str, version: int, wording: str) -> None:
    ctx.write(insert(Wording.__table__).values(of=of, version=version, text=wording, by=ctx.who, at=ctx.now))
