"""The roadmap of the whole event: what is done in each year, over all boards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...domain.document import Block, Column, Figure, Note, Row, Section, Table
from ..gather import Outcome, OutcomeProposal
from .pictures import lanes
from .words import Words

MOST_LANES = 14
"""So many stand in one picture: it has to fit on a page."""


def roadmap(words: Words, outcome: Outcome) -> Section | None:
    """Lanes for each year, with a table that also has the pledges; None where nothing is planned."""
    _ = words._
    planned = sorted(
        (p for board in outcome.boards for p in board.having("standing") if p.plan is not None), key=when
    )  # fmt: skip
    if not planned:
        return None
    years = dict.fromkeys(p.plan.year for p in planned if p.plan is not None)
    sections = tuple(
        Section(
            _("Without a year") if year is None else str(year),
            f"roadmap-{year or 'open'}",
            tuple(_year(words, year, [p for p in planned if p.plan is not None and p.plan.year == year])),
            listed=False,
        )
        for year in years
    )
    return Section(_("The roadmap by year"), "roadmap", sections)


def when(p: OutcomeProposal) -> tuple[int, int]:
    """The order of a roadmap: by year and quarter, what has none last."""
    return (p.plan.year or 9999, p.plan.quarter or 5) if p.plan else (9999, 5)


def _year(words: Words, year: int | None, planned: Sequence[OutcomeProposal]) -> Iterator[Block]:
    _ = words._
    columns = [Column(_("Quarter"), "code"), Column(_("Improvement")), Column(_("Lead")), Column(_("Pledges"))]
    rows = [
        Row(
            (
                f"Q{p.plan.quarter}" if p.plan.quarter else "–",
                words.proposal(p),
                p.plan.lead or _("nobody yet"),
                "; ".join(f"{pledge.organisation or words.named(pledge.author)}: {pledge.text}" for pledge in p.pledges)
                or None,
            )
        )
        for p in planned
        if p.plan is not None
    ]
    if year is None:
        columns, rows = columns[1:], [Row(row.cells[1:]) for row in rows]
    if not any(row.cells[-1] for row in rows):
        columns, rows = columns[:-1], [Row(row.cells[:-1]) for row in rows]
    title = _("Roadmap") if year is None else _("Roadmap {year}").format(year=year)
    table = Table(title, tuple(columns), tuple(rows), quiet=True)
    chart = lanes(words, planned[:MOST_LANES])
    if chart is None:
        yield table
        return
    said = _("A line for each improvement, in the year and quarter in which it is done, with who leads it.")
    yield Figure(title, said, chart, table)
    if len(planned) > MOST_LANES:
        yield Note((_("In the picture are the first {count}, in the table all.").format(count=MOST_LANES),))
