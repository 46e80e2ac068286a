"""The gallery: adding a picture that has arrived, describing it, choosing it for the report, moderation; and who does
not want to be in pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field
from sqlalchemy import Row, delete, func, insert, select, update

from .. import access, snapshot
from ..domain import text
from ..domain.events import (
    JSON,
    Event,
    PictureAdded,
    PictureDescribed,
    PictureHidden,
    PictureKept,
    PictureReinstated,
    PictureRestored,
    PicturesDeclined,
    PictureUsed,
    PictureWithdrawn,
)
from ..domain.pictures import MOST_OF_ONE
from ..domain.refusals import Refused
from ..pictures import ticket
from ..store.models import Picture, PictureOptOut
from .context import Context
from .spec import ID, TEXT, Args, command

BOARD = Field(default=None, max_length=12, pattern=r"^[0-9a-z]+$")


class Add(Args):
    upload: str = Field(max_length=2_000)
    caption: str = Field(default="", max_length=20_000)
    alt: str = Field(default="", max_length=20_000)
    board: str | None = BOARD


class Describe(Args):
    picture: str = ID
    caption: str = TEXT
    alt: str = TEXT
    board: str | None = BOARD


class Which(Args):
    picture: str = ID


class Use(Args):
    picture: str = ID
    use: bool


class Hide(Args):
    picture: str = ID
    reason: str = TEXT


class Decline(Args):
    declined: bool


@command("picture.add", "event", Add)
def add(ctx: Context, args: Add) -> None:
    """Put a picture that has arrived into the gallery; `upload` is the ticket that came with its last piece, the
    command's id that of the upload. `board`: it shows what a group has done there; on an overlay group's it is for that
    group alone. Without one it belongs to the session that is on."""
    arrived = ticket.read(ctx.key, args.upload)
    if (arrived.event, arrived.person, arrived.id) != (ctx.place.event, ctx.who, ctx.id):
        raise Refused("upload_unknown")
    own = select(func.count()).where(Picture.author == ctx.who, Picture.withdrawn_at.is_(None))
    if ctx.db.execute(own).scalar_one() >= MOST_OF_ONE:
        raise Refused("pictures_many", limit=MOST_OF_ONE)
    ctx.write(
        insert(Picture.__table__).values(
            id=ctx.id,
            event=ctx.place.event,
            session=_session_of(ctx, args.board) if args.board else ctx.place.row.now_session,
            board=args.board,
            caption=text.caption(args.caption),
            alt=text.caption(args.alt),
            file=arrived.file,
            sizes=arrived.sizes,
            author=ctx.who,
            at=ctx.now,
        )
    )
    ctx.answer["picture"] = ctx.id
    _tell(ctx, ctx.id, lambda card: PictureAdded(card))


@command("picture.describe", "event", Describe)
def describe(ctx: Context, args: Describe) -> None:
    """Give one's own picture a caption, and a text for those who cannot see it; say which board it belongs to, or none.
    A facilitator can do so for any picture."""
    picture = _find(ctx, args.picture)
    _require_own(ctx, picture, or_steering=True)
    _require_standing(picture)
    where: dict[str, Any] = {"board": args.board}
    if args.board is not None and args.board != picture.board:
        where["session"] = _session_of(ctx, args.board)
        where |= {"used_at": None, "used_by": None} if _is_kept(ctx, args.board) else {}
    _set(ctx, picture.id, caption=text.caption(args.caption), alt=text.caption(args.alt), **where)
    _tell(ctx, picture.id, lambda card: PictureDescribed(card))


@command("picture.use", "event", Use)
def use(ctx: Context, args: Use) -> None:
    """Choose a picture for the report, or leave it out again."""
    picture = _find(ctx, args.picture)
    _require_standing(picture)
    if snapshot.picture_kept(picture):
        raise Refused("picture_kept")
    if args.use == (picture.used_at is not None):
        return
    when, by = (ctx.now, ctx.who) if args.use else (None, None)
    _set(ctx, picture.id, used_at=when, used_by=by)
    ctx.emit(PictureUsed(picture.id, {"by": by, "at": when} if args.use else None))


@command("picture.hide", "event", Hide)
def hide(ctx: Context, args: Hide) -> None:
    """Hide a picture, with a reason that everybody sees. Only facilitators can still look at it."""
    picture = _find(ctx, args.picture)
    _require_standing(picture)
    reason = text.moderation_reason(args.reason)
    _set(ctx, picture.id, hidden_at=ctx.now, hidden_by=ctx.who, hidden_reason=reason)
    _tell(ctx, picture.id, lambda card: PictureHidden(picture.id, reason))


@command("picture.restore", "event", Which)
def restore(ctx: Context, args: Which) -> None:
    """Restore a hidden picture."""
    picture = _find(ctx, args.picture)
    if picture.withdrawn_at is not None:
        raise Refused("picture_withdrawn")
    if picture.hidden_at is None:
        raise Refused("picture_standing")
    _set(ctx, picture.id, hidden_at=None, hidden_by=None, hidden_reason=None)
    _tell(ctx, picture.id, lambda card: PictureRestored(card))


@command("picture.withdraw", "event", Which)
def withdraw(ctx: Context, args: Which) -> None:
    """Take one's own picture out of the gallery. From now on nobody else can look at it; it can be put back."""
    picture = _find(ctx, args.picture)
    _require_own(ctx, picture)
    if picture.withdrawn_at is not None:
        raise Refused("picture_withdrawn")
    _set(ctx, picture.id, withdrawn_at=ctx.now)
    _tell(ctx, picture.id, lambda card: PictureWithdrawn(picture.id))


