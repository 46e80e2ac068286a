"""The guiding texts of an event: its mission, its vision."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import insert, select

from .. import access, snapshot
from ..domain import text
from ..domain.events import TextWorded
from ..domain.refusals import Refused
from ..store.models import GuidingText
from .context import Context
from .spec import TEXT, Args, command


class Word(Args):
    text: str = Field(min_length=1, max_length=20, pattern=r"^[a-z][a-z0-9_]{0,19}$")
    wording: str = TEXT
    title: str | None = Field(default=None, max_length=2_000)
    board: str | None = Field(default=None, max_length=12)


@command("text.word", "event", Word)
def word(ctx: Context, args: Word) -> None:
    """Give a guiding text of the event (`mission`, `vision`) a wording. The earlier ones are kept, and ratings that
    were made on them say so. A new text needs a title; `board` is where it was drafted."""
    wording = text.guiding_text(args.wording)
    before = ctx.db.execute(
        select(*GuidingText.__table__.c)
        .where(GuidingText.event == ctx.place.event, GuidingText.key == args.text)
        .order_by(GuidingText.version.desc())
        .limit(1)
    ).one_or_none()
    if before is None and not args.title:
        raise Refused("text_unknown")
    title = text.theme_name(args.title) if args.title else before.title if before else ""
    if before is not None and (before.text, before.title) == (wording, title):
        return
    if args.board is not None:
        board = access.board_row(ctx.db, args.board)
        if board is None or board.event != ctx.place.event:
            raise Refused("not_yours")
    ctx.write(
        insert(GuidingText.__table__).values(
            event=ctx.place.event,
            key=args.text,
            version=before.version + 1 if before else 1,
            title=title,
            text=wording,
            board=args.board,
            by=ctx.who,
            at=ctx.now,
        )
    )
    card = next(text for text in snapshot.guiding_texts(ctx.db, ctx.place.event) if text["key"] == args.text)
    ctx.emit(TextWorded(card))
