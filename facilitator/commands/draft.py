"""A text that a group drafts together, phrase by phrase."""

from __future__ import annotations

from sqlalchemy import select, update

from .. import snapshot
from ..domain import phrases, steps, text
from ..domain.events import DraftSet
from ..domain.refusals import Refused
from ..store.models import Proposal, new_id
from .context import Context
from .proposal import add
from .spec import TEXT, Args, command

MOST_PHRASES = 40


class Set(Args):
    text: str = TEXT


@command("draft.set", "board", Set)
def set_draft(ctx: Context, args: Set) -> None:
    """Put a text on the board, cut into phrases. A phrase that was there before keeps what was said to it; one that is
    no longer in the text is kept, off the board."""
    step = steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    wanted = phrases.split(text.guiding_text(args.text))
    if not wanted:
        raise Refused("draft_empty")
    if len(wanted) > MOST_PHRASES:
        raise Refused("draft_long", count=len(wanted), limit=MOST_PHRASES)
    for phrase in wanted:
        text.proposal_text(phrase)
    here = ctx.db.execute(
        select(Proposal.id, Proposal.text)
        .where(
            Proposal.board == ctx.place.id,
            Proposal.kind == "phrase",
            Proposal.withdrawn_at.is_(None),
            Proposal.hidden_at.is_(None),
        )
        .order_by(Proposal.number)
    ).all()
    if [row.text for row in here] == wanted:
        return
    free = [(row.id, row.text) for row in here]
    kept: list[str] = []
    for phrase in wanted:
        known = next((id for id, wording in free if wording == phrase), None)
        if known is None:
            known = new_id()
            add(ctx, known, phrase, kind="phrase", names=step.settings.names, author=ctx.who, revealed_at=ctx.now)
        else:
            free = [(id, wording) for id, wording in free if id != known]
        kept.append(known)
    gone = [id for id, _ in free]
    if gone:
        ctx.write(update(Proposal.__table__).where(Proposal.id.in_(gone)).values(withdrawn_at=ctx.now))
    _number(ctx, kept)
    ctx.emit(DraftSet(snapshot.proposals(ctx.db, Proposal.id.in_(kept)), gone))


def _number(ctx: Context, ids: list[str]) -> None:
    """The order of the text is the order of the numbers; new ones, since no two cards of a board share one."""
    last = select(Proposal.number).where(Proposal.board == ctx.place.id).order_by(Proposal.number.desc()).limit(1)
    first = 1 + int(ctx.db.execute(last).scalar_one())
    for number, id in enumerate(ids, start=first):
        ctx.write(update(Proposal.__table__).where(Proposal.id == id).values(number=number))
