"""Saying something to a proposal; suggesting another wording for a phrase."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Row, insert, update

from .. import snapshot
from ..domain import steps, text
from ..domain.events import CommentAdopted, CommentHidden, CommentPosted, CommentRestored, CommentWithdrawn
from ..domain.refusals import Refused
from ..store.models import Comment
from .context import Context
from .proposal import find, require_standing, reword
from .spec import ID, TEXT, Args, command


class Post(Args):
    proposal: str = ID
    text: str = TEXT
    kind: Literal["comment", "alternative"] = "comment"


class Which(Args):
    comment: str = ID


class Hide(Args):
    comment: str = ID
    reason: str = TEXT


@command("comment.post", "board", Post)
def post(ctx: Context, args: Post) -> None:
    """Say something to a proposal, or suggest another wording for a phrase. The command's id becomes the comment's."""
    step = steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    proposal = find(ctx, args.proposal)
    if proposal.revealed_at is None:
        raise Refused("proposal_unknown")
    if snapshot.status(proposal) != "parked":
        require_standing(proposal)
    if args.kind == "alternative" and proposal.kind != "phrase":
        raise Refused("not_alternative")
    ctx.write(
        insert(Comment.__table__).values(
            id=ctx.id,
            board=ctx.place.id,
            proposal=proposal.id,
            kind=args.kind,
            text=text.comment_text(args.text),
            author=ctx.who,
            names=step.settings.names,
            at=ctx.now,
        )
    )
    ctx.answer["comment"] = ctx.id
    ctx.emit(CommentPosted(snapshot.comment(_find(ctx, ctx.id))), signed=step.settings.names == "named")


@command("comment.withdraw", "board", Which)
def withdraw(ctx: Context, args: Which) -> None:
    """Take one's own comment back."""
    steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    comment = _find(ctx, args.comment)
    if comment.author != ctx.who:
        raise Refused("comment_not_own")
    _require_standing(comment)
    _set(ctx, comment.id, withdrawn_at=ctx.now)
    ctx.emit(CommentWithdrawn(comment.id), signed=comment.names == "named")


@command("comment.adopt", "board", Which)
def adopt(ctx: Context, args: Which) -> None:
    """Make an alternative the wording of its phrase. The earlier wording is kept."""
    steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    comment = _find(ctx, args.comment)
    if comment.kind != "alternative":
        raise Refused("not_alternative")
    _require_standing(comment)
    phrase = find(ctx, comment.proposal)
    require_standing(phrase)
    _set(ctx, comment.id, adopted_at=ctx.now, adopted_by=ctx.who)
    if phrase.text != comment.text:
        reword(ctx, phrase, comment.text)
    ctx.emit(CommentAdopted(comment.id))


@command("comment.hide", "board", Hide)
def hide(ctx: Context, args: Hide) -> None:
    """Hide a comment from the group, with a reason that everybody sees."""
    comment = _find(ctx, args.comment)
    if comment.hidden_at is not None:
        raise Refused("comment_hidden", reason=comment.hidden_reason)
    reason = text.moderation_reason(args.reason)
    _set(ctx, comment.id, hidden_at=ctx.now, hidden_by=ctx.who, hidden_reason=reason)
    ctx.emit(CommentHidden(comment.id, reason))


@command("comment.restore", "board", Which)
def restore(ctx: Context, args: Which) -> None:
    """Restore a hidden comment."""
    comment = _find(ctx, args.comment)
    if comment.hidden_at is None:
        raise Refused("comment_standing")
    _set(ctx, comment.id, hidden_at=None, hidden_by=None, hidden_reason=None)
    ctx.emit(CommentRestored(snapshot.comment(_find(ctx, comment.id))))


def _find(ctx: Context, id: str) -> Row[Any]:
    row = ctx.db.execute(snapshot.COMMENTS.where(Comment.id == id, Comment.board == ctx.place.id)).one_or_none()
    if row is None:
        raise Refused("comment_unknown")
    return row


def _require_standing(comment: Row[Any]) -> None:
    if comment.hidden_at is not None:
        raise Refused("comment_hidden", reason=comment.hidden_reason)
    if comment.withdrawn_at is not None:
        raise Refused("comment_withdrawn")


def _set(ctx: Context, comment: str, **values: Any) -> None:
    ctx.write(update(Comment.__table__).where(Comment.id == comment).values(**values))
