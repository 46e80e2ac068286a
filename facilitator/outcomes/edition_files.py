"""A frozen edition as files. All of them are made of what was frozen, so each says the same for good: whoever asks for
one a year later gets the same text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Db

from .. import i18n, snapshot
from ..domain import frozen
from ..domain.document import Block, Cell, Document, Figure, Moment, Photo, Section, Statement, Table, rebuilt
from . import FORMATS, csvs
from .cells import line_of
from .tables import Sheet, Value

SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


Shown = tuple[tuple[str, str], ...]
"""The pictures that may be seen: (id, path of its file)."""


def shown(db: Db, event: str, data: Path) -> Shown:
    """Those that the public page shows now: one that was hidden or withdrawn since is in no file either."""
    cards = ((card["id"], data / card["path"]) for card in snapshot.public_pictures(db, event))
    return tuple((id, str(path)) for id, path in cards if path.is_file())


def write(format: str, text: str, pictures: Shown = ()) -> bytes:
    """A file of a frozen edition (`domain.frozen.written`). It needs no database, so it can be made in another thread.
    Of pictures that are not among `pictures` it has the words only.

    Args:
        format: `pdf`, `docx`, `html` or `md`: the report; `xlsx` or `csv`: its tables; `json`: the frozen text itself,
            whose SHA-256 is the edition's hash.

    Raises:
        KeyError: no such format.
    """
    if format == "json":
        return text.encode()
    report = _with_files(frozen.read(text).report, dict(pictures))
    if format in DATA:
        return DATA[format](report)
    render = FORMATS[format].report
    assert render is not None
    return render(report, i18n.translator(report.language))


kept = lru_cache(maxsize=8)(write)
"""The same, made once for many who ask."""


def _with_files(report: Document, files: Mapping[str, str]) -> Document:
    def found(part: Any) -> Any:
        return replace(part, file=files.get(part.picture)) if isinstance(part, Photo) else part

    return rebuilt(report, found)  # type: ignore[no-any-return]


def sheets_of(report: Document) -> list[Sheet]:
    """The tables of a report, numbered as they come."""
    found = []
    for number, table in enumerate(_tables(report.blocks), start=1):
        name = SHEET_NAME.sub(" ", f"{number:02} {table.caption}")[:31].strip()
        columns = tuple(column.title for column in table.columns)
        found.append(Sheet(name, columns, tuple(tuple(_value(cell) for cell in row.cells) for row in table.rows)))
    return found


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Section | Statement):
            yield from _tables(block.blocks)
        elif isinstance(block, Figure | Table):
            yield block.table if isinstance(block, Figure) else block


def _value(cell: Cell) -> Value:
    if cell is None or isinstance(cell, str | int | float | Moment):
        return cell
    return "".join(str(getattr(part, "text", part)) for part in line_of(cell))


def _xlsx(report: Document) -> bytes:
    from . import xlsx

    return xlsx.book_of(report.title, report.gathered_at, sheets_of(report))


DATA: dict[str, Callable[[Document], bytes]] = {
    "xlsx": _xlsx,
    "csv": lambda report: csvs.zip_of(sheets_of(report)),
}
OFFERED = tuple(name for name, one in FORMATS.items() if name == "json" or name in DATA or one.report is not None)
"""What a document can be written as: an outcome's calendar, for one, needs more than the document."""
