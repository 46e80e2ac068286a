"""An installation of an earlier version comes along whole."""

from __future__ import annotations

import json

from alembic import command
from sqlalchemy import select, text

from facilitator import recount, snapshot
from facilitator.settings import Settings
from facilitator.store import db as stores
from facilitator.store.db import Store
from facilitator.store.models import Ballot, Base, Board, Elector, Organisation, Proposal, Vote

ACTIVITY = {
    "title": "Dots",
    "steps": [
        {"id": "collect", "kind": "collect", "title": "C", "instruction": "I", "minutes": 5},
        {"id": "vote", "kind": "vote", "title": "V", "instruction": "I", "minutes": 5,
         "ballot": {"kind": "dots", "budget": 5, "cap": 2, "secret": True}},
        {"id": "reveal", "kind": "reveal", "title": "R", "instruction": "I", "minutes": 5},
    ],
}  # fmt: skip

BEFORE = [
    """INSERT INTO event (id, title, place, purpose, created_at) VALUES ('e', 'Old', '', 'P', 1)""",
    """INSERT INTO day (id, event, number, date, title) VALUES ('d', 'e', 1, '2016-07-05', 'One')""",
    """INSERT INTO session (id, day, number, kind, title, description, starts_at, minutes)
       VALUES ('s', 'd', 1, 'breakout', 'S', '', '09:00', 30)""",
    """INSERT INTO organisation (id, event, name, kind) VALUES ('o', 'e', 'Seoul', 'member')""",
    """INSERT INTO "group" (id, event, name, kind, number) VALUES ('g', 'e', 'Water', 'breakout', 1)""",
    """INSERT INTO person (id, event, name, organisation, role, origin, link, link_hash, joined_at, created_at)
       VALUES ('a', 'e', 'Amina', 'o', 'participant', 'code', 0, 'ha', 1, 1)""",
    """INSERT INTO person (id, event, name, role, origin, link, link_hash, joined_at, created_at)
       VALUES ('f', 'e', 'Fatima', 'facilitator', 'setup', 0, 'hf', 1, 1)""",
    """INSERT INTO room (id, event, seq) VALUES ('board:b', 'e', 0)""",
    """INSERT INTO room (id, event, seq) VALUES ('day:d', 'e', 0)""",
    """INSERT INTO proposal (id, board, text, author, at, number) VALUES ('p', 'b', 'Buses', 'a', 5, 1)""",
    """INSERT INTO wording ("of", version, text, by, at) VALUES ('p', 1, 'Buses', 'a', 5)""",
    """INSERT INTO elector (ballot, person) VALUES ('x', 'a')""",
    """INSERT INTO vote (ballot, voter, proposal, value) VALUES ('x', 'a', 'p', 2)""",
    """INSERT INTO conclusion (id, day, position, wording, by, at) VALUES ('c', 'd', 0, 'Buses', 'f', 9)""",
    """INSERT INTO wording ("of", version, text, by, at) VALUES ('c', 1, 'Buses', 'f', 9)""",
]


def test_boards_ballots_votes_and_conclusions_of_the_first_schema_come_along(settings: Settings) -> None:
    store = Store(settings)
    _back_to_the_first(store)
    figures = {
        "kind": "dots",
        "dots": 2,
        "voters": 1,
        "score": 2,
        "rank": 1,
        "tied": False,
        "voted": 1,
        "electors": 1,
        "of": 1,
    }
    with store.writing() as db:
        for statement in BEFORE[:9]:
            db.execute(text(statement))
        db.execute(
            text("""INSERT INTO board (id, session, "group", prompt, lanes, activity, step, step_open)
                    VALUES ('b', 's', 'g', 'P', '[]', :activity, 'reveal', :yes)"""),
            {"activity": json.dumps(ACTIVITY), "yes": True},
        )
        db.execute(
            text("""INSERT INTO ballot (id, board, step, kind, budget, cap, secret, opened_at, closed_at)
                    VALUES ('x', 'b', 'vote', 'dots', 5, 2, :yes, 3, 8)"""),
            {"yes": True},
        )
        for statement in BEFORE[9:]:
            db.execute(text(statement))
        db.execute(
            text("""INSERT INTO source (conclusion, proposal, text, ballot, figures)
                    VALUES ('c', 'p', 'Buses', 'x', :figures)"""),
            {"figures": json.dumps(figures)},
        )
    store.migrate()
    store.require_current()
    with store.reading() as db:
        (ballot,) = db.execute(select(*Ballot.__table__.c)).all()
        assert (ballot.rules, ballot.round) == ({"kind": "dots", "budget": 5, "cap": 2}, 1)
        assert db.execute(select(Elector.voter, Elector.organisation)).all() == [("a", "o")]
        assert db.execute(select(Vote.voter, Vote.value, Vote.criterion)).all() == [("a", 2, "")]
        assert db.execute(select(Organisation.colour)).scalar() == "brick"
        assert db.execute(select(Proposal.names, Proposal.kind, Proposal.revealed_at)).all() == [
            ("named", "proposal", 5)
        ]
        state = snapshot.STATES["board"](db, db.execute(select(Board.id)).scalar_one())
        assert state["results"]["ranked"][0]["dots"] == 2
        (conclusion,) = snapshot.STATES["day"](db, "d")["conclusions"]
        assert conclusion["sources"][0]["ballot"]["dots"] == 2
    assert recount.check(store).off == []
    store.close()


def _back_to_the_first(store: Store) -> None:
    """An empty database at the first revision."""
    with store.engine.execution_options(writes=True).connect() as connection:
        config = stores._alembic()
        config.attributes["connection"] = connection
        cascade = "" if store.engine.name == "sqlite" else " CASCADE"
        for name in [table.name for table in reversed(Base.metadata.sorted_tables)] + ["alembic_version"]:
            connection.execute(text(f'DROP TABLE IF EXISTS "{name}"{cascade}'))
        connection.commit()
        command.upgrade(config, "0001")
