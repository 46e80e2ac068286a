"""A world café at the event: who sits where in which round, rounds that are held, late arrivals, and the way back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from support.house import NOBODY, House

from facilitator import copying
from facilitator.domain import grouping
from facilitator.domain.refusals import Refused
from facilitator.store.models import Rotation, Seat

JSON = dict[str, Any]
ROUNDS = ("Round 1", "Round 2", "Round 3")


def groups(house: House) -> dict[str, str]:
    return {group["name"]: id for id, group in house.state(house.room)["groups"].items()}


def seated(house: House, *names: str) -> dict[str, list[str]]:
    """Group -> who of them is in it."""
    state = house.state(house.room)
    found: dict[str, list[str]] = {}
    for name in names:
        for group in state["people"][house[name].id]["groups"]:
            found.setdefault(state["groups"][group]["name"], []).append(name)
    return found


def tables(house: House, *people: str, hosted: bool = False) -> list[JSON]:
    """`"Amina Dora", "Chen"`: the tables of a round."""
    return [{"people": [house[name].id for name in table.split()], "hosted": hosted} for table in people]


@pytest.fixture
def cafe(full_house: House) -> House:
    """Three rounds on the second day, at the tables Water and Air."""
    day = full_house.rows_of_day(2)[0]
    for title in ROUNDS:
        full_house["Fatima"].does(
            full_house.room, "session.add", day=day, kind="breakout", title=title, minutes=20, groups=None
        )
    return full_house


EVERYBODY = ("Amina", "Bruno", "Chen", "Dora")
FIRST, SECOND, THIRD = ("Amina Dora", "Bruno Chen"), ("Bruno Dora", "Amina Chen"), ("Chen Dora", "Amina Bruno")


def plan(house: House, *rounds: tuple[str, ...], **more: Any) -> str:
    """The id of a rotation of these rounds."""
    hosts = more.get("hosts", "none")
    rows = [tables(house, *round, hosted=hosts == "fixed") for round in rounds]
    args = {
        "sessions": [house.session(title) for title in ROUNDS[: len(rounds)]],
        "groups": [groups(house)["Water"], groups(house)["Air"]],
        "hosts": hosts,
        "seed": 1,
        "rounds": rows,
    }
    return str(house["Fatima"].does(house.room, "rotation.plan", **args | more)["rotation"])


def anew(house: House, rotation: str, *rounds: tuple[str, ...], locked: tuple[int, ...] = (), **more: Any) -> JSON:
    card = house.state(house.room)["rotations"][rotation]
    rows = [tables(house, *round) for round in rounds]
    args = {"planned_at": card["planned_at"], "seed": card["seed"], "locked": list(locked), "rounds": rows}
    return house["Fatima"].does(house.room, "rotation.replan", rotation=rotation, **args | more)


def opens(house: House, title: str) -> None:
    house["Fatima"].does(house.room, "session.open", session=house.session(title))


def test_each_round_seats_its_people_and_afterwards_everybody_is_back(cafe: House) -> None:
    before = cafe.everything()["seat"]
    plan(cafe, FIRST, SECOND, THIRD)
    assert cafe.everything()["seat"] == before, "a plan moves nobody"
    opens(cafe, "Round 1")
    assert seated(cafe, *EVERYBODY) == {
        "Water": ["Amina", "Dora"],
        "Air": ["Bruno", "Chen"],
        "Women's network": ["Dora"],
    }
    opens(cafe, "Round 2")
    assert seated(cafe, *EVERYBODY)["Water"] == ["Bruno", "Dora"]
    cafe["Fatima"].does(cafe.room, "session.close", session=cafe.session("Round 2"))
    assert seated(cafe, *EVERYBODY)["Water"] == ["Bruno", "Dora"], "between two rounds they stay where they are"
    opens(cafe, "Second round")
    assert cafe.everything()["seat"] == before
    assert cafe["Amina"].sees(cafe.board("Water"))["me"]["member"]


def test_the_doors_of_the_boards_follow_the_rounds(cafe: House) -> None:
    plan(cafe, FIRST, SECOND)
    state = cafe.state(cafe.room)
    (board,) = [
        f"board:{board['id']}"
        for day in state["days"]
        for session in day["sessions"]
        for board in session["boards"]
        if session["title"] == "Round 2" and board["group"] == groups(cafe)["Air"]
    ]
    with cafe.refuses("not_your_group"):
        cafe["Amina"].sees(board)
    opens(cafe, "Round 2")
    assert cafe["Amina"].sees(board)["me"]["member"]
    cafe["Fatima"].opens(board, "collect")
    cafe["Amina"].posts(
        board, "More trees", cafe.state(board)["lanes"][0]["id"] if cafe.state(board)["lanes"] else None
    )
    with cafe.refuses("not_your_group"):
        cafe["Bruno"].posts(board, "Fewer cars")


def test_a_round_may_be_opened_again_and_a_place_by_hand_is_kept(cafe: House) -> None:
    plan(cafe, FIRST, SECOND)
    opens(cafe, "Round 1")
    opens(cafe, "Round 2")
    opens(cafe, "Round 1")
    assert seated(cafe, *EVERYBODY)["Water"] == ["Amina", "Dora"]
    by_hand = {"person": cafe["Chen"].id, "seats": [{"group": groups(cafe)["Water"]}]}
    cafe["Fatima"].does(cafe.room, "group.seat", people=[by_hand])
    opens(cafe, "Round 1")
    assert seated(cafe, "Chen") == {"Water": ["Chen"]}, "opening it once more does not undo what was done by hand"
    opens(cafe, "Second round")
    assert seated(cafe, *EVERYBODY) == {
        "Water": ["Amina", "Bruno", "Chen"],
        "Air": ["Dora"],
        "Women's network": ["Dora"],
    }


def test_hosts_stay_travellers_travel_and_a_scribe_goes_on_writing(cafe: House) -> None:
    water = groups(cafe)["Water"]
    scribe = {"person": cafe["Bruno"].id, "seats": [{"group": water, "role": "scribe"}]}
    cafe["Fatima"].does(cafe.room, "group.seat", people=[scribe])
    plan(cafe, ("Amina Bruno", "Dora Chen"), ("Amina Chen", "Dora Bruno"), hosts="fixed")

    def roles() -> dict[str, str]:
        rows = cafe.rows(select(Seat.person, Seat.role).where(Seat.group.in_([water, groups(cafe)["Air"]])))
        named = {cafe[name].id: name for name in EVERYBODY}
        return {named[row.person]: row.role for row in rows}

    opens(cafe, "Round 1")
    assert roles() == {"Amina": "host", "Bruno": "scribe", "Chen": "member", "Dora": "host"}
    opens(cafe, "Round 2")
    assert roles() == {"Amina": "host", "Bruno": "traveller", "Chen": "traveller", "Dora": "host"}
    opens(cafe, "Opening")
    assert roles() == {"Amina": "member", "Bruno": "scribe", "Chen": "member", "Dora": "member"}


def test_who_joins_by_the_code_during_a_round_sits_at_a_table_and_later_where_the_others_are_at_home(
    cafe: House,
) -> None:
    fatima = cafe["Fatima"]
    for name in ("Table 1", "Table 2"):
        fatima.does(cafe.room, "group.make", name=name, kind="breakout")
    both = [groups(cafe)["Table 1"], groups(cafe)["Table 2"]]
    plan(cafe, FIRST, SECOND, groups=both)
    opens(cafe, "Round 1")
    assert seated(cafe, *EVERYBODY)["Table 1"] == ["Amina", "Dora"]
    cafe.join("Elena")
    cafe.join("Farid")
    assert set(seated(cafe, "Elena", "Farid")) == {"Table 1", "Table 2"}, "not in the rooms that are empty now"
    opens(cafe, "Second round")
    assert set(seated(cafe, "Elena", "Farid")) == {"Water", "Air"}
    cafe.join("Gita")
    assert set(seated(cafe, "Gita")) <= {"Water", "Air", "Table 1", "Table 2"}


def test_a_late_arrival_is_placed_at_once_and_nobody_at_a_table_has_to_move(cafe: House) -> None:
    rotation = plan(cafe, FIRST, SECOND, THIRD)
    opens(cafe, "Round 1")
    cafe["Olga"].does(cafe.room, "roster.import", people=[{"name": "Elena"}])
    assert seated(cafe, "Elena") == {}
    reply = anew(cafe, rotation, ("Amina Dora", "Bruno Chen Elena"), ("Bruno Dora Elena", "Amina Chen"),
                 ("Chen Dora", "Amina Bruno Elena"))  # fmt: skip
    assert seated(cafe, "Elena") == {"Air": ["Elena"]}
    with cafe.refuses("round_held", "Round 1"):
        anew(cafe, rotation, ("Amina Chen", "Bruno Dora Elena"), SECOND, THIRD)
    with cafe.refuses("plan_older"):
        anew(cafe, rotation, FIRST, SECOND, THIRD, planned_at=1)
    anew(cafe, rotation, **reply["before"])
    assert seated(cafe, "Elena") == {}
    assert cafe.state(cafe.room)["rotations"][rotation]["rounds"][0]["tables"][1]["people"] == [
        cafe["Bruno"].id,
        cafe["Chen"].id,
    ]


def test_rounds_that_are_over_or_locked_stay(cafe: House) -> None:
    rotation = plan(cafe, FIRST, SECOND, THIRD)
    opens(cafe, "Round 1")
    opens(cafe, "Round 2")
    with cafe.refuses("round_held", "Round 1"):
        anew(cafe, rotation, ("Amina", "Bruno Chen"), SECOND, THIRD)
    anew(cafe, rotation, FIRST, SECOND, THIRD, locked=(2,))
    with cafe.refuses("round_held", "Round 3"):
        anew(cafe, rotation, FIRST, SECOND, ("Amina Dora", "Bruno Chen"), locked=(2,))
    reply = anew(cafe, rotation, FIRST, SECOND, ("Amina Dora", "Bruno Chen"))
    anew(cafe, rotation, **reply["before"])
    state = cafe.state(cafe.room)["rotations"][rotation]
    assert [round["locked"] for round in state["rounds"]] == [False, False, True]


def test_what_is_no_plan_is_refused(cafe: House) -> None:
    fatima = cafe["Fatima"]
    water, air, network = (groups(cafe)[name] for name in ("Water", "Air", "Women's network"))
    elsewhere = cafe.another()
    opening = cafe.session("Opening")
    for code, rounds, more in (
        ("plan_wrong", [("Amina Bruno Chen", "Dora")], {}),
        ("plan_wrong", [("Amina Bruno", "Chen Dora"), ("Amina Bruno", "Chen")], {}),
        ("plan_wrong", [("Amina Bruno Chen Dora",)], {}),
        ("plan_wrong", [FIRST], {"groups": [water, water]}),
        ("plan_wrong", [FIRST], {"sessions": [cafe.session("Round 1"), cafe.session("Round 2")]}),
        ("plan_wrong", [("Amina Bruno", "Chen Dora"), ("Bruno Amina", "Chen Dora")], {"hosts": "fixed"}),
        ("person_seated_twice", [("Amina Bruno", "Amina Chen")], {}),
        ("person_unknown", [("Amina Fatima", "Chen Dora")], {}),
        ("round_taken", [FIRST, SECOND], {"sessions": [cafe.session("Round 1")] * 2}),
        ("round_without_table", [FIRST], {"sessions": [opening]}),
        ("group_missing_here", [FIRST], {"groups": [water, network]}),
        ("group_missing_here", [FIRST], {"groups": [water, groups(elsewhere)["Air"]]}),
        ("session_unknown", [FIRST], {"sessions": [elsewhere.session("Opening")]}),
    ):
        with cafe.refuses(code):
            plan(cafe, *rounds, **more)
    stranger = [{"people": [elsewhere["Amina"].id]}, {"people": [cafe["Bruno"].id]}]
    with cafe.refuses("person_unknown"):
        plan(cafe, FIRST, rounds=[stranger])
    rotation = plan(cafe, FIRST, SECOND)
    with cafe.refuses("round_taken", "Round 1"):
        plan(cafe, FIRST)
    with cafe.refuses("rotation_unknown"):
        fatima.does(cafe.room, "rotation.remove", rotation=NOBODY)
    with cafe.refuses("not_allowed"):
        cafe["Amina"].does(cafe.room, "rotation.remove", rotation=rotation)
    with cafe.refuses("session_in_rotation", "Round 2"):
        fatima.does(cafe.room, "session.remove", session=cafe.session("Round 2"))
    with cafe.refuses("group_in_rotation", "Air"):
        fatima.does(cafe.room, "group.remove", group=air)
    with cafe.refuses("group_in_rotation", "Air"):
        fatima.does(cafe.room, "session.change", session=cafe.session("Round 1"), title="Round 1", minutes=20,
                    groups=[water])  # fmt: skip
    opens(cafe, "Round 3")
    with cafe.refuses("session_begun", "Round 3"):
        plan(cafe, FIRST, sessions=[cafe.session("Round 3")])


def test_a_host_who_changes_was_at_the_table_before(cafe: House) -> None:
    rounds = [tables(cafe, *FIRST), [*tables(cafe, "Dora Bruno", "Chen Amina", hosted=True)]]
    plan(cafe, FIRST, SECOND, hosts="changing", rounds=rounds)
    cafe["Fatima"].does(cafe.room, "rotation.remove", rotation=next(iter(cafe.state(cafe.room)["rotations"])))
    rounds[1] = tables(cafe, "Bruno Dora", "Chen Amina", hosted=True)
    with cafe.refuses("plan_wrong"):
        plan(cafe, FIRST, SECOND, hosts="changing", rounds=rounds)


def test_somebody_who_was_taken_off_the_roster_is_seated_nowhere_and_the_others_are(cafe: House) -> None:
    rotation = plan(cafe, FIRST, SECOND)
    opens(cafe, "Round 1")
    cafe["Olga"].does(cafe.room, "person.remove", person=cafe["Bruno"].id)
    opens(cafe, "Round 2")
    assert seated(cafe, "Amina", "Chen", "Dora")["Water"] == ["Dora"]
    cafe["Fatima"].does(cafe.room, "rotation.remove", rotation=rotation)
    assert seated(cafe, "Amina", "Chen", "Dora") == {
        "Water": ["Amina"],
        "Air": ["Chen", "Dora"],
        "Women's network": ["Dora"],
    }


def test_a_screen_hears_of_a_rotation_and_not_who_sits_where(cafe: House) -> None:
    plan(cafe, FIRST)
    assert cafe["Amina"].id in str(cafe.events(cafe.room)[-1])
    card = cafe["Screen"].sees(cafe.room)["snapshot"]["rotations"]
    assert card and not any(cafe[name].id in str(card) for name in EVERYBODY)


def test_a_copy_with_the_people_has_the_rotation_too(cafe: House) -> None:
    from sqlalchemy import insert

    from facilitator.store.models import Account

    with cafe.store.writing() as db:
        values = {"id": "accountolga0", "email": "o@example.org", "name": "Olga", "password_hash": "-"}
        db.execute(insert(Account.__table__).values(**values, created_at=1))
    plan(cafe, FIRST, SECOND)
    opens(cafe, "Round 1")
    other = cafe.another()
    for people in (False, True):
        other.event = copying.copy_event(cafe.store, cafe.event, account="accountolga0", title="Again", people=people)
        assert len(other.rows(select(Rotation.id).where(Rotation.event == other.event))) == people
    opens(other, "Round 2")
    assert seated(other, *EVERYBODY)["Water"] == ["Bruno", "Dora"]
    opens(other, "Second round")
    assert seated(other, *EVERYBODY)["Water"] == ["Amina", "Bruno"]


# --- the pure part ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hosts", ["none", "fixed", "changing"])
def test_whatever_is_planned_is_a_plan_also_after_no_shows_and_late_arrivals(hosts: grouping.Hosts) -> None:
    people = [grouping.Person(f"p{number}", f"o{number % 5}") for number in range(23)]
    made = grouping.rotate(people, 5, 4, hosts=hosts, cap=1, seed=3, effort=0.1)
    grouping.check_plan(rows(made), 5, hosts)
    late = [grouping.Person(f"late{number}", "o1") for number in range(3)]
    held = grouping.joined(made, 0, ["late0", "late2"], {"late2": 4})
    assert [len(table) for table in held.rounds[0]] == [5, 5, 5, 5, 5]
    assert "late2" in held.rounds[0][4]
    again = grouping.rerotate(held, [*people[2:], *late], locked={0})
    grouping.check_plan(rows(again), 5, hosts, held={0})
    with pytest.raises(Refused) as refused:
        grouping.check_plan(rows(again), 6, hosts)
    assert refused.value.code == "plan_wrong"


def rows(made: grouping.Rotation) -> list[list[grouping.Table]]:
    return [
        [grouping.Table(people, host is not None) for people, host in zip(tables, hosts, strict=True)]
        for tables, hosts in zip(made.rounds, made.host_of, strict=True)
    ]
