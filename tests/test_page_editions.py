"""An edition on its way through real pages: arranged by Olga, checked by Amina, read by the world, taken back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pypdf
import pytest
import requests
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from support.browser import LAPTOP, PHONE, Visitor
from support.editions import drafted, ends_the_check, freezes, published, row
from support.hall import Hall
from support.house import House, new
from support.pictures import photo, ticket
from support.server import Server
from support.small import HOSTILE

from facilitator.domain.pictures import file_name
from facilitator.store.models import Edition

CORPUS = "\n\n".join(HOSTILE)


@pytest.fixture
def hall(full_house: House, server: Server, chrome: Browser) -> Iterator[Hall]:
    """A served workshop in which something was concluded."""
    board = full_house.board("Water")
    full_house["Fatima"].opens(board, "collect")
    for number, (who, text) in enumerate([("Amina", "More buses at night"), ("Bruno", "A lighter ticket")]):
        kind = ("decision", "recommendation")[number]
        full_house["Fatima"].promotes(full_house.day(), full_house[who].posts(board, text), f"{text}, we agree", kind)
    made = Hall(full_house, server, chrome)
    yield made
    made.empties()


def the_world(hall: Hall, path: str, size: tuple[int, int], *, dark: bool = False) -> Visitor:
    """Somebody who is not of the event, at a page."""
    visitor = hall.stranger("the world", size, dark=dark)
    visitor.page.goto(hall.url + path)
    return visitor


def test_an_edition_goes_all_the_way_from_a_draft_to_the_world_and_back(hall: Hall) -> None:
    house = hall.house
    olga = hall.at("Olga", "event", LAPTOP)
    page = olga.page
    page.get_by_role("link", name="Editions: check, sign off, publish").click()
    olga.shows("editions-1-none")
    page.get_by_label("Title of the edition").fill("What we want from our city")
    olga.clicks("Begin the first edition")

    # She introduces a section, leaves another out, asks Fatima to sign, and sees what it will look like.
    page.locator("summary", has_text="Who took part").click()
    people = page.locator("#s-people")
    people.get_by_label("Your introduction").fill(f"We were **many**.\n\n{CORPUS}"[:4000])
    people.get_by_role("button", name="Preview").click()
    expect(page.locator("#s-people .preview strong").first).to_have_text("many")
    assert row(house, edition_of(house)).sections == [], "a preview is not saved"
    people.get_by_label("Signed off by").select_option(label="Fatima")
    people.get_by_role("button", name="Save").click()
    expect(page.locator("#s-people .tag").last).to_have_text("to be signed: Fatima")
    page.locator("summary", has_text="Agenda").click()
    page.locator("#s-agenda").get_by_label("In the edition").uncheck()
    page.locator("#s-agenda").get_by_role("button", name="Save").click()
    expect(page.locator("#s-agenda .tag")).to_have_text("left out")
    page.get_by_label("The story, for the public page").fill(
        "## We met\n\nAnd **agreed** on [much](https://example.org)."
    )
    page.get_by_role("button", name="Save", exact=True).last.click()
    olga.shows("editions-2-draft")
    olga.clicks("Freeze it and open the check")
    olga.sees("Participants are checking it")
    olga.shows("editions-3-checking")

    # Amina finds it on her start page, by the keyboard alone from there on.
    amina = hall.at("Amina", "", PHONE)
    amina.page.get_by_role("link", name="Check the report before it is published").click()
    amina.shows("editions-4-check-phone")
    summary = amina.page.locator("summary", has_text="Comment on “Who took part”")
    summary.focus()
    amina.page.keyboard.press("Enter")
    amina.page.keyboard.press("Tab")
    amina.page.keyboard.type("I was there <img src=x onerror=alert(1)>")
    amina.page.keyboard.press("Tab")
    amina.page.keyboard.press("Enter")
    expect(amina.page.locator("#say-people .said")).to_have_text("I was there <img src=x onerror=alert(1)>")

    page.reload()
    olga.sees("I was there")
    olga.clicks("Dealt with")
    olga.sees("0 comments are open.")
    fatima = hall.at("Fatima", f"editions/{edition_of(house)}", PHONE, dark=True)
    fatima.clicks("Sign off: Who took part")
    expect(fatima.page.get_by_text("signed by Fatima")).to_be_visible()
    fatima.shows("editions-5-sign-phone")

    ends_the_check(house, edition_of(house))
    amina.page.reload()
    amina.sees("The time for comments is over.")
    expect(amina.page.locator("textarea")).to_have_count(0)
    amina.shows("editions-6-over-phone")
    page.reload()
    olga.clicks("Publish it")
    olga.sees("It is public")
    olga.shows("editions-7-published")
    address = page.locator(".address a").get_attribute("href") or ""
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/e/[0-9a-z]{12}", address)
    path = address.removeprefix(hall.url)

    world = the_world(hall, path, LAPTOP)
    world.sees("More buses at night, we agree")
    expect(world.page.locator(".doc h2")).to_have_text(["Decisions", "Recommendations"])
    assert "Amina" not in world.page.content() and "Bruno" not in world.page.content()
    expect(world.page.locator("meta[name=robots]")).to_have_attribute("content", "index, follow")
    expect(world.page.locator("meta[property='og:title']")).to_have_attribute("content", "What we want from our city")
    for format, kind in (
        ("pdf", "application/pdf"),
        ("html", "text/html"),
        ("docx", "wordprocessingml"),
        ("json", "json"),
    ):
        answer = requests.get(f"{address}/report.{format}", timeout=60)
        assert answer.status_code == 200 and kind in answer.headers["Content-Type"]
    assert requests.get(f"{address}/report.xlsx", timeout=60).status_code == 404
    olga.clicks("Take the page back")
    olga.sees("It has been taken back")
    for gone in ("", "/report.pdf", "/report.json"):
        answer = requests.get(address + gone, timeout=60)
        assert answer.status_code == 410 and "taken this page back" in answer.text and "buses" not in answer.text
    olga.clicks("Publish it again")
    assert requests.get(address, timeout=60).status_code == 200
    hall.is_well()


def test_olga_moves_a_section_by_the_keyboard_and_the_button_stays_under_her_fingers(hall: Hall) -> None:
    house = hall.house
    edition = drafted(house)
    olga = hall.at("Olga", f"editions/{edition}", LAPTOP)
    page = olga.page
    titles = page.locator("#sections + ol summary > span:first-child")
    natural = titles.all_inner_texts()
    at = natural.index("Agenda")
    expect(page.get_by_role("button", name=f"Move up: {natural[0]}, 1 of {len(natural)}")).to_be_disabled()
    expect(page.get_by_role("button", name=f"Move down: {natural[-1]}, {len(natural)} of")).to_be_disabled()
    page.get_by_role("button", name="Move up: Agenda").focus()
    for place in (at, at - 1):
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name=f"Move up: Agenda, {place} of {len(natural)}")).to_be_focused()
    moved = titles.all_inner_texts()
    assert moved == [*natural[: at - 2], "Agenda", *natural[at - 2 : at], *natural[at + 1 :]]
    page.get_by_role("button", name="Move down: Agenda").press("Enter")
    expect(page.get_by_role("button", name=f"Move down: Agenda, {at} of {len(natural)}")).to_be_focused()
    for _ in range(at):  # all the way up, where the button that was pressed has nothing more to do
        page.get_by_role("button", name="Move up: Agenda").press("Enter")
        page.wait_for_load_state()
        if titles.first.inner_text() == "Agenda":
            break
    expect(page.get_by_role("button", name=f"Move down: Agenda, 1 of {len(natural)}")).to_be_focused()
    olga.shows("editions-order")
    freezes(house, edition)
    assert row(house, edition).contents[0]["section"] == "agenda"
    hall.is_well()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (LAPTOP, True)])
def test_an_edition_that_named_somebody_who_is_erased_says_so_everywhere(
    hall: Hall, size: tuple[int, int], dark: bool
) -> None:
    house, look = hall.house, f"{size[0]}-{'dark' if dark else 'light'}"
    house["Amina"].does(house.room, "naming.agree", agreed=True)
    edition = published(house, named=True)
    house["Olga"].does(house.room, "person.erase", person=house["Amina"].id)
    world = the_world(hall, f"/e/{row(house, edition).address}", size, dark=dark)
    world.sees("People who were removed since this edition was frozen: 1.")
    world.sees("as it was frozen")
    world.shows(f"editions-erased-news-{look}")
    for format in ("html", "json"):
        body = requests.get(f"{hall.url}/e/{row(house, edition).address}/report.{format}", timeout=60).text
        assert "Amina" not in body and "Bruno" in body
    olga = hall.at("Olga", f"editions/{edition}", size, dark=dark)
    olga.sees("1 person who stood in it by name was erased since.")
    olga.shows(f"editions-erased-{look}")
    olga.clicks("Begin a correction")
    olga.sees("Draft: it still follows the event")
    expect(olga.page.get_by_label("People stand in it by name")).to_be_checked()
    olga.page.goto(f"{hall.url}/s/{house['Olga'].id}/editions/{edition}")
    olga.page.get_by_role("link", name="Go on with the correction").click()
    olga.sees("Draft: it still follows the event")
    hall.is_well()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (LAPTOP, True)])
def test_amina_says_that_she_may_be_named_and_olga_sees_how_many_do(
    hall: Hall, size: tuple[int, int], dark: bool
) -> None:
    house = hall.house
    amina = hall.at("Amina", "mine", size, dark=dark)
    box = amina.page.get_by_label("My name may stand in the list of who took part")
    expect(box).not_to_be_checked()
    box.focus()
    amina.page.keyboard.press("Space")
    expect(box).to_be_checked()
    amina.shows(f"naming-{size[0]}-{'dark' if dark else 'light'}")
    olga = hall.at("Olga", "event", size, dark=dark)
    olga.sees("1 of 4 people agreed to be named in the list of who took part.")
    olga.page.goto(f"{hall.url}/s/{house['Olga'].id}/editions")
    olga.sees("1 of 4 people agreed to be named")
    amina.page.reload()
    expect(box).to_be_checked()
    box.click()
    expect(box).not_to_be_checked()
    olga.page.reload()
    olga.sees("0 of 4 people agreed to be named")
    expect(hall.at("Oscar", "gallery", size).page.get_by_text("Your name in the report")).to_have_count(0)
    hall.is_well()


def edition_of(house: House) -> str:
    return str(house.rows(select(Edition.id).where(Edition.event == house.event))[0].id)


@pytest.mark.parametrize(("size", "dark"), [(PHONE, False), (PHONE, True), (LAPTOP, False), (LAPTOP, True)])
def test_the_three_pages_are_well_on_every_screen(hall: Hall, size: tuple[int, int], dark: bool) -> None:
    house = hall.house
    three_pictures(house, hall.server)
    facts = {"edition": drafted(house), "title": "Our city", "depth": "contributions", "language": "en", "named": False}
    house["Olga"].does(house.room, "edition.change", **facts, story=CORPUS[:4000], note="")
    freezes(house, facts["edition"])
    look = f"{size[0]}-{'dark' if dark else 'light'}"
    olga = hall.at("Olga", f"editions/{facts['edition']}", size, dark=dark)
    olga.shows(f"editions-one-{look}")
    hall.at("Amina", f"check/{facts['edition']}", size, dark=dark).shows(f"editions-check-{look}")
    ends_the_check(house, facts["edition"])
    house["Olga"].does(house.room, "edition.publish", edition=facts["edition"])
    olga.page.goto(f"{hall.url}/s/{house['Olga'].id}/editions")
    olga.shows(f"editions-list-{look}")
    world = the_world(hall, f"/e/{row(house, facts['edition']).address}", size, dark=dark)
    world.shows(f"editions-news-{look}")
    expect(world.page.locator(".doc img, .doc svg, .doc iframe, .doc script")).to_have_count(0)
    hall.is_well()


def three_pictures(house: House, server: Server) -> list[str]:
    """Three pictures by Amina; Fatima has chosen the first two."""
    folder = server.settings.data / "pictures"
    folder.mkdir(exist_ok=True)
    shots = [new() for _ in range(3)]
    for number, shot in enumerate(shots):
        upload = ticket(house, house["Amina"].id, shot)
        house["Amina"].does(house.room, "picture.add", id=shot, upload=upload, caption="Our table", alt="Six people")
        for width, height in ((320, 240), (640, 480)):
            (folder / file_name(shot.replace("-", ""), width)).write_bytes(photo(width=width, height=height - number))
    for shot in shots[:2]:
        house["Fatima"].does(house.room, "picture.use", picture=shot, use=True)
    return shots


def test_who_checks_the_report_sees_the_pictures_that_the_world_will_see(full_house: House, server: Server) -> None:
    house = full_house
    shots, edition = three_pictures(house, server), drafted(house)
    freezes(house, edition)
    amina = server.browser(house["Amina"])

    def seen() -> set[str]:
        page = amina.get(f"/s/{house['Amina'].id}/check/{edition}").text
        return set(re.findall(r'<img src="([^"]+)"', page))

    both = seen()
    assert both == {f"/pictures/{file_name(shot.replace('-', ''), 640)}" for shot in shots[:2]}
    assert [amina.get(image).status_code for image in both] == [200, 200]
    assert {requests.get(server.url + image, timeout=60).status_code for image in both} == {401}, "not public yet"
    house["Chen"].does(house.room, "picture.decline", declined=True)
    assert seen() == set(), "Fatima has to look at them again"


def test_the_world_sees_the_pictures_that_were_chosen_and_may_be_seen(full_house: House, server: Server) -> None:
    house, fatima = full_house, full_house["Fatima"]
    shots = three_pictures(house, server)
    address = f"{server.url}/e/{row(house, published(house)).address}"

    def seen() -> list[str]:
        return sorted(set(re.findall(r'<img src="([^"]+)"', requests.get(address, timeout=60).text)))

    def in_the_files() -> tuple[int, int, int]:
        """How many pictures the web page, Word and the PDF have in them."""
        page, word, pdf = (
            requests.get(f"{address}/report.{format}", timeout=60).content for format in ("html", "docx", "pdf")
        )
        with zipfile.ZipFile(io.BytesIO(word)) as parts:
            photos = sum(re.match(r"word/media/.*\.jpe?g$", name) is not None for name in parts.namelist())
        images = sum(len(sheet.images) for sheet in pypdf.PdfReader(io.BytesIO(pdf)).pages)
        return page.count(b'src="data:image/jpeg;base64,'), photos, images

    both = seen()
    assert len(both) == 2
    before = requests.get(f"{address}/report.json", timeout=60).content
    assert in_the_files() == (2, 2, 2)
    for image in both:
        answer = requests.get(server.url + image, timeout=60)
        assert answer.status_code == 200 and answer.headers["Cache-Control"] == "no-store"
    fatima.does(house.room, "picture.hide", picture=shots[0], reason="Off topic")
    (left,) = seen()
    (gone,) = set(both) - {left}
    assert requests.get(server.url + gone, timeout=60).status_code == 404
    assert in_the_files() == (1, 1, 1)
    house["Chen"].does(house.room, "picture.decline", declined=True)
    assert in_the_files() == (0, 0, 0)
    assert seen() == [], "they were chosen before Chen said so"
    assert requests.get(server.url + left, timeout=60).status_code == 404
    for use in (False, True):
        fatima.does(house.room, "picture.use", picture=shots[1], use=use)
    assert seen() == [left], "Fatima has looked at it again"
    assert in_the_files() == (1, 1, 1)
    assert requests.get(f"{address}/report.json", timeout=60).content == before, "what was frozen is as it was"
