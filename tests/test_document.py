"""A report as data: what cannot be written, and that its jumps can be followed."""

from __future__ import annotations

import pytest

from facilitator.domain.document import (
    Column,
    Facts,
    Note,
    Paragraph,
    Reference,
    Row,
    Section,
    Statement,
    Table,
    anchors,
    references,
)


def test_an_anchor_is_never_free_text() -> None:
    Reference("C1.2", "c1-2")
    for bad in ("", "C1", '" onclick="', "a b", "1a", "a" * 65):
        with pytest.raises(ValueError, match="anchor"):
            Reference("C1.2", bad)
        with pytest.raises(ValueError, match="anchor"):
            Section("Title", bad, ())


def test_a_row_has_a_cell_for_every_column() -> None:
    columns = (Column("Proposal"), Column("Votes", "number"))
    Table("Result", columns, (Row(("Buses", 3)),))
    with pytest.raises(ValueError, match="1 cells, not 2"):
        Table("Result", columns, (Row(("Buses",)),))


def test_anchors_and_references_are_found_at_any_depth() -> None:
    table = Table("All", (Column("Proposal"),), (Row((("Buses ", Reference("C1.1", "c1-1")),), anchor="p1"),))
    statement = Statement("C1.1", "More buses", "c1-1", "Decision", (Facts((("From", (Reference("P1", "p1"),)),)),))
    blocks = (
        Section("Day 1", "day-1", (statement, Note((Reference("annex", "annex"),)))),
        Section("Annex", "annex", (table, Paragraph(("end",)))),
    )
    assert list(anchors(blocks)) == ["day-1", "c1-1", "annex", "p1"]
    assert list(references(blocks)) == ["p1", "annex", "c1-1"]
