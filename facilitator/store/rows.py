"""Writing rows of a table in bulk, as they are: for whole events that are copied or brought in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Table, and_, insert, update

CHUNK = 1_000


def write_rows(db: Db, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same columns. A row may point to one of its own table that comes later."""
    own = [key.parent.name for key in table.foreign_keys if key.column.table is table]
    for start in range(0, len(rows), CHUNK):
        db.execute(insert(table), [row | dict.fromkeys(own) for row in rows[start : start + CHUNK]])
    for row in rows:  # the marks are set once all rows are there
        if marks := {name: row[name] for name in own if row.get(name) is not None}:
            this = and_(*(column == row[column.name] for column in table.primary_key.columns))
            db.execute(update(table).where(this).values(**marks))
