"""Editions of the outcome: drafted, arranged, frozen for the participants' check, signed off, published, taken back.

What an edition says is compiled outside (it takes seconds) and comes in whole, under a seal that only this installation
can make: for this edition, in this arrangement. From then on it never changes; a correction is a new edition.
"""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Row, func, insert, select, update

from .. import snapshot
from ..domain import frozen, text
from ..domain.document import Depth
from ..domain.events import EditionFrozen, EditionPublished, EditionTakenBack
from ..domain.refusals import Refused
from ..store.models import Edition, EditionComment, Person, new_id
from .context import Context
from .spec import ID, TEXT, Args, command

CHECK_MS = 24 * 3600 * 1000
"""How long participants can say something before an edition may be published, in milliseconds."""

LANGUAGE = Field(max_length=12, pattern=r"^[a-z]+(_[A-Za-z]+)?$")
SECTION = Field(max_length=64, pattern=r"^[a-z][a-z0-9-]*$")
NEWS = "news"
"""Beside the report's sections one can comment on the public page."""


class Draft(Args):
    title: str = TEXT
    depth: Depth
    language: str = LANGUAGE
    named: bool


class Change(Draft):
    edition: str = ID
    story: str = TEXT
    note: str = TEXT


class Arrange(Args):
    edition: str = ID
    section: str = SECTION
    off: bool
    intro: str = TEXT
    owner: str | None = Field(default=None, max_length=12)


class Order(Args):
    edition: str = ID
    order: list[Annotated[str, SECTION]] = Field(max_length=200)


class Freeze(Args):
    edition: str = ID
    document: str = Field(max_length=40_000_000)
    contents: list[dict[str, str]] = Field(max_length=200)
    changes: list[dict[str, str]] = Field(max_length=2_000)
    seal: str = Field(max_length=64)


class Sign(Args):
    edition: str = ID
    section: str = SECTION
    signed: bool


class Say(Args):
    edition: str = ID
    section: str = SECTION
    text: str = TEXT


class Settle(Args):
    comment: str = ID
    settled: bool


class Which(Args):
    edition: str = ID


@command("edition.draft", "event", Draft)
def draft(ctx: Context, args: Draft) -> None:
    """Begin an edition: its title, how much it tells (`brief`, `findings`, `contributions`, `record`), in which
    language, and whether people stand in it by name. Where there is a frozen one already this is a correction of it,
    and goes on from its arrangement."""
    rows = ctx.db.execute(snapshot.EDITIONS.where(Edition.event == ctx.place.event)).all()
    if drafts := [row for row in rows if row.status == "draft"]:
        raise Refused("edition_drafted", number=drafts[0].number)
    before = rows[-1] if rows else None
    ctx.write(
        insert(Edition.__table__).values(
            id=ctx.id,
            event=ctx.place.event,
            number=before.number + 1 if before else 1,
            status="draft",
            **_facts(args),
            story=before.story if before else "",
            sections=before.sections if before else [],
            ordered=before.ordered if before else [],
            revision=0,
            corrects=before.id if before else None,
            note="",
            by=ctx.who,
            at=ctx.now,
            contents=[],
            changes=[],
            signs=[],
            address=before.address if before else new_id(),
        )
    )
    ctx.answer["edition"] = ctx.id


@command("edition.change", "event", Change)
def change(ctx: Context, args: Change) -> None:
    """Say anew what a draft is called and how it is; tell the public page's `story` and, of a correction, in a `note`
    what has changed (both in Markdown)."""
    row = _draft(ctx, args.edition)
    _set(ctx, row, **_facts(args), story=text.prose(args.story), note=text.prose(args.note), revision=row.revision + 1)


@command("edition.arrange", "event", Arrange)
def arrange(ctx: Context, args: Arrange) -> None:
    """Leave a section out of a draft or put it in, introduce it (in Markdown), and say who has to sign it off: an
    organiser or a facilitator, or nobody."""
    row = _draft(ctx, args.edition)
    if args.owner is not None and not _is_staff(ctx, args.owner):
        raise Refused("edition_owner")
    said = {"section": args.section, "off": args.off, "intro": text.prose(args.intro), "owner": args.owner}
    others = [one for one in row.sections if one["section"] != args.section]
    _set(ctx, row, sections=[*others, said], revision=row.revision + 1)


@command("edition.order", "event", Order)
def order(ctx: Context, args: Order) -> None:
    """Say in which order the sections of a draft stand. One that is not named stands after the section that it follows
    otherwise; no name at all, and all stand as they come."""
    row = _draft(ctx, args.edition)
    if len(set(args.order)) < len(args.order):
        raise Refused("edition_order")
    _set(ctx, row, ordered=args.order, revision=row.revision + 1)


@command("edition.freeze", "event", Freeze)
def freeze(ctx: Context, args: Freeze) -> None:
    """Freeze a draft and open the participants' check for 24 hours. `document` is what it says for good, compiled by
    the server from its arrangement; `seal` proves that."""
    row = _draft(ctx, args.edition)
    sealed = frozen.seal(ctx.key, row.id, row.revision, args.document, args.contents, args.changes)
    if not hmac.compare_digest(sealed, args.seal):
        raise Refused("edition_changed")
    _set(
        ctx,
        row,
        status="checking",
        document=args.document,
        content_hash=frozen.digest(args.document),
        contents=args.contents,
        changes=args.changes,
        frozen_at=ctx.now,
        frozen_by=ctx.who,
        check_until=ctx.now + CHECK_MS,
    )
    ctx.emit(EditionFrozen(_cards(ctx)))


