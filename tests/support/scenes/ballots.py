"""Every kind of ballot, votes entered by a scribe, further rounds, a second count."""

from __future__ import annotations

from ..agenda import everything
from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water = house.board("Water")
    take("Fatima", water, "activity.choose", "every kind of step", activity=everything().data())
    house["Fatima"].opens(water, "collect")
    a, b, c = (house["Amina"].posts(water, text, "north", id=camera.id()) for text in ("One", "Two", "Three"))
    absent = house.rostered("Greta", "Water")

    take("Fatima", water, "step.open", "dots", step="vote")
    take("Amina", water, "vote.cast", "dots", proposal=a, value=2)
    two = [{"proposal": a, "value": 1}, {"proposal": b, "value": 2}]
    take("Fatima", water, "vote.enter", "paper", paper="7", votes=two, organisation=house.organisation("Seoul"))
    take("Fatima", water, "vote.enter", "the same paper again", paper="7", votes=two[:1])
    take("Olga", water, "vote.enter", "somebody without a device", person=absent, votes=two)
    take("Fatima", water, "step.open", "the reveal", step="reveal")
    take("Olga", water, "ballot.recount", "in another way")
    take("Fatima", water, "step.open", "the vote again", step="vote")
    take("Fatima", water, "ballot.renew", "a second round")
    take("Bruno", water, "vote.cast", "in the second round", proposal=c, value=1)
    take("Fatima", water, "step.open", "both rounds", step="reveal")

    take("Fatima", water, "step.open", "ranking", step="rank")
    take("Amina", water, "vote.rank", "all of them", order=[c, a, b])
    take("Amina", water, "vote.rank", "otherwise", order=[a, c])
    take("Bruno", water, "vote.rank", "one", order=[b])
    take("Bruno", water, "vote.rank", "taken back", order=[])
    take("Fatima", water, "vote.enter", "an order on paper", paper="8", votes=[
        {"proposal": a, "value": 2}, {"proposal": b, "value": 1},
    ])  # fmt: skip

    take("Fatima", water, "step.open", "a scale", step="rate")
    north = f"{water.removeprefix('board:')}-north"
    for who, criterion, value in (("Amina", "mission", 3), ("Amina", "vision", 0), ("Bruno", "mission", 1)):
        args = {"proposal": north, "criterion": criterion, "value": value, "pinned": 1}
        take(who, water, "vote.cast", f"{criterion} {value}", **args)
    for paper in ("11", "12"):
        entered = [{"proposal": north, "criterion": "mission", "value": 2}]
        take("Fatima", water, "vote.enter", f"paper {paper}", paper=paper, votes=entered)
    take("Fatima", water, "step.open", "the map", step="map")

    take("Fatima", water, "step.open", "a pulse", step="pulse")
    how = f"{water.removeprefix('board:')}-how"
    take("Amina", water, "vote.cast", "live", proposal=how, value=2)
    take("Bruno", water, "vote.cast", "live, too", proposal=how, value=1)
    take("Bruno", water, "vote.cast", "and changed", proposal=how, value=2)
    take("Fatima", water, "step.close", "the pulse stays on show")

    house["Fatima"].opens(water, "lines")
    line = house["Bruno"].posts(water, "We share water", id=camera.id())
    take("Fatima", water, "step.open", "consent", step="consent")
    take("Amina", water, "vote.cast", "objects", proposal=line, value=0, reason="It says nothing of money")
    take("Bruno", water, "vote.cast", "agrees", proposal=line, value=3)
    take("Fatima", water, "step.open", "what comes after", step="plan")
