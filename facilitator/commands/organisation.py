"""The organisations that people come from."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import delete, exists, insert, select, update

from .. import snapshot
from ..domain import roster
from ..domain.colours import Colour, dealt
from ..domain.events import OrganisationNamed, OrganisationRemoved
from ..domain.refusals import Refused
from ..store.models import Elector, Organisation, Person, Pledge, Ratifier, RoadmapItem, new_id
from .context import Context
from .spec import ID, Args, command


class Name(Args):
    organisation: str | None = Field(default=None, max_length=12)
    name: str = Field(max_length=1_000)
    kind: Literal["member", "collaborating"]
    colour: Colour | None = None


class Which(Args):
    organisation: str = ID


@command("organisation.name", "event", Name)
def name(ctx: Context, args: Name) -> None:
    """Add an organisation, or give one another name, kind or colour. A new one whose `colour` is not said gets a free
    one of the palette; one that is there keeps its own."""
    called = roster.organisation_name(args.name)
    if called is None:
        raise Refused("text_empty")
    others = ctx.db.execute(
        select(Organisation.id, Organisation.name, Organisation.colour).where(Organisation.event == ctx.place.event)
    ).all()
    if any(roster.plain(row.name) == roster.plain(called) and row.id != args.organisation for row in others):
        raise Refused("organisation_known", name=called)
    table = Organisation.__table__
    said = {"name": called, "kind": args.kind} | ({"colour": args.colour} if args.colour else {})
    if args.organisation is None:
        id = new_id()
        (free,) = dealt(1, (row.colour for row in others))
        ctx.write(insert(table).values(**{"id": id, "event": ctx.place.event, "colour": free} | said))
    elif args.organisation in {row.id for row in others}:
        id = args.organisation
        ctx.write(update(table).where(Organisation.id == id).values(**said))
    else:
        raise Refused("organisation_unknown")
    row = ctx.db.execute(select(*table.c).where(Organisation.id == id)).one()
    ctx.answer["organisation"] = id
    ctx.emit(OrganisationNamed(snapshot.organisation_card(row)))


@command("organisation.remove", "event", Which)
def remove(ctx: Context, args: Which) -> None:
    """Take an organisation off the list, if nobody comes from it and nothing rests on it."""
    row = ctx.db.execute(
        select(Organisation.id, Organisation.name).where(
            Organisation.id == args.organisation, Organisation.event == ctx.place.event
        )
    ).one_or_none()
    if row is None:
        raise Refused("organisation_unknown")
    users = [table.organisation for table in (Person, Elector, Ratifier, Pledge)] + [RoadmapItem.lead]
    partner = any(row.id in partners for (partners,) in ctx.db.execute(select(RoadmapItem.partners).where(_here(ctx))))
    if partner or any(ctx.db.execute(select(exists().where(column == row.id))).scalar() for column in users):
        raise Refused("organisation_used", name=row.name)
    ctx.write(delete(Organisation.__table__).where(Organisation.id == row.id))
    ctx.emit(OrganisationRemoved(row.id))


def _here(ctx: Context) -> Any:
    """Plans of this event: those that somebody of it has made."""
    return RoadmapItem.by.in_(select(Person.id).where(Person.event == ctx.place.event))