@command("picture.reinstate", "event", Which)
def reinstate(ctx: Context, args: Which) -> None:
    """Put one's own withdrawn picture back. One that was hidden is so still."""
    picture = _find(ctx, args.picture)
    _require_own(ctx, picture)
    if picture.withdrawn_at is None:
        raise Refused("picture_standing")
    _set(ctx, picture.id, withdrawn_at=None)
    _tell(ctx, picture.id, lambda card: PictureReinstated(card))


@command("picture.decline", "event", Decline)
def decline(ctx: Context, args: Decline) -> None:
    """Say of oneself that one does not want to be in pictures, or that one does not mind any more. Facilitators see
    who; everybody sees how many."""
    known = ctx.db.execute(select(PictureOptOut.person).where(PictureOptOut.person == ctx.who)).first() is not None
    if known == args.declined:
        return
    if args.declined:
        ctx.write(insert(PictureOptOut.__table__).values(person=ctx.who, at=ctx.now))
    else:
        ctx.write(delete(PictureOptOut.__table__).where(PictureOptOut.__table__.c.person == ctx.who))
    ctx.emit(PicturesDeclined(snapshot.declined(ctx.db, ctx.place.event)))


def _session_of(ctx: Context, board: str) -> str:
    """The session of a board that one may watch. Raises Refused as its door does."""
    return str(access.open_room(ctx.db, ctx.place.actor, f"board:{board}").row.session)


def _find(ctx: Context, id: str) -> Row[Any]:
    row = ctx.db.execute(snapshot.PICTURES.where(Picture.id == id, Picture.event == ctx.place.event)).one_or_none()
    if row is None:
        raise Refused("picture_unknown")
    return row


def _tell(ctx: Context, id: str, happened: Callable[[JSON], Event]) -> None:
    """What happened to a picture, given its card; only that something did where it is on an overlay group's board."""
    row = _find(ctx, id)
    ctx.emit(PictureKept(id) if snapshot.picture_kept(row) else happened(snapshot.picture_card(row)))


def _is_kept(ctx: Context, board: str) -> bool:
    row = access.board_row(ctx.db, board)
    return row is not None and access.keeps([row.group_kind])


def _require_own(ctx: Context, picture: Row[Any], *, or_steering: bool = False) -> None:
    if picture.author != ctx.who and not (or_steering and ctx.place.steers):
        raise Refused("picture_not_own")


def _require_standing(picture: Row[Any]) -> None:
    if picture.withdrawn_at is not None:
        raise Refused("picture_withdrawn")
    if picture.hidden_at is not None:
        raise Refused("picture_hidden", reason=picture.hidden_reason)


def _set(ctx: Context, picture: str, **values: Any) -> None:
    ctx.write(update(Picture.__table__).where(Picture.__table__.c.id == picture).values(**values))
