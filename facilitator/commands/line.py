"""The final lines of a group: who reports them, and how they come into the plenary."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, exists, select, update

from .. import access, snapshot
from ..domain import steps
from ..domain.events import LinesShared, ProposalWithdrawn, RapporteurNamed
from ..domain.refusals import Refused
from ..store.models import Board, Person, Proposal, Seat, new_id
from .context import Context
from .proposal import add, reword
from .spec import ID, Args, command


class Name(Args):
    person: str | None = Field(default=None, max_length=12)


class Share(Args):
    board: str = ID


@command("rapporteur.name", "board", Name)
def name_rapporteur(ctx: Context, args: Name) -> None:
    """Say who of the group will report what came of it; null: nobody yet."""
    steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    if args.person == ctx.place.row.rapporteur:
        return
    if args.person is not None:
        _require_member(ctx, args.person)
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(rapporteur=args.person))
    ctx.emit(RapporteurNamed(args.person))


@command("lines.share", "board", Share)
def share(ctx: Context, args: Share) -> None:
    """Bring the final lines of a group's board into the plenary, where they can be endorsed and answered, and not
    changed. Shared again after a change, they follow the group's wording."""
    steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    if ctx.place.row.group_kind != "plenary":
        raise Refused("plenary_only")
    board = access.board_row(ctx.db, args.board)
    if board is None or board.event != ctx.place.event or board.group_kind == "plenary":
        raise Refused("not_yours")
    if not ctx.place.steers and board.rapporteur != ctx.who:
        raise Refused("not_rapporteur")
    lines = ctx.db.execute(
        snapshot.PROPOSALS.where(Proposal.board == board.id, Proposal.kind == "line").order_by(Proposal.number)
    ).all()
    standing = [line for line in lines if snapshot.status(line) == "standing"]
    if not standing:
        raise Refused("no_lines")
    here = {
        row.shared_from: row
        for row in ctx.db.execute(
            snapshot.PROPOSALS.where(Proposal.board == ctx.place.id, Proposal.shared_from.in_([x.id for x in lines]))
        )
    }
    before = len(ctx.events)
    _add_lines(ctx, [line for line in standing if line.id not in here])
    for line in lines:
        if line.id in here:
            _follow(ctx, line, here[line.id])
    if len(ctx.events) == before:
        raise Refused("lines_shared")


def _add_lines(ctx: Context, lines: list[Row[Any]]) -> None:
    made: list[str] = []
    for line in lines:
        id = new_id()
        add(
            ctx,
            id,
            line.text,
            kind="line",
            names=line.names,
            author=line.author,
            shared_from=line.id,
            revealed_at=ctx.now,
        )
        made.append(id)
    if made:
        ctx.emit(LinesShared(snapshot.proposals(ctx.db, Proposal.id.in_(made))))


def _follow(ctx: Context, line: Row[Any], copy: Row[Any]) -> None:
    """Let the copy say what the group says by now."""
    gone = snapshot.status(line) != "standing"
    if gone and copy.withdrawn_at is None:
        ctx.write(update(Proposal.__table__).where(Proposal.id == copy.id).values(withdrawn_at=ctx.now))
        ctx.emit(ProposalWithdrawn(copy.id))
    elif not gone and copy.withdrawn_at is not None:
        ctx.write(update(Proposal.__table__).where(Proposal.id == copy.id).values(withdrawn_at=None, text=line.text))
        ctx.emit(LinesShared(snapshot.proposals(ctx.db, Proposal.id == copy.id)))
    elif not gone and line.text != copy.text:
        reword(ctx, copy, line.text)


def _require_member(ctx: Context, person: str) -> None:
    row = ctx.db.execute(
        select(Person.name, Person.role, Person.joined_at, Person.closed_at).where(
            Person.id == person, Person.event == ctx.place.event
        )
    ).one_or_none()
    if row is None:
        raise Refused("person_unknown")
    seated = exists().where(Seat.group == ctx.place.row.group, Seat.person == person)
    if ctx.place.row.group_kind == "plenary":
        member = row.role == "participant" and row.joined_at is not None and row.closed_at is None
    else:
        member = bool(ctx.db.execute(select(seated)).scalar())
    if not member:
        raise Refused("not_member", name=row.name)
