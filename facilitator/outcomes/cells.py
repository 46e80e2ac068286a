"""The cells of a table, for formats that set them as lines of text in columns."""

from __future__ import annotations

import math

from ..domain.document import Cell, Line, Moment, Rank, Table
from .moments import written


def line_of(cell: Cell) -> Line:
    """A cell as a line of text."""
    if cell is None:
        return ()
    if isinstance(cell, Rank):
        return (f"{cell.place}\u00a0=" if cell.tied else str(cell.place),)
    if isinstance(cell, Moment):
        return (written(cell.at, zone=False),)
    return cell if isinstance(cell, tuple) else (str(cell),)


def weights(table: Table) -> list[float]:
    """How wide the columns are against each other: the longer their texts, the wider; 0 as narrow as can be."""
    found: list[float] = []
    for index, column in enumerate(table.columns):
        lengths = [
            sum(len(str(getattr(part, "text", part))) for part in line_of(row.cells[index])) for row in table.rows
        ]
        usual = sum(lengths) / len(lengths) if lengths else 1
        found.append(round(min(9.0, max(2.0, math.sqrt(usual))), 2) if column.kind == "text" else 0)
    return found
