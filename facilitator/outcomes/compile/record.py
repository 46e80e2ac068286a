"""For the record: when things were held, and every figure that was counted."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.document import Block, Column, Moment, Note, Row, Section, Table
from ..gather import Outcome
from .results import full_ranking
from .words import Words


def record(words: Words, outcome: Outcome) -> Section:
    """Sessions as they were held, ballots with their rules and turnout, full rankings, verdicts."""
    _ = words._
    parts = (
        Section(_("Sessions as they were held"), "record-sessions", tuple(_sessions(words, outcome))),
        Section(_("Ballots"), "record-ballots", tuple(_ballots(words, outcome))),
        Section(_("Every place of every ballot"), "record-places", tuple(_places(words, outcome))),
        Section(_("Decisions on the conclusions"), "record-verdicts", tuple(_verdicts(words, outcome))),
    )
    return Section(_("Record"), "record", tuple(part for part in parts if part.blocks), new_page=True)


def _sessions(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    rows = tuple(
        Row(
            (
                f"{day.number}",
                session.title,
                Moment(session.opened_at),
                Moment(session.closed_at) if session.closed_at is not None else None,
            )
        )
        for day in outcome.days
        for session in day.sessions
        if session.opened_at is not None
    )
    if rows:
        columns = (
            Column(_("Day"), "code"),
            Column(_("Session")),
            Column(_("Opened (UTC)"), "moment"),
            Column(_("Closed (UTC)"), "moment"),
        )
        yield Table(_("Sessions as they were held"), columns, rows, quiet=True)


def _ballots(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    rows = []
    for board in outcome.boards:
        for ballot in board.ballots:
            counted = ballot.counted
            bodies = counted["organisations"] if counted is not None else None
            rows.append(
                Row(
                    (
                        f"{board.code}  {board.group}",
                        words.title(ballot),
                        words.ballot(ballot),
                        words.turnout(ballot.voted, ballot.electors),
                        ballot.entered,
                        counted["abstained"] if counted is not None else None,
                        f"{bodies['voted']} / {bodies['electors']}" if bodies else None,
                    )
                )
            )
    if rows:
        columns = (
            Column(_("Group")),
            Column(_("Vote")),
            Column(_("Rules")),
            Column(_("Turnout")),
            Column(_("Entered"), "number"),
            Column(_("Without an opinion"), "number"),
            Column(_("Organisations"), "code"),
        )
        yield Table(_("Ballots"), columns, tuple(rows), quiet=True)
        if any(ballot.counted is None for ballot in outcome.ballots):
            yield Note((_("A ballot whose result was not revealed has its turnout here, and no more."),))


def _places(words: Words, outcome: Outcome) -> Iterator[Block]:
    for board in outcome.boards:
        for ballot in board.ballots:
            if ballot.counted is not None and ballot.counted["ranked"]:
                yield full_ranking(words, board, ballot)


def _verdicts(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    rows = tuple(
        Row((c.code, verdict.body, words.verdict(verdict.verdict), verdict.reason, Moment(verdict.at)))
        for c in outcome.conclusions
        for verdict in c.verdicts
    )
    if rows:
        columns = (
            Column(_("No."), "code"),
            Column(_("Who decided")),
            Column(_("Decision"), "code"),
            Column(_("Reason")),
            Column(_("Noted (UTC)"), "moment"),
        )
        yield Table(_("Decisions on the conclusions"), columns, rows, quiet=True)
