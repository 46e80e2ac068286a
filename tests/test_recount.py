"""`recount.check` finds nothing in an honest house, and every kind of tampering."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from support.house import House

from facilitator import recount
from facilitator.store.models import (
    Ballot,
    Command,
    Conclusion,
    Elector,
    Log,
    Proposal,
    Room,
    Source,
    Vote,
    Wording,
    new_id,
)


@pytest.fixture
def played(full_house: House) -> House:
    """A morning's work: proposals, votes of both kinds, conclusions; some of it changed, hidden, taken back."""
    house, fatima = full_house, full_house["Fatima"]
    water, air = house.board("Water"), house.board("Air", day=2)
    for room, (one, two), value in ((water, ("Amina", "Bruno"), 2), (air, ("Chen", "Dora"), -1)):
        fatima.opens(room, "collect")
        cards = [house[one].posts(room, text) for text in ("Buses", "Trams", "Bikes")]
        house[one].edits(room, cards[0], "More buses")
        house[one].withdraws(room, cards[2])
        house[one].reinstates(room, cards[2])
        fatima.opens(room, "vote")
        for who in (one, two):
            for card in cards[:2]:
                house[who].votes(room, card, value)
            house[who].votes(room, cards[1], 0)
        fatima.opens(room, "reveal")
    fatima.hides(water, house.rows(select(Proposal.id).where(Proposal.board == water.split(":")[1]))[2].id)
    buses = house.rows(select(Proposal.id).where(Proposal.board == water.split(":")[1], Proposal.number == 1))[0].id
    conclusion = fatima.promotes(house.day(), buses, "Buses at last")
    fatima.does(house.day(), "conclusion.reword", conclusion=conclusion, wording="Buses, at last")
    return house


def test_an_honest_house_adds_up(played: House) -> None:
    found = recount.check(played.store)
    assert found.off == [] and found.ok
    assert (found.events, found.ballots, found.proposals, found.conclusions) == (1, 2, 6, 1)
    assert found.votes == 6
    assert found == recount.check(played.store, played.event)


def test_nothing_to_count_is_nothing_off(house: House) -> None:
    assert recount.check(house.store).ok


def water_of(house: House) -> dict[str, str]:
    board = house.board("Water").partition(":")[2]
    ballot = house.rows(select(Ballot.id).where(Ballot.board == board))[0].id
    cards = [row.id for row in house.rows(select(Proposal.id).where(Proposal.board == board).order_by(Proposal.number))]
    return {"ballot": ballot, "one": cards[0], "two": cards[1], "amina": house["Amina"].id, "board": board}


def gap(house: House) -> Any:
    return delete(Log.__table__).where(Log.room == house.board("Water"), Log.seq == 2)


def lost_end(house: House) -> Any:
    room = house.board("Water")
    return delete(Log.__table__).where(Log.room == room, Log.seq == house["Amina"].sees(room)["seq"])


def clock_set_back(house: House) -> Any:
    return update(Room.__table__).where(Room.id == house.board("Water")).values(seq=3)


def answer_from_the_future(house: House) -> Any:
    return update(Command.__table__).where(Command.name == "vote.cast").values(reply={"ok": True, "seq": 10_000})


def stuffed(house: House) -> Any:
    known = water_of(house)
    row = {"ballot": known["ballot"], "voter": known["amina"], "proposal": known["two"], "value": 50}
    return insert(Vote.__table__).values(row)


def raised(house: House) -> Any:
    known = water_of(house)
    return update(Vote.__table__).where(Vote.ballot == known["ballot"]).values(value=6)


def lowered(house: House) -> Any:
    known = water_of(house)
    return update(Vote.__table__).where(Vote.ballot == known["ballot"], Vote.voter == known["amina"]).values(value=1)


def emptied(house: House) -> Any:
    known = water_of(house)
    return delete(Vote.__table__).where(Vote.ballot == known["ballot"], Vote.voter == known["amina"])


def moved(house: House) -> Any:
    known = water_of(house)
    other = house.rows(select(Proposal.id).where(Proposal.board != known["board"]))[0].id
    where = (Vote.ballot == known["ballot"], Vote.voter == known["amina"])
    return update(Vote.__table__).where(*where).values(proposal=other)


def unnatural(house: House) -> Any:
    other = house.rows(select(Ballot.id).where(Ballot.kind == "approval"))[0].id
    return update(Vote.__table__).where(Vote.ballot == other).values(value=7)


def reworded(house: House) -> Any:
    return update(Proposal.__table__).where(Proposal.id == water_of(house)["one"]).values(text="Fewer buses")


def history_erased(house: House) -> Any:
    return delete(Wording.__table__).where(Wording.of == water_of(house)["one"])


def conclusion_reworded(house: House) -> Any:
    return update(Conclusion.__table__).values(wording="No buses")


def orphaned(house: House) -> Any:
    return delete(Source.__table__)


def other_day(house: House) -> Any:
    return update(Conclusion.__table__).values(day=house.day(2).partition(":")[2])


def flattered(house: House) -> Any:
    figures = house.rows(select(Source.figures))[0].figures
    return update(Source.__table__).values(figures={**figures, "dots": 99})


TAMPERING = {
    gap: "its clock says",
    lost_end: "its clock says",
    clock_set_back: "its clock says",
    answer_from_the_future: "has not reached",
    stuffed: "on one proposal",
    raised: "spent more than 5",
    lowered: "a recount gives",
    emptied: "a recount gives",
    moved: "another board",
    unnatural: "of the kind approval does not know",
    reworded: "not the last one",
    history_erased: "not the last one",
    conclusion_reworded: "not the last one",
    orphaned: "which proposal",
    other_day: "another day",
    flattered: "a recount gives",
}


@pytest.mark.parametrize("tamper", TAMPERING, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found(played: House, tamper: Any) -> None:
    with played.store.writing() as db:
        db.execute(tamper(played))
    found = recount.check(played.store)
    assert not found.ok
    assert any(TAMPERING[tamper] in sentence for sentence in found.off), found.off


def test_votes_of_people_who_are_no_electors_cannot_even_be_written(played: House) -> None:
    known = water_of(played)
    for statement in (
        delete(Elector.__table__).where(Elector.person == known["amina"]),
        insert(Vote.__table__).values(ballot=known["ballot"], voter=new_id(), proposal=known["one"], value=1),
    ):
        with pytest.raises(Exception, match=r"(?i)foreign key"), played.store.writing() as db:
            db.execute(statement)
    assert recount.check(played.store).ok
