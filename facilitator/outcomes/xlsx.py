"""The outcome as XLSX: a sheet for each of the tables that `tables` documents, with numbers as numbers, moments as
dates (UTC) and texts as texts: none of them becomes a formula or a link."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

import xlsxwriter

from ..domain.document import Moment
from .gather import Outcome
from .plain import clean
from .tables import Sheet, sheets

MOST_SIGNS = 32_767  # in a cell
WIDE, USUAL, NARROW = 60, 18, 11
WIDE_COLUMNS = frozenset(
    {"text", "wording", "reason", "verdict_reason", "parts", "first_step", "pledges", "conclusion_wordings", "answer"}
)


def render(outcome: Outcome) -> bytes:
    """The XLSX file of an outcome."""
    return book_of(outcome.title, outcome.gathered_at, sheets(outcome))


def book_of(title: str, gathered_at: int, pages: Iterable[Sheet]) -> bytes:
    """An XLSX file with a worksheet for each of `pages`."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    at = datetime.fromtimestamp(gathered_at // 1000, UTC).replace(tzinfo=None)
    book.set_properties({"title": clean(title)[:250], "created": at})
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    cell = book.add_format({"valign": "top"})
    text = book.add_format({"valign": "top", "text_wrap": True, "num_format": "@"})
    moment = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd hh:mm"})
    for sheet in pages:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for column, name in enumerate(sheet.columns):
            page.write_string(0, column, name, head)
            page.set_column(column, column, _width(sheet, column))
        for number, row in enumerate(sheet.rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    if value:
                        page.write_string(number, column, _cut(clean(value)), text)
                elif isinstance(value, Moment):
                    written = datetime.fromtimestamp(value.at // 1000, UTC).replace(tzinfo=None)
                    page.write_datetime(number, column, written, moment)
                elif value is not None:
                    page.write_number(number, column, value, cell)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return file.getvalue()


def _cut(text: str) -> str:
    return text if len(text) <= MOST_SIGNS else text[: MOST_SIGNS - 1] + "…"


def _width(sheet: Sheet, column: int) -> int:
    if sheet.columns[column] in WIDE_COLUMNS:
        return WIDE
    texts = any(isinstance(row[column], str | Moment) for row in sheet.rows[:50])
    return USUAL if texts else max(NARROW, len(sheet.columns[column]) + 2)
