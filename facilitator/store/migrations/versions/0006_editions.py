"""Editions of the outcome, and what people say of them before they are published."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "edition",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("depth", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("corrects", sa.String(length=36), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("frozen_by", sa.String(length=12), nullable=True),
        sa.Column("check_until", sa.BigInteger(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=True),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("signs", sa.JSON(), nullable=False),
        sa.Column("address", sa.String(length=12), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("published_by", sa.String(length=12), nullable=True),
        sa.Column("taken_back_at", sa.BigInteger(), nullable=True),
        sa.Column("taken_back_by", sa.String(length=12), nullable=True),
        sa.CheckConstraint(
            "status IN ('draft', 'checking', 'published', 'superseded', 'taken_back')", name=op.f("ck_edition_status")
        ),
        sa.CheckConstraint("(status = 'draft') = (document IS NULL)", name=op.f("ck_edition_frozen")),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_edition_by_person")),
        sa.ForeignKeyConstraint(["corrects"], ["edition.id"], name=op.f("fk_edition_corrects_edition")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_edition_event_event")),
        sa.ForeignKeyConstraint(["frozen_by"], ["person.id"], name=op.f("fk_edition_frozen_by_person")),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_edition_published_by_person")),
        sa.ForeignKeyConstraint(["taken_back_by"], ["person.id"], name=op.f("fk_edition_taken_back_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition")),
        sa.UniqueConstraint("event", "number", name=op.f("uq_edition_event_number")),
    )
    op.create_index(op.f("ix_edition_address"), "edition", ["address"], unique=False)
    op.create_table(
        "edition_comment",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition", sa.String(length=36), nullable=False),
        sa.Column("section", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.Column("settled_by", sa.String(length=12), nullable=True),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_edition_comment_author_person")),
        sa.ForeignKeyConstraint(["edition"], ["edition.id"], name=op.f("fk_edition_comment_edition_edition")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_edition_comment_settled_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edition_comment")),
    )
    op.create_index(op.f("ix_edition_comment_edition"), "edition_comment", ["edition"], unique=False)


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
