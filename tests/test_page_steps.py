"""Every kind of step on real pages: people collect, put together, vote in every way, agree on lines, draft and plan."""

from __future__ import annotations

import re

from playwright.sync_api import expect
from support.browser import LAPTOP, WALL
from support.hall import Hall, card


def test_people_collect_in_private_talk_and_put_together(hall: Hall) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina")
    bruno = hall.comes("Bruno", LAPTOP, dark=True)
    hall.opens(fatima, "private")
    amina.sees("Nobody will know who wrote this.")
    for visitor, text in (
        (amina, "Night buses on every line"),
        (bruno, "Fair water prices"),
        (bruno, "Buses at night"),
    ):
        visitor.page.get_by_role("radio", name="North").check(force=True)
        visitor.page.get_by_label("Your proposal").fill(text)
        visitor.clicks("Add to the board")
        visitor.sees(text)
    bruno.sees("as many as this step asks for")
    amina.sees("2 more were written by others.")
    assert amina.page.get_by_text("Fair water prices").count() == 0
    assert "Fair water prices" not in "".join(amina.frames + fatima.frames)
    amina.shows("30-private-phone")

    hall.opens(fatima, "cluster")
    amina.sees("Fair water prices")
    bruno.shows("31-cluster-dark")
    box = card(bruno, "Fair water prices").get_by_role("checkbox")
    box.focus()
    bruno.page.keyboard.press("Space")  # everything goes by keyboard
    bruno.clicks("Put under a theme")
    bruno.page.get_by_label("A new theme").fill("Money")
    bruno.page.get_by_role("dialog").get_by_role("button", name="Make this theme").click()
    amina.page.get_by_role("heading", name=re.compile("Money")).wait_for()
    for text in ("Night buses on every line", "Buses at night"):
        card(bruno, text).get_by_role("checkbox").check()
    bruno.clicks("Merge", exact=True)
    bruno.page.get_by_label("The wording that stands for all of them").fill("Buses run at night, on every line")
    bruno.shows("32-merge")
    bruno.page.get_by_role("dialog").get_by_role("button", name="Merge").click()
    amina.sees("Your proposal “Night buses on every line” is part of “Buses run at night, on every line” now.")
    whole = card(amina, "Buses run at night")
    whole.get_by_text("Merged from 2 proposals").click()
    expect(whole).to_contain_text("Buses at night")
    amina.shows("33-cluster-phone")
    whole.get_by_role("button", name="Split again").click()
    expect(card(bruno, "Buses at night")).to_be_visible()
    amina.clicks("Undo")
    expect(card(bruno, "Buses run at night")).to_be_visible()

    prices = card(amina, "Fair water prices")
    prices.get_by_role("button", name="Comment").click()
    prices.get_by_label("Your comment").fill("Who would pay?")
    prices.get_by_role("button", name="Say it").click()
    expect(card(bruno, "Fair water prices")).to_contain_text("1 comment")
    card(bruno, "Fair water prices").get_by_role("button", name=re.compile("speaks to me", re.I)).click()
    expect(prices.get_by_role("button", name="This speaks to me. 1 so far")).to_be_visible()
    hall.opens(fatima, "collect")
    amina.page.get_by_label("Your proposal").fill("Prices for water that are fair")
    amina.sees("This is much like what is there already:")
    amina.shows("34-similar-phone")
    hall.is_well()


