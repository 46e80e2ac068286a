"""How an improvement will be done: lead, partners, when, how hard, what first; and what organisations pledge."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, delete, insert, select, update

from .. import snapshot
from ..domain import steps, text
from ..domain.events import PledgeMade, PledgeWithdrawn, RoadmapPlanned
from ..domain.refusals import Refused
from ..domain.steps import Step
from ..store.models import Day, Organisation, Pledge, Proposal, RoadmapItem
from .context import Context
from .proposal import find, require_standing
from .spec import ID, TEXT, Args, command

ONE_TO_FIVE = Field(default=None, ge=1, le=5)


class Plan(Args):
    proposal: str = ID
    lead: str | None = Field(default=None, max_length=12)
    partners: list[str] = Field(default=[], max_length=40)
    year: int | None = Field(default=None, ge=1900, le=2200)
    quarter: int | None = Field(default=None, ge=1, le=4)
    effort: int | None = ONE_TO_FIVE
    impact: int | None = ONE_TO_FIVE
    first_step: str = Field(default="", max_length=20_000)


class Promise(Args):
    proposal: str = ID
    text: str = TEXT


class Which(Args):
    pledge: str = ID


@command("roadmap.plan", "board", Plan)
def plan(ctx: Context, args: Plan) -> None:
    """Say how an improvement will be done: who leads, with whom, in which year and quarter, with how much effort and
    impact (1 to 5), and what the first step is. It replaces what was said before."""
    step = _require_step(ctx)
    proposal = _improvement(ctx, args.proposal)
    _require_organisations(ctx, [*([args.lead] if args.lead else []), *args.partners])
    _require_year(ctx, step, args)
    item = {
        "lead": args.lead,
        "partners": [partner for partner in dict.fromkeys(args.partners) if partner != args.lead],
        "year": args.year,
        "quarter": args.quarter,
        "effort": args.effort,
        "impact": args.impact,
        "first_step": text.first_step(args.first_step),
    }
    ctx.write(delete(RoadmapItem.__table__).where(RoadmapItem.proposal == proposal.id))
    ctx.write(insert(RoadmapItem.__table__).values(proposal=proposal.id, by=ctx.who, at=ctx.now, **item))
    ctx.emit(RoadmapPlanned(proposal.id, item))


@command("pledge.make", "board", Promise)
def make_pledge(ctx: Context, args: Promise) -> None:
    """Promise something for an improvement, for one's organisation. The command's id becomes the pledge's."""
    _require_step(ctx)
    proposal = _improvement(ctx, args.proposal)
    assert ctx.place.person is not None
    ctx.write(
        insert(Pledge.__table__).values(
            id=ctx.id,
            board=ctx.place.id,
            proposal=proposal.id,
            organisation=ctx.place.person.organisation,
            text=text.comment_text(args.text),
            author=ctx.who,
            at=ctx.now,
        )
    )
    ctx.answer["pledge"] = ctx.id
    ctx.emit(PledgeMade(snapshot.pledge_card(_pledge(ctx, ctx.id))))


@command("pledge.withdraw", "board", Which)
def withdraw_pledge(ctx: Context, args: Which) -> None:
    """Take one's own pledge back."""
    _require_step(ctx)
    pledge = _pledge(ctx, args.pledge)
    if pledge.author != ctx.who:
        raise Refused("pledge_not_own")
    ctx.write(update(Pledge.__table__).where(Pledge.id == pledge.id).values(withdrawn_at=ctx.now))
    ctx.emit(PledgeWithdrawn(pledge.id))


def _require_step(ctx: Context) -> Step:
    return steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)


def _improvement(ctx: Context, id: str) -> Row[Any]:
    proposal = find(ctx, id)
    if proposal.revealed_at is None or proposal.kind == "phrase":
        raise Refused("proposal_unknown")
    require_standing(proposal)
    return proposal


def _require_organisations(ctx: Context, ids: list[str]) -> None:
    known = set(
        ctx.db.execute(
            select(Organisation.id).where(Organisation.event == ctx.place.event, Organisation.id.in_(ids))
        ).scalars()
    )
    if set(ids) - known:
        raise Refused("organisation_unknown")


def _require_year(ctx: Context, step: Step, args: Plan) -> None:
    if args.year is None:
        if args.quarter is not None:
            raise Refused("quarter_alone")
        return
    date = ctx.db.execute(select(Day.date).where(Day.id == ctx.place.row.day)).scalar_one()
    first = int(date[:4])
    last = first + step.settings.years - 1  # type: ignore[attr-defined]
    if not first <= args.year <= last:
        raise Refused("year_wrong", first=str(first), last=str(last))


def _pledge(ctx: Context, id: str) -> Row[Any]:
    row = ctx.db.execute(
        select(*Pledge.__table__.c)
        .join(Proposal, Proposal.id == Pledge.proposal)
        .where(Pledge.id == id, Pledge.board == ctx.place.id, Pledge.withdrawn_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refused("pledge_unknown")
    return row
