"""The outcome as CSV: a file for each of the tables that `tables` documents, in one zip.

UTF-8 with a byte order mark, so that Excel reads the accents. A text that a spreadsheet would take for a formula gets
an apostrophe in front (OWASP, CSV injection). Moments are ISO 8601 in UTC.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable

from ..domain.document import Moment
from .gather import Outcome
from .moments import iso
from .tables import Sheet, Value, sheets

# Full-width forms are formulas too in spreadsheets set to an East Asian language.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
FIRST_OF_ALL = (1980, 1, 1, 0, 0, 0)  # a zip's own moment: the same outcome gives the same bytes


def render(outcome: Outcome) -> bytes:
    """The zip of an outcome's CSV files."""
    return zip_of(sheets(outcome))


def zip_of(pages: Iterable[Sheet]) -> bytes:
    """A zip with a CSV file for each of `pages`."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for sheet in pages:
            entry = zipfile.ZipInfo(f"{sheet.name}.csv", FIRST_OF_ALL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            files.writestr(entry, table(sheet))
    return archive.getvalue()


def table(sheet: Sheet) -> bytes:
    """One table as a CSV file."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    for row in sheet.rows:
        writer.writerow(guard(cell) for cell in row)
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def guard(cell: Value) -> str | int | float:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers; None is an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, Moment):
        return iso(cell.at)
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(DANGEROUS):
        return "'" + cell
    return cell
