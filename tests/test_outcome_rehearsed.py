"""A whole event, played by synthetic people over real sockets, and its full record in every format: each has the
figures that a recount from the stored ballots gives."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from datetime import datetime
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from lxml import html as lxml_html
from markdown_it import MarkdownIt
from sqlalchemy import func, select
from support.files import rows_of, sheets_of, tables_of, text_of
from support.house import House

from facilitator import recount, snapshot
from facilitator.outcomes import FORMATS, gather, tables
from facilitator.rehearsal import rehearse
from facilitator.settings import Settings
from facilitator.store import models as m
from facilitator.store.db import Store

Grid = list[list[str]]

FIGURES = {
    "dots": ("dots", "voters", "against"),
    "approval": ("agree", "disagree", "pass"),
    "scale": ("mean", "opinions"),
    "ranking": ("points", "firsts"),
    "consent": ("agree", "reservation", "aside", "object"),
}


class Record:
    """The files of an event's full record, and what a recount says of it."""

    def __init__(self, store: Store, event: str) -> None:
        self.store, self.event = store, event
        with store.reading() as db:
            self.outcome = gather(db, event, data=store.settings.data)
            self.counted = {
                ballot.id: snapshot.count(db, board, ballot)["ranked"]
                for ballot in db.execute(select(*m.Ballot.__table__.c))
                if (board := snapshot.board_now(db, ballot.board)) is not None and board.event == event
            }
        self.files = {name: format.write(self.outcome, depth="record") for name, format in FORMATS.items()}
        self.codes = {p.id: p.code for board in self.outcome.boards for p in board.proposals}

    def expected(self) -> dict[tuple[str, str, int, str], list[float]]:
        """(board, vote, round, proposal) -> place and figures, of each ballot that everybody has seen."""
        return {
            (board.code, ballot.title, ballot.round, self.codes[row["proposal"]]): [
                row["rank"] or 0,
                *(round(row[key], 2) for key in FIGURES[ballot.rules.kind] if row.get(key) or key != "against"),
            ]
            for board in self.outcome.boards
            for ballot in board.ballots
            if ballot.counted is not None
            for row in self.counted[ballot.id]
            if not row.get("withheld") and row.get("mean", 0) is not None
        }


