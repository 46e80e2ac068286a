"""Bringing an archive in: all of it, or nothing."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection as Db
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError, OperationalError

from ..access import link_hash, link_token
from ..commands.code import issue
from ..domain.colours import dealt
from ..domain.refusals import Refused
from ..domain.roster import plain
from ..store.db import Store
from ..store.models import Account, Event, Person, new_id, now_ms
from ..store.rows import write_rows
from .content import archived
from .reading import Parsed


@dataclass(frozen=True)
class BroughtIn:
    """`organisers`: (person, renewed) of those who can be given the event now, by a personal link."""

    event: str
    title: str
    join_code: str
    organisers: list[tuple[str, int]]


def bring_in(store: Store, parsed: Parsed, pictures: Path, account: str | None = None) -> BroughtIn:
    """Store an event that was parsed, with a new join code and a new personal link for everybody.

    Args:
        pictures: the installation's folder of pictures.
        account: whose event it is from now on. They take the seat of an organiser of their name, or a new one; without
            an account an event without an organiser gets one.

    Raises:
        Refused: `archive_known` if this installation has the event, or something of it; `storage_busy`.
    """
    moved: list[Path] = []
    try:
        with store.writing() as db:
            _require_new(db, parsed)
            now = now_ms()
            # A number that was never given out here, should this be the installation in which the event once was.
            renewed = int(time.time())
            for table in archived():
                rows = parsed.tables[table.name]
                if table.name == "person":
                    rows = [row | _link(store.key, row["id"], renewed) for row in rows]
                if table.name == "organisation":  # an older version gave them no colours
                    rows = [{"colour": colour} | row for row, colour in zip(rows, dealt(len(rows)), strict=True)]
                write_rows(db, table, rows)
            join_code = issue(db, parsed.event, now)
            organisers = _organisers(db, store.key, parsed.event, account, renewed, now)
            pictures.mkdir(parents=True, exist_ok=True)
            for file in sorted(parsed.staged.iterdir()):
                moved.append(pictures / file.name)
                os.replace(file, moved[-1])
    except IntegrityError as error:
        _take_back(moved)
        raise Refused("archive_known", title=parsed.title) from error
    except (OperationalError, OSError) as error:
        _take_back(moved)
        raise Refused("storage_busy") from error
    except BaseException:
        _take_back(moved)
        raise
    return BroughtIn(parsed.event, parsed.title, join_code, organisers)


@contextmanager
def staging(pictures: Path) -> Iterator[Path]:
    """An empty folder beside the pictures, on the same disk; gone afterwards."""
    pictures.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="archive-", dir=pictures))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _require_new(db: Db, parsed: Parsed) -> None:
    known = db.execute(select(Event.title).where(Event.id == parsed.event)).scalar()
    if known is not None:
        raise Refused("archive_known", title=known)


def _link(key: str, person: str, renewed: int) -> dict[str, str | int]:
    return {"link": renewed, "link_hash": link_hash(link_token(key, person, renewed))}


def _organisers(db: Db, key: str, event: str, account: str | None, renewed: int, now: int) -> list[tuple[str, int]]:
    if account is not None:
        db.execute(update(Event.__table__).where(Event.id == event).values(created_by=account))
    seats = db.execute(
        select(Person.id, Person.name)
        .where(Person.event == event, Person.role == "organiser", Person.closed_at.is_(None))
        .order_by(Person.created_at, Person.id)
    ).all()
    name = db.execute(select(Account.name).where(Account.id == account)).scalar() or "Organiser"
    mine = next((seat.id for seat in seats if plain(seat.name) == plain(name)), None)
    if mine is not None and account is not None:
        db.execute(update(Person.__table__).where(Person.id == mine).values(account=account))
    elif account is not None or not seats:
        who = new_id()
        values = {"id": who, "event": event, "name": name, "role": "organiser", "origin": "setup", "account": account}
        db.execute(insert(Person.__table__).values(**values, created_at=now, **_link(key, who, renewed)))
        return [(who, renewed)]
    return [(seat.id, renewed) for seat in seats]


def _take_back(moved: list[Path]) -> None:
    for path in moved:
        path.unlink(missing_ok=True)
