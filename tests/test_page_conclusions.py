"""Conclusions that stand, on real pages: out of two groups, tagged, ratified, dissented from, closed, walked back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from support.agenda import everything, workshop, workshop_of
from support.browser import LAPTOP
from support.hall import Hall, conclusion, dialog
from support.house import House
from support.server import Server

from facilitator.library import Agenda
from facilitator.store.db import Store

BUSES, LATE = "Night buses on every line", "Buses after midnight"
TREES, PRICES = "Plant trees along the tram", "Fair water prices"


def two_days() -> Agenda:
    """A first day with every kind of step, and a second one."""
    first, second = workshop_of(everything()), workshop()
    return first.model_copy(update={"days": (first.days[0], second.days[1])})


class Concluding(Hall):
    """A served event with something to conclude from, and its people at their pages."""

    def __init__(self, store: Store, server: Server, chrome: Browser) -> None:
        super().__init__(House(store, two_days()), server, chrome)
        house = self.house
        house.everybody_arrives()
        self.air, self.day = house.board("Air"), house.day()
        fatima, bruno = house["Fatima"], house["Bruno"]
        fatima.opens(self.water, "collect")
        night, late = house["Amina"].posts(self.water, BUSES, "north"), bruno.posts(self.water, LATE, "north")
        prices = house["Amina"].posts(self.water, PRICES, "south")
        boats = bruno.posts(self.water, "Boats on the river", "south")
        fatima.does(self.water, "proposal.park", proposal=boats)
        fatima.opens(self.water, "cluster")
        money = bruno.does(self.water, "theme.name", name="Money")["theme"]
        bruno.does(self.water, "proposal.sort", proposals=[prices], theme=money)
        self.whole = bruno.does(self.water, "proposal.merge", proposals=[night, late], wording="Buses all night")[
            "proposal"
        ]
        fatima.opens(self.air, "collect")
        house["Chen"].posts(self.air, TREES, "north")
        fatima.opens(self.air, "cluster")


@pytest.fixture
def hall(store: Store, server: Server, chrome: Browser) -> Iterator[Concluding]:
    made = Concluding(store, server, chrome)
    yield made
    made.empties()


def test_conclusions_are_promoted_ratified_dissented_from_and_walked_back(hall: Concluding) -> None:
    fatima, amina = hall.comes("Fatima", LAPTOP), hall.at("Amina", hall.day)
    bruno, chen = hall.at("Bruno", hall.day, dark=True), hall.at("Chen", hall.day, LAPTOP, dark=True)
    for visitor in (amina, bruno, chen):
        visitor.sees("There are no conclusions yet.")

    # Out of one group: a theme with what stands under it, and a merged proposal with its votes.
    fatima.page.get_by_role("button", name="Promote “Money”").click()
    dialog(fatima).get_by_label("Wording of the conclusion").fill("Water must be affordable.")
    dialog(fatima).get_by_role("button", name="Promote").click()
    amina.sees("Water must be affordable.")
    hall.does(fatima, hall.water, "step.open", step="vote")
    for voter in (amina, bruno):
        hall.does(voter, hall.water, "vote.cast", proposal=hall.whole, value=2)
    hall.does(fatima, hall.water, "step.open", step="reveal")
    fatima.page.locator(".result", has_text="Buses all night").get_by_role("button", name="Promote").click()
    dialog(fatima).get_by_label("Wording of the conclusion").fill("Buses run all night on every line.")
    dialog(fatima).get_by_role("radio", name="Recommendation").check(force=True)
    fatima.shows("50-promote")
    dialog(fatima).get_by_role("button", name="Promote").click()
    amina.sees("Buses run all night on every line.")

    # What another group found supports the same conclusion.
    hall.goes(fatima, hall.air)
    fatima.page.locator("[data-proposal]", has_text=TREES).get_by_role("checkbox").check()
    fatima.page.locator(".cluster-bar").get_by_role("button", name="Promote").click()
    dialog(fatima).get_by_label("Into").select_option(label="2. Recommendation: Buses run all night on every line.")
    dialog(fatima).get_by_role("button", name="Add to it").click()
    expect(conclusion(amina, "Buses run all night")).to_contain_text("from 2 groups")

    # Tags, order, kind, by keyboard and by buttons.
    hall.goes(fatima, hall.day)
    conclusion(fatima, "Water must be").get_by_role("button", name="Tags").click()
    dialog(fatima).get_by_role("checkbox", name="6. Clean water and sanitation").check(force=True)
    fatima.shows("51-tags")
    dialog(fatima).get_by_role("button", name="Save").click()
    expect(conclusion(amina, "Water must be")).to_contain_text("6. Clean water and sanitation")
    conclusion(fatima, "Water must be").get_by_role("button", name="Move down").click()
    expect(amina.page.locator(".conclusion").first).to_contain_text("Buses run")
    conclusion(fatima, "Water must be").locator(".more summary").click()
    conclusion(fatima, "Water must be").get_by_label("Kind").select_option(label="Decision")
    expect(conclusion(amina, "Water must be")).to_contain_text("Decision")
    fatima.shows("52-day-facilitator")
    fatima.page.get_by_role("radio", name="Decision").check(force=True)
    expect(fatima.page.locator(".conclusion")).to_have_count(1)
    fatima.page.get_by_role("radio", name="All").check(force=True)

    # Everybody is asked; three answer, one of them objects.
    fatima.clicks("Ask everybody")
    fatima.shows("53-ask")
    dialog(fatima).get_by_role("button", name="Open the ratification").click()
    for visitor in (amina, bruno, chen):
        visitor.sees("Do we stand behind this?")
    amina.shows("54-ratify-phone")
    amina.clicks("Start")
    amina.page.keyboard.press("Enter")  # the first answer has the focus: agree
    expect(conclusion(amina, "Buses run").get_by_role("button", name="Agree")).to_have_attribute("aria-pressed", "true")
    conclusion(amina, "Water must be").get_by_role("button", name="Agree").click()
    amina.sees("You have answered all of them.")
    conclusion(bruno, "Buses run").get_by_role("button", name="Object").click()
    bruno.page.get_by_label("What do you object to?").fill("Nobody can drive them")
    bruno.shows("55-object-phone-dark")
    conclusion(bruno, "Buses run").locator("form").get_by_role("button", name="Object").click()
    conclusion(bruno, "Water must be").get_by_role("button", name="Can live with it").click()
    conclusion(chen, "Buses run").get_by_role("button", name="Agree").click()
    fatima.sees("3 of 4 people have answered")
    fatima.shows("56-ratification-running")
    heard = "".join(frame for visitor in (amina, chen, fatima) for frame in visitor.frames)
    assert "Nobody can drive them" not in heard
    fatima.clicks("Close and count")
    dialog(fatima).get_by_role("button", name="Close and count").click()
    amina.sees("Not ratified")
    expect(conclusion(amina, "Buses run")).to_contain_text("66.67 % of the people")
    expect(conclusion(amina, "Water must be")).to_contain_text("100 % of the people and 100 % of the organisations")
    expect(conclusion(chen, "Buses run")).to_contain_text("You said: Agree")

    # Who dissents says so beside it; nobody else is asked to.
    assert amina.page.get_by_role("button", name="Write a minority report").count() == 0
    bruno.clicks("Write a minority report")
    dialog(bruno).get_by_label("What should be read beside this conclusion?").fill("We lack drivers already by day.")
    bruno.shows("57-minority-dialog-dark")
    dialog(bruno).get_by_role("button", name="Put it beside the conclusion").click()
    expect(conclusion(amina, "Buses run")).to_contain_text("We lack drivers already by day.")
    expect(conclusion(amina, "Buses run")).to_contain_text("Bruno, Seoul")
    amina.shows("58-result-phone")

    # The day closes; the next one starts from it.
    fatima.clicks("Close the day")
    expect(dialog(fatima)).to_contain_text("1 proposal in the parking lots")
    dialog(fatima).get_by_label("What does the next day start from?").fill("From the buses: who drives them?")
    fatima.shows("59-close-day")
    dialog(fatima).get_by_role("button", name="Close the day").click()
    amina.sees("From the buses: who drives them?")
    assert fatima.page.get_by_role("button", name="Reword").count() == 0
    hall.goes(amina, hall.house.day(2))
    amina.sees("What we start from")
    amina.shows("60-next-day-phone")
    hall.goes(chen, hall.day)
    chen.shows("61-closed-day-dark")

    # After the event the board has decided.
    conclusion(fatima, "Buses run").locator(".more summary").click()
    conclusion(fatima, "Buses run").get_by_role("button", name="Note what the board decided").click()
    dialog(fatima).get_by_role("radio", name="Deferred").check(force=True)
    dialog(fatima).get_by_label("Why").fill("Until there are drivers.")
    dialog(fatima).get_by_role("button", name="Note it").click()
    expect(conclusion(chen, "Buses run")).to_contain_text("Until there are drivers.")

    # The first text of the first day guides the second one.
    conclusion(fatima, "Water must be").get_by_role("button", name="Use as a guiding text").click()
    dialog(fatima).get_by_role("radio", name="Vision").check(force=True)
    dialog(fatima).get_by_role("button", name="Go on").click()
    dialog(fatima).get_by_role("button", name="Save").click()
    hall.goes(amina, "")
    amina.page.locator(".guiding", has_text="Water must be affordable.").wait_for()

    # The whole way back, for everybody; and for each what became of theirs.
    conclusion(chen, "Buses run").locator(".provenance summary").click()
    conclusion(chen, "Buses run").get_by_role("link", name="The whole way").click()
    for words in ("Merged from 2 proposals", "by Bruno", BUSES, LATE, TREES, "Until there are drivers."):
        chen.sees(words)
    chen.sees("4 dots")
    chen.shows("62-provenance-dark")
    hall.goes(bruno, chen.page.url.split(f"/{hall.house['Chen'].id}/")[1])
    bruno.shows("63-provenance-phone-dark")
    amina.page.get_by_role("link", name="What became of yours").click()
    mine = amina.page.locator(".mine", has_text=BUSES)
    for words in (
        "Merged into “Buses all night” by Bruno",
        "Buses run all night on every line.",
        "Not ratified",
        "Deferred",
    ):
        expect(mine).to_contain_text(words)
    expect(amina.page.locator(".mine", has_text=PRICES)).to_contain_text("Put under the theme “Money”")
    assert amina.page.get_by_text("Boats on the river").count() == 0, "that is Bruno's"
    amina.shows("64-mine-phone")
    hall.goes(bruno, "mine")
    bruno.shows("65-mine-phone-dark")
    hall.goes(fatima, "coverage")
    fatima.sees("1 of 17 covered")
    fatima.shows("66-coverage")
    hall.goes(amina, "coverage")
    amina.shows("67-coverage-phone")
    someone = amina.context.request.get(f"{hall.url}/s/{hall.house['Bruno'].id}/mine")
    assert someone.status == 401

    # On paper nothing is folded, and no button is left.
    chen.page.emulate_media(media="print", color_scheme="light")
    expect(chen.page.locator(".provenance-page .button").first).not_to_be_visible()
    chen.page.screenshot(path="tests/screenshots/68-provenance-print.png", full_page=True)

    # While it ran, nobody was told more than how many have answered.
    taken = [frame for visitor in (amina, chen, fatima) for frame in visitor.frames if "position.taken" in frame]
    assert taken and not any(hall.house[who].id in frame for who in ("Amina", "Bruno", "Chen") for frame in taken)
    hall.is_well()
