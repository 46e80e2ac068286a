"""Announcements: a word of the facilitators to everybody or to some groups, until it is taken down."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import insert, select, update

from .. import snapshot
from ..domain import text
from ..domain.events import AnnouncementEnded, AnnouncementKept, AnnouncementMade
from ..domain.refusals import Refused
from ..store.models import Announcement, Group
from .context import Context
from .spec import ID, TEXT, Args, command


class Make(Args):
    text: str = TEXT
    groups: list[str] = Field(default=[], max_length=200)


class Which(Args):
    announcement: str = ID


@command("announcement.make", "event", Make)
def make(ctx: Context, args: Make) -> None:
    """Say something to everybody, or to some groups; to overlay groups alone, nobody else is told. The command's id
    becomes the announcement's."""
    said, groups = text.announcement(args.text), require_groups(ctx, args.groups)
    ctx.write(
        insert(Announcement.__table__).values(
            id=ctx.id, event=ctx.place.event, text=said, groups=groups, by=ctx.who, at=ctx.now
        )
    )
    ctx.answer["announcement"] = ctx.id
    cards = {card["id"]: card for card in snapshot.announcements(ctx.db, ctx.place.event)}
    ctx.emit(AnnouncementMade(cards[ctx.id]) if ctx.id in cards else AnnouncementKept())


@command("announcement.end", "event", Which)
def end(ctx: Context, args: Which) -> None:
    """Take an announcement down."""
    standing = [card["id"] for card in snapshot.announcements(ctx.db, ctx.place.event)]
    kept = snapshot.kept_announcements(ctx.db, ctx.place, [])
    if args.announcement not in (*standing, *kept):
        raise Refused("announcement_unknown")
    ctx.write(update(Announcement.__table__).where(Announcement.id == args.announcement).values(ended_at=ctx.now))
    ctx.emit(AnnouncementKept() if args.announcement in kept else AnnouncementEnded(args.announcement))


def require_groups(ctx: Context, groups: list[str]) -> list[str]:
    """The groups of this event that were named, in their order. Raises Refused where one is not of it."""
    known = list(
        ctx.db.execute(select(Group.id).where(Group.event == ctx.place.event).order_by(Group.number)).scalars()
    )
    if not set(groups) <= set(known):
        raise Refused("not_yours")
    return [group for group in known if group in groups]
