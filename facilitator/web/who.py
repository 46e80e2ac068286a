"""Who is asking. A browser may hold several people at once (an organiser tries all roles; a family shares a tablet):
the signed cookie lists them, the address says which one is meant."""

from __future__ import annotations

from typing import Any

from flask import session
from sqlalchemy import Row, select

from .. import access
from ..access import Actor
from ..domain.refusals import Refused
from ..store.models import Account, Person
from .house import store

PEOPLE = "people"
ACCOUNT = "account"
EPOCH = "epoch"
MOST_PEOPLE = 20


def sign_in(account: str) -> None:
    """From now on this browser is signed in with an account, until it signs out, here or everywhere."""
    session[ACCOUNT], session[EPOCH] = account, _epoch(account)
    session.permanent = True


def account_of() -> str | None:
    """The account that this browser is signed in with."""
    account = session.get(ACCOUNT)
    return account if account and _epoch(account) == session.get(EPOCH, 0) else None


def remember(person: str, link: int) -> None:
    """From now on this browser is that person too, until their link is renewed."""
    people = [entry for entry in session.get(PEOPLE, []) if entry[0] != person]
    session[PEOPLE] = [*people, [person, link]][-MOST_PEOPLE:]
    session.permanent = True


def actor_of(person: Any) -> Actor:
    """The actor that this request may be.

    Raises:
        Refused: `not_signed_in` if this browser is not that person, `link_expired` if it was until a renewal.
    """
    row = _row(person) if isinstance(person, str) and person.isalnum() else None
    if row is None:
        raise Refused("not_signed_in")
    if row.account is not None and row.account == account_of():
        return Actor(person=row.id)
    known = dict(session.get(PEOPLE, []))
    if row.id not in known:
        raise Refused("not_signed_in")
    if known[row.id] != row.link:
        raise Refused("link_expired")
    return Actor(person=row.id)


def person_of(person: str, *roles: str) -> Row[Any]:
    """The person that this request is, if their role is one of `roles` (any, if none is named)."""
    actor = actor_of(person)
    with store().reading() as db:
        row = access.person(db, actor.person or "")
    if roles and row.role not in roles:
        raise Refused("not_allowed", role=row.role)
    return row


def anybody_of(event: str) -> list[Row[Any]]:
    """All people of an event that this request may be: for what has no person in its address.

    Raises:
        Refused: `not_signed_in` if there is none.
    """
    known = dict(session.get(PEOPLE, []))
    own = Person.id.in_(known)
    if (account := session.get(ACCOUNT)) is not None:
        own = own | (Person.account == account)
    with store().reading() as db:
        rows = db.execute(select(*Person.__table__.c).where(Person.event == event, own)).all()
    people = [row for row in rows if known.get(row.id) == row.link or (row.account and row.account == account)]
    if not people:
        raise Refused("not_signed_in")
    return people


def _epoch(account: str) -> int | None:
    with store().reading() as db:
        return db.execute(select(Account.epoch).where(Account.id == account)).scalar()


def _row(person: str) -> Row[Any] | None:
    with store().reading() as db:
        return db.execute(select(*Person.__table__.c).where(Person.id == person)).one_or_none()
