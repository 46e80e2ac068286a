"""What is in a file bites nobody, whatever was typed, and every format is what it should be."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import docx
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from sqlalchemy import true, update
from support.files import rows_of, text_of
from support.page import Page
from support.small import FORMULAS, HOSTILE, NINE, Small

from facilitator.domain.document import (
    Bar,
    BarChart,
    BarRow,
    Block,
    Figure,
    Part,
    Section,
    Statement,
    Table,
    anchors,
    references,
)
from facilitator.outcomes import CSP, DEPTHS, charts, compile_report, gather, render, tables
from facilitator.outcomes.cells import line_of
from facilitator.outcomes.csvs import DANGEROUS, guard
from facilitator.outcomes.markdown import escape
from facilitator.store import models as m

# --- what must not bite ---------------------------------------------------------------------------------------------


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


def test_the_rankings_of_the_record_have_every_figure_and_every_link_in_the_pdf(concluded: Small) -> None:
    outcome = gather(concluded.db, concluded.event)
    body = render(concluded.db, concluded.event, "pdf", depth="record")
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    said = " ".join(text_of("pdf", body).split("Every place of every ballot")[-1].split())
    full = [table for table in _tables(compile_report(outcome, depth="record").blocks) if len(table.columns) == 9]
    rows = [row for table in full for row in table.rows]
    assert len(rows) == 3
    for table in full:
        assert " ".join(table.caption.split()) in said
        for row in table.rows:
            # A list instead of nine columns: what a column says stands before each figure.
            figures = [
                f"{column.title} {words}"
                for column, cell in list(zip(table.columns, row.cells, strict=True))[2:]
                if (words := "".join(str(getattr(part, "text", part)) for part in line_of(cell)))
            ]
            assert " · ".join(figures).replace("\u00a0", " ") in said.replace("\u00a0", " ")
    record = [page for page in pages if "Possible places" in page.extract_text()]
    links = sum("/Dest" in note.get_object() for page in record for note in page.get("/Annots", ()))
    assert links >= len(rows), "each jumps to its contribution"


def _tables(blocks: Sequence[Block]) -> Iterator[Table]:
    for block in blocks:
        if isinstance(block, Section | Statement):
            yield from _tables(block.blocks)
        elif isinstance(block, Table):
            yield block


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


def test_a_long_name_stands_whole_beside_its_bar() -> None:
    names = ("Seoul", "Alcaldía Mayor de Bogotá y su área de influencia regional")
    rows = tuple(BarRow(name, (Bar((Part("people", 1.0),), "1", "one person"),)) for name in names)
    figure = Figure("Who came", "", BarChart(("people",), (1.0,), rows), Table("", (), ()))
    drawn = ElementTree.fromstring(charts.svg(figure, "a"))
    words = [str(one.text) for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["Seoul", "1", "Alcaldía Mayor de Bogotá y su área de", "influencia regional", "1"]
    bars = [one for one in drawn.iter("{http://www.w3.org/2000/svg}rect") if one.get("class") == "t-for"]
    assert len({one.get("x") for one in bars}) == 1 and len({one.get("y") for one in bars}) == 2


def test_csv_opens_in_a_spreadsheet_with_its_accents_and_keeps_numbers(voted: Small) -> None:
    archive = zipfile.ZipFile(io.BytesIO(render(voted.db, voted.event, "csv")))
    raw = archive.read("proposals.csv")
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\r\n") == 5
    assert guard(-3) == -3 and guard(None) == "" and guard("3 = 3") == "3 = 3"
    assert "Núria" in raw.decode("utf-8-sig")
