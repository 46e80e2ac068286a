"""Setting up: what a roster knows of people, the venue's Wi-Fi, invitations, events that are archived or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("account", sa.Column("epoch", sa.BigInteger(), server_default="0", nullable=False))
    op.add_column("event", sa.Column("wifi_name", sa.String(length=64), nullable=True))
    op.add_column("event", sa.Column("wifi_password", sa.String(length=64), nullable=True))
    op.add_column("event", sa.Column("grouping", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("event", sa.Column("archived_at", sa.BigInteger(), nullable=True))
    op.add_column("event", sa.Column("archived_by", sa.String(length=12), nullable=True))
    op.add_column("event", sa.Column("delete_at", sa.BigInteger(), nullable=True))
    op.add_column("event", sa.Column("delete_by", sa.String(length=12), nullable=True))
    op.add_column("person", sa.Column("languages", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("person", sa.Column("email", sa.String(length=254), nullable=True))
    op.add_column("person", sa.Column("checked_in_at", sa.BigInteger(), nullable=True))
    op.add_column("person", sa.Column("absent_at", sa.BigInteger(), nullable=True))
    op.add_column("person", sa.Column("closed_at", sa.BigInteger(), nullable=True))
    op.add_column("person", sa.Column("closed_by", sa.String(length=12), nullable=True))
    op.create_table(
        "invitation",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("by", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("used_by", sa.String(length=12), nullable=True),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("role IN ('organiser', 'facilitator')", name=op.f("ck_invitation_role")),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_invitation_event_event")),
        sa.ForeignKeyConstraint(["used_by"], ["account.id"], name=op.f("fk_invitation_used_by_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_index(op.f("ix_invitation_event"), "invitation", ["event"], unique=False)


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
