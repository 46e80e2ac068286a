"""What a file of an outcome says, as text, whatever its format."""

from __future__ import annotations

import csv
import io
import zipfile


def text_of(format: str, body: bytes) -> str:
    """All that can be read in a file: of a spreadsheet its cells, of a zip of tables the tables."""
    if format == "csv":
        return "\n".join(tables_of(body).values())
    return body.decode("utf-8-sig")


def tables_of(body: bytes) -> dict[str, str]:
    """Name of a table -> its CSV file, of the zip of all of them."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name.removesuffix(".csv"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows_of(body: bytes, table: str) -> list[dict[str, str]]:
    """The rows of one table of the zip."""
    return list(csv.DictReader(io.StringIO(tables_of(body)[table], newline="")))
