"""What a day concludes: out of several groups, in kinds, with tags and verdicts; how it closes, and where things come
from and went."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import insert, select
from support.agenda import everything, workshop_of
from support.house import NOBODY, House

from facilitator import recount, snapshot
from facilitator.store.db import Store
from facilitator.store.models import Parked, Source

JSON = dict[str, Any]


@pytest.fixture
def hall(store: Store) -> House:
    """A workshop with every kind of step, everybody there."""
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    return house


@pytest.fixture
def cards(hall: House) -> dict[str, str]:
    """Buses and Trams of Amina and Boats of Bruno in Water, Trees of Chen in Air; both boards put things together."""
    for group, who, texts in (("Water", "Amina", ("Buses", "Trams")), ("Water", "Bruno", ("Boats",)),
                              ("Air", "Chen", ("Trees",))):  # fmt: skip
        hall["Fatima"].opens(hall.board(group), "collect")
        for text in texts:
            hall[who].posts(hall.board(group), text, "north")
    found = {}
    for group in ("Water", "Air"):
        hall["Fatima"].opens(hall.board(group), "cluster")
        found |= {card["text"]: card["id"] for card in hall.state(hall.board(group))["proposals"].values()}
    return found


def the(house: House, conclusion: str) -> JSON:
    found: JSON = next(card for card in house.state(house.day())["conclusions"] if card["id"] == conclusion)
    return found


# --- sources --------------------------------------------------------------------------------------------------------


def test_a_conclusion_rests_on_what_several_groups_found(hall: House, cards: dict[str, str]) -> None:
    fatima, day = hall["Fatima"], hall.day()
    both = fatima.promotes(day, [{"proposal": cards["Buses"]}, {"proposal": cards["Trees"]}], "Green buses", "action")
    card = the(hall, both)
    assert [(source["group_name"], source["text"]) for source in card["sources"]] == [
        ("Water", "Buses"),
        ("Air", "Trees"),
    ]
    assert card["kind"] == "action" and "".join(text for _, text in card["diff"]) == "Green buses"
    with hall.refuses("already_promoted", "add to it"):
        fatima.promotes(day, [{"proposal": cards["Trees"]}, {"proposal": cards["Buses"]}], "The same in another order")
    fatima.promotes(day, cards["Buses"], "Buses alone are something else")
    assert recount.check(hall.store).off == []


def test_more_can_support_a_conclusion_and_nothing_twice(hall: House, cards: dict[str, str]) -> None:
    fatima, day = hall["Fatima"], hall.day()
    id = fatima.promotes(day, cards["Buses"], "More buses")
    fatima.does(day, "conclusion.extend", conclusion=id, sources=[{"proposal": cards["Trees"]}] * 2)
    assert [source["text"] for source in the(hall, id)["sources"]] == ["Buses", "Trees"]
    with hall.refuses("source_known"):
        fatima.does(day, "conclusion.extend", conclusion=id, sources=[{"proposal": cards["Trees"]}])
    with hall.refuses("proposal_unknown"):
        fatima.does(day, "conclusion.extend", conclusion=id, sources=[{"proposal": NOBODY}])
    numbers = hall.rows(select(Source.number).where(Source.conclusion == id).order_by(Source.number))
    assert [row.number for row in numbers] == [1, 2]


def test_a_theme_is_promoted_with_what_stands_under_it_and_a_bare_one_not(hall: House, cards: dict[str, str]) -> None:
    fatima, bruno, water = hall["Fatima"], hall["Bruno"], hall.board("Water")
    theme = bruno.does(water, "theme.name", name="Moving")["theme"]
    with hall.refuses("theme_bare"):
        fatima.promotes(hall.day(), [{"theme": theme}], "We move")
    bruno.does(water, "proposal.sort", proposals=[cards["Buses"], cards["Boats"]], theme=theme)
    fatima.hides(water, cards["Boats"])
    id = fatima.promotes(hall.day(), [{"theme": theme}], "We move")
    (source,) = the(hall, id)["sources"]
    assert (source["kind"], source["text"]) == ("theme", "Moving")
    assert source["parts"] == [{"proposal": cards["Buses"], "text": "Buses"}]
    assert (source["author"], source["organisation"]) == (None, None)
    bruno.does(water, "theme.dissolve", theme=theme)
    assert the(hall, id)["sources"] == [source], "it rests on the theme as it was"
    with hall.refuses("theme_unknown"):
        fatima.promotes(hall.day(), [{"theme": theme}], "Again")
    for wrong in ({}, {"theme": theme, "proposal": cards["Buses"]}, {"theme": theme, "criterion": "mission"}):
        with hall.refuses("bad_message"):
            fatima.promotes(hall.day(), [wrong], "Nothing of this is one thing")


def test_a_merged_proposal_brings_its_parts(hall: House, cards: dict[str, str]) -> None:
    water = hall.board("Water")
    parts = [cards["Buses"], cards["Boats"]]
    whole = hall["Bruno"].does(water, "proposal.merge", proposals=parts, wording="Buses and boats")["proposal"]
    id = hall["Fatima"].promotes(hall.day(), whole, "Both")
    assert the(hall, id)["sources"][0]["parts"] == [
        {"proposal": cards["Buses"], "text": "Buses"},
        {"proposal": cards["Boats"], "text": "Boats"},
    ]
    with hall.refuses("proposal_merged"):
        hall["Fatima"].promotes(hall.day(), cards["Buses"], "A part of it")


def test_a_cell_of_an_alignment_is_promoted_with_its_figures_unless_it_is_withheld(hall: House) -> None:
    fatima, plenary, day = hall["Fatima"], hall.board("Plenary"), hall.day()
    north = f"{plenary.removeprefix('board:')}-north"
    fatima.opens(plenary, "rate")
    for who, value in (("Amina", 2), ("Bruno", 3), ("Chen", 3)):
        vote = {"proposal": north, "criterion": "mission", "value": value, "pinned": 1}
        hall[who].does(plenary, "vote.cast", **vote)
    hall["Amina"].does(plenary, "vote.cast", proposal=north, criterion="vision", value=1)
    cell = {"proposal": north, "criterion": "mission"}
    with hall.refuses("ballot_running"):
        fatima.promotes(day, [cell], "Too early")
    fatima.opens(plenary, "map")
    (source,) = the(hall, fatima.promotes(day, [cell], "The north is aligned"))["sources"]
    figures = source["ballot"]
    assert (source["kind"], source["text"], source["author"]) == ("cell", "North: Mission", None)
    assert (figures["kind"], figures["n"], figures["median"], figures["voted"]) == ("cell", 3, 3, 3)
    assert (figures["criterion"], figures["anchors"]) == ("Mission", ["Not", "Partly", "Fully"])
    with hall.refuses("cell_withheld", "Fewer than three"):
        fatima.promotes(day, [{"proposal": north, "criterion": "vision"}], "One person's word")
    with hall.refuses("cell_unknown"):
        fatima.promotes(day, [{"proposal": north, "criterion": "nothing"}], "Nothing")
    assert recount.check(hall.store).off == []


# --- kinds, tags, verdicts ------------------------------------------------------------------------------------------


def test_a_conclusion_has_a_kind_that_can_be_changed(hall: House, cards: dict[str, str]) -> None:
    fatima, day = hall["Fatima"], hall.day()
    id = fatima.promotes(day, cards["Buses"], "More buses")
    assert the(hall, id)["kind"] == "conclusion"
    fatima.does(day, "conclusion.classify", conclusion=id, kind="recommendation")
    assert the(hall, id)["kind"] == "recommendation"
    with hall.refuses("bad_message", "kind"):
        fatima.does(day, "conclusion.classify", conclusion=id, kind="wish")
    with hall.refuses("bad_message", "kind"):
        fatima.promotes(day, cards["Trees"], "Trees", "wish")


def test_tags_are_those_of_the_events_frameworks_and_are_set_as_a_whole(hall: House, cards: dict[str, str]) -> None:
    fatima, day = hall["Fatima"], hall.day()
    id = fatima.promotes(day, cards["Buses"], "More buses")
    sdg, young = {"framework": "sdg", "tag": "sdg11"}, {"framework": "cross_cutting", "tag": "young"}
    fatima.does(day, "conclusion.tag", conclusion=id, tags=[sdg, young, sdg])
    assert the(hall, id)["tags"] == [young, sdg]
    fatima.does(day, "conclusion.tag", conclusion=id, tags=[sdg])
    assert the(hall, id)["tags"] == [sdg]
    heard = len(hall.heard)
    fatima.does(day, "conclusion.tag", conclusion=id, tags=[sdg])
    assert len(hall.heard) == heard
    for wrong in ({"framework": "sdg", "tag": "sdg18"}, {"framework": "young", "tag": "young"}):
        with hall.refuses("tag_unknown"):
            fatima.does(day, "conclusion.tag", conclusion=id, tags=[sdg, wrong])
    with hall.refuses("not_allowed"):
        hall["Amina"].does(day, "conclusion.tag", conclusion=id, tags=[])


def test_what_a_body_decided_is_noted_with_its_reason_and_the_last_word_stands(
    hall: House, cards: dict[str, str]
) -> None:
    fatima, day = hall["Fatima"], hall.day()
    id = fatima.promotes(day, cards["Buses"], "More buses")
    noted = {"conclusion": id, "body": "Board of directors"}
    for verdict in ("amended", "deferred", "rejected"):
        with hall.refuses("verdict_needs_reason", "why"):
            fatima.does(day, "conclusion.decide", **noted, verdict=verdict, reason=" ")
    with hall.refuses("text_empty"):
        fatima.does(day, "conclusion.decide", **noted | {"body": ""}, verdict="adopted", reason="")
    with hall.refuses("not_allowed"):
        hall["Amina"].does(day, "conclusion.decide", **noted, verdict="adopted", reason="")
    fatima.does(day, "day.close", note="")
    fatima.does(day, "conclusion.decide", **noted, verdict="deferred", reason="No money this year")
    hall["Olga"].does(day, "conclusion.decide", **noted, verdict="adopted", reason="")
    verdict = the(hall, id)["verdict"]
    assert (verdict["verdict"], verdict["body"], verdict["reason"]) == ("adopted", "Board of directors", "")
    with hall.store.reading() as db:
        verdicts = snapshot.provenance(db, id)["verdicts"]
    assert [(one["verdict"], one["reason"]) for one in verdicts] == [
        ("deferred", "No money this year"),
        ("adopted", ""),
    ]


# --- closing --------------------------------------------------------------------------------------------------------


def test_a_closed_day_keeps_what_it_concluded_and_parked_and_is_not_changed(hall: House, cards: dict[str, str]) -> None:
    fatima, day, water = hall["Fatima"], hall.day(), hall.board("Water")
    id = fatima.promotes(day, cards["Buses"], "More buses", "decision")
    gone = fatima.promotes(day, cards["Trees"], "Trees")
    fatima.does(day, "conclusion.take_back", conclusion=gone)
    fatima.does(water, "proposal.park", proposal=cards["Boats"])
    with hall.store.writing() as db:
        row = {"proposal": cards["Boats"], "owner": hall["Bruno"].id, "answer": "Next year", "by": fatima.id, "at": 1}
        db.execute(insert(Parked.__table__).values(row))
    fatima.does(day, "day.close", note="From the buses")
    closing = hall.state(day)["closing"]
    assert closing["note"] == "From the buses"
    assert closing["conclusions"] == [{"id": id, "kind": "decision", "wording": "More buses"}]
    (parked,) = closing["parked"]
    assert (parked["text"], parked["group_name"], parked["owner"], parked["answer"]) == (
        "Boats", "Water", hall["Bruno"].id, "Next year"
    )  # fmt: skip
    told = json.dumps(hall["Screen"].sees(day))
    assert "Boats" in told and hall["Bruno"].id not in told
    which = {"conclusion": id}
    for name, args in (
        ("reword", which | {"wording": "Fewer"}),
        ("classify", which | {"kind": "action"}),
        ("extend", which | {"sources": [{"proposal": cards["Trams"]}]}),
        ("move", which | {"position": 0}),
        ("take_back", which),
        ("reinstate", {"conclusion": gone}),
        ("promote", {"sources": [{"proposal": cards["Trams"]}], "wording": "Trams"}),
    ):
        with hall.refuses("day_closed", "Reopen it"):
            fatima.does(day, f"conclusion.{name}", **args)
    with hall.refuses("day_closed"):
        fatima.asks_for_ratification(day)
    with hall.refuses("day_closed"):
        fatima.does(day, "day.close", note="")


def test_a_day_is_reopened_and_closed_again(hall: House, cards: dict[str, str]) -> None:
    fatima, day = hall["Fatima"], hall.day()
    with hall.refuses("day_not_closed"):
        fatima.does(day, "day.reopen")
    fatima.promotes(day, cards["Buses"], "More buses")
    fatima.asks_for_ratification(day)
    with hall.refuses("ratification_running"):
        fatima.does(day, "day.close", note="")
    fatima.does(day, "ratification.close")
    with hall.refuses("not_allowed"):
        hall["Amina"].does(day, "day.close", note="")
    with hall.refuses("text_too_long", "1000"):
        fatima.does(day, "day.close", note="x" * 1001)
    fatima.does(day, "day.close", note="")
    fatima.does(day, "day.reopen")
    assert hall.state(day)["closing"] is None
    fatima.promotes(day, cards["Trees"], "Trees")
    fatima.does(day, "day.close", note="Trees too")
    assert [one["wording"] for one in hall.state(day)["closing"]["conclusions"]] == ["More buses", "Trees"]


# --- where things come from, and where they went --------------------------------------------------------------------


def provenance(house: House, conclusion: str) -> JSON:
    with house.store.reading() as db:
        return snapshot.provenance(db, conclusion)


def became(house: House, who: str) -> dict[str, JSON]:
    with house.store.reading() as db:
        return {one["text"]: one for one in snapshot.became(db, house[who].id)}


def test_a_conclusion_walks_back_through_merges_of_merges_with_who_and_when(hall: House, cards: dict[str, str]) -> None:
    water, bruno = hall.board("Water"), hall["Bruno"]
    first = bruno.does(water, "proposal.merge", proposals=[cards["Buses"], cards["Trams"]], wording="Rails")["proposal"]
    whole = hall["Amina"].does(water, "proposal.merge", proposals=[first, cards["Boats"]], wording="All")["proposal"]
    id = hall["Fatima"].promotes(hall.day(), whole, "Everything moves")
    (node,) = provenance(hall, id)["sources"]
    assert (node["text"], node["merged"]["by"]) == ("All", hall["Amina"].id) and node["merged"]["at"]
    assert [part["text"] for part in node["parts"]] == ["Boats", "Rails"]
    rails = node["parts"][1]
    assert rails["merged"]["by"] == bruno.id
    assert [(part["text"], part["author"]) for part in rails["parts"]] == [
        ("Buses", hall["Amina"].id),
        ("Trams", hall["Amina"].id),
    ]
    told = became(hall, "Amina")
    assert [one["text"] for one in told["Buses"]["merged"]] == ["Rails", "All"]
    assert [one["wording"] for one in told["Buses"]["conclusions"]] == ["Everything moves"]
    assert [one["id"] for one in became(hall, "Bruno")["Boats"]["conclusions"]] == [id]


def test_who_wrote_without_a_name_stays_without_one_on_the_way_back(store: Store) -> None:
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    water, fatima = house.board("Water"), house["Fatima"]
    fatima.opens(water, "private")
    for who in ("Amina", "Bruno"):
        house[who].posts(water, f"A secret of {who[0]}", "north")
    fatima.opens(water, "cluster")
    cards = {card["text"]: id for id, card in house.state(water)["proposals"].items() if card["kind"] == "proposal"}
    whole = house["Bruno"].does(water, "proposal.merge", proposals=list(cards.values()), wording="Two secrets")[
        "proposal"
    ]
    id = fatima.promotes(house.day(), whole, "No secrets")
    way = provenance(house, id)
    (node,) = way["sources"]
    for part in node["parts"]:
        assert (part["author"], part["organisation"], part["at"]) == (None, None, None)
    assert house["Amina"].id not in json.dumps(way)
    assert became(house, "Amina")["A secret of A"]["conclusions"][0]["wording"] == "No secrets"


def test_what_was_hidden_or_withdrawn_is_on_the_way_without_its_words(hall: House, cards: dict[str, str]) -> None:
    water, fatima = hall.board("Water"), hall["Fatima"]
    whole = hall["Bruno"].does(
        water, "proposal.merge", proposals=[cards["Buses"], cards["Trams"]], wording="Rails"
    )["proposal"]  # fmt: skip
    id = fatima.promotes(hall.day(), whole, "Rails")
    hall["Bruno"].does(water, "proposal.split", proposal=whole)
    fatima.hides(water, cards["Trams"], "It names a person")
    (node,) = provenance(hall, id)["sources"]
    buses, trams = node["parts"]
    assert (buses["text"], trams["text"], trams["status"]) == ("Buses", None, "hidden")
    mine = became(hall, "Amina")
    assert mine["Trams"]["status"] == "hidden" and mine["Trams"]["reason"] == "It names a person"
    assert mine["Buses"]["merged"] == [], "it stands for itself again"
    assert [one["wording"] for one in mine["Buses"]["conclusions"]] == ["Rails"], "it was part of it at that moment"


def test_amina_reads_what_became_of_hers_and_nothing_of_others(hall: House, cards: dict[str, str]) -> None:
    fatima, day, water = hall["Fatima"], hall.day(), hall.board("Water")
    theme = hall["Bruno"].does(water, "theme.name", name="Moving")["theme"]
    hall["Bruno"].does(water, "proposal.sort", proposals=[cards["Trams"], cards["Boats"]], theme=theme)
    moving = fatima.promotes(day, [{"theme": theme}], "We move")
    fatima.does(water, "proposal.park", proposal=cards["Buses"])
    fatima.asks_for_ratification(day, people=0, organisations=0)
    hall["Chen"].agrees(day, moving)
    fatima.does(day, "ratification.close")
    fatima.does(day, "conclusion.decide", conclusion=moving, verdict="adopted", body="The board", reason="")
    mine = became(hall, "Amina")
    assert set(mine) == {"Buses", "Trams"}
    assert mine["Buses"]["status"] == "parked" and mine["Buses"]["conclusions"] == []
    assert mine["Trams"]["theme"] == "Moving"
    (reached,) = mine["Trams"]["conclusions"]
    assert (reached["ratification"]["outcome"], reached["verdict"]["verdict"]) == ("ratified", "adopted")
    assert (mine["Trams"]["group_name"], mine["Trams"]["session_title"]) == ("Water", "Everything")
    fatima.does(day, "conclusion.take_back", conclusion=moving)
    assert became(hall, "Amina")["Trams"]["conclusions"] == []
    assert became(hall, "Oscar") == {}


def test_a_line_that_was_shared_with_the_plenary_is_followed_there(hall: House) -> None:
    water, plenary, fatima = hall.board("Water"), hall.board("Plenary"), hall["Fatima"]
    fatima.opens(water, "lines")
    hall["Amina"].posts(water, "Water for all")
    fatima.opens(plenary, "share")
    fatima.does(plenary, "lines.share", board=water.removeprefix("board:"))
    (shared,) = [card for card in hall.state(plenary)["proposals"].values() if card["kind"] == "line"]
    fatima.promotes(hall.day(), shared["id"], "Water for everybody")
    mine = became(hall, "Amina")["Water for all"]
    assert mine["shared"] and [one["wording"] for one in mine["conclusions"]] == ["Water for everybody"]
