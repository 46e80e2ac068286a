"""The outcome's dates for calendars (iCalendar, RFC 5545): the sessions as they were planned, and the roadmap.

Sessions float: they have the time of the event's place, which no zone names here. One without a time takes its day. An
improvement stands, all day and without making anybody busy, on the last day of the quarter (or the year) until which it
is to be done. No word is ours, so there is nothing to translate.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from .gather import Outcome, OutcomeDay, OutcomeProposal, OutcomeSession
from .plain import clean

OCTETS = 75
"""The longest line that every reader has to take; longer ones are folded."""

Property = tuple[str, str]


def render(outcome: Outcome) -> bytes:
    """The ICS file of an outcome, UTF-8."""
    stamp = datetime.fromtimestamp(outcome.gathered_at // 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    lines: list[Property] = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Facilitator//Outcome//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("X-WR-CALNAME", text(outcome.title)),
    ]
    for day in outcome.days:
        for session in day.sessions:
            lines += _event(session.id, stamp, _session(outcome, day, session))
    for board in outcome.boards:
        for proposal in board.having("standing"):
            if proposal.plan is not None and proposal.plan.year is not None:
                lines += _event(proposal.id, stamp, _improvement(proposal, proposal.plan.year))
    lines.append(("END", "VCALENDAR"))
    return "".join(folded(f"{name}:{value}") for name, value in lines).encode()


def text(words: str) -> str:
    """Words as a value: what has a meaning in the format gets a backslash, and there is one line."""
    said = clean(words).replace("\r\n", "\n").replace("\r", "\n").strip()
    # Other signs for the end of a line are ends of lines to some readers.
    for end in ("\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"):
        said = said.replace(end, "\n")
    for sign, instead in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        said = said.replace(sign, instead)
    return said


def folded(line: str) -> str:
    """A line, broken into pieces of at most 75 octets, none of them within a letter."""
    pieces: list[str] = []
    piece, size = "", 0
    for letter in line:
        octets = len(letter.encode())
        if size + octets > OCTETS - bool(pieces):  # a space begins each piece but the first
            pieces.append(piece)
            piece, size = "", 0
        piece += letter
        size += octets
    return "\r\n ".join([*pieces, piece]) + "\r\n"


def _event(id: str, stamp: str, properties: Iterator[Property]) -> Iterator[Property]:
    yield "BEGIN", "VEVENT"
    yield "UID", f"{id}@facilitator"
    yield "DTSTAMP", stamp
    yield from ((name, value) for name, value in properties if value)
    yield "END", "VEVENT"


def _session(outcome: Outcome, day: OutcomeDay, session: OutcomeSession) -> Iterator[Property]:
    on = date.fromisoformat(day.date)
    if session.starts_at:
        start = datetime.combine(on, datetime.strptime(session.starts_at, "%H:%M").time())
        yield "DTSTART", f"{start:%Y%m%dT%H%M%S}"
        yield "DTEND", f"{start + timedelta(minutes=session.minutes):%Y%m%dT%H%M%S}"
    else:
        yield from _all_day(on)
    yield "SUMMARY", text(session.title)
    yield "LOCATION", text(outcome.place)
    groups = "\n".join(f"{board.group}: {board.prompt}" for board in session.boards)
    yield "DESCRIPTION", text("\n\n".join(filter(None, (session.description, groups))))
    yield "CATEGORIES", session.kind.upper()
    if session.kind == "break":
        yield "TRANSP", "TRANSPARENT"


def _improvement(p: OutcomeProposal, year: int) -> Iterator[Property]:
    plan = p.plan
    assert plan is not None
    month = 3 * plan.quarter if plan.quarter else 12
    yield from _all_day(date(year, month, calendar.monthrange(year, month)[1]))
    yield "SUMMARY", text(p.text or p.code)
    who = ", ".join(filter(None, (plan.lead, *plan.partners)))
    yield "DESCRIPTION", text("\n".join(filter(None, (who, plan.first_step))))
    yield "CATEGORIES", "ROADMAP"
    yield "TRANSP", "TRANSPARENT"


def _all_day(on: date) -> Iterator[Property]:
    yield "DTSTART;VALUE=DATE", f"{on:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{on + timedelta(days=1):%Y%m%d}"
