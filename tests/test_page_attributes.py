"""What people say of themselves, on real pages: Olga asks it, Amina answers at her phone, Fatima makes the groups."""

from __future__ import annotations

from playwright.sync_api import expect
from sqlalchemy import select
from support.browser import LAPTOP, PHONE
from support.hall import Hall

from facilitator.store.models import AttributeAnswer


def said(hall: Hall) -> list[str]:
    rows = hall.house.rows(select(AttributeAnswer.option).where(AttributeAnswer.person == hall.house["Amina"].id))
    return sorted(row.option for row in rows)


def test_olga_asks_amina_answers_and_takes_it_back_and_fatima_sees_counts(hall: Hall) -> None:
    house = hall.house
    for number in range(8):
        house["Olga"].does(house.room, "roster.import", people=[{"name": f"Guest {number}", "organisation": "Seoul"}])
    amina = hall.at("Amina", "", PHONE)
    expect(amina.page.get_by_text("About you (optional)")).to_have_count(0)

    olga = hall.at("Olga", "people", LAPTOP)
    olga.page.get_by_text("What people may say of themselves").click()
    olga.page.get_by_label("What is asked").fill("Region")
    olga.page.get_by_label("Answers to choose from").fill("North")
    olga.clicks("Ask it")
    olga.sees("Give people 2 to 12 answers to choose from")
    olga.page.get_by_label("Answers to choose from").fill("North\nSouth\nEast")
    olga.clicks("Ask it")
    olga.page.get_by_text("0 people have answered").wait_for(state="attached")
    olga.page.get_by_text("What people may say of themselves").click()
    olga.page.get_by_text("0 people have answered").click()
    olga.page.get_by_text("Organisations", exact=True).click()
    olga.shows("150-asked")
    olga.page.get_by_label("Colour of Seoul").select_option("plum")
    olga.page.locator("form.coloured", has=olga.page.get_by_label("Colour of Seoul")).get_by_role(
        "button", name="Save"
    ).click()
    expect(olga.page.locator("tr", has_text="Bruno").locator(".organisation-name")).to_have_class(
        "organisation-name hue-plum"
    )

    summary = amina.page.get_by_text("About you (optional)")
    summary.wait_for()
    assert amina.page.get_by_label("Region").is_hidden(), "it is in nobody's way"
    summary.press("Enter")
    amina.page.get_by_label("Region").select_option("South")
    amina.page.get_by_role("button", name="Save", exact=True).press("Enter")
    amina.sees("Your answers are saved.")
    assert said(hall) == ["South"]
    amina.shows("151-about-me")
    for control in (amina.page.get_by_label("Region"), amina.page.get_by_role("button", name="Erase my answers")):
        box = control.bounding_box()
        assert box and box["height"] >= 44
    amina.clicks("Erase my answers")
    amina.sees("Your answers are erased.")
    assert said(hall) == []
    expect(amina.page.get_by_label("Region")).to_have_value("")
    dark = hall.at("Bruno", "", PHONE, dark=True)
    dark.page.get_by_text("About you (optional)").click()
    dark.shows("152-about-me-dark")

    (region,) = [one["id"] for one in house["Amina"].me(house.room)["attributes"]]
    for number in range(8):
        where = "North" if number < 5 else "South"
        house[f"Guest {number}"].does(house.room, "attribute.answer", answers={region: where})
    for who, size in (("Fatima", LAPTOP), ("Olga", PHONE)):
        visitor = hall.at(who, "groups", size, dark=who == "Olga")
        visitor.clicks("Mix anew")
        visitor.sees("What people say of themselves, by group")
        *counts, spread = visitor.page.locator(".spread tr", has_text="North").locator("td").all_inner_texts()
        assert (sorted(counts), spread) == (["2", "3"], "as even as can be")
        expect(visitor.page.locator(".spread tr", has_text="East")).to_contain_text("not shown")
        visitor.shows(f"153-spread-{who.lower()}")
    hall.is_well()
