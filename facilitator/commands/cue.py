"""The stage: what the whole event looks at. Things are lined up, shown one at a time, and shown again if need be."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row, delete, func, insert, select, update

from .. import access, snapshot
from ..domain.events import JSON, CueAdded, CueEnded, CueMoved, CueRemoved, CueRetracted, CueShown, CueTurned
from ..domain.refusals import Refused
from ..store.models import Conclusion, Cue, Day, Proposal
from .context import Context
from .spec import ID, Args, Nothing, command

View = Literal["join", "session", "lines", "results", "proposal", "conclusions", "conclusion", "gallery"]
OPTIONAL_ID = Field(default=None, max_length=36, pattern=r"^[0-9a-z-]+$")
ABOUT: dict[str, set[str]] = {"lines": {"board"}, "results": {"board"}, "proposal": {"proposal"}}
ABOUT |= {"conclusions": {"day"}, "conclusion": {"conclusion"}}


class Add(Args):
    view: View
    board: str | None = OPTIONAL_ID
    proposal: str | None = OPTIONAL_ID
    day: str | None = OPTIONAL_ID
    conclusion: str | None = OPTIONAL_ID
    show: bool = False


class Which(Args):
    cue: str = ID


class Move(Args):
    cue: str = ID
    position: int = Field(ge=0, le=10_000)


class Turn(Args):
    page: int = Field(ge=0, le=99)


@command("cue.add", "event", Add)
def add(ctx: Context, args: Add) -> None:
    """Line something up for the stage: the final lines or the results of a board, a proposal, a conclusion or all of a
    day, or one of the screens that say what is on. `show` puts it on the stage at once. The command's id becomes the
    cue's."""
    given = {key: value for key in ("board", "proposal", "day", "conclusion") if (value := getattr(args, key))}
    if set(given) != ABOUT.get(args.view, set()):
        raise Refused("cue_wrong")
    about = _about(ctx, given)
    last = select(func.coalesce(func.max(Cue.position), -1)).where(Cue.event == ctx.place.event)
    row = {"id": ctx.id, "event": ctx.place.event, "view": args.view, **about, "page": 0, "by": ctx.who, "at": ctx.now}
    ctx.write(insert(Cue.__table__).values(position=1 + ctx.db.execute(last).scalar_one(), **row))
    ctx.answer["cue"] = ctx.id
    if args.show:
        _show(ctx, _find(ctx, ctx.id))
    else:
        ctx.emit(CueAdded(snapshot.cue_card(_find(ctx, ctx.id))))


@command("cue.move", "event", Move)
def move(ctx: Context, args: Move) -> None:
    """Put what waits for the stage at another place of the line (0 comes next)."""
    cue = _find(ctx, args.cue)
    if cue.shown_at is not None:
        raise Refused("cue_unknown")
    order = _waiting(ctx)
    if args.position >= len(order):
        raise Refused("position_unknown")
    before = list(order)
    order.remove(cue.id)
    order.insert(args.position, cue.id)
    if order == before:
        return
    for position, id in enumerate(order):
        _set(ctx, id, position=position)
    ctx.emit(CueMoved(order))


@command("cue.remove", "event", Which)
def remove(ctx: Context, args: Which) -> None:
    """Take something out of the line that has not been shown."""
    cue = _find(ctx, args.cue)
    if cue.shown_at is not None:
        raise Refused("cue_on_stage") if cue.ended_at is None else Refused("cue_unknown")
    ctx.write(delete(Cue.__table__).where(Cue.id == cue.id))
    ctx.emit(CueRemoved(cue.id))


@command("cue.show", "event", Which)
def show(ctx: Context, args: Which) -> None:
    """Put something on the stage, in place of what is there: what waits, or what has been on before."""
    _show(ctx, _find(ctx, args.cue))


@command("cue.turn", "event", Turn)
def turn(ctx: Context, args: Turn) -> None:
    """Turn what is on the stage to another page (0 is the first). How many there are is for the screens to say: they
    show the last one where there are fewer."""
    on = _on(ctx)
    if on is None:
        raise Refused("stage_empty")
    if _find(ctx, on).page != args.page:
        _set(ctx, on, page=args.page)
        ctx.emit(CueTurned(on, args.page))


@command("cue.end", "event", Nothing)
def end(ctx: Context, args: Nothing) -> None:
    """Clear the stage."""
    ended = _end(ctx)
    if ended is None:
        raise Refused("stage_empty")
    ctx.emit(CueEnded(ended))


def retract(ctx: Context, what: str) -> None:
    """Take a proposal or a conclusion that is not to be seen any more off the stage, and out of what was shown before.
    For commands with `stage`."""
    showed = select(Cue.id).where(Cue.event == ctx.place.event, Cue.shown_at.is_not(None))
    found = [cue for id in ctx.db.execute(showed).scalars() if _holds(cue := _find(ctx, id), what)]
    if not found:
        return
    for cue in found:
        _set(ctx, cue.id, content=_without(cue, what))
    on = _on(ctx)
    ended = _end(ctx) if on in [cue.id for cue in found if _without(cue, what) is None] else None
    left = snapshot.cue_card(_find(ctx, on), with_content=True) if on is not None and ended is None else None
    ctx.tell(f"event:{ctx.place.event}", CueRetracted(left, ended), signed=False)


