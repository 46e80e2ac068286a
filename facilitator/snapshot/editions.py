"""The editions of an event: for everybody those that are frozen, as cards; for who organises, all of a row but its
document, which is large."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, select

from ..domain.events import JSON
from ..store.models import Edition

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


def owners(row: Row[Any]) -> dict[str, str]:
    """Section -> the person who signs it off, of the sections that are in the frozen edition."""
    there = {one["section"] for one in row.contents}
    return {one["section"]: one["owner"] for one in row.sections if one["owner"] and one["section"] in there}


def unsigned(row: Row[Any]) -> list[str]:
    """The titles of the sections that wait for their owner."""
    wanted = set(owners(row)) - {one["section"] for one in row.signs}
    return [one["title"] for one in row.contents if one["section"] in wanted]
