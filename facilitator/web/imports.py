"""Bringing a roster in: a pasted or uploaded table, what its columns mean, what is wrong in which line, then all of it
at once. Between the pages the table travels in the form: nothing is kept of a roster that is not brought in."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from .. import beside, spreadsheet
from ..commands.roster import known_by
from ..domain import roster
from ..domain.refusals import Refused
from ..domain.roster import Reading
from .errors import said
from .house import store
from .roster import do, page
from .who import person_of

blueprint = Blueprint("imports", __name__)

MOST_FORM = 8 * spreadsheet.MOST_BYTES  # a table as JSON in a form, each of its characters written in up to six
SHOWN = 12
"""How many of those whose lines are right are shown, so that one sees whether the columns are."""


@blueprint.url_value_preprocessor
def _larger_forms(endpoint: str | None, values: Any) -> None:
    """Before anything reads the form: other pages take 64 kB."""
    request.max_content_length = MOST_FORM
    request.max_form_memory_size = MOST_FORM


@blueprint.get("/s/<person>/import")
def form(person: str) -> ResponseReturnValue:
    return page("import.html", person_of(person, "organiser"), "people", error=None, pasted="")


@blueprint.post("/s/<person>/import")
def read(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    pasted = request.form.get("pasted", "")
    file = request.files.get("file")
    try:
        if file is not None and file.filename:
            table = beside.execute(spreadsheet.read, file.stream.read(spreadsheet.MOST_BYTES + 1))
        else:
            table = beside.execute(spreadsheet.read_text, pasted)
    except Refused as refused:
        return page("import.html", row, "people", error=said(refused), pasted=pasted[:50_000]), 422
    columns = roster.match(table[0])
    width = max(len(cells) for cells in table)
    headings = bool(any(columns))
    columns += [""] * (width - len(columns))
    if not headings:  # a bare list: one name a line, perhaps the organisation beside it
        columns[: min(width, 2)] = ["name", "organisation"][:width]
    return _preview(row, table, columns, headings, skipped=frozenset(), fixes={})


@blueprint.post("/s/<person>/import/check")
def check(person: str) -> ResponseReturnValue:
    """The same table again, with other columns, corrected cells, lines left out; or brought in, if all is right."""
    row = person_of(person, "organiser")
    table = _table()
    width = max(len(cells) for cells in table)
    columns = [
        key if key in roster.FIELDS else "" for key in (request.form.get(f"column-{i}", "") for i in range(width))
    ]
    headings = bool(request.form.get("headings"))
    skipped = frozenset(int(line) for line in request.form.getlist("skip") if line.isdecimal() and len(line) < 6)
    fixes = _fixes(table)
    if request.form.get("act") == "import":
        reading = _reading(row, table, columns, headings, skipped)
        if not reading.problems and reading.entries and _has_names(columns):
            lines = [
                {
                    "name": e.name,
                    "organisation": e.organisation,
                    "kind": e.kind,
                    "role": e.role,
                    "languages": list(e.languages),
                    "email": e.email,
                    "group": e.group,
                }
                for e in reading.entries.values()
            ]
            try:
                do(row, "roster.import", {"people": lines})
            except Refused as refused:
                return _preview(row, table, columns, headings, skipped, fixes, error=said(refused)), 422
            return redirect(url_for("roster.people", person=person))
    return _preview(row, table, columns, headings, skipped, fixes)


def _preview(
    row: Row[Any],
    table: spreadsheet.Rows,
    columns: list[str],
    headings: bool,
    skipped: frozenset[int],
    fixes: dict[int, bool],
    error: str | None = None,
) -> str:
    reading = _reading(row, table, columns, headings, skipped)
    if error is None and not _has_names(columns):
        error = said(Refused("no_name_column"))
    elif error is None and not reading.entries and not reading.problems:
        error = said(Refused("nobody_in_it"))
    used = [(at, key) for at, key in enumerate(columns) if key]
    faulty = sorted({*reading.problems, *(line for line in skipped | set(fixes) if 1 <= line <= len(table))})
    lines = [
        {
            "number": number,
            "cells": [(at, key, _cell(table[number - 1], at)) for at, key in used],
            "problems": [said(problem) for problem in reading.problems.get(number, [])],
            "skipped": number in skipped,
        }
        for number in faulty
    ]
    samples = table[1:4] if headings else table[:3]
    organisations = {roster.plain(e.organisation): e.organisation for e in reading.entries.values() if e.organisation}
    return page(
        "import_check.html",
        row,
        "people",
        error=error,
        table=json.dumps(table, ensure_ascii=False, separators=(",", ":")),
        columns=[
            {"heading": _cell(table[0], at) if headings else "", "key": key, "samples": [_cell(r, at) for r in samples]}
            for at, key in enumerate(columns)
        ],
        fields=roster.FIELDS,
        headings=headings,
        lines=lines,
        used=[key for _, key in used],
        entries=list(reading.entries.values())[:SHOWN],
        count=len(reading.entries),
        problems=len(reading.problems),
        organisations=sorted(organisations.values(), key=roster.plain),
    )


def _reading(
    row: Row[Any], table: spreadsheet.Rows, columns: list[str], headings: bool, skipped: frozenset[int]
) -> Reading:
    with store().reading() as db:
        known = known_by(db, row.event)
    rows = {
        number: cells
        for number, cells in enumerate(table, start=1)
        if not (headings and number == 1) and number not in skipped
    }
    return roster.read(rows, columns, known)


def _table() -> spreadsheet.Rows:
    """The table as it came back in the form: anybody's text, held to the same bounds as a file."""
    try:
        raw = json.loads(request.form.get("table", ""))
    except (ValueError, RecursionError):
        raw = None
    if not isinstance(raw, list) or not raw or len(raw) > spreadsheet.MOST_ROWS:
        raise Refused("sheet_unreadable")
    table = []
    for cells in raw:
        if not isinstance(cells, list) or len(cells) > spreadsheet.MOST_COLUMNS:
            raise Refused("sheet_unreadable")
        if not all(isinstance(cell, str) and len(cell) <= spreadsheet.LONGEST_CELL for cell in cells):
            raise Refused("sheet_unreadable")
        table.append(cells)
    if not any(table):
        raise Refused("sheet_unreadable")
    return table


def _fixes(table: spreadsheet.Rows) -> dict[int, bool]:
    """Put corrected cells into the table; returns the lines that were on show to be corrected."""
    lines: dict[int, bool] = {}
    for key, value in request.form.items():
        where = key.split("-")
        if where[0] != "cell" or len(where) != 3 or not all(part.isdecimal() and len(part) < 6 for part in where[1:]):
            continue
        line, at = int(where[1]), int(where[2])
        if 1 <= line <= len(table) and at < spreadsheet.MOST_COLUMNS:
            cells = table[line - 1]
            cells += [""] * (at + 1 - len(cells))
            cells[at] = value[: spreadsheet.LONGEST_CELL]
            lines[line] = True
    return lines


def _has_names(columns: list[str]) -> bool:
    return bool({"name", "first_name", "last_name"} & set(columns))


def _cell(cells: list[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""
