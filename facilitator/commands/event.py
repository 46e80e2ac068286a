"""The event itself: its title, place and purpose, and the venue's Wi-Fi for the slips."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import update

from ..domain import text
from ..domain.events import EventChanged
from ..domain.refusals import Refused
from ..store.models import Event
from .context import Context
from .spec import TEXT, Args, command


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
