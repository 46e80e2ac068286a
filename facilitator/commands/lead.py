"""Who looks after which group: a facilitator takes it on, hands it over, or takes over where somebody is gone."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import insert, select, update

from .. import snapshot
from ..domain.events import LeadReleased, LeadTaken
from ..domain.refusals import Refused
from ..store.models import Lead, Person
from .announcement import require_groups
from .context import Context
from .spec import ID, Args, command


class Take(Args):
    group: str = ID
    person: str | None = Field(default=None, max_length=12)


class Which(Args):
    group: str = ID


@command("lead.take", "event", Take)
def take(ctx: Context, args: Take) -> None:
    """Look after a group oneself (person null), or hand it to another facilitator. Whoever did so before no longer
    does; the record keeps who did when."""
    require_groups(ctx, [args.group])
    person = args.person or ctx.who
    role = ctx.db.execute(
        select(Person.role).where(Person.id == person, Person.event == ctx.place.event)
    ).scalar_one_or_none()
    if role is None:
        raise Refused("person_unknown")
    if role not in ("facilitator", "organiser"):
        raise Refused("lead_not_facilitator")
    before = snapshot.leads(ctx.db, ctx.place.event).get(args.group)
    if before is not None:
        if before["person"] == person:
            return
        _end(ctx, args.group)
    ctx.write(insert(Lead.__table__).values(id=ctx.id, group=args.group, person=person, by=ctx.who, at=ctx.now))
    ctx.emit(LeadTaken(args.group, snapshot.leads(ctx.db, ctx.place.event)))


@command("lead.release", "event", Which)
def release(ctx: Context, args: Which) -> None:
    """Say that nobody looks after the group for now."""
    require_groups(ctx, [args.group])
    if args.group not in snapshot.leads(ctx.db, ctx.place.event):
        raise Refused("lead_none")
    _end(ctx, args.group)
    ctx.emit(LeadReleased(args.group, snapshot.leads(ctx.db, ctx.place.event)))


def _end(ctx: Context, group: str) -> None:
    ctx.write(update(Lead.__table__).where(Lead.group == group, Lead.ended_at.is_(None)).values(ended_at=ctx.now))
