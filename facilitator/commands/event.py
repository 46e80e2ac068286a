"""The event itself: its title, place and purpose, and the venue's Wi-Fi for the slips."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import update

from ..domain import text
from ..domain.events import EventArchived, EventChanged, EventDeleted, EventReopened, EventRestored
from ..domain.refusals import Refused
from ..store.models import Event
from .context import Context
from .spec import TEXT, Args, Nothing, command

WAITING_MS = 14 * 24 * 3600 * 1000
"""How long a deleted event can be restored, in milliseconds."""


class Change(Args):
    title: str = TEXT
    place: str = TEXT
    purpose: str = TEXT
    wifi_name: str = Field(default="", max_length=200)
    wifi_password: str = Field(default="", max_length=200)


@command("event.change", "event", Change)
def change(ctx: Context, args: Change) -> None:
    """Say anew what the event is called, where it is and what it is for. The Wi-Fi stands on the personal slips, and
    in no event."""
    wifi = {"wifi_name": args.wifi_name.strip() or None, "wifi_password": args.wifi_password.strip() or None}
    if not _is_wifi(**wifi):
        raise Refused("wifi_wrong")
    words = {
        "title": text.title(args.title),
        "place": text.line(args.place),
        "purpose": text.description(args.purpose),
    }
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(**words, **wifi))
    before = ctx.place.row
    if words != {key: getattr(before, key) for key in words}:
        ctx.emit(EventChanged(**words))


@command("event.archive", "event", Nothing)
def archive(ctx: Context, args: Nothing) -> None:
    """Put the event away: its join code lets nobody in any more, and everything can still be read."""
    if ctx.place.row.archived_at is None:
        _set(ctx, archived_at=ctx.now, archived_by=ctx.who)
        ctx.emit(EventArchived(ctx.now))


@command("event.reopen", "event", Nothing)
def reopen(ctx: Context, args: Nothing) -> None:
    """Take the event out of the archive again."""
    if ctx.place.row.archived_at is not None:
        _set(ctx, archived_at=None, archived_by=None)
        ctx.emit(EventReopened())


@command("event.delete", "event", Nothing)
def delete(ctx: Context, args: Nothing) -> None:
    """Delete the event. Its doors are shut at once, except to its organisers; all of it is gone in 14 days, and until
    then it can be restored."""
    if ctx.place.row.delete_at is None:
        _set(ctx, delete_at=ctx.now + WAITING_MS, delete_by=ctx.who)
        ctx.emit(EventDeleted(ctx.now + WAITING_MS))


@command("event.restore", "event", Nothing)
def restore(ctx: Context, args: Nothing) -> None:
    """Restore a deleted event before it is gone."""
    if ctx.place.row.delete_at is not None:
        _set(ctx, delete_at=None, delete_by=None)
        ctx.emit(EventRestored())


def _set(ctx: Context, **values: object) -> None:
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(**values))


def _is_wifi(wifi_name: str | None, wifi_password: str | None) -> bool:
    """IEEE 802.11: a name has at most 32 bytes; WPA: a passphrase has 8 to 63 characters. An open network has none."""
    if wifi_name is None:
        return wifi_password is None
    words = wifi_name + (wifi_password or "")
    return (
        words.isprintable()
        and len(wifi_name.encode()) <= 32
        and (wifi_password is None or 8 <= len(wifi_password) <= 63)
    )
