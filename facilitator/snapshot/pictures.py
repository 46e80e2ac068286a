"""The pictures of an event: as everybody sees them, as some still do, and for the report."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, func, or_, select

from .. import access
from ..access import Place
from ..domain.events import JSON
from ..domain.pictures import SIZES, file_name
from ..store.models import Board, Group, Person, Picture, PictureOptOut

PICTURES: Select[Any] = (
    select(*Picture.__table__.c, Board.group, Group.kind.label("group_kind"))
    .outerjoin(Board, Board.id == Picture.board)
    .outerjoin(Group, Group.id == Board.group)
    .order_by(Picture.at, Picture.id)
)
ADDRESS = "/pictures/"
FOR_PRINT = SIZES[1]


def pictures(db: Db, event: str) -> dict[str, JSON]:
    """The gallery, in the order in which it came to be. Of a hidden one there is no more than that, and why; of those
    on an overlay group's board there is nothing."""
    rows = db.execute(_GALLERY, {"event": event})
    return {row.id: picture_card(row) for row in rows if not picture_kept(row)}


def kept_pictures(db: Db, place: Place, groups: list[str]) -> dict[str, JSON]:
    """The gallery's pictures on boards of overlay groups, as somebody with seats in `groups` may know them."""
    rows = db.execute(_GALLERY.where(Group.kind == "overlay"), {"event": place.event})
    return {row.id: picture_card(row) for row in rows if place.steers or row.group in groups or row.author == place.who}


def picture_kept(row: Row[Any]) -> bool:
    """Is it on the board of an overlay group, and so for that group's people alone?"""
    return row.group_kind is not None and access.keeps([row.group_kind])


def picture_card(row: Row[Any]) -> JSON:
    """What everybody at the event may know of a picture."""
    hidden = row.hidden_at is not None
    return _whole(row) | ({"caption": None, "alt": None, "images": []} if hidden else {})


def picture_status(row: Row[Any]) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    return "hidden" if row.hidden_at is not None else "standing"


def declined(db: Db, event: str) -> int:
    """How many people do not want to be in pictures."""
    return db.execute(select(func.count()).select_from(_decliners(event).subquery())).scalar_one()


def my_pictures(db: Db, place: Place) -> JSON:
    """What only some may still see: one's own withdrawn pictures, and for who moderates the hidden ones; whether one
    does not want to be in pictures, and for who steers, who does not."""
    moderates = access.may(place.role, "picture.restore")
    own = (Picture.author == place.who) & Picture.withdrawn_at.is_not(None)
    hidden = Picture.hidden_at.is_not(None) & Picture.withdrawn_at.is_(None)
    rows = db.execute(PICTURES.where(Picture.event == place.event, or_(own, hidden) if moderates else own))
    decliners = list(db.execute(_decliners(place.event)).scalars())
    return {
        "pictures": {row.id: _whole(row) for row in rows},
        "declined": place.who in decliners,
        "decliners": decliners if moderates else [],
    }


def picture_of(db: Db, file: str, width: int) -> Row[Any] | None:
    """The picture with this file, if it has a rendition of this width."""
    row = db.execute(PICTURES.where(Picture.file == file)).one_or_none()
    return row if row is not None and width in [size[0] for size in row.sizes] else None


def may_see(db: Db, row: Row[Any], person: Row[Any]) -> bool:
    """May somebody of the event look at a picture? A hidden one, who moderates; a withdrawn one, who took it; one on an
    overlay group's board, its people, who took it and who steers."""
    if row.event != person.event:
        return False
    own = row.author == person.id or access.steers(person.role)
    if picture_kept(row) and not own and row.group not in access.groups_of(db, person.id):
        return False
    match picture_status(row):
        case "withdrawn":
            return bool(row.author == person.id)
        case "hidden":
            return access.may(person.role, "picture.restore")
    return True


def pictures_for_report(db: Db, event: str) -> list[JSON]:
    """What was chosen for the report and still stands, in the order in which it was taken: the cards, and with each
    `path`, `width` and `height` of a file that is large enough for print, relative to the data folder (a JPEG of about
    800 pixels on the longer side: 8 cm at 250 dots an inch)."""
    rows = db.execute(
        PICTURES.where(
            Picture.event == event,
            Picture.used_at.is_not(None),
            Picture.hidden_at.is_(None),
            Picture.withdrawn_at.is_(None),
        )
    )
    return [picture_card(row) | _printed(row) for row in rows if not picture_kept(row)]


def _printed(row: Row[Any]) -> JSON:
    width, height = next((size for size in row.sizes if max(size) >= FOR_PRINT), row.sizes[-1])
    return {"path": f"pictures/{file_name(row.file, width)}", "width": width, "height": height}


def _whole(row: Row[Any]) -> JSON:
    return {
        "id": row.id,
        "status": picture_status(row),
        "caption": row.caption,
        "alt": row.alt,
        "session": row.session,
        "board": row.board,
        "group": row.group,
        "author": row.author,
        "at": row.at,
        "images": [
            {"url": ADDRESS + file_name(row.file, width), "width": width, "height": height}
            for width, height in row.sizes
        ],
        "use": {"by": row.used_by, "at": row.used_at} if row.used_at is not None else None,
        "reason": row.hidden_reason,
    }


def _decliners(event: str) -> Select[Any]:
    return (
        select(PictureOptOut.person)
        .join(Person, Person.id == PictureOptOut.person)
        .where(Person.event == event)
        .order_by(PictureOptOut.at, PictureOptOut.person)
    )


_GALLERY: Select[Any] = PICTURES.where(Picture.event == bindparam("event"), Picture.withdrawn_at.is_(None))
