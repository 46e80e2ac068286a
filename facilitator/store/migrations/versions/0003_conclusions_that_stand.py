"""The cockpit, the stage and conclusions that stand: kinds, several sources, tags, ratifications, verdicts; signals,
announcements, cues, summons; who looks after a group and who answers for what is parked; the theme desk; late
proposals.

A conclusion's one source becomes its first. `conclusion` and `source` are written anew, so that their constraints hold
in every database.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    db = op.get_bind()
    conclusions = [dict(row._mapping) for row in db.execute(sa.text("SELECT * FROM conclusion"))]
    sources = [dict(row._mapping) for row in db.execute(sa.text("SELECT * FROM source"))]
    boards = {row.id: row.board for row in db.execute(sa.text("SELECT id, board FROM proposal"))}
    for name in ("source", "conclusion"):
        op.drop_table(name)
    _add_columns()
    _create_conclusions()
    _create()
    _create_steering()
    promoted = {row["id"]: row for row in conclusions}
    for source in sources:
        whose = promoted[source["conclusion"]]
        source |= {"number": 1, "kind": "proposal", "board": boards[source["proposal"]], "parts": []}
        source |= {"by": whose["by"], "at": whose["at"]}
        if isinstance(source["figures"], str):  # a raw query gets JSON as text from SQLite, as an object elsewhere
            source["figures"] = json.loads(source["figures"])
    tables = sa.MetaData()
    tables.reflect(db, only=("conclusion", "source"))
    for column in ("figures", "parts"):
        tables.tables["source"].c[column].type = sa.JSON(none_as_null=True)
    for name, rows in (("conclusion", conclusions), ("source", sources)):
        for start in range(0, len(rows), 5_000):
            db.execute(tables.tables[name].insert(), rows[start : start + 5_000])


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )


def _add_columns() -> None:
    op.add_column("board", sa.Column("grace_step", sa.String(length=20), nullable=True))
    op.add_column("board", sa.Column("grace_until", sa.BigInteger(), nullable=True))
    op.add_column("board", sa.Column("locked_at", sa.BigInteger(), nullable=True))
    op.add_column("board", sa.Column("locked_by", sa.String(length=12), nullable=True))
    op.add_column("board", sa.Column("spotlight", sa.String(length=36), nullable=True))
    op.add_column("day", sa.Column("closed_at", sa.BigInteger(), nullable=True))
    op.add_column("day", sa.Column("closed_by", sa.String(length=12), nullable=True))
    op.add_column("day", sa.Column("closing", sa.JSON(), nullable=True))
    op.add_column("event", sa.Column("frameworks", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("proposal", sa.Column("late_at", sa.BigInteger(), nullable=True))
    op.add_column("proposal", sa.Column("admitted_at", sa.BigInteger(), nullable=True))
    op.add_column("session", sa.Column("fixed", sa.Boolean(), server_default=sa.false(), nullable=False))


def _create_conclusions() -> None:
    op.create_table(
        "conclusion",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=16), server_default="conclusion", nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("taken_back_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "kind IN ('conclusion', 'decision', 'recommendation', 'action')", name=op.f("ck_conclusion_kind")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_conclusion_by_person")),
        sa.ForeignKeyConstraint(["day"], ["day.id"], name=op.f("fk_conclusion_day_day")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_conclusion_taken_back_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conclusion")),
    )
    op.create_index(op.f("ix_conclusion_day"), "conclusion", ["day"], unique=False)
    op.create_table(
        "source",
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("proposal", sa.String(length=36), nullable=True),
        sa.Column("theme", sa.String(length=36), nullable=True),
        sa.Column("criterion", sa.String(length=20), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("ballot", sa.String(length=12), nullable=True),
        sa.Column("figures", sa.JSON(), nullable=True),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('proposal', 'theme', 'cell')", name=op.f("ck_source_kind")),
        sa.CheckConstraint("(kind = 'theme') = (theme IS NOT NULL)", name=op.f("ck_source_theme")),
        sa.CheckConstraint("(kind = 'theme') = (proposal IS NULL)", name=op.f("ck_source_proposal")),
        sa.CheckConstraint("(kind = 'cell') = (criterion IS NOT NULL)", name=op.f("ck_source_criterion")),
        sa.ForeignKeyConstraint(["ballot"], ["ballot.id"], name=op.f("fk_source_ballot_ballot")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_source_board_board")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_source_by_person")),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_source_conclusion_conclusion")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_source_proposal_proposal")),
        sa.ForeignKeyConstraint(["theme"], ["theme.id"], name=op.f("fk_source_theme_theme")),
        sa.PrimaryKeyConstraint("conclusion", "number", name=op.f("pk_source")),
    )
    op.create_index(op.f("ix_source_proposal"), "source", ["proposal"], unique=False)


def _create_steering() -> None:
    op.create_table(
        "summon",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.BigInteger(), nullable=True),
        sa.Column("released_by", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_summon_by_person")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_summon_event_event")),
        sa.ForeignKeyConstraint(["released_by"], ["person.id"], name=op.f("fk_summon_released_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summon")),
    )
    op.create_index(op.f("ix_summon_event"), "summon", ["event"], unique=False)
    op.create_table(
        "lead",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("group", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_lead_by_person")),
        sa.ForeignKeyConstraint(["group"], ["group.id"], name=op.f("fk_lead_group_group")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_lead_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lead")),
    )
    op.create_index(op.f("ix_lead_group"), "lead", ["group"], unique=False)
    op.create_index(
        "uq_lead_standing",
        "lead",
        ["group"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "desk_theme",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("dissolved_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_desk_theme_by_person")),
        sa.ForeignKeyConstraint(["day"], ["day.id"], name=op.f("fk_desk_theme_day_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_theme")),
    )
    op.create_index(op.f("ix_desk_theme_day"), "desk_theme", ["day"], unique=False)
    op.create_table(
        "desk_card",
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("theme", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_desk_card_by_person")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_desk_card_proposal_proposal")),
        sa.ForeignKeyConstraint(["theme"], ["desk_theme.id"], name=op.f("fk_desk_card_theme_desk_theme")),
        sa.PrimaryKeyConstraint("proposal", name=op.f("pk_desk_card")),
    )
    op.create_index(op.f("ix_desk_card_theme"), "desk_card", ["theme"], unique=False)
    op.create_table(
        "group_check",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("right", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.String(length=12), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_group_check_answered_by_person")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_group_check_board_board")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_group_check_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_group_check")),
    )
    op.create_index(op.f("ix_group_check_board"), "group_check", ["board"], unique=False)


def _create() -> None:
    op.create_table(
        "announcement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_announcement_by_person")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_announcement_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(op.f("ix_announcement_event"), "announcement", ["event"], unique=False)

    op.create_table(
        "ratification",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("day", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("quorum_people", sa.BigInteger(), nullable=False),
        sa.Column("quorum_organisations", sa.BigInteger(), nullable=False),
        sa.Column("support", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quorum_organisations BETWEEN 0 AND 100", name=op.f("ck_ratification_quorum_organisations")),
        sa.CheckConstraint("quorum_people BETWEEN 0 AND 100", name=op.f("ck_ratification_quorum_people")),
        sa.CheckConstraint("support BETWEEN 0 AND 100", name=op.f("ck_ratification_support")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_ratification_by_person")),
        sa.ForeignKeyConstraint(["day"], ["day.id"], name=op.f("fk_ratification_day_day")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratification")),
        sa.UniqueConstraint("day", "number", name=op.f("uq_ratification_day_number")),
    )
    op.create_index(
        "uq_ratification_open",
        "ratification",
        ["day"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )

    op.create_table(
        "minority_report",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_minority_report_by_person")),
        sa.ForeignKeyConstraint(
            ["conclusion"], ["conclusion.id"], name=op.f("fk_minority_report_conclusion_conclusion")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minority_report")),
    )
    op.create_index(op.f("ix_minority_report_conclusion"), "minority_report", ["conclusion"], unique=False)

    op.create_table(
        "ratified",
        sa.Column("ratification", sa.String(length=36), nullable=False),
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_ratified_conclusion_conclusion")),
        sa.ForeignKeyConstraint(
            ["ratification"], ["ratification.id"], name=op.f("fk_ratified_ratification_ratification")
        ),
        sa.PrimaryKeyConstraint("ratification", "conclusion", name=op.f("pk_ratified")),
    )
    op.create_index(op.f("ix_ratified_conclusion"), "ratified", ["conclusion"], unique=False)

    op.create_table(
        "ratifier",
        sa.Column("ratification", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("organisation", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.id"], name=op.f("fk_ratifier_organisation_organisation")
        ),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_ratifier_person_person")),
        sa.ForeignKeyConstraint(
            ["ratification"], ["ratification.id"], name=op.f("fk_ratifier_ratification_ratification")
        ),
        sa.PrimaryKeyConstraint("ratification", "person", name=op.f("pk_ratifier")),
    )
    op.create_table(
        "signal",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.String(length=12), nullable=True),
        sa.CheckConstraint("kind IN ('hand', 'finished', 'help')", name=op.f("ck_signal_kind")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_signal_board_board")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_signal_ended_by_person")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_signal_person_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signal")),
    )
    op.create_index(op.f("ix_signal_board"), "signal", ["board"], unique=False)
    op.create_index(
        "uq_signal_standing",
        "signal",
        ["board", "person", "kind"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )

    op.create_table(
        "tag",
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("framework", sa.String(length=20), nullable=False),
        sa.Column("tag", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_tag_by_person")),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_tag_conclusion_conclusion")),
        sa.PrimaryKeyConstraint("conclusion", "framework", "tag", name=op.f("pk_tag")),
    )
    op.create_table(
        "verdict",
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("verdict", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('adopted', 'amended', 'deferred', 'rejected')", name=op.f("ck_verdict_verdict")
        ),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_verdict_by_person")),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_verdict_conclusion_conclusion")),
        sa.PrimaryKeyConstraint("conclusion", "number", name=op.f("pk_verdict")),
    )
    op.create_table(
        "position",
        sa.Column("ratification", sa.String(length=36), nullable=False),
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("conclusion", sa.String(length=36), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint("value IN (0, 2, 3)", name=op.f("ck_position_value")),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_position_conclusion_conclusion")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_position_person_person")),
        sa.ForeignKeyConstraint(
            ["ratification", "conclusion"],
            ["ratified.ratification", "ratified.conclusion"],
            name=op.f("fk_position_ratification_conclusion_ratified"),
        ),
        sa.ForeignKeyConstraint(
            ["ratification", "person"],
            ["ratifier.ratification", "ratifier.person"],
            name=op.f("fk_position_ratification_person_ratifier"),
        ),
        sa.ForeignKeyConstraint(
            ["ratification"], ["ratification.id"], name=op.f("fk_position_ratification_ratification")
        ),
        sa.PrimaryKeyConstraint("ratification", "person", "conclusion", name=op.f("pk_position")),
    )
    op.create_table(
        "cue",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("view", sa.String(length=12), nullable=False),
        sa.Column("board", sa.String(length=12), nullable=True),
        sa.Column("proposal", sa.String(length=36), nullable=True),
        sa.Column("day", sa.String(length=12), nullable=True),
        sa.Column("conclusion", sa.String(length=36), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("page", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("shown_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "view IN ('join', 'session', 'lines', 'results', 'proposal', 'conclusions', 'conclusion', 'gallery')",
            name=op.f("ck_cue_view"),
        ),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_cue_board_board")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_cue_by_person")),
        sa.ForeignKeyConstraint(["conclusion"], ["conclusion.id"], name=op.f("fk_cue_conclusion_conclusion")),
        sa.ForeignKeyConstraint(["day"], ["day.id"], name=op.f("fk_cue_day_day")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_cue_event_event")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_cue_proposal_proposal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cue")),
    )
    op.create_index(op.f("ix_cue_event"), "cue", ["event"], unique=False)

    op.create_table(
        "parked",
        sa.Column("proposal", sa.String(length=36), nullable=False),
        sa.Column("owner", sa.String(length=12), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_parked_by_person")),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name=op.f("fk_parked_owner_person")),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name=op.f("fk_parked_proposal_proposal")),
        sa.PrimaryKeyConstraint("proposal", name=op.f("pk_parked")),
    )
