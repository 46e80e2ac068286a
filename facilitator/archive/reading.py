"""An archive on its way in. The file may come from anybody: all of it is checked before any of it is stored.

Looked at, in this order: is it a zip of the right files and sizes; do their hashes fit; is the format known; does
every row have the columns, types and lengths of its table; are the pictures what Facilitator writes. Then it is tried
out: the rows go into an empty database in memory, which checks keys and references, every room of the event is put
together and everything is counted again. Of all this the installation's own database knows nothing.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Connection, Table, Text, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from .. import recount, snapshot
from ..domain.ballots import BallotRules
from ..domain.refusals import Refused
from ..domain.sheet import frozen
from ..library.activities import Activity
from ..store.models import Base
from ..store.rows import write_rows
from .content import FORMAT, NOT_TOLD, VERSION, archived, content_hash, picture_files, told

MOST_BYTES = 2_000_000_000
"""Of all files together, unpacked."""
MOST_DATA = 150_000_000
MOST_OF_A_PICTURE = 5_000_000
MOST_OF_A_REPORT = 600_000_000  # with the pictures that were chosen for it
MOST_FILES = 20_000
MOST_DEEP = 40
PICTURE = re.compile(r"pictures/([0-9a-f]{32}-[1-9][0-9]{0,3}\.jpg)")
ALWAYS = frozenset({"README.txt", "event.json", "manifest.json", "report.html"})
ID = re.compile(r"[0-9a-z-]{1,36}")
ROOM = re.compile(r"(event|day|board):[0-9a-z]{1,12}")


@dataclass(frozen=True)
class Parsed:
    """A whole archive that may be brought in. Its pictures lie in the folder `staged`."""

    event: str
    title: str
    tables: dict[str, list[dict[str, Any]]]
    content: str
    staged: Path


def parse(path: Path | IO[bytes], staged: Path) -> Parsed:
    """Check an archive and unpack its pictures into the empty folder `staged`. Needs no store; takes seconds.

    Raises:
        Refused: `archive_unreadable`, `archive_too_big`, `archive_files`, `archive_newer`, `archive_changed` or
            `archive_wrong`.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _parse(archive, staged)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise Refused("archive_unreadable") from error
    except RecursionError as error:
        raise _wrong(Refused("archive_deep", where="event.json")) from error


def _parse(archive: zipfile.ZipFile, staged: Path) -> Parsed:
    _check_names(archive)
    manifest = _json(archive, "manifest.json", 20_000_000)
    listed = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(listed, dict) or manifest.get("format") != FORMAT:
        raise Refused("archive_unreadable")
    if manifest.get("version") != VERSION:
        raise Refused("archive_newer", version=str(manifest.get("version"))[:20])
    names = set(archive.namelist()) - {"manifest.json"}
    if extra := names ^ set(listed):
        raise Refused("archive_files", names=", ".join(sorted(extra)[:3]))
    hashes = {}
    for name in sorted(names):
        match = PICTURE.fullmatch(name)
        most = MOST_OF_A_PICTURE if match else MOST_OF_A_REPORT if name == "report.html" else MOST_DATA
        hashes[name] = _hash(archive, name, most)
        known = listed[name]
        if not isinstance(known, dict) or known.get("sha256") != hashes[name]:
            raise Refused("archive_changed", name=name)
        if match:
            (staged / match[1]).write_bytes(_read(archive, name, MOST_OF_A_PICTURE))
    data = _json(archive, "event.json", MOST_DATA)
    tables = _tables(data)
    files = {name: hashed for name, hashed in hashes.items() if PICTURE.fullmatch(name)}
    pictures = {name.removeprefix("pictures/"): hashed for name, hashed in files.items()}
    _check_pictures(tables, pictures, staged)
    hashed = content_hash(data["tables"], pictures)
    if manifest.get("content") != hashed:
        raise Refused("archive_changed", name="event.json")
    (row,) = tables["event"]
    _try_out(tables, row["id"])
    return Parsed(row["id"], row["title"], tables, hashed, staged)


# --- the zip --------------------------------------------------------------------------------------------------------


