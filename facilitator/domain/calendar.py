"""An agenda as an iCalendar file (RFC 5545). Times are floating: they are those of the event's place, wherever the
reader is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from .agenda import minute


@dataclass(frozen=True)
class Entry:
    """A session; `date` ISO 8601, `starts_at` HH:MM."""

    id: str
    date: str
    starts_at: str
    minutes: int
    title: str
    description: str = ""


def calendar(title: str, place: str, entries: Sequence[Entry], now_ms: int) -> str:
    """The text of the .ics file, its lines ended and folded as the standard asks (75 octets)."""
    stamp = datetime.fromtimestamp(now_ms / 1000, UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Facilitator//Agenda//EN", f"X-WR-CALNAME:{_text(title)}"]
    for entry in entries:
        start = datetime.combine(date.fromisoformat(entry.date), datetime.min.time())
        start += timedelta(minutes=minute(entry.starts_at))
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.id}@facilitator",
            f"DTSTAMP:{stamp}",
            f"DTSTART:{start:%Y%m%dT%H%M%S}",
            f"DTEND:{start + timedelta(minutes=entry.minutes):%Y%m%dT%H%M%S}",
            f"SUMMARY:{_text(entry.title)}",
        ]
        lines += [f"DESCRIPTION:{_text(entry.description)}"] if entry.description else []
        lines += [f"LOCATION:{_text(place)}"] if place else []
        lines.append("END:VEVENT")
    lines.append("END:VCALENDAR")
    return "".join(_folded(line) + "\r\n" for line in lines)


def _text(words: str) -> str:
    for mark, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n"), ("\r", "\n"), ("\n", "\\n")):
        words = words.replace(mark, written)
    return words


def _folded(line: str) -> str:
    """A line of at most 75 octets; what is longer goes on after a line end and a space. No character is torn."""
    pieces: list[str] = []
    piece = ""
    for ch in line:
        if len((piece + ch).encode()) > (75 if not pieces else 74):
            pieces.append(piece)
            piece = ""
        piece += ch
    return "\r\n ".join([*pieces, piece])
