"""From an idea to a running event: an organiser who has never seen the product, in a real browser, with her clicks
counted."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import Browser, Locator, expect
from sqlalchemy import func, select
from support.browser import LAPTOP, PHONE, Visitor

from facilitator.store.db import Store
from facilitator.store.models import Group, Organisation, Person, Seat

MOST_CLICKS = 25


class Counting:
    """Clicks, and how many there were."""

    def __init__(self) -> None:
        self.clicks = 0

    def __call__(self, on: Locator) -> None:
        self.clicks += 1
        on.click()


def roster() -> bytes:
    """64 people of 16 organisations, and three lines with something wrong in them."""
    book = Workbook()
    book.active.append(["Nombre", "Apellidos", "Institución", "Idiomas", "Correo electrónico"])
    for number in range(64):
        language = ("es", "en", "fr", "klingonish")[number % 3 if number != 10 else 3]
        email = "not an address" if number == 20 else f"guest{number}@example.org"
        name = ("Guest", f"Number {number:02}") if number != 30 else ("", "")
        book.active.append([*name, f"City {number % 16:02}", language, email])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_olga_makes_an_event_brings_64_people_in_balances_prints_slips_and_starts(
    store: Store, serve: Any, chrome: Browser, tmp_path: Path
) -> None:
    server, click = serve(), Counting()
    olga = Visitor(chrome, "Olga", LAPTOP)
    page = olga.page
    page.goto(server.url)
    found = re.search(r"setup token (\w+)", server.output)
    assert found
    for label, words in (("Setup token", found[1]), ("Your name", "Olga"), ("Email address", "olga@example.org"),
                         ("Password", "a long enough password")):  # fmt: skip
        page.get_by_label(label).fill(words)
    click(page.get_by_role("button", name="Create the organiser"))

    # An event from the template that is chosen already.
    page.get_by_label("Title").fill("A strategy for us")
    page.get_by_label(re.compile("First day")).fill("2027-03-01")
    olga.shows("30-new-event")
    click(page.get_by_role("button", name="Create the event"))
    page.wait_for_url("**/event")
    olga.shows("31-overview-first")

    # What comes next is said by the one strong button.
    click(page.get_by_role("link", name="Bring in the people"))
    click(page.get_by_role("link", name="Bring in a list"))
    file = tmp_path / "roster.xlsx"
    file.write_bytes(roster())
    page.get_by_label(re.compile("A spreadsheet")).set_input_files(file)
    click(page.get_by_role("button", name="Look at it first"))
    expect(page.get_by_role("heading", name="3 lines need a look")).to_be_visible()
    olga.sees("We know no language “klingonish”")
    olga.sees("This is not an e-mail address")
    olga.sees("Please type your name")
    olga.shows("32-import-faulty")
    with store.reading() as db:
        assert db.execute(select(func.count()).select_from(Organisation)).scalar_one() == 0, "nothing is half stored"
    page.locator("#line-12").get_by_label("Languages").fill("en")
    page.locator("#line-22").get_by_label("Email address").fill("guest20@example.org")
    page.locator("#line-32").get_by_label("First name").fill("Guest Number 30")
    click(page.get_by_role("button", name="Check again and bring in"))
    page.wait_for_url("**/people")
    with store.reading() as db:
        assert db.execute(select(func.count()).where(Person.role == "participant")).scalar_one() == 64
        assert db.execute(select(func.count()).select_from(Organisation)).scalar_one() == 16
    page.get_by_label("Find a name").fill("guest number 30")
    expect(page.locator("#roster tbody tr:visible")).to_have_count(1)
    page.get_by_label("Find a name").fill("")
    olga.shows("33-people")

    # Four groups of sixteen in which nobody meets a colleague.
    click(page.get_by_role("link", name="Groups"))
    click(page.get_by_role("button", name="Balance"))
    olga.sees("All wishes are fulfilled")
    olga.shows("34-groups-balanced")
    click(page.get_by_role("button", name="Save the groups"))
    olga.sees("The groups are saved")
    with store.reading() as db:
        sizes = db.execute(
            select(Group.name, func.count(), func.count(Person.organisation.distinct()))
            .join(Seat, Seat.group == Group.id)
            .join(Person, Person.id == Seat.person)
            .group_by(Group.name)
        ).all()
    assert sorted(tuple(row) for row in sizes) == [(f"Group {n}", 16, 16) for n in (1, 2, 3, 4)]

    # By hand: a number key on a name moves it; it can be taken back.
    first = page.locator("[data-person] select").first
    first.focus()
    page.keyboard.press("2")
    olga.sees("1 place has changed")
    click(page.get_by_role("button", name="Save the groups"))
    click(page.get_by_role("button", name="Undo"))

    # Slips: eight on a sheet, each with its own code.
    click(page.get_by_role("link", name="Slips"))
    expect(page.get_by_role("button", name="Print 64 slips")).to_be_visible()
    assert page.locator(".slip svg").count() == 64
    olga.shows("35-slips")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 8

    # And day 1 begins.
    click(page.get_by_role("link", name="Cockpit"))
    click(page.get_by_role("button", name=re.compile("^Start")).first)
    page.get_by_role("button", name=re.compile("^Open “.*” on all boards|^Open: ")).first.wait_for()
    assert click.clicks <= MOST_CLICKS, f"{click.clicks} clicks"
    print(f"{click.clicks} clicks from an empty installation to a running event")

    # One who is on the roster opens her link and is in her group, without typing anything.
    with store.reading() as db:
        guest = db.execute(select(Person).where(Person.name == "Guest Number 30")).first()
        assert guest
    page.goto(re.sub(r"/cockpit.*", "/slips", page.url))
    link = page.context.request.get(re.sub(r"/slips.*", "/links.csv", page.url)).text()
    address = next(line for line in link.splitlines() if line.startswith("Guest Number 30,")).rsplit(",", 1)[1]
    amina = Visitor(chrome, "A guest", PHONE)
    amina.page.goto(address)
    amina.sees("Hello, Guest Number 30")
    amina.page.get_by_role("link", name=re.compile("Go to your board")).wait_for()
    assert "\n".join([*olga.problems, *amina.problems]) == ""


def test_the_agenda_is_planned_by_dragging_and_by_buttons_alike(store: Store, serve: Any, chrome: Browser) -> None:
    from facilitator import access, demo

    event = demo.found(store)
    with store.reading() as db:
        row = db.execute(select(Person.id, Person.link).where(Person.event == event, Person.role == "organiser")).one()
    server = serve()
    olga = Visitor(chrome, "Olga", LAPTOP)
    page = olga.page
    page.goto(f"{server.url}/p/{access.link_token(store.key, row.id, row.link)}")
    page.goto(f"{server.url}/s/{row.id}/agenda")
    first = page.locator(".plan").first.locator(".plan-item")
    titles = [first.nth(place).locator("strong").nth(1).inner_text() for place in range(3)]
    page.get_by_role("button", name=f"Later: {titles[1]}").click()
    expect(first.nth(2)).to_contain_text(titles[1])
    page.locator('[data-session][draggable="true"]').first.wait_for()
    page.evaluate("scrollTo(0, 0)")  # the page has gone to what was moved; the first session lies under the masthead
    first.nth(2).drag_to(first.nth(0), source_position={"x": 20, "y": 20}, target_position={"x": 20, "y": 10})
    expect(first.nth(0)).to_contain_text(titles[1])
    olga.shows("36-agenda")
    assert olga.problems == []