@command("edition.sign", "event", Sign)
def sign(ctx: Context, args: Sign) -> None:
    """Sign a section of a frozen edition off, or take the signature back while it is not published. A section with an
    owner is signed by them; where their seat is closed, by an organiser."""
    row = _frozen(ctx, args.edition)
    if row.status != "checking":
        raise Refused("edition_out")
    owner = snapshot.owners(row).get(args.section)
    if owner is None:
        raise Refused("edition_section")
    if owner != ctx.who and (ctx.place.role != "organiser" or _is_staff(ctx, owner)):
        raise Refused("edition_not_yours")
    others = [one for one in row.signs if one["section"] != args.section]
    mine = [{"section": args.section, "by": ctx.who, "at": ctx.now}] if args.signed else []
    _set(ctx, row, signs=[*others, *mine])


@command("edition.comment", "event", Say)
def comment(ctx: Context, args: Say) -> None:
    """Say something to a section while the check is open, or to the public page (`news`). Organisers and facilitators
    read it, with one's name."""
    row = _frozen(ctx, args.edition)
    if row.status != "checking" or row.check_until <= ctx.now:
        raise Refused("edition_check_over")
    if args.section != NEWS and args.section not in {one["section"] for one in row.contents}:
        raise Refused("edition_section")
    ctx.write(
        insert(EditionComment.__table__).values(
            id=ctx.id,
            edition=row.id,
            section=args.section,
            text=text.minority_report(args.text),
            author=ctx.who,
            at=ctx.now,
        )
    )
    ctx.answer["comment"] = ctx.id


@command("edition.settle", "event", Settle)
def settle(ctx: Context, args: Settle) -> None:
    """Mark a comment as dealt with, or as open again."""
    found = ctx.db.execute(
        select(EditionComment.id)
        .join(Edition, Edition.id == EditionComment.edition)
        .where(EditionComment.id == args.comment, Edition.event == ctx.place.event)
    ).scalar()
    if found is None:
        raise Refused("comment_unknown")
    when, by = (ctx.now, ctx.who) if args.settled else (None, None)
    ctx.write(update(EditionComment.__table__).where(EditionComment.id == found).values(settled_at=when, settled_by=by))


@command("edition.publish", "event", Which)
def publish(ctx: Context, args: Which) -> None:
    """Put an edition on its public page, in place of the one before it: once the check is over and every owner has
    signed. One that was taken back can be published again."""
    row = _frozen(ctx, args.edition)
    if row.status not in ("checking", "taken_back"):
        raise Refused("edition_out")
    if row.check_until > ctx.now:
        raise Refused("edition_check_open")
    if missing := snapshot.unsigned(row):
        raise Refused("edition_unsigned", titles=", ".join(missing))
    later = select(func.count()).where(
        Edition.event == ctx.place.event, Edition.number > row.number, Edition.published_at.is_not(None)
    )
    if ctx.db.execute(later).scalar_one():
        raise Refused("edition_superseded")
    ctx.write(
        update(Edition.__table__)
        .where(Edition.event == ctx.place.event, Edition.status == "published")
        .values(status="superseded")
    )
    out = {"published_at": ctx.now, "published_by": ctx.who}
    _set(ctx, row, status="published", taken_back_at=None, taken_back_by=None, **out)
    ctx.emit(EditionPublished(_cards(ctx)))


@command("edition.take_back", "event", Which)
def take_back(ctx: Context, args: Which) -> None:
    """Take the published edition off its public page, at once. The page says so and shows nothing else."""
    row = _frozen(ctx, args.edition)
    if row.status != "published":
        raise Refused("edition_not_out")
    _set(ctx, row, status="taken_back", taken_back_at=ctx.now, taken_back_by=ctx.who)
    ctx.emit(EditionTakenBack(_cards(ctx)))


def _facts(args: Draft) -> dict[str, Any]:
    return {
        "title": text.title(args.title),
        "depth": args.depth,
        "language": args.language,
        "named": args.named,
    }


def _find(ctx: Context, id: str) -> Row[Any]:
    row = ctx.db.execute(snapshot.EDITIONS.where(Edition.id == id, Edition.event == ctx.place.event)).one_or_none()
    if row is None:
        raise Refused("edition_unknown")
    return row


def _draft(ctx: Context, id: str) -> Row[Any]:
    row = _find(ctx, id)
    if row.status != "draft":
        raise Refused("edition_frozen")
    return row


def _frozen(ctx: Context, id: str) -> Row[Any]:
    row = _find(ctx, id)
    if row.status == "draft":
        raise Refused("edition_not_frozen")
    return row


def _is_staff(ctx: Context, person: str) -> bool:
    found = ctx.db.execute(
        select(Person.id).where(
            Person.id == person,
            Person.event == ctx.place.event,
            Person.role.in_(("organiser", "facilitator")),
            Person.closed_at.is_(None),
        )
    )
    return found.first() is not None


def _cards(ctx: Context) -> dict[str, Any]:
    return snapshot.editions(ctx.db, ctx.place.event)


def _set(ctx: Context, row: Row[Any], **values: object) -> None:
    ctx.write(update(Edition.__table__).where(Edition.id == row.id).values(**values))
