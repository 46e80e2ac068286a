"""The roadmap of the whole event: what every group wants to be done, year by year."""

from __future__ import annotations

import pytest
from support.files import text_of
from support.small import NINE, Small

from facilitator.domain.document import Figure, LaneChart, Note, Section
from facilitator.outcomes import compile_report, gather, render
from facilitator.outcomes.compile.roadmap import MOST_LANES
from facilitator.store import models as m


def plan(small: Small, proposal: str, year: int | None, quarter: int | None, lead: str | None = "amb") -> None:
    small.add(
        m.RoadmapItem, proposal=proposal, lead=lead, partners=[], year=year, quarter=quarter, effort=2, impact=4,
        first_step="Count them", by="paula", at=NINE,
    )  # fmt: skip


def section(small: Small, depth: str = "findings") -> Section | None:
    document = compile_report(gather(small.db, small.event), depth=depth)  # type: ignore[arg-type]
    found = [block for block in document.blocks if isinstance(block, Section) and block.anchor == "roadmap"]
    return found[0] if found else None


@pytest.fixture
def planned(voted: Small) -> Small:
    """More buses in the third quarter of 2018, more trees some time in 2017; Delhi pledges to help with the buses."""
    plan(voted, "buses", 2018, 3)
    plan(voted, "trees", 2017, None, lead=None)
    voted.add(
        m.Pledge, id="pledge", board="ideas-n", proposal="buses", organisation="delhi", text="We lend forty drivers.",
        author="paula", at=NINE,
    )  # fmt: skip
    return voted


def test_years_follow_each_other_with_who_leads_in_which_quarter_and_who_pledged_what(planned: Small) -> None:
    found = section(planned)
    assert found is not None
    years = [block for block in found.blocks if isinstance(block, Section)]
    assert [year.title for year in years] == ["2017", "2018"]
    (trees,), (buses,) = (year.blocks for year in years)
    assert isinstance(trees, Figure) and isinstance(buses, Figure)
    assert isinstance(buses.chart, LaneChart) and buses.chart.years == (2018,)
    (item,) = buses.chart.items
    assert (item.under, item.year, item.quarter) == ("Àrea Metropolitana", 2018, 3) and "More buses" in item.label
    (row,) = buses.table.rows
    assert row.cells[0] == "Q3" and row.cells[2:] == (
        "Àrea Metropolitana", "Government of Delhi: We lend forty drivers.",
    )  # fmt: skip
    assert [column.title for column in trees.table.columns] == ["Quarter", "Improvement", "Lead"], "nobody pledged"
    assert trees.table.rows[0].cells[2] == "nobody yet"


def test_what_has_no_year_comes_last_and_without_a_picture(planned: Small) -> None:
    planned.proposal("parks", "ideas-n", 50, "More parks")
    plan(planned, "parks", None, None)
    found = section(planned)
    assert found is not None
    *_years, last = [block for block in found.blocks if isinstance(block, Section)]
    assert last.title == "Without a year"
    assert [column.title for column in last.blocks[0].columns] == ["Improvement", "Lead"]  # type: ignore[union-attr]


def test_a_year_full_of_plans_has_them_all_in_its_table_and_a_page_of_them_in_its_picture(planned: Small) -> None:
    for number in range(20):
        planned.add(
            m.Proposal, id=f"more-{number}", board="ideas-s", text=f"Idea {number}", author="nuria",
            number=100 + number, at=NINE, revealed_at=NINE,
        )  # fmt: skip
        plan(planned, f"more-{number}", 2019, 1 + number % 4)
    found = section(planned)
    assert found is not None
    figure, note = found.blocks[-1].blocks  # type: ignore[union-attr]
    assert isinstance(figure, Figure) and isinstance(figure.chart, LaneChart) and isinstance(note, Note)
    assert len(figure.table.rows) == 20 and len(figure.chart.items) == MOST_LANES
    assert [row.cells[0] for row in figure.table.rows] == [f"Q{quarter}" for quarter in (1, 2, 3, 4) for _ in range(5)]
    assert "2019" in text_of("pdf", render(planned.db, planned.event, "pdf", depth="findings"))


def test_a_report_without_plans_has_no_roadmap_and_hidden_plans_are_in_none(planned: Small, voted: Small) -> None:
    planned.hide("buses", "Off topic")
    found = section(planned)
    assert found is not None and [block.title for block in found.blocks] == ["2017"]  # type: ignore[union-attr]
    planned.hide("trees", "Off topic")
    assert section(planned) is None
