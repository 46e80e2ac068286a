"""Editions of the outcome: frozen, numbered, checked by those who took part, corrected by new ones."""

from __future__ import annotations

import json
from typing import Any

import pytest
from markdown_it import MarkdownIt
from sqlalchemy import select
from support.editions import FACTS, content, drafted, ends_the_check, freezes, published, row, sealed
from support.files import text_of
from support.house import House, new
from support.page import Page
from support.small import HOSTILE, Small

from facilitator import copying
from facilitator.domain import frozen
from facilitator.domain.document import Document, Section, Styled, anchors, references, sections
from facilitator.outcomes import DEPTHS, docxs, editions, gather, html, markdown, pdf
from facilitator.outcomes.edition_files import OFFERED, write
from facilitator.outcomes.prose import blocks_of
from facilitator.store.models import Edition, EditionComment

REVEALED = "More buses at night"


@pytest.fixture
def told(full_house: House) -> House:
    """Amina has proposed something, and it has become a conclusion."""
    house = full_house
    board = house.board("Water")
    house["Fatima"].opens(board, "collect")
    house["Fatima"].promotes(house.day(), house["Amina"].posts(board, REVEALED), "Buses run at night")
    return house


# --- frozen ---------------------------------------------------------------------------------------------------------


def test_what_is_frozen_stays_as_it_was_in_every_format_whatever_happens_after(told: House) -> None:
    house, amina = told, told["Amina"]
    edition = drafted(house)
    freezes(house, edition)
    text = row(house, edition).document
    files = {format: write(format, text) for format in OFFERED}
    (proposal,) = [card for card in house.state(house.board("Water"))["proposals"].values() if card["kind"] != "given"]
    amina.edits(house.board("Water"), proposal["id"], "Fewer buses by day")
    house["Olga"].does(house.room, "event.change", title="Another title", place="Lima", purpose="Something else.")
    amina.posts(house.board("Water"), "Trams")
    assert row(house, edition).document == text
    for format, before in files.items():
        after = write(format, row(house, edition).document)
        assert text_of(format, after) == text_of(format, before), format
        assert format == "docx" or after == before, format  # a Word file has the minute of its making in it
        said = " ".join(text_of(format, after).split())
        assert REVEALED in said and "Fewer buses" not in said and "Lima" not in said, format
        assert "Buses run at night" in said or format in ("xlsx", "csv"), format


def test_the_hash_is_that_of_the_file_that_everybody_can_download(told: House) -> None:
    edition = drafted(told)
    freezes(told, edition)
    found = row(told, edition)
    assert found.content_hash == frozen.digest(found.document) == frozen.digest(write("json", found.document).decode())
    read_again = frozen.written(frozen.read(found.document))
    assert read_again == found.document
    assert told.state(told.room)["editions"][edition]["hash"] == found.content_hash
    assert json.loads(found.document)["format"] == "facilitator-edition"


@pytest.mark.parametrize("depth", DEPTHS)
def test_every_kind_of_report_comes_out_of_the_ice_as_it_went_in(voted: Small, depth: Any) -> None:
    made = editions.make(gather(voted.db, voted.event), lambda text: text, "en", plan(depth=depth))
    again = frozen.read(frozen.written(made))
    assert again == made
    for one in (made.report, made.news):
        assert set(references(one.blocks)) <= set(anchors(one.blocks))
        assert html.render(one) == html.render(again.report if one is made.report else again.news)


def plan(**said: Any) -> editions.Plan:
    facts = {"number": 1, "title": "A strategy", "depth": "contributions", "named": False, "story": "", "sections": ()}
    return editions.Plan(**facts | said)  # type: ignore[arg-type]


def test_nobody_can_freeze_what_the_server_has_not_compiled_for_this_arrangement(told: House) -> None:
    olga, edition = told["Olga"], drafted(told)
    said = sealed(told, edition)
    for forged in (
        {"document": said["document"].replace("Buses run at night", "Cars run at night")},
        {"seal": "0" * 64},
        {"contents": [*said["contents"], {"section": "evil", "title": "Evil"}]},
        {"changes": [{"where": "section", "change": "added", "title": "Evil"}]},
    ):
        with told.refuses("edition_changed", "Look at it again"):
            olga.does(told.room, "edition.freeze", **said | forged)
    olga.does(told.room, "edition.arrange", edition=edition, section="agenda", off=True, intro="", owner=None)
    with told.refuses("edition_changed"):
        olga.does(told.room, "edition.freeze", **said)
    freezes(told, edition)
    with told.refuses("edition_frozen", "make a new edition"):
        olga.does(told.room, "edition.freeze", **said)
    with told.refuses("edition_frozen"):
        olga.does(told.room, "edition.arrange", edition=edition, section="agenda", off=False, intro="", owner=None)
    with told.refuses("edition_frozen"):
        olga.does(told.room, "edition.change", edition=edition, **FACTS, story="", note="")


