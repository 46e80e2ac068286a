"""Coming in: by the event's code, or for the first time by a personal link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from pydantic import Field
from sqlalchemy import Connection as Db
from sqlalchemy import insert, select, update

from .. import snapshot
from ..access import link_hash, link_token
from ..domain import text
from ..domain.events import PersonJoined
from ..domain.refusals import Refused
from ..store.models import Group, Organisation, Person, Rotation, Seat, new_id
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
    _find_place(ctx, who, args.organisation)
    ctx.answer["person"] = who
    _emit_joined(ctx, who)


@command("person.arrive", "event", Nothing)
def arrive(ctx: Context, args: Nothing) -> None:
    """Open one's personal link for the first time: from now on one counts as present. Who comes after the groups have
    been made, and is in none, gets a place in one."""
    if ctx.place.person is None or ctx.place.person.joined_at is not None:
        return
    ctx.write(update(Person.__table__).where(Person.id == ctx.who).values(joined_at=ctx.now))
    place_late(ctx, [ctx.who])
    if ctx.place.role != "projector":
        _emit_joined(ctx, ctx.who)


def place_late(ctx: Context, people: list[str]) -> None:
    """A place at once for those who take part, come late and are in no breakout group, once the others have theirs."""
    seated = select(Seat.person).join(Group, Group.id == Seat.group)
    seated = seated.where(Group.event == ctx.place.event, Group.kind == "breakout")
    if ctx.db.execute(seated.limit(1)).first() is None:
        return
    late = select(Person.id, Person.organisation).where(
        Person.id.in_(people), Person.role == "participant", Person.id.not_in(seated)
    )
    for row in ctx.db.execute(late.order_by(Person.id)).all():
        _find_place(ctx, row.id, row.organisation)


def _find_place(ctx: Context, who: str, organisation: str | None) -> None:
    group = emptiest_group(ctx.db, ctx.place.event, organisation, among=tables_now(ctx.db, ctx.place.event))
    if group is not None:
        ctx.write(insert(Seat.__table__).values(group=group, person=who, role="member"))


def emptiest_group(db: Db, event: str, organisation: str | None, among: Collection[str] | None = None) -> str | None:
    """The breakout group for a newcomer (one of those in `among`): the fewest people, then the fewest of the same
    organisation."""
    rows = db.execute(select(Group.id).where(Group.event == event, Group.kind == "breakout").order_by(Group.number))
    groups = [group for group in rows.scalars() if among is None or group in among]
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


def tables_now(db: Db, event: str) -> list[str] | None:
    """The tables of the rotation that goes on: that is where a newcomer finds a place, not in the empty rooms."""
    going_on = select(Rotation.groups).where(Rotation.event == event, Rotation.seated.is_not(None))
    found: list[str] | None = db.execute(going_on.limit(1)).scalar()
    return found


def _emit_joined(ctx: Context, who: str) -> None:
    (card,) = snapshot.person_cards(ctx.db, ctx.place.event, [who])
    ctx.emit(PersonJoined(card, snapshot.joined(ctx.db, ctx.place.event)))
