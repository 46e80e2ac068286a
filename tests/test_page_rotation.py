"""A world café on real pages: planned by Fatima, walked through by Amina, planned anew, printed."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect
from support.browser import LAPTOP, Visitor
from support.hall import Hall
from support.house import House


@pytest.fixture
def hall(hall: Hall) -> Hall:
    house = hall.house
    for name in ("Soil", "Sea"):
        house["Fatima"].does(house.room, "group.make", name=name, kind="breakout")
    people = [{"name": f"Guest {number:02}", "organisation": f"City {number % 4}"} for number in range(12)]
    house["Olga"].does(house.room, "roster.import", people=people)
    return hall


def plans(hall: Hall, who: str = "Fatima", size: tuple[int, int] = LAPTOP, *, dark: bool = False) -> Visitor:
    """Somebody at the page of the rotation."""
    return hall.at(who, "rotation", size, dark=dark)


def rotation(house: House) -> dict[str, Any]:
    (found,) = house.state(house.room)["rotations"].values()
    return dict(found)


def table_of(house: House, who: str, round: int) -> str:
    (found,) = [
        table["group"] for table in rotation(house)["rounds"][round]["tables"] if house[who].id in table["people"]
    ]
    return str(house.state(house.room)["groups"][found]["name"])


def test_fatima_plans_three_rounds_and_amina_goes_from_table_to_table(hall: Hall) -> None:
    house = hall.house
    fatima, amina = plans(hall), hall.at("Amina", "")
    expect(amina.page.get_by_role("heading", name="Your tables")).to_have_count(0)
    fatima.shows("120-rotation-first")
    fatima.page.get_by_label("Question of the tables").fill("What do we owe the children?")
    fatima.clicks("Add the rounds")
    fatima.page.get_by_role("heading", name="Who sits where in which round").wait_for()
    fatima.shows("121-rotation-choosing")
    fatima.page.get_by_label("Table hosts").select_option("fixed")
    fatima.clicks("Plan the rotation")
    fatima.sees("Each person meets 9 of 15 others, 0 repeats")
    expect(fatima.page.get_by_role("heading", name="A plan")).to_be_in_viewport()
    assert house.state(house.room)["rotations"] == {}, "nothing is stored before it is saved"
    fatima.shows("122-rotation-plan")
    fatima.clicks("Save the rotation")
    fatima.sees("The rotation is saved")
    fatima.shows("123-rotation-saved")

    mine = amina.page.get_by_role("region", name="Your tables").get_by_role("listitem")
    expect(mine).to_have_count(3)
    for number in range(3):
        expect(mine.nth(number)).to_contain_text(table_of(house, "Amina", number))
    hall.does(fatima, house.room, "session.open", session=house.session("Round 1"))
    amina.sees(f"Your table: {table_of(house, 'Amina', 0)}")
    amina.sees(f"Round 2: table {table_of(house, 'Amina', 1)}")
    amina.shows("124-rotation-lobby")
    amina.page.get_by_role("link", name=re.compile("Go to your board")).click()
    amina.page.locator(".board-main").wait_for()
    expect(amina.page.get_by_role("link", name="Go to your table")).to_have_count(0)
    hall.does(fatima, house.room, "session.open", session=house.session("Round 2"))
    amina.sees(f"Round 2: table {table_of(house, 'Amina', 1)}")
    amina.shows("125-rotation-next-table")
    amina.page.get_by_role("link", name="Go to your table").click()
    expect(amina.page.get_by_role("heading", level=1)).to_have_text(table_of(house, "Amina", 1))
    amina.sees("What do we owe the children?")
    hall.is_well()


def test_a_late_arrival_and_a_no_show_are_planned_anew_and_it_is_taken_back(hall: Hall) -> None:
    house = hall.house
    fatima = plans(hall)
    fatima.clicks("Add the rounds")
    fatima.clicks("Plan the rotation")
    fatima.clicks("Save the rotation")
    house["Fatima"].does(house.room, "session.open", session=house.session("Round 1"))
    house.join("Elena")
    house["Fatima"].does(house.room, "person.check", people=[house["Guest 03"].id], attendance="absent")
    fatima.page.reload()
    before = rotation(house)
    fatima.sees("1 person has no table yet: Elena")
    fatima.sees("1 person is not there: Guest 03")
    fatima.page.get_by_label("Keep as it is: Round 3").check(force=True)
    fatima.shows("126-rotation-late")
    fatima.clicks("Plan anew")
    fatima.page.get_by_role("heading", name="The plan anew").wait_for()
    changed = int(fatima.page.get_by_text("places have changed").inner_text().split()[0])
    assert changed == 2, "Elena comes to the round that is held, and takes the place of Guest 03 in the next one"
    fatima.shows("127-rotation-anew")
    fatima.clicks("Save the rotation")
    fatima.sees("The rotation is saved")
    after = rotation(house)
    assert after["rounds"][2] == before["rounds"][2] | {"locked": True}
    elena = house["Elena"].id
    assert [elena in str(round["tables"]) for round in after["rounds"]] == [True, True, False]
    fatima.clicks("Undo")
    expect(fatima.page.get_by_text("The rotation is saved")).to_have_count(0)
    assert rotation(house)["rounds"] == before["rounds"]
    fatima.page.get_by_text("Take this rotation away").click()
    fatima.clicks("Take the rotation away")
    fatima.page.get_by_role("heading", name="Who sits where in which round").wait_for()
    assert house.state(house.room)["rotations"] == {}
    hall.is_well()


def test_on_a_phone_in_the_dark_with_the_keyboard_and_on_paper(hall: Hall) -> None:
    house = hall.house
    olga = plans(hall, "Olga", (320, 640), dark=True)
    olga.page.get_by_role("button", name="Add the rounds").focus()
    olga.page.keyboard.press("Enter")
    button = olga.page.get_by_role("button", name="Plan the rotation")
    button.wait_for()
    assert olga.page.get_by_label("Sea").count() >= 1
    button.focus()
    olga.page.keyboard.press("Enter")
    save = olga.page.get_by_role("button", name="Save the rotation")
    save.wait_for()
    olga.shows("128-rotation-phone-dark")
    save.focus()
    olga.page.keyboard.press("Enter")
    olga.sees("The rotation is saved")
    small = olga.page.evaluate("""[...document.querySelectorAll("main :is(button, a, select, input, summary)")]
        .filter(one => one.offsetParent && one.type !== "hidden" && one.getBoundingClientRect().height < 43.9)
        .map(one => one.outerHTML.slice(0, 120))""")
    assert small == []
    pdf = olga.page.pdf(format="A4")
    assert len(re.findall(rb"/Type /Page\b", pdf)) >= 3, "a page a round"
    olga.page.goto(f"{hall.url}/s/{house['Olga'].id}/slips")
    slip = olga.page.locator(".slip", has_text="Guest 05")
    expect(slip.get_by_role("list", name="Tables of Guest 05")).to_contain_text(
        f"Round 2 {table_of(house, 'Guest 05', 1)}"
    )
    olga.shows("129-rotation-slips")
    pdf = olga.page.pdf(format="A4")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 2
    hall.is_well()


def test_what_cannot_be_planned_is_said_and_nothing_that_was_chosen_is_lost(hall: Hall) -> None:
    fatima = plans(hall)
    fatima.clicks("Add the rounds")
    fatima.page.get_by_label("Table hosts").select_option("fixed")
    for label in ("Round 1", "Round 2", "Round 3"):
        fatima.page.get_by_label(re.compile(f"^{label}")).uncheck(force=True)
    fatima.clicks("Plan the rotation")
    fatima.sees("Choose a number of rounds")
    expect(fatima.page.get_by_label("Table hosts")).to_have_value("fixed")
    amina = hall.at("Amina", "")
    answer = amina.page.goto(f"{hall.url}/s/{hall.house['Amina'].id}/rotation")
    assert answer is not None and answer.status == 403
