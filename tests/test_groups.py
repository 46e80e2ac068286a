"""Groups: made, named, filled by hand or balanced, and back again; and what everybody else hears of it."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select
from support.house import NOBODY, House
from support.server import Browser, Server

from facilitator.store.models import Event, Group, Seat


def groups(house: House) -> dict[str, str]:
    return {group["name"]: id for id, group in house.state(house.room)["groups"].items()}


def seated(house: House, who: str) -> list[str]:
    state = house.state(house.room)
    return [state["groups"][group]["name"] for group in state["people"][house[who].id]["groups"]]


def place(house: House, who: str, *names: str) -> dict[str, Any]:
    return {"person": house[who].id, "seats": [{"group": groups(house)[name]} for name in names]}


def test_a_new_group_has_a_board_wherever_the_others_will_work(full_house: House) -> None:
    house = full_house
    house["Fatima"].does(house.room, "session.open", session=house.session("Tables"))
    house["Fatima"].does(house.room, "group.make", name="Soil", kind="breakout")
    with pytest.raises(Exception, match="No row"):
        house.board("Soil", day=1)  # that session has begun without it
    soil, water = house.state(house.board("Soil", day=2)), house.state(house.board("Water", day=2))
    assert (soil["prompt"], soil["activity"]) == (water["prompt"], water["activity"])
    house["Fatima"].does(house.room, "group.seat", people=[place(house, "Amina", "Soil")])
    assert house["Amina"].sees(house.board("Soil", day=2))["me"]["member"]
    with house.refuses("not_your_group"):
        house["Amina"].sees(house.board("Water", day=2))


def test_places_are_given_in_one_step_and_taken_back_in_one(house: House) -> None:
    fatima = house["Fatima"]
    people = [place(house, "Amina", "Air"), place(house, "Dora", "Water", "Women's network"), place(house, "Bruno")]
    reply = fatima.does(house.room, "group.seat", people=people)
    assert [seated(house, who) for who in ("Amina", "Dora", "Bruno")] == [["Air"], ["Water", "Women's network"], []]
    assert len(house.events(house.room)) == 1
    fatima.does(house.room, "group.seat", people=reply["before"])
    assert [seated(house, who) for who in ("Amina", "Dora", "Bruno")] == [["Water"], ["Air", "Women's network"],
                                                                         ["Water"]]  # fmt: skip


def test_a_role_in_a_group_stays_unless_another_is_said(house: House) -> None:
    water = groups(house)["Water"]
    scribe = {"person": house["Amina"].id, "seats": [{"group": water, "role": "scribe"}]}
    house["Fatima"].does(house.room, "group.seat", people=[scribe])
    network = place(house, "Amina", "Water", "Women's network")
    house["Fatima"].does(house.room, "group.seat", people=[network])
    roles = house.rows(select(Seat.role).where(Seat.person == house["Amina"].id, Seat.group == water))
    assert [row.role for row in roles] == ["scribe"]


def test_what_cannot_be_is_refused_for_all(house: House) -> None:
    fatima, good = house["Fatima"], place(house, "Amina", "Air")
    elsewhere = house.another()
    foreign = groups(elsewhere)["Water"]
    stranger, screen = elsewhere["Bruno"].id, house["Screen"].id
    bruno = house["Bruno"].id
    for bad, code in (
        (place(house, "Bruno", "Water", "Air"), "two_groups"),
        ({"person": bruno, "seats": [{"group": foreign}]}, "group_missing_here"),
        ({"person": bruno, "seats": [{"group": groups(house)["Plenary"]}]}, "group_missing_here"),
        ({"person": stranger, "seats": []}, "person_unknown"),
        ({"person": screen, "seats": []}, "person_unknown"),
        ({"person": NOBODY, "seats": []}, "person_unknown"),
        (place(house, "Amina", "Water"), "person_seated_twice"),
    ):
        with house.refuses(code):
            fatima.does(house.room, "group.seat", people=[good, bad])
    with house.refuses("not_allowed"):
        house["Amina"].does(house.room, "group.seat", people=[good])


def test_a_name_stands_for_one_group_and_a_worked_on_board_keeps_its_group(full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    air, plenary = groups(house)["Air"], groups(house)["Plenary"]
    with house.refuses("group_known", "Water"):
        fatima.does(house.room, "group.make", name=" WATER ", kind="breakout")
    with house.refuses("group_known", "Water"):
        fatima.does(house.room, "group.rename", group=air, name="water")
    with house.refuses("group_plenary"):
        fatima.does(house.room, "group.remove", group=plenary)
    fatima.opens(house.board("Air"), "collect")
    with house.refuses("board_used", "Air"):
        fatima.does(house.room, "group.remove", group=air)
    network = groups(house)["Women's network"]
    fatima.does(house.room, "group.remove", group=network)
    assert seated(house, "Dora") == ["Air"]
    assert house.rows(select(Group.id).where(Group.id == network)) == []


def test_a_new_name_is_heard_on_the_boards_and_by_the_conclusions(full_house: House) -> None:
    house, water = full_house, full_house.board("Water")
    house["Fatima"].opens(water, "collect")
    bus = house["Amina"].posts(water, "More buses")
    house["Fatima"].does(house.day(), "conclusion.promote", sources=[{"proposal": bus}], wording="Buses")
    house["Fatima"].does(house.room, "group.rename", group=groups(house)["Water"], name="Rivers")
    assert house.events(water)[-1]["name"] == "board.framed"
    assert house.state(water)["group_name"] == "Rivers"
    (event,) = [event for event in house.events(house.day()) if event["name"] == "day.framed"]
    assert event["conclusions"] == house.state(house.day())["conclusions"]
    assert event["conclusions"][0]["sources"][0]["group_name"] == "Rivers"


def test_wishes_and_locks_are_kept_and_in_no_state(house: House) -> None:
    amina, bruno = house["Amina"].id, house["Bruno"].id
    wish = {"kind": "apart", "people": [amina, bruno]}
    house["Fatima"].does(house.room, "group.wish", wishes=[wish], locked=[amina])
    assert house.heard == []
    (kept,) = house.rows(select(Event.grouping).where(Event.id == house.event))
    assert kept.grouping == {"wishes": [wish], "locked": [amina], "mixed": True, "cap": 0}
    stranger = house.another()["Amina"].id
    with house.refuses("person_unknown"):
        house["Fatima"].does(house.room, "group.wish", wishes=[], locked=[stranger])


# --- the page -------------------------------------------------------------------------------------------------------


def choices(page: str) -> dict[str, str]:
    """Person -> chosen group, as the page shows it."""
    found = {}
    for name, body in re.findall(r'<select name="(seat-\w+)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="(\w*)" selected', body)
        found[name] = chosen[1] if chosen else ""
    return found


def send(browser: Browser, path: str, fields: dict[str, Any]) -> str:
    answer = browser.submits(path, fields)
    assert answer.status_code == 200, html.unescape(answer.text)
    return answer.text


def test_fatima_balances_looks_saves_and_takes_it_back(server: Server, full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    names = [f"Guest {number}" for number in range(14)]
    people = [{"name": name, "organisation": ("Lima", "Accra")[n % 2], "languages": ["es"]} for n, name in
              enumerate(names)]  # fmt: skip
    house["Olga"].does(house.room, "roster.import", people=people)
    house["Olga"].does(house.room, "person.check", people=[house["Guest 13"].id], attendance="absent")
    browser, path = server.browser(fatima), f"/s/{fatima.id}/groups"
    before = house.everything()["seat"]
    shown = choices(browser.get(path).text)
    assert sorted(shown.values()) == [""] * 14 + sorted([groups(house)["Air"]] * 2 + [groups(house)["Water"]] * 2)
    amina = house["Amina"].id
    page = send(browser, path, {**shown, "act": "balance", "lock": amina, "mixed": "1"})
    assert house.everything()["seat"] == before, "nothing is stored before it is saved"
    proposed = choices(page)
    sizes = sorted(list(proposed.values()).count(group) for group in (groups(house)["Water"], groups(house)["Air"]))
    assert sizes in ([8, 9], [9, 8]) and proposed[f"seat-{house['Guest 13'].id}"] == ""
    assert proposed[f"seat-{amina}"] == groups(house)["Water"], "she is kept"
    assert "Colleagues in" in page and "wishes are not fulfilled" in page
    page = send(browser, path, {**proposed, "act": "save"})
    assert choices(page) == proposed
    state = house.state(house.room)["people"]
    assert {f"seat-{id}": card["groups"][0] for id, card in state.items() if card["groups"]} == {
        key: value for key, value in proposed.items() if value
    }
    done = re.search(r'name="done" value="([\w-]+)"', page)
    assert done
    send(browser, path, {"act": "undo", "done": done[1]})
    assert house.everything()["seat"] == before


def test_a_wish_is_added_told_when_it_is_not_fulfilled_and_taken_back(server: Server, full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    browser, path = server.browser(fatima), f"/s/{fatima.id}/groups"
    ids = [house[name].id for name in ("Amina", "Bruno", "Chen")]
    for a, b in ((0, 1), (1, 2), (0, 2)):
        shown = choices(browser.get(path).text)
        send(browser, path, {**shown, "act": "wish", "wish-a": ids[a], "wish-kind": "apart", "wish-b": ids[b]})
    page = send(browser, path, {**choices(browser.get(path).text), "act": "balance"})
    assert "1 wish is not fulfilled" in page, "three people cannot all be apart in two groups"
    page = send(browser, path, {"unwish": "0", "act": ""})
    page = send(browser, path, {**choices(page), "act": "balance"})
    assert "All wishes are fulfilled" in page


def test_groups_are_made_at_once_and_an_overlay_group_is_filled(server: Server, full_house: House) -> None:
    house, olga = full_house, full_house["Olga"]
    browser, path = server.browser(olga), f"/s/{olga.id}/groups"
    browser.submits(f"{path}/make", {"count": "3", "word": "Table"}, page=path)
    assert {"Table 1", "Table 2", "Table 3"} <= set(groups(house))
    network = groups(house)["Women's network"]
    members = [house["Amina"].id, house["Chen"].id]
    browser.submits(f"{path}/{network}", {"member": members}, page=path)  # type: ignore[dict-item]
    assert [who for who in ("Amina", "Bruno", "Chen", "Dora") if "Women's network" in seated(house, who)] == [
        "Amina",
        "Chen",
    ]
    answer = browser.submits(f"{path}/make", {"name": "Water", "kind": "breakout"}, page=path)
    assert answer.status_code == 422 and "has the group Water already" in answer.text
    stranger = server.browser(house["Amina"])
    assert stranger.get(f"/s/{house['Amina'].id}/groups").status_code == 403


def test_colleagues_may_be_together_as_far_as_the_cap_goes(server: Server, full_house: House) -> None:
    house, olga = full_house, full_house["Olga"]
    house["Olga"].does(
        house.room, "roster.import", people=[{"name": f"Lima {n}", "organisation": "Lima"} for n in range(4)]
    )
    browser, path = server.browser(olga), f"/s/{olga.id}/groups"
    shown = choices(browser.get(path).text)
    page = send(browser, path, {**shown, "act": "balance", "mixed": "1", "cap": "0"})
    assert "wishes are not fulfilled" in page, "four of Lima cannot all be apart in two groups"
    page = send(browser, path, {**choices(page), "act": "balance", "mixed": "1", "cap": "1"})
    assert "All wishes are fulfilled" in page and 'name="cap"' in page


def test_fatima_swaps_two_people_with_one_press_and_takes_it_back(server: Server, full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    browser, path = server.browser(fatima), f"/s/{fatima.id}/groups"
    water = groups(house)["Water"]
    scribe = {"person": house["Bruno"].id, "seats": [{"group": water, "role": "scribe"}]}
    fatima.does(house.room, "group.seat", people=[scribe])
    before = house.everything()["seat"]
    bruno, dora, amina = (house[name].id for name in ("Bruno", "Dora", "Amina"))
    pair = {"swap-a": bruno, "swap-b": dora, "act": "swap"}
    page = send(browser, path, {**choices(browser.get(path).text), **pair})
    assert [seated(house, who) for who in ("Bruno", "Dora")] == [["Air"], ["Water", "Women's network"]]
    roles = {row.person: row.role for row in house.rows(select(Seat.person, Seat.role).where(Seat.group == water))}
    assert (roles[dora], roles[amina]) == ("scribe", "member"), "the place is taken with what is done there"
    done = re.search(r'name="done" value="([\w-]+)"', page)
    assert done
    send(browser, path, {"act": "undo", "done": done[1]})
    assert house.everything()["seat"] == before
    # Somebody without a group takes the place of one who has to go; what is chosen beside that stays chosen.
    house["Olga"].does(house.room, "roster.import", people=[{"name": "Late Lea"}])
    lea, air = house["Late Lea"].id, groups(house)["Air"]
    chosen = {**choices(browser.get(path).text), f"seat-{amina}": air}
    page = send(browser, path, {**chosen, "swap-a": house["Chen"].id, "swap-b": lea, "act": "swap"})
    assert (seated(house, "Late Lea"), seated(house, "Chen"), seated(house, "Amina")) == (["Air"], [], ["Water"])
    assert choices(page)[f"seat-{amina}"] == air and "1 place has changed" in page


def test_a_swap_needs_two_people_of_different_groups(server: Server, full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    browser, path, before = server.browser(fatima), f"/s/{fatima.id}/groups", full_house.everything()["seat"]
    amina, bruno = house["Amina"].id, house["Bruno"].id
    for a, b, sentence in (
        (amina, amina, "Choose two people"),
        (amina, "", "Choose two people"),
        (amina, house["Screen"].id, "Choose two people"),
        (amina, bruno, "nothing to swap: Amina and Bruno are in the same group"),
    ):
        answer = browser.submits(path, {"swap-a": a, "swap-b": b, "act": "swap"})
        assert answer.status_code == 422 and sentence in answer.text
    assert house.everything()["seat"] == before
