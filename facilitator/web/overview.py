"""One event's overview: what is still to be done, its links, its agenda, what comes out. Every form on it comes back to
it with what was wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Row, select

from .. import i18n, snapshot
from ..access import invitation_token
from ..rehearsing import MOST
from ..store.models import Day, Event, Group, Invitation, Person, Seat, Session, now_ms
from .house import address_of, store
from .pages import personal_link
from .roster import page

FACTS = ("title", "place", "purpose", "wifi_name", "wifi_password")


def show(
    row: Row[Any],
    *,
    error: str | None = None,
    typed: dict[str, str] | None = None,
    rehearsal_error: str | None = None,
    rehearsal: dict[str, str] | None = None,
) -> str:
    """The page. `error` is about the facts of the event, and `typed` what was typed there instead of them;
    `rehearsal_error` and `rehearsal` are the same of a rehearsal that could not begin."""
    with store().reading() as db:
        invitations = db.execute(
            select(*Invitation.__table__.c)
            .where(
                Invitation.event == row.event,
                Invitation.used_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > now_ms(),
            )
            .order_by(Invitation.at)
        ).all()
        people = db.execute(
            select(*Person.__table__.c)
            .where(Person.event == row.event, Person.origin != "import", Person.closed_at.is_(None))
            .order_by(Person.created_at, Person.name)
        ).all()
        seated = set(
            db.execute(
                select(Seat.person)
                .join(Group, Group.id == Seat.group)
                .where(Group.event == row.event, Group.kind == "breakout")
            ).scalars()
        )
        breakouts = db.execute(select(Group.id).where(Group.event == row.event, Group.kind == "breakout")).first()
        sessions = db.execute(
            select(Session.opened_at).join(Day, Day.id == Session.day).where(Day.event == row.event)
        ).all()
        facts = db.execute(select(*(getattr(Event, key) for key in FACTS)).where(Event.id == row.event)).one()
        naming = snapshot.named_of(db, row.event)
        delete_at = db.execute(select(Event.delete_at).where(Event.id == row.event)).scalar_one()
    participants = [p for p in people if p.role == "participant"]
    return page(
        "event.html",
        row,
        "event",
        invitations=[{"id": one.id, "role": one.role, "url": _invitations_link(one.id)} for one in invitations],
        team=[
            {"name": p.name, "role": p.role, "account": p.account is not None, "me": p.id == row.id}
            for p in people
            if p.role in ("organiser", "facilitator")
        ],
        links=[_link(p) for p in people if p.role in ("facilitator", "projector", "observer") and p.account is None],
        counts={
            "sessions": len(sessions),
            "begun": any(session.opened_at is not None for session in sessions),
            "people": len(participants),
            "unseated": sum(p.id not in seated for p in participants) if breakouts else 0,
        },
        rehearsals=_rehearsals(row.event, row.account) if row.account else [],
        rehearsal_most=MOST,
        gone_on=date.fromtimestamp(delete_at / 1000).isoformat() if delete_at else None,
        typed=typed or {key: value or "" for key, value in facts._mapping.items()},
        languages=i18n.names(),
        naming=naming,
        error=error,
        rehearsal_error=rehearsal_error,
        rehearsal=rehearsal or {},
    )


def _rehearsals(event: str, account: str | None) -> list[Row[Any]]:
    """The rehearsals of an event that this account organises: `person` (who it is there) and `title`."""
    query = (
        select(Person.id.label("person"), Event.title)
        .join(Event, Event.id == Person.event)
        .where(
            Event.rehearsal_of == event,
            Event.delete_at.is_(None),
            Person.account == account,
            Person.role == "organiser",
        )
        .order_by(Event.created_at)
    )
    with store().reading() as db:
        return [*db.execute(query)]


def _invitations_link(invitation: str) -> str:
    """The full address of an invitation."""
    return address_of("invite.show", token=invitation_token(store().key, invitation))


def _link(person: Any) -> dict[str, str]:
    return {"label": person.name, "role": person.role, "id": person.id, "url": personal_link(person)}
