"""The sample event: the model event of the library, with everybody's links to try it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from .access import link_token
from .founding import found_event
from .library import load_agenda
from .store.db import Store
from .store.models import Event, JoinCode, Person

TEMPLATE = "barcelona_2016"


def found(store: Store, account: str | None = None) -> str:
    """Found the sample event anew. Returns its id."""
    return found_event(store, load_agenda(TEMPLATE), account=account, template=TEMPLATE)


def ensure(store: Store) -> str:
    """The id of the sample event, founded if the installation has none yet."""
    with store.reading() as db:
        event = db.execute(
            select(Event.id).where(Event.template == TEMPLATE).order_by(Event.created_at).limit(1)
        ).scalar()
    return event or found(store)


def links(store: Store, event: str, url: str) -> dict[str, Any]:
    """`{"event", "join_code", "links": {"organiser", "facilitator", "projector", "participants": […]}}`."""
    with store.reading() as db:
        code = db.execute(
            select(JoinCode.code).where(JoinCode.event == event, JoinCode.expired_at.is_(None))
        ).scalar_one()
        people = db.execute(
            select(Person.id, Person.role, Person.link)
            .where(Person.event == event, Person.origin.in_(("roster", "setup")), Person.account.is_(None))
            .order_by(Person.created_at, Person.name)
        ).all()
    by_role: dict[str, list[str]] = {}
    for person in people:
        door = "projector" if person.role == "projector" else "p"
        token = link_token(store.key, person.id, person.link)
        by_role.setdefault(person.role, []).append(f"{url.rstrip('/')}/{door}/{token}")
    staff = {role: next(iter(by_role.get(role, [])), None) for role in ("organiser", "facilitator", "projector")}
    return {
        "event": event,
        "join_code": code,
        "links": {**staff, "participants": by_role.get("participant", [])},
    }
