"""What of an event goes into an archive: every row of every table that belongs to it, but for what is a secret.

Left out, because it opens a door of the installation that the event was in: accounts, join codes (also in the log),
personal links, invitations, the Wi-Fi, and the answers that commands got (they are there for retries). So is
which groups people would rather be in and what they said of themselves, which is their own, and that an event was about
to be deleted: who brings it in wants it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Table, select

from .. import outcomes
from ..domain.pictures import file_name
from ..domain.refusals import Refused
from ..store.belonging import belongs
from ..store.db import head_revision
from ..store.models import Ballot, Base, Board, Day, Event, Ratification, Session
from .sealing import seal

FORMAT = "facilitator-archive"
VERSION = 1
"""Of the format. A table or a column may be added within it; one that changes its meaning or goes makes it another."""

LEFT_OUT = frozenset(
    {"account", "attribute_answer", "command", "expired_link", "group_ranking", "invitation", "join_code"}
)
NOT_TOLD: Mapping[str, frozenset[str]] = {
    "event": frozenset({"created_by", "wifi_name", "wifi_password", "delete_at", "delete_by"}),
    "person": frozenset({"account", "link", "link_hash"}),
}
"""Table -> columns that stay behind."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Content:
    """Of one event: `tables` by name, rows in the order of their keys; `pictures` are the names of their files."""

    event: str
    title: str
    tables: dict[str, Rows]
    outcome: outcomes.Outcome | None = None
    schema: str = field(default_factory=head_revision)

    @property
    def pictures(self) -> list[str]:
        return sorted(picture_files(self.tables.get("picture", ())))


def read(db: Db, key: str, event: str, data: Path) -> Content:
    """Read what an archive of an event holds.

    Args:
        key: the installation's: nobody without it can tell who is behind a stand-in (see `sealing`).
        data: the data folder, in which the pictures lie that were chosen for the report.

    Raises:
        Refused: `archive_running` while people vote or are asked: how they voted until then is not for anybody.
    """
    title = db.execute(select(Event.title).where(Event.id == event)).scalar_one()
    if (running := _running(db, event)) is not None:
        raise Refused("archive_running", what=running)
    tables = {table.name: _rows(db, table, event) for table in archived()}
    for row in tables["log"]:
        if row["name"] == "code.renewed":
            row["data"] = {**row["data"], "join_code": ""}
    tables = seal(tables, key)
    for name, rows in tables.items():
        keys = [column.name for column in Base.metadata.tables[name].primary_key.columns]
        rows.sort(key=lambda row: [row[key] for key in keys])
    return Content(event, title, tables, outcomes.gather(db, event, data=data))


def archived() -> list[Table]:
    return [table for table in Base.metadata.sorted_tables if table.name not in LEFT_OUT]


def told(table: Table) -> list[Any]:
    """The columns of a table that an archive has."""
    return [column for column in table.columns if column.name not in NOT_TOLD.get(table.name, ())]


def picture_files(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The names of the files behind rows of pictures: one for each rendition."""
    return (file_name(row["file"], size[0]) for row in rows for size in row["sizes"])


def canonical(value: Any) -> bytes:
    """The one way to write a JSON value."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")  # whatever was sent has a hash


def content_hash(tables: Mapping[str, Rows], pictures: Mapping[str, str]) -> str:
    """SHA-256 over what an event is: its rows and the hashes of its pictures (file name -> hex), and nothing that
    depends on when or where the archive was made. Empty tables do not count: a later version may have more of them."""
    known = {name: rows for name, rows in tables.items() if rows}
    return hashlib.sha256(canonical({"tables": known, "pictures": dict(pictures)})).hexdigest()


def _rows(db: Db, table: Table, event: str) -> Rows:
    query = select(*told(table)).where(belongs(table, event)).order_by(*table.primary_key.columns)
    return [dict(row._mapping) for row in db.execute(query)]


def _running(db: Db, event: str) -> str | None:
    """The session or the day in which people are being asked."""
    voting = (
        select(Session.title)
        .join(Day, Day.id == Session.day)
        .join(Board, Board.session == Session.id)
        .join(Ballot, Ballot.board == Board.id)
        .where(Day.event == event, Ballot.closed_at.is_(None))
    )
    asking = select(Day.title).join(Ratification).where(Day.event == event, Ratification.closed_at.is_(None))
    return db.execute(voting.limit(1)).scalar() or db.execute(asking.limit(1)).scalar()
