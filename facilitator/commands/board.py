"""Boards themselves: made with their session and group, asked another question, locked for a moment, taken away while
nothing is on them."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Connection as Db
from sqlalchemy import delete, exists, insert, or_, select, update

from .. import access, snapshot
from ..domain import text
from ..domain.events import BoardFramed, BoardLocked, BoardUnlocked
from ..domain.refusals import Refused
from ..library import Activity
from ..store.models import Base, Board, Log, Proposal, Room, Seat, Wording, new_id
from .activity import given_id
from .context import Context
from .spec import TEXT, Args, Nothing, command

MOST_LANES = 12


class Frame(Args):
    prompt: str = TEXT
    lanes: list[str] | None = Field(default=None, max_length=MOST_LANES)


@command("board.frame", "board", Frame)
def frame(ctx: Context, args: Frame) -> None:
    """Ask the group another question, or give the board other lanes (by their titles; a lane that keeps its place
    keeps its id). Lanes stay as they are once somebody has worked on the board."""
    prompt, lanes = text.description(args.prompt), ctx.place.row.lanes
    if args.lanes is not None and [lane["title"] for lane in lanes] != args.lanes:
        if not pristine(ctx.db, ctx.place.id):
            raise Refused("lanes_used")
        ids = [lane["id"] for lane in lanes] + [f"lane{number + 1}" for number in range(len(lanes), MOST_LANES)]
        titles = [text.title(title) for title in args.lanes]
        lanes = [{"id": id, "title": title} for id, title in zip(ids, titles, strict=False)]
        if not lanes and any(step.get("on") == "lanes" for step in ctx.place.row.activity["steps"]):
            raise Refused("lanes_needed")
    if (prompt, lanes) == (ctx.place.row.prompt, ctx.place.row.lanes):
        return
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(prompt=prompt, lanes=lanes))
    ctx.emit(framed(ctx.db, ctx.place.id))


@command("board.lock", "board", Nothing)
def lock(ctx: Context, args: Nothing) -> None:
    """Lock the board: nothing of its group is accepted until it is unlocked. What is being typed is kept."""
    if ctx.place.row.locked_at is not None:
        raise Refused("board_locked")
    _set(ctx, locked_at=ctx.now, locked_by=ctx.who)
    ctx.emit(BoardLocked(ctx.now, snapshot.can(snapshot.board_now(ctx.db, ctx.place.id))))


@command("board.unlock", "board", Nothing)
def unlock(ctx: Context, args: Nothing) -> None:
    """Unlock the board."""
    if ctx.place.row.locked_at is None:
        raise Refused("board_standing")
    _set(ctx, locked_at=None, locked_by=None)
    ctx.emit(BoardUnlocked(snapshot.can(snapshot.board_now(ctx.db, ctx.place.id))))


def _set(ctx: Context, **values: object) -> None:
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(**values))


def framed(db: Db, board: str) -> BoardFramed:
    """What frames a board by now."""
    row = snapshot.board_now(db, board)
    return BoardFramed(row.title, row.group_name, row.day, row.prompt, row.lanes)


def write_board(
    db: Db, event: str, now: int, *, session: str, group: str, prompt: str, lanes: list[dict[str, str]],
    activity: Activity,
) -> str:  # fmt: skip
    """Write a board with its room and the items that its activity's votes need. Returns its id."""
    id = new_id()
    rapporteur = select(Seat.person).where(Seat.group == group, Seat.role == "rapporteur").limit(1)
    db.execute(
        insert(Board.__table__).values(
            id=id,
            session=session,
            group=group,
            prompt=prompt,
            lanes=lanes,
            activity=activity.data(),
            rapporteur=db.execute(rapporteur).scalar(),
        )
    )
    db.execute(insert(Room.__table__).values(id=f"board:{id}", event=event, seq=0))
    given = {item["key"]: item for step in activity.steps for item in step.settings.given(lanes)}
    for number, item in enumerate(given.values(), start=1):
        card = given_id(id, str(item["key"]))
        db.execute(
            insert(Proposal.__table__).values(
                id=card,
                board=id,
                kind="given",
                key=item["key"],
                lane=item["lane"],
                text=item["text"],
                at=now,
                number=number,
                revealed_at=now,
            )
        )
        db.execute(insert(Wording.__table__).values(of=card, version=1, text=item["text"], at=now))
    return id


def pristine(db: Db, board: str) -> bool:
    """Has nobody worked here yet: no step was opened, and nothing stands on the board but what was given with it?"""
    row = access.board_row(db, board)
    if row is None or row.step is not None:
        return False
    given = select(Proposal.id).where(Proposal.board == board, Proposal.kind == "given")
    if db.execute(select(exists().where(Proposal.board == board, Proposal.kind != "given"))).scalar():
        return False
    for table in Base.metadata.sorted_tables:
        here = [key.parent == board for key in table.foreign_keys if key.target_fullname == "board.id"]
        cards = [key.parent.in_(given) for key in table.foreign_keys if key.target_fullname == "proposal.id"]
        if table.name == "proposal":
            here = []
        if (here or cards) and db.execute(select(exists().where(or_(*here, *cards)))).scalar():
            return False
    return True


def drop(ctx: Context, board: str) -> None:
    """Take a board away on which nobody has worked.

    Raises:
        Refused: `board_used`.
    """
    if not pristine(ctx.db, board):
        raise Refused("board_used", name=snapshot.board_now(ctx.db, board).group_name)
    cards: Any = select(Proposal.id).where(Proposal.board == board)
    ctx.write(delete(Wording.__table__).where(Wording.of.in_(cards)))
    ctx.write(delete(Proposal.__table__).where(Proposal.board == board))
    ctx.write(delete(Log.__table__).where(Log.room == f"board:{board}"))
    ctx.write(delete(Room.__table__).where(Room.id == f"board:{board}"))
    ctx.write(delete(Board.__table__).where(Board.id == board))
