"""Hostile words in every field that holds anybody's words, in every format; a real reader of each format reads it."""

from __future__ import annotations

import dataclasses
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import docx
import icalendar
import openpyxl
import pypdf
import pytest
from docx.oxml.ns import qn
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from support.files import tables_of, text_of
from support.page import Page
from support.pictures import drawn
from support.small import FORMULAS, HOSTILE, NINE, Small

from facilitator.outcomes import DEPTHS, FORMATS, gather
from facilitator.outcomes.csvs import DANGEROUS
from facilitator.outcomes.gather import Outcome
from facilitator.store import models as m

CORPUS = "\n".join([
    *HOSTILE, *FORMULAS, '#panic("evil")', '#read("/etc/passwd")', "$ integral $ @label <label> // gone", "= Heading",
    "]]></w:t></w:r><w:instrText>DDEAUTO cmd</w:instrText>", "{ INCLUDETEXT \"/etc/passwd\" }", "\\input{/etc/passwd}",
    "END:VEVENT\nBEGIN:VALARM\nACTION:PROCEDURE", "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
    "\x00\x07\ufffe\x1b[31m",
    "data:text/html,<script>alert(1)</script>", "</desc><script>alert(1)</script>", "&#60;b&#62;", "a\u2028b\x85c\x0bd",
])  # fmt: skip
MARK = "DDEAUTO cmd"

OURS = {
    *("id", "code", "kind", "status", "key", "date", "starts_at", "merged_into", "made_of", "conclusions", "proposal"),
    *("framework", "tag", "verdict", "file", "board", "group_kind", "gathered_at", "secrecy"),
}
"""Fields that hold no words: names of ours, dates, codes."""
WORDS_OF_COUNTS = {"reason", "criterion", "anchors", "title"}


def _ours(field: str, value: Any) -> bool:
    """Conclusions of a day are things with words; those of a proposal are codes."""
    return field in OURS and not (isinstance(value, tuple) and any(dataclasses.is_dataclass(one) for one in value))


def poisoned(value: Any, text: str, field: str = "") -> Any:
    """A copy in which every word that somebody may have typed is `text`."""
    if field == "step" and isinstance(value, str) and re.fullmatch(r"[a-z_]+", value):
        return value  # the id of a ballot's step
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{
            one.name: poisoned(getattr(value, one.name), text, one.name)
            for one in dataclasses.fields(value) if not _ours(one.name, getattr(value, one.name))
        })  # fmt: skip
    if field == "diff" and value is not None:
        return tuple((kind, text) for kind, _words in value)
    if isinstance(value, Mapping):
        return {
            key: poisoned(one, text, key) if key in WORDS_OF_COUNTS or not isinstance(one, str) else one
            for key, one in value.items()
        }
    if isinstance(value, tuple | list):
        return type(value)(poisoned(one, text, field) for one in value)
    return text if isinstance(value, str) and (field in WORDS_OF_COUNTS or field not in OURS) else value


@pytest.fixture
def full(concluded: Small, tmp_path: Path) -> Outcome:
    """The small event with something of everything: pictures, plans, pledges, comments, a scale and given reasons."""
    small = concluded
    small.agrees_to_be_named("nuria", "meera")
    (tmp_path / "pictures").mkdir()
    drawn(320, 240).save(tmp_path / "pictures" / f"{'a' * 32}-320.jpg", "JPEG")
    small.add(
        m.Picture, id="wall", event=small.event, caption="A wall", alt="Notes", file="a" * 32, sizes=[[320, 240]],
        author="nuria", at=NINE, used_at=NINE, used_by="paula", session="ideas", board="ideas-n",
    )  # fmt: skip
    small.add(
        m.RoadmapItem, proposal="buses", lead="amb", partners=["delhi"], year=2018, quarter=3, effort=2, impact=4,
        first_step="Ask", by="paula", at=NINE,
    )  # fmt: skip
    small.add(
        m.Pledge, id="pledge", board="ideas-n", proposal="buses", organisation="amb", text="We pay", author="nuria",
        at=NINE,
    )  # fmt: skip
    small.add(
        m.Comment, id="comment", board="ideas-n", proposal="buses", kind="comment", text="Yes", author="meera", at=NINE,
        names="named",
    )  # fmt: skip
    small.hide("merged", "Rude")
    small.add(m.GuidingText, event=small.event, key="mission", version=1, title="Mission", text="To live", at=NINE)
    return gather(small.db, small.event, data=tmp_path)


