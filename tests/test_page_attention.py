"""What asks for attention, on real pages: signals, the minute after a step, the lock, the spotlight, the trash."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from support.browser import LAPTOP, PHONE, SCREENSHOTS
from support.hall import Hall, card

from facilitator.commands import step

PRESS = "button => (button.click(), Promise.resolve().then(() => {}).then(() => document.activeElement.tagName))"
TOP = "element => element.getBoundingClientRect().top"


def test_amina_is_typing_when_the_step_closes_sends_within_the_minute_and_fatima_admits_it(hall: Hall) -> None:
    fatima, amina, bruno = hall.comes("Fatima", LAPTOP), hall.comes("Amina"), hall.comes("Bruno", LAPTOP, dark=True)
    hall.opens(fatima, "collect")
    field = amina.page.get_by_label("Your proposal")
    field.press_sequentially("Ferries to ")
    hall.opens(fatima, "vote")
    amina.sees("Time is up. You can still send this for")
    amina.page.keyboard.type("the island")  # the caret is still where it was
    expect(field).to_have_value("Ferries to the island")
    amina.shows("80-grace-phone")
    amina.clicks("Send it late")
    amina.sees("Late – waiting to be admitted")
    expect(amina.page.get_by_label("Your proposal")).to_have_count(0)
    assert bruno.page.get_by_text("Ferries to the island").count() == 0
    assert "Ferries to the island" not in "".join(bruno.frames)
    fatima.sees("1 late proposal")
    fatima.shows("81-late-bucket")
    fatima.page.get_by_role("button", name="Admit “Ferries to the island”").click()
    expect(card(bruno, "Ferries to the island")).to_be_visible()
    expect(amina.page.get_by_text("waiting to be admitted")).to_have_count(0)
    expect(card(amina, "Ferries to the island")).to_be_visible()
    hall.is_well()


def test_after_the_minute_the_text_stays_to_be_finished_and_copied(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina", dark=True)
    amina.context.grant_permissions(["clipboard-read", "clipboard-write"])
    hall.opens(fatima, "collect")
    amina.page.get_by_label("Your proposal").press_sequentially("Bicycles on ")
    monkeypatch.setattr(step, "GRACE_MS", 9_000)  # a short minute: the page hears of it with the next beat
    hall.house["Fatima"].closes(hall.water)
    amina.sees("Time is up. You can still send this for")
    amina.sees("Time is up, and this was not sent.")
    amina.page.keyboard.type("every train")
    amina.shows("82-kept-phone-dark")
    amina.clicks("Copy the text")
    assert amina.page.evaluate("navigator.clipboard.readText()") == "Bicycles on every train"
    amina.page.reload()
    amina.page.get_by_text("A text of yours was not sent").click()
    amina.sees("Bicycles on every train")
    hall.opens(fatima, "collect")
    expect(amina.page.get_by_label("Your proposal")).to_have_value("Bicycles on every train")
    amina.clicks("Add to the board")
    expect(card(fatima, "Bicycles on every train")).to_be_visible()
    hall.is_well()


def test_a_line_that_is_being_written_when_the_next_step_opens_can_be_sent_late(hall: Hall) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina", LAPTOP)
    hall.opens(fatima, "lines")
    write = amina.page.get_by_role("button", name="Write a line")
    assert write.evaluate(PRESS) == "TEXTAREA", "the field takes the focus before another key can be pressed"
    amina.page.keyboard.type("We share ")
    hall.opens(fatima, "consent")
    amina.sees("Time is up. You can still send this for")
    amina.page.keyboard.type("what we learn")
    expect(amina.page.get_by_label("A new line")).to_have_value("We share what we learn")
    amina.clicks("Send it late")
    fatima.page.get_by_role("button", name="Admit “We share what we learn”").click()
    expect(card(amina, "We share what we learn")).to_be_visible()
    hall.is_well()


def test_the_group_calls_for_help_and_raises_hands_and_fatima_sees_to_them(hall: Hall) -> None:
    fatima, amina, bruno = hall.comes("Fatima", LAPTOP), hall.comes("Amina"), hall.comes("Bruno", LAPTOP)
    hall.opens(fatima, "collect")
    amina.clicks("Call the facilitator")
    bruno.sees("Amina has called the facilitator for your group.")
    fatima.sees("Amina has called you")
    bruno.clicks("Raise hand")
    bruno.clicks("I'm finished")
    expect(bruno.page.get_by_role("button", name="Raise hand")).to_have_attribute("aria-pressed", "true")
    amina.clicks("Raise hand")
    expect(fatima.page.locator(".hands li")).to_have_text([re.compile("Bruno"), re.compile("Amina")])
    fatima.sees("1 of 2 finished")
    amina.shows("83-signals-phone")
    fatima.shows("84-signals-desk")
    fatima.clicks("Seen to")
    expect(amina.page.get_by_role("button", name="Call the facilitator")).to_have_attribute("aria-pressed", "false")
    fatima.clicks("Take down the hand of Bruno")
    expect(bruno.page.get_by_role("button", name="Raise hand")).to_have_attribute("aria-pressed", "false")
    amina.clicks("Raise hand")
    expect(fatima.page.locator(".hands")).to_have_count(0)
    hall.is_well()


def test_a_lock_keeps_what_amina_types_and_the_focus(hall: Hall) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina")
    hall.opens(fatima, "collect")
    field = amina.page.get_by_label("Your proposal")
    field.press_sequentially("Trams at ")
    fatima.clicks("Lock the board for a moment")
    amina.sees("The board is locked for a moment")
    amina.page.keyboard.type("dawn")
    expect(field).to_have_value("Trams at ")
    amina.shows("85-locked-phone")
    fatima.shows("86-locked-desk")
    fatima.clicks("Unlock the board")
    expect(amina.page.get_by_text("The board is locked for a moment")).to_have_count(0)
    amina.page.keyboard.type("night")
    expect(field).to_have_value("Trams at night")
    amina.clicks("Add to the board")
    expect(card(fatima, "Trams at night")).to_be_visible()
    hall.is_well()


def test_the_spotlight_shows_a_card_to_everybody_and_moves_nothing_under_a_typing_hand(hall: Hall) -> None:
    fatima, amina, bruno = hall.comes("Fatima", LAPTOP), hall.comes("Amina"), hall.comes("Bruno", PHONE, dark=True)
    hall.opens(fatima, "collect")
    for n in range(8):
        hall.does(bruno, hall.water, "proposal.post", text=f"Idea {n} for the water of our cities", lane="north")
    expect(card(fatima, "Idea 7")).to_be_visible()
    bruno.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    field = amina.page.get_by_label("Your proposal")
    field.press_sequentially("Buses")
    amina.page.evaluate("scrollTo(0, 450)")
    top = field.evaluate(TOP)
    card(fatima, "Idea 3").get_by_role("button", name="Spotlight").click()
    for visitor in (amina, bruno, fatima):
        expect(visitor.page.locator(".spotlight")).to_contain_text("Idea 3")
    expect(bruno.page.locator(".spotlight")).to_be_in_viewport()
    assert abs(field.evaluate(TOP) - top) < 2, "the line that she types has moved"
    amina.page.screenshot(path=SCREENSHOTS / "87-show-it-phone.png")
    amina.clicks("Show it")
    expect(amina.page.locator(".spotlight")).to_be_in_viewport(ratio=1)
    expect(amina.page.get_by_role("button", name="Show it")).to_have_count(0)
    bruno.shows("87-spotlight-phone-dark")
    fatima.shows("88-spotlight-desk")
    field.focus()
    amina.page.evaluate("scrollTo(0, 700)")
    amina.page.wait_for_timeout(400)
    top = field.evaluate(TOP)
    fatima.page.locator(".spotlight").get_by_role("button", name="End the spotlight").click()
    expect(amina.page.locator(".spotlight")).to_have_count(0)
    amina.page.wait_for_timeout(300)
    assert abs(field.evaluate(TOP) - top) < 2, "the line that she types has moved"
    card(fatima, "Idea 5").get_by_role("button", name="Spotlight").click()
    expect(amina.page.locator(".spotlight")).to_contain_text("Idea 5")
    amina.page.wait_for_timeout(300)
    assert abs(field.evaluate(TOP) - top) < 2, "the line that she types has moved"
    expect(field).to_be_focused()
    amina.page.keyboard.type(" at night")
    expect(field).to_have_value("Buses at night")
    hall.is_well()


def test_the_group_is_asked_whether_it_was_understood_and_answers(hall: Hall) -> None:
    fatima, amina, bruno = hall.comes("Fatima", LAPTOP), hall.comes("Amina"), hall.comes("Bruno", LAPTOP, dark=True)
    hall.opens(fatima, "collect")
    bus = hall.does(amina, hall.water, "proposal.post", text="Night buses", lane="north")["proposal"]
    hall.does(fatima, hall.water, "check.ask", text="You want buses at any hour.", proposals=[bus])
    amina.sees("Did we get you right?")
    amina.clicks("Not quite")
    amina.clicks("Send this")
    amina.sees("Say in a few words what would be right.")
    amina.page.get_by_label("What would be right?").fill("At night above all")
    amina.shows("89-check-phone")
    amina.clicks("Send this")
    amina.sees("1 question of the theme desk is answered")
    bruno.page.get_by_text("1 question of the theme desk is answered").click()
    bruno.sees("At night above all")
    hall.does(fatima, hall.water, "check.ask", text="You want them at night.", proposals=[bus])
    bruno.shows("90-check-dark")
    bruno.clicks("Yes", exact=True)
    amina.sees("2 questions of the theme desk are answered")
    hall.is_well()


def test_what_is_parked_has_somebody_who_takes_care_and_an_answer(hall: Hall) -> None:
    fatima, amina, bruno = hall.comes("Fatima", LAPTOP), hall.comes("Amina"), hall.comes("Bruno", PHONE, dark=True)
    hall.opens(fatima, "collect")
    for text in ("More trams", "A museum of water"):
        hall.does(amina, hall.water, "proposal.post", text=text, lane="north")
        card(fatima, text).get_by_role("button", name="Park", exact=True).click()
    fatima.page.get_by_text("2 in the parking lot").click()
    fatima.page.get_by_label("Who takes care of it?: More trams").select_option("Bruno")
    bruno.sees("You take care of this.")
    bruno.clicks("Answer: More trams")
    bruno.page.get_by_label("What came of it, or what will").fill("The network plan of 2018 has them.")
    bruno.shows("91-parked-phone-dark")
    bruno.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    amina.page.get_by_text("2 in the parking lot").click()
    amina.sees("Bruno takes care of this.")
    amina.sees("The network plan of 2018 has them.")
    amina.sees("1 without an answer")
    amina.shows("92-parked-phone")
    fatima.shows("93-parked-desk")
    hall.is_well()


def test_fatima_hides_with_a_usual_reason_and_gives_back_from_the_trash(hall: Hall) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina")
    hall.opens(fatima, "collect")
    hall.does(amina, hall.water, "proposal.post", text="Rude words", lane="north")
    gone = hall.does(amina, hall.water, "proposal.post", text="Second thoughts", lane="north")["proposal"]
    hall.does(amina, hall.water, "proposal.withdraw", proposal=gone)
    card(fatima, "Rude words").get_by_role("button", name="Hide").click()
    fatima.page.get_by_role("button", name="Hurts somebody").click()
    fatima.shows("94-hide")
    fatima.clicks("Hide it")
    amina.sees("Hidden by the facilitator: Hurts somebody")
    fatima.page.get_by_text("2 things hidden or withdrawn").click()
    trash = fatima.page.locator(".trash")
    expect(trash).to_contain_text(re.compile(r"Hidden by Fatima at \d\d:\d\d( [AP]M)? · Reason: Hurts somebody"))
    expect(trash).to_contain_text("Withdrawn by Amina")
    expect(trash).not_to_contain_text("Second thoughts")
    fatima.shows("95-trash")
    trash.get_by_role("button", name="Restore").click()
    expect(card(amina, "Rude words")).to_be_visible()
    expect(amina.page.get_by_text("Hidden by the facilitator")).to_have_count(0)
    hall.is_well()
