"""What belongs to an event: found along the foreign keys, so that a table that is added one day is not forgotten."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, or_, select

from .models import Command, Conclusion, Log, Proposal, Room


def belongs(table: Table, event: str) -> Any:
    """The condition that a row of `table` belongs to an event.

    Raises:
        LookupError: nothing leads from this table to an event.
    """
    if table.name == "event":
        return table.c.id == event
    if table.name == "wording":  # of a proposal or of a conclusion; a foreign key cannot say "or"
        here = [select(one.id).where(belongs(one.__table__, event)) for one in (Proposal, Conclusion)]
        return or_(*(table.c["of"].in_(one) for one in here))
    if table.name == Command.__tablename__:
        return table.c.room.in_(select(Room.id).where(Room.event == event))
    if table.name == Log.__tablename__:
        return table.c.room.in_(select(Room.id).where(Room.event == event))
    if "event" in table.c:
        return table.c.event == event
    for key in sorted(table.foreign_keys, key=lambda key: (key.parent.nullable, key.parent.name)):
        target = key.column.table
        if target.name not in (table.name, "account") and not key.parent.nullable:
            return key.parent.in_(select(key.column).where(belongs(target, event)))
    raise LookupError(f"nothing leads from {table.name} to an event")
