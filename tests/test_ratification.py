"""Does the room stand behind it? Two tallies, quorums, objections with reasons, who may dissent; all in secret."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update
from support.files import text_of
from support.house import NOBODY, House, new

from facilitator import recount
from facilitator.domain import ratification
from facilitator.domain.events import for_screen
from facilitator.domain.ratification import AGREE, LIVE, OBJECT, Stand, Terms
from facilitator.outcomes import FORMATS, render
from facilitator.store.models import Position, Ratification, Ratifier

JSON = dict[str, Any]
EVERYBODY = ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Chen", "Dora", "Screen")


@pytest.fixture
def day(full_house: House) -> str:
    return full_house.day()


@pytest.fixture
def ids(full_house: House, day: str) -> dict[str, str]:
    """Two conclusions of the first day."""
    water, fatima = full_house.board("Water"), full_house["Fatima"]
    fatima.opens(water, "collect")
    cards = {text: full_house["Amina"].posts(water, text) for text in ("Buses", "Trams")}
    return {text: fatima.promotes(day, card, f"More {text.lower()}") for text, card in cards.items()}


def result(house: House, day: str, conclusion: str) -> JSON:
    found: JSON = next(card for card in house.state(day)["conclusions"] if card["id"] == conclusion)["ratification"]
    return found


# --- how it is counted ----------------------------------------------------------------------------------------------

WORKED = {
    "amina": "barcelona",
    "dora": "barcelona",
    "ines": "barcelona",
    "bruno": "seoul",
    "chen": "seoul",
    "eva": None,
}


def test_each_organisation_has_one_voice_that_its_people_share_as_worked_out_by_hand() -> None:
    """Barcelona: two agree, one objects, so two thirds and one third of its voice. Seoul: one of its two has answered,
    and objects. Eva speaks for nobody. People: 3 of 5 stand behind it; organisations: 2/3 of 2 voices, a third."""
    stands = [Stand("amina", AGREE, None), Stand("dora", AGREE, None), Stand("ines", OBJECT, "No"),
              Stand("bruno", OBJECT, "Too dear"), Stand("eva", LIVE, None)]  # fmt: skip
    found = ratification.count(Terms(50, 50, 60), stands, WORKED)
    assert found["people"] == {"electors": 6, "voted": 5, "agree": 2, "live": 1, "object": 2, "support": 60}
    assert found["organisations"] == {
        "electors": 2, "voted": 2, "agree": 0.67, "live": 0, "object": 1.33, "support": 33.33, "split": 1
    }  # fmt: skip
    assert found["disagree"] and found["outcome"] == "not_ratified" and not found["few"]
    assert found["reasons"] == [{"value": 0, "reason": "No"}, {"value": 0, "reason": "Too dear"}]


@pytest.mark.parametrize(
    ("terms", "outcome"),
    [
        (Terms(66, 50, 60), "ratified"),  # 4 of 6 people are 66.67 %
        (Terms(67, 50, 60), "no_quorum"),
        (Terms(50, 50, 75), "ratified"),  # 3 of 4 people and 75 % of the voices
        (Terms(50, 50, 76), "not_ratified"),
        (Terms(0, 100, 0), "ratified"),
    ],
)
def test_a_quorum_and_a_support_are_reached_exactly_or_not(terms: Terms, outcome: str) -> None:
    stands = [Stand("amina", AGREE, None), Stand("dora", LIVE, None), Stand("bruno", LIVE, None),
              Stand("chen", OBJECT, "No")]  # fmt: skip
    assert ratification.count(terms, stands, WORKED)["outcome"] == outcome


def test_a_quorum_of_organisations_is_asked_for_beside_that_of_people() -> None:
    stands = [Stand(who, AGREE, None) for who in ("amina", "dora", "ines")]
    assert ratification.count(Terms(50, 50, 80), stands, WORKED)["outcome"] == "ratified"
    found = ratification.count(Terms(50, 51, 80), stands, WORKED)
    assert (found["outcome"], found["organisations"]["voted"], found["organisations"]["electors"]) == (
        "no_quorum",
        1,
        2,
    )


def test_a_share_that_only_rounds_up_to_the_support_does_not_reach_it() -> None:
    people = {f"p{n}": None for n in range(100_000)}
    stands = [Stand(who, OBJECT if n < 20_001 else AGREE, "No") for n, who in enumerate(people)]
    found = ratification.count(Terms(0, 0, 80), stands, people)
    assert (found["people"]["support"], found["outcome"]) == (80.0, "not_ratified")


def test_where_nobody_speaks_for_an_organisation_the_people_alone_decide() -> None:
    found = ratification.count(Terms(50, 50, 80), [Stand("eva", AGREE, None)], {"eva": None})
    assert (found["outcome"], found["organisations"]["support"], found["disagree"]) == ("ratified", None, False)
    assert ratification.count(Terms(0, 0, 0), [], WORKED)["outcome"] == "no_quorum", "nobody has said anything"


@given(
    electors=st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from(("x", "y", "z", None)), min_size=1),
    values=st.lists(st.sampled_from((AGREE, LIVE, OBJECT)), max_size=10),
    terms=st.builds(Terms, st.integers(0, 100), st.integers(0, 100), st.integers(0, 100)),
)
def test_the_count_is_that_of_a_model(electors: dict[str, str | None], values: list[int], terms: Terms) -> None:
    said = dict(zip(electors, values, strict=False))
    found = ratification.count(terms, [Stand(who, value, None) for who, value in said.items()], electors)
    people, organisations = found["people"], found["organisations"]
    assert people["agree"] + people["live"] + people["object"] == people["voted"] == len(said) <= people["electors"]
    homes = {home for who, home in electors.items() if home and who in said}
    assert organisations["voted"] == len(homes) <= organisations["electors"] == len({*electors.values()} - {None})
    against = Fraction(0)
    for home in homes:
        theirs = [said[who] for who in said if electors[who] == home]
        against += Fraction(theirs.count(OBJECT), len(theirs))
    assert organisations["object"] == pytest.approx(float(against), abs=0.005)
    quorate = (
        bool(said)
        and 100 * len(said) >= terms.quorum_people * len(electors)
        and 100 * len(homes) >= terms.quorum_organisations * organisations["electors"]
    )
    behind = 100 * (len(said) - list(said.values()).count(OBJECT)) >= terms.support * len(said)
    behind = behind and 100 * (len(homes) - against) >= terms.support * len(homes)
    assert found["outcome"] == (("ratified" if behind else "not_ratified") if quorate else "no_quorum")


# --- opening, answering, closing ------------------------------------------------------------------------------------


def test_what_is_asked_is_asked_of_those_who_are_here_and_not_of_observers_or_latecomers(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    fatima, amina = full_house["Fatima"], full_house["Amina"]
    full_house.rostered("Hanna", "Water")
    fatima.asks_for_ratification(day)
    elena = full_house.join("Elena", "Seoul")
    state = full_house.state(day)["ratification"]
    assert (state["open"], state["electors"], state["voted"]) == (True, 4, 0)
    assert sorted(state["conclusions"]) == sorted(ids.values())
    assert amina.me(day)["elector"] and not elena.me(day)["elector"]
    with full_house.refuses("not_asked", "before you arrived"):
        elena.agrees(day, ids["Buses"])
    for who in ("Oscar", "Fatima"):
        with full_house.refuses("not_allowed"):
            full_house[who].agrees(day, ids["Buses"])
    amina.agrees(day, ids["Buses"])
    assert full_house.state(day)["ratification"]["voted"] == 1


def test_what_cannot_be_opened_answered_or_closed(full_house: House, day: str, ids: dict[str, str]) -> None:
    fatima, amina = full_house["Fatima"], full_house["Amina"]
    with full_house.refuses("ratification_none"):
        amina.agrees(day, ids["Buses"])
    with full_house.refuses("ratification_none"):
        fatima.does(day, "ratification.close")
    with full_house.refuses("nothing_to_ratify"):
        fatima.asks_for_ratification(full_house.day(2))
    with full_house.refuses("conclusion_unknown"):
        fatima.asks_for_ratification(day, of=[NOBODY])
    with full_house.refuses("nothing_to_ratify"):
        fatima.asks_for_ratification(day, of=[])
    for wrong in (-1, 101):
        with full_house.refuses("bad_message", "support"):
            fatima.asks_for_ratification(day, support=wrong)
    fatima.does(day, "conclusion.take_back", conclusion=ids["Trams"])
    with full_house.refuses("conclusion_taken_back"):
        fatima.asks_for_ratification(day, of=[ids["Trams"]])
    fatima.asks_for_ratification(day)
    with full_house.refuses("ratification_open", "Close it first"):
        full_house["Olga"].asks_for_ratification(day)
    fatima.does(day, "conclusion.reinstate", conclusion=ids["Trams"])
    with full_house.refuses("not_ratified_now"):
        amina.agrees(day, ids["Trams"])
    with full_house.refuses("bad_vote", "3, 2, 0"):
        amina.does(day, "position.take", conclusion=ids["Buses"], value=1)
    fatima.does(full_house.day(2), "day.close", note="")
    with full_house.refuses("day_closed"):
        fatima.asks_for_ratification(full_house.day(2))


def test_an_objection_without_a_reason_is_refused_and_with_one_it_stands(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    full_house["Fatima"].asks_for_ratification(day)
    bruno = full_house["Bruno"]
    for reason in ("", "  \n"):
        with full_house.refuses("objection_needs_reason", "few words"):
            bruno.objects(day, ids["Buses"], reason)
    with full_house.refuses("text_too_long", "1000"):
        bruno.objects(day, ids["Buses"], "x" * 1001)
    bruno.objects(day, ids["Buses"], "Too many")
    assert bruno.me(day)["positions"] == {ids["Buses"]: {"value": 0, "reason": "Too many"}}


def test_whoever_thinks_better_of_it_has_one_position_and_nothing_is_heard(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    full_house["Fatima"].asks_for_ratification(day)
    bruno = full_house["Bruno"]
    bruno.objects(day, ids["Buses"])
    heard = len(full_house.heard)
    for _ in range(2):
        bruno.agrees(day, ids["Buses"])
        bruno.agrees(day, ids["Trams"])
    assert len(full_house.heard) == heard
    assert len(full_house.rows(select(Position.person))) == 2
    full_house["Fatima"].does(day, "ratification.close")
    assert result(full_house, day, ids["Buses"])["people"]["agree"] == 1
    assert result(full_house, day, ids["Buses"])["reasons"] == []
    with full_house.refuses("ratification_none"):
        bruno.objects(day, ids["Buses"])


def test_a_conclusion_is_not_changed_while_it_is_being_ratified_and_the_others_are_free(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    fatima, water = full_house["Fatima"], full_house.board("Water")
    more = full_house["Amina"].posts(water, "Boats")
    fatima.asks_for_ratification(day, of=[ids["Buses"]])
    asked = {"conclusion": ids["Buses"]}
    for name, args in (
        ("reword", {"wording": "Fewer buses"}),
        ("classify", {"kind": "action"}),
        ("extend", {"sources": [{"proposal": more}]}),
        ("take_back", {}),
    ):
        with full_house.refuses("ratification_running", "Close the ratification"):
            fatima.does(day, f"conclusion.{name}", **asked, **args)
    fatima.does(day, "conclusion.tag", **asked, tags=[{"framework": "sdg", "tag": "sdg11"}])
    fatima.does(day, "conclusion.reword", conclusion=ids["Trams"], wording="Many more trams")
    fatima.does(day, "ratification.close")
    fatima.does(day, "conclusion.reword", **asked, wording="Fewer buses")
    assert result(full_house, day, ids["Buses"])["version"] == 1, "what was ratified was the wording before"


def test_the_event_says_what_the_page_says_and_the_whole_is_recounted(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    fatima = full_house["Fatima"]
    fatima.asks_for_ratification(day, support=60)
    for who in ("Amina", "Chen", "Dora"):
        full_house[who].agrees(day, ids["Buses"])
    full_house["Bruno"].objects(day, ids["Buses"])
    fatima.does(day, "ratification.close")
    told = full_house.events(day)[-1]
    assert told["conclusions"] == full_house.state(day)["conclusions"]
    found = result(full_house, day, ids["Buses"])
    assert (found["people"]["support"], found["organisations"]["support"]) == (75, 75)
    assert (found["outcome"], found["organisations"]["split"]) == ("ratified", 1)
    assert result(full_house, day, ids["Trams"])["outcome"] == "no_quorum"
    counted = recount.check(full_house.store)
    assert counted.off == [] and counted.positions == 4
    with full_house.store.writing() as db:
        db.execute(update(Position.__table__).where(Position.person == full_house["Bruno"].id).values(value=3))
    (off,) = recount.check(full_house.store).off
    assert "a recount gives" in off and ids["Buses"] in off


def test_in_another_round_everybody_starts_anew_and_the_last_one_counts(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    fatima, bruno = full_house["Fatima"], full_house["Bruno"]
    fatima.asks_for_ratification(day, people=0)
    bruno.objects(day, ids["Buses"])
    fatima.does(day, "ratification.close")
    assert bruno.me(day)["may_report"] == [ids["Buses"]]
    fatima.asks_for_ratification(day, people=0, of=[ids["Buses"]])
    assert bruno.me(day)["positions"] == {}, "in this round he has said nothing yet"
    assert result(full_house, day, ids["Buses"])["outcome"] == "not_ratified", "until this one closes, that of before"
    bruno.agrees(day, ids["Buses"])
    assert bruno.me(day)["may_report"] == [ids["Buses"]]
    fatima.does(day, "ratification.close")
    assert (result(full_house, day, ids["Buses"])["round"], result(full_house, day, ids["Trams"])["round"]) == (2, 1)
    assert bruno.me(day)["may_report"] == [], "he agrees by now"
    assert [row.number for row in full_house.rows(select(Ratification.number).order_by(Ratification.number))] == [1, 2]


def test_a_conclusion_is_asked_about_once_however_often_it_is_named(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    full_house["Fatima"].asks_for_ratification(day, of=[ids["Buses"], ids["Buses"]])
    assert full_house.state(day)["ratification"]["conclusions"] == [ids["Buses"]]


# --- minority reports -----------------------------------------------------------------------------------------------


def test_who_dissents_may_say_so_beside_the_conclusion_and_nobody_else(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    fatima, amina, bruno = full_house["Fatima"], full_house["Amina"], full_house["Bruno"]
    fatima.asks_for_ratification(day, people=0, organisations=0)
    for name in ids:
        amina.agrees(day, ids[name])
        full_house["Chen"].lives_with(day, ids[name])
    bruno.objects(day, ids["Buses"])
    with full_house.refuses("not_dissenting", "once the ratification is closed"):
        bruno.dissents(day, ids["Buses"], "Too early")
    fatima.does(day, "ratification.close")
    assert result(full_house, day, ids["Buses"])["outcome"] == "not_ratified"
    assert result(full_house, day, ids["Trams"])["outcome"] == "ratified"
    for who, conclusion in (("Amina", "Buses"), ("Bruno", "Trams"), ("Chen", "Trams"), ("Dora", "Buses")):
        with full_house.refuses("not_dissenting"):
            full_house[who].dissents(day, ids[conclusion], "We do not")
    bruno.dissents(day, ids["Buses"], "There is no room for them.")
    full_house["Chen"].dissents(
        day, ids["Buses"], "Nobody drives them."
    )  # it was not ratified, and he only lives with it
    texts = [report["text"] for report in _reports(full_house, day)]
    assert texts == ["There is no room for them.", "Nobody drives them."]
    with full_house.refuses("text_empty"):
        bruno.dissents(day, ids["Buses"], " ")
    with full_house.refuses("text_too_long", "2000"):
        bruno.dissents(day, ids["Buses"], "x" * 2001)


def _reports(house: House, day: str) -> list[JSON]:
    return [report for card in house.state(day)["conclusions"] for report in card["minority"]]


def test_a_minority_report_is_replaced_and_withdrawn_by_its_author_alone(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    fatima, bruno = full_house["Fatima"], full_house["Bruno"]
    fatima.asks_for_ratification(day, people=0)
    bruno.objects(day, ids["Buses"])
    fatima.does(day, "ratification.close")
    since = full_house["Amina"].sees(day)["seq"]
    bruno.dissents(day, ids["Buses"], "Something said in anger")
    second = bruno.dissents(day, ids["Buses"], "There is no room.")
    (report,) = _reports(full_house, day)
    assert (report["id"], report["author"], report["organisation"]) == (
        second, bruno.id, full_house.organisation("Seoul")
    )  # fmt: skip
    assert "in anger" not in json.dumps(full_house["Amina"].sees(day, since)), "who was away is not told the old words"
    assert "Bruno" not in json.dumps(full_house["Screen"].sees(day)) and bruno.id not in json.dumps(
        full_house["Screen"].sees(day)
    )
    for who, id in (("Amina", second), ("Bruno", new())):
        with full_house.refuses("report_unknown"):
            full_house[who].does(day, "minority.withdraw", report=id)
    with full_house.refuses("not_allowed"):
        fatima.does(day, "minority.withdraw", report=second)
    bruno.does(day, "minority.withdraw", report=second)
    assert _reports(full_house, day) == []
    with full_house.refuses("report_unknown"):
        bruno.does(day, "minority.withdraw", report=second)
    bruno.dissents(day, ids["Buses"], "There still is no room.")
    assert len(_reports(full_house, day)) == 1


# --- secret ---------------------------------------------------------------------------------------------------------


def test_until_it_closes_nobody_is_told_anything_but_how_many_and_afterwards_never_who(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    """Everything that anybody but Bruno is sent: snapshots, catch-ups, frames, files in every format."""
    fatima, bruno = full_house["Fatima"], full_house["Bruno"]
    ratification = fatima.asks_for_ratification(day, people=0)
    since = full_house["Amina"].sees(day)["seq"]
    reason = "It harms the small"
    bruno.objects(day, ids["Buses"], reason)
    bruno.lives_with(day, ids["Trams"])
    open_ones = _told(full_house, day, since)
    assert reason not in open_ones and '"object": 1' not in open_ones and '"value": 0' not in open_ones
    (taken,) = [event for event in full_house.events(day) if event["name"] == "position.taken"]
    assert set(taken) == {"seq", "name", "voted"}
    fatima.does(day, "ratification.close")
    closed = _told(full_house, day, since)
    assert reason in closed, "reasons are read out, without a name"
    for who in (bruno.id, "Bruno"):
        for found in _around(closed, who):
            assert reason not in found and '"value"' not in found and '"object"' not in found, found
    event = next(event for event in full_house.events(day) if event["name"] == "ratification.closed")
    assert bruno.id not in json.dumps(event)
    assert event["conclusions"][0]["ratification"]["few"], "so few that it may be guessed: pages warn"
    assert ratification == event["ratification"]["id"]


def _told(house: House, day: str, since: int) -> str:
    told = [json.dumps([event, for_screen(event)]) for event in house.events(day)]
    for name in EVERYBODY:
        if name != "Bruno":
            told += [json.dumps([house[name].sees(room), house[name].sees(room, since)]) for room in (day, house.room)]
    with house.store.reading() as db:
        told += [text_of(format, render(db, house.event, format)) for format in FORMATS]
    return "\n".join(told)


def _around(text: str, who: str) -> list[str]:
    starts = [n for n in range(len(text)) if text.startswith(who, n)]
    return [text[max(0, start - 60) : start + 60] for start in starts]


def test_ones_own_positions_are_in_ones_own_me_alone(full_house: House, day: str, ids: dict[str, str]) -> None:
    full_house["Fatima"].asks_for_ratification(day)
    full_house["Bruno"].objects(day, ids["Buses"])
    for who in EVERYBODY:
        assert bool(full_house[who].me(day).get("positions")) == (who == "Bruno")


def test_a_stored_position_carries_no_moment_and_people_who_were_not_asked_have_none(
    full_house: House, day: str, ids: dict[str, str]
) -> None:
    assert set(Position.__table__.c.keys()) == {"ratification", "person", "conclusion", "value", "reason"}
    asked = full_house["Fatima"].asks_for_ratification(day)
    row = {"ratification": asked, "person": full_house["Oscar"].id, "conclusion": ids["Buses"], "value": 3}
    with pytest.raises(Exception, match=r"(?i)foreign key"), full_house.store.writing() as db:
        db.execute(Position.__table__.insert().values(row))
    assert full_house.rows(select(func.count()).select_from(Ratifier))[0][0] == 4
