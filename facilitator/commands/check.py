"""Did we get you right? The theme desk asks a group whether it was understood, and the group answers."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import insert, update

from .. import snapshot
from ..domain import text
from ..domain.events import CheckAnswered, CheckAsked
from ..domain.refusals import Refused
from ..store.models import GroupCheck
from .context import Context
from .proposal import find
from .spec import ID, TEXT, Args, command


class Ask(Args):
    text: str = TEXT
    proposals: list[str] = Field(default=[], max_length=200)


class Answer(Args):
    check: str = ID
    right: bool
    text: str = Field(default="", max_length=20_000)


@command("check.ask", "board", Ask)
def ask(ctx: Context, args: Ask) -> None:
    """Tell a group how it was understood, and about which of its proposals; its people say whether that is right. The
    command's id becomes the check's."""
    proposals = [find(ctx, id) for id in dict.fromkeys(args.proposals)]
    if any(proposal.revealed_at is None for proposal in proposals):
        raise Refused("proposal_unknown")
    ids = [proposal.id for proposal in proposals]
    said = text.comment_text(args.text)
    ctx.write(
        insert(GroupCheck.__table__).values(
            id=ctx.id, board=ctx.place.id, text=said, proposals=ids, by=ctx.who, at=ctx.now
        )
    )
    ctx.answer["check"] = ctx.id
    ctx.emit(CheckAsked(snapshot.checks(ctx.db, ctx.place.id)[ctx.id]))


@command("check.answer", "board", Answer)
def answer(ctx: Context, args: Answer) -> None:
    """Say for the group whether it was understood, and what would be right otherwise. The first answer counts."""
    known = snapshot.checks(ctx.db, ctx.place.id).get(args.check)
    if known is None:
        raise Refused("check_unknown")
    if known["right"] is not None:
        raise Refused("check_answered")
    said = text.remark(args.text)
    if not args.right and not said:
        raise Refused("reason_empty")
    ctx.write(
        update(GroupCheck.__table__)
        .where(GroupCheck.id == args.check)
        .values(right=args.right, answer=said or None, answered_by=ctx.who, answered_at=ctx.now)
    )
    ctx.emit(CheckAnswered(snapshot.checks(ctx.db, ctx.place.id)[args.check]))
