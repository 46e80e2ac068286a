"""The cockpit on real pages: two facilitators steer four groups at once, and one of them is cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import update
from support.browser import LAPTOP, PHONE, Visitor
from support.control_room import GROUPS, control_room
from support.hall import Hall, tile
from support.house import House
from support.server import Server

from facilitator.store.db import Store
from facilitator.store.models import Session, now_ms

MINUTE = 60_000
BACK = re.compile(r"^\s*(On time|1 min behind)\s*$")
"""What the cockpit says when ten minutes have been made up. The tables still overrun: a minute may go by meanwhile."""


class Room(Hall):
    """A served day in four groups. The welcome was half an hour long; the tables, half an hour long as well, were to
    begin 40 minutes ago and began 38 minutes ago: they overrun."""

    def __init__(self, store: Store, server: Server, chrome: Browser) -> None:
        # It is noon where these people are, whatever the machine says: a plan knows no times after midnight.
        hours = 12 - datetime.now(UTC).hour
        self.zone = f"Etc/GMT{-hours:+d}" if hours else "Etc/GMT"
        noon = datetime.now(UTC).replace(tzinfo=None) + timedelta(hours=hours)
        super().__init__(House(store, control_room(noon, behind=40)), server, chrome)
        for title, began, ended in (("Welcome", 70, 38), ("Tables", 38, None)):
            self.house["Olga"].does(self.house.room, "session.open", session=self.house.session(title))
            values = {"opened_at": now_ms() - began * MINUTE, "closed_at": ended and now_ms() - ended * MINUTE}
            with store.writing() as db:
                query = update(Session.__table__).where(Session.id == self.house.session(title))
                db.execute(query.values(**values))
        state = self.house.state(self.house.room)
        (tables,) = (one for one in state["days"][0]["sessions"] if one["title"] == "Tables")
        self.groups = {state["groups"][one["group"]]["name"]: one["group"] for one in tables["boards"]}
        self.boards = {state["groups"][one["group"]]["name"]: f"board:{one['id']}" for one in tables["boards"]}

    def stranger(self, *who: Any, dark: bool = False) -> Visitor:
        visitor = super().stranger(*who, dark=dark)
        zone = visitor.context.new_cdp_session(visitor.page)
        zone.send("Emulation.setTimezoneOverride", {"timezoneId": self.zone})
        return visitor

    def steers(self, name: str, size: tuple[int, int] = LAPTOP, *, dark: bool = False) -> Visitor:
        """Somebody in the cockpit."""
        visitor = self.at(name, "cockpit", size, dark=dark)
        visitor.page.locator(".tile-actions").first.wait_for()
        return visitor

    def steps(self) -> list[str | None]:
        return [self.house.state(self.boards[name])["step"] for name in GROUPS]


@pytest.fixture
def room(store: Store, server: Server, chrome: Browser) -> Iterator[Room]:
    made = Room(store, server, chrome)
    yield made
    made.empties()


def test_two_facilitators_steer_four_groups_and_one_takes_over_from_the_other(room: Room) -> None:
    house, boards = room.house, room.boards
    fatima, gustav = room.steers("Fatima"), room.steers("Gustav")
    amina = room.comes("Amina", board=room.boards["Water"])

    # Each takes two groups; both see who looks after which, and each may look at one's own only.
    for visitor, groups in ((fatima, GROUPS[:2]), (gustav, GROUPS[2:])):
        for group in groups:
            tile(visitor, group).get_by_role("button", name="I look after it").click()
            tile(visitor, group).get_by_text("You look after this group").wait_for()
    tile(fatima, "Energy").get_by_text("Gustav looks after this group").wait_for()
    gustav.page.get_by_role("button", name=re.compile("My groups")).click()
    expect(gustav.page.locator(".tile h3")).to_have_text(["Energy", "Mobility"])
    gustav.page.reload()
    expect(gustav.page.locator(".tile h3")).to_have_text(["Energy", "Mobility"])

    # Gustav opens the first step in his groups, Fatima in all of them; nobody who watches the wall is at a board.
    gustav.clicks("Open “Collect” on all boards")
    gustav.sees("Opened on 2 boards.")
    assert room.steps() == [None, None, "collect", "collect"]
    fatima.clicks("Open “Collect” on all boards")
    fatima.sees("Opened on 4 boards.")
    assert room.steps() == ["collect"] * 4
    amina.sees("1 person here")
    assert amina.page.get_by_text("visiting").count() == 0

    # The group calls for help: it leads the page, wherever the tile is, and stands in the title of the tab.
    house["Bruno"].does(boards["Water"], "signal.give", kind="help")
    fatima.page.get_by_role("alert").get_by_text("Water calls for help").wait_for()
    assert fatima.page.title().startswith("(1) Water calls for help")
    gustav.page.get_by_role("alert").get_by_text("Water calls for help").wait_for()
    fatima.shows("70-cockpit-help")
    order = fatima.page.locator(".tile h3").all_inner_texts()
    assert order == list(GROUPS)  # a group in need leads above the wall, and stays where it is on it
    fatima.page.get_by_role("alert").get_by_role("button", name="I am coming: Water").click()
    fatima.page.locator(".board-main").wait_for()
    amina.sees("Fatima is visiting")
    fatima.sees("You are visiting; the group sees that.")
    expect(gustav.page.get_by_role("alert").get_by_text("Water calls for help")).to_have_count(0)
    assert not gustav.page.title().startswith("(")
    amina.shows("71-visited-phone")
    fatima.page.get_by_role("link", name="Cockpit").click()
    tile(fatima, "Water").wait_for()
    expect(amina.page.get_by_text("Fatima is visiting")).to_have_count(0)

    # Time: short, over, and longer again. Nothing ends by itself.
    fatima.page.get_by_label("Other number of minutes").first.fill("0.1")
    fatima.page.get_by_role("button", name="Start", exact=True).first.click()
    fatima.sees("Timer started on 4 boards.")
    tile(fatima, "Air").get_by_text("time is up").wait_for()
    assert room.steps() == ["collect"] * 4 and house.state(boards["Air"])["open"]
    fatima.page.get_by_label("Steer Mobility with the others").uncheck()
    fatima.sees("Steer 3 groups")
    fatima.clicks("+2 min")
    fatima.sees("Time changed on 3 boards.")
    left = house.state(boards["Air"])["timer"]["ends_at"] - now_ms()
    assert 100_000 < left <= 120_000
    assert house.state(boards["Mobility"])["timer"]["ends_at"] < now_ms()
    expect(tile(fatima, "Air").get_by_role("timer")).to_have_accessible_name(re.compile(r"Time left: 1:[3-5]\d"))

    # One answer for several boards, and why not on one of them.
    house["Gustav"].opens(boards["Air"], "reveal")
    tile(fatima, "Air").get_by_text("3/3").wait_for()
    fatima.clicks("Next step")
    fatima.sees("Opened on 2 boards. Air: This was the last step.")
    assert room.steps() == ["vote", "reveal", "vote", "collect"]
    fatima.clicks("Step back")
    fatima.sees("Opened on 3 boards.")
    assert room.steps() == ["collect", "vote", "collect", "collect"]
    fatima.clicks("Lock", exact=True)
    fatima.sees("Locked 3 boards.")
    assert [house.state(boards[name])["locked_at"] is None for name in GROUPS] == [False, False, False, True]
    tile(fatima, "Energy").get_by_text("locked").wait_for()
    fatima.clicks("Unlock", exact=True)
    fatima.sees("Unlocked 3 boards.")
    fatima.page.get_by_text("Announce something").click()
    fatima.page.get_by_label("To the 3 groups that are ticked").fill("Coffee is served at the window")
    fatima.clicks("Announce", exact=True)
    fatima.page.get_by_role("listitem").get_by_text("Coffee is served at the window").wait_for()
    (said,) = house.state(house.room)["announcements"].values()
    assert said["groups"] == [room.groups[name] for name in GROUPS[:3]]
    fatima.clicks("Take down: Coffee is served")
    expect(fatima.page.get_by_text("Coffee is served at the window")).to_have_count(0)

    # Gustav's connection dies; Fatima sees for how long, and takes his groups over.
    gustav.context.set_offline(True)
    gone = fatima.page.locator(".attention", has_text="Gustav’s connection is gone.")
    gone.wait_for()
    expect(gone).to_contain_text("2 groups are without their facilitator: Energy and Mobility.")
    fatima.shows("72-cockpit-gone")
    gone.get_by_role("button", name="Take over").click()
    tile(fatima, "Mobility").get_by_text("You look after this group").wait_for()
    expect(fatima.page.locator(".attention")).to_have_count(0)
    gustav.context.set_offline(False)
    gustav.sees("You look after no group of this session.")
    tile(fatima, "Mobility").get_by_role("button", name="More – Mobility").click()
    tile(fatima, "Mobility").get_by_label("Who looks after this group?").select_option(label="Gustav")
    expect(gustav.page.locator(".tile h3")).to_have_text(["Mobility"])
    tile(fatima, "Water").get_by_role("button", name="More – Water").click()
    tile(fatima, "Water").get_by_label("Who looks after this group?").select_option(label="Nobody for now")
    tile(fatima, "Water").get_by_role("button", name="I look after it").wait_for()
    room.is_well()


def test_a_tile_says_who_is_silent_and_what_asks_for_attention(room: Room) -> None:
    house, boards = room.house, room.boards
    water = boards["Water"]
    house["Fatima"].opens(water, "collect")
    fatima = room.steers("Fatima")
    amina, bruno = room.comes("Amina", board=room.boards["Water"]), room.comes("Bruno", board=room.boards["Water"])
    expect(tile(fatima, "Water")).to_contain_text("2 of 3")
    amina.page.get_by_label("Your proposal").fill("More buses")
    amina.clicks("Add to the board")
    spark = tile(fatima, "Water").get_by_role("img", name=re.compile("1 contribution in the last 10 minutes"))
    spark.wait_for()
    tile(fatima, "Water").get_by_role("button", name="More – Water").click()
    tile(fatima, "Water").get_by_text("Who has not contributed yet?").click()
    expect(tile(fatima, "Water").locator(".names").first).to_have_text(re.compile("^BrunoCarla$"))
    expect(tile(fatima, "Water").locator(".names").last).to_have_text(re.compile("^BogotáSeoul$"))
    tile(fatima, "Water").get_by_text("Who has voted is never shown, only how many.").wait_for()
    send = """async ([as, room, kind]) => (await fetch("/api/commands", {method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({as, id: crypto.randomUUID(), room, name: "signal.give", args: {kind}})})).json()"""
    for visitor, kind in ((amina, "finished"), (bruno, "hand")):
        assert visitor.page.evaluate(send, [house[visitor.name].id, water, kind])["ok"]
    tile(fatima, "Water").get_by_text("1 of 2 finished").wait_for()
    tile(fatima, "Water").get_by_text("Bruno raises a hand").wait_for()
    fatima.sees("Hands are raised: Water")
    bruno.context.close()
    room.visitors.remove(bruno)
    tile(fatima, "Water").get_by_text("1 has dropped off").wait_for()
    fatima.shows("73-cockpit-tile")
    room.is_well()


def test_the_run_of_show_says_how_far_behind_we_are_and_brings_us_back(room: Room) -> None:
    olga = room.steers("Olga", PHONE, dark=True)
    olga.page.get_by_role("link", name=re.compile("1[01] min behind")).click()
    run = olga.page.locator("#run")
    run.get_by_text(re.compile(r"“Lunch” is fixed at \d\d:\d\d: 1[01] minutes have to be made up")).wait_for()
    run.get_by_text(re.compile("[89] min over|10 min over")).wait_for()
    olga.shows("74-run-of-show-phone-dark")
    before = {one["title"]: one for one in room.house.state(room.house.room)["days"][0]["sessions"]}
    run.get_by_role("button", name=re.compile("^Apply: Shorten “Second round” and “Third round”")).click()
    olga.sees("The plan of 3 sessions has changed.")
    run.get_by_text(BACK).wait_for()
    after = {one["title"]: one for one in room.house.state(room.house.room)["days"][0]["sessions"]}
    changed = [title for title in before if before[title] != after[title]]
    assert changed == ["Coffee", "Second round", "Third round"]  # never what has begun, nor what is fixed
    assert after["Second round"]["minutes"] + after["Third round"]["minutes"] in (49, 50)
    fatima = room.steers("Fatima")
    fatima.page.get_by_role("link", name=BACK).wait_for()
    fatima.shows("75-run-of-show")

    # On paper stands what the cockpit says: the same moments, words, lengths and fixed points.
    plan = fatima.page.locator(".agenda-item").evaluate_all(
        "(items, parts) => items.map(one => parts.map(part => one.querySelector(part).innerText.split('\\n')[0]))",
        [".at", ".title.show > [dir], .title:not(.show)", ".about"],
    )
    fatima.page.get_by_role("link", name="The run of show step by step, to print").click()
    paper = fatima.page.locator(".run tbody tr").evaluate_all(
        "(rows, parts) => rows.map(row => parts.map(part => row.querySelector(part).innerText))",
        [".at", "strong", ".about"],
    )
    fatima.shows("76-run-of-show-to-print")
    said = [[at, title, about] for at, title, about in plan if not about.startswith("closed")]
    assert said == paper[1:] and len(said) == 6
    assert [title for _, title, about in paper if about.endswith("fixed")] == ["Lunch"]
    room.is_well()