def test_people_vote_in_every_way_and_see_an_honest_result(hall: Hall) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina")
    bruno, screen = hall.comes("Bruno", LAPTOP, dark=True), hall.comes("Screen", WALL)
    hall.does(fatima, hall.house.room, "session.open", session=hall.house.session("Everything"))
    hall.opens(fatima, "collect")
    for text in ("Night buses", "Fair prices", "Clean rivers"):
        hall.does(amina, hall.water, "proposal.post", text=text, lane="north")

    hall.opens(fatima, "vote")
    card(amina, "Night buses").get_by_role("button", name="Give a dot").click()
    fatima.page.get_by_text("Enter a vote on paper").click()
    fatima.page.get_by_label("Number on the paper").fill("12")
    fatima.page.get_by_label("Organisation, if it says so").select_option(label="Seoul")
    paper = fatima.page.locator(".entry-item", has_text="Fair prices")
    paper.get_by_role("button", name="Give a dot").click()
    fatima.shows("40-scribe")
    fatima.clicks("Enter this ballot")
    amina.sees("1 entered by the scribe")
    hall.opens(fatima, "reveal")
    amina.sees("1 of 2 votes was entered by a scribe.")
    amina.sees("Counted from the stored votes at")
    amina.sees("A fair shortlist")
    fatima.clicks("Count again")
    amina.sees("the same.")
    amina.shows("41-results-phone")
    fatima.shows("42-results")

    hall.opens(fatima, "rank")
    amina.clicks("Add to your order: Clean rivers")
    amina.clicks("Add to your order: Night buses")
    amina.clicks("Up: Night buses")
    expect(amina.page.locator(".ranked-item").first).to_contain_text("Night buses")
    amina.sees("You have ranked 2 of 3")
    amina.shows("43-ranking-phone")

    hall.opens(fatima, "rate")
    for visitor in (amina, bruno):
        for area in ("North", "South"):
            for criterion in ("Mission", "Vision"):
                group = card(visitor, area).get_by_role("group", name=criterion)
                group.get_by_role("button", name="Partly").click()
    amina.sees("You have answered 2 of 2")
    amina.page.get_by_text("version 1").first.click()
    amina.shows("44-scale-phone")
    north = hall.water.removeprefix("board:") + "-north"
    for number in ("1", "2"):
        votes = [{"proposal": north, "criterion": "mission", "value": 3}]
        hall.does(fatima, hall.water, "vote.enter", paper=number, votes=votes)
    hall.does(fatima, hall.house.room, "text.word", text="mission", wording="We act together.")
    hall.opens(fatima, "map")
    cell = amina.page.locator(".heatmap").get_by_role("row", name=re.compile("^North"))
    expect(cell).to_contain_text("Median 2.5")
    expect(cell).to_contain_text("fewer than 3")
    amina.sees("2 ratings were made on an earlier wording of the text.")
    amina.shows("45-heatmap-phone")
    fatima.shows("46-heatmap")
    screen.page.locator(".heatmap.large").wait_for()
    screen.shows("47-heatmap-projector")

    hall.opens(fatima, "pulse")
    amina.page.get_by_role("button", name="Good").click()
    bruno.page.get_by_role("button", name="Good").click()
    fatima.sees("2 of 2 people have answered")
    amina.shows("48-pulse-phone")

    hall.opens(fatima, "lines")
    amina.clicks("Write a line")
    amina.page.get_by_label("A new line").fill("Water is for everybody")
    amina.clicks("Add this line")
    bruno.sees("Water is for everybody")
    bruno.page.get_by_label("Who shares this with everybody?").select_option(label="Bruno")
    expect(amina.page.get_by_label("Who shares this with everybody?")).to_have_value(hall.house["Bruno"].id)
    amina.shows("49-lines-phone")
    hall.opens(fatima, "consent")
    line = card(amina, "Water is for everybody")
    line.get_by_role("button", name="Object").click()
    line.get_by_role("button", name="Object").last.click()
    amina.sees("Say in a few words what you object to")
    line.get_by_label("What do you object to?").fill("It forgets the rivers")
    line.get_by_role("button", name="Object").last.click()
    card(bruno, "Water is for everybody").get_by_role("button", name="Agree", exact=True).click()
    fatima.sees("2 of 2 have voted")
    amina.shows("50-consent-phone")
    frames = "".join(screen.frames)
    assert [name for name in ("Amina", "Bruno", hall.house["Amina"].id) if name in frames] == []
    hall.is_well()


