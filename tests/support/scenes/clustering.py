"""Themes, merging, splitting, and merging what was merged."""

from __future__ import annotations

from ..agenda import everything
from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].does(water, "activity.choose", id=camera.id(), activity=everything().data())
    house["Fatima"].opens(water, "collect")
    a, b, c, d = (
        house["Amina"].posts(water, text, "north", id=camera.id()) for text in ("One", "Two", "Three", "Four")
    )
    house["Fatima"].opens(water, "cluster")
    theme = take("Bruno", water, "theme.name", "a new one", name="Money")["theme"]
    other = take("Amina", water, "theme.name", "another", name="People")["theme"]
    take("Bruno", water, "theme.name", "renamed", name="Money and staff", theme=theme)
    take("Bruno", water, "proposal.sort", "two under one", proposals=[a, b], theme=theme)
    take("Bruno", water, "proposal.sort", "the same again", proposals=[a], theme=theme)
    take("Bruno", water, "proposal.sort", "out again", proposals=[b], theme=None)
    take("Bruno", water, "proposal.sort", "under the other", proposals=[b, c], theme=other)
    take("Amina", water, "theme.dissolve", "with what is in it", theme=other)
    whole = take("Bruno", water, "proposal.merge", "two", proposals=[a, b], wording="One and two")["proposal"]
    larger = take("Amina", water, "proposal.merge", "with a merged one", proposals=[whole, c], wording="All")[
        "proposal"
    ]
    take("Fatima", water, "proposal.hide", "a part", proposal=c, reason="Off topic")
    take("Amina", water, "proposal.split", "the larger one", proposal=larger)
    take("Fatima", water, "proposal.restore", "a part", proposal=c)
    take("Bruno", water, "proposal.split", "the smaller one", proposal=whole)
    again = take("Bruno", water, "proposal.merge", "once more", proposals=[a, d], wording="One and four")["proposal"]
    take("Fatima", water, "proposal.hide", "a whole", proposal=again, reason="Off topic")
    take("Fatima", water, "proposal.restore", "a whole", proposal=again)
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, again, 2)
    house["Bruno"].votes(water, b, 1)
    take("Fatima", water, "step.open", "the votes on the whole", step="reveal")
    house["Fatima"].opens(water, "cluster")
    take("Bruno", water, "proposal.merge", "after the vote", proposals=[again, b], wording="Nearly all")
    take("Fatima", water, "step.open", "each voter once", step="reveal")
