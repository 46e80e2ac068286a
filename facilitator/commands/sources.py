"""What a conclusion rests on: proposals, themes, cells of an alignment, as they are at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import Field, model_validator
from sqlalchemy import Row, insert, select

from .. import snapshot
from ..domain.events import JSON
from ..domain.refusals import Refused
from ..store.models import Proposal, Source, Theme
from .context import Context
from .proposal import require_standing
from .spec import ID, Args

MOST = 50


class Thing(Args):
    """A proposal (a line, a phrase); with a criterion, the cell of an alignment; or a theme."""

    proposal: Annotated[str, ID] | None = None
    criterion: str | None = Field(default=None, min_length=1, max_length=20)
    theme: Annotated[str, ID] | None = None

    @model_validator(mode="after")
    def _one_thing(self) -> Thing:
        if (self.proposal is None) == (self.theme is None) or (self.theme and self.criterion):
            raise ValueError("a source is a proposal, a proposal with a criterion, or a theme")
        return self


@dataclass(frozen=True)
class Found:
    kind: str
    board: str
    text: str
    proposal: str | None = None
    theme: str | None = None
    criterion: str | None = None
    parts: list[JSON] = field(default_factory=list)
    ballot: str | None = None
    figures: JSON | None = None

    @property
    def key(self) -> tuple[str | None, ...]:
        return self.proposal, self.theme, self.criterion


def find(ctx: Context, wanted: list[Thing]) -> list[Found]:
    """What is asked for, read now. Raises Refused where something of it cannot be promoted."""
    found = [_theme(ctx, which.theme) if which.theme else _proposal(ctx, which) for which in wanted]
    return list({one.key: one for one in found}.values())


def rests_on(ctx: Context, conclusion: str) -> set[tuple[str | None, ...]]:
    rows = ctx.db.execute(
        select(Source.proposal, Source.theme, Source.criterion).where(Source.conclusion == conclusion)
    )
    return {tuple(row) for row in rows}


def write(ctx: Context, conclusion: str, found: list[Found], after: int = 0) -> None:
    for number, one in enumerate(found, start=after + 1):
        values = {key: value for key, value in vars(one).items() if value is not None}
        ctx.write(
            insert(Source.__table__).values(conclusion=conclusion, number=number, by=ctx.who, at=ctx.now, **values)
        )


def _proposal(ctx: Context, which: Thing) -> Found:
    proposal = ctx.db.execute(select(*Proposal.__table__.c).where(Proposal.id == which.proposal)).one_or_none()
    board = _board(ctx, proposal.board) if proposal else None
    if proposal is None or board is None or proposal.revealed_at is None:
        raise Refused("proposal_unknown")
    require_standing(proposal)
    if which.criterion is not None:
        return _cell(ctx, board, proposal, which.criterion)
    ballot, figures = _figures(ctx, board, proposal.id)
    behind = _texts(ctx, Proposal.merged_into == proposal.id)
    return Found(
        "proposal", board.id, proposal.text, proposal=proposal.id, parts=behind, ballot=ballot, figures=figures
    )


def _theme(ctx: Context, theme: str) -> Found:
    row = ctx.db.execute(
        select(*Theme.__table__.c).where(Theme.id == theme, Theme.dissolved_at.is_(None))
    ).one_or_none()
    board = _board(ctx, row.board) if row else None
    if row is None or board is None:
        raise Refused("theme_unknown")
    under = _texts(ctx, (Proposal.theme == theme) & Proposal.merged_into.is_(None) & Proposal.split_at.is_(None))
    if not under:
        raise Refused("theme_bare")
    return Found("theme", board.id, row.name, theme=theme, parts=under)


def _cell(ctx: Context, board: Row[Any], proposal: Row[Any], criterion: str) -> Found:
    ballot, results = _results(ctx, board)
    cells = (results or {}).get("criteria") or ()
    cell = next((c for c in cells if (c["proposal"], c["criterion"]) == (proposal.id, criterion)), None)
    if results is None or ballot is None or cell is None:
        raise Refused("cell_unknown")
    if cell.get("withheld"):
        raise Refused("cell_withheld")
    title = next(c["title"] for c in results["ballot"]["criteria"] if c["id"] == criterion)
    figures = {key: cell[key] for key in ("n", "mean", "median", "q1", "q3")}
    figures |= {"kind": "cell", "criterion": title, "anchors": results["ballot"]["anchors"], **_turnout(results)}
    text = f"{proposal.text}: {title}"
    return Found("cell", board.id, text, proposal=proposal.id, criterion=criterion, ballot=ballot.id, figures=figures)


def _board(ctx: Context, board: str) -> Row[Any] | None:
    """The board, if it is one of this day of this event."""
    row = snapshot.board_now(ctx.db, board)
    if row.event != ctx.place.event:
        return None
    if row.day != ctx.place.id:
        raise Refused("other_day")
    return row


def _texts(ctx: Context, which: Any) -> list[JSON]:
    rows = ctx.db.execute(
        select(Proposal.id, Proposal.text)
        .where(which, Proposal.revealed_at.is_not(None), Proposal.hidden_at.is_(None), Proposal.withdrawn_at.is_(None))
        .order_by(Proposal.number)
    )
    return [{"proposal": row.id, "text": row.text} for row in rows]


def _figures(ctx: Context, board: Row[Any], proposal: str) -> tuple[str | None, JSON | None]:
    """The ballot and what it said of the proposal, if results are on show; a vote under way stays secret."""
    ballot, results = _results(ctx, board)
    row = next((row for row in (results or {}).get("ranked", ()) if row["proposal"] == proposal), None)
    if results is None or ballot is None or row is None:
        return None, None
    figures = {key: value for key, value in row.items() if key != "proposal"}
    return ballot.id, {"kind": ballot.kind, **figures, **_turnout(results), "of": len(results["ranked"])}


def _results(ctx: Context, board: Row[Any]) -> tuple[Row[Any] | None, JSON | None]:
    step = snapshot.current_step(board)
    if step is not None and step.ballot is not None and board.step_open:
        raise Refused("ballot_running")
    return snapshot.current_ballot(ctx.db, board), snapshot.results(ctx.db, board)


def _turnout(results: JSON) -> JSON:
    return {key: results[key] for key in ("voted", "electors", "round")}
