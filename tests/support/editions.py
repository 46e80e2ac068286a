"""Editions in tests: what the page does when the check is opened, without a browser."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from facilitator.domain import frozen
from facilitator.outcomes import editions
from facilitator.store.models import Edition

from .house import House

JSON = dict[str, Any]
FACTS: JSON = {"title": "What we want", "depth": "contributions", "language": "en", "named": False}


def sealed(house: House, edition: str) -> JSON:
    """What `edition.freeze` takes, compiled from the draft as it is now."""
    with house.store.reading() as db:
        draft = editions.prepare(db, edition)
    return editions.sealed(draft, house.store.key)


def drafted(house: House, **facts: Any) -> str:
    return str(house["Olga"].does(house.room, "edition.draft", **FACTS | facts)["edition"])


def freezes(house: House, edition: str) -> None:
    house["Olga"].does(house.room, "edition.freeze", **sealed(house, edition))


def ends_the_check(house: House, edition: str) -> None:
    """24 hours go by."""
    with house.store.writing() as db:
        db.execute(update(Edition.__table__).where(Edition.id == edition).values(check_until=1))


def published(house: House, **facts: Any) -> str:
    edition = drafted(house, **facts)
    freezes(house, edition)
    ends_the_check(house, edition)
    house["Olga"].does(house.room, "edition.publish", edition=edition)
    return edition


def row(house: House, edition: str) -> Any:
    (found,) = house.rows(select(*Edition.__table__.c).where(Edition.id == edition))
    return found


def content(house: House, edition: str) -> frozen.Frozen:
    return frozen.read(row(house, edition).document)
