"""Private and nameless proposals, comments, reactions, the parking lot."""

from __future__ import annotations

from ..agenda import everything
from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].does(water, "activity.choose", id=camera.id(), activity=everything().data())
    take("Fatima", water, "step.open", "in private", step="private")
    first = take("Amina", water, "proposal.post", "in private", text="Quietly", lane="north")["proposal"]
    second = take("Bruno", water, "proposal.post", "of another", text="Quieter", lane="south")["proposal"]
    take("Amina", water, "proposal.edit", "nobody hears it", proposal=first, text="Very quietly")
    take("Bruno", water, "proposal.withdraw", "in private", proposal=second)
    take("Bruno", water, "proposal.reinstate", "in private", proposal=second)
    take("Fatima", water, "step.close", "still private")
    take("Fatima", water, "step.open", "revealed", step="cluster")
    take("Amina", water, "comment.post", "first", proposal=first, text="Why?")
    comment = take("Bruno", water, "comment.post", "second", proposal=first, text="Because")["comment"]
    take("Fatima", water, "comment.hide", comment=comment, reason="Off topic")
    take("Fatima", water, "comment.restore", comment=comment)
    take("Bruno", water, "comment.withdraw", comment=comment)
    take("Amina", water, "reaction.set", "like", proposal=second, kind="like")
    take("Amina", water, "reaction.set", "again", proposal=second, kind="like")
    take("Amina", water, "reaction.set", "taken back", proposal=second, kind=None)
    take("Amina", water, "proposal.park", proposal=second)
    take("Bruno", water, "proposal.unpark", proposal=second)
    take("Fatima", water, "step.open", "in private again", step="private")
    take("Amina", water, "proposal.edit", "a revealed one, without a name", proposal=first, text="Loudly")
    take("Fatima", water, "proposal.hide", "a nameless one", proposal=first, reason="Off topic")
    take("Fatima", water, "proposal.restore", "a nameless one", proposal=first)
