"""Coming in: by the event's code, or for the first time by a personal link."""

from __future__ import annotations

from collections import Counter

from pydantic import Field
from sqlalchemy import Connection as Db
from sqlalchemy import insert, select, update

from .. import snapshot
from ..access import link_hash, link_token
from ..domain import text
from ..domain.events import PersonJoined
from ..domain.refusals import Refused
from ..store.models import Group, Organisation, Person, Seat, new_id
from .context import Context
from .spec import Args, Nothing, command


class Join(Args):
    name: str = Field(max_length=100_000)
    organisation: str | None = Field(default=None, max_length=12)
    rehearsal: bool = False


@command("person.join", "event", Join)
def join(ctx: Context, args: Join) -> None:
    """Come in with the join code: a name, an organisation of the event's list. A place in a group is found."""
    name = text.person_name(args.name)
    listed = list(ctx.db.execute(select(Organisation.id).where(Organisation.event == ctx.place.event)).scalars())
    if (listed or args.organisation) and args.organisation not in listed:
        raise Refused("organisation_unknown")
    who = new_id()
    ctx.write(
        insert(Person.__table__).values(
            id=who,
            event=ctx.place.event,
            name=name,
            organisation=args.organisation,
            role="participant",
            origin="rehearsal" if args.rehearsal else "code",
            link_hash=link_hash(link_token(ctx.key, who, 0)),
            joined_at=ctx.now,
            created_at=ctx.now,
        )
    )
    group = emptiest_group(ctx.db, ctx.place.event, args.organisation)
    if group is not None:
        ctx.write(insert(Seat.__table__).values(group=group, person=who, role="member"))
    ctx.answer["person"] = who
    _emit_joined(ctx, who)


@command("person.arrive", "event", Nothing)
def arrive(ctx: Context, args: Nothing) -> None:
    """Open one's personal link for the first time: from now on one counts as present."""
    if ctx.place.person is None or ctx.place.person.joined_at is not None:
        return
    ctx.write(update(Person.__table__).where(Person.id == ctx.who).values(joined_at=ctx.now))
    if ctx.place.role != "projector":
        _emit_joined(ctx, ctx.who)


def emptiest_group(db: Db, event: str, organisation: str | None) -> str | None:
    """The breakout group for a newcomer: the fewest people, then the fewest of the same organisation."""
    groups = db.execute(
        select(Group.id).where(Group.event == event, Group.kind == "breakout").order_by(Group.number)
    ).scalars()
    sizes: Counter[str] = Counter()
    alike: Counter[str] = Counter()
    for seat in db.execute(
        select(Seat.group, Person.organisation, Person.joined_at)
        .join(Person, Person.id == Seat.person)
        .join(Group, Group.id == Seat.group)
        .where(Group.event == event, Group.kind == "breakout")
    ):
        sizes[seat.group] += 1
        alike[seat.group] += organisation is not None and seat.organisation == organisation
    return min(groups, key=lambda group: (sizes[group], alike[group]), default=None)


def _emit_joined(ctx: Context, who: str) -> None:
    (card,) = snapshot.person_cards(ctx.db, ctx.place.event, [who])
    ctx.emit(PersonJoined(card, snapshot.joined(ctx.db, ctx.place.event)))
