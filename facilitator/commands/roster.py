"""The roster: who is expected, from where, in which role; who is there; who is off it again."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row, delete, exists, func, insert, or_, select, update

from .. import snapshot
from ..access import link_hash, link_token
from ..domain import roster
from ..domain.colours import dealt
from ..domain.events import (
    JSON,
    PersonChecked,
    PersonClosed,
    PersonEdited,
    PersonRemoved,
    PersonReopened,
    RosterImported,
)
from ..domain.refusals import Refused
from ..domain.roster import Entry, Known, plain
from ..forgetting import forget
from ..store.models import Base, Board, ExpiredLink, Group, Organisation, Person, Seat, new_id
from .attribute import forget_answers
from .context import Context
from .link import replace
from .person import place_late
from .preference import forget_ranking
from .spec import ID, Args, command

SHORT = Field(max_length=1_000)


class Said(Args):
    """What a roster says of one person; the organisation by its name."""

    name: str = SHORT
    organisation: str | None = Field(default=None, max_length=1_000)
    kind: Literal["member", "collaborating"] | None = None
    role: str = Field(default="participant", max_length=20)
    languages: list[str] = Field(default=[], max_length=20)
    email: str | None = Field(default=None, max_length=1_000)


class Line(Said):
    """A new person; `group` is the name of their breakout group."""

    group: str | None = Field(default=None, max_length=1_000)

    def entry(self) -> Entry:
        return Entry(**self.model_dump() | {"languages": tuple(self.languages)})


class Import(Args):
    people: list[Line] = Field(min_length=1, max_length=roster.MOST_PEOPLE)


class Edit(Said):
    person: str = ID


class Which(Args):
    person: str = ID


class Check(Args):
    people: list[str] = Field(min_length=1, max_length=roster.MOST_PEOPLE)
    attendance: Literal["here", "absent", "expected"]


@command("roster.import", "event", Import)
def import_roster(ctx: Context, args: Import) -> None:
    """Put people on the roster, all of them or nobody. Organisations that the event does not have are made on the way;
    a `group` must be one of its breakout groups."""
    event = ctx.place.event
    count = len(args.people) + _count(ctx)
    if count > roster.MOST_PEOPLE:
        raise Refused("roster_full", limit=roster.MOST_PEOPLE, count=count)
    known = known_by(ctx.db, event)
    entries: list[Entry] = []
    for line in args.people:
        entry = roster.check(line.entry(), known)
        who = (plain(entry.name), plain(entry.organisation or ""))
        if who in known.people or (entry.email and entry.email in known.emails):
            raise Refused("person_known", name=entry.name)
        known = Known(
            known.groups, known.people | {who}, known.emails | ({entry.email} if entry.email else frozenset())
        )
        entries.append(entry)
    organisations, made = _organisations(ctx, entries)
    groups = _groups(ctx)
    rows: list[JSON] = []
    seats: list[JSON] = []
    for entry in entries:
        who_id = new_id()
        rows.append(
            {
                "id": who_id,
                "event": event,
                "name": entry.name,
                "organisation": organisations.get(plain(entry.organisation or "")),
                "role": entry.role,
                "origin": "roster" if entry.role == "participant" else "setup",
                "link": 0,
                "link_hash": link_hash(link_token(ctx.key, who_id, 0)),
                "languages": list(entry.languages),
                "email": entry.email,
                "created_at": ctx.now,
            }
        )
        if entry.group:
            seats.append({"group": groups[entry.group], "person": who_id, "role": "member"})
    ctx.write(insert(Person.__table__), rows)
    if seats:
        ctx.write(insert(Seat.__table__), seats)
    ids = [row["id"] for row in rows]
    ctx.answer["people"] = ids
    ctx.emit(RosterImported(snapshot.person_cards(ctx.db, event, ids), made))


@command("person.edit", "event", Edit)
def edit(ctx: Context, args: Edit) -> None:
    """Correct what the roster says of somebody. Who has contributed stays with the organisation that they spoke for."""
    before = find(ctx, args.person)
    if before.erased_at is not None:
        raise Refused("person_erased")
    if before.closed_at is not None:
        raise Refused("person_closed", name=before.name)
    known = known_by(ctx.db, ctx.place.event, but_not=args.person)
    said = args.model_dump(exclude={"person"})
    entry = roster.check(Entry(**said | {"languages": tuple(args.languages)}), known)
    if (plain(entry.name), plain(entry.organisation or "")) in known.people or (
        entry.email and entry.email in known.emails
    ):
        raise Refused("person_known", name=entry.name)
    if before.id == ctx.who and entry.role != "organiser":
        raise Refused("not_oneself")
    organisations, made = _organisations(ctx, [entry])
    organisation = organisations.get(plain(entry.organisation or ""))
    if organisation != before.organisation and contributed(ctx, before.id):
        raise Refused("organisation_kept", name=before.name)
    ctx.write(
        update(Person.__table__)
        .where(Person.id == before.id)
        .values(
            name=entry.name,
            organisation=organisation,
            role=entry.role,
            languages=list(entry.languages),
            email=entry.email,
        )
    )
    if entry.role != "participant":  # only who takes part can take them back
        forget_answers(ctx, before.id)
    cards = snapshot.person_cards(ctx.db, ctx.place.event, [before.id])
    ctx.emit(PersonEdited(cards, made, snapshot.joined(ctx.db, ctx.place.event)))


@command("person.check", "event", Check)
def check(ctx: Context, args: Check) -> None:
    """Tick people off at the door (`here`), say that they have not come (`absent`), or take that back (`expected`).
    Whoever comes in by their link is here in any case. Who is here late and in no group gets a place in one."""
    wanted = set(args.people)
    rows = ctx.db.execute(_on_roster(ctx).where(Person.id.in_(wanted))).all()
    if len(rows) < len(wanted):
        raise Refused("person_unknown")
    values: JSON = {"checked_in_at": None, "absent_at": None}
    if args.attendance != "expected":
        values["checked_in_at" if args.attendance == "here" else "absent_at"] = ctx.now
    changed = [row.id for row in rows if row.joined_at is None and snapshot.attendance(row) != args.attendance]
    if not changed:
        return
    ctx.write(update(Person.__table__).where(Person.id.in_(changed)).values(**values))
    if args.attendance == "here":
        place_late(ctx, changed)
    ctx.emit(PersonChecked(snapshot.person_cards(ctx.db, ctx.place.event, changed)))


@command("person.remove", "event", Which)
def remove(ctx: Context, args: Which) -> None:
    """Take somebody off the roster. Who has contributed is never deleted: their seat is closed and their link lets
    nobody in any more, and what they wrote stays under their name."""
    row = find(ctx, args.person)
    if row.id == ctx.who:
        raise Refused("not_oneself")
    if row.closed_at is not None:
        raise Refused("person_closed", name=row.name)
    ctx.write(delete(Seat.__table__).where(Seat.person == row.id))
    forget_ranking(ctx, row.id)
    forget_answers(ctx, row.id)
    if contributed(ctx, row.id):
        replace(ctx, row)
        ctx.write(update(Person.__table__).where(Person.id == row.id).values(closed_at=ctx.now, closed_by=ctx.who))
        cards = snapshot.person_cards(ctx.db, ctx.place.event, [row.id])
        ctx.emit(PersonClosed(cards, snapshot.joined(ctx.db, ctx.place.event)))
    else:
        ctx.write(delete(ExpiredLink.__table__).where(ExpiredLink.person == row.id))
        ctx.write(delete(Person.__table__).where(Person.id == row.id))
        forget(ctx.db, ctx.place.event, row.id)
        ctx.emit(PersonRemoved(row.id, snapshot.joined(ctx.db, ctx.place.event)))


@command("person.reopen", "event", Which)
def reopen(ctx: Context, args: Which) -> None:
    """Open a closed seat again. The person gets a new link, and a group by hand."""
    row = find(ctx, args.person)
    if row.erased_at is not None:
        raise Refused("person_erased")
    if row.closed_at is None:
        return
    ctx.write(update(Person.__table__).where(Person.id == row.id).values(closed_at=None, closed_by=None))
    cards = snapshot.person_cards(ctx.db, ctx.place.event, [row.id])
    ctx.emit(PersonReopened(cards, snapshot.joined(ctx.db, ctx.place.event)))


def known_by(db: Any, event: str, but_not: str | None = None) -> Known:
    """What a line of a roster is held against: the event's breakout groups, and who is on its roster already."""
    groups = db.execute(select(Group.name).where(Group.event == event, Group.kind == "breakout")).scalars()
    people = db.execute(
        select(Person.id, Person.name, Person.email, Organisation.name.label("organisation"))
        .outerjoin(Organisation, Organisation.id == Person.organisation)
        .where(Person.event == event, Person.origin.not_in(("import", "rehearsal")))
    ).all()
    others = [row for row in people if row.id != but_not]
    return Known(
        frozenset(groups),
        frozenset((plain(row.name), plain(row.organisation or "")) for row in others),
        frozenset(row.email for row in others if row.email),
    )


