"""A small event, written straight into the tables, for tests of what comes out of one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import create_engine, func, insert, select, update
from sqlalchemy.orm import Session as Db

from facilitator.library import load_activity
from facilitator.outcomes import DEPTHS, FORMATS, Depth, render
from facilitator.store import models as m

from .files import rows_of, text_of

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

    def agrees_to_be_named(self, *people: str) -> None:
        for person in people:
            self.add(m.Naming, person=person, at=NINE)

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
        asked = select(func.count()).select_from(m.Ratification).where(m.Ratification.day == day)
        number = self.db.execute(asked).scalar_one() + 1
        self.add(
            m.Ratification, id=id, day=day, number=number, quorum_people=50, quorum_organisations=50,
            support=75, by="paula", opened_at=NINE, closed_at=NINE + 60_000 if closed else None,
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
        """Every format that tells all; a calendar has dates only."""
        return {format: self.file(format) for format in FORMATS if format != "ics"}

    def everything(self) -> dict[str, str]:
        """Every format, and the report in all of its depths."""
        depths = {depth: self.report(depth) for depth in DEPTHS}
        return self.every_file() | depths | {"pdf record": self.report("record", "pdf"), "ics": self.file("ics")}

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


DOTS = {"kind": "dots", "dots": 1, "voters": 1, "score": 1, "rank": 2, "tied": True, "of": 4, "voted": 2, "electors": 3}


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
