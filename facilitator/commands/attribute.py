"""What people may say of themselves so that groups are mixed: what is asked, and one's own answers.

What anybody answers is in no event, in nobody else's state and in no report. Balancing reads it on the server.
"""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import delete, insert, select, update

from ..domain import attributes, roster, text
from ..domain.events import AttributeDefined, AttributeRemoved
from ..domain.refusals import Refused
from ..store.models import Attribute, AttributeAnswer, new_id
from .context import Context
from .spec import ID, TEXT, Args, command


class Define(Args):
    attribute: str | None = Field(default=None, max_length=12)
    name: str = TEXT
    options: list[str] = Field(max_length=100)
    balanced: bool = True


class Which(Args):
    attribute: str = ID


class Answer(Args):
    answers: dict[str, str] = Field(max_length=attributes.MOST)


@command("attribute.define", "event", Define)
def define(ctx: Context, args: Define) -> None:
    """Ask people something about themselves, with answers to choose from (`options`), or ask it otherwise
    (`attribute`). With `balanced`, balancing spreads it over the groups. Answers that are on the list no more are
    deleted: nobody is counted under words that they did not choose."""
    name, options = text.label(args.name), attributes.options(args.options)
    here = ctx.db.execute(select(*Attribute.__table__.c).where(Attribute.event == ctx.place.event)).all()
    if any(roster.plain(row.name) == roster.plain(name) and row.id != args.attribute for row in here):
        raise Refused("attribute_known", name=name)
    values = {"name": name, "options": options, "balanced": args.balanced}
    table = Attribute.__table__
    if args.attribute is None:
        if len(here) >= attributes.MOST:
            raise Refused("attributes_many", limit=attributes.MOST)
        id = new_id()
        number = max((row.number for row in here), default=0) + 1
        ctx.write(insert(table).values(id=id, event=ctx.place.event, number=number, **values))
    else:
        id = _find(ctx, args.attribute)
        ctx.write(update(table).where(Attribute.id == id).values(**values))
        ctx.write(
            delete(AttributeAnswer.__table__).where(
                AttributeAnswer.attribute == id, AttributeAnswer.option.not_in(options)
            )
        )
    ctx.answer["attribute"] = id
    ctx.emit(AttributeDefined())


@command("attribute.remove", "event", Which)
def remove(ctx: Context, args: Which) -> None:
    """Ask something no more. What people answered is deleted."""
    id = _find(ctx, args.attribute)
    ctx.write(delete(AttributeAnswer.__table__).where(AttributeAnswer.attribute == id))
    ctx.write(delete(Attribute.__table__).where(Attribute.id == id))
    ctx.emit(AttributeRemoved())


@command("attribute.answer", "event", Answer)
def answer(ctx: Context, args: Answer) -> None:
    """Say something of oneself: `answers` by what is asked. It replaces all that one has said before, so that nothing
    takes it back: the rows are deleted. Nobody hears of it."""
    asked = {
        row.id: row for row in ctx.db.execute(select(*Attribute.__table__.c).where(Attribute.event == ctx.place.event))
    }
    for attribute, option in args.answers.items():
        if attribute not in asked:
            raise Refused("attribute_unknown")
        if option not in asked[attribute].options:
            raise Refused("option_unknown", name=asked[attribute].name)
    forget_answers(ctx, ctx.who)
    rows = [{"person": ctx.who, "attribute": attribute, "option": option} for attribute, option in args.answers.items()]
    if rows:
        ctx.write(insert(AttributeAnswer.__table__), rows)


def forget_answers(ctx: Context, person: str) -> None:
    """What somebody said of themselves is gone: they take it back, or go off the roster."""
    ctx.write(delete(AttributeAnswer.__table__).where(AttributeAnswer.person == person))


def _find(ctx: Context, attribute: str) -> str:
    """Raises Refused `attribute_unknown`."""
    here = select(Attribute.id).where(Attribute.id == attribute, Attribute.event == ctx.place.event)
    found = ctx.db.execute(here).scalar()
    if found is None:
        raise Refused("attribute_unknown")
    return found