def _holds(cue: Row[Any], what: str) -> bool:
    cards = (cue.content or {}).get("proposals", [])
    return cue.content is not None and (cue.conclusion == what or what in [card["id"] for card in cards])


def _without(cue: Row[Any], what: str) -> JSON | None:
    """A cue's content without a proposal and all that was said of it; None where nothing else was in it."""
    if cue.conclusion == what:
        return None

    def left(values: JSON) -> JSON:
        return {
            key: list(filter(is_left, value)) if isinstance(value, list) else value for key, value in values.items()
        }

    def is_left(one: Any) -> bool:
        return what not in ((one.get("id"), one.get("proposal")) if isinstance(one, dict) else (one,))

    content = left(cue.content)
    if "results" in content:
        content["results"] = left(content["results"])
    return content if content["proposals"] else None


def _show(ctx: Context, cue: Row[Any]) -> None:
    content = _content(ctx, cue)
    ended = _end(ctx, but_not=cue.id)
    _set(ctx, cue.id, shown_at=ctx.now, ended_at=None, content=content, page=0)
    ctx.emit(CueShown(snapshot.cue_card(_find(ctx, cue.id), with_content=True), ended))


def _end(ctx: Context, but_not: str = "") -> JSON | None:
    on = _on(ctx)
    if on is None or on == but_not:
        return None
    _set(ctx, on, ended_at=ctx.now)
    return snapshot.cue_card(_find(ctx, on))


def _on(ctx: Context) -> str | None:
    on = select(Cue.id).where(Cue.event == ctx.place.event, Cue.shown_at.is_not(None), Cue.ended_at.is_(None))
    return ctx.db.execute(on).scalar()


def _about(ctx: Context, given: dict[str, str]) -> dict[str, str]:
    """What a cue is about, as its columns; a proposal or a conclusion brings its board or its day along."""
    match given:
        case {"board": board}:
            return {"board": _board(ctx, board).id}
        case {"proposal": proposal}:
            row = ctx.db.execute(select(*Proposal.__table__.c).where(Proposal.id == proposal)).one_or_none()
            if row is None or row.revealed_at is None:
                raise Refused("proposal_unknown")
            return {"proposal": row.id, "board": _board(ctx, row.board).id}
        case {"day": day}:
            return {"day": _day(ctx, day)}
        case {"conclusion": conclusion}:
            found = ctx.db.execute(select(Conclusion.day).where(Conclusion.id == conclusion)).scalar()
            if found is None:
                raise Refused("conclusion_unknown")
            return {"conclusion": conclusion, "day": _day(ctx, found)}
    return {}


def _board(ctx: Context, board: str) -> Row[Any]:
    row = access.board_row(ctx.db, board)
    if row is None or row.event != ctx.place.event:
        raise Refused("not_yours")
    return row


def _day(ctx: Context, day: str) -> str:
    row = ctx.db.execute(select(Day.id).where(Day.id == day, Day.event == ctx.place.event)).scalar()
    if row is None:
        raise Refused("not_yours")
    return str(row)


def _content(ctx: Context, cue: Row[Any]) -> JSON | None:
    """What everybody is shown of it, as it is at this moment. Only what is on show on its own board as well."""
    if cue.conclusion is not None:
        found = snapshot.conclusions(ctx.db, Conclusion.id == cue.conclusion)
        if not found:
            raise Refused("conclusion_taken_back")
        return {key: found[0][key] for key in ("kind", "wording")}
    if cue.board is None:
        return None
    board = snapshot.board_now(ctx.db, cue.board)
    content: JSON = {"group_name": board.group_name}
    if cue.view == "results":
        results = snapshot.results(ctx.db, board)
        if results is None:
            raise Refused("cue_empty")
        ids = [row["proposal"] for row in results["ranked"]]
        # Who voted how was promised to the board alone, not to everybody in the room.
        content |= {"results": {key: value for key, value in results.items() if key != "voters"}}
        cards = snapshot.proposals(ctx.db, Proposal.id.in_(ids))
    elif cue.view == "lines":
        cards = snapshot.proposals(ctx.db, (Proposal.board == board.id) & (Proposal.kind == "line"))
    else:
        cards = snapshot.proposals(ctx.db, Proposal.id == cue.proposal)
    shown = [card for card in cards if card["status"] in ("standing", "parked")]
    if not shown:
        raise Refused("cue_empty")
    return content | {"proposals": [{key: card[key] for key in ("id", "text")} for card in shown]}


def _waiting(ctx: Context) -> list[str]:
    rows = select(Cue.id).where(Cue.event == ctx.place.event, Cue.shown_at.is_(None)).order_by(Cue.position)
    return list(ctx.db.execute(rows).scalars())


def _find(ctx: Context, cue: str) -> Row[Any]:
    row = ctx.db.execute(snapshot.CUES.where(Cue.id == cue, Cue.event == ctx.place.event)).one_or_none()
    if row is None:
        raise Refused("cue_unknown")
    return row


def _set(ctx: Context, cue: str, **values: Any) -> None:
    ctx.write(update(Cue.__table__).where(Cue.id == cue).values(**values))