def test_lines_are_shared_a_text_is_drafted_and_a_roadmap_made(hall: Hall) -> None:
    plenary = hall.house.board("Plenary")
    fatima, amina = hall.comes("Fatima", LAPTOP, board=plenary), hall.comes("Amina", board=plenary)
    hall.opens(fatima, "lines", hall.water)
    hall.does(amina, hall.water, "proposal.post", text="Water is for everybody")
    hall.opens(fatima, "share", plenary)
    fatima.clicks("Share the lines of Water")
    amina.sees("Water is for everybody")
    card(amina, "Water is for everybody").get_by_role("button", name="Comment").click()
    amina.page.get_by_label("Your comment").fill("We stand behind it")
    amina.clicks("Say it")
    fatima.sees("1 comment")
    amina.shows("51-shared-phone")

    hall.opens(fatima, "draft", plenary)
    fatima.clicks("Put a first version on the board")
    fatima.page.get_by_role("textbox").last.fill("We act for water. We learn from each other.")
    fatima.clicks("Put it on the board")
    card(amina, "We act for water.").get_by_role("button", name="This concerns me").click()
    card(amina, "We act for water.").get_by_role("button", name="Word it otherwise").click()
    amina.page.get_by_label("Another wording").fill("We act for water and air.")
    amina.clicks("Suggest")
    card(fatima, "We act for water.").get_by_role("button", name="1 other wording").click()
    fatima.clicks("Adopt")
    amina.page.locator(".draft").get_by_text("We act for water and air.").wait_for()
    amina.shows("52-draft-phone")
    fatima.shows("53-draft")
    fatima.clicks("Make this the Mission")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Save").click()
    fatima.sees("“Mission” has a new wording. The earlier one is kept.")

    hall.opens(fatima, "plan", plenary)
    amina.clicks("Add an improvement")
    amina.page.get_by_label("Your improvement").fill("A guide to night buses")
    amina.clicks("Add to the board")
    amina.clicks("Plan it")
    amina.page.get_by_label("Lead organisation").select_option(label="Seoul")
    amina.page.get_by_label("Year").select_option("2017")
    amina.page.get_by_label("Quarter").select_option("2")
    amina.page.get_by_role("group", name=re.compile("^Effort")).get_by_role("radio", name="2").check(force=True)
    amina.page.get_by_label("First step").fill("Ask five members")
    amina.shows("54-plan-form-phone")
    amina.clicks("Save the plan")
    fatima.page.locator(".roadmap", has_text="A guide to night buses").wait_for()
    amina.page.get_by_placeholder("Our city will …").fill("Our city will host the first meeting")
    amina.clicks("Pledge")
    fatima.sees("Our city will host the first meeting")
    amina.page.evaluate("scrollTo(0, 0)")  # nothing lies half under the masthead
    amina.shows("55-roadmap-phone")
    fatima.shows("56-roadmap")
    hall.is_well()


def test_a_facilitator_looks_into_the_library_changes_an_activity_and_uses_it(hall: Hall) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.comes("Amina")
    fatima.page.goto(f"{hall.url}/s/{hall.house['Fatima'].id}/activities")
    fatima.sees("Strengths, weaknesses, opportunities, threats")
    fatima.shows("60-library")
    fatima.clicks("Look into “Decision by consent”")
    for place in ("Step 1 of 3", "Step 2 of 3", "Step 3 of 3"):
        fatima.sees(place)
        fatima.shows(f"61-preview-{place[5]}")
        if place != "Step 3 of 3":
            fatima.clicks("Next step")
    fatima.clicks("Use or change it")
    fatima.page.get_by_label("Name of the activity").fill("Decide on water")
    fatima.page.get_by_label("Minutes").first.fill("7")
    fatima.page.get_by_label("Title").first.fill("Say what you want")
    fatima.page.get_by_label("Add a step").select_option(label="Quick question")
    fatima.shows("62-editor")
    fatima.page.get_by_label("Session").select_option(label="08:00 Everything")
    fatima.clicks("Use it on 3 boards")
    expect(fatima.page.get_by_text("uses it now")).to_have_count(3)
    amina.sees("Say what you want")
    hall.opens(fatima, "propose")
    amina.page.get_by_label("Your proposal").wait_for()
    fatima.page.get_by_label("Minutes").first.fill("0")
    fatima.clicks("Use it on 3 boards")
    fatima.sees("This activity cannot be used:")
    amina.page.set_viewport_size({"width": 320, "height": 640})
    amina.shows("63-narrow")
    hall.is_well()
