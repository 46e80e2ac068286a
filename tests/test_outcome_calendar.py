"""The outcome's dates, read by a calendar's own library."""

from __future__ import annotations

from datetime import date, datetime

import icalendar
import pytest
from sqlalchemy import update
from support.small import HOSTILE, NINE, Small

from facilitator.outcomes import render
from facilitator.outcomes.ics import OCTETS, folded
from facilitator.store import models as m


def calendar(small: Small) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(render(small.db, small.event, "ics"))


@pytest.fixture
def planned(voted: Small) -> Small:
    """More buses from the third quarter of 2018 on, more trees some time in 2017."""
    for proposal, quarter, year in (("buses", 3, 2018), ("trees", None, 2017)):
        voted.add(
            m.RoadmapItem, proposal=proposal, lead="amb", partners=["delhi"], year=year, quarter=quarter, effort=2,
            impact=4, first_step="Ask; then, count", by="paula", at=NINE,
        )  # fmt: skip
    return voted


def test_sessions_stand_at_the_time_of_their_place_and_groups_know_their_question(planned: Small) -> None:
    found = {str(event["SUMMARY"]): event for event in calendar(planned).events}
    ideas = found["Ideas"]
    assert (ideas.start, ideas.end) == (datetime(2016, 7, 5, 9, 30), datetime(2016, 7, 5, 10, 15))
    assert ideas.start.tzinfo is None, "it floats"
    assert ideas["LOCATION"] == "Barcelona"
    assert ideas["DESCRIPTION"] == "North: What should North do?\nSouth: What should South do?"
    assert found["Coffee"]["TRANSP"] == "TRANSPARENT" and "TRANSP" not in ideas
    planned.db.execute(update(m.Session.__table__).where(m.Session.id == "ideas").values(starts_at=""))
    (ideas,) = [event for event in calendar(planned).events if event["SUMMARY"] == "Ideas"]
    assert (ideas.start, ideas.end) == (date(2016, 7, 5), date(2016, 7, 6))


def test_what_the_roadmap_asks_for_stands_on_the_last_day_of_its_quarter_or_year(planned: Small) -> None:
    found = {str(event["SUMMARY"]): event for event in calendar(planned).events}
    assert (found["More buses"].start, found["More trees"].start) == (date(2018, 9, 30), date(2017, 12, 31))
    assert found["More buses"]["DESCRIPTION"] == "Àrea Metropolitana, Government of Delhi\nAsk; then, count"
    planned.hide("buses", "Off topic")
    assert "More buses" not in {str(event["SUMMARY"]) for event in calendar(planned).events}


def test_two_days_make_one_calendar_whose_entries_keep_their_names(planned: Small) -> None:
    first, again = calendar(planned), calendar(planned)
    uids = [str(event["UID"]) for event in first.events]
    assert len(uids) == len(set(uids)) == 5
    assert uids == [str(event["UID"]) for event in again.events], "brought in again, nothing stands there twice"


def test_words_become_no_property_and_lines_stay_short(hostile: Small) -> None:
    body = render(hostile.db, hostile.event, "ics")
    assert all(len(line) <= OCTETS for line in body.split(b"\r\n"))
    evil = "Lunch\r\nATTACH:https://evil.example\nEND:VEVENT\rBEGIN:VALARM\u2028ACTION:PROCEDURE\x85X:\x0b1"
    hostile.db.execute(update(m.Session.__table__).where(m.Session.id == "ideas").values(title=evil, description=evil))
    found = calendar(hostile)
    names = {name for event in found.events for name in event}
    assert names == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES", "TRANSP"}
    assert not any(event.subcomponents for event in found.events)
    (lunch,) = [event for event in found.events if event["SUMMARY"].startswith("Lunch")]
    assert lunch["SUMMARY"].split("\n")[:3] == ["Lunch", "ATTACH:https://evil.example", "END:VEVENT"]
    for text in HOSTILE:
        assert " ".join(text.split()) in " ".join(str(lunch["LOCATION"]).split())


@pytest.mark.parametrize("letter", ["a", "é", "字", "🚲"])
def test_a_long_line_is_folded_between_letters(letter: str) -> None:
    line = folded(f"SUMMARY:{letter * 200}")
    assert all(len(piece.encode()) <= OCTETS for piece in line.split("\r\n"))
    assert line.replace("\r\n ", "").rstrip() == f"SUMMARY:{letter * 200}"