@pytest.fixture(scope="module")
def record(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from support.databases import Sqlite
    from support.server import Server

    settings: Settings = Sqlite(tmp_path_factory.mktemp("database")).settings(tmp_path_factory.mktemp("rehearsed"))
    store = Store(settings)
    house = House(store)
    server = Server(settings)
    try:
        report = rehearse(settings, store, event=house.event, people=12, speed=60, seed=7)
        assert report.ok, report.summary()
        assert recount.check(store, house.event).ok
        yield Record(store, house.event)
    finally:
        server.stop()
        store.close()


pytestmark = [pytest.mark.server, pytest.mark.once]


def test_there_is_something_to_compare(record: Record) -> None:
    expected = record.expected()
    assert len(expected) > 20 and len({key[:3] for key in expected}) >= 3
    assert any(c.ratification for c in record.outcome.conclusions) and len(record.outcome.conclusions) >= 3


def test_json_csv_and_excel_have_the_places_and_scores_of_the_recount(record: Record) -> None:
    expected = {
        (board.code, ballot.title, ballot.round, record.codes[row["proposal"]]): (row["rank"], row["score"])
        for board in record.outcome.boards
        for ballot in board.ballots
        if ballot.counted is not None
        for row in record.counted[ballot.id]
    }
    of_json = {
        (group["code"], ballot["title"], ballot["round"], record.codes[row["proposal"]]): (row["rank"], row["score"])
        for day in json.loads(record.files["json"])["days"]
        for session in day["sessions"]
        for group in session["groups"]
        for ballot in group["ballots"]
        for row in (ballot["counted"] or {"ranked": ()})["ranked"]
    }
    assert of_json == expected
    board_of = {p.code: board.code for board in record.outcome.boards for p in board.proposals}
    of_csv = {
        (board_of[row["code"]], row["vote"], int(row["round"]), row["code"]): tuple(
            float(row[key]) if row[key] else None for key in ("rank", "score")
        )
        for row in rows_of(record.files["csv"], "results")
    }
    assert of_csv == expected


def test_every_cell_of_excel_is_that_of_csv(record: Record) -> None:
    sheets, files = sheets_of(record.files["xlsx"]), tables_of(record.files["csv"])
    assert set(sheets) == set(files) == set(tables.TABLES)
    compared = 0
    for name in files:
        for cells, row in zip(sheets[name][1:], rows_of(record.files["csv"], name), strict=True):
            for cell, text in zip(cells, row.values(), strict=True):
                if isinstance(cell, datetime):
                    assert text.startswith(cell.isoformat(timespec="seconds")), name
                elif isinstance(cell, int | float):
                    assert float(text) == pytest.approx(cell), name
                else:
                    assert text.removeprefix("'") == (cell or "").removeprefix("'"), name
                compared += 1
    assert compared > 2000


@pytest.mark.parametrize("format", ["html", "docx", "md"])
def test_reports_have_every_place_of_every_ballot_as_the_recount_gives_it(record: Record, format: str) -> None:
    expected = record.expected()
    titles = {
        f"{board.code} {board.group}: {ballot.title if ballot.round == 1 else f'{ballot.title}, round {ballot.round}'}":
        (board.code, ballot.title, ballot.round)
        for board in record.outcome.boards
        for ballot in board.ballots
    }  # fmt: skip
    found = {}
    for caption, rows in grids(format, record.files[format]):
        for row in rows if caption in titles else ():
            if len(row) == 9 and re.match(r"\d", row[1]) and (numbers := _numbers(row[2])):
                found[*titles[caption], row[1].split()[0]] = [_numbers(row[0])[0] if row[0] else 0, *numbers]
    assert found == expected


def test_the_pdf_says_of_every_vote_and_ratification_what_the_web_page_says(record: Record) -> None:
    page = re.sub(r"<svg.*?</svg>", "", record.files["html"].decode(), flags=re.S)
    page = re.sub(
        r"(</?(?:td|th|tr|p|li|h\d|dd|dt|div|section)\b)", r" \1", page
    )  # what stands in two cells is two words
    said = [lxml_html.fromstring(page.encode()).text_content(), text_of("pdf", record.files["pdf"])]
    patterns = (
        r"\d+ dots from \d+ people", r"\d+ agree, \d+ disagree, \d+ pass", r"mean [\d.]+ from \d+ people",
        r"[\d.]+ points, first for \d+ people", r"[\d.]+ agree, [\d.]+ can live with it, [\d.]+ object",
        r"\d+ of \d+ \(\d+ %\)",
    )  # fmt: skip
    compared = 0
    for pattern in patterns:
        anywhere = pattern.replace(" ", r"[\s\u200b]*")  # a line may end between any two words
        of_page, of_pdf = (Counter(map(_tight, re.findall(anywhere, text))) for text in said)
        assert of_page == of_pdf, pattern
        compared += sum(of_page.values())
    assert compared > 60


def test_every_format_has_the_ratifications_that_the_stored_positions_give(record: Record) -> None:
    with record.store.reading() as db:
        stored = {
            (row.conclusion, row.ratification): Counter[int]() for row in db.execute(select(*m.Position.__table__.c))
        }
        for row in db.execute(select(*m.Position.__table__.c)):
            stored[row.conclusion, row.ratification][row.value] += 1
        last = {
            row.conclusion: row.id
            for row in db.execute(
                select(m.Ratified.conclusion, m.Ratification.id)
                .join(m.Ratification, m.Ratification.id == m.Ratified.ratification)
                .where(m.Ratification.closed_at.is_not(None))
                .order_by(m.Ratification.closed_at)
            )
        }
    people = {
        c.code: [stored.get((c.id, last[c.id]), Counter())[value] for value in (3, 2, 0)]
        for c in record.outcome.conclusions
        if c.id in last
    }
    assert len(people) >= 3
    csv = {
        row["conclusion"]: [int(row[key]) for key in ("agree", "live", "object")]
        for row in rows_of(record.files["csv"], "ratifications")
        if row["tally"] == "people"
    }
    data = {
        c["code"]: [c["ratification"]["counted"]["people"][key] for key in ("agree", "live", "object")]
        for day in json.loads(record.files["json"])["days"]
        for c in day["conclusions"]
        if c["ratification"]
    }
    assert csv == data == people
    for format in ("html", "docx", "md"):
        found = {
            row[0]: [int(number) for number in _numbers(row[1])[:3]]
            for caption, rows in grids(format, record.files[format])
            for row in rows
            if caption == "Ratification in figures" and row[0].startswith("C")
        }
        assert found == people, format


def test_every_contribution_is_in_the_annex_of_every_report(record: Record) -> None:
    with record.store.reading() as db:
        shown = (m.Proposal.revealed_at.is_not(None)) & (m.Proposal.withdrawn_at.is_(None))
        count = db.execute(select(func.count()).select_from(m.Proposal).where(shown)).scalar_one()
    assert count > 20
    for format in ("html", "docx", "md"):
        annexed = [
            row[0] for _caption, rows in grids(format, record.files[format]) for row in rows
            if re.fullmatch(r"\d+\.\d+[A-Z]+\d+", row[0]) and len(row) >= 4
        ]  # fmt: skip
        assert len(set(annexed)) == count, format


# --- reading --------------------------------------------------------------------------------------------------------


def grids(format: str, body: bytes) -> list[tuple[str, Grid]]:
    """All tables of a report as (caption, rows of cells)."""
    if format == "docx":
        return [
            (
                _plain(table.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))),
                [[_plain("".join(t.text or "" for t in cell.iter(qn("w:t")))) for cell in row.iter(qn("w:tc"))]
                 for row in table.iter(qn("w:tr"))],
            )
            for table in docx.Document(io.BytesIO(body)).element.body.iter(qn("w:tbl"))
            if table.tblPr.find(qn("w:tblCaption")) is not None
        ]  # fmt: skip
    page = body.decode()
    if format == "md":
        page = MarkdownIt("commonmark").enable("table").render(page)
    found = []
    for table in lxml_html.fromstring(page.encode()).iter("table"):
        caption = table.find("caption")
        if caption is None:  # in Markdown it is the bold line above, or the heading says it
            caption = table.getprevious()
        rows = [[_plain(cell.text_content()) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        found.append((_plain(caption.text_content() if caption is not None else ""), rows))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split())


def _tight(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text.replace(",", ""))]
