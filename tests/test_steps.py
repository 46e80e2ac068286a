"""What people can do in each kind of step, and what they are told where they cannot."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support.agenda import everything, workshop_of
from support.files import text_of
from support.house import House, Someone

from facilitator import recount
from facilitator.library import load_activity
from facilitator.outcomes import FORMATS, render
from facilitator.store.db import Store

EVERYBODY = ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Screen")


@pytest.fixture
def house(store: Store) -> House:
    """Every kind of step on every board, everybody there."""
    made = House(store, workshop_of(everything()))
    made.everybody_arrives()
    return made


@pytest.fixture
def water(house: House) -> str:
    return house.board("Water")


def told(house: House, board: str, but: str) -> str:
    """All that everybody but one can see, and all that was published."""
    answers = [house[name].sees(board) for name in EVERYBODY if name != but]
    since = [house[name].sees(board, since=0) for name in EVERYBODY if name != but]
    return json.dumps([answers, since, house.events(board)])


def files(house: House) -> str:
    with house.store.reading() as db:
        return "".join(text_of(format, render(db, house.event, format)) for format in FORMATS)


# --- private and nameless -------------------------------------------------------------------------------------------


def test_what_is_private_is_in_no_frame_page_or_file_before_the_reveal(house: House, water: str) -> None:
    house["Fatima"].opens(water, "private")
    card = house["Amina"].posts(water, "A quiet thought", "north")
    house["Amina"].edits(water, card, "A very quiet thought")
    assert "quiet thought" not in told(house, water, but="Amina") + files(house)
    assert card not in told(house, water, but="Amina")
    assert house["Bruno"].sees(water)["snapshot"]["unrevealed"] == 1
    mine = house["Amina"].me(water)
    assert mine["mine"][card]["text"] == "A very quiet thought" and mine["own"] == [card]
    for command, args in (
        ("comment.post", {"proposal": card, "text": "Why?"}),
        ("proposal.hide", {"proposal": card, "reason": "Off topic"}),
        ("reaction.set", {"proposal": card, "kind": "like"}),
    ):
        someone = house["Fatima"] if command == "proposal.hide" else house["Bruno"]
        with house.refuses("proposal_unknown"):
            someone.does(water, command, **args)
    house["Fatima"].opens(water, "cluster")
    assert "A very quiet thought" in told(house, water, but="Amina")
    assert house.state(water)["unrevealed"] == 0


def test_who_wrote_without_a_name_is_named_nowhere_and_no_moment_tells(house: House, water: str) -> None:
    amina = house["Amina"]
    house["Fatima"].opens(water, "private")
    cards = [amina.posts(water, text, "north") for text in ("First thought", "Second thought")]
    house["Fatima"].opens(water, "cluster")
    seen = [card for card in house.state(water)["proposals"].values() if card["id"] in cards]
    assert {(card["author"], card["organisation"], card["at"]) for card in seen} == {(None, None, None)}
    about = [e for e in house.events(water) if any(card in json.dumps(e) for card in cards)]
    assert about and not any("by" in event or "at" in event for event in about)
    assert amina.id not in json.dumps(house.events(water))
    assert sorted(amina.me(water)["own"]) == sorted(cards)
    text = files(house)
    assert "First thought" in text and "Amina" not in text.split("First thought", 1)[1][:60]
    with house.store.reading() as db:
        groups = json.loads(render(db, house.event, "json"))["days"][0]["sessions"][0]["groups"]
    authors = [p["author"] for group in groups for p in group["proposals"] if p["id"] in cards]
    assert authors == [{"name": None, "organisation": None}] * 2
    assert recount.check(house.store).off == []


def test_under_the_name_of_the_organisation_the_person_stays_unknown(store: Store) -> None:
    house = House(store, workshop_of(load_activity("challenges_and_support")))
    house.everybody_arrives()
    water = house.board("Water")
    house["Fatima"].opens(water, "collect")
    card = house["Bruno"].posts(water, "Buses stop at the border", "challenge")
    shown = house.state(water)["proposals"][card]
    assert (shown["author"], shown["organisation"]) == (None, house.organisation("Seoul"))
    assert house["Bruno"].id not in told(house, water, but="Bruno")


def test_one_has_room_for_so_many_and_no_more(house: House, water: str) -> None:
    bruno = house["Bruno"]
    house["Fatima"].opens(water, "private")
    first = bruno.posts(water, "One", "north")
    bruno.posts(water, "Two", "north")
    with house.refuses("limit_reached", "2 proposals"):
        bruno.posts(water, "Three", "north")
    bruno.withdraws(water, first)
    bruno.posts(water, "Three", "south")
    with house.refuses("limit_reached"):
        bruno.reinstates(water, first)


# --- clustering -----------------------------------------------------------------------------------------------------


@pytest.fixture
def cards(house: House, water: str) -> list[str]:
    house["Fatima"].opens(water, "collect")
    made = [house["Amina"].posts(water, text, "north") for text in ("Buses", "More buses", "Trams")]
    house["Fatima"].opens(water, "cluster")
    return made


def test_merging_keeps_the_parts_and_splitting_brings_them_back(house: House, water: str, cards: list[str]) -> None:
    bruno = house["Bruno"]
    whole = bruno.does(water, "proposal.merge", proposals=cards[:2], wording="Buses, more of them")["proposal"]
    state = house.state(water)["proposals"]
    assert [state[card]["status"] for card in cards] == ["merged", "merged", "standing"]
    assert (state[whole]["made_of"], state[cards[0]]["merged_into"]) == (cards[:2], whole)
    assert state[cards[0]]["text"] == "Buses", "where it comes from stays in sight"
    with house.refuses("proposal_merged"):
        bruno.does(water, "proposal.merge", proposals=[cards[0], cards[2]], wording="Again")
    with house.refuses("merge_few"):
        bruno.does(water, "proposal.merge", proposals=[cards[2], cards[2]], wording="Alone")
    with house.refuses("proposal_not_merged"):
        bruno.does(water, "proposal.split", proposal=cards[2])
    bruno.does(water, "proposal.split", proposal=whole)
    state = house.state(water)["proposals"]
    assert [state[card]["status"] for card in cards] == ["standing"] * 3
    assert (state[whole]["status"], state[whole]["made_of"]) == ("split", cards[:2])


def test_votes_on_the_parts_are_votes_on_the_whole_each_person_once(house: House, water: str, cards: list[str]) -> None:
    amina, bruno, fatima = house["Amina"], house["Bruno"], house["Fatima"]
    fatima.opens(water, "vote")
    for card in cards[:2]:
        amina.votes(water, card, 1)
    bruno.votes(water, cards[0], 2)
    fatima.opens(water, "cluster")
    whole = bruno.does(water, "proposal.merge", proposals=cards[:2], wording="Buses")["proposal"]
    fatima.opens(water, "vote")
    assert amina.me(water)["votes"] == {whole: {"": 2}} and amina.me(water)["left"] == 3
    amina.votes(water, whole, 1)
    assert amina.me(water)["votes"] == {whole: {"": 1}} and amina.me(water)["left"] == 4
    fatima.opens(water, "reveal")
    top = house.state(water)["results"]["ranked"][0]
    assert (top["proposal"], top["dots"], top["voters"]) == (whole, 3, 2)
    assert recount.check(house.store).off == []
    fatima.opens(water, "cluster")
    bruno.does(water, "proposal.split", proposal=whole)
    fatima.opens(water, "reveal")
    assert {row["proposal"]: row["dots"] for row in house.state(water)["results"]["ranked"]} == {
        cards[0]: 2, cards[1]: 0, cards[2]: 0,
    }  # fmt: skip
    fatima.opens(water, "vote")
    assert amina.me(water)["left"] == 5, "what was said of a whole that is split again is spent on nothing"
    assert recount.check(house.store).off == []


def test_themes_and_the_parking_lot(house: House, water: str, cards: list[str]) -> None:
    amina = house["Amina"]
    theme = amina.does(water, "theme.name", name="  Getting\naround ")["theme"]
    assert house.state(water)["themes"][theme]["name"] == "Getting around"
    with house.refuses("theme_empty"):
        amina.does(water, "theme.name", name=" ")
    with house.refuses("theme_unknown"):
        amina.does(water, "proposal.sort", proposals=cards[:1], theme="nothing")
    amina.does(water, "proposal.park", proposal=cards[2])
    with house.refuses("proposal_parked"):
        amina.does(water, "proposal.sort", proposals=cards, theme=theme)
    house["Fatima"].opens(water, "vote")
    with house.refuses("proposal_parked"):
        amina.votes(water, cards[2], 1)


# --- lines, drafts, roadmap -----------------------------------------------------------------------------------------


def test_a_group_writes_its_lines_with_one_pen(house: House, water: str) -> None:
    amina, bruno = house["Amina"], house["Bruno"]
    house["Fatima"].opens(water, "lines")
    line = amina.posts(water, "Water for all")
    bruno.edits(water, line, "Clean water for all")
    bruno.posts(water, "And fair prices")
    with house.refuses("lines_full", "2 lines"):
        amina.posts(water, "A third one")
    with house.refuses("not_member", "Chen"):
        amina.does(water, "rapporteur.name", person=house["Chen"].id)
    amina.does(water, "rapporteur.name", person=bruno.id)
    assert house.state(water)["rapporteur"] == bruno.id
    assert house.state(water)["proposals"][line]["text"] == "Clean water for all"


def test_lines_come_into_the_plenary_and_are_answered_not_changed(house: House, water: str) -> None:
    amina, bruno, chen, fatima = (house[name] for name in ("Amina", "Bruno", "Chen", "Fatima"))
    plenary, home = house.board("Plenary"), water.removeprefix("board:")
    fatima.opens(plenary, "share")
    with house.refuses("no_lines"):
        fatima.does(plenary, "lines.share", board=home)
    fatima.opens(water, "lines")
    line = amina.posts(water, "Water for all")
    amina.does(water, "rapporteur.name", person=bruno.id)
    with house.refuses("not_rapporteur"):
        amina.does(plenary, "lines.share", board=home)
    with house.refuses("not_yours"):
        fatima.does(plenary, "lines.share", board=plenary.removeprefix("board:"))
    bruno.does(plenary, "lines.share", board=home)
    with house.refuses("lines_shared"):
        bruno.does(plenary, "lines.share", board=home)
    (shared,) = [card for card in house.state(plenary)["proposals"].values() if card["shared_from"]]
    assert (shared["text"], shared["shared_from"], shared["author"]) == ("Water for all", "Water", amina.id)
    chen.does(plenary, "comment.post", proposal=shared["id"], text="Delhi can offer its method")
    fatima.opens(plenary, "lines")
    with house.refuses("proposal_shared", "another group"):
        amina.edits(plenary, shared["id"], "Something else")
    amina.edits(water, line, "Clean water for all")
    fatima.opens(plenary, "share")
    bruno.does(plenary, "lines.share", board=home)
    assert house.state(plenary)["proposals"][shared["id"]]["text"] == "Clean water for all"
    fatima.opens(plenary, "consent")
    chen.does(plenary, "vote.cast", proposal=shared["id"], value=2, reason="If it is paid for")
    fatima.opens(water, "share")
    with house.refuses("plenary_only"):
        fatima.does(water, "lines.share", board=home)


def test_a_text_is_spoken_about_phrase_by_phrase(house: House, water: str) -> None:
    amina, bruno, fatima = house["Amina"], house["Bruno"], house["Fatima"]
    fatima.opens(water, "draft")
    with house.refuses("not_scribe"):
        amina.does(water, "draft.set", text="We act.")
    with house.refuses("text_empty"):
        fatima.does(water, "draft.set", text="  ")
    fatima.does(water, "draft.set", text="We act, e.g. in cities. We learn.")
    act, learn = (card["id"] for card in house.state(water)["proposals"].values() if card["kind"] == "phrase")
    bruno.does(water, "reaction.set", proposal=act, kind="concern")
    with house.refuses("step_other"):
        bruno.does(water, "reaction.set", proposal=act, kind="like")
    other = bruno.does(water, "comment.post", proposal=act, text="We act together.", kind="alternative")["comment"]
    with house.refuses("not_scribe"):
        amina.does(water, "comment.adopt", comment=other)
    fatima.does(water, "comment.adopt", comment=other)
    state = house.state(water)
    assert state["proposals"][act]["text"] == "We act together." and state["comments"][other]["adopted"]
    assert state["proposals"][act]["reactions"] == {"like": 0, "support": 0, "concern": 1}
    assert bruno.id not in json.dumps([e for e in house.events(water) if e["name"] == "reaction.counted"])
    fatima.does(water, "draft.set", text="We act together. We speak.")
    state = house.state(water)["proposals"]
    assert (state[act]["status"], state[learn]["status"]) == ("standing", "withdrawn")


def test_a_plan_says_who_when_and_how_hard(house: House, water: str) -> None:
    amina, bruno = house["Amina"], house["Bruno"]
    house["Fatima"].opens(water, "plan")
    card, seoul = amina.posts(water, "A guide"), house.organisation("Seoul")
    with house.refuses("year_wrong", "2016 to 2018"):
        bruno.does(water, "roadmap.plan", proposal=card, year=2019)
    with house.refuses("quarter_alone"):
        bruno.does(water, "roadmap.plan", proposal=card, quarter=2)
    with house.refuses("organisation_unknown"):
        bruno.does(water, "roadmap.plan", proposal=card, lead="nobody")
    bruno.does(water, "roadmap.plan", proposal=card, lead=seoul, partners=[seoul], year=2017, quarter=1, effort=2)
    assert house.state(water)["roadmap"][card] == {
        "lead": seoul, "partners": [], "year": 2017, "quarter": 1, "effort": 2, "impact": None, "first_step": "",
    }  # fmt: skip
    pledge = amina.does(water, "pledge.make", proposal=card, text="Our city will host it")["pledge"]
    assert house.state(water)["pledges"][pledge]["organisation"] == house.organisation("Barcelona")
    with house.refuses("pledge_not_own"):
        bruno.does(water, "pledge.withdraw", pledge=pledge)
    assert "Our city will host it" in files(house)


# --- activities and texts -------------------------------------------------------------------------------------------


def test_what_has_begun_stays_and_what_comes_can_be_changed(house: House, water: str) -> None:
    fatima, now = house["Fatima"], everything().data()
    fatima.opens(water, "vote")
    steps = now["steps"]
    with house.refuses("activity_begun"):
        fatima.does(water, "activity.choose", activity=now | {"steps": steps[1:]})
    changed = [steps[0], {**steps[1], "ballot": {"kind": "approval"}}, *steps[2:]]
    with house.refuses("activity_begun", "A step"):
        fatima.does(water, "activity.choose", activity=now | {"steps": changed})
    worded = [{**steps[0], "title": "Ideas"}, *steps[1:3]]
    fatima.does(water, "activity.choose", activity=now | {"steps": worded})
    assert house.state(water)["activity"]["steps"][0]["title"] == "Ideas"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "dance"}, "no kind of step"), ({"minutes": 0}, "minutes"), ({"title": ""}, "title"),
        ({"kind": "vote"}, "ballot"), ({"kind": "vote", "ballot": {"kind": "dots"}}, "budget"),
        ({"kind": "reveal"}, "no vote comes before"), ({"private": "yes"}, "private"), ({"colour": 1}, "colour"),
        ({"kind": "vote", "on": "items", "ballot": {"kind": "approval"}}, "lists them"),
    ],
)  # fmt: skip
def test_an_activity_that_makes_no_sense_is_refused_with_what_is_wrong(
    house: House, water: str, change: dict[str, Any], complaint: str
) -> None:
    step = {"id": "one", "kind": "collect", "title": "T", "instruction": "I", "minutes": 5} | change
    with house.refuses("activity_wrong", complaint):
        house["Fatima"].does(water, "activity.choose", activity={"title": "Mine", "steps": [step]})


def test_a_rating_remembers_the_version_of_the_text_that_was_on_the_screen(house: House, water: str) -> None:
    fatima, north = house["Fatima"], f"{water.removeprefix('board:')}-north"
    fatima.opens(water, "rate")
    with house.refuses("text_unknown"):
        fatima.does(house.room, "text.word", text="motto", wording="We act.")
    fatima.does(house.room, "text.word", text="mission", wording="We act together.")
    for name, version in (("Amina", 1), ("Bruno", 2)):
        args = {"proposal": north, "criterion": "mission", "value": 3, "pinned": version}
        house[name].does(water, "vote.cast", **args)
    paper = [{"proposal": north, "criterion": "mission", "value": 2}]
    fatima.does(water, "vote.enter", paper="1", votes=paper)
    fatima.opens(water, "map")
    cells = house.state(water)["results"]["criteria"]
    (cell,) = [c for c in cells if (c["proposal"], c["criterion"]) == (north, "mission")]
    assert cell["pinned"] == {"1": 1, "2": 1} and cell["n"] == 3


# --- a scribe -------------------------------------------------------------------------------------------------------


def test_a_scribe_enters_paper_and_those_without_a_device_and_the_result_says_so(house: House, water: str) -> None:
    fatima, greta = house["Fatima"], house.rostered("Greta", "Water")
    fatima.opens(water, "collect")
    card = house["Amina"].posts(water, "Buses", "north")
    fatima.opens(water, "vote")
    votes = [{"proposal": card, "value": 2}]
    with house.refuses("not_scribe"):
        house["Amina"].does(water, "vote.enter", paper="7", votes=votes)
    with house.refuses("has_device", "Bruno"):
        fatima.does(water, "vote.enter", person=house["Bruno"].id, votes=votes)
    with house.refuses("no_elector"):
        fatima.does(water, "vote.enter", person=greta, paper="7", votes=votes)
    with house.refuses("over_cap"):
        fatima.does(water, "vote.enter", paper="7", votes=[{"proposal": card, "value": 3}])
    fatima.does(water, "vote.enter", paper="7", votes=votes, organisation=house.organisation("Seoul"))
    fatima.does(water, "vote.enter", person=greta, votes=votes)
    fatima.does(water, "vote.enter", paper="7", votes=[{"proposal": card, "value": 1}])
    fatima.opens(water, "reveal")
    results = house.state(water)["results"]
    assert (results["electors"], results["voted"], results["entered"]) == (4, 2, 2)
    assert results["ranked"][0]["dots"] == 3
    fatima.opens(water, "consent")
    with house.refuses("ballot_named"):
        fatima.does(water, "vote.enter", paper="8", votes=[])
    assert recount.check(house.store).off == []


def test_a_second_round_starts_afresh_and_the_first_is_remembered(house: House, water: str) -> None:
    fatima, amina = house["Fatima"], house["Amina"]
    fatima.opens(water, "collect")
    with house.refuses("ballot_none"):
        fatima.does(water, "ballot.renew")
    one, two = (amina.posts(water, text, "north") for text in ("One", "Two"))
    fatima.opens(water, "vote")
    amina.votes(water, one, 2)
    late = house.join("Late")
    fatima.does(water, "ballot.renew")
    assert amina.me(water)["votes"] == {} and amina.me(water)["left"] == 5
    assert late.me(water)["elector"] in (True, None)
    amina.votes(water, two, 1)
    fatima.opens(water, "reveal")
    results = house.state(water)["results"]
    assert (results["round"], results["ranked"][0]["proposal"]) == (2, two)
    assert results["earlier"][0]["ranked"][0] == {"proposal": one, "rank": 1, "tied": False, "score": 2}
    assert fatima.does(water, "ballot.recount")["agrees"] is True
    assert house.state(water)["results"]["recounted_at"]


@pytest.mark.parametrize(("who", "expected"), [("Amina", "not_allowed"), ("Oscar", "not_allowed")])
def test_only_who_steers_holds_rounds_and_changes_activities(house: House, water: str, who: str, expected: str) -> None:
    someone: Someone = house[who]
    for command, args in (("ballot.renew", {}), ("ballot.recount", {}), ("activity.choose", {"activity": {}})):
        with house.refuses(expected):
            someone.does(water, command, **args)
    with house.refuses(expected):
        someone.does(house.room, "text.word", text="mission", wording="Mine")
