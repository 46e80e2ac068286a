"""Somebody can be erased: since when, and by whom. An archive hides who voted: a voice stands for the organisation."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("elector", sa.Column("voice", sa.String(length=12), nullable=True))
    op.add_column("ratifier", sa.Column("voice", sa.String(length=12), nullable=True))
    op.add_column("person", sa.Column("erased_at", sa.BigInteger(), nullable=True))
    op.add_column("person", sa.Column("erased_by", sa.String(length=12), nullable=True))


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
