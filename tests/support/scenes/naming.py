"""People say whether they may be named among those who took part; everybody hears that somebody has, nobody who."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    take("Amina", house.room, "naming.agree", agreed=True)
    take("Fatima", house.room, "naming.agree", "who facilitates, too", agreed=True)
    take("Amina", house.room, "naming.agree", "again", agreed=True)
    take("Amina", house.room, "naming.agree", "not any more", agreed=False)
