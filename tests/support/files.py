"""What a file of an outcome says, as text, whatever its format."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import Any

import docx
import openpyxl
import pypdf
from docx.oxml.ns import qn


def text_of(format: str, body: bytes) -> str:
    """All that can be read in a file: of a spreadsheet its cells, of a zip of tables the tables."""
    if format == "csv":
        return "\n".join(tables_of(body).values())
    if format == "xlsx":
        return "\n".join(str(cell) for rows in sheets_of(body).values() for row in rows for cell in row)
    if format == "docx":
        paragraphs = docx.Document(io.BytesIO(body)).element.body.iter(qn("w:p"))
        return "\n".join("".join(_said(piece) for piece in paragraph.iter()) for paragraph in paragraphs)
    if format == "pdf":
        pages = pypdf.PdfReader(io.BytesIO(body)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())
    if format == "ics":
        return body.decode().replace("\r\n ", "")
    return body.decode("utf-8-sig")


def _said(piece: Any) -> str:
    return {qn("w:t"): piece.text or "", qn("w:br"): "\n"}.get(piece.tag, "")


def sheets_of(body: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Name of a sheet -> its rows, the first one being the columns' names."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    return {page.title: list(page.iter_rows(values_only=True)) for page in book.worksheets}


def tables_of(body: bytes) -> dict[str, str]:
    """Name of a table -> its CSV file, of the zip of all of them."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name.removesuffix(".csv"): archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows_of(body: bytes, table: str) -> list[dict[str, str]]:
    """The rows of one table of the zip."""
    return list(csv.DictReader(io.StringIO(tables_of(body)[table], newline="")))
