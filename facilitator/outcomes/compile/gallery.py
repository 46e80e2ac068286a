"""The pictures that were chosen for the report, by where they were taken."""

from __future__ import annotations

from ...domain.document import Photo, Photos, Section
from ..gather import Outcome, OutcomePicture
from .words import Words


def gallery(words: Words, outcome: Outcome) -> Section | None:
    """None where no picture was chosen."""
    if not outcome.pictures:
        return None
    of_session: dict[str | None, list[OutcomePicture]] = {}
    for picture in outcome.pictures:
        of_session.setdefault(picture.session, []).append(picture)
    # What belongs to no session comes last, wherever in time it was taken.
    order = sorted(of_session, key=lambda session: session is None)
    parts = tuple(
        Section(
            session if session is not None else words._("Beside the sessions"),
            f"gallery-{number}",
            (Photos(tuple(_photo(words, picture) for picture in of_session[session])),),
            listed=False,
        )
        for number, session in enumerate(order, start=1)
    )
    return Section(words._("Gallery"), "gallery", parts, new_page=True)


def _photo(words: Words, picture: OutcomePicture) -> Photo:
    by = words._("Picture: {name}").format(name=words.named(picture.author))
    return Photo(
        # Who sent it may have left both empty; then there is nothing better to say.
        alt=picture.alt or picture.caption or words._("A picture of the event"),
        caption=picture.caption,
        under=" · ".join(filter(None, (picture.group, by))),
        file=picture.file,
        width=picture.width,
        height=picture.height,
        picture=picture.id,
    )