# --- arranged -------------------------------------------------------------------------------------------------------


def test_olga_leaves_a_section_out_and_introduces_another_in_every_format(told: House) -> None:
    olga, edition = told["Olga"], drafted(told)
    where = {"edition": edition, "owner": None}
    olga.does(told.room, "edition.arrange", **where, section="agenda", off=True, intro="")
    words = "We were **many**.\n\n- one\n- two\n\nSee [the city](https://example.org/city)."
    olga.does(told.room, "edition.arrange", **where, section="people", off=False, intro=words)
    freezes(told, edition)
    report = content(told, edition).report
    assert "agenda" not in [section.anchor for section in sections(report.blocks)]
    assert set(references(report.blocks)) <= set(anchors(report.blocks))
    text = row(told, edition).document
    for format in ("pdf", "docx", "html", "md"):
        said = " ".join(text_of(format, write(format, text)).split())
        assert "We were" in said and "many" in said and "Edition 1" in said, format
    page = write("html", text).decode()
    assert "<strong>many</strong>" in page and 'href="https://example.org/city"' in page
    assert "https://example.org/city" in text_of("docx", write("docx", text))


def test_olga_puts_the_sections_in_another_order_in_every_format(told: House) -> None:
    olga, edition = told["Olga"], drafted(told)

    def order() -> list[str]:
        with told.store.reading() as db:
            return [one["section"] for one in editions.contents(editions.whole(editions.prepare(db, edition)))]

    natural = order()
    assert natural[:3] == ["purpose", "brief", "coverage"] and "methods" in natural and "annex" in natural
    wanted = ["annex", *(one for one in natural if one not in ("annex", "people"))]
    olga.does(told.room, "edition.order", edition=edition, order=[*wanted, "nowhere"])
    after = order()
    assert [one for one in after if one != "people"] == wanted
    assert after[after.index("people") - 1] == natural[natural.index("people") - 1], "it follows what it followed"
    with told.refuses("edition_order", "twice"):
        olga.does(told.room, "edition.order", edition=edition, order=["annex", "annex"])
    olga.does(told.room, "edition.arrange", edition=edition, section="coverage", off=True, intro="", owner=None)
    freezes(told, edition)
    after.remove("coverage")
    assert [one["section"] for one in row(told, edition).contents] == after
    report = content(told, edition).report
    assert not isinstance(report.blocks[0], Section), "the figures lead in any order"
    titles = {one.anchor: one.title for one in sections(report.blocks)}
    for format in ("html", "pdf", "docx", "md"):
        said = " ".join(text_of(format, write(format, row(told, edition).document)).split())
        assert said.rindex(titles["annex"]) < said.rindex(titles["methods"]), format
    with told.refuses("edition_frozen"):
        olga.does(told.room, "edition.order", edition=edition, order=[])
    second = drafted(told)
    assert row(told, second).ordered == row(told, edition).ordered, "a correction goes on from the order"
    olga.does(told.room, "edition.order", edition=second, order=[])
    freezes(told, second)
    assert ("order", "changed") in {(one["where"], one["change"]) for one in row(told, second).changes}
    assert "Changed: the order of the sections" in text_of("md", write("md", row(told, second).document))


@pytest.mark.parametrize("text", HOSTILE)
def test_what_the_organiser_writes_becomes_markup_only_as_far_as_markdown_is_understood(text: str) -> None:
    section = Section("Title", "title", blocks_of(text))
    page = Page(str(html.pieces((section,))))
    assert page.tags <= {"section", "h2", "p", "strong", "em", "a", "ul", "ol", "li", "blockquote"}
    assert not any(name.startswith("on") or name in ("style", "src") for name in page.attributes)
    assert all(link.startswith(("https://", "http://", "mailto:")) for link in page.links)
    document = Document("T", "", "en", "", (), 0, (section,))
    assert "javascript:" not in [link.partition(":")[0] + ":" for link in page.links]
    rendered = Page(MarkdownIt("commonmark", {"html": True}).render(markdown.render(document).decode()))
    assert not rendered.tags & {"script", "img", "svg", "iframe", "body", "style", "b"}
    assert docxs.render(document) and pdf.render(document)


