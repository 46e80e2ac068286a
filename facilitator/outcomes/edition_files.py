"""A frozen edition as files. All of them are made of what was frozen, so each says the same for good: whoever asks for
one a year later gets the same text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from .. import i18n
from ..domain import frozen
from ..domain.document import Block, Cell, Document, Figure, Moment, Section, Statement, Table
from . import FORMATS, csvs
from .cells import line_of
from .tables import Sheet, Value

SHEET_NAME = re.compile(r"[\[\]:*?/\\']")


def write(format: str, text: str) -> bytes:
    """A file of a frozen edition (`domain.frozen.written`). It needs no database, so it can be made in another thread.

    Args:
        format: `pdf`, `docx`, `html` or `md`: the report; `xlsx` or `csv`: its tables; `json`: the frozen text itself,
            whose SHA-256 is the edition's hash.

    Raises:
        KeyError: no such format.
    """
    if format == "json":
        return text.encode()
    report = frozen.read(text).report
    if format in DATA:
        return DATA[format](report)
    render = FORMATS[format].report
    assert render is not None
    return render(report, i18n.translator(report.language))


kept = lru_cache(maxsize=24)(write)
"""The same, made once for many who ask."""


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
