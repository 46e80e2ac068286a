"""The final lines of a group, its rapporteur, and how the lines come into the plenary."""

from __future__ import annotations

from ..agenda import everything
from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    network, plenary = house.board("Women's network"), house.board("Plenary")
    for board in (network, plenary):
        house["Fatima"].does(board, "activity.choose", id=camera.id(), activity=everything().data())
    house["Fatima"].opens(network, "lines")
    take("Dora", network, "rapporteur.name", person=house["Dora"].id)
    take("Dora", network, "rapporteur.name", "the same", person=house["Dora"].id)
    first = take("Dora", network, "proposal.post", "a line", text="Everywhere")["proposal"]
    take("Fatima", network, "proposal.edit", "with one pen", proposal=first, text="Everywhere, always")
    second = take("Fatima", network, "proposal.post", "another line", text="Together")["proposal"]
    take("Fatima", plenary, "step.open", "sharing", step="share")
    home = network.removeprefix("board:")
    take("Dora", plenary, "lines.share", "by the rapporteur", board=home)
    house["Dora"].edits(network, first, "Everywhere and always")
    house["Dora"].withdraws(network, second)
    take("Fatima", plenary, "lines.share", "after a change", board=home)
    house["Dora"].reinstates(network, second)
    take("Fatima", plenary, "lines.share", "what came back", board=home)
    shared = next(p["id"] for p in house.state(plenary)["proposals"].values() if p["shared_from"])
    take("Amina", plenary, "comment.post", "an answer to a line", proposal=shared, text="We will")
    take("Dora", network, "rapporteur.name", "nobody", person=None)
