"""Whole events: copied, with or without what people contributed, and deleted for good once their waiting time is over.

What belongs to an event is found along the foreign keys, so that a table that is added one day is not forgotten.
"""

from __future__ import annotations

import secrets
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Table, delete, insert, select

from .access import link_hash, link_token
from .commands.code import issue
from .domain.pictures import file_name
from .domain.refusals import Refused
from .pictures import FOLDER as PICTURES
from .store.belonging import belongs
from .store.db import Store
from .store.models import Base, Event, Group, Person, Picture, Proposal, Seat, new_id, now_ms
from .store.rows import write_rows

NEVER_COPIED = frozenset(
    {
        *("account", "command", "log", "join_code", "expired_link", "invitation", "edition", "edition_comment"),
        *("attribute_answer", "naming"),
    }
)
"""What belongs to the one event that it happened in: its history, its codes and links, its reports, what people said
of themselves there."""

PLAN = frozenset(
    {"event", "organisation", "attribute", "group", "day", "session", "board", "guiding_text", "room", "proposal"}
)
"""What makes the plan of an event; of proposals, those that were given with a board. People come beside it."""

_FRESH: dict[str, dict[str, Any]] = {
    "event": {"now_session": None},
    "day": {"closed_at": None, "closed_by": None, "closing": None},
    "session": {"opened_at": None, "closed_at": None},
    "board": {"step": None, "step_open": False, "timer_started_at": None, "timer_ends_at": None, "grace_step": None,
              "grace_until": None, "locked_at": None, "locked_by": None},
    "guiding_text": {"board": None, "by": None},
    "proposal": {"parked_at": None, "parked_by": None, "hidden_at": None, "hidden_by": None, "hidden_reason": None,
                 "theme": None, "merged_into": None},
    "person": {"joined_at": None, "checked_in_at": None, "absent_at": None},
}  # fmt: skip
"""What has happened by now, and has not in the copy."""


def copy_event(
    store: Store,
    event: str,
    *,
    account: str,
    title: str,
    people: bool = False,
    contributions: bool = False,
    rehearsal: Rehearsed | None = None,
) -> str:
    """Copy an event: its agenda, groups, organisations, texts and what it asks of people, and if wished its people, or
    all that they did.

    Args:
        account: who copies it, and organises the copy. Nobody else's account comes along.
        people: with the roster and who sits where; everybody gets a new link.
        contributions: with everything that was posted, voted and concluded (and with the people, then).
        rehearsal: it is for synthetic people: none of the event's own come along, whatever `people` says.

    Returns:
        The id of the copy.
    """
    pictures = store.settings.data / PICTURES
    made: list[Path] = []
    try:
        with store.writing() as db:
            with_people = (people or contributions) and rehearsal is None
            copy = _Copy(db, store.key, event, account, with_people, contributions and with_people, rehearsal)
            copied = copy.write(title)
            for old, new in copy.pictures:
                made.append(pictures / new)
                shutil.copyfile(pictures / old, pictures / new)
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise Refused("storage_busy") from error
        raise
    return copied


@dataclass(frozen=True)
class Rehearsed:
    """What a copy for synthetic people is marked with, and the names of those who do not come in by its join code:
    `beside` are for the overlay groups, if it has any."""

    mark: str
    facilitator: str
    beside: tuple[str, ...]


