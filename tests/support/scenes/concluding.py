"""Promotion, wording, order, taking back."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, day = house.board("Water"), house.day(1)
    house["Fatima"].opens(water, "collect")
    texts = ("Buses", "Trams", "Bikes")
    a, b, c = (house["Amina"].posts(water, text, id=camera.id()) for text in texts)
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, a, 2)
    house["Bruno"].votes(water, b, 2)
    house["Fatima"].opens(water, "collect")
    promoted = [
        take("Fatima", day, "conclusion.promote", "without figures: they are not on show", proposal=c, wording="Bikes!")
    ]
    house["Fatima"].opens(water, "reveal")
    for proposal in (a, b):
        args = {"proposal": proposal, "wording": "Buses, or trams"}
        promoted.append(take("Fatima", day, "conclusion.promote", "with figures", **args))
    bikes, buses, trams = (reply["conclusion"] for reply in promoted)
    take("Olga", day, "conclusion.reword", conclusion=buses, wording="More buses")
    take("Olga", day, "conclusion.reword", "the same words", conclusion=buses, wording="More buses")
    take("Fatima", day, "conclusion.move", "to the end", conclusion=bikes, position=2)
    take("Fatima", day, "conclusion.move", "to where it is", conclusion=bikes, position=2)
    take("Fatima", day, "conclusion.take_back", "the first", conclusion=buses)
    take("Fatima", day, "conclusion.reinstate", "to its place", conclusion=buses)
    take("Fatima", day, "conclusion.take_back", "the second", conclusion=trams)
    take("Fatima", day, "conclusion.take_back", "the last", conclusion=bikes)
    take("Fatima", day, "conclusion.reinstate", "beyond the end", conclusion=bikes)
