"""A text, phrase by phrase."""

from __future__ import annotations

from ..agenda import everything
from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].does(water, "activity.choose", id=camera.id(), activity=everything().data())
    house["Fatima"].opens(water, "draft")
    take("Fatima", water, "draft.set", "a first version", text="We act. We learn. We speak.")
    take("Fatima", water, "draft.set", "the same", text="We act. We learn. We speak.")
    phrases = list(house.state(water)["proposals"].values())
    act = next(p["id"] for p in phrases if p["text"] == "We act.")
    take("Amina", water, "reaction.set", "support", proposal=act, kind="support")
    take("Bruno", water, "reaction.set", "concern", proposal=act, kind="concern")
    take("Bruno", water, "reaction.set", "a change of mind", proposal=act, kind="support")
    said = {"proposal": act, "kind": "alternative", "text": "We act together."}
    other = take("Bruno", water, "comment.post", "another wording", **said)["comment"]
    take("Fatima", water, "comment.adopt", comment=other)
    take("Fatima", water, "draft.set", "another order, one new", text="We speak. We act together. We stand for all.")