def test_a_way_out_leads_to_a_page_or_a_mailbox_only() -> None:
    for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example", "https:///x", "ftp://x.org", "mailto:x"):
        with pytest.raises(ValueError, match="cannot be linked"):
            Styled("x", url=url)


def test_names_stand_in_an_edition_only_if_olga_has_chosen_so(told: House) -> None:
    without = drafted(told, depth="record")
    freezes(told, without)
    text = row(told, without).document
    for name in ("Amina", "Bruno", "Chen", "Dora", "Fatima", "Olga"):
        assert name not in text
    assert "Barcelona" in text and REVEALED in text
    with_names = drafted(told, named=True)
    freezes(told, with_names)
    assert "Amina" in row(told, with_names).document


# --- checked and signed ---------------------------------------------------------------------------------------------


def test_amina_comments_for_24_hours_and_not_after(told: House, monkeypatch: pytest.MonkeyPatch) -> None:
    amina, edition = told["Amina"], drafted(told)
    said = {"edition": edition, "section": "people", "text": "I was there too"}
    with told.refuses("edition_not_frozen"):
        amina.does(told.room, "edition.comment", **said)
    freezes(told, edition)
    comment = amina.does(told.room, "edition.comment", **said)["comment"]
    told["Oscar"].does(told.room, "edition.comment", **said | {"section": "news"})
    with told.refuses("edition_section"):
        amina.does(told.room, "edition.comment", **said | {"section": "nowhere"})
    with told.refuses("text_empty"):
        amina.does(told.room, "edition.comment", **said | {"text": " "})
    with told.refuses("edition_check_open", "24 hours"):
        told["Olga"].does(told.room, "edition.publish", edition=edition)
    until = row(told, edition).check_until
    assert until - row(told, edition).frozen_at == 24 * 3600 * 1000
    monkeypatch.setattr("facilitator.commands.context.now_ms", lambda: until - 1)
    amina.does(told.room, "edition.comment", **said)
    monkeypatch.setattr("facilitator.commands.context.now_ms", lambda: until)
    with told.refuses("edition_check_over"):
        amina.does(told.room, "edition.comment", **said)
    told["Olga"].does(told.room, "edition.settle", comment=comment, settled=True)
    (settled,) = told.rows(select(EditionComment.settled_by).where(EditionComment.id == comment))
    assert settled[0] == told["Olga"].id
    assert "I was there too" not in json.dumps(told.state(told.room)), "comments are for the organisers"
    told["Olga"].does(told.room, "edition.publish", edition=edition)


def test_a_section_with_an_owner_is_published_only_when_they_have_signed(told: House) -> None:
    olga, fatima, edition = told["Olga"], told["Fatima"], drafted(told)
    arranged = {"edition": edition, "off": False, "intro": ""}
    for owner in (told["Amina"].id, "nobody"):
        with told.refuses("edition_owner"):
            olga.does(told.room, "edition.arrange", **arranged, section="people", owner=owner)
    olga.does(told.room, "edition.arrange", **arranged, section="people", owner=fatima.id)
    olga.does(told.room, "edition.arrange", **arranged | {"off": True}, section="agenda", owner=fatima.id)
    with told.refuses("edition_not_frozen"):
        fatima.does(told.room, "edition.sign", edition=edition, section="people", signed=True)
    freezes(told, edition)
    ends_the_check(told, edition)
    with told.refuses("edition_unsigned", "Who took part"):
        olga.does(told.room, "edition.publish", edition=edition)
    with told.refuses("edition_not_yours"):
        olga.does(told.room, "edition.sign", edition=edition, section="people", signed=True)
    with told.refuses("edition_section"):
        fatima.does(told.room, "edition.sign", edition=edition, section="agenda", signed=True)
    for signed in (True, False, True):
        fatima.does(told.room, "edition.sign", edition=edition, section="people", signed=signed)
    olga.does(told.room, "edition.publish", edition=edition)
    (sign,) = row(told, edition).signs
    assert (sign["section"], sign["by"]) == ("people", fatima.id)
    with told.refuses("edition_out"):
        fatima.does(told.room, "edition.sign", edition=edition, section="people", signed=False)


def test_where_the_owners_seat_is_closed_an_organiser_signs(told: House) -> None:
    edition, fatima = drafted(told), told["Fatima"].id
    said = {"edition": edition, "section": "people"}
    told["Olga"].does(told.room, "edition.arrange", **said, off=False, intro="", owner=fatima)
    freezes(told, edition)
    told["Olga"].does(told.room, "person.remove", person=fatima)
    told["Olga"].does(told.room, "edition.sign", **said, signed=True)
    assert row(told, edition).signs[0]["by"] == told["Olga"].id


