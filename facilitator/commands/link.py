"""Personal links."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update

from ..access import link_hash, link_token
from ..domain.refusals import Refused
from ..store.models import ExpiredLink, Person
from .context import Context
from .spec import ID, Args, command


class Which(Args):
    person: str = ID


@command("link.renew", "event", Which)
def renew(ctx: Context, args: Which) -> None:
    """Replace somebody's personal link. Every device that is signed in as them is signed out within a second."""
    row = ctx.db.execute(
        select(Person.id, Person.link, Person.link_hash, Person.role).where(
            Person.id == args.person, Person.event == ctx.place.event
        )
    ).one_or_none()
    if row is None:
        raise Refused("person_unknown")
    if row.role == "organiser" and ctx.place.role != "organiser":
        raise Refused("not_allowed", role=ctx.place.role)
    ctx.answer |= {"person": args.person, "link": replace(ctx, row)}


def replace(ctx: Context, row: Any) -> int:
    """Give a person (a row with `id`, `link` and `link_hash`) a new link. Returns how often that has been done."""
    ctx.write(insert(ExpiredLink.__table__).values(link_hash=row.link_hash, person=row.id, expired_at=ctx.now))
    renewed = int(row.link) + 1
    ctx.write(
        update(Person.__table__)
        .where(Person.id == row.id)
        .values(link=renewed, link_hash=link_hash(link_token(ctx.key, row.id, renewed)))
    )
    return renewed
