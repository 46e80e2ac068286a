"""Who does what, by when, and what is pledged."""

from __future__ import annotations

from ..agenda import everything
from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].does(water, "activity.choose", id=camera.id(), activity=everything().data())
    house["Fatima"].opens(water, "plan")
    card = take("Amina", water, "proposal.post", "an improvement", text="A guide")["proposal"]
    seoul, barcelona = house.organisation("Seoul"), house.organisation("Barcelona")
    plan = {"lead": seoul, "partners": [barcelona], "year": 2017, "quarter": 2, "effort": 2, "impact": 5}
    take("Bruno", water, "roadmap.plan", "all of it", proposal=card, first_step="Ask five members", **plan)
    take("Amina", water, "roadmap.plan", "less of it", proposal=card, year=2018)
    pledge = take("Amina", water, "pledge.make", proposal=card, text="Our city will host it")["pledge"]
    take("Bruno", water, "pledge.make", "another", proposal=card, text="Our city will translate it")
    take("Amina", water, "pledge.withdraw", pledge=pledge)
