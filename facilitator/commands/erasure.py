"""Somebody asks to be forgotten: who they were goes for good, what they contributed stays."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, update

from .. import snapshot
from ..access import link_hash, link_token
from ..domain.events import LeadReleased, PersonErased
from ..domain.refusals import Refused
from ..forgetting import forget, forget_in_editions
from ..store.models import ExpiredLink, Lead, Naming, Person, PictureOptOut, Seat
from .attribute import forget_answers
from .context import Context
from .preference import forget_ranking
from .roster import Which, find
from .spec import command


@command("person.erase", "event", Which)
def erase(ctx: Context, args: Which) -> None:
    """Erase who somebody was, for good: their name, e-mail address, languages, links, places in groups, what they said
    of themselves and the tie to their account, here, in all that has happened so far, and in frozen editions in which
    people stand by name. What they wrote and voted stays, as from somebody of their organisation, and so does every
    count."""
    row = find(ctx, args.person)
    if row.id == ctx.who:
        raise Refused("not_oneself")
    if row.erased_at is not None:
        raise Refused("person_erased")
    forget_ranking(ctx, row.id)
    forget_answers(ctx, row.id)
    for table in (Seat, ExpiredLink, PictureOptOut, Naming):
        ctx.write(delete(table.__table__).where(table.person == row.id))
    # A link that nobody has ever been given: every device that came in by the old one is out within a second.
    renewed = int(row.link) + 1
    values: dict[str, Any] = {"link": renewed, "link_hash": link_hash(link_token(ctx.key, row.id, renewed))}
    values |= {"name": "", "email": None, "languages": [], "account": None, "erased_at": ctx.now, "erased_by": ctx.who}
    if row.closed_at is None:
        values |= {"closed_at": ctx.now, "closed_by": ctx.who}
    ctx.write(update(Person.__table__).where(Person.id == row.id).values(**values))
    forget(ctx.db, ctx.place.event, row.id)
    forget_in_editions(ctx.db, ctx.place.event, row.name, ctx.now)
    cards = snapshot.person_cards(ctx.db, ctx.place.event, [row.id])
    ctx.emit(PersonErased(cards, snapshot.joined(ctx.db, ctx.place.event), snapshot.declined(ctx.db, ctx.place.event)))
    _release(ctx, row.id)


def _release(ctx: Context, person: str) -> None:
    """They look after no group any more."""
    groups = [id for id, lead in snapshot.leads(ctx.db, ctx.place.event).items() if lead["person"] == person]
    if groups:
        ctx.write(
            update(Lead.__table__).where(Lead.group.in_(groups), Lead.ended_at.is_(None)).values(ended_at=ctx.now)
        )
        for group in groups:
            ctx.emit(LeadReleased(group, snapshot.leads(ctx.db, ctx.place.event)))
