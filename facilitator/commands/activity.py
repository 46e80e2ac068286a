"""Choosing another activity for a board, or changing the steps that are still to come."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError
from sqlalchemy import Row, select, update

from .. import snapshot
from ..domain.events import ActivityChosen
from ..domain.refusals import Refused
from ..domain.sheet import frozen
from ..library import Activity
from ..store.models import Ballot, Board, Proposal
from .context import Context
from .proposal import add
from .spec import Args, command


class Choose(Args):
    activity: dict[str, Any] = Field(max_length=40)


@command("activity.choose", "board", Choose)
def choose(ctx: Context, args: Choose) -> None:
    """Give the board an activity of the library, or one of one's own making. What has begun stays as it is: the steps
    up to the current one, and those in which a vote was held."""
    board = ctx.place.row
    try:
        chosen = Activity.model_validate(frozen(args.activity))
        lanes = chosen.on([] if chosen.lanes and not _has_proposals(ctx) else board.lanes)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        why = first["msg"].removeprefix("Value error, ")
        raise Refused("activity_wrong", why=f"{where}: {why}" if where else why) from None
    except ValueError as error:
        raise Refused("activity_wrong", why=str(error)) from None
    activity = chosen.data()
    _require_begun_kept(ctx, board, activity)
    if (activity, lanes) == (board.activity, board.lanes):
        return
    ctx.write(update(Board.__table__).where(Board.id == board.id).values(activity=activity, lanes=lanes))
    now = snapshot.board_now(ctx.db, board.id)
    seeded = seed_given(ctx, now)
    cards = snapshot.proposals(ctx.db, Proposal.id.in_(seeded)) if seeded else []
    ctx.emit(ActivityChosen(activity, lanes, snapshot.can(now), cards))


def seed_given(ctx: Context, board: Row[Any]) -> list[str]:
    """Put the items on the board that its votes need and it does not have. Returns their ids."""
    have = set(ctx.db.execute(select(Proposal.key).where(Proposal.board == board.id)).scalars())
    seeded: list[str] = []
    for step in snapshot.activity_steps(board):
        for item in step.settings.given(board.lanes):
            if item["key"] in have:
                continue
            have.add(item["key"])
            id = given_id(board.id, str(item["key"]))
            add(ctx, id, str(item["text"]), kind="given", key=item["key"], lane=item["lane"], revealed_at=ctx.now)
            seeded.append(id)
    return seeded


def given_id(board: str, key: str) -> str:
    """The id of a given item, made of the board's and its own."""
    return f"{board}-{key}".replace("_", "-")


def _has_proposals(ctx: Context) -> bool:
    """Lanes with something in them stay."""
    posted = select(Proposal.id).where(Proposal.board == ctx.place.id, Proposal.kind == "proposal").limit(1)
    return ctx.db.execute(posted).first() is not None


def _require_begun_kept(ctx: Context, board: Row[Any], activity: dict[str, Any]) -> None:
    before = board.activity["steps"]
    ids = [step["id"] for step in before]
    reached = ids.index(board.step) + 1 if board.step in ids else 0
    held = set(ctx.db.execute(select(Ballot.step).where(Ballot.board == board.id)).scalars())
    after = {step["id"]: step for step in activity["steps"]}
    order = [step["id"] for step in activity["steps"]]
    for place, step in enumerate(before):
        if place < reached and (place >= len(order) or order[place] != step["id"]):
            raise Refused("activity_begun", step=step["title"])
        if (place < reached or step["id"] in held) and not _same(step, after.get(step["id"])):
            raise Refused("activity_begun", step=step["title"])


def _same(step: dict[str, Any], now: dict[str, Any] | None) -> bool:
    """Words and minutes may change at any time."""
    words = ("title", "instruction", "minutes")
    return now is not None and {k: v for k, v in step.items() if k not in words} == {
        k: v for k, v in now.items() if k not in words
    }
