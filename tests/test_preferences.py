"""People say which group they want: they take one while there is room, or rank them in secret; and what comes of it."""

from __future__ import annotations

import html
import re
import threading
from typing import Any

import pytest
from sqlalchemy import select
from support.house import NOBODY, House
from support.server import Server

from facilitator.archive.content import read
from facilitator.domain.grouping import assign
from facilitator.domain.refusals import Refused
from facilitator.store.models import GroupRanking
from facilitator.web.preferences import figures


def groups(house: House) -> dict[str, str]:
    return {group["name"]: id for id, group in house.state(house.room)["groups"].items()}


def seated(house: House, who: str) -> list[str]:
    state = house.state(house.room)
    return [state["groups"][group]["name"] for group in state["people"][house[who].id]["groups"]]


def ask(house: House, kind: str, most: int | None = None, **more: Any) -> None:
    house["Fatima"].does(house.room, "preference.ask", kind=kind, most=most, **more)


def choose(house: House, who: str, group: str | None) -> None:
    house[who].does(house.room, "group.choose", group=group and groups(house)[group])


def rank(house: House, who: str, *names: str) -> None:
    house[who].does(house.room, "preference.rank", order=[groups(house)[name] for name in names])


# --- each takes one ---------------------------------------------------------------------------------------------------


def test_amina_takes_a_place_in_air_and_is_on_its_board_at_once(house: House) -> None:
    with house.refuses("choice_closed", "not chosen now"):
        choose(house, "Amina", "Air")
    ask(house, "choice")
    choose(house, "Amina", "Air")
    assert seated(house, "Amina") == ["Air"]
    assert house["Amina"].sees(house.board("Air"))["me"]["member"]
    with house.refuses("not_your_group"):
        house["Amina"].sees(house.board("Water"))
    choose(house, "Amina", None)
    assert seated(house, "Amina") == []


def test_dora_changes_her_group_and_stays_in_the_network(house: House) -> None:
    ask(house, "choice")
    choose(house, "Dora", "Water")
    assert seated(house, "Dora") == ["Water", "Women's network"]


def test_who_comes_first_has_the_place_and_the_next_one_is_told_so(house: House) -> None:
    ask(house, "choice", most=3)
    choose(house, "Amina", "Air")
    with house.refuses("group_full", "Air is full", "3 people"):
        choose(house, "Bruno", "Air")
    choose(house, "Amina", "Air")  # she has her place
    choose(house, "Chen", "Water")
    choose(house, "Bruno", "Air")
    assert seated(house, "Bruno") == ["Air"]


def test_ten_who_press_at_the_same_moment_share_the_places_that_there_are(house: House) -> None:
    people = [{"name": f"Guest {number}", "organisation": "Lima"} for number in range(10)]
    house["Olga"].does(house.room, "roster.import", people=people)
    house["Fatima"].does(house.room, "group.make", name="Soil", kind="breakout")
    ask(house, "choice", most=4)
    soil, refused = groups(house)["Soil"], []

    def press(number: int) -> None:
        try:
            house[f"Guest {number}"].does(house.room, "group.choose", group=soil)
        except Refused as no:
            refused.append(no.code)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["group_full"] * 6
    assert sum(soil in card["groups"] for card in house.state(house.room)["people"].values()) == 4


def test_only_breakout_groups_are_chosen_and_only_while_people_are_asked_to(house: House) -> None:
    foreign = groups(house.another())["Water"]
    ask(house, "choice")
    for group in (groups(house)["Plenary"], groups(house)["Women's network"], foreign, NOBODY):
        with house.refuses("group_missing_here"):
            house["Amina"].does(house.room, "group.choose", group=group)
    with house.refuses("ranking_closed"):
        rank(house, "Amina", "Air")
    house["Fatima"].does(house.room, "preference.close")
    with house.refuses("choice_closed"):
        choose(house, "Amina", "Air")
    with house.refuses("preference_none"):
        house["Fatima"].does(house.room, "preference.close")


def test_without_groups_there_is_nothing_to_ask(house: House) -> None:
    for name in ("Water", "Air"):
        house["Fatima"].does(house.room, "group.remove", group=groups(house)[name])
    with house.refuses("groups_none"):
        ask(house, "choice")


# --- each ranks them --------------------------------------------------------------------------------------------------


def test_an_order_is_ones_own_and_all_others_hear_is_how_many_have_answered(house: House) -> None:
    ask(house, "preference")
    air, water = groups(house)["Air"], groups(house)["Water"]
    rank(house, "Amina", "Air", "Water")
    assert house["Amina"].me(house.room)["ranking"] == [air, water]
    for other in ("Bruno", "Fatima", "Olga"):
        assert house[other].me(house.room)["ranking"] == []
    assert house.state(house.room)["preference"] == {"kind": "preference", "most": None, "open": True, "answered": 1}
    last = house.events(house.room)[-1]
    assert last == {"seq": last["seq"], "name": "preference.ranked", "answered": 1}, "neither who nor when"
    heard = len(house.heard)
    rank(house, "Amina", "Water")
    assert house["Amina"].me(house.room)["ranking"] == [water]
    assert len(house.heard) == heard, "another order of the same person says nothing new"
    house["Amina"].does(house.room, "preference.rank", order=[])
    assert house.state(house.room)["preference"]["answered"] == 0


def test_an_order_that_cannot_be_is_refused(house: House) -> None:
    ask(house, "preference")
    with house.refuses("group_ranked_twice"):
        rank(house, "Amina", "Air", "Air")
    with house.refuses("group_missing_here"):
        rank(house, "Amina", "Women's network")
    with house.refuses("choice_closed"):
        choose(house, "Amina", "Air")


def test_orders_are_kept_when_it_is_asked_again_and_forgotten_when_it_is_asked_anew(house: House) -> None:
    ask(house, "preference")
    rank(house, "Amina", "Air", "Water")
    house["Fatima"].does(house.room, "preference.close")
    with house.refuses("ranking_closed"):
        rank(house, "Amina", "Water")
    ask(house, "preference", most=4)
    assert house.state(house.room)["preference"]["answered"] == 1
    ask(house, "preference", most=4, anew=True)
    assert house.state(house.room)["preference"]["answered"] == 0
    assert house["Amina"].me(house.room)["ranking"] == []


def test_a_group_that_is_gone_is_in_nobodys_order(house: House) -> None:
    ask(house, "preference")
    rank(house, "Amina", "Air", "Water")
    house["Fatima"].does(house.room, "group.remove", group=groups(house)["Air"])
    assert house["Amina"].me(house.room)["ranking"] == [groups(house)["Water"]]


@pytest.mark.parametrize("command", ["person.remove", "person.erase"])
def test_who_goes_takes_their_order_along(house: House, command: str) -> None:
    ask(house, "preference")
    rank(house, "Amina", "Air")
    rank(house, "Bruno", "Air")
    house["Olga"].does(house.room, command, person=house["Amina"].id)
    assert [row.person for row in house.rows(select(GroupRanking.person))] == [house["Bruno"].id]
    assert house.state(house.room)["preference"]["answered"] == 1


def test_an_archive_has_the_question_and_nobodys_order(house: House) -> None:
    ask(house, "preference")
    rank(house, "Amina", "Air")
    with house.store.reading() as db:
        tables = read(db, house.store.key, house.event, house.store.settings.data).tables
    assert [row["kind"] for row in tables["group_question"]] == ["preference"]
    assert "group_ranking" not in tables


# --- the page of the groups -------------------------------------------------------------------------------------------


def form(page: str) -> dict[str, str]:
    """What the form of the places would send."""
    found = {}
    for name, value in re.findall(r'<input type="hidden" name="(was-\w+)" value="(\w*)">', page):
        found[name] = value
    for name, body in re.findall(r'<select name="(seat-\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="(\w*)" selected', body)
        found[name] = chosen.group(1) if chosen else ""
    return found


def test_fatima_forms_groups_by_preference_and_takes_it_back(house: House, server: Server) -> None:
    ask(house, "preference")
    rank(house, "Amina", "Air", "Water")
    rank(house, "Bruno", "Air", "Water")
    rank(house, "Chen", "Air", "Water")
    before = {who: seated(house, who) for who in ("Amina", "Bruno", "Chen", "Dora")}
    fatima = house["Fatima"]
    browser, path = server.browser(fatima), f"/s/{fatima.id}/groups"
    page = browser.get(path).text
    assert "3 of 4 people have answered" in page
    page = html.unescape(browser.submits(path, form(page) | {"act": "prefer"}).text)
    assert "Unhappiness 1: on average people get their choice number 1.3, and nobody worse than number 2." in page
    assert "choice 1: 2" in page and "choice 2: 1" in page
    french = browser.submits(path, form(page) | {"act": "prefer"}, headers={"Accept-Language": "fr"}).text
    assert "1,3" in french and "1.3" not in french, "a number is written as its reader writes it"
    assert "1 person gave no order." in page and "2 people in each group." in page
    assert {who: seated(house, who) for who in before} == before, "nothing is stored before it is saved"
    saved = browser.submits(path, form(page) | {"act": "save"})
    assert "The groups are saved" in saved.text
    after = {who: seated(house, who) for who in before}
    assert sum(after[who] == ["Air"] for who in ("Amina", "Bruno", "Chen")) == 2
    assert after["Dora"] == ["Water", "Women's network"]
    done = re.search(r'name="done" value="([\w-]+)"', saved.text)
    assert done is not None
    browser.submits(path, {"act": "undo", "done": done.group(1)})
    assert {who: seated(house, who) for who in before} == before


def test_groups_too_small_for_all_are_said_to_be_so(house: House, server: Server) -> None:
    ask(house, "preference", most=1)
    rank(house, "Amina", "Air", "Water")
    browser, path = server.browser(house["Fatima"]), f"/s/{house['Fatima'].id}/groups"
    page = browser.get(path).text
    assert "There are places for 2 of 4 people." in page
    answer = browser.submits(path, form(page) | {"act": "prefer"})
    assert answer.status_code == 422 and "places for 2 of 4 people" in answer.text


def test_a_page_that_was_open_meanwhile_undoes_nobodys_choice(house: House, server: Server) -> None:
    browser, path = server.browser(house["Fatima"]), f"/s/{house['Fatima'].id}/groups"
    browser.submits(f"{path}/ask", {"kind": "choice", "most": "3"}, page=path)
    page = browser.get(path).text
    choose(house, "Amina", "Air")
    by_hand = form(page) | {f"seat-{house['Chen'].id}": groups(house)["Water"], "act": "save"}
    browser.submits(path, by_hand)
    assert (seated(house, "Amina"), seated(house, "Chen")) == (["Air"], ["Water"])
    browser.submits(f"{path}/ask", {"close": "1"}, page=path)
    assert not house.state(house.room)["preference"]["open"]


def test_the_figures_of_nobody_having_answered_are_none() -> None:
    found = figures(assign({"a": [], "b": [], "c": []}, ["x", "y"]))
    assert (found.average, found.worst, found.got, found.silent, found.sizes) == (None, None, [], 3, (1, 2))