def words_in(outcome: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every (field, word) of an outcome that is somebody's."""
    if dataclasses.is_dataclass(outcome):
        for one in dataclasses.fields(outcome):
            if not _ours(one.name, getattr(outcome, one.name)):
                yield from words_in(getattr(outcome, one.name), one.name)
    elif isinstance(outcome, tuple | list):
        for one in outcome:
            yield from words_in(one, field)
    elif isinstance(outcome, str):
        yield field, outcome


def test_every_field_is_reached(full: Outcome) -> None:
    assert {field for field, _word in words_in(full)} >= {
        "title", "place", "purpose", "sample", "name", "organisation", "text", "present", "wording", "criterion",
        "body", "reason", "answer", "session", "group", "note", "prompt", "lanes", "themes", "caption", "alt", "lead",
        "partners",
        "first_step", "activity", "framework_title",
    }  # fmt: skip
    left = {(field, word) for field, word in words_in(poisoned(full, "evil")) if word != "evil"}
    assert {field for field, _word in left} <= {"step", "diff", "kind", "against"}, left


def test_the_web_page_does_nothing_in_a_real_browser(full: Outcome, chrome: Browser, tmp_path: Path) -> None:
    for depth in DEPTHS:
        body = FORMATS["html"].write(poisoned(full, CORPUS), depth=depth)
        page = Page(body.decode())
        assert not page.tags & {"script", "iframe", "object", "embed", "link", "form", "base", "foreignobject"}
        assert not any(name.startswith("on") or name == "style" for name in page.attributes)
        assert all(re.fullmatch(r"#[a-z0-9-]+|data:image/jpeg;base64,[A-Za-z0-9+/=]+", link) for link in page.links)
        assert MARK in page.text
        _opens_quietly(chrome, tmp_path / f"{depth}.html", body)


def _opens_quietly(browser: Browser, path: Path, body: bytes) -> None:
    path.write_bytes(body)
    context = browser.new_context()
    page = context.new_page()
    happened: list[str] = []
    page.on("dialog", lambda dialog: (happened.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda message: happened.append(f"console {message.text}"))
    page.on("pageerror", lambda error: happened.append(f"error {error}"))
    page.on("request", lambda request: happened.append(f"request {request.url[:80]}")
            if not request.url.startswith(("file:", "data:image/jpeg")) else None)  # fmt: skip
    page.goto(path.as_uri())
    page.wait_for_load_state("networkidle")
    assert not happened, happened
    shown = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert all(width == 320 for width in shown)
    context.close()


def test_markdown_becomes_no_markup_of_theirs(full: Outcome) -> None:
    source = FORMATS["md"].write(poisoned(full, CORPUS), depth="record").decode()
    for markdown in (MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]),
                     MarkdownIt("gfm-like", {"html": True, "linkify": False})):  # fmt: skip
        page = Page(markdown.render(source))
        assert page.tags <= {"h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "blockquote",
                             "table", "thead", "tbody", "tr", "th", "td"}, page.tags  # fmt: skip
        assert page.links == [] and MARK in page.text


def test_word_gets_no_field_no_link_and_no_part_of_theirs(full: Outcome) -> None:
    clean, evil = (FORMATS["docx"].write(one, depth="record") for one in (full, poisoned(full, CORPUS)))
    names = []
    for body in (clean, evil):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names.append(archive.namelist())
            for name in archive.namelist():
                assert not name.endswith(".rels") or b'TargetMode="External"' not in archive.read(name)
    assert names[0] == names[1]
    file = docx.Document(io.BytesIO(evil))
    assert {code.text.split()[0] for code in file.element.iter(qn("w:instrText"))} == {"TOC"}
    assert all(link.get(qn("w:anchor")) for link in file.element.iter(qn("w:hyperlink")))
    assert MARK in text_of("docx", evil)


def test_the_pdf_evaluates_and_links_to_nothing_of_theirs(full: Outcome) -> None:
    body = FORMATS["pdf"].write(poisoned(full, CORPUS), depth="record")
    file = pypdf.PdfReader(io.BytesIO(body))
    links = [one.get_object() for page in file.pages for one in page.get("/Annots") or ()]
    assert links and all("/A" not in link or link["/A"]["/S"] == "/GoTo" for link in links)
    assert "/AcroForm" not in file.trailer["/Root"] and "/OpenAction" not in file.trailer["/Root"]
    said = re.sub(r"\s", "", text_of("pdf", body))
    assert '#panic("evil")' in said and '#read("/etc/passwd")' in said and "root:" not in said


@pytest.mark.parametrize("text", [*FORMULAS, CORPUS], ids=lambda text: repr(text)[:16])
def test_no_cell_of_csv_or_excel_is_a_formula_or_a_link(full: Outcome, text: str) -> None:
    evil = poisoned(full, text)
    found = 0
    for file in tables_of(FORMATS["csv"].write(evil)).values():
        import csv

        for row in csv.reader(io.StringIO(file, newline="")):
            for cell in row:
                # What begins so and is a number, is one of ours.
                assert not cell.startswith(DANGEROUS) or re.fullmatch(r"-\d+(\.\d+)?", cell), cell
                found += cell.lstrip("'") == text
    assert found > 60 or text == CORPUS
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(evil)))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for cell in cells)


def test_json_carries_every_word_as_it_was(full: Outcome) -> None:
    data = json.loads(FORMATS["json"].write(poisoned(full, CORPUS)))
    assert data["event"]["title"] == data["days"][0]["conclusions"][0]["wording"] == CORPUS
    assert data["pictures"][0]["alt"] == data["days"][0]["sessions"][1]["groups"][0]["proposals"][0]["text"] == CORPUS


def test_a_calendar_gets_no_property_and_no_alarm_of_theirs(full: Outcome) -> None:
    found = icalendar.Calendar.from_ical(FORMATS["ics"].write(poisoned(full, CORPUS)))
    assert len(found.events) == 4 and not any(event.subcomponents for event in found.events)
    assert {name for event in found.events for name in event} == {
        "UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "TRANSP",
    }  # fmt: skip
    assert all(MARK in event["SUMMARY"] for event in found.events)