class _Copy:
    def __init__(
        self,
        db: Db,
        key: str,
        event: str,
        account: str,
        people: bool,
        all_of_it: bool,
        rehearsal: Rehearsed | None,
    ) -> None:
        self.db, self.key, self.event, self.account = db, key, event, account
        self.people, self.all_of_it, self.rehearsal = people, all_of_it, rehearsal
        self.new: dict[str, str] = {}  # old id -> new one
        self.pictures: list[tuple[str, str]] = []  # (file, its copy), by name

    def write(self, title: str) -> str:
        rows = {table: self._rows(table) for table in Base.metadata.sorted_tables if self._wanted(table)}
        for table, found in rows.items():
            if "id" in table.c and table.name != "room":
                for row in found:
                    self.new[row["id"]] = new_id() if len(row["id"]) <= 12 else str(uuid.uuid4())
        now = now_ms()
        for table, found in rows.items():
            copies = [self._fitted(table, self._renamed(row), now, title) for row in found]
            write_rows(self.db, table, copies)
        copied = self.new[self.event]
        if not self.people:
            self._staff(copied, now)
        if self.rehearsal is not None:
            self._cast(copied, now, self.rehearsal)
        issue(self.db, copied, now)
        return copied

    def _wanted(self, table: Table) -> bool:
        if table.name in NEVER_COPIED:
            return False
        if self.all_of_it or table.name in PLAN or table.name == "wording":
            return True
        return self.people and table.name in ("person", "seat", "rotation")

    def _rows(self, table: Table) -> list[dict[str, Any]]:
        which = select(table).where(belongs(table, self.event))
        if not self.all_of_it and table.name in ("proposal", "wording"):
            given = select(Proposal.id).where(belongs(Proposal.__table__, self.event), Proposal.kind == "given")
            which = which.where((table.c.id if table.name == "proposal" else table.c["of"]).in_(given))
        return [dict(row._mapping) for row in self.db.execute(which.order_by(*table.primary_key.columns))]

    def _renamed(self, value: Any) -> Any:
        """The same with every id of this event replaced by the copy's, wherever it stands."""
        if isinstance(value, dict):
            return {self._renamed(key): self._renamed(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._renamed(inner) for inner in value]
        if not isinstance(value, str):
            return value
        if value in self.new:
            return self.new[value]
        kind, colon, id = value.partition(":")
        if colon and id in self.new:  # a room
            return f"{kind}:{self.new[id]}"
        return value

    def _fitted(self, table: Table, row: dict[str, Any], now: int, title: str) -> dict[str, Any]:
        """A row as it has to be in the copy."""
        if not self.all_of_it:
            row |= _FRESH.get(table.name, {})
        if table.name == "event":
            row |= {"title": title, "created_at": now, "created_by": self.account, "archived_at": None}
            row |= {"archived_by": None, "delete_at": None, "delete_by": None}
            row |= {} if self.people else {"grouping": {}}
            if self.rehearsal is not None:
                row |= {"sample": self.rehearsal.mark, "rehearsal_of": self.event}
            elif row["rehearsal_of"] is not None and not self.all_of_it:  # the plan alone is nobody's invention
                row |= {"sample": None, "rehearsal_of": None}
        elif table.name == "room":
            row["seq"] = 0
        elif table.name == "person":
            row["link"] = 0
            row["link_hash"] = link_hash(link_token(self.key, row["id"], 0))
            row["account"] = row["account"] if row["account"] == self.account else None
        elif table.name == "picture":
            file = secrets.token_hex(16)
            widths = [size[0] for size in row["sizes"]]
            self.pictures += [(file_name(row["file"], width), file_name(file, width)) for width in widths]
            row["file"] = file
        elif table.name == "board" and not self.people:
            row["rapporteur"] = None
        return row

    def _staff(self, event: str, now: int) -> None:
        """Without the people there are still those who run it: the roles that the event had, and who copies it."""
        roles = ("projector",) if self.rehearsal is not None else ("facilitator", "projector")
        rows = self.db.execute(
            select(*Person.__table__.c)
            .where(Person.event == self.event, Person.role.in_(roles))
            .order_by(Person.created_at)
        ).all()
        mine = self.db.execute(
            select(*Person.__table__.c).where(Person.event == self.event, Person.account == self.account)
        ).all()
        for row in [*rows, *mine[:1]]:
            if row.closed_at is not None or (row.account is not None and row.account != self.account):
                continue
            self._add(event, now, name=row.name, role=row.role, origin="setup", account=row.account)

    def _cast(self, event: str, now: int, rehearsal: Rehearsed) -> None:
        """Those of a rehearsal who do not come in by the code: who facilitates, and who is in an overlay group."""
        self._add(event, now, name=rehearsal.facilitator, role="facilitator", origin="rehearsal")
        groups = self.db.execute(select(Group.id, Group.kind).where(Group.event == event).order_by(Group.number)).all()
        breakouts = [group.id for group in groups if group.kind == "breakout"]
        overlays = [group.id for group in groups if group.kind == "overlay"]
        for number, name in enumerate(rehearsal.beside if overlays else ()):
            who = self._add(event, now + number, name=name, role="participant", origin="rehearsal")
            for group in [kind[number % len(kind)] for kind in (overlays, breakouts) if kind]:
                self.db.execute(insert(Seat.__table__).values(group=group, person=who, role="member"))

    def _add(self, event: str, now: int, **values: Any) -> str:
        who = new_id()
        token = link_hash(link_token(self.key, who, 0))
        self.db.execute(insert(Person.__table__).values(id=who, event=event, link_hash=token, created_at=now, **values))
        return who


def purge(store: Store) -> int:
    """Delete for good what was deleted long enough ago, its pictures too (also those that were withdrawn: until now
    they could be put back). Returns how many events are gone."""
    with store.reading() as db:
        due = list(db.execute(select(Event.id).where(Event.delete_at <= now_ms())).scalars())
    for event in due:
        wipe(store, event)
    return len(due)


def wipe(store: Store, event: str) -> None:
    """Delete an event at once, and the files of its pictures."""
    with store.writing() as db:
        rows = db.execute(select(Picture.file, Picture.sizes).where(Picture.event == event)).all()
        delete_event(db, event)
    for row in rows:
        for size in row.sizes:
            (store.settings.data / PICTURES / file_name(row.file, size[0])).unlink(missing_ok=True)


def delete_event(db: Db, event: str) -> None:
    """Delete an event with everything that belongs to it."""
    ordered = [table for table in reversed(Base.metadata.sorted_tables) if table.name != "account"]
    first = [table for table in ordered if table.name in ("wording", "command", "log")]
    for table in [*first, *(table for table in ordered if table not in first)]:
        db.execute(delete(table).where(belongs(table, event)))
