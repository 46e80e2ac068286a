"""A board gets another activity, and its steps to come are changed while it works."""

from __future__ import annotations

from facilitator.library import load_activity

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water = house.board("Water")
    swot = load_activity("swot").data()
    take("Fatima", water, "activity.choose", "its lanes come along", activity=swot)
    take("Fatima", water, "activity.choose", "the same again", activity=swot)
    check_in = load_activity("check_in").data()
    take("Fatima", water, "activity.choose", "with a given item", activity=check_in)
    take("Fatima", water, "step.open", "its pulse", step="pulse")
    longer = {**check_in, "steps": [{**check_in["steps"][0], "minutes": 9}, *load_activity("swot").data()["steps"]]}
    take("Olga", water, "activity.choose", "other steps to come", activity=longer)
    take("Fatima", house.room, "text.word", "a new text", text="mission", title="Mission", wording="We act.")
    take("Fatima", house.room, "text.word", "another wording", text="mission", wording="We act together.", board=None)
    take("Fatima", house.room, "text.word", "the same", text="mission", wording="We act together.")
