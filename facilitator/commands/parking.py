"""The parking lot's other half: somebody takes care of what is parked, and it is answered before the close."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, insert, select, update

from .. import snapshot
from ..domain import text
from ..domain.events import ParkingAnswered, ParkingRouted
from ..domain.refusals import Refused
from ..store.models import Parked, Person
from .context import Context
from .proposal import find
from .spec import ID, TEXT, Args, command


class Route(Args):
    proposal: str = ID
    owner: str | None = Field(default=None, max_length=12)


class Answer(Args):
    proposal: str = ID
    answer: str = TEXT


@command("parking.route", "board", Route)
def route(ctx: Context, args: Route) -> None:
    """Say who takes care of what is parked; null: nobody yet."""
    proposal = _parked(ctx, args.proposal)
    if args.owner is not None:
        known = select(Person.id).where(
            Person.id == args.owner, Person.event == ctx.place.event, Person.role != "projector"
        )
        if ctx.db.execute(known).first() is None:
            raise Refused("person_unknown")
    if _known(ctx, proposal.id).get("owner") == args.owner:
        return
    _write(ctx, proposal.id, owner=args.owner)
    ctx.emit(ParkingRouted(proposal.id, _known(ctx, proposal.id)))


@command("parking.answer", "board", Answer)
def answer(ctx: Context, args: Answer) -> None:
    """Answer what is parked: what came of it, or what will. For the one who takes care of it, and who facilitates."""
    proposal = _parked(ctx, args.proposal)
    known = _known(ctx, proposal.id)
    if not ctx.place.steers and known.get("owner") != ctx.who:
        raise Refused("parking_not_yours")
    said = text.answer(args.answer)
    if known.get("answer") == said:
        return
    _write(ctx, proposal.id, answer=said)
    ctx.emit(ParkingAnswered(proposal.id, _known(ctx, proposal.id)))


def _parked(ctx: Context, id: str) -> Row[Any]:
    proposal = find(ctx, id)
    if proposal.revealed_at is None:
        raise Refused("proposal_unknown")
    if snapshot.status(proposal) != "parked":
        raise Refused("proposal_not_parked")
    return proposal


def _known(ctx: Context, proposal: str) -> dict[str, Any]:
    return snapshot.parking(ctx.db, ctx.place.id).get(proposal, {})


def _write(ctx: Context, proposal: str, **values: Any) -> None:
    values |= {"by": ctx.who, "at": ctx.now}
    if _known(ctx, proposal):
        ctx.write(update(Parked.__table__).where(Parked.proposal == proposal).values(**values))
    else:
        ctx.write(insert(Parked.__table__).values(proposal=proposal, **values))
