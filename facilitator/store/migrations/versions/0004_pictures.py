"""The picture gallery, and who does not want to be in it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "picture",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("session", sa.String(length=12), nullable=True),
        sa.Column("board", sa.String(length=12), nullable=True),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("file", sa.String(length=32), nullable=False),
        sa.Column("sizes", sa.JSON(), nullable=False),
        sa.Column("author", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("used_by", sa.String(length=12), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden_at", sa.BigInteger(), nullable=True),
        sa.Column("hidden_by", sa.String(length=12), nullable=True),
        sa.Column("hidden_reason", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name=op.f("ck_picture_hidden_has_reason")),
        sa.CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name=op.f("ck_picture_used_by_somebody")),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name=op.f("fk_picture_author_person")),
        sa.ForeignKeyConstraint(["board"], ["board.id"], name=op.f("fk_picture_board_board")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_picture_event_event")),
        sa.ForeignKeyConstraint(["hidden_by"], ["person.id"], name=op.f("fk_picture_hidden_by_person")),
        sa.ForeignKeyConstraint(["session"], ["session.id"], name=op.f("fk_picture_session_session")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_picture_used_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("file", name=op.f("uq_picture_file")),
    )
    op.create_index(op.f("ix_picture_board"), "picture", ["board"], unique=False)
    op.create_index(op.f("ix_picture_event"), "picture", ["event"], unique=False)
    op.create_table(
        "picture_opt_out",
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_picture_opt_out_person_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_picture_opt_out")),
    )


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
