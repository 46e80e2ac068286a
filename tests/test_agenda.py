"""Planning days and sessions: how times follow, what is warned of, what has begun and stays."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select
from support.house import House, Someone
from support.server import Server

from facilitator.domain import agenda, calendar
from facilitator.domain.agenda import Slot, Work
from facilitator.library import load_activity
from facilitator.store.models import Board, Day, Room, Session

# --- the rules ------------------------------------------------------------------------------------------------------


def slots(*said: str) -> list[Slot]:
    """`"b 09:00 30 lunch!"`: kind, start, minutes, title; fixed with an exclamation mark."""
    kinds = {"p": "plenary", "b": "breakout", "-": "break"}
    found = []
    for line in said:
        kind, start, minutes, title = line.split()
        found.append(Slot(title.rstrip("!"), kinds[kind], start, int(minutes), fixed="!" in title, title=title))
    return found


def times(*said: str, first: int = 0) -> list[str]:
    return [slot.starts_at for slot in agenda.flow(slots(*said), first)]


def test_sessions_follow_one_another_and_what_is_fixed_stays() -> None:
    assert times("p 09:00 60 a", "p 09:30 30 b", "- 13:00 60 lunch!", "p 10:00 30 c") == [
        "09:00", "10:00", "13:00", "14:00"]  # fmt: skip
    assert times("p 09:00 60 a", "p 11:00 30 b", "p 11:00 30 c", first=2) == ["09:00", "11:00", "11:30"]
    assert times("p 23:30 60 late", "p 09:00 30 later") == ["23:30", "23:59"]


def codes(*said: str) -> list[tuple[str, str]]:
    return [(one.session, one.code) for one in agenda.warnings(slots(*said))]


def test_two_hours_of_work_without_a_break_are_told_once() -> None:
    assert codes("p 09:00 60 a", "b 10:00 60 b") == []
    assert codes("p 09:00 60 a", "b 10:00 61 b", "p 11:01 30 c") == [("b", "no_break")]
    assert codes("p 09:00 60 a", "- 10:00 15 coffee", "b 10:15 90 b") == []
    assert codes("p 09:00 60 a", "b 10:15 90 b") == [], "a quarter of an hour with nothing planned is a break too"
    assert codes("p 09:00 150 a") == [("a", "no_break")]


def test_overlaps_and_midnight_are_told() -> None:
    assert codes("p 09:00 60 a", "- 09:45 15 coffee!") == [("coffee", "overlap")]
    assert codes("p 23:30 60 a") == [("a", "midnight")]


def test_an_activity_that_does_not_fit_its_time_or_its_group_is_told() -> None:
    small = Work("Water", 45, people=3, least=4, most=8)
    large = Work("Air", 70, people=9, least=4, most=8)
    found = agenda.warnings([Slot("s", "breakout", "09:00", 60, works=(small, large))])
    assert [(one.code, one.details) for one in found] == [
        ("short", {"group": "Air", "minutes": 70}),
        ("few", {"group": "Water", "people": 3, "limit": 4}),
        ("many", {"group": "Air", "people": 9, "limit": 8}),
    ]


def test_a_day_has_its_totals() -> None:
    found = agenda.totals(slots("p 09:00 60 a", "- 10:00 15 coffee", "b 10:15 90 b"))
    assert found == agenda.Totals("09:00", "11:45", work=150, breaks=15)
    assert agenda.totals([]) is None


def test_the_calendar_keeps_to_the_standard() -> None:
    entry = calendar.Entry("s1", "2016-07-05", "23:30", 60, "Mission, vision; and “é” " * 6, "Two\nlines")
    written = calendar.calendar("Water, air", "Lima", [entry], 0)
    lines = written.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines) and written.endswith("END:VCALENDAR\r\n")
    unfolded = written.replace("\r\n ", "")
    assert "DTSTART:20160705T233000\r\nDTEND:20160706T003000" in unfolded
    assert "SUMMARY:Mission\\, vision\\; and “é” " in unfolded and "DESCRIPTION:Two\\nlines" in unfolded
    assert "X-WR-CALNAME:Water\\, air" in unfolded and "DTSTAMP:19700101T000000Z" in unfolded


# --- the commands ---------------------------------------------------------------------------------------------------


def plan(house: House, day: int = 1) -> list[tuple[str, str, int]]:
    (found,) = [d for d in house.state(house.room)["days"] if d["number"] == day]
    return [(s["starts_at"], s["title"], s["minutes"]) for s in found["sessions"]]


def adds(fatima: Someone, day: str, kind: str, title: str, minutes: int, **more: Any) -> str:
    args = {"day": day, "kind": kind, "title": title, "minutes": minutes, **more}
    return str(fatima.does(fatima.house.room, "session.add", **args)["session"])


def test_fatima_builds_a_day_from_nothing(house: House) -> None:
    fatima = house["Fatima"]
    day = fatima.does(house.room, "day.add", date="2016-07-07", title="Day three")["day"]
    adds(fatima, day, "plenary", "Welcome", 30, activity=load_activity("check_in").data(), prompt="How are you?")
    adds(fatima, day, "breakout", "Tables", 90, activity=load_activity("swot").data())
    adds(fatima, day, "break", "Lunch", 60, starts_at="13:00", fixed=True)
    coffee = adds(fatima, day, "break", "Coffee", 15, position=1)
    assert plan(house, 3) == [
        ("09:00", "Welcome", 30),
        ("09:30", "Coffee", 15),
        ("09:45", "Tables", 90),
        ("13:00", "Lunch", 60),
    ]
    tables = house.state(house.room)["days"][2]["sessions"][2]
    assert [house.state(f"board:{board['id']}")["group_name"] for board in tables["boards"]] == ["Water", "Air"]
    board = house.state(f"board:{tables['boards'][0]['id']}")
    assert board["activity"]["title"] == "SWOT" or board["lanes"]
    fatima.does(house.room, "session.change", session=coffee, title="Coffee", minutes=30)
    assert [start for start, _, _ in plan(house, 3)] == ["09:00", "09:30", "10:00", "13:00"]
    fatima.does(house.room, "session.move", session=coffee, day=day, position=3)
    assert [(start, title) for start, title, _ in plan(house, 3)] == [
        ("09:00", "Welcome"),
        ("09:30", "Tables"),
        ("13:00", "Lunch"),
        ("14:00", "Coffee"),
    ]
    fatima.does(house.room, "session.remove", session=coffee)
    assert [title for _, title, _ in plan(house, 3)] == ["Welcome", "Tables", "Lunch"]
    house["Amina"].does(house.room, "person.arrive")
    fatima.opens(f"board:{tables['boards'][0]['id']}", board["activity"]["steps"][0]["id"])


def test_a_day_goes_with_all_that_was_only_planned_on_it(house: House) -> None:
    fatima, before = house["Fatima"], house.everything()
    day = fatima.does(house.room, "day.add", date="2016-07-01", title="Too early")["day"]
    assert [d["number"] for d in house.state(house.room)["days"]] == [1, 2, 3]
    assert house.state(house.day(2))["title"] == "Day one", "the other days have moved up by one"
    adds(fatima, day, "breakout", "Tables", 60)
    fatima.does(house.room, "day.remove", day=day)
    after = house.everything()
    for table in ("day", "session", "board", "proposal", "wording", "room"):
        if table != "room":
            assert after[table] == before[table], table
    assert len(house.rows(select(Room.id))) == len(before["room"])


def test_what_has_begun_stays_where_it_is(full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    opening, day = house.session("Opening"), house.day().partition(":")[2]
    fatima.does(house.room, "session.open", session=opening)
    for command, args in (
        ("session.move", {"session": opening, "day": day, "position": 2}),
        ("session.remove", {"session": opening}),
        ("session.change", {"session": opening, "title": "Opening", "minutes": 60, "starts_at": "09:30"}),
    ):
        with house.refuses("session_begun", "Opening"):
            fatima.does(house.room, command, **args)
    fatima.does(house.room, "session.change", session=opening, title="A long opening", minutes=90)
    assert plan(house) == [("09:00", "A long opening", 90), ("10:30", "Coffee", 60), ("11:30", "Tables", 60)]
    fatima.opens(house.board("Water"), "collect")
    with house.refuses("board_used", "Water"):
        fatima.does(house.room, "session.remove", session=house.session("Tables"))
    with house.refuses("session_begun", "A long opening"):
        fatima.does(house.room, "day.remove", day=day)


def test_groups_join_and_leave_a_session_while_their_boards_are_empty(house: House) -> None:
    fatima, tables = house["Fatima"], house.session("Tables")
    ids = {group["name"]: id for id, group in house.state(house.room)["groups"].items()}
    words = {"session": tables, "title": "Tables", "minutes": 60}
    fatima.does(house.room, "session.change", **words, groups=[ids["Water"]])
    assert [b["group"] for b in house.state(house.room)["days"][0]["sessions"][2]["boards"]] == [ids["Water"]]
    fatima.does(house.room, "session.change", **words, groups=[ids["Air"], ids["Water"]])
    fatima.opens(house.board("Air"), "collect")
    with house.refuses("board_used", "Air"):
        fatima.does(house.room, "session.change", **words, groups=[ids["Water"]])
    with house.refuses("groups_none"):
        fatima.does(house.room, "session.change", **words, groups=[])
    with house.refuses("group_missing_here"):
        fatima.does(house.room, "session.change", **words, groups=[ids["Water"], "nowhere"])


def test_what_cannot_be_planned_is_refused(house: House) -> None:
    fatima, day = house["Fatima"], house.day().partition(":")[2]
    foreign = house.another()
    for command, args, code in (
        ("day.add", {"date": "2016-07-05", "title": ""}, "date_taken"),
        ("day.add", {"date": "5 July", "title": ""}, "date_wrong"),
        ("day.remove", {"day": foreign.day().partition(":")[2]}, "day_unknown"),
        ("session.add", {"day": day, "kind": "break", "title": " ", "minutes": 5}, "title_empty"),
        ("session.add", {"day": day, "kind": "break", "title": "x", "minutes": 0}, "bad_message"),
        ("session.add", {"day": day, "kind": "break", "title": "x", "minutes": 5, "starts_at": "25:00"}, "bad_message"),
        ("session.add", {"day": day, "kind": "plenary", "title": "x", "minutes": 5, "activity": {}}, "activity_wrong"),
        ("session.move", {"session": foreign.session("Coffee"), "day": day, "position": 0}, "session_unknown"),
    ):
        with house.refuses(code):
            fatima.does(house.room, command, **args)
    fatima.does(house.room, "day.remove", day=house.day(2).partition(":")[2])
    with house.refuses("day_last"):
        fatima.does(house.room, "day.remove", day=day)
    with house.refuses("not_allowed"):
        house["Amina"].does(house.room, "day.add", date="2016-07-09", title="")


def test_a_board_is_asked_something_else_and_its_lanes_stay_once_it_works(house: House) -> None:
    fatima, air = house["Fatima"], house.board("Air")
    house["Chen"].does(house.room, "person.arrive")
    fatima.does(air, "board.frame", prompt="What now?", lanes=["North", "West", "East"])
    state = house.state(air)
    assert state["prompt"] == "What now?"
    assert [(lane["id"], lane["title"]) for lane in state["lanes"]] == [
        ("north", "North"), ("south", "West"), ("lane3", "East")]  # fmt: skip
    fatima.opens(air, "collect")
    house["Chen"].posts(air, "Trees", "lane3")
    fatima.does(air, "board.frame", prompt="And now?")
    with house.refuses("lanes_used"):
        fatima.does(air, "board.frame", prompt="And now?", lanes=["North"])


# --- the page -------------------------------------------------------------------------------------------------------


def test_the_page_plans_warns_and_says_what_is_wrong(server: Server, house: House) -> None:
    fatima, day = house["Fatima"], house.day().partition(":")[2]
    browser, path = server.browser(fatima), f"/s/{fatima.id}/agenda"
    fields = {"act": "session.add", "day": day, "kind": "plenary", "title": "", "activity": "world_cafe_round"}
    page = html.unescape(browser.submits(path, {**fields, "minutes": "10", "prompt": "What works?"}).text)
    assert "World café round" in page and "The steps of Plenary take 25 minutes." in page
    assert "the activity needs at least" not in page or "Plenary has 4 people" not in page
    session = re.findall(r'id="s-(\w+)"', page)[3]
    (board,) = house.rows(select(Board.prompt, Board.activity).where(Board.session == session))
    assert (board.prompt, board.activity["title"]) == ("What works?", "World café round")
    change = {"act": "session.change", "session": session, "title": "Café", "minutes": "150", "prompt": "And now?",
              "activity": "swot", "description": "", "starts_at": "14:00", "fixed": "1"}  # fmt: skip
    page = html.unescape(browser.submits(path, change).text)
    assert "150 minutes of work in a row" in page
    (board,) = house.rows(select(Board.prompt, Board.activity).where(Board.session == session))
    assert (board.prompt, board.activity["title"]) == ("And now?", load_activity("swot").title)
    page = html.unescape(browser.submits(path, {"act": "session.move", "session": session, "to": f"{day}:0"}).text)
    assert [start for start, _, _ in plan(house)[:2]] == ["14:00", "16:30"], "the others follow what is fixed"
    answer = browser.submits(path, {**fields, "minutes": "many"})
    assert answer.status_code == 422 and "how many minutes" in answer.text
    answer = browser.submits(path, {"act": "day.add", "date": "2016-07-05", "title": ""})
    assert answer.status_code == 422 and "already" in answer.text
    assert browser.submits(path, {"act": "nonsense"}).status_code == 404


def test_the_agenda_is_downloaded_as_a_calendar_and_printed_as_a_run_of_show(server: Server, house: House) -> None:
    amina, fatima = house["Amina"], house["Fatima"]
    found = server.browser(amina).get(f"/s/{amina.id}/agenda.ics")
    assert found.headers["Content-Type"].startswith("text/calendar")
    assert found.text.count("BEGIN:VEVENT") == len(house.rows(select(Session.id).join(Day, Day.id == Session.day).where(
        Day.event == house.event)))  # fmt: skip
    page = server.browser(fatima).get(f"/s/{fatima.id}/run-of-show").text
    assert page.index("11:00") < page.index("11:20"), "steps have their times"
    for path in ("agenda", "run-of-show"):
        assert server.browser(amina).get(f"/s/{amina.id}/{path}").status_code == 403


@pytest.mark.parametrize("act", ["day.remove", "session.remove", "session.move", "session.change", "day.change"])
def test_a_form_that_names_nothing_is_refused_and_changes_nothing(server: Server, house: House, act: str) -> None:
    fatima, before = house["Fatima"], house.everything()
    answer = server.browser(fatima).submits(f"/s/{fatima.id}/agenda", {"act": act, "minutes": "5", "title": "x"})
    assert answer.status_code in (400, 409, 422)
    after = house.everything()
    assert {name: rows for name, rows in after.items() if name != "person"} == {
        name: rows for name, rows in before.items() if name != "person"
    } or after["session"] == before["session"]
