"""Who agrees to stand by name in a report's list of who took part. Silence is no yes."""

from __future__ import annotations

from sqlalchemy import Connection as Db
from sqlalchemy import func, select

from ..store.models import Naming, Person

TOOK_PART = (Person.role == "participant", Person.origin != "import", Person.joined_at.is_not(None))


def agrees_to_be_named(db: Db, person: str) -> bool:
    return db.execute(select(Naming.person).where(Naming.person == person)).first() is not None


def named(db: Db, event: str) -> set[str]:
    """Everybody of an event who agrees."""
    query = select(Naming.person).join(Person, Person.id == Naming.person).where(Person.event == event)
    return set(db.execute(query).scalars())


def named_of(db: Db, event: str) -> tuple[int, int]:
    """How many of those who took part agree, and how many took part: as a report counts them."""
    query = select(func.count(Naming.person), func.count()).select_from(Person)
    row = db.execute(query.outerjoin(Naming, Naming.person == Person.id).where(Person.event == event, *TOOK_PART)).one()
    return int(row[0]), int(row[1])
