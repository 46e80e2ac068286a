"""Rehearsals: synthetic people play the agenda over real sockets, also when the server dies under them."""

from __future__ import annotations

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from support.agenda import workshop
from support.house import House
from support.patience import until
from support.server import Server

from facilitator import demo, recount
from facilitator.founding import found_event
from facilitator.library import load_agenda
from facilitator.rehearsal import RehearsalError, Report, rehearse
from facilitator.rehearsal.ledger import Ledger
from facilitator.rehearsal.report import KEYS
from facilitator.rehearsal.tape import Tape, percentile
from facilitator.settings import Settings
from facilitator.store.db import Store
from facilitator.store.models import Proposal, Seat

BOARDS = ("Plenary", "Water", "Air")


def nothing_lost(report: Report) -> None:
    assert (report.lost, report.doubled, report.off) == (0, 0, []), report.summary()
    assert report.ok
    assert Path(report.outcome).read_text().lstrip().lower().startswith("<!doctype html")


@pytest.mark.server
def test_sixteen_people_play_the_agenda_and_nothing_is_lost(
    settings: Settings, store: Store, house: House, serve: Any
) -> None:
    serve()
    report = rehearse(settings, store, event=house.event, people=16, speed=30, seed=1)
    nothing_lost(report)
    assert tuple(report.to_json()) == KEYS
    assert json.loads(json.dumps(report.to_json()))["people"] == 16
    assert report.cuts > 0 and report.reconnections >= report.cuts
    assert report.proposals == house.rows(select(func.count()).select_from(Proposal))[0][0] > 16
    assert report.votes > 3 * 16
    assert report.conclusions >= len(BOARDS)
    assert report.p50_ms and report.p99_ms and report.p50_ms <= report.p99_ms
    # The women's network has a roster that is nobody's sample: none of them was played.
    assert house.state(house.board("Women's network"))["proposals"] == {}
    assert house.state(house.room)["joined"] == 16
    for number in (1, 2):
        _ended(house.state(house.day(number)))


def _ended(day: dict[str, Any]) -> None:
    """The day was ratified, dissented from and closed, and afterwards a body decided."""
    asked = [one for one in day["conclusions"] if one["ratification"]]
    assert asked and all(one["tags"] for one in asked)
    assert [one["ratification"]["people"]["object"] for one in asked].count(1) == 1
    (dissented,) = [one for one in day["conclusions"] if one["minority"]]
    assert dissented["ratification"]["people"]["object"] == 1
    assert {one["id"] for one in day["closing"]["conclusions"]} == {one["id"] for one in day["conclusions"]}
    assert day["conclusions"][0]["verdict"]["body"] == "Board of directors"


@pytest.mark.server
@pytest.mark.once
def test_an_event_can_be_rehearsed_again(settings: Settings, store: Store, serve: Any) -> None:
    whole = workshop()
    house, server = House(store, whole.model_copy(update={"days": whole.days[:1]})), serve()
    first = rehearse(settings, store, event=house.event, people=6, speed=60, seed=2)
    again = rehearse(settings, store, event=house.event, people=6, speed=60, seed=2, url=server.url)
    nothing_lost(first)
    nothing_lost(again)
    assert house.state(house.room)["joined"] == 12
    assert again.proposals and again.votes and again.conclusions


@pytest.mark.server
@pytest.mark.once
def test_on_the_sample_event_the_womens_network_is_played_by_its_roster(
    settings: Settings, store: Store, serve: Any
) -> None:
    """In the afternoon of its first day, when the network meets and shares its lines."""
    serve()
    whole = load_agenda(demo.TEMPLATE)
    afternoon = whole.days[0].model_copy(update={"sessions": whole.days[0].sessions[-3:]})
    event = found_event(store, whole.model_copy(update={"days": (afternoon,)}))
    report = rehearse(settings, store, event=event, people=16, speed=200, seed=3)
    nothing_lost(report)
    assert report.people == 16
    with store.reading() as db:
        network = db.execute(
            select(func.count())
            .select_from(Proposal)
            .join(Seat, Seat.person == Proposal.author)
            .where(Seat.group.in_(select(Seat.group).group_by(Seat.group).having(func.count() < 16)))
        ).scalar_one()
    assert network > 0


