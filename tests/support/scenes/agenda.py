"""Sessions open and close; a conversation held elsewhere is brought in."""

from __future__ import annotations

from typing import Any

from ..camera import Camera

JSON = dict[str, Any]


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    take("Fatima", house.room, "session.open", "the first session", session=house.session("Opening"))
    take("Fatima", house.room, "session.open", "the next takes over", session=house.session("Tables"))
    take("Fatima", house.room, "session.open", "the same again", session=house.session("Tables"))
    take("Olga", house.room, "session.close", "nothing is on", session=house.session("Tables"))
    comments = [
        {"id": "0", "author": "7", "at": 1_400_000_000_000, "text": "Old but good"},
        {"id": "1", "author": "8", "at": 1_400_000_000_001, "text": "Rude", "hidden_reason": "Moderated"},
    ]
    args: JSON = {"title": "Imported", "prompt": "What?", "group": "Water", "comments": comments}
    args |= {"votes": [("7", "0", 1), ("9", "0", -1), ("9", "1", 0)], "opened_at": 1, "closed_at": 2}
    take("Olga", house.room, "conversation.import", "from elsewhere", **args)
