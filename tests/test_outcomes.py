"""What came out of a small event, in every format: right figures, nothing secret, nothing that can bite."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from sqlalchemy import create_engine, event, insert, select, true, update
from sqlalchemy.orm import Session as Db
from support.files import rows_of, tables_of, text_of

from facilitator.domain.document import anchors, references
from facilitator.library import load_activity
from facilitator.outcomes import CSP, DEPTHS, FORMATS, Depth, compile_report, gather, jsons, render, tables
from facilitator.outcomes.csvs import DANGEROUS, guard
from facilitator.outcomes.markdown import escape
from facilitator.store import models as m

NINE = 1_467_709_200_000  # 2016-07-05 09:00 UTC

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><iframe src=javascript:alert(1)></iframe>",
    "</style><script>alert(1)</script>",
    "</textarea></title><body onload=alert(1)>",
    "{{7*7}}{% raw %}${7*7}#{7*7}<%= 7*7 %>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "<https://evil.example> https://evil.example www.evil.example me@evil.example",
    "| a | b |\n| --- | --- |\n# Heading\n- item\n> quote\n```\ncode",
    "[x]: https://evil.example\n\n[x]",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "**bold** _em_ ~~gone~~ `code` <!-- comment",
    "1. one\n2) two\n+ three\n=== \n***",
    "\u202eevil\u202c \u2028<b>x</b>",
]

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("https://evil.example")',
    "  =1",
    "＝1",
]


class Small:
    """Two days in Barcelona. Day 1: Núria and Samuel in North, Meera in South; they brainstorm and vote with dots.
    Each board starts in its collect step."""

    def __init__(self, db: Db) -> None:
        self.db = db
        self.event = "barcelona"
        self.add(
            m.Event, id=self.event, title="A strategy", place="Barcelona", purpose="To find out.\n\nTogether.",
            sample="Invented.", created_at=NINE,
            frameworks=[{"key": "sdg", "title": "Goals", "tags": [
                {"key": "sdg5", "title": "Gender equality"}, {"key": "sdg11", "title": "Sustainable cities"},
            ]}],
        )  # fmt: skip
        self.add(m.Organisation, id="amb", event=self.event, name="Àrea Metropolitana", kind="member")
        self.add(m.Organisation, id="delhi", event=self.event, name="Government of Delhi", kind="member")
        self.add(m.Organisation, id="absent", event=self.event, name="City of Absence", kind="collaborating")
        self.person("nuria", "Núria", "amb")
        self.person("samuel", "Samuel", "amb")
        self.person("meera", "Meera", "delhi")
        self.person("paula", "Paula", None, role="facilitator")
        self.person("nobody", "Nobody", "absent", joined=False)
        for number, (group, kind) in enumerate([("North", "breakout"), ("South", "breakout"), ("All", "plenary")]):
            self.add(m.Group, id=group.lower(), event=self.event, name=group, kind=kind, number=number)
        for number, date in enumerate(("2016-07-05", "2016-07-06"), start=1):
            self.add(m.Day, id=f"day{number}", event=self.event, number=number, date=date, title=f"Day {number}")
        self.session("coffee", "day1", 1, "break", "Coffee")
        self.session("ideas", "day1", 2, "breakout", "Ideas")
        self.session("close", "day2", 1, "plenary", "Closing")
        self.board("ideas-n", "ideas", "north", "What should North do?")
        self.board("ideas-s", "ideas", "south", "What should South do?")
        self.board("close-a", "close", "all", "What now?", "imported_conversation")

    def person(self, id: str, name: str, body: str | None, role: str = "participant", joined: bool = True) -> None:
        self.add(
            m.Person, id=id, event=self.event, name=name, organisation=body, role=role, origin="roster", link=0,
            link_hash=id, joined_at=NINE if joined else None, created_at=NINE,
        )  # fmt: skip

    def session(self, id: str, day: str, number: int, kind: str, title: str) -> None:
        self.add(
            m.Session, id=id, day=day, number=number, kind=kind, title=title, description="", starts_at="09:30",
            minutes=45,
        )  # fmt: skip

    def board(self, id: str, session: str, group: str, prompt: str, activity: str = "brainstorm_and_dot_vote") -> None:
        self.add(
            m.Board, id=id, session=session, group=group, prompt=prompt, lanes=[{"id": "near", "title": "Near"}],
            activity=load_activity(activity).data(), step="collect", step_open=True,
        )  # fmt: skip

    def proposal(self, id: str, board: str, number: int, text: str, author: str = "nuria", **more: Any) -> None:
        self.add(
            m.Proposal, id=id, board=board, lane=more.pop("lane", None), text=text, author=author, at=NINE + number,
            number=number, revealed_at=NINE + number, **more,
        )  # fmt: skip
        self.add(m.Wording, of=id, version=1, text=text, by=author, at=NINE + number)

    def ballot(self, id: str, board: str, electors: list[str], kind: str = "dots") -> None:
        dots = kind == "dots"
        self.add(
            m.Ballot, id=id, board=board, step="vote", kind=kind, opened_at=NINE,
            rules={"kind": "dots", "budget": 5, "cap": 2} if dots else {"kind": kind},
        )  # fmt: skip
        home = {"nuria": "amb", "samuel": "amb", "meera": "delhi"}
        for person in electors:
            self.add(m.Elector, ballot=id, voter=person, person=person, organisation=home.get(person))

    def vote(self, ballot: str, voter: str, **values: int) -> None:
        for proposal, value in values.items():
            self.add(m.Vote, ballot=ballot, voter=voter, proposal=proposal, value=value)

    def step(self, board: str, step: str, is_open: bool = True) -> None:
        self.db.execute(update(m.Board.__table__).where(m.Board.id == board).values(step=step, step_open=is_open))

    def hide(self, proposal: str, reason: str) -> None:
        self.db.execute(
            update(m.Proposal.__table__)
            .where(m.Proposal.id == proposal)
            .values(hidden_at=NINE, hidden_by="paula", hidden_reason=reason)
        )

    def conclude(
        self, id: str, proposal: str, text: str, *wordings: str, day: str = "day1", position: int = 0,
        of_kind: str = "conclusion", **figures: Any,
    ) -> None:  # fmt: skip
        self.add(
            m.Conclusion, id=id, day=day, kind=of_kind, position=position, wording=wordings[-1], by="paula", at=NINE
        )
        self.source(id, 1, proposal=proposal, text=text, figures=figures or None)
        for version, wording in enumerate(wordings, start=1):
            self.add(m.Wording, of=id, version=version, text=wording, by="paula", at=NINE + version)

    def source(self, conclusion: str, number: int, kind: str = "proposal", **values: Any) -> None:
        board = values.pop("board", None)
        if board is None:
            of = select(m.Proposal.board).where(m.Proposal.id == values["proposal"])
            board = self.db.execute(of).scalar_one()
        more = {"parts": [], "ballot": None, "figures": None} | values
        self.add(m.Source, conclusion=conclusion, number=number, kind=kind, board=board, by="paula", at=NINE, **more)

    def ratify(
        self, id: str, *conclusions: str, closed: bool = True, day: str = "day1", **stands: tuple[int, str]
    ) -> None:
        """Núria, Samuel and Meera are asked; `stands` says who says what of all the conclusions."""
        self.add(
            m.Ratification, id=id, day=day, quorum_people=50, quorum_organisations=50, support=75, by="paula",
            opened_at=NINE, closed_at=NINE + 60_000 if closed else None,
        )  # fmt: skip
        for conclusion in conclusions:
            self.add(m.Ratified, ratification=id, conclusion=conclusion, version=1)
        for person, body in (("nuria", "amb"), ("samuel", "amb"), ("meera", "delhi")):
            self.add(m.Ratifier, ratification=id, person=person, organisation=body)
        for person, (value, reason) in stands.items():
            for conclusion in conclusions:
                row = {"ratification": id, "person": person, "conclusion": conclusion}
                self.add(m.Position, **row, value=value, reason=reason or None)

    def add(self, table: Any, **values: Any) -> None:
        self.db.execute(insert(table.__table__).values(**values))

    # --- reading it back ----------------------------------------------------------------------------------------

    def file(self, format: str) -> str:
        return text_of(format, render(self.db, self.event, format))

    def report(self, depth: Depth, format: str = "html") -> str:
        return text_of(format, render(self.db, self.event, format, depth=depth))

    def every_file(self) -> dict[str, str]:
        return {format: self.file(format) for format in FORMATS}

    def everything(self) -> dict[str, str]:
        """Every format, and the report in all of its depths."""
        depths = {depth: self.report(depth) for depth in DEPTHS}
        return self.every_file() | depths | {"pdf record": self.report("record", "pdf")}

    def json(self) -> Any:
        return json.loads(self.file("json"))

    def rows(self, table: str = "proposals") -> list[dict[str, str]]:
        return rows_of(render(self.db, self.event, "csv"), table)


@pytest.fixture
def small() -> Iterator[Small]:
    engine = create_engine("sqlite://")
    m.Base.metadata.create_all(engine)
    with Db(engine) as db:
        yield Small(db)
    engine.dispose()


@pytest.fixture
def voted(small: Small) -> Small:
    """North has four proposals, one of them tied with another, and its result is revealed."""
    small.proposal("buses", "ideas-n", 1, "More buses", lane="near")
    small.proposal("trees", "ideas-n", 2, "More trees", author="samuel")
    small.proposal("bikes", "ideas-n", 3, "More bikes")
    small.proposal("ferry", "ideas-n", 4, "A ferry")
    small.ballot("b-n", "ideas-n", ["nuria", "samuel", "meera"])
    small.vote("b-n", "nuria", buses=2, trees=1)
    small.vote("b-n", "samuel", buses=1, bikes=1)
    small.step("ideas-n", "reveal")
    return small


# --- figures --------------------------------------------------------------------------------------------------------


def test_dots_ranks_ties_and_turnout_are_those_of_the_vote(voted: Small) -> None:
    board = gather(voted.db, voted.event).days[0].sessions[1].boards[0]
    (ballot,) = board.ballots
    texts = {p.id: p.text for p in board.proposals}
    ranked = ballot.counted["ranked"] if ballot.counted else []
    assert [(texts[row["proposal"]], row["rank"], row["tied"], row["dots"]) for row in ranked] == [
        ("More buses", 1, False, 3),
        ("More trees", 2, True, 1),
        ("More bikes", 2, True, 1),
        ("A ferry", 4, False, 0),
    ]
    assert (ballot.open, ballot.voted, ballot.electors, ballot.few) == (False, 2, 3, True)
    html = voted.file("html")
    assert "2 of 3 (67 %)" in html
    assert html.count('2<span class="tie"> =</span>') >= 4  # two proposals, in their session and in the annex


def test_every_format_tells_the_same_figures(voted: Small) -> None:
    rows = {row["proposal"]: row for row in voted.rows()}
    group = voted.json()["days"][0]["sessions"][1]["groups"][0]
    proposals = {p["id"]: p for p in group["proposals"]}
    counted = {row["proposal"]: row for row in group["ballots"][0]["counted"]["ranked"]}
    for id, dots, rank, tied in (("buses", 3, 1, False), ("trees", 1, 2, True), ("ferry", 0, 4, False)):
        assert (rows[id]["dots"], rows[id]["rank"], rows[id]["tied"]) == (str(dots), str(rank), "yes" if tied else "no")
        assert (counted[id]["dots"], counted[id]["rank"], counted[id]["tied"]) == (dots, rank, tied)
    assert rows["buses"]["at"] == "2016-07-05T09:00:00.001Z" == proposals["buses"]["at"]
    assert (rows["buses"]["lane"], rows["buses"]["group"], rows["buses"]["day"]) == ("Near", "North", "1")
    assert rows["buses"]["organisation"] == "Àrea Metropolitana"
    assert "| 1 | 1.1A1 More buses | 3 dots from 2 people | 1 |" in voted.file("md")


def test_approval_counts_agree_pass_and_disagree_and_a_negative_score_stays_a_number(small: Small) -> None:
    small.proposal("tax", "close-a", 1, "A tax")
    small.ballot("b-a", "close-a", ["nuria", "samuel", "meera"], kind="approval")
    small.vote("b-a", "nuria", tax=-1)
    small.vote("b-a", "samuel", tax=-1)
    small.vote("b-a", "meera", tax=0)
    small.step("close-a", "reveal")
    (row,) = small.rows()
    assert (row["agree"], row["disagree"], row["pass"], row["score"], row["dots"]) == ("0", "2", "1", "-2", "")
    assert "0 agree, 2 disagree, 1 pass" in small.file("html")


def test_who_took_part_counts_those_who_came(small: Small) -> None:
    outcome = gather(small.db, small.event)
    assert outcome.present == 3
    assert {o.name: (o.present, o.expected) for o in outcome.organisations} == {
        "Àrea Metropolitana": (("Núria", "Samuel"), 2),
        "City of Absence": ((), 1),
        "Government of Delhi": (("Meera",), 1),
    }
    assert outcome.facilitators == ("Paula",)
    assert "Invited, but nobody came: City of Absence." in small.file("html")


def test_an_empty_event_and_an_unknown_one(small: Small) -> None:
    for text in (small.file("html"), small.file("md")):
        assert "No conclusions have been drawn yet." in text
    assert small.rows() == []
    with pytest.raises(LookupError):
        gather(small.db, "elsewhere")
    with pytest.raises(KeyError):
        render(small.db, small.event, "doc")


# --- conclusions ----------------------------------------------------------------------------------------------------


def test_a_conclusion_leads_to_its_proposal_and_the_proposal_back(voted: Small) -> None:
    figures = {
        "kind": "dots", "dots": 3, "voters": 2, "score": 3, "rank": 1, "tied": False, "of": 4, "voted": 2,
        "electors": 3,
    }  # fmt: skip
    voted.conclude("c1", "buses", "More buses", "More buses", "More night buses", **figures)
    html = voted.file("html")
    assert '<article class="statement" id="c1-1">' in html and 'href="#c1-1">→\u00a0C1.1</a>' in html
    assert '<tr role="row" id="p1-1a1">' in html and 'href="#p1-1a1">1.1A1</a>' in html
    assert "More <ins>night </ins>buses" in html
    assert "3 dots from 2 people; place 1 of 4; turnout 2 of 3 (67 %)" in html
    (conclusion,) = voted.json()["days"][0]["conclusions"]
    assert [version["text"] for version in conclusion["versions"]] == ["More buses", "More night buses"]
    (source,) = conclusion["sources"]
    assert source["author"] == {"name": "Núria", "organisation": "Àrea Metropolitana"}
    assert source["figures"]["dots"] == 3
    row = voted.rows()[0]
    assert (row["conclusions"], row["conclusion_wordings"]) == ("C1.1", "More night buses")


def test_a_conclusion_that_was_taken_back_is_not_in_the_report(voted: Small) -> None:
    voted.conclude("c1", "buses", "More buses", "Buses by the minute")
    voted.db.execute(update(m.Conclusion.__table__).values(taken_back_at=NINE, taken_back_by="paula"))
    for format, text in voted.everything().items():
        assert "Buses by the minute" not in text, format


def test_every_jump_of_the_report_arrives_and_every_anchor_is_there_once(voted: Small) -> None:
    voted.proposal("gone", "ideas-n", 5, "Gone", withdrawn_at=NINE)
    voted.proposal("hidden", "ideas-n", 6, "Rude")
    voted.hide("hidden", "Rude")
    for position, proposal in enumerate(("trees", "gone", "hidden")):
        voted.conclude(f"c{position}", proposal, "Old", "New", position=position)
    document = compile_report(gather(voted.db, voted.event))
    defined = list(anchors(document.blocks))
    assert len(defined) == len(set(defined))
    assert set(references(document.blocks)) <= set(defined)
    page = Page(voted.file("html"))
    assert set(page.jumps) <= set(page.ids) and len(page.ids) == len(set(page.ids))


@pytest.fixture
def concluded(voted: Small) -> Small:
    """Of day 1: C1.1, a decision out of a theme and a proposal, ratified with Meera against it, adopted by the Board;
    C1.2, a cell of an alignment, not ratified. The day is closed; the ferry is parked with Samuel."""
    voted.add(m.Theme, id="green", board="ideas-n", name="A greener city", number=1, by="paula", at=NINE)
    voted.proposal("merged", "ideas-n", 7, "Many more trees", merged_into="trees")
    parts = [{"proposal": "merged", "text": "Many more trees"}]
    voted.conclude("c1", "trees", "More trees", "More trees", "More trees and parks", of_kind="decision", **DOTS)
    voted.db.execute(update(m.Source.__table__).where(m.Source.conclusion == "c1").values(parts=parts))
    under = [{"proposal": "buses", "text": "More buses"}, {"proposal": "bikes", "text": "More bikes"}]
    voted.source("c1", 2, "theme", board="ideas-n", theme="green", text="A greener city", parts=under)
    cell = {"kind": "cell", "criterion": "Mission", "n": 5, "mean": 3.4, "median": 4, "q1": 2, "q3": 5, "anchors": []}
    voted.conclude("c2", "buses", "More buses: Mission", "Buses serve the mission", position=1, of_kind="action")
    voted.db.execute(
        update(m.Source.__table__)
        .where(m.Source.conclusion == "c2")
        .values(kind="cell", criterion="mission", figures={**cell, "voted": 5, "electors": 6, "round": 1})
    )
    voted.add(m.Tag, conclusion="c1", framework="sdg", tag="sdg11", by="paula", at=NINE)
    voted.ratify("r1", "c1", closed=True, nuria=(3, ""), samuel=(2, "With care"), meera=(0, "Too dear for us"))
    voted.add(m.MinorityReport, id="mr", conclusion="c1", text="We would rather have shade", by="meera", at=NINE)
    voted.add(m.MinorityReport, id="mr0", conclusion="c1", text="A first draft", by="meera", at=NINE, withdrawn_at=NINE)
    for number, (verdict, reason) in enumerate((("deferred", "Costs unknown"), ("adopted", "Costs known")), start=1):
        body = "Board of Directors"
        voted.add(
            m.Verdict, conclusion="c1", number=number, verdict=verdict, reason=reason, body=body, by="paula", at=NINE
        )
    voted.db.execute(update(m.Proposal.__table__).where(m.Proposal.id == "ferry").values(parked_at=NINE))
    voted.add(m.Parked, proposal="ferry", owner="samuel", answer="We ask the port", by="paula", at=NINE)
    voted.db.execute(
        update(m.Day.__table__)
        .where(m.Day.id == "day1")
        .values(closed_at=NINE, closed_by="paula", closing={"note": "Tomorrow we weigh costs"})
    )
    return voted


DOTS = {"kind": "dots", "dots": 1, "voters": 1, "score": 1, "rank": 2, "tied": True, "of": 4, "voted": 2, "electors": 3}


def test_a_conclusion_tells_all_that_it_rests_on_with_figures_and_parts(concluded: Small) -> None:
    first, second = gather(concluded.db, concluded.event).days[0].conclusions
    assert (first.kind, second.kind) == ("decision", "action")
    assert [(s.kind, s.code, s.text, s.group) for s in first.sources] == [
        ("proposal", "1.1A2", "More trees", "North"),
        ("theme", None, "A greener city", "North"),
    ]
    assert [[(part.code, part.text) for part in source.parts] for source in first.sources] == [
        [("1.1A7", "Many more trees")],
        [("1.1A1", "More buses"), ("1.1A3", "More bikes")],
    ]
    assert first.sources[0].author is not None and first.sources[0].author.name == "Samuel"
    (cell,) = second.sources
    assert (cell.kind, cell.criterion, (cell.figures or {})["median"]) == ("cell", "Mission", 4)
    for format, text in concluded.every_file().items():
        for part in ("More trees and parks", "A greener city", "Many more trees", "Mission"):
            assert part in text, (format, part)
    assert "1 dots from 1 people; place 2 of 4, tied; turnout 2 of 3 (67 %)" in concluded.file("html")
    assert "median 4, the middle half from 2 to 5, from 5 people" in concluded.file("html")
    rows = concluded.rows("sources")
    assert [(row["conclusion"], row["kind"], row["rank"], row["median"]) for row in rows] == [
        ("C1.1", "proposal", "2", ""),
        ("C1.1", "theme", "", ""),
        ("C1.2", "cell", "", "4"),
    ]


def test_what_stands_behind_a_theme_leads_to_its_conclusion(concluded: Small) -> None:
    proposals = {row["proposal"]: row["conclusions"] for row in concluded.rows()}
    assert proposals == {"buses": "C1.1 C1.2", "trees": "C1.1", "bikes": "C1.1", "ferry": "", "merged": "C1.1"}


def test_ratification_tells_two_tallies_and_reasons_without_names(concluded: Small) -> None:
    r = gather(concluded.db, concluded.event).days[0].conclusions[0].ratification
    assert r is not None and (r.round, r.version, r.counted["outcome"]) == (1, 1, "not_ratified")
    assert [(row["tally"], row["agree"], row["live"], row["object"], row["support"], row["voted"], row["electors"])
            for row in concluded.rows("ratifications")] == [
        ("people", "1", "1", "1", "66.67", "3", "3"),
        ("organisations", "0.5", "0.5", "1", "50", "2", "2"),
    ]  # fmt: skip
    html = concluded.file("html")
    assert "1 agree, 1 can live with it, 1 object; 67 % behind it; 3 of 3 (100 %)" in html
    assert "0.5 agree, 0.5 can live with it, 1 object; 50 % behind it" in html
    for format, text in concluded.every_file().items():
        assert "Too dear for us" in text and "With care" in text, format
    reasons = concluded.rows("ratification_reasons")
    assert reasons == [{"conclusion": "C1.1", "value": "object", "reason": "Too dear for us"},
                       {"conclusion": "C1.1", "value": "live", "reason": "With care"}]  # fmt: skip


def test_a_ratification_that_runs_tells_how_many_and_no_more(concluded: Small) -> None:
    statements: list[tuple[str, Any]] = []
    concluded.ratify("r2", "c1", closed=False, nuria=(0, "A secret doubt"), samuel=(3, ""))
    event.listen(concluded.db.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    day = gather(concluded.db, concluded.event).days[0]
    assert day.asking is not None
    assert (day.asking.conclusions, day.asking.electors, day.asking.voted) == (("C1.1",), 3, 2)
    assert day.conclusions[0].ratification is not None and day.conclusions[0].ratification.round == 1
    for format, text in concluded.everything().items():
        assert "A secret doubt" not in text, format
    assert "being asked about C1.1: 2 of 3 have taken a position" in concluded.file("md")
    assert concluded.rows("conclusions")[0]["ratification"] == "asking"


def test_a_minority_report_stands_beside_its_conclusion_under_a_name(concluded: Small) -> None:
    html = concluded.file("html")
    assert "We would rather have shade<footer" in html and "Meera, Government of Delhi</footer>" in html
    assert [row["author"] for row in concluded.rows("minority_reports")] == ["Meera"]
    for format, text in concluded.everything().items():
        assert "A first draft" not in text, format


def test_the_last_verdict_stands_and_the_earlier_one_is_kept(concluded: Small) -> None:
    assert "adopted: Costs known" in concluded.file("html")
    assert [row["verdict"] for row in concluded.rows("verdicts")] == ["deferred", "adopted"]
    assert concluded.rows("conclusions")[0]["verdict"] == "adopted"


def test_every_goal_says_what_it_received(concluded: Small) -> None:
    covered = {row["tag"]: (row["covered"], row["conclusions"]) for row in concluded.rows("coverage")}
    assert covered == {"sdg5": ("no", ""), "sdg11": ("yes", "C1.1")}
    assert "Goals: 1 of 2 covered" in concluded.file("html")
    assert "| Gender equality | not yet |  |" in concluded.file("md")


def test_the_end_of_a_day_tells_its_note_and_what_was_parked_and_with_whom(concluded: Small) -> None:
    (parked,) = concluded.rows("parked")
    assert (parked["code"], parked["owner"], parked["answer"]) == ("1.1A4", "Samuel", "We ask the port")
    for format in ("html", "md", "json"):
        assert "Tomorrow we weigh costs" in concluded.file(format), format
    assert "Samuel, Àrea Metropolitana" in concluded.file("md")


def test_what_came_late_is_in_the_annex_as_such_and_nowhere_else(concluded: Small) -> None:
    concluded.proposal("late", "ideas-n", 8, "A tram after all", late_at=NINE)
    concluded.db.execute(update(m.Proposal.__table__).where(m.Proposal.id == "late").values(revealed_at=None))
    concluded.proposal("let_in", "ideas-n", 9, "A quay", late_at=NINE, admitted_at=NINE)
    status = {row["proposal"]: row["status"] for row in concluded.rows()}
    assert (status["late"], status["let_in"]) == ("late", "standing")
    main, annex = concluded.file("html").split('id="annex"')
    assert "A tram after all" not in main and "A tram after all (came after its step had ended, not admitted)" in annex
    assert "Came after their step had ended, and were not admitted: 1." in main


def test_the_text_of_a_source_that_was_hidden_since_is_in_no_format(concluded: Small) -> None:
    concluded.hide("merged", "A quarrel")
    concluded.hide("trees", "A quarrel")
    for format, text in concluded.everything().items():
        assert "Many more trees" not in text, format
    assert concluded.json()["days"][0]["conclusions"][0]["sources"][0]["text"] is None


def test_every_table_has_the_columns_that_are_documented(concluded: Small) -> None:
    documented = dict(re.findall(r"^- `([a-z_]+)`(.*?)(?=^- |\Z)", tables.__doc__ or "", re.S | re.M))
    found = tables_of(render(concluded.db, concluded.event, "csv"))
    assert set(documented) == set(found)
    for name, text in found.items():
        columns = text.splitlines()[0].split(",")
        assert re.findall(r"`([a-z0-9_]+)`", documented[name]) == columns, name


def test_the_readme_tells_the_shape_of_the_json_that_is_written(concluded: Small) -> None:
    words = (jsons.__doc__ or "").split()
    readme = (Path(__file__).parents[1] / "README.md").read_text().split()
    start = readme.index("{format:")
    assert readme[start : start + 40] == words[words.index("{format:") :][:40]
    documented = set(re.findall(r"[{ ,]([a-z_]+)(?=[:,}])", jsons.__doc__ or ""))

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return {key for one in value for key in keys(one)}
        if not isinstance(value, dict):
            return set()
        open_ended = ("counted", "rules", "figures")
        return set(value) | {key for name, one in value.items() if name not in open_ended for key in keys(one)}

    assert keys(concluded.json()) <= documented | {"title", "alternative"}


# --- what must not be said ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "is_open"), [("vote", True), ("vote", False), ("collect", True)])
def test_a_result_that_is_not_revealed_is_in_no_format(voted: Small, step: str, is_open: bool) -> None:
    voted.step("ideas-n", step, is_open)
    board = voted.json()["days"][0]["sessions"][1]["groups"][0]
    (ballot,) = board["ballots"]
    assert ballot["counted"] is None
    assert ballot["open"] == ((step, is_open) == ("vote", True))
    assert ballot["voted"] == 2
    for row in voted.rows():
        assert not any(row[key] for key in ("dots", "agree", "disagree", "pass", "voters", "score", "rank", "tied"))
    for format in ("html", "md"):
        text = voted.file(format)
        assert "<svg" not in text.split('id="day-1"')[-1] and "By person" not in text
        assert "still running" in text or "not been revealed" in text
        # The order is that of arrival, not that of the votes.
        assert text.index("More buses") < text.index("More trees") < text.index("More bikes") < text.index("A ferry")


def test_votes_of_an_unrevealed_ballot_are_not_even_read(voted: Small) -> None:
    voted.step("ideas-n", "vote")
    statements: list[str] = []
    event.listen(voted.db.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    gather(voted.db, voted.event)
    assert statements and not any("vote.value" in statement for statement in statements)


def test_no_format_says_who_voted(small: Small) -> None:
    small.person("voter-id-123", "Quiet Voter", None)
    small.proposal("buses", "ideas-n", 1, "More buses")
    small.ballot("b-n", "ideas-n", ["voter-id-123"])
    small.vote("b-n", "voter-id-123", buses=2)
    small.step("ideas-n", "reveal")
    for format, text in small.everything().items():
        assert "voter-id-123" not in text, format
    assert "voter" not in json.dumps(small.json()).replace('"voters"', "")


def test_hidden_and_withdrawn_texts_are_in_no_format_but_the_reason_and_the_count_are(voted: Small) -> None:
    voted.proposal("rude", "ideas-n", 5, "Our director is a fool")
    voted.hide("rude", "Insults a person")
    voted.proposal("gone", "ideas-n", 6, "Forget about this", withdrawn_at=NINE)
    voted.conclude("c1", "rude", "Our director is a fool", "We need better management")
    files = voted.every_file()
    for format, text in files.items():
        assert "fool" not in text and "Forget about this" not in text, format
        assert "Insults a person" in text and "We need better management" in text, format
    assert "withdrawn by their authors: 1" in files["html"]
    board = gather(voted.db, voted.event).days[0].sessions[1].boards[0]
    assert [p.status for p in board.proposals] == ["standing"] * 4 + ["hidden", "withdrawn"]
    assert all(p.result is None for p in board.proposals if p.status != "standing")
    assert [row["status"] for row in voted.rows()] == [p.status for p in board.proposals]


# --- what must not bite ---------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(small: Small) -> Small:
    """The corpus in every field that somebody can type into."""
    corpus = "\n".join(HOSTILE)
    for number, text in enumerate(HOSTILE, start=1):
        small.person(f"p{number}", text[:60], "amb")
        small.proposal(f"x{number}", "ideas-n", number, text, author=f"p{number}", lane=text[:20])
        small.conclude(f"c{number}", f"x{number}", text, text, f"{text} {text}", position=number)
    small.proposal("h", "ideas-n", 99, "hidden")
    small.hide("h", HOSTILE[0])
    small.ballot("b-n", "ideas-n", ["nuria"])
    small.vote("b-n", "nuria", x1=2)
    small.step("ideas-n", "reveal")
    for table, values in (
        (m.Event, {"title": corpus, "place": corpus, "purpose": corpus, "sample": corpus}),
        (m.Group, {}),
        (m.Day, {"title": corpus}),
        (m.Session, {"title": corpus, "description": corpus}),
        (m.Board, {"prompt": corpus, "lanes": [{"id": text[:20], "title": text} for text in HOSTILE]}),
    ):
        if values:
            small.db.execute(update(table.__table__).values(**values))
    small.db.execute(update(m.Group.__table__).where(m.Group.id == "north").values(name=corpus))
    small.db.execute(update(m.Organisation.__table__).where(m.Organisation.id == "amb").values(name=corpus))
    return small


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.jumps: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")
                self.jumps.append((value or "").removeprefix("#"))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_takes_nothing_that_users_typed_for_markup(hostile: Small) -> None:
    page = Page(hostile.file("html"))
    assert page.tags <= {
        "html", "head", "meta", "title", "style", "body", "a", "div", "header", "p", "h1", "h2", "h3", "h4", "h5", "h6",
        "nav", "ol", "ul", "li", "main", "section", "article", "dl", "dt", "dd", "blockquote", "figure", "figcaption",
        "ins", "del", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "b", "footer",
        "svg", "desc", "rect", "text", "line", "circle", "path",
    }  # fmt: skip
    assert not any(name.startswith("on") or name in ("style", "src") for name in page.attributes)
    assert all(re.fullmatch(r"#[a-z0-9-]+", link) for link in page.links)
    for text in HOSTILE:
        assert " ".join(text.split()) in " ".join(page.text.split())


def test_html_fetches_nothing_and_forbids_scripts(hostile: Small) -> None:
    html = hostile.file("html")
    assert "default-src 'none'" in CSP and "unsafe" not in CSP and "script" not in CSP
    assert f'content="{CSP.replace(chr(39), "&#39;")}"' in html
    style = html[html.index("<style>") : html.index("</style>")]
    assert "url(" not in style and "@import" not in style


def test_markdown_shows_what_users_typed_and_takes_none_of_it_for_markup(hostile: Small) -> None:
    source = hostile.file("md")
    for rendered in (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source),
        MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(source),
    ):
        page = Page(rendered)
        assert page.tags <= {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "li", "strong", "em", "blockquote", "table",
                             "thead", "tbody", "tr", "th", "td"}, page.tags  # fmt: skip
        assert rendered.count("<h2>") == 9 and rendered.count("<h1>") == 1
        for text in HOSTILE:
            assert " ".join(text.split()) in " ".join(page.text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_one_line_of_hostile_markdown_is_one_paragraph_of_text(text: str) -> None:
    for line in (escape(text), f"- {escape(text)}", f"> {escape(text)}", f"# {escape(text)}"):
        rendered = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(line)
        page = Page(rendered)
        assert page.tags <= {"p", "ul", "li", "blockquote", "h1"}
        assert page.text.strip() == " ".join(text.split())
    assert "https://" not in escape(text) and "www.evil" not in escape(text)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_looks_like_a_formula_is_text_in_every_table(concluded: Small, text: str) -> None:
    assert str(guard(text)).startswith("'")
    for table, column in (
        *((m.Person, "name"), (m.Organisation, "name"), (m.Session, "title"), (m.Conclusion, "wording")),
        *((m.Wording, "text"), (m.MinorityReport, "text"), (m.Verdict, "reason"), (m.Verdict, "body")),
        *((m.Parked, "answer"), (m.Position, "reason"), (m.Source, "text")),
    ):
        where = table.id.in_(("nuria", "amb", "ideas", "c1", "mr")) if hasattr(table, "id") else true()
        concluded.db.execute(update(table.__table__).where(where).values({column: text}))
    concluded.db.execute(update(m.Group.__table__).where(m.Group.id == "north").values(name=text))
    concluded.db.execute(update(m.Proposal.__table__).values(text=text, lane=text))
    tag = [{"key": "sdg11", "title": text}]
    concluded.db.execute(update(m.Event.__table__).values(frameworks=[{"key": "sdg", "title": text, "tags": tag}]))
    seen = {name: rows_of(render(concluded.db, concluded.event, "csv"), name) for name in (
        "proposals", "conclusions", "sources", "minority_reports", "verdicts", "parked", "coverage",
        "ratification_reasons", "results", "ballots", "organisations",
    )}  # fmt: skip
    assert all(rows for rows in seen.values())
    for rows in seen.values():
        for row in rows:
            for column, cell in row.items():
                assert not cell.startswith(DANGEROUS), (column, cell)
    assert sum(cell == f"'{text}" for rows in seen.values() for row in rows for cell in row.values()) > 20
    book = openpyxl.load_workbook(io.BytesIO(render(concluded.db, concluded.event, "xlsx")))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert sum(str(cell.value).replace("_x000D_", "\r") == text for cell in cells) > 20


def test_the_sheets_of_the_spreadsheet_have_types_and_no_links(concluded: Small) -> None:
    small = concluded
    small.proposal("link", "ideas-n", 20, "https://evil.example/ and mailto:me@evil.example")
    book = openpyxl.load_workbook(io.BytesIO(render(small.db, small.event, "xlsx")))
    assert book.sheetnames == list(tables.TABLES)
    names = [cell.value for cell in book["proposals"][1]]
    row = dict(zip(names, book["proposals"][2], strict=True))
    assert (row["dots"].value, row["dots"].data_type, row["at"].data_type) == (3, "n", "d")
    assert row["at"].value.isoformat(timespec="seconds") == "2016-07-05T09:00:00"
    assert not any(cell.hyperlink for page in book for line in page.iter_rows() for cell in line)


def test_docx_is_text_in_real_styles_and_links_to_nowhere_outside(hostile: Small) -> None:
    body = render(hostile.db, hostile.event, "docx", depth="record")
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        assert not any(
            'TargetMode="External"' in archive.read(name).decode() for name in names if name.endswith(".rels")
        )
    file = docx.Document(io.BytesIO(body))
    codes = {code.text.split()[0] for code in file.element.iter(qn("w:instrText"))}
    assert codes == {"TOC"}
    heads = [int(p.style.name.split()[1]) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert heads[0] == 1 and all(after - before <= 1 for before, after in pairwise(heads))
    marks = {mark.get(qn("w:name")) for mark in file.element.iter(qn("w:bookmarkStart"))}
    jumps = {link.get(qn("w:anchor")) for link in file.element.iter(qn("w:hyperlink"))}
    assert jumps and jumps <= marks
    pictures = list(file.element.iter(qn("wp:docPr")))
    assert pictures and all(picture.get("descr") for picture in pictures)
    said = " ".join(text_of("docx", body).split())
    for text in HOSTILE:
        assert " ".join(text.split()) in said


def test_pdf_shows_what_users_typed_and_evaluates_none_of_it(hostile: Small) -> None:
    for text in (
        '#panic("evil")',
        '#read("/etc/passwd")',
        "$ integral $ @label <label> // gone",
        "= Heading",
        "\\ `raw`",
    ):
        hostile.proposal(f"typst{len(text)}", "ideas-n", 200 + len(text), text)
    body = render(hostile.db, hostile.event, "pdf")
    file = pypdf.PdfReader(io.BytesIO(body))
    links = [one.get_object() for page in file.pages for one in page.get("/Annots") or ()]
    assert links and all("/A" not in link or link["/A"]["/S"] == "/GoTo" for link in links)
    assert "/JavaScript" not in str(file.trailer["/Root"].get("/Names")) and "/AcroForm" not in file.trailer["/Root"]
    said = re.sub(r"\s", "", text_of("pdf", body))
    for text in (
        "<script>alert(1)</script>", "{{7*7}}", '#panic("evil")', '#read("/etc/passwd")',
        "$integral$@label<label>//gone", "**bold**_em_",
    ):  # fmt: skip
        assert text in said, text


def test_pdf_is_tagged_for_everybody_with_bookmarks_and_alternative_texts(concluded: Small) -> None:
    file = pypdf.PdfReader(io.BytesIO(render(concluded.db, concluded.event, "pdf", locale="es")))
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "es" and root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1" in root["/Metadata"].get_object().get_data()
    assert file.metadata is not None and file.metadata.title == "A strategy"
    marks = [mark for mark in file.outline if not isinstance(mark, list)]
    assert len(marks) >= 6 and marks[0]["/Title"] == "Purpose"  # type: ignore[index]
    kinds = [str(one) for one in _structure(root["/StructTreeRoot"])]
    assert {"/Table", "/TH", "/Figure", "/H1", "/H2", "/L"} <= set(kinds)


def _structure(element: Any) -> Iterator[str]:
    element = element.get_object()
    if isinstance(element, list):
        for one in element:
            yield from _structure(one)
    elif isinstance(element, dict):
        if element.get("/S") == "/Figure":
            assert element.get("/Alt")
        yield str(element.get("/S"))
        if "/K" in element:
            yield from _structure(element["/K"])


def test_pdf_says_which_script_has_no_font(voted: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    voted.proposal("runes", "ideas-n", 5, "\U00012000\U00012001 more buses")  # cuneiform
    body = render(voted.db, voted.event, "pdf")
    assert "no font for Cuneiform" in text_of("pdf", body)
    assert "more buses" in text_of("pdf", body)
    assert "no font" not in text_of("pdf", render(voted.db, voted.event, "pdf", depth="brief"))


def test_the_brief_for_a_board_has_two_pages_however_much_was_said(concluded: Small) -> None:
    for number in range(60):
        text = (
            f"A conclusion that takes all of two lines of the page, which is long enough for number {number}, we think"
        )
        concluded.conclude(f"cx{number}", "buses", text, text, position=10 + number)
        if number < 30:
            concluded.add(m.Tag, conclusion=f"cx{number}", framework="sdg", tag="sdg5", by="paula", at=NINE)
            concluded.add(
                m.MinorityReport, id=f"m{number}", conclusion=f"cx{number}", text="No. " * 90, by="meera", at=NINE
            )
    for number in range(20):
        concluded.proposal(f"open{number}", "ideas-n", 100 + number, "An open question " * 20, parked_at=NINE)
    assert len(pypdf.PdfReader(io.BytesIO(render(concluded.db, concluded.event, "pdf", depth="brief"))).pages) <= 2
    assert "Not shown here: 38. All are in the full report." in concluded.report("brief")


def test_the_four_depths_tell_more_and_more_of_the_same(concluded: Small) -> None:
    brief, findings, contributions, record = (concluded.report(depth) for depth in DEPTHS)
    for text in (brief, findings, contributions, record):
        assert "More trees and parks" in text and "67 %" in text and "We would rather have shade" in text
    assert "Too dear for us" not in brief and "Too dear for us" in findings
    assert 'id="annex"' not in findings and 'id="annex"' in contributions
    assert "Every place of every ballot" not in contributions and "Every place of every ballot" in record
    assert len(brief) < len(findings) < len(contributions) < len(record)
    for depth in DEPTHS:
        document = compile_report(gather(concluded.db, concluded.event), depth=depth)
        defined = list(anchors(document.blocks))
        assert len(defined) == len(set(defined)) and set(references(document.blocks)) <= set(defined), depth


def test_charts_tell_the_figures_of_the_tables_in_words_too(concluded: Small) -> None:
    html = concluded.report("findings")
    drawn = re.findall(r"<svg.*?</svg>", html, re.S)
    assert len(drawn) >= 3
    for svg in drawn:
        root = ElementTree.fromstring(svg)
        parts = [child.tag.rpartition("}")[2] for child in root][:2]
        assert parts == ["title", "desc"] and root.get("role") == "img"
        assert set(str(root.get("aria-labelledby")).split()) == {str(child.get("id")) for child in list(root)[:2]}
    bars = next(svg for svg in drawn if "Behind the conclusions" in svg)
    assert "1 / 1 / 1" in bars and "0.5 / 0.5 / 1" in bars
    result = next(svg for svg in drawn if "By organisation" in svg)
    assert ">3</text>" in result and "3 dots from 2 people" in result


def test_csv_opens_in_a_spreadsheet_with_its_accents_and_keeps_numbers(voted: Small) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(voted.db, voted.event, "csv")))
    raw = archive.read("proposals.csv")
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 5
    assert guard(-3) == -3 and guard(None) == "" and guard("3 = 3") == "3 = 3"
    assert "Núria" in raw.decode("utf-8-sig")


# --- form -----------------------------------------------------------------------------------------------------------


def test_our_words_are_translated_and_those_of_the_users_are_not(voted: Small) -> None:
    words = {"Purpose": "Propósito", "Day {number}": "Día {number}", "Proposal": "Propuesta", "More buses": "WRONG"}
    html = render(voted.db, voted.event, "html", lambda text: words.get(text, text), "es").decode()
    assert '<html lang="es">' in html and "Propósito" in html and "5–6 de julio de 2016" in html
    assert "More buses" in html and "WRONG" not in html
    assert "Barcelona, 5–6 July 2016" in render(voted.db, voted.event, "html", locale="tlh").decode()


def test_a_long_list_is_cut_where_no_tie_is_cut_and_whole_in_the_annex(small: Small) -> None:
    for number in range(1, 31):
        small.proposal(f"n{number}", "ideas-n", number, f"Idea number {number}.")
    small.ballot("b-n", "ideas-n", ["nuria", "samuel"])
    small.vote("b-n", "nuria", **{f"n{n}": 2 if n < 5 else 1 for n in range(1, 15)})
    small.step("ideas-n", "reveal")
    html = small.file("html")
    main, annex = html.split('id="annex"')
    assert all(f"Idea number {n}." in main for n in range(1, 15))  # four first, ten tied in fifth place
    assert "Idea number 15." not in main
    assert all(f"Idea number {n}." in annex for n in range(1, 31))


def test_the_report_costs_the_same_number_of_queries_whatever_its_size(voted: Small) -> None:
    def queries() -> int:
        count: list[str] = []

        def note(*args: Any) -> None:
            count.append(args[2])

        event.listen(voted.db.get_bind(), "before_cursor_execute", note)
        gather(voted.db, voted.event)
        event.remove(voted.db.get_bind(), "before_cursor_execute", note)
        return len(count)

    before = queries()
    for number in range(10, 60):
        voted.proposal(f"more{number}", "ideas-n", number, "One more")
        voted.conclude(f"cc{number}", f"more{number}", "One more", "One more", position=number)
    assert queries() == before <= 36