@pytest.mark.server
@pytest.mark.once
def test_the_server_is_killed_three_times_and_nobody_loses_a_word(
    settings: Settings, store: Store, house: House, serve: Any
) -> None:
    servers: list[Server] = [serve()]
    with ThreadPoolExecutor(1) as thread:
        rehearsal = thread.submit(rehearse, settings, store, event=house.event, people=16, speed=3, seed=4)
        chance = random.Random(5)
        for written in (3, 25, 45):
            wait_for_proposals(house, written, rehearsal)
            time.sleep(chance.uniform(0, 0.2))
            servers[-1].kill()
            time.sleep(0.5)
            servers.append(serve(port=servers[0].port))
        report = rehearsal.result(timeout=180)
    nothing_lost(report)
    assert report.reconnections >= 3 * 16
    assert recount.check(store).ok


def wait_for_proposals(house: House, count: int, rehearsal: Any) -> None:
    def are_there() -> bool:
        assert not rehearsal.done(), rehearsal.result()
        return bool(house.rows(select(func.count()).select_from(Proposal))[0][0] >= count)

    until(are_there, lambda: "nobody posts")


def test_without_a_server_it_says_what_to_do(settings: Settings, store: Store, house: House) -> None:
    with pytest.raises(RehearsalError, match="Start it first"):
        rehearse(settings, store, event=house.event, people=2)
    with pytest.raises(RehearsalError, match=r"No server answers at http://127\.0\.0\.1:9"):
        rehearse(settings, store, event=house.event, people=2, url="http://127.0.0.1:9")
    with pytest.raises(RehearsalError, match="There is no event “nowhere”"):
        rehearse(settings, store, event="nowhere", people=2)


def test_something_else_at_the_address_is_noticed(settings: Settings, store: Store, house: House) -> None:
    from http.server import BaseHTTPRequestHandler, HTTPServer

    class Other(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"[]")

        def log_message(self, *args: Any) -> None:
            """Nobody wants to read it."""

    other = HTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=other.serve_forever, daemon=True).start()
    with pytest.raises(RehearsalError, match="is not Facilitator"):
        rehearse(settings, store, event=house.event, people=2, url=f"http://127.0.0.1:{other.server_port}")
    other.shutdown()


def test_a_ledger_accounts_for_every_number_once() -> None:
    ledger = Ledger("day:x")
    ledger.take_frame(frame(6, 6))  # it overtakes the answer to `watch`
    ledger.take_answer({"seq": 5, "snapshot": {"conclusions": []}, "me": {}})
    assert ledger.seq == 6
    assert ledger.take_frame(frame(5, 7)) == ([event(7)], False)
    assert ledger.take_frame(frame(9, 9)) == ([], True)
    assert ledger.missing_and_doubled(9) == (2, 0)
    ledger.take_answer({"seq": 8, "events": [event(8)], "me": {}})
    assert ledger.missing_and_doubled(8) == (0, 0)
    ledger.take_answer({"seq": 12, "snapshot": {"conclusions": []}, "me": {}})
    assert ledger.missing_and_doubled(12) == (0, 0)
    ledger.applied.append((7, "conclusion.moved"))
    assert ledger.missing_and_doubled(12) == (0, 1)


def frame(first: int, last: int) -> dict[str, Any]:
    return {"room": "day:x", "from": first - 1, "to": last, "events": [event(n) for n in range(first, last + 1)]}


def event(seq: int) -> dict[str, Any]:
    return {"seq": seq, "name": "conclusion.moved", "order": []}


def test_a_delay_ends_when_the_last_connected_member_sees_it() -> None:
    tape = Tape()
    tape.note_sent("board:x", 4, 10.0)
    seen = {"seq": 4, "name": "vote.cast"}
    tape.note_seen("board:x", seen, 10.02, watching_since=1.0)
    tape.note_seen("board:x", seen, 10.05, watching_since=1.0)
    tape.note_seen("board:x", seen, 13.0, watching_since=12.9)  # was cut off, and caught up
    assert tape.latencies_ms() == [pytest.approx(50)]
    assert tape.deliveries == 3
    assert percentile([1.0, 2.0, 3.0, 4.0], 50) == 2.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 99) == 4.0
    assert percentile([], 99) is None
