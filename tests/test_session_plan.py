"""The plan of the day moves: another start, another length, and nothing else."""

from __future__ import annotations

from support.house import NOBODY, House


def plan(house: House, title: str) -> tuple[str, int]:
    sessions = [one for day in house.state(house.room)["days"] for one in day["sessions"] if one["title"] == title]
    return sessions[0]["starts_at"], sessions[0]["minutes"]


def test_fatima_shortens_the_tables_and_everybody_hears_of_it(full_house: House) -> None:
    tables = full_house.session("Tables")
    full_house["Fatima"].does(full_house.room, "session.plan", session=tables, starts_at="11:12", minutes=48)
    assert plan(full_house, "Tables") == ("11:12", 48)
    (event,) = [one for one in full_house.events(full_house.room) if one["name"] == "session.planned"]
    assert (event["session"]["id"], event["session"]["starts_at"], event["session"]["minutes"]) == (tables, "11:12", 48)
    assert [board["id"] for board in event["session"]["boards"]]


def test_planning_what_is_planned_already_is_no_news(full_house: House) -> None:
    tables = full_house.session("Tables")
    full_house["Fatima"].does(full_house.room, "session.plan", session=tables, starts_at="11:00", minutes=60)
    assert [one for one in full_house.events(full_house.room) if one["name"] == "session.planned"] == []


def test_a_plan_opens_and_closes_nothing(full_house: House) -> None:
    fatima, room, tables = full_house["Fatima"], full_house.room, full_house.session("Tables")
    fatima.does(room, "session.open", session=tables)
    before = full_house.state(room)
    fatima.does(room, "session.plan", session=tables, starts_at="09:00", minutes=1)
    after = full_house.state(room)
    assert after["now"] == before["now"] == tables
    (session,) = [one for day in after["days"] for one in day["sessions"] if one["id"] == tables]
    assert session["opened_at"] is not None and session["closed_at"] is None


def test_times_that_are_none_and_lengths_that_are_none_are_refused(full_house: House) -> None:
    fatima, room, tables = full_house["Fatima"], full_house.room, full_house.session("Tables")
    for time in ("24:00", "9:30", "09:60", "noon", "", "09:30 "):
        with full_house.refuses("clock_wrong", "09:30"):
            fatima.does(room, "session.plan", session=tables, starts_at=time, minutes=30)
    for minutes in (0, -5, 1441, "30", 1.5, True):
        with full_house.refuses("bad_message"):
            fatima.does(room, "session.plan", session=tables, starts_at="09:30", minutes=minutes)


def test_only_who_facilitates_plans_and_only_sessions_of_the_event(full_house: House) -> None:
    room, tables = full_house.room, full_house.session("Tables")
    for name in ("Amina", "Oscar", "Screen"):
        with full_house.refuses("not_allowed"):
            full_house[name].does(room, "session.plan", session=tables, starts_at="09:30", minutes=30)
    elsewhere = full_house.another()
    for session in (elsewhere.session("Tables"), NOBODY):
        with full_house.refuses("session_unknown"):
            full_house["Fatima"].does(room, "session.plan", session=session, starts_at="09:30", minutes=30)
    assert plan(elsewhere, "Tables") == ("11:00", 60)
