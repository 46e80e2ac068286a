"""Choosing and ranking groups on real pages: Amina at her phone, Fatima at the page of the groups."""

from __future__ import annotations

from playwright.sync_api import expect
from support.browser import LAPTOP, PHONE
from support.hall import Hall
from support.house import House


def group(house: House, name: str) -> str:
    (found,) = [id for id, one in house.state(house.room)["groups"].items() if one["name"] == name]
    return str(found)


def test_amina_takes_a_group_then_ranks_them_and_fatima_forms_the_groups(hall: Hall) -> None:
    house = hall.house
    fatima = hall.at("Fatima", "groups", LAPTOP)
    amina = hall.at("Amina", "", PHONE)
    expect(amina.page.get_by_role("heading", name="Choose your group")).to_have_count(0)

    fatima.page.get_by_text("Ask people which group they want").click()
    fatima.page.get_by_label("Most people in a group").fill("3")
    fatima.shows("130-preference-asking")
    fatima.clicks("Ask people", exact=True)
    fatima.sees("4 of 4 people have one")
    amina.sees("First come, first served: a group has 3 places.")
    amina.shows("131-choice")
    amina.page.get_by_role("button", name="Choose: Air").press("Enter")
    expect(amina.page.get_by_role("button", name="Your group: Air")).to_have_attribute("aria-pressed", "true")
    expect(amina.page.locator(".my-groups")).to_contain_text("Air")
    bruno = hall.at("Bruno", "", PHONE, dark=True)
    full = bruno.page.get_by_role("button", name="Full: Air")
    expect(full).to_have_attribute("aria-disabled", "true")
    full.press("Enter")
    bruno.shows("132-choice-full")
    assert house["Bruno"].me(house.room)["groups"] == [group(house, "Water")]
    hall.does(amina, house.room, "group.choose", group=group(house, "Water"))
    bruno.clicks("Choose: Air")
    expect(bruno.page.get_by_role("button", name="Your group: Air")).to_be_visible()

    fatima.clicks("Ask no longer")
    expect(amina.page.get_by_role("heading", name="Choose your group")).to_have_count(0)
    fatima.page.get_by_text("Ask people which group they want").click()
    fatima.page.get_by_role("radio", name="Each ranks the groups in secret").check()
    fatima.clicks("Ask people", exact=True)
    amina.page.get_by_role("heading", name="Which group would you like?").wait_for()
    amina.page.get_by_role("button", name="Up: Air").press("Enter")
    amina.sees("Your order is saved.")
    expect(amina.page.locator(".ranked li").first).to_contain_text("Air")
    expect(amina.page.get_by_role("button", name="Up: Air")).to_be_focused()
    assert house["Amina"].me(house.room)["ranking"] == [group(house, "Air"), group(house, "Water")]
    for button in amina.page.locator(".rank-buttons button").all():
        box = button.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44
    amina.shows("133-ranked")
    bruno.shows("134-not-ranked")
    bruno.clicks("This is my order")
    bruno.sees("Your order is saved.")

    fatima.page.reload()
    fatima.sees("2 of 4 people have answered")
    fatima.clicks("Form groups by preference")
    fatima.sees("Unhappiness 0")
    fatima.sees("2 people gave no order.")
    fatima.shows("135-formed-by-preference")
    fatima.clicks("Save the groups")
    fatima.sees("The groups are saved")
    assert house["Amina"].me(house.room)["groups"] == [group(house, "Air")]
    assert house["Bruno"].me(house.room)["groups"] == [group(house, "Water")]
    expect(amina.page.locator(".my-groups")).to_contain_text("Air")
    hall.is_well()