# --- published, corrected, taken back -------------------------------------------------------------------------------


def test_a_correction_says_what_has_changed_and_takes_the_place_of_the_one_before(told: House) -> None:
    olga, first = told["Olga"], published(told)
    told["Fatima"].opens(told.board("Air"), "collect")
    told["Chen"].posts(told.board("Air"), "Trees", "north")
    second = drafted(told)
    with told.refuses("edition_drafted", "Edition 2"):
        drafted(told)
    where = {"edition": second, "owner": None, "intro": ""}
    olga.does(told.room, "edition.arrange", **where, section="agenda", off=True)
    olga.does(told.room, "edition.change", edition=second, **FACTS, story="", note="Trees were *missing*.")
    freezes(told, second)
    found = row(told, second)
    changes = {(one["where"], one["change"], one["title"]) for one in found.changes}
    assert ("section", "removed", "Agenda") in changes
    assert ("front", "changed", "") in changes and ("news", "changed", "") in changes
    assert any(change == "changed" and title.startswith("Day 1") for _, change, title in changes)
    assert not any("Purpose" in title or "People" in title for _, _, title in changes)
    assert (found.number, found.corrects, found.address) == (2, first, row(told, first).address)
    said = text_of("md", write("md", found.document))
    assert "What has changed since edition 1" in said and "Trees were *missing*" in said and "Removed: Agenda" in said
    ends_the_check(told, second)
    olga.does(told.room, "edition.publish", edition=second)
    states = {card["number"]: card["status"] for card in told.state(told.room)["editions"].values()}
    assert states == {1: "superseded", 2: "published"}
    third = drafted(told)
    freezes(told, third)
    assert {one["title"] for one in row(told, third).changes} == set(), "the list of changes is no change itself"
    assert row(told, third).sections == found.sections, "a correction goes on from the arrangement"


def test_olga_takes_the_page_back_and_puts_it_there_again(told: House) -> None:
    olga, edition = told["Olga"], published(told)
    with told.refuses("edition_out"):
        olga.does(told.room, "edition.publish", edition=edition)
    assert told.state(told.room)["editions"][edition]["address"]
    olga.does(told.room, "edition.take_back", edition=edition)
    card = told.state(told.room)["editions"][edition]
    assert (card["status"], card["address"]) == ("taken_back", None)
    with told.refuses("edition_not_out"):
        olga.does(told.room, "edition.take_back", edition=edition)
    olga.does(told.room, "edition.publish", edition=edition)
    second = published(told)
    olga.does(told.room, "edition.take_back", edition=second)
    with told.refuses("edition_not_out"):
        olga.does(told.room, "edition.take_back", edition=edition)
    with told.refuses("edition_out"):  # it was superseded
        olga.does(told.room, "edition.publish", edition=edition)


@pytest.mark.parametrize("who", ["Fatima", "Amina", "Oscar", "Screen"])
def test_only_organisers_make_and_publish_editions(told: House, who: str) -> None:
    edition = drafted(told)
    facts = {"edition": edition, **FACTS, "story": "", "note": ""}
    arranged = {"edition": edition, "section": "agenda", "off": True, "intro": "", "owner": None}
    for command, args in (
        ("edition.draft", FACTS),
        ("edition.change", facts),
        ("edition.arrange", arranged),
        ("edition.order", {"edition": edition, "order": []}),
        ("edition.freeze", sealed(told, edition)),
        ("edition.settle", {"comment": new(), "settled": True}),
        ("edition.publish", {"edition": edition}),
        ("edition.take_back", {"edition": edition}),
    ):
        with told.refuses("not_allowed"):
            told[who].does(told.room, command, **args)


def test_an_edition_of_another_event_is_none_of_ours(told: House) -> None:
    elsewhere = told.another()
    edition = drafted(elsewhere)
    with told.refuses("edition_unknown"):
        told["Olga"].does(told.room, "edition.publish", edition=edition)
    freezes(elsewhere, edition)
    comment = elsewhere["Olga"].does(elsewhere.room, "edition.comment", edition=edition, section="people", text="Ours")[
        "comment"
    ]
    with told.refuses("comment_unknown"):
        told["Olga"].does(told.room, "edition.settle", comment=comment, settled=True)
    with told.refuses("bad_message", "language"):
        told["Olga"].does(told.room, "edition.draft", **FACTS | {"language": "../en"})


def test_editions_belong_to_their_event_are_not_copied_and_go_with_it(told: House) -> None:
    published(told)
    drafted(told)
    with told.store.writing() as db:
        copying.delete_event(db, told.event)
    assert told.rows(select(Edition.id)) == []
