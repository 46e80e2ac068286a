"""Bringing in a conversation that was held elsewhere, as a board with its proposals and its votes."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import func, insert, select

from .. import library, snapshot
from ..access import link_hash, link_token
from ..domain.events import SessionAdded
from ..domain.refusals import Refused
from ..store.models import Ballot, Board, Day, Elector, Group, Person, Proposal, Room, Session, Vote, Wording, new_id
from .context import Context
from .spec import Args, command

MOMENT = Field(ge=0, le=4_102_444_800_000)  # up to the year 2100, in milliseconds


NO_NUL = r"^[^\x00]*$"  # PostgreSQL keeps no NUL in a text


class Comment(Args):
    id: str = Field(max_length=40, pattern=NO_NUL)
    author: str = Field(max_length=40, pattern=NO_NUL)
    at: int = MOMENT
    text: str = Field(min_length=1, max_length=500, pattern=NO_NUL)
    hidden_reason: str | None = Field(default=None, max_length=200, pattern=NO_NUL)


class Conversation(Args):
    title: str = Field(min_length=1, max_length=200, pattern=NO_NUL)
    prompt: str = Field(max_length=5_000, pattern=NO_NUL)
    group: str = Field(min_length=1, max_length=120, pattern=NO_NUL)
    comments: list[Comment] = Field(max_length=20_000)
    votes: list[tuple[str, str, int]] = Field(max_length=2_000_000)  # (voter, comment, 1 | 0 | -1), one per pair
    opened_at: int = MOMENT
    closed_at: int = MOMENT


@command("conversation.import", "event", Conversation)
def import_conversation(ctx: Context, args: Conversation) -> None:
    """Add a session to the event's last day whose board holds the conversation, its ballot closed and revealed."""
    event = ctx.place.event
    group = ctx.db.execute(select(Group.id).where(Group.event == event, Group.name == args.group)).scalar()
    if group is None:
        names = ctx.db.execute(select(Group.name).where(Group.event == event).order_by(Group.number)).scalars()
        raise Refused("group_unknown", name=args.group, names=", ".join(names))
    session, board = _add_board(ctx, args, group)
    people = _add_people(ctx, {c.author for c in args.comments} | {voter for voter, _, _ in args.votes})
    proposals = {comment.id: new_id() for comment in args.comments}
    _insert(
        ctx,
        Proposal,
        [
            {
                "id": proposals[c.id],
                "board": board,
                "text": c.text,
                "author": people[c.author],
                "at": c.at,
                "number": number,
                "imported": c.id,
                "revealed_at": c.at,
                "hidden_at": ctx.now if c.hidden_reason else None,
                "hidden_reason": c.hidden_reason,
            }
            for number, c in enumerate(sorted(args.comments, key=lambda c: c.at), start=1)
        ],
    )
    _insert(
        ctx,
        Wording,
        [
            {"of": proposals[c.id], "version": 1, "text": c.text, "by": people[c.author], "at": c.at}
            for c in args.comments
        ],
    )
    ballot = new_id()
    ctx.write(
        insert(Ballot.__table__).values(
            id=ballot,
            board=board,
            step="vote",
            kind="approval",
            rules={"kind": "approval"},
            opened_at=args.opened_at,
            closed_at=args.closed_at,
            counted_at=ctx.now,
        )
    )
    voters = sorted({voter for voter, _, _ in args.votes})
    _insert(ctx, Elector, [{"ballot": ballot, "voter": people[voter], "person": people[voter]} for voter in voters])
    _insert(
        ctx,
        Vote,
        [
            {"ballot": ballot, "voter": people[voter], "proposal": proposals[comment], "value": value}
            for voter, comment, value in args.votes
        ],
    )
    ctx.answer |= {"board": board, "session": session}


def _add_board(ctx: Context, args: Conversation, group: str) -> tuple[str, str]:
    day = ctx.db.execute(
        select(Day.id).where(Day.event == ctx.place.event).order_by(Day.number.desc()).limit(1)
    ).scalar_one()
    number = ctx.db.execute(select(func.coalesce(func.max(Session.number), 0)).where(Session.day == day)).scalar_one()
    session, board = new_id(), new_id()
    values: dict[str, Any] = {
        "id": session,
        "day": day,
        "number": number + 1,
        "kind": "breakout",
        "title": args.title,
        "description": "",
        "starts_at": "",
        "minutes": 0,
        "opened_at": args.opened_at,
        "closed_at": args.closed_at,
    }
    ctx.write(insert(Session.__table__).values(values))
    ctx.write(
        insert(Board.__table__).values(
            id=board,
            session=session,
            group=group,
            prompt=args.prompt,
            lanes=[],
            activity=library.load_activity("imported_conversation").data(),
            step="reveal",
            step_open=False,
        )
    )
    ctx.write(insert(Room.__table__).values(id=f"board:{board}", event=ctx.place.event, seq=0))
    row = ctx.db.execute(select(*Session.__table__.c).where(Session.id == session)).one()
    ctx.emit(SessionAdded(day, snapshot.session_card(row, [{"id": board, "group": group}])))
    return session, board


def _add_people(ctx: Context, names: set[str]) -> dict[str, str]:
    """The people of the conversation: known by a number there, and by no more here. They are on no roster."""
    people = {name: new_id() for name in sorted(names)}
    _insert(
        ctx,
        Person,
        [
            {
                "id": id,
                "event": ctx.place.event,
                "name": f"#{name}",
                "role": "participant",
                "origin": "import",
                "link": 0,
                "link_hash": link_hash(link_token(ctx.key, id, 0)),
                "created_at": ctx.now,
            }
            for name, id in people.items()
        ],
    )
    return people


def _insert(ctx: Context, table: Any, rows: list[dict[str, Any]], chunk: int = 5_000) -> None:
    for start in range(0, len(rows), chunk):
        ctx.write(insert(table.__table__), rows[start : start + chunk])
