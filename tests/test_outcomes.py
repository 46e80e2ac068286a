"""What came out of a small event, in every format: right figures, nothing secret, nothing that can bite."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sqlalchemy import create_engine, event, insert, update
from sqlalchemy.orm import Session as Db

from facilitator.domain.document import anchors, references
from facilitator.library import load_activity
from facilitator.outcomes import CSP, FORMATS, compile_report, gather, render
from facilitator.outcomes.csvs import guard
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
        self, id: str, proposal: str, text: str, *wordings: str, day: str = "day1", position: int = 0, **figures: Any
    ) -> None:
        self.add(m.Conclusion, id=id, day=day, position=position, wording=wordings[-1], by="paula", at=NINE)
        self.add(m.Source, conclusion=id, proposal=proposal, text=text, ballot=None, figures=figures or None)
        for version, wording in enumerate(wordings, start=1):
            self.add(m.Wording, of=id, version=version, text=wording, by="paula", at=NINE + version)

    def add(self, table: Any, **values: Any) -> None:
        self.db.execute(insert(table.__table__).values(**values))

    # --- reading it back ----------------------------------------------------------------------------------------

    def file(self, format: str) -> str:
        return render(self.db, self.event, format).decode("utf-8-sig")

    def every_file(self) -> dict[str, str]:
        return {format: self.file(format) for format in FORMATS}

    def json(self) -> Any:
        return json.loads(self.file("json"))

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.file("csv"), newline="")))


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
        render(small.db, small.event, "pdf")


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
    assert conclusion["source"]["author"] == {"name": "Núria", "organisation": "Àrea Metropolitana"}
    assert conclusion["source"]["figures"]["dots"] == 3
    row = voted.rows()[0]
    assert (row["conclusions"], row["conclusion_wordings"]) == ("C1.1", "More night buses")


def test_a_conclusion_that_was_taken_back_is_not_in_the_report(voted: Small) -> None:
    voted.conclude("c1", "buses", "More buses", "Buses by the minute")
    voted.db.execute(update(m.Conclusion.__table__).values(taken_back_at=NINE, taken_back_by="paula"))
    for format, text in voted.every_file().items():
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
        assert "<svg" not in text and "Place " not in text
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
    for format, text in small.every_file().items():
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
        "ins", "del", "table", "caption", "thead", "tbody", "tr", "th", "td", "span", "svg", "rect", "b",
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
        assert rendered.count("<h2>") == 8 and rendered.count("<h1>") == 1
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
def test_a_cell_that_looks_like_a_formula_is_text_in_csv(small: Small, text: str) -> None:
    assert str(guard(text)).startswith("'")
    small.proposal("evil", "ideas-n", 1, text)
    small.conclude("c1", "evil", text, text)
    small.db.execute(update(m.Person.__table__).where(m.Person.id == "nuria").values(name=text))
    small.db.execute(update(m.Organisation.__table__).where(m.Organisation.id == "amb").values(name=text))
    small.db.execute(update(m.Group.__table__).where(m.Group.id == "north").values(name=text))
    small.db.execute(update(m.Session.__table__).values(title=text))
    (row,) = small.rows()
    for column in ("text", "author", "organisation", "group", "session", "conclusion_wordings"):
        assert row[column] == f"'{text}", column


def test_csv_opens_in_a_spreadsheet_with_its_accents_and_keeps_numbers(voted: Small) -> None:
    raw = render(voted.db, voted.event, "csv")
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
    assert queries() == before <= 24