def _check_names(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(names) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused("archive_too_big", limit=MOST_BYTES // 1_000_000)
    odd = [name for name in names if name not in ALWAYS and not PICTURE.fullmatch(name)]
    odd += [name for name in ALWAYS if name not in names] + [n for n in ALWAYS if names.count(n) > 1]
    if odd or len(set(names)) < len(names) or any(entry.flag_bits & 1 for entry in entries):
        raise Refused("archive_files", names=", ".join(repr(name)[:60] for name in odd[:3]) or "…")


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """What the zip says of sizes is not believed: no more than `most` bytes are ever unpacked."""
    with archive.open(name) as file:
        body = file.read(most + 1)
    if len(body) > most:
        raise Refused("archive_too_big", limit=most // 1_000_000)
    return body


def _hash(archive: zipfile.ZipFile, name: str, most: int) -> str:
    """Of a file that need not be held as a whole: the report has all its pictures in it."""
    found, left = hashlib.sha256(), most
    with archive.open(name) as file:
        while part := file.read(1 << 20):
            left -= len(part)
            if left < 0:
                raise Refused("archive_too_big", limit=most // 1_000_000)
            found.update(part)
    return found.hexdigest()


def _json(archive: zipfile.ZipFile, name: str, most: int) -> Any:
    return _loads(_read(archive, name, most))


def _loads(body: bytes) -> Any:
    def refuse(word: str) -> None:
        raise ValueError(f"{word} is no number")

    try:
        return json.loads(body, parse_constant=refuse)
    except ValueError as error:
        raise Refused("archive_unreadable") from error


# --- rows -----------------------------------------------------------------------------------------------------------


def _tables(data: Any) -> dict[str, list[dict[str, Any]]]:
    """The rows by table, every value of the type that its column has."""
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("tables"), dict):
        raise Refused("archive_unreadable")
    known = {table.name: table for table in archived()}
    if unknown := set(data["tables"]) - set(known):
        raise Refused("archive_newer", version=", ".join(sorted(map(str, unknown))[:3])[:60])
    tables = {name: _rows(table, data["tables"].get(name, [])) for name, table in known.items()}
    if len(tables["event"]) != 1:
        raise _wrong(Refused("archive_one_event"))
    of = {row["id"] for name in ("proposal", "conclusion") for row in tables[name]}
    if any(row["of"] not in of for row in tables["wording"]):
        raise _wrong(Refused("archive_wording"))
    rooms = {f"{kind}:{row['id']}" for kind in ("event", "day", "board") for row in tables[kind]}
    if {row["id"] for row in tables["room"]} != rooms:
        raise _wrong(Refused("archive_room"))
    return tables


def _rows(table: Table, rows: Any) -> list[dict[str, Any]]:
    columns = {column.name: column for column in told(table)}
    if not isinstance(rows, list):
        raise Refused("archive_unreadable")
    found = []
    for row in rows:
        if not isinstance(row, dict):
            raise Refused("archive_unreadable")
        if unknown := set(row) - set(columns):
            raise Refused("archive_newer", version=f"{table.name}.{sorted(map(str, unknown))[0]}"[:60])
        found.append({name: _value(column, row[name]) for name, column in columns.items() if name in row})
        for name in set(columns) - set(row):  # an older version did not know it yet
            if not columns[name].nullable and columns[name].server_default is None:
                raise _wrong(Refused("archive_no_column", where=table.name, name=name))
    if len({frozenset(row) for row in found}) > 1:
        raise _wrong(Refused("archive_columns", where=table.name))
    return found


def _value(column: Column[Any], value: Any) -> Any:
    where = f"{column.table.name}.{column.name}"
    if value is None:
        if not column.nullable:
            raise _wrong(Refused("archive_empty", where=where))
        return None
    kind = column.type
    if isinstance(kind, JSON):
        _check_text(where, value)
        right = isinstance(value, dict | list)
    elif isinstance(kind, Boolean):
        right = isinstance(value, bool)
    elif isinstance(kind, BigInteger):
        right = isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63
    else:
        _check_text(where, value)
        right = isinstance(value, str) and (isinstance(kind, Text) or len(value) <= (getattr(kind, "length", 0) or 0))
        if right and (column.foreign_keys or column.name in ("id", "of", "voter")):
            right = bool(ID.fullmatch(value) or ROOM.fullmatch(value))
    if not right:
        raise _wrong(Refused("archive_value", where=where, value=json.dumps(value, default=str)[:40]))
    return value


def _check_text(where: str, value: Any, depth: int = 0) -> None:
    """No NUL and no half of a pair: databases refuse them, each in its own way."""
    if depth > MOST_DEEP:
        raise _wrong(Refused("archive_deep", where=where))
    if isinstance(value, str):
        if "\0" in value or any("\ud800" <= ch <= "\udfff" for ch in value):
            raise _wrong(Refused("archive_no_text", where=where))
    elif isinstance(value, list):
        for inner in value:
            _check_text(where, inner, depth + 1)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(where, key, depth + 1)
            _check_text(where, inner, depth + 1)


# --- pictures -------------------------------------------------------------------------------------------------------


def _check_pictures(tables: dict[str, list[dict[str, Any]]], files: dict[str, str], staged: Path) -> None:
    try:
        wanted = list(picture_files(tables["picture"]))
        sizes = {name: size for row in tables["picture"] for name, size in zip(
            picture_files([row]), row["sizes"], strict=True
        )}  # fmt: skip
    except (TypeError, KeyError, IndexError) as error:
        raise _wrong(Refused("archive_value", where="picture.sizes", value="…")) from error
    if odd := set(wanted) ^ set(files):
        raise Refused("archive_files", names=", ".join(sorted(odd)[:3])[:120])
    for name, size in sizes.items():
        if jpeg_size((staged / name).read_bytes()) != size:
            raise _wrong(Refused("archive_picture", name=f"pictures/{name}"))


def jpeg_size(body: bytes) -> list[int] | None:
    """`[width, height]` of a JPEG as pictures are stored: without EXIF or XMP. None for anything else."""
    if body[:2] != b"\xff\xd8" or body[-2:] != b"\xff\xd9":
        return None
    at = 2
    while at + 9 < len(body) and body[at] == 0xFF:
        marker, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if marker == 0xE1 or length < 2:
            return None
        if marker in (0xC0, 0xC1, 0xC2):
            return [int.from_bytes(body[at + 7 : at + 9], "big"), int.from_bytes(body[at + 5 : at + 7], "big")]
        at += 2 + length
    return None


# --- trying it out --------------------------------------------------------------------------------------------------


def _try_out(tables: dict[str, list[dict[str, Any]]], id: str) -> None:
    try:
        for row in tables["board"]:
            Activity.model_validate(frozen(row["activity"]))
        for row in tables["ballot"]:
            BallotRules.from_data(row["rules"])
        with scratch() as db:
            for table in archived():
                strangers = NOT_TOLD.get(table.name, frozenset()) & {"link", "link_hash"}
                rows = [row | ({"link": 0, "link_hash": row["id"]} if strangers else {}) for row in tables[table.name]]
                write_rows(db, table, rows)
            for room in tables["room"]:
                kind, _, target = room["id"].partition(":")
                snapshot.STATES[kind](db, target)
            off = recount.recount(db, id).off
    except SQLAlchemyError as error:
        raise _wrong(_of_database(error)) from error
    except Refused:
        raise
    except Exception as error:  # rows that fit together and mean nothing: whatever trips over them, they are not let in
        raise _wrong(Refused("archive_shown", why=type(error).__name__)) from error
    if off:
        raise _wrong(Refused("archive_recount", where=off[0].partition(": ")[0][:120]))


def _wrong(why: Refused) -> Refused:
    """`why` is a refusal, so that its sentence is translated with the one around it."""
    return Refused("archive_wrong", why=why)


def _of_database(error: SQLAlchemyError) -> Refused:
    """What the database in memory says, as a reason: “UNIQUE constraint failed: proposal.id” and the like."""
    rule, _, where = str(getattr(error, "orig", error)).partition(" constraint failed")
    where = where.removeprefix(":").strip()[:60] or rule[:60]
    if rule == "FOREIGN KEY":
        return Refused("archive_stranger")
    return Refused("archive_twice", where=where) if rule == "UNIQUE" else Refused("archive_rule", where=where)


@contextmanager
def scratch() -> Iterator[Connection]:
    """An empty database in memory, which holds to its references."""
    engine = create_engine("sqlite://")
    event.listen(engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys=ON"))
    try:
        Base.metadata.create_all(engine)
        with engine.connect() as db:
            yield db
    finally:
        engine.dispose()