def contributed(ctx: Context, person: str) -> bool:
    """Has this person left anything that others build on: a proposal, a vote, a name in a ballot or on a board?"""
    for table in Base.metadata.sorted_tables:
        if table.name in ("seat", "expired_link", "person", "group_ranking", "attribute_answer"):
            continue
        columns = [key.parent for key in table.foreign_keys if key.target_fullname == "person.id"]
        if columns and ctx.db.execute(select(exists().where(or_(*(column == person for column in columns))))).scalar():
            return True
    return bool(ctx.db.execute(select(exists().where(Board.rapporteur == person))).scalar())


def _organisations(ctx: Context, entries: list[Entry]) -> tuple[dict[str, str], list[JSON]]:
    """Ids by plain name, those made that are missing; and the cards of the new ones."""
    there = ctx.db.execute(
        select(Organisation.id, Organisation.name, Organisation.colour).where(Organisation.event == ctx.place.event)
    ).all()
    known = {plain(row.name): row.id for row in there}
    made: list[JSON] = []
    for entry in entries:
        if entry.organisation and plain(entry.organisation) not in known:
            card = {"id": new_id(), "name": entry.organisation, "kind": _kind(entry.organisation, entries)}
            known[plain(entry.organisation)] = card["id"]
            made.append(card)
    for card, colour in zip(made, dealt(len(made), (row.colour for row in there)), strict=True):
        card["colour"] = colour
    if made:
        ctx.write(insert(Organisation.__table__), [{**card, "event": ctx.place.event} for card in made])
    return known, made


def _kind(name: str, entries: list[Entry]) -> str:
    """An organisation's kind is what any of its lines says; a member, if none does."""
    return next((e.kind for e in entries if e.kind and plain(e.organisation or "") == plain(name)), "member")


def _groups(ctx: Context) -> dict[str, str]:
    rows = ctx.db.execute(
        select(Group.name, Group.id).where(Group.event == ctx.place.event, Group.kind == "breakout")
    ).all()
    return {row.name: row.id for row in rows}


def _count(ctx: Context) -> int:
    return int(ctx.db.execute(select(func.count()).select_from(_on_roster(ctx).subquery())).scalar_one())


def _on_roster(ctx: Context) -> Any:
    return select(*Person.__table__.c).where(
        Person.event == ctx.place.event, Person.origin != "import", Person.role != "projector"
    )


def find(ctx: Context, person: str) -> Row[Any]:
    """Somebody on the roster, whether their seat is open or not. Raises Refused `person_unknown`."""
    row = ctx.db.execute(_on_roster(ctx).where(Person.id == person)).one_or_none()
    if row is None:
        raise Refused("person_unknown")
    return row
