"""The colours of organisations: given by themselves, changed by the organiser, and seen in light and in dark."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import select
from support.house import House

from facilitator.copying import copy_event
from facilitator.domain.colours import COLOURS, dealt
from facilitator.store.models import Account, Organisation

CSS = Path(__file__).resolve().parents[1] / "static" / "css" / "tokens.css"


def test_free_colours_are_given_first_and_then_those_that_the_fewest_have() -> None:
    assert dealt(3) == list(COLOURS[:3])
    assert dealt(2, ["brick", "ochre", "of another version"]) == ["teal", "violet"]
    assert sorted(dealt(2 * len(COLOURS))) == sorted([*COLOURS, *COLOURS])
    assert dealt(1, [*COLOURS, *COLOURS[:3]]) == [COLOURS[3]]


def test_every_organisation_has_a_colour_of_its_own_however_it_came_to_be(house: House) -> None:
    house["Olga"].does(house.room, "organisation.name", name="Quito", kind="member")
    people = [{"name": f"Guest {number}", "organisation": f"City {number}"} for number in range(3)]
    house["Olga"].does(house.room, "roster.import", people=people)
    cards = house.state(house.room)["organisations"].values()
    assert len({card["colour"] for card in cards}) == len(cards) > 6
    assert {card["colour"] for card in cards} <= set(COLOURS)


def test_the_organiser_changes_a_colour_and_a_new_name_keeps_it(house: House) -> None:
    olga, seoul = house["Olga"], house.organisation("Seoul")

    def colour() -> str:
        return str(house.state(house.room)["organisations"][seoul]["colour"])

    olga.does(house.room, "organisation.name", organisation=seoul, name="Seoul", kind="member", colour="plum")
    assert colour() == "plum"
    olga.does(house.room, "organisation.name", organisation=seoul, name="Seoul Metropolitan", kind="member")
    assert colour() == "plum"
    with house.refuses("bad_message", "colour"):
        olga.does(house.room, "organisation.name", organisation=seoul, name="Seoul", kind="member", colour="#ff0000")
    with house.refuses("not_allowed"):
        house["Fatima"].does(house.room, "organisation.name", organisation=seoul, name="Seoul", kind="member")
    assert colour() == "plum"


def test_a_copy_of_an_event_keeps_the_colours(house: House) -> None:
    with house.store.writing() as db:
        values = {"id": "accountolga1", "email": "o@example.org", "name": "Olga", "password_hash": "-"}
        db.execute(Account.__table__.insert().values(**values, created_at=1))
    copied = copy_event(house.store, house.event, account="accountolga1", title="Again")

    def colours(event: str) -> list[tuple[str, str]]:
        query = select(Organisation.name, Organisation.colour).where(Organisation.event == event)
        return [(row.name, row.colour) for row in house.rows(query.order_by(Organisation.name))]

    assert colours(copied) == colours(house.event) != []


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_each_colour_of_the_palette_stands_out_from_paper_and_cards_in_light_and_in_dark() -> None:
    css = CSS.read_text()
    pairs = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6}, #\w{6})\);", css))
    assert {name.removeprefix("hue-") for name in pairs if name.startswith("hue-")} == set(COLOURS)
    for colour in COLOURS:
        assert f".hue-{colour} {{ --hue: var(--hue-{colour}); }}" in css
        assert f"--hue-{colour}: {pairs[f'hue-{colour}'].split(', ')[0]};" in css, "for browsers without light-dark()"
        for ground in ("paper", "surface", "sunk"):
            for own, below in zip(pairs[f"hue-{colour}"].split(", "), pairs[ground].split(", "), strict=True):
                assert contrast(own, below) >= 4.5, (colour, ground, own, below)
