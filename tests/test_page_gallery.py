"""Pictures on real pages: sent from a phone over a network that breaks, seen in the gallery, on boards, on the wall."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect
from support.browser import LAPTOP, WALL, Visitor
from support.hall import Hall
from support.house import House
from support.pictures import corners, drawn, exif, photo
from support.server import Server

NARROW = (320, 640)
EVIL = "<b>first</b><img src=x onerror=alert(1)>"


@pytest.fixture
def hall(full_house: House, server: Server, chrome: Browser) -> Iterator[Hall]:
    made = Hall(full_house, server, chrome)
    yield made
    made.empties()


def file(name: str, picture: bytes) -> dict[str, Any]:
    kind = "image/heic" if name.endswith("heic") else "image/jpeg"
    return {"name": name, "mimeType": kind, "buffer": picture}


def noisy(width: int = 1800, height: int = 1350) -> bytes:
    """A picture that weighs as much as one of a phone: several pieces."""
    grain, out = Image.effect_noise((width, height), 60).convert("RGB"), io.BytesIO()
    Image.blend(drawn(width, height), grain, 0.35).save(out, "JPEG", quality=92, exif=exif())
    assert 1_000_000 < len(out.getvalue()) < 9_000_000
    return out.getvalue()


def sends(visitor: Visitor, *files: dict[str, Any], label: str = "Add pictures") -> None:
    with visitor.page.expect_file_chooser() as chooser:
        visitor.clicks(label)
    chooser.value.set_files(list(files))


def test_amina_sends_two_pictures_over_a_cut_and_they_are_in_the_gallery_and_on_the_wall(hall: Hall) -> None:
    house = hall.house
    house["Fatima"].does(house.room, "session.open", session=house.session("Tables"))
    house["Chen"].does(house.room, "picture.decline", declined=True)
    amina, screen = hall.at("Amina", "gallery"), hall.comes("Screen", WALL)
    screen.page.keyboard.press("6")
    screen.sees("There are no pictures yet.")
    amina.sees("1 person here does not want to be in pictures")
    amina.shows("gallery-1-empty-phone")

    pieces = 0

    def breaks(route: Route) -> None:
        nonlocal pieces
        pieces += "offset=" in route.request.url
        if pieces == 3 and "offset=" in route.request.url:
            route.fetch()  # it arrives, and its answer does not
            amina.context.set_offline(True)
            route.abort("connectionreset")
        elif pieces == 5 and "offset=" in route.request.url:
            route.abort("connectionreset")  # it does not even arrive
        else:
            route.fallback()

    amina.page.route("**/api/uploads/**", breaks)
    sends(amina, file("flipchart.jpg", noisy()), file("IMG_0001.heic", photo("HEIF", 1200, 1600)))
    amina.sees("No connection. It goes on by itself")
    amina.shows("gallery-2-cut-phone")
    assert not house.state(house.room)["pictures"]
    amina.context.set_offline(False)
    expect(amina.page.locator(".thumb-button")).to_have_count(2)
    expect(amina.page.locator(".upload")).to_have_count(0)
    assert pieces > 6
    cards = list(house.state(house.room)["pictures"].values())
    assert len(cards) == 2 and {card["session"] for card in cards} == {house.session("Tables")}
    for card in cards:
        image = Image.open(hall.server.settings.data / card["images"][-1]["url"].removeprefix("/"))
        assert corners(image) == ["red", "green", "blue", "white"] and not image.getexif()

    # She is asked kindly what can be seen, for one picture after the other.
    amina.sees("2 pictures of yours say nothing yet to those who cannot see them.")
    amina.clicks("Describe them")
    amina.shows("gallery-3-describe-phone")
    amina.page.get_by_label("What can be seen in it?").fill("Six cards on a flipchart")
    amina.page.get_by_label("Caption").fill(f"What water needs {EVIL}")
    amina.clicks("Save, then the next one")
    expect(amina.page.get_by_label("What can be seen in it?")).to_have_value("")
    amina.page.get_by_label("What can be seen in it?").fill("The hall from above")
    amina.clicks("Save")
    expect(amina.page.get_by_text("say nothing yet")).to_have_count(0)
    amina.sees(f"What water needs {EVIL}")
    amina.shows("gallery-4-phone")

    # The wall shows them in turn, and can be held still.
    picture = screen.page.locator(".screen-picture img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    screen.clicks("Hold still")
    screen.page.evaluate("document.activeElement.blur()")
    screen.shows("gallery-5-wall")
    before = picture.get_attribute("src")
    screen.clicks("Next picture")
    expect(picture).not_to_have_attribute("src", before or "")
    if not screen.page.get_by_text("What water needs").count():
        screen.clicks("Next picture")
    screen.sees(EVIL)
    assert "Amina" not in screen.page.content()
    for visitor in (amina, screen):
        expect(visitor.page.locator("img[src=x], figcaption b, .thumb b")).to_have_count(0)
    hall.is_well()


def test_a_picture_is_looked_at_with_the_keyboard_chosen_hidden_and_restored(hall: Hall) -> None:
    amina, fatima = hall.at("Amina", "gallery", NARROW), hall.at("Fatima", "gallery", LAPTOP)
    bruno = hall.at("Bruno", "gallery", dark=True)
    sends(amina, *(file(f"{n}.jpg", photo(width=800 + n)) for n in range(3)))
    expect(fatima.page.locator(".thumb-button")).to_have_count(3)
    amina.shows("gallery-6-narrow")
    fatima.shows("gallery-7-laptop")

    keys, page = fatima.page.keyboard, fatima.page
    page.locator(".thumb-button").first.focus()
    keys.press("Enter")
    fatima.sees("Picture 1 of 3")
    keys.press("ArrowLeft")
    fatima.sees("Picture 3 of 3")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    fatima.sees("Picture 2 of 3")
    fatima.shows("gallery-8-lightbox-laptop")
    fatima.clicks("Use in the report")
    expect(page.locator(".lightbox .tag.ok")).to_be_visible()
    keys.press("Escape")
    second = page.locator(".thumb-button").nth(1)
    expect(second).to_be_focused()
    expect(bruno.page.locator(".thumb-tag")).to_have_count(1)

    second.click()
    fatima.clicks("Hide", exact=True)
    page.get_by_label("Reason").fill("Dora asked for it")
    fatima.clicks("Hide it")
    bruno.sees("Hidden: Dora asked for it")
    expect(bruno.page.locator(".thumb-button")).to_have_count(2)
    expect(page.locator("dialog")).to_have_count(0)
    bruno.shows("gallery-9-hidden-dark")
    fatima.shows("gallery-10-hidden-facilitator")
    fatima.page.locator(".thumb").get_by_role("button", name="Restore").click()
    expect(bruno.page.locator(".thumb-button")).to_have_count(3)

    amina.page.locator(".thumb-button").first.click()
    amina.shows("gallery-11-lightbox-narrow")
    amina.clicks("Withdraw")
    expect(bruno.page.locator(".thumb-button")).to_have_count(2)
    amina.page.locator("summary", has_text="1 picture that you have withdrawn").click()
    amina.clicks("Reinstate")
    expect(bruno.page.locator(".thumb-button")).to_have_count(3)

    bruno.page.get_by_label("I do not want to be in pictures").check()
    fatima.sees("Do not want to be in pictures:")
    expect(fatima.page.locator(".opt-out")).to_contain_text("Bruno")
    expect(amina.page.locator(".opt-out")).not_to_contain_text("Bruno")
    hall.is_well()


def test_a_photo_of_the_flipchart_stands_on_its_board(hall: Hall) -> None:
    board = hall.house.board("Water").partition(":")[2]
    amina, bruno = hall.at("Amina", f"board/{board}"), hall.at("Bruno", f"board/{board}", LAPTOP)
    oscar = hall.at("Oscar", f"board/{board}")
    sends(amina, file("sheet.jpg", photo()), label="Add a photo of the flipchart")
    expect(bruno.page.locator(".board-pictures .thumb-button")).to_have_count(1)
    amina.shows("gallery-12-board-phone")
    bruno.shows("gallery-13-board-laptop")
    expect(oscar.page.get_by_role("button", name="Add a photo of the flipchart")).to_have_count(0)
    bruno.page.locator(".board-pictures .thumb-button").click()
    bruno.sees("Picture 1 of 1")
    (card,) = hall.house.state(hall.house.room)["pictures"].values()
    assert card["board"] == board
    bruno.clicks("Close", exact=True)
    hall.is_well()


def test_what_cannot_be_sent_says_why_in_its_place(hall: Hall) -> None:
    amina = hall.at("Amina", "gallery")
    sends(amina, file("huge.jpg", bytes(10_000_001)), file("drawing.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    amina.sees("This picture is larger than 10 MB.")
    amina.sees("This is not a picture that we can show.")
    amina.shows("gallery-14-refused-phone")
    for name in ("huge.jpg", "drawing.jpg"):
        amina.clicks(f"Remove {name} from this list")
    expect(amina.page.locator(".upload")).to_have_count(0)
    assert not hall.house.state(hall.house.room)["pictures"]
    hall.is_well()
