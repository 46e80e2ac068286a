"""Rehearsals: copies of an event that synthetic people play."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("event", sa.Column("rehearsal_of", sa.String(length=12), nullable=True))


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
