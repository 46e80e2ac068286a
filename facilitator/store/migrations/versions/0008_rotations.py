"""Rotations: rounds in which people change tables, and who sits where in each."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "rotation",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("hosts", sa.String(length=8), nullable=False),
        sa.Column("cap", sa.BigInteger(), nullable=True),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("sessions", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("rounds", sa.JSON(), nullable=False),
        sa.Column("locked", sa.JSON(), nullable=False),
        sa.Column("planned_at", sa.BigInteger(), nullable=False),
        sa.Column("planned_by", sa.String(length=12), nullable=False),
        sa.Column("seated", sa.BigInteger(), nullable=True),
        sa.Column("home", sa.JSON(), server_default="{}", nullable=False),
        sa.CheckConstraint("hosts IN ('none', 'fixed', 'changing')", name=op.f("ck_rotation_hosts")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_rotation_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rotation")),
    )
    op.create_index(op.f("ix_rotation_event"), "rotation", ["event"], unique=False)


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
