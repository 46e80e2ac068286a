"""activities: themes, comments, lines, roadmaps, every kind of ballot

Boards, ballots and their votes are carried over; what a ballot was cast by becomes its `rules`.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

OLD = ("vote", "source", "elector", "ballot", "wording", "proposal")  # children first


def upgrade() -> None:
    db = op.get_bind()
    kept = {name: [dict(row._mapping) for row in db.execute(sa.text(f'SELECT * FROM "{name}"'))] for name in OLD}
    homes = {row.id: row.organisation for row in db.execute(sa.text("SELECT id, organisation FROM person"))}
    for name in OLD:
        op.drop_table(name)
    op.add_column("board", sa.Column("rapporteur", sa.String(length=12), nullable=True))
    _create()
    for ballot in kept["ballot"]:
        ballot |= {"round": 1, "counted_at": ballot["closed_at"], "recounted_at": None}
        ballot["rules"] = _rules(ballot["kind"], ballot.pop("budget"), ballot.pop("cap"), bool(ballot.pop("secret")))
    for elector in kept["elector"]:
        person = elector.pop("person")
        elector |= {"voter": person, "person": person, "organisation": homes[person], "paper": None, "entered_by": None}
    for proposal in kept["proposal"]:
        proposal |= {"kind": "proposal", "names": "named", "revealed_at": proposal["at"]}
    for vote in kept["vote"]:
        vote |= {"criterion": "", "reason": None, "pinned": None}
    for source in kept["source"]:
        if isinstance(source["figures"], str):  # a raw query gets JSON as text from SQLite, as an object elsewhere
            source["figures"] = json.loads(source["figures"])
    tables = sa.MetaData()
    tables.reflect(db, only=OLD)
    json_columns = {"ballot": ("rules",), "source": ("figures",)}
    for name in reversed(OLD):
        table = tables.tables[name]
        for column in json_columns.get(name, ()):
            table.c[column].type = sa.JSON(none_as_null=True)
        for start in range(0, len(kept[name]), 5_000):
            db.execute(table.insert(), kept[name][start : start + 5_000])
    _rewrite_activities(db)


def _rules(kind: str, budget: int | None, cap: int | None, secret: bool) -> dict[str, object]:
    rules: dict[str, object] = {"kind": kind}
    if not secret:
        rules["secrecy"] = "named"
    rules |= {key: value for key, value in (("budget", budget), ("cap", cap)) if value is not None}
    return rules


def _rewrite_activities(db: sa.Connection) -> None:
    boards = sa.table("board", sa.column("id", sa.String), sa.column("activity", sa.JSON))
    for board in db.execute(sa.select(boards)).all():
        for step in board.activity["steps"]:
            if ballot := step.pop("ballot", None):
                step["ballot"] = _rules(
                    ballot["kind"], ballot.get("budget"), ballot.get("cap"), bool(ballot.get("secret", True))
                )
        db.execute(boards.update().where(boards.c.id == board.id).values(activity=board.activity))


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )


def _create() -> None:
    op.create_table(
        "wording",
        sa.Column("of", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_wording_by_person")),
        sa.PrimaryKeyConstraint("of", "version", name=op.f("pk_wording")),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("round", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("counted_at", sa.BigInteger(), nullable=True),
        sa.Column("recounted_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('dots', 'approval', 'scale', 'ranking', 'consent')", name=op.f("ck_ballot_kind")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_ballot_board_board")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("board", "step", "round", name=op.f("uq_ballot_board_step_round")),
    )
    op.create_table(
        "guiding_text",
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("key", sa.String(length=20), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=True),
        sa.Column("by", sa.String(length=12), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_guiding_text_board_board")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_guiding_text_by_person")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_guiding_text_event_event")),
        sa.PrimaryKeyConstraint("event", "key", "version", name=op.f("pk_guiding_text")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dissolved_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_theme_board_board")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_theme_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_index(op.f("ix_theme_board"), "theme", ["board"], unique=False)
    op.create_table(
        "elector",
        sa.Column("ballot", sa.String(length=12), nullable=False),
        sa.Column("voter", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=True),
        sa.Column("organisation", sa.String(length=12), nullable=True),
        sa.Column("paper", sa.String(length=20), nullable=True),
        sa.Column("entered_by", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "person IS NOT NULL OR (paper IS NOT NULL AND entered_by IS NOT NULL)", name=op.f("ck_elector_paper")
        ),
        sa.ForeignKeyConstraint(["ballot"], ["ballot.id"], name=op.f("fk_elector_ballot_ballot")),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_elector_entered_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name=op.f("fk_elector_organisation_organisation")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_elector_person_person")),
        sa.PrimaryKeyConstraint("ballot", "voter", name=op.f("pk_elector")),
        sa.UniqueConstraint("ballot", "paper", name=op.f("uq_elector_ballot_paper")),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), server_default="proposal", nullable=False),
        sa.Column("key", sa.String(length=20), nullable=True),
        sa.Column("lane", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=12), nullable=True),
        sa.Column("names", sa.String(length=12), server_default="named", nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("imported", sa.String(length=40), nullable=True),
        sa.Column("revealed_at", sa.BigInteger(), nullable=True),
        sa.Column("theme", sa.String(length=36), nullable=True),
        sa.Column("merged_into", sa.String(length=36), nullable=True),
        sa.Column("split_at", sa.BigInteger(), nullable=True),
        sa.Column("shared_from", sa.String(length=36), nullable=True),
        sa.Column("parked_at", sa.BigInteger(), nullable=True),
        sa.Column("parked_by", sa.String(length=12), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden_by", sa.String(length=12), nullable=True),
        sa.Column("hidden_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("author IS NOT NULL OR kind = 'given'", name=op.f("ck_proposal_author")),
        sa.CheckConstraint("kind IN ('proposal', 'given', 'line', 'phrase')", name=op.f("ck_proposal_kind")),
        sa.CheckConstraint("names IN ('named', 'organisation', 'anonymous')", name=op.f("ck_proposal_names")),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name=op.f("ck_proposal_hidden_has_reason")),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_proposal_author_person")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_proposal_board_board")),
        sa.ForeignKeyConstraint(["hidden_by"], ["person.id"], name=op.f("fk_proposal_hidden_by_person")),
        sa.ForeignKeyConstraint(["merged_into"], ["proposal.id"], name=op.f("fk_proposal_merged_into_proposal")),
        sa.ForeignKeyConstraint(["parked_by"], ["person.id"], name=op.f("fk_proposal_parked_by_person")),
        sa.ForeignKeyConstraint(["shared_from"], ["proposal.id"], name=op.f("fk_proposal_shared_from_proposal")),
        sa.ForeignKeyConstraint(["theme"], ["theme.id"], name=op.f("fk_proposal_theme_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("board", "key", name=op.f("uq_proposal_board_key")),
        sa.UniqueConstraint("board", "number", name=op.f("uq_proposal_board_number")),
        sa.UniqueConstraint("board", "shared_from", name=op.f("uq_proposal_board_shared_from")),
    )
    op.create_index(op.f("ix_proposal_board"), "proposal", ["board"], unique=False)
    op.create_index(op.f("ix_proposal_merged_into"), "proposal", ["merged_into"], unique=False)
    op.create_table(
        "comment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=12), nullable=False),
        sa.Column("names", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("adopted_at", sa.BigInteger(), nullable=True),
        sa.Column("adopted_by", sa.String(length=12), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden_by", sa.String(length=12), nullable=True),
        sa.Column("hidden_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("kind IN ('comment', 'alternative')", name=op.f("ck_comment_kind")),
        sa.CheckConstraint("names IN ('named', 'organisation', 'anonymous')", name=op.f("ck_comment_names")),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name=op.f("ck_comment_hidden_has_reason")),
        sa.ForeignKeyConstraint(["adopted_by"], ["person.id"], name=op.f("fk_comment_adopted_by_person")),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_comment_author_person")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_comment_board_board")),
        sa.ForeignKeyConstraint(["hidden_by"], ["person.id"], name=op.f("fk_comment_hidden_by_person")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_comment_proposal_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
    )
    op.create_index(op.f("ix_comment_board"), "comment", ["board"], unique=False)
    op.create_index(op.f("ix_comment_proposal"), "comment", ["proposal"], unique=False)
    op.create_table(
        "lineage",
        sa.Column("whole", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=36), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_lineage_by_person")),
        sa.ForeignKeyConstraint(["part"], ["proposal.id"], name=op.f("fk_lineage_part_proposal")),
        sa.ForeignKeyConstraint(["whole"], ["proposal.id"], name=op.f("fk_lineage_whole_proposal")),
        sa.PrimaryKeyConstraint("whole", "part", name=op.f("pk_lineage")),
    )
    op.create_index(op.f("ix_lineage_part"), "lineage", ["part"], unique=False)
    op.create_table(
        "pledge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("organisation", sa.String(length=12), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_pledge_author_person")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_pledge_board_board")),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name=op.f("fk_pledge_organisation_organisation")
        ),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_pledge_proposal_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    op.create_index(op.f("ix_pledge_board"), "pledge", ["board"], unique=False)
    op.create_index(op.f("ix_pledge_proposal"), "pledge", ["proposal"], unique=False)
    op.create_table(
        "reaction",
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.CheckConstraint("kind IN ('like', 'support', 'concern')", name=op.f("ck_reaction_kind")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_reaction_person_person")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_reaction_proposal_proposal")),
        sa.PrimaryKeyConstraint("proposal", "person", name=op.f("pk_reaction")),
    )
    op.create_table(
        "roadmap_item",
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("lead", sa.String(length=12), nullable=True),
        sa.Column("partners", sa.JSON(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=True),
        sa.Column("quarter", sa.BigInteger(), nullable=True),
        sa.Column("effort", sa.BigInteger(), nullable=True),
        sa.Column("impact", sa.BigInteger(), nullable=True),
        sa.Column("first_step", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("effort BETWEEN 1 AND 5", name=op.f("ck_roadmap_item_effort")),
        sa.CheckConstraint("impact BETWEEN 1 AND 5", name=op.f("ck_roadmap_item_impact")),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_roadmap_item_quarter")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_roadmap_item_by_person")),
        sa.ForeignKeyConstraint(["lead"], ["organisation.id"], name=op.f("fk_roadmap_item_lead_organisation")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_roadmap_item_proposal_proposal")),
        sa.PrimaryKeyConstraint("proposal", name=op.f("pk_roadmap_item")),
    )
    op.create_table(
        "source",
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("ballot", sa.String(length=12), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["ballot"], ["ballot.id"], name=op.f("fk_source_ballot_ballot")),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_source_conclusion_conclusion")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_source_proposal_proposal")),
        sa.PrimaryKeyConstraint("conclusion", "proposal", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_proposal"), "source", ["proposal"], unique=False)
    op.create_table(
        "vote",
        sa.Column("ballot", sa.String(length=12), nullable=False),
        sa.Column("voter", sa.String(length=36), nullable=False),
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("criterion", sa.String(length=20), server_default="", nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("pinned", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("value BETWEEN -100 AND 10000", name=op.f("ck_vote_value")),
        sa.ForeignKeyConstraint(
            ["ballot", "voter"], ["elector.ballot", "elector.voter"], name=op.f("fk_vote_ballot_voter_elector")
        ),
        sa.ForeignKeyConstraint(["ballot"], ["ballot.id"], name=op.f("fk_vote_ballot_ballot")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_vote_proposal_proposal")),
        sa.PrimaryKeyConstraint("ballot", "voter", "proposal", "criterion", name=op.f("pk_vote")),
    )
    op.create_index(op.f("ix_vote_proposal"), "vote", ["proposal"], unique=False)
