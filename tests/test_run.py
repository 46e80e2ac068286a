"""The one door: once a command, whatever its sender tries; numbers without a gap; catching up."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select, update
from support.house import House, later, new

from facilitator import snapshot
from facilitator.domain.refusals import Refused
from facilitator.snapshot import CATCH_UP_LIMIT
from facilitator.store.models import Log, Proposal, Room


def together(count: int, do: Callable[[int], Any]) -> list[Any]:
    """Let `count` threads do something at the same moment; their answers, refusals among them."""
    start = threading.Barrier(count)

    def one(number: int) -> Any:
        start.wait()
        try:
            return do(number)
        except Refused as refused:
            return refused.code

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


@pytest.fixture
def water(full_house: House) -> str:
    """The board of the group Water, collecting."""
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


def test_aminas_retry_gets_the_first_answer_and_stores_nothing_again(full_house: House, water: str) -> None:
    amina, id = full_house["Amina"], new()
    first = amina.does(water, "proposal.post", id=id, text="More buses")
    before, heard = full_house.everything(), len(full_house.heard)
    for text in ("More buses", "Something else"):
        assert amina.does(water, "proposal.post", id=id.upper(), text=text) == first
    assert full_house.everything() == before and len(full_house.heard) == heard


def test_a_retry_is_answered_after_the_step_has_closed_too(
    full_house: House, water: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    amina, id = full_house["Amina"], new()
    first = amina.does(water, "proposal.post", id=id, text="More buses")
    full_house["Fatima"].closes(water)
    later(monkeypatch, 61_000)  # nothing late is taken any more either
    assert amina.does(water, "proposal.post", id=id, text="More buses")["proposal"] == first["proposal"]
    with full_house.refuses("step_closed"):
        amina.posts(water, "Too late")


def test_twenty_windows_send_the_same_command_at_once(full_house: House, water: str) -> None:
    amina, id = full_house["Amina"], new()
    answers = together(20, lambda n: amina.does(water, "proposal.post", id=id, text="More buses"))
    assert all(answer == answers[0] for answer in answers) and answers[0]["ok"]
    assert len(full_house.rows(select(Proposal.id))) == 1
    assert [event["name"] for event in full_house.events(water)].count("proposal.posted") == 1


def test_two_taps_on_join_let_one_person_in(full_house: House) -> None:
    id = new()
    people = together(10, lambda n: full_house.join("Elena", id=id).id)
    assert len(set(people)) == 1
    assert full_house.state(full_house.room)["joined"] == 5


def test_an_id_that_was_used_for_something_else_is_refused(full_house: House, water: str) -> None:
    amina, bruno, id = full_house["Amina"], full_house["Bruno"], new()
    amina.posts(water, "More buses", id=id)
    with full_house.refuses("id_taken", "Make a new one"):
        amina.does(water, "vote.cast", id=id, proposal=id, value=1)
    with full_house.refuses("id_taken"):
        bruno.posts(water, "Mine has the id of Amina's proposal", id=id)
    with full_house.refuses("id_taken"):
        amina.does(full_house.room, "person.arrive", id=id)


def test_a_refused_command_may_be_sent_again_with_its_id(full_house: House) -> None:
    board, id = full_house.board("Water"), new()
    with full_house.refuses("step_closed"):
        full_house["Amina"].posts(board, "Early", id=id)
    full_house["Fatima"].opens(board, "collect")
    assert full_house["Amina"].posts(board, "Early", id=id) == id


def test_twenty_writers_leave_a_sequence_without_a_gap(full_house: House, water: str) -> None:
    full_house["Fatima"].opens(full_house.board("Plenary"), "collect")
    rooms = (water, full_house.board("Plenary"))
    before = {room: full_house["Amina"].sees(room)["seq"] for room in rooms}

    def write(number: int) -> list[int]:
        who, room = full_house[("Amina", "Bruno")[number % 2]], rooms[number // 10]
        return [who.does(room, "proposal.post", text=f"{number}.{n}")["seq"] for n in range(5)]

    seqs = together(20, write)
    for room, answers in ((rooms[0], seqs[:10]), (rooms[1], seqs[10:])):
        wanted = list(range(before[room] + 1, before[room] + 51))
        assert sorted(seq for own in answers for seq in own) == wanted
        logged = full_house.rows(select(Log.seq).where(Log.room == room, Log.seq > before[room]).order_by(Log.seq))
        assert [row.seq for row in logged] == wanted
        assert sorted(event["seq"] for event in full_house.events(room))[-50:] == wanted


def test_a_reading_sees_one_moment_while_others_write(full_house: House, water: str) -> None:
    """Or a snapshot would say 5 and hold 6."""
    with full_house.store.reading() as db:
        seq = select(Room.seq).where(Room.id == water)
        before = db.execute(seq).scalar_one()
        full_house["Amina"].posts(water, "In between")
        assert db.execute(seq).scalar_one() == before
        assert snapshot.board_state(db, water.partition(":")[2])["proposals"] == {}
    assert full_house["Amina"].sees(water)["seq"] == before + 1


def test_amina_catches_up_with_the_events_that_she_has_missed(full_house: House, water: str) -> None:
    amina = full_house["Amina"]
    since = amina.sees(water)["seq"]
    for text in ("One", "Two"):
        full_house["Bruno"].posts(water, text)
    answer = amina.sees(water, since=since)
    assert "snapshot" not in answer
    assert [event["proposal"]["text"] for event in answer["events"]] == ["One", "Two"]
    assert [event["seq"] for event in answer["events"]] == [since + 1, since + 2]
    assert amina.sees(water, since=answer["seq"])["events"] == []
    for nonsense in (answer["seq"] + 1, -1, 10**30):
        assert "snapshot" in amina.sees(water, since=nonsense)


def test_what_was_hidden_is_not_told_to_those_who_catch_up(full_house: House, water: str) -> None:
    since = full_house["Amina"].sees(water)["seq"]
    rude = full_house["Bruno"].posts(water, "Something rude")
    full_house["Fatima"].hides(water, rude)
    answer = full_house["Amina"].sees(water, since=since)
    assert "events" not in answer and answer["snapshot"]["proposals"][rude]["status"] == "hidden"
    assert "Something rude" not in repr(answer)
    assert "Something rude" in repr(full_house["Bruno"].me(water)), "his own words he may still read"


def test_who_is_too_far_behind_gets_a_snapshot(full_house: House, water: str) -> None:
    amina = full_house["Amina"]
    since = amina.sees(water)["seq"]
    card = full_house.state(water)
    rows = [
        {"room": water, "seq": since + n, "name": "timer.started", "at": 1, "by": amina.id, "data": {"timer": None}}
        for n in range(1, CATCH_UP_LIMIT + 2)
    ]
    with full_house.store.writing() as db:
        db.execute(Log.__table__.insert(), rows)
        db.execute(update(Room.__table__).where(Room.id == water).values(seq=since + len(rows)))
    assert amina.sees(water, since=since)["snapshot"] == card
    assert len(amina.sees(water, since=since + 1)["events"]) == CATCH_UP_LIMIT


BAD = [
    ({"id": "1"}, "UUID"),
    ({"id": 7}, "UUID"),
    ({"id": None}, "UUID"),
    ({"room": 7}, "room"),
    ({"room": None}, "room"),
    ({"room": "board:" + "x" * 50}, "room"),
    ({"room": "board:"}, "room"),
    ({"room": "day:x"}, "board"),
    ({"args": None}, "args"),
    ({"args": []}, "args"),
    ({"args": {}}, "text"),
    ({"args": {"text": 7}}, "text"),
    ({"args": {"text": "x", "author": "me"}}, "author"),
    ({"args": {"text": "x" * 20_001}}, "text"),
    ({"args": {"text": "x", "lane": ["north"]}}, "lane"),
]


@pytest.mark.parametrize(("change", "part"), BAD, ids=[str(change)[:40] for change, _ in BAD])
def test_a_message_of_the_wrong_form_is_told_what_is_wrong(
    full_house: House, water: str, change: dict[str, Any], part: str
) -> None:
    from facilitator.commands import run

    amina = full_house["Amina"]
    message: dict[str, Any] = {"id": new(), "room": water, "name": "proposal.post", "args": {"text": "Buses"}} | change
    with full_house.refuses("bad_message", part):
        run(full_house.store, full_house.publish, actor=amina.actor, **message)


@pytest.mark.parametrize("name", [None, 7, "", "proposal", "proposal.post ", "x" * 100, ["proposal.post"]])
def test_an_unknown_command_is_named(full_house: House, water: str, name: Any) -> None:
    from facilitator.commands import run

    with full_house.refuses("unknown_command", str(name)[:40]):
        run(full_house.store, full_house.publish, id=new(), actor=full_house["Amina"].actor, room=water, name=name,
            args={"text": "Buses"})  # fmt: skip


@pytest.mark.parametrize("text", ["\x00", "\ud800", "a\x00b"])
@pytest.mark.parametrize("where", ["proposal", "room", "person"])
def test_characters_that_no_database_takes_are_refused_like_any_other_wrong_id(
    full_house: House, water: str, text: str, where: str
) -> None:
    fatima = full_house["Fatima"]
    with pytest.raises(Refused) as refused:
        if where == "proposal":
            fatima.hides(water, text)
        elif where == "room":
            fatima.does(f"board:{text}", "step.close")
        else:
            fatima.does(full_house.room, "link.renew", person=text)
    assert refused.value.code in ("bad_message", "not_yours", "proposal_unknown", "person_unknown")


def test_the_same_uuid_written_in_another_way_is_the_same(full_house: House, water: str) -> None:
    id = uuid.uuid4()
    assert full_house["Amina"].posts(water, "Buses", id=id.hex) == str(id)
    assert full_house["Amina"].posts(water, "Buses", id=str(id).upper()) == str(id)
