"""Inviting those who organise or facilitate with one: a link for one person, used once."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from sqlalchemy import insert, select, update

from .. import snapshot
from ..access import invitation_token, link_hash, link_token, require_open
from ..domain.events import RosterImported
from ..domain.refusals import Refused
from ..store.models import Account, Invitation, Person, new_id
from .context import Context
from .spec import ID, Args, command

OPEN_MS = 14 * 24 * 3600 * 1000
"""How long an invitation is open, in milliseconds."""


class Issue(Args):
    role: Literal["organiser", "facilitator"]


class Which(Args):
    invitation: str = ID


class Accept(Args):
    account: str = Field(max_length=12)


@command("invitation.issue", "event", Issue)
def issue(ctx: Context, args: Issue) -> None:
    """Invite somebody to organise or to facilitate the event. Its link is made from the answer's id and the
    installation's key; it is used once, within 14 days."""
    id = new_id()
    ctx.write(
        insert(Invitation.__table__).values(
            id=id,
            event=ctx.place.event,
            role=args.role,
            token_hash=link_hash(invitation_token(ctx.key, id)),
            by=ctx.who,
            at=ctx.now,
            expires_at=ctx.now + OPEN_MS,
        )
    )
    ctx.answer["invitation"] = id


@command("invitation.withdraw", "event", Which)
def withdraw(ctx: Context, args: Which) -> None:
    """Take an invitation back that nobody has used yet."""
    row = ctx.db.execute(
        select(*Invitation.__table__.c).where(Invitation.id == args.invitation, Invitation.event == ctx.place.event)
    ).one_or_none()
    if row is None:
        raise Refused("invitation_unknown")
    require_open(row, ctx.now)
    ctx.write(update(Invitation.__table__).where(Invitation.id == row.id).values(withdrawn_at=ctx.now))


@command("invitation.accept", "event", Accept)
def accept(ctx: Context, args: Accept) -> None:
    """Take an invitation up with one's account: from now on one has its role at this event."""
    row = ctx.db.execute(
        select(*Invitation.__table__.c).where(Invitation.id == (ctx.place.actor.invitation or ""))
    ).one_or_none()
    if row is None:
        raise Refused("invitation_unknown")
    require_open(row, ctx.now)
    account = ctx.db.execute(select(Account.id, Account.name).where(Account.id == args.account)).one_or_none()
    if account is None:
        raise Refused("not_signed_in")
    mine = ctx.db.execute(
        select(Person.id).where(Person.event == ctx.place.event, Person.account == account.id)
    ).scalar()
    if mine is not None:  # who is in already does not use it up
        ctx.answer["person"] = mine
        return
    who = new_id()
    ctx.write(
        insert(Person.__table__).values(
            id=who,
            event=ctx.place.event,
            name=account.name,
            role=row.role,
            origin="setup",
            account=account.id,
            link_hash=link_hash(link_token(ctx.key, who, 0)),
            created_at=ctx.now,
        )
    )
    ctx.write(update(Invitation.__table__).where(Invitation.id == row.id).values(used_at=ctx.now, used_by=account.id))
    ctx.answer["person"] = who
    ctx.emit(RosterImported(snapshot.person_cards(ctx.db, ctx.place.event, [who]), []))
