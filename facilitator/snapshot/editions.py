"""The editions of an event: for everybody those that are frozen, as cards; for who organises, all of a row but its
document, which is large."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, func, select

from ..domain.events import JSON
from ..store.models import Edition, Person, PictureOptOut, now_ms
from .pictures import pictures_for_report

EDITIONS: Select[Any] = select(*(c for c in Edition.__table__.c if c.name != "document")).order_by(Edition.number)


def editions(db: Db, event: str) -> dict[str, JSON]:
    """What everybody at the event may know: drafts are their organisers' business."""
    rows = db.execute(EDITIONS.where(Edition.event == event, Edition.status != "draft"))
    return {row.id: edition_card(row) for row in rows}


def edition_card(row: Row[Any]) -> JSON:
    return {
        "id": row.id,
        "number": row.number,
        "title": row.title,
        "status": row.status,
        "hash": row.content_hash,
        "check_until": row.check_until,
        "published_at": row.published_at,
        "address": row.address if row.status == "published" else None,
    }


def check_is_open(row: Row[Any]) -> bool:
    return bool(row.status == "checking" and row.check_until > now_ms())


def public_pictures(db: Db, event: str) -> list[JSON]:
    """The pictures that strangers may see: chosen for the report, standing, and chosen after the last one had said that
    they do not want to be in pictures: then whoever chose knew of it."""
    return [card for card in pictures_for_report(db, event) if card["use"]["at"] >= _last_declined(db, event)]


def pictures_held_back(db: Db, event: str) -> int:
    """How many were chosen for the report before somebody declined, and wait to be looked at again."""
    return len(pictures_for_report(db, event)) - len(public_pictures(db, event))


def _last_declined(db: Db, event: str) -> int:
    newest = select(func.max(PictureOptOut.at)).join(Person, Person.id == PictureOptOut.person)
    return int(db.execute(newest.where(Person.event == event)).scalar() or 0)


def owners(row: Row[Any]) -> dict[str, str]:
    """Section -> the person who signs it off, of the sections that are in the frozen edition."""
    there = {one["section"] for one in row.contents}
    return {one["section"]: one["owner"] for one in row.sections if one["owner"] and one["section"] in there}


def unsigned(row: Row[Any]) -> list[str]:
    """The titles of the sections that wait for their owner."""
    wanted = set(owners(row)) - {one["section"] for one in row.signs}
    return [one["title"] for one in row.contents if one["section"] in wanted]
