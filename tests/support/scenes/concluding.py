"""Promotion out of one thing or several, wording, kind, tags, order, taking back, verdicts."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, day = house.board("Water"), house.day(1)
    house["Fatima"].opens(water, "collect")
    texts = ("Buses", "Trams", "Bikes")
    a, b, c = (house["Amina"].posts(water, text, id=camera.id()) for text in texts)
    air = house.board("Air")
    house["Fatima"].opens(air, "collect")
    trees = house["Chen"].posts(air, "Trees", "north", id=camera.id())
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, a, 2)
    house["Bruno"].votes(water, b, 2)
    house["Fatima"].opens(water, "collect")
    args = {"sources": [{"proposal": c}], "wording": "Bikes!"}
    promoted = [take("Fatima", day, "conclusion.promote", "without figures: they are not on show", **args)]
    house["Fatima"].opens(water, "reveal")
    for proposal, note in ((a, "with figures"), (b, "a recommendation")):
        kind = "conclusion" if proposal == a else "recommendation"
        args = {"sources": [{"proposal": proposal}], "wording": "Buses, or trams", "kind": kind}
        promoted.append(take("Fatima", day, "conclusion.promote", note, **args))
    bikes, buses, trams = (reply["conclusion"] for reply in promoted)
    take("Fatima", day, "conclusion.extend", "by another group", conclusion=trams, sources=[{"proposal": trees}])
    two = {"sources": [{"proposal": a}, {"proposal": b}], "wording": "Both"}
    both = take("Olga", day, "conclusion.promote", "from two", **two)["conclusion"]
    take("Olga", day, "conclusion.reword", conclusion=buses, wording="More buses")
    take("Olga", day, "conclusion.reword", "the same words", conclusion=buses, wording="More buses")
    take("Olga", day, "conclusion.classify", conclusion=both, kind="action")
    take("Olga", day, "conclusion.classify", "as it is", conclusion=both, kind="action")
    gender, young = ({"framework": "cross_cutting", "tag": tag} for tag in ("gender", "young"))
    take("Fatima", day, "conclusion.tag", conclusion=buses, tags=[young, gender])
    take("Fatima", day, "conclusion.tag", "one less", conclusion=buses, tags=[gender])
    take("Fatima", day, "conclusion.tag", "as they are", conclusion=buses, tags=[gender])
    take("Fatima", day, "conclusion.move", "to the end", conclusion=bikes, position=3)
    take("Fatima", day, "conclusion.move", "to where it is", conclusion=bikes, position=3)
    take("Fatima", day, "conclusion.take_back", "the first", conclusion=buses)
    take("Fatima", day, "conclusion.reinstate", "to its place", conclusion=buses)
    take("Fatima", day, "conclusion.take_back", "the second", conclusion=trams)
    take("Fatima", day, "conclusion.take_back", "the last", conclusion=bikes)
    take("Fatima", day, "conclusion.reinstate", "beyond the end", conclusion=bikes)
    board = {"body": "Board of directors", "conclusion": buses}
    take("Olga", day, "conclusion.decide", **board, verdict="deferred", reason="It waits for the budget.")
    take("Olga", day, "conclusion.decide", "later on", **board, verdict="adopted", reason="")
    take("Olga", day, "conclusion.decide", "the same again", **board, verdict="adopted", reason="")
