"""Tables that people bring along, CSV or XLSX, as rows of text. Bytes in, text out; nothing is written or fetched.

A file is somebody else's: its size, lines, columns and what its archive unpacks to are bounded, formulas are never
worked out (their last value counts), and whatever cannot be read is refused with what to do.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from .domain.refusals import Refused

MOST_BYTES = 2_000_000
MOST_UNPACKED = 40_000_000
MOST_PARTS = 500
MOST_ROWS = 2_001  # the headings, and as many people as a roster holds
MOST_COLUMNS = 60
LONGEST_CELL = 1_000
ENDLESS = 100_000
MOST_MERGED = 5_000

Rows = list[list[str]]


def read(data: bytes) -> Rows:
    """The rows of a CSV or XLSX file, whichever it is, from the first sheet that has any text.

    Rows keep their place in the table (an empty one is an empty list), so that a line's number is its number in the
    file. Cells are cut at 1,000 characters.

    Raises:
        Refused: `sheet_too_big`, `sheet_long`, `sheet_wide`, `sheet_empty`, `sheet_old` or `sheet_unreadable`.
    """
    if len(data) > MOST_BYTES:
        raise Refused("sheet_too_big", limit=MOST_BYTES // 1_000_000)
    if data.startswith(b"PK\x03\x04"):
        return _tidy(_xlsx(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("sheet_old")
    return read_text(_decoded(data))


def read_text(words: str) -> Rows:
    """The rows of a table as text: pasted from a spreadsheet (tabs), or a CSV file with commas, semicolons or tabs.

    Raises:
        Refused: as `read`.
    """
    if len(words) > MOST_BYTES:
        raise Refused("sheet_too_big", limit=MOST_BYTES // 1_000_000)
    words = words.replace("\x00", "").removeprefix("\ufeff")
    try:
        reader = csv.reader(io.StringIO(words, newline=""), delimiter=_delimiter(words))
        return _tidy(_sound(reader))
    except csv.Error:
        raise Refused("sheet_unreadable") from None


def _sound(rows: Iterator[list[str]]) -> Iterator[list[str]]:
    """The rows as they are, up to a quotation mark that never ends."""
    for row in rows:
        if any(len(cell) > ENDLESS for cell in row):  # csv's own limit is the whole process's, and others set it
            raise Refused("sheet_unreadable")
        yield row


def _tidy(rows: Iterator[Any]) -> Rows:
    """Text cells within bounds, without empty rows and columns at the end."""
    table: Rows = []
    for row in rows:
        if len(table) >= MOST_ROWS:
            if any(_text(cell).strip() for cell in row):
                raise Refused("sheet_long", limit=MOST_ROWS - 1)
            continue
        cells = [_text(cell) for cell in islice(row, MOST_COLUMNS + 1)]
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise Refused("sheet_wide", limit=MOST_COLUMNS)
        table.append(cells)
    while table and not table[-1]:
        table.pop()
    if not table:
        raise Refused("sheet_empty")
    return table


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        cell = int(cell)
    if isinstance(cell, datetime.datetime | datetime.date):
        return cell.isoformat()
    words = str(cell)[:LONGEST_CELL]
    return words.encode("utf-8", "replace").decode()  # half of a pair of surrogates is no character


# --- text -----------------------------------------------------------------------------------------------------------


def _decoded(data: bytes) -> str:
    """Text in whatever encoding spreadsheets write: UTF-8 with or without a mark, UTF-16, else Western European."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    start = data[:2_000]
    if start.count(0) > len(start) // 4:  # every other byte of Western text in UTF-16 is zero
        little = start[1::2].count(0) >= start[0::2].count(0)
        return data.decode("utf-16-le" if little else "utf-16-be", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(words: str) -> str:
    """The mark that divides the first lines most evenly. A table copied from a spreadsheet has tabs."""
    lines = [line for line in words[:20_000].splitlines() if line.strip()][:20]
    best, most = ",", (0, 0)
    for mark in "\t;,|":
        counts = Counter(line.count(mark) for line in lines)
        columns, times = max(counts.items(), key=lambda pair: (pair[0] > 0, pair[1], pair[0]), default=(0, 0))
        if columns and (times, columns) > most:
            best, most = mark, (times, columns)
    return best


# --- XLSX -----------------------------------------------------------------------------------------------------------

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')


def _xlsx(data: bytes) -> Iterator[list[Any]]:
    from openpyxl import load_workbook  # here, because numpy comes with it: half a second of every start

    _require_harmless(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state != "visible":
                continue
            sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
            rows = list(islice(_rows(sheet), MOST_ROWS + 1))
            if any(cell is not None and str(cell).strip() for row in rows for cell in row):
                _fill_merged(rows, _merged(data, sheet))
                return iter(rows)
    except Refused:
        raise
    except Exception:  # a damaged or forged archive fails in any place of the library
        raise Refused("sheet_unreadable") from None
    raise Refused("sheet_empty")


def _rows(sheet: Any) -> Iterator[list[Any]]:
    """Rows at their places; a row that the file leaves out is empty."""
    for number, row in enumerate(sheet.iter_rows(values_only=True)):
        if number > MOST_ROWS:
            return
        yield list(row[: MOST_COLUMNS + 1])


def _require_harmless(data: bytes) -> None:
    """A small archive may unpack to gigabytes, and its XML may multiply itself. Sizes are those that the archive
    states; reading a part stops at its stated size."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Refused("sheet_too_big", limit=MOST_BYTES // 1_000_000)
            if any(part.flag_bits & 1 for part in parts):
                raise Refused("sheet_unreadable")  # locked with a password
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with archive.open(part) as file:
                        start = file.read(4_000)
                    if b"<!DOCTYPE" in start or b"<\x00!\x00D\x00O\x00C\x00T" in start:
                        raise Refused("sheet_unreadable")
    except Refused:
        raise
    except Exception:
        raise Refused("sheet_unreadable") from None


def _merged(data: bytes, sheet: Any) -> list[tuple[int, int, int, int]]:
    """Areas of merged cells, as (first column, first row, last column, last row), from 1."""
    from openpyxl.utils.cell import range_boundaries

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        raw = archive.read(sheet._worksheet_path)
    return [range_boundaries(found.decode()) for found in islice(_MERGED.findall(raw), MOST_MERGED)]


def _fill_merged(rows: list[list[Any]], areas: list[tuple[int, int, int, int]]) -> None:
    """An organisation that is written once beside its people, over several rows, belongs to each of them. A heading
    over several columns stays where it stands."""
    for left, top, _right, bottom in areas:
        if top > len(rows) or left > min(MOST_COLUMNS, len(rows[top - 1])):
            continue
        value = rows[top - 1][left - 1]
        for row in rows[top - 1 : bottom]:
            row += [None] * (left - len(row))
            row[left - 1] = value
