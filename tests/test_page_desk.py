"""The theme desk on real pages: two groups write, Fatima puts it together, and they say whether she got it right."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect
from support.browser import LAPTOP, PHONE, Visitor
from support.hall import Hall, card


def sits_at_the_desk(hall: Hall, visitor: Visitor) -> None:
    day = hall.house.day().removeprefix("day:")
    visitor.page.goto(f"{hall.url}/s/{hall.house[visitor.name].id}/desk/{day}")
    visitor.page.get_by_role("heading", name="Theme desk").wait_for()


def theme(visitor: Visitor, name: str) -> Locator:
    return visitor.page.locator(".desk-theme", has=visitor.page.get_by_role("heading", name=name))


def test_fatima_puts_two_groups_under_one_theme_asks_them_and_promotes_it(hall: Hall) -> None:
    house, air = hall.house, hall.house.board("Air")
    for board in (hall.water, air):
        house["Fatima"].opens(board, "collect")
    house["Amina"].posts(hall.water, "More buses at night", "north")
    house["Amina"].posts(hall.water, "Fair water prices", "south")
    house["Chen"].posts(air, "Buses at night, and more of them", "north")
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina")
    fatima.page.goto(f"{hall.url}/s/{house['Fatima'].id}/cockpit")
    fatima.page.get_by_role("link", name="Theme desk").click()
    fatima.page.get_by_role("heading", name="Theme desk").wait_for()
    fatima.sees("3 of 3 shown")
    house_card = card(fatima, "More buses at night")
    expect(house_card).to_contain_text("Water")

    fatima.page.get_by_label("Search").fill("BUSES")
    fatima.sees("2 of 3 shown")
    fatima.page.get_by_label(re.compile("^Air")).check(force=True)
    fatima.sees("1 of 3 shown")
    fatima.page.get_by_label(re.compile("^Air")).uncheck(force=True)
    fatima.page.get_by_label("Search").fill("")

    house_card.get_by_role("checkbox").focus()
    fatima.page.keyboard.press("Space")  # everything goes by keyboard
    fatima.sees("Much like what you chose:")
    fatima.page.locator(".alike").get_by_role("button", name=re.compile("Buses at night, and more")).click()
    fatima.sees("2 chosen")
    fatima.shows("96-desk-choosing")
    fatima.clicks("Put under a theme")
    fatima.page.get_by_label("A new theme").fill("Moving at night")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Make this theme").click()
    fatima.sees("2 proposals put under “Moving at night”.")
    moving = theme(fatima, "Moving at night")
    expect(moving.locator(".group-counts")).to_have_text(re.compile(r"Water\s+1\s*Air\s+1"))
    fatima.sees("1 of 3 shown")

    card(fatima, "Fair water prices").drag_to(moving)
    expect(moving.locator(".group-counts")).to_have_text(re.compile(r"Water\s+2\s*Air\s+1"))
    moving.get_by_text("3 proposals").click()
    moving.get_by_role("button", name="Take “Fair water prices” out of the theme").click()
    expect(moving.locator(".group-counts")).to_have_text(re.compile(r"Water\s+1\s*Air\s+1"))
    amina.page.get_by_label("Your proposal").fill("Night trains")
    amina.clicks("Add to the board")
    expect(card(fatima, "Night trains")).to_be_visible()  # the list is live

    moving.get_by_role("button", name="Send back: did we get you right?").click()
    expect(fatima.page.get_by_label("How we understood you")).to_have_value(re.compile("Moving at night"))
    fatima.shows("97-desk-ask")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Ask").click()
    expect(moving).to_contain_text("asked, not answered yet")
    amina.sees("Did we get you right?")
    amina.clicks("Yes", exact=True)
    expect(moving).to_contain_text("Yes, that is right")
    chen = hall.comes("Chen", PHONE, dark=True, board=air)
    chen.clicks("Not quite")
    chen.page.get_by_label("What would be right?").fill("At weekends as well")
    chen.clicks("Send this")
    expect(moving).to_contain_text("At weekends as well")
    fatima.shows("98-desk-answered")

    moving.get_by_role("button", name="Promote this theme").click()
    fatima.page.get_by_label("Wording of the conclusion").fill("Buses run at night")
    fatima.page.get_by_label("Kind").select_option("Recommendation")
    fatima.shows("99-desk-promote")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Promote").click()
    expect(moving).to_contain_text("promoted")
    (conclusion,) = house.state(house.day())["conclusions"]
    assert (conclusion["wording"], conclusion["kind"]) == ("Buses run at night", "recommendation")
    assert sorted(source["group_name"] for source in conclusion["sources"]) == ["Air", "Water"]
    hall.is_well()


def test_fatima_sorts_on_a_phone_in_the_dark_and_a_theme_is_renamed_and_dissolved(hall: Hall) -> None:
    house, air = hall.house, hall.house.board("Air")
    for board, who, text in ((hall.water, "Amina", "Fair water prices"), (air, "Chen", "Clean air by the school")):
        house["Fatima"].opens(board, "collect")
        house[who].posts(board, text, "north")
    fatima = hall.comes("Fatima", PHONE, dark=True)
    sits_at_the_desk(hall, fatima)
    for text in ("Fair water prices", "Clean air by the school"):
        card(fatima, text).get_by_role("checkbox").check()
    fatima.clicks("Put under a theme")
    fatima.page.get_by_label("A new theme").fill("Justice")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Make this theme").click()
    fatima.sees("Everything lies under a theme.")
    fatima.shows("100-desk-phone-dark")
    fatima.clicks("Rename “Justice”")
    fatima.page.get_by_role("textbox", name="Name").fill("Fairness")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    fairness = theme(fatima, "Fairness")
    expect(fairness).to_be_visible()
    fatima.clicks("Dissolve “Fairness”")
    expect(fairness).to_have_count(0)
    expect(card(fatima, "Fair water prices")).to_be_visible()
    fatima.page.locator(".toast", has_text="The theme is dissolved").get_by_role("button", name="Undo").click()
    expect(fairness.locator(".group-counts")).to_have_text(re.compile(r"Water\s+1\s*Air\s+1"))
    hall.is_well()


def test_the_desk_is_for_who_steers(hall: Hall) -> None:
    amina = hall.comes("Amina")
    day = hall.house.day().removeprefix("day:")
    answer = amina.page.goto(f"{hall.url}/s/{hall.house['Amina'].id}/desk/{day}")
    assert answer is not None and answer.status == 403
