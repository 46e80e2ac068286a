"""The parking lot: somebody takes care of what is parked, and it is answered."""

from __future__ import annotations

import pytest
from support.house import House, new

from facilitator.domain.events import for_screen


@pytest.fixture
def water(full_house: House) -> str:
    full_house["Fatima"].opens(full_house.board("Water"), "collect")
    return full_house.board("Water")


@pytest.fixture
def parked(full_house: House, water: str) -> str:
    tram = full_house["Amina"].posts(water, "More trams")
    full_house["Amina"].does(water, "proposal.park", proposal=tram)
    return tram


def test_fatima_says_who_takes_care_and_bruno_answers(full_house: House, water: str, parked: str) -> None:
    bruno, fatima = full_house["Bruno"], full_house["Fatima"]
    with full_house.refuses("parking_not_yours", "takes care"):
        bruno.does(water, "parking.answer", proposal=parked, answer="Later")
    fatima.does(water, "parking.route", proposal=parked, owner=bruno.id)
    heard = len(full_house.events(water))
    fatima.does(water, "parking.route", proposal=parked, owner=bruno.id)
    assert len(full_house.events(water)) == heard, "the same again is no news"
    found = full_house["Amina"].sees(water)["snapshot"]["parking"][parked]
    assert (found["owner"], found["answer"]) == (bruno.id, None)
    with full_house.refuses("parking_not_yours"):
        full_house["Amina"].does(water, "parking.answer", proposal=parked, answer="Later")
    bruno.does(water, "parking.answer", proposal=parked, answer="  The network plan has them. ")
    assert full_house.state(water)["parking"][parked]["answer"] == "The network plan has them."
    fatima.does(water, "parking.answer", proposal=parked, answer="They come in 2018.")  # who facilitates always may
    assert full_house.state(water)["parking"][parked]["answer"] == "They come in 2018."


def test_only_who_facilitates_routes_and_only_to_somebody_of_the_event(
    full_house: House, water: str, parked: str
) -> None:
    fatima = full_house["Fatima"]
    with full_house.refuses("not_allowed"):
        full_house["Amina"].does(water, "parking.route", proposal=parked, owner=full_house["Amina"].id)
    stranger = full_house.another()["Amina"].id
    for owner in (stranger, full_house["Screen"].id, "nobody"):
        with full_house.refuses("person_unknown"):
            fatima.does(water, "parking.route", proposal=parked, owner=owner)
    fatima.does(water, "parking.route", proposal=parked, owner=full_house["Chen"].id)
    fatima.does(water, "parking.route", proposal=parked, owner=None)
    assert full_house.state(water)["parking"][parked]["owner"] is None


def test_what_is_not_in_the_parking_lot_is_neither_routed_nor_answered(full_house: House, water: str) -> None:
    fatima = full_house["Fatima"]
    bus = full_house["Amina"].posts(water, "Buses")
    with full_house.refuses("proposal_not_parked", "parking lot"):
        fatima.does(water, "parking.route", proposal=bus, owner=fatima.id)
    with full_house.refuses("proposal_not_parked"):
        fatima.does(water, "parking.answer", proposal=bus, answer="Yes")
    with full_house.refuses("proposal_unknown"):
        fatima.does(water, "parking.route", proposal=new(), owner=fatima.id)


def test_an_answer_says_something_and_fits(full_house: House, water: str, parked: str) -> None:
    for answer, code in (("  ", "text_empty"), ("x" * 1001, "text_too_long")):
        with full_house.refuses(code):
            full_house["Fatima"].does(water, "parking.answer", proposal=parked, answer=answer)


def test_what_is_taken_back_and_parked_again_keeps_who_takes_care(full_house: House, water: str, parked: str) -> None:
    fatima = full_house["Fatima"]
    fatima.does(water, "parking.route", proposal=parked, owner=fatima.id)
    fatima.does(water, "proposal.unpark", proposal=parked)
    fatima.does(water, "proposal.park", proposal=parked)
    assert full_house.state(water)["parking"][parked]["owner"] == fatima.id


def test_a_parked_thing_is_answered_whatever_the_step_and_even_while_the_board_is_locked(
    full_house: House, water: str, parked: str
) -> None:
    fatima, bruno = full_house["Fatima"], full_house["Bruno"]
    fatima.does(water, "parking.route", proposal=parked, owner=bruno.id)
    fatima.opens(water, "reveal")
    fatima.does(water, "board.lock")
    bruno.does(water, "parking.answer", proposal=parked, answer="It is planned.")
    assert full_house.state(water)["parking"][parked]["answer"] == "It is planned."


def test_a_screen_is_told_the_answer_and_not_who_gave_it(full_house: House, water: str, parked: str) -> None:
    bruno = full_house["Bruno"]
    full_house["Fatima"].does(water, "parking.route", proposal=parked, owner=bruno.id)
    bruno.does(water, "parking.answer", proposal=parked, answer="It is planned.")
    seen = full_house["Screen"].sees(water)["snapshot"]["parking"][parked]
    assert seen["answer"] == "It is planned." and "owner" not in seen
    assert bruno.id not in repr(for_screen(full_house.events(water)))
