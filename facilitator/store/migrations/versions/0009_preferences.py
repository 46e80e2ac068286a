"""Preferences: which group people want."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "group_question",
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("most", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("asked_by", sa.String(length=12), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("closed_by", sa.String(length=12), nullable=True),
        sa.CheckConstraint("kind IN ('choice', 'preference')", name=op.f("ck_group_question_kind")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_group_question_event_event")),
        sa.PrimaryKeyConstraint("event", name=op.f("pk_group_question")),
    )
    op.create_table(
        "group_ranking",
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_group_ranking_event_event")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_group_ranking_person_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_group_ranking")),
    )
    op.create_index(op.f("ix_group_ranking_event"), "group_ranking", ["event"], unique=False)


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
