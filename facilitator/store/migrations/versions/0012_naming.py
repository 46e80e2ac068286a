"""Naming: who agrees to stand in a report's list of who took part; an edition's order, and who was erased since."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "naming",
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_naming_person_person")),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_naming")),
    )
    op.add_column("edition", sa.Column("ordered", sa.JSON(), server_default="[]", nullable=False))
    op.add_column("edition", sa.Column("erased", sa.JSON(), server_default="[]", nullable=False))


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )
