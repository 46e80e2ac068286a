"""Tables that people bring: in every encoding, merged, with formulas, far too long, forged. Nothing crashes."""

from __future__ import annotations

import io
import random
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from facilitator import spreadsheet
from facilitator.domain import roster
from facilitator.domain.refusals import Refused

TABLE = [["Name", "Organisation"], ["Núria Casals", "Àrea Metropolitana"], ["Cem Yıldırım", "Senate, Berlin"]]
LATIN = [["Name", "Organisation"], ["Núria Casals", "Àrea Metropolitana"], ["José", "Málaga; España"]]


def xlsx(rows: list[list[Any]], change: Any = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv(rows: list[list[str]], mark: str = ",", end: str = "\r\n") -> str:
    return "".join(mark.join(f'"{cell}"' if mark in cell else cell for cell in row) + end for row in rows)


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_csv_file_is_read_in_every_encoding_and_with_every_mark(encoding: str, mark: str, end: str) -> None:
    assert spreadsheet.read(as_csv(TABLE, mark, end).encode(encoding)) == TABLE


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252"])
def test_a_csv_file_of_an_old_spreadsheet_is_read_too(encoding: str) -> None:
    assert spreadsheet.read(as_csv(LATIN, ";").encode(encoding)) == LATIN


def test_what_is_pasted_from_a_spreadsheet_has_tabs() -> None:
    assert spreadsheet.read_text("Amina\tBarcelona, Spain\nBruno\tSeoul") == [
        ["Amina", "Barcelona, Spain"],
        ["Bruno", "Seoul"],
    ]
    assert spreadsheet.read_text("Amina\nBruno\n\nChen") == [["Amina"], ["Bruno"], [], ["Chen"]]


def test_an_xlsx_file_is_read_with_its_lines_where_they_were() -> None:
    table = [["Name", "Organisation", None], ["Amina", "Barcelona"], [], ["Bruno", 7.0]]
    assert spreadsheet.read(xlsx(table)) == [["Name", "Organisation"], ["Amina", "Barcelona"], [], ["Bruno", "7"]]


def test_an_organisation_that_is_merged_over_its_people_belongs_to_each() -> None:
    def merge(book: Workbook) -> None:
        book.active.merge_cells("B2:B3")
        book.active.merge_cells("A4:C4")

    table = [["Name", "City"], ["Amina", "Barcelona"], ["Bruno", None], ["A heading"], ["Chen", "Seoul"]]
    assert spreadsheet.read(xlsx(table, merge)) == [
        ["Name", "City"],
        ["Amina", "Barcelona"],
        ["Bruno", "Barcelona"],
        ["A heading"],
        ["Chen", "Seoul"],
    ]


def test_formulas_are_not_worked_out() -> None:
    found = spreadsheet.read(xlsx([["Name"], ["Amina"], ['=HYPERLINK("http://evil.example","x")']]))
    assert found == [["Name"], ["Amina"]], "a formula that was never calculated has no value"


def test_the_first_sheet_with_something_in_it_counts_and_hidden_ones_do_not() -> None:
    def sheets(book: Workbook) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("Empty")
        book.create_sheet("People").append(["Amina"])

    assert spreadsheet.read(xlsx([["Secret"]], sheets)) == [["Amina"]]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "sheet_empty"),
        (b"\r\n , ,\r\n", "sheet_empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "sheet_old"),
        (b"PK\x03\x04 and nothing else", "sheet_unreadable"),
        (b"a,b\r\n" * 50_000, "sheet_long"),
        (b"a," * 100, "sheet_wide"),
        (b"x" * 2_000_001, "sheet_too_big"),
        (b'name\n"' + b"x" * 200_000, "sheet_unreadable"),
        (xlsx([]), "sheet_empty"),
        (xlsx([[f"Guest {number}"] for number in range(3_000)]), "sheet_long"),
        (xlsx([list(range(90))]), "sheet_wide"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{value[:8]!r}",
)
def test_what_cannot_be_taken_is_refused_with_what_to_do(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        spreadsheet.read(data)
    assert refused.value.code == code


def forged(parts: dict[str, bytes], base: bytes | None = None) -> bytes:
    """An XLSX file with some parts exchanged."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(base or xlsx([["Amina"]]))) as good,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in {*good.namelist(), *parts}:
            bad.writestr(name, parts[name] if name in parts else good.read(name))
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">' % (98 + i, *([97 + i] * 8)) for i in range(10))
    + b"]><worksheet>&k;</worksheet>"
)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({SHEET: b" " * 60_000_000}, "sheet_too_big"),
        ({f"x/{number}": b"" for number in range(2_000)}, "sheet_too_big"),
        ({SHEET: BILLION}, "sheet_unreadable"),
        ({SHEET: b"<worksheet><sheetData><row>"}, "sheet_unreadable"),
        ({"xl/workbook.xml": b"no xml at all"}, "sheet_unreadable"),
        ({"[Content_Types].xml": b"<x/>"}, "sheet_unreadable"),
    ],
    ids=["bomb", "parts", "laughs", "torn", "workbook", "types"],
)
def test_bombs_and_forged_archives_are_refused(parts: dict[str, bytes], code: str) -> None:
    with pytest.raises(Refused) as refused:
        spreadsheet.read(forged(parts))
    assert refused.value.code == code


def test_a_sheet_that_lies_about_its_size_is_read_for_what_it_is() -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx([["Amina", "Rabat"], ["Bruno"]]))) as good:
        sheet = good.read(SHEET)
    assert b"A1:B2" in sheet
    lying = forged({SHEET: sheet.replace(b"A1:B2", b"A1:XFD1048576")}, xlsx([["Amina", "Rabat"], ["Bruno"]]))
    assert spreadsheet.read(lying) == [["Amina", "Rabat"], ["Bruno"]]


@settings(max_examples=150)
@given(st.binary(max_size=3_000))
def test_any_bytes_are_a_table_or_a_refusal(data: bytes) -> None:
    read_or_refused(data)


def test_damaged_files_are_a_table_or_a_refusal() -> None:
    chance = random.Random(7)
    good = [xlsx([["Name", "City"], *[[f"Guest {n}", "Lima"] for n in range(40)]]), as_csv(TABLE).encode("utf-16")]
    for _ in range(150):
        data = bytearray(chance.choice(good))
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        read_or_refused(bytes(data[: chance.randrange(len(data) // 2, len(data))]))


def read_or_refused(data: bytes) -> None:
    try:
        table = spreadsheet.read(data)
    except Refused as refused:
        assert refused.code.startswith("sheet_")
        return
    assert 0 < len(table) <= spreadsheet.MOST_ROWS
    assert all(len(row) <= spreadsheet.MOST_COLUMNS and all(isinstance(cell, str) for cell in row) for row in table)
    reading = roster.read(dict(enumerate(table, start=1)), ["name", "organisation", "role", "languages", "email"])
    assert not set(reading.entries) & set(reading.problems)
