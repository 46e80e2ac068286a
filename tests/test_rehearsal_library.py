"""Each activity of the library is played to its end by synthetic people, over real sockets."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from support.agenda import WATER, workshop_of
from support.house import House

from facilitator import recount
from facilitator.library import activities
from facilitator.outcomes import FORMATS, render
from facilitator.rehearsal import rehearse
from facilitator.settings import Settings
from facilitator.store.db import Store
from facilitator.store.models import Board, Command, Log

WORK = {
    "collect": {"proposal.post"},
    "cluster": {"theme.name", "proposal.sort"},
    "vote": set(),
    "pulse": {"vote.cast"},
    "lines": {"proposal.post", "rapporteur.name"},
    "draft": {"draft.set", "reaction.set", "text.word"},
    "plan": {"roadmap.plan", "pledge.make"},
}
"""Kind of step -> commands that were done in it, if it was played at all."""


@pytest.mark.server
@pytest.mark.once
def test_every_activity_is_played_to_its_end_and_nothing_is_lost(settings: Settings, store: Store, serve: Any) -> None:
    ready = activities()
    lanes = {"lanes": ({"id": "a", "title": "First"}, {"id": "b", "title": "Second"})}
    sharing = ready.pop("sharing_lines")  # in the plenary, after the group that has agreed on lines
    with_lanes = [a.model_copy(update={} if a.lanes else _lanes(a, lanes)) for a in ready.values()]
    house = House(store, workshop_of(*with_lanes, groups=(WATER,), plenary=sharing))
    serve()
    report = rehearse(settings, store, event=house.event, people=12, speed=200, seed=7)
    assert (report.lost, report.doubled, report.off) == (0, 0, []), report.summary()
    played = {row.activity["title"]: row for row in house.rows(select(Board.activity, Board.step, Board.id))
              if row.step is not None}  # fmt: skip
    assert set(played) == {activity.title for activity in (*ready.values(), sharing)}
    done = {(row.room, row.name) for row in house.rows(select(Command.room, Command.name))}
    everywhere = {name for _, name in done}
    for row in played.values():
        room = f"board:{row.id}"
        opened = [
            e.data["step"] for e in house.rows(select(Log.data).where(Log.room == room, Log.name == "step.opened"))
        ]
        assert set(opened) == {step["id"] for step in row.activity["steps"]}, row.activity["title"]
        for step in row.activity["steps"]:
            wanted = WORK.get(step["kind"], set())
            assert wanted <= {name for where, name in done if where == room} | {"text.word"}, (
                row.activity["title"],
                step,
            )
    assert everywhere >= {"vote.cast", "vote.rank", "vote.enter", "ballot.recount", "comment.post", "proposal.merge"}
    assert everywhere >= {"lines.share", "draft.set", "comment.adopt", "reaction.set", "pledge.make", "text.word"}
    assert recount.check(store, house.event).off == []
    with store.reading() as db:
        for format in FORMATS:
            assert render(db, house.event, format)


def _lanes(activity: Any, lanes: dict[str, Any]) -> dict[str, Any]:
    """Areas for an activity that votes on them."""
    from facilitator.library import Lane

    if not any(getattr(step.settings, "on", "") == "lanes" for step in activity.steps):
        return {}
    return {"lanes": tuple(Lane.model_validate(lane) for lane in lanes["lanes"])}
