"""Colours of organisations; what people may say of themselves so that groups are mixed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

PALETTE = ("brick", "teal", "ochre", "violet", "forest", "rose", "sky", "cocoa", "olive", "plum", "slate", "indigo")


def upgrade() -> None:
    op.add_column("organisation", sa.Column("colour", sa.String(length=12), server_default="slate", nullable=False))
    _give_colours()
    op.create_table(
        "attribute",
        sa.Column("id", sa.String(length=12), nullable=False),
        sa.Column("event", sa.String(length=12), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("options", sa.JSON(), nullable=False),
        sa.Column("balanced", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["event"], ["event.id"], name=op.f("fk_attribute_event_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
        sa.UniqueConstraint("event", "number", name=op.f("uq_attribute_event_number")),
    )
    op.create_table(
        "attribute_answer",
        sa.Column("person", sa.String(length=12), nullable=False),
        sa.Column("attribute", sa.String(length=12), nullable=False),
        sa.Column("option", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["attribute"], ["attribute.id"], name=op.f("fk_attribute_answer_attribute_attribute")),
        sa.ForeignKeyConstraint(["person"], ["person.id"], name=op.f("fk_attribute_answer_person_person")),
        sa.PrimaryKeyConstraint("person", "attribute", name=op.f("pk_attribute_answer")),
    )
    op.create_index(op.f("ix_attribute_answer_attribute"), "attribute_answer", ["attribute"], unique=False)


def downgrade() -> None:
    raise NotImplementedError(
        "What this version stores has no place in the schema before it. Restore a backup instead."
    )


def _give_colours() -> None:
    """In each event one after the other, by name."""
    db = op.get_bind()
    organisation = sa.table("organisation", sa.column("id"), sa.column("event"), sa.column("name"), sa.column("colour"))
    given: dict[str, int] = {}
    for row in db.execute(sa.select(organisation).order_by(organisation.c.event, organisation.c.name)).all():
        place = given[row.event] = given.get(row.event, -1) + 1
        colour = PALETTE[place % len(PALETTE)]
        db.execute(sa.update(organisation).where(organisation.c.id == row.id).values(colour=colour))
