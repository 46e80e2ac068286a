"""What people say of themselves so that groups are mixed: asked, answered, taken back; and nobody else reads it."""

from __future__ import annotations

import html
import json
import re
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select
from support.files import text_of
from support.house import NOBODY, House
from support.server import Browser, Server

from facilitator import copying
from facilitator.archive.content import read
from facilitator.domain.attributes import FEW, tellable
from facilitator.domain.events import for_screen
from facilitator.domain.grouping import Person, balance
from facilitator.outcomes import FORMATS, render
from facilitator.store.models import Account, Attribute, AttributeAnswer, Log
from facilitator.store.models import Command as CommandRow

EVERYBODY = ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Chen", "Dora", "Screen")
SAYS = "By the river Oxus"
"""What Amina says: words that stand nowhere else."""


def ask(
    house: House, name: str = "Where from", options: tuple[str, ...] = (SAYS, "From the hills"), **more: Any
) -> str:
    reply = house["Olga"].does(house.room, "attribute.define", name=name, options=list(options), **more)
    return str(reply["attribute"])


def say(house: House, who: str, **answers: str) -> None:
    house[who].does(house.room, "attribute.answer", answers=answers)


def answers(house: House) -> dict[str, list[str]]:
    """Attribute -> what is stored."""
    found: dict[str, list[str]] = {}
    query = select(AttributeAnswer.attribute, AttributeAnswer.option).join(Attribute)
    for row in house.rows(query.where(Attribute.event == house.event).order_by(AttributeAnswer.option)):
        found.setdefault(row.attribute, []).append(row.option)
    return found


# --- asked and answered -----------------------------------------------------------------------------------------------


def test_amina_says_where_she_is_from_changes_it_and_takes_it_back(house: House) -> None:
    where = ask(house)
    heard = len(house.heard)
    say(house, "Amina", **{where: SAYS})
    card = {"id": where, "name": "Where from", "options": [SAYS, "From the hills"]}
    assert house["Amina"].me(house.room)["attributes"] == [card | {"answer": SAYS}]
    assert house["Bruno"].me(house.room)["attributes"] == [card | {"answer": None}]
    say(house, "Amina", **{where: "From the hills"})
    assert answers(house) == {where: ["From the hills"]}
    say(house, "Amina")
    assert answers(house) == {} and house["Amina"].me(house.room)["attributes"] == [card | {"answer": None}]
    assert len(house.heard) == heard, "nobody hears that somebody has answered"


def test_what_is_asked_comes_in_its_order_and_only_to_those_who_take_part(house: House) -> None:
    first, second = ask(house), ask(house, "Here before?", ("Yes", "No"), balanced=False)
    say(house, "Amina", **{first: SAYS, second: "No"})
    assert [one["answer"] for one in house["Amina"].me(house.room)["attributes"]] == [SAYS, "No"]
    say(house, "Amina", **{second: "Yes"})
    assert [one["answer"] for one in house["Amina"].me(house.room)["attributes"]] == [None, "Yes"]
    for other in ("Olga", "Fatima", "Oscar"):
        assert house[other].me(house.room)["attributes"] == []
    assert house["Screen"].me(house.room) == {"role": "projector"}


def test_an_answer_that_is_not_on_the_list_any_more_is_deleted_and_all_others_stay(house: House) -> None:
    where = ask(house)
    say(house, "Amina", **{where: SAYS})
    say(house, "Bruno", **{where: "From the hills"})
    house["Olga"].does(
        house.room, "attribute.define", attribute=where, name="Home", options=["From the hills", "By the sea"]
    )
    assert answers(house) == {where: ["From the hills"]}
    last = house.events(house.room)[-1]
    assert set(last) == {"seq", "name", "at", "by", "me"} and last["me"], "pages ask what is asked now"
    with house.refuses("option_unknown", "Home"):
        say(house, "Amina", **{where: SAYS})
    house["Olga"].does(house.room, "attribute.remove", attribute=where)
    assert answers(house) == {} and house["Amina"].me(house.room)["attributes"] == []
    with house.refuses("attribute_unknown"):
        say(house, "Amina", **{where: "By the sea"})


def test_what_cannot_be_asked_is_refused_with_what_to_do(house: House) -> None:
    where, foreign = ask(house), ask(house.another())
    for bad, code in (
        ({"name": " ", "options": ["a", "b"]}, "text_empty"),
        ({"name": "x" * 61, "options": ["a", "b"]}, "text_too_long"),
        ({"name": "Age", "options": ["a"]}, "attribute_options"),
        ({"name": "Age", "options": [str(number) for number in range(13)]}, "attribute_options"),
        ({"name": "Age", "options": ["Young", "old", " OLD "]}, "option_twice"),
        ({"name": "Age", "options": ["Young", ""]}, "text_empty"),
        ({"name": "where FROM", "options": ["a", "b"]}, "attribute_known"),
        ({"name": "Age", "options": ["a", "b"], "attribute": foreign}, "attribute_unknown"),
        ({"name": "Age", "options": ["a", "b"], "attribute": "nothere"}, "attribute_unknown"),
    ):
        with house.refuses(code):
            house["Olga"].does(house.room, "attribute.define", **bad)
    for name in ("Age", "Experience", "Here before?"):
        ask(house, name, ("a", "b"))
    with house.refuses("attributes_many", "at most 4"):
        ask(house, "One more", ("a", "b"))
    for attribute in (foreign, NOBODY):
        with house.refuses("attribute_unknown"):
            house["Olga"].does(house.room, "attribute.remove", attribute=attribute)
        with house.refuses("attribute_unknown"):
            say(house, "Amina", **{attribute: SAYS})
    with house.refuses("option_unknown"):
        say(house, "Amina", **{where: "From nowhere"})
    for who in ("Fatima", "Amina", "Oscar"):
        with house.refuses("not_allowed"):
            house[who].does(house.room, "attribute.remove", attribute=where)
    with house.refuses("not_allowed"):
        say(house, "Olga", **{where: SAYS})
    assert answers(house) == {}


# --- nobody else reads it ---------------------------------------------------------------------------------------------


def test_no_frame_state_report_or_archive_holds_what_amina_says_nor_who_has_answered(house: House) -> None:
    house.everybody_arrives()
    where = ask(house)
    say(house, "Amina", **{where: SAYS})
    told = [json.dumps(house["Amina"].does(house.room, "attribute.answer", answers={where: SAYS}) | {"me": None})]
    for who in EVERYBODY:
        for room in (house.room, house.day()):
            for since in (None, 0):
                seen = house[who].sees(room, since)
                if who in ("Amina", "Bruno", "Chen", "Dora") and room == house.room:
                    for one in seen["me"]["attributes"]:  # what is asked is one's own to see, and one's own answer
                        assert one.pop("answer") == (SAYS if who == "Amina" else None)
                        one.pop("options")
                told.append(json.dumps(seen))
    told += [json.dumps(event) for _, event in house.heard]
    told += [json.dumps(row.data) for row in house.rows(select(Log.data))]
    told += [json.dumps(row.reply) for row in house.rows(select(CommandRow.reply))]
    with house.store.reading() as db:
        told += [text_of(format, render(db, house.event, format)) for format in FORMATS]
        content = read(db, house.store.key, house.event, house.store.settings.data)
    told += [json.dumps({name: rows for name, rows in content.tables.items() if name != "attribute"})]
    assert "attribute_answer" not in content.tables
    assert [row["options"] for row in content.tables["attribute"]] == [[SAYS, "From the hills"]], "the question is"
    assert [one for one in told if SAYS in one] == []
    assert for_screen(house.state(house.room)) and "attributes" not in house.state(house.room)
    assert set(AttributeAnswer.__table__.c.keys()) == {"person", "attribute", "option"}, "nor when"


def test_it_is_gone_when_amina_is_erased_taken_off_or_takes_part_no_more(house: House) -> None:
    where = ask(house)

    def all_say() -> None:
        for who in ("Amina", "Bruno", "Chen"):
            say(house, who, **{where: SAYS})

    all_say()
    olga = house["Olga"]
    olga.does(house.room, "person.edit", person=house["Chen"].id, name="Chen", organisation="Lima")  # no contribution
    olga.does(house.room, "person.edit", person=house["Chen"].id, name="Chen", organisation="Lima", role="observer")
    assert answers(house) == {where: [SAYS, SAYS]}
    olga.does(house.room, "person.remove", person=house["Bruno"].id)
    assert answers(house) == {where: [SAYS]}
    amina = house["Amina"].id
    olga.does(house.room, "person.erase", person=amina)
    assert answers(house) == {}
    rest = {name: rows for name, rows in house.everything().items() if name != "attribute"}
    assert SAYS not in repr(rest)


def test_a_copy_asks_the_same_and_nobody_has_answered(house: House) -> None:
    where = ask(house)
    say(house, "Amina", **{where: SAYS})
    account = "accountolga1"
    with house.store.writing() as db:
        values = {"id": account, "email": "o@example.org", "name": "Olga", "password_hash": "-", "created_at": 1}
        db.execute(insert(Account.__table__).values(**values))
    for more in ({}, {"people": True}, {"people": True, "contributions": True}):
        copied = copying.copy_event(house.store, house.event, account=account, title="Again", **more)
        (asked,) = house.rows(select(Attribute.name, Attribute.options).where(Attribute.event == copied))
        assert (asked.name, asked.options) == ("Where from", [SAYS, "From the hills"])
    assert answers(house) == {where: [SAYS]}


# --- what may be told -------------------------------------------------------------------------------------------------


def test_what_fewer_than_three_say_is_withheld_and_what_would_give_it_away() -> None:
    assert tellable({"a": 5, "b": 3}, [4, 4, 4]) == {"a", "b"}
    assert tellable({"a": 5, "b": 2}, [6, 6]) == {"a"}, "two said b, five said nothing"
    assert tellable({"a": 5, "b": 6, "c": 1}, [6, 6]) == {"b"}, "else c is who did not say a or b"
    assert tellable({"a": 10, "b": 2}, [6, 6]) == frozenset()
    assert tellable({"a": 10, "b": 3}, [6, 7]) == {"a", "b"}
    assert tellable({"a": 5, "b": 5}, [8, 2]) == frozenset(), "a group of two"
    assert tellable({"a": 5, "b": 5}, [5, 5, 0]) == {"a", "b"}
    assert tellable({}, []) == frozenset()


@given(totals=st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 9), max_size=6), silent=st.integers(0, 5))
def test_nobody_who_is_withheld_is_found_by_counting_off_the_others(totals: dict[str, int], silent: int) -> None:
    people = sum(totals.values()) + silent
    told = tellable(totals, [people])
    assert all(totals[option] >= FEW for option in told)
    withheld = [count for option, count in totals.items() if option not in told and count]
    if any(count < FEW for count in withheld) and told:
        assert people - sum(totals[option] for option in told) >= FEW


# --- balanced groups --------------------------------------------------------------------------------------------------


@settings(max_examples=20, deadline=None)
@given(
    kinds=st.lists(st.tuples(st.sampled_from(["North", "South", "East", ""]), st.sampled_from(["New", "Old", ""])),
                   min_size=1, max_size=30),
    groups=st.integers(1, 6),
    seed=st.integers(0, 9),
)  # fmt: skip
def test_two_attributes_of_the_event_are_always_spread_as_evenly_as_arithmetic_allows(
    kinds: list[tuple[str, str]], groups: int, seed: int
) -> None:
    # Two attributes can always be spread evenly, each person being an edge between two values (de Werra 1971); who
    # says nothing has none of them.
    people = [
        Person(f"p{number}", attributes={"region": region, "experience": experience})
        for number, (region, experience) in enumerate(kinds)
    ]
    made = balance(people, groups, seed=seed)
    for place, name in enumerate(("region", "experience")):
        for value in {kind[place] for kind in kinds} - {""}:
            having = {f"p{number}" for number, kind in enumerate(kinds) if kind[place] == value}
            counts = [len(having & set(group)) for group in made.groups]
            assert max(counts) - min(counts) <= 1
            [told] = [one for one in made.spread if (one.attribute, one.value) == (name, value)]
            assert (list(told.counts), told.even) == (counts, True)
    assert not any(one.value == "" for one in made.spread), "to say nothing is no value"


REGIONS = ("North", "South", "Far away")


def a_mixed_hall(server: Server, house: House) -> tuple[Browser, str]:
    """24 more people: 12 from the north, 8 from the south, 2 from far away, and 2 who do not say."""
    people = [{"name": f"Guest {number:02}"} for number in range(24)]
    house["Olga"].does(house.room, "roster.import", people=people)
    where = ask(house, "Region", REGIONS)
    for number in range(22):
        say(house, f"Guest {number:02}", **{where: REGIONS[(number >= 12) + (number >= 20)]})
    return server.browser(house["Fatima"]), where


def form_of(page: str) -> dict[str, str]:
    """The seats as the page has them chosen."""
    chosen = {}
    for name, options in re.findall(r'<select name="(seat-\w+)".*?>(.*?)</select>', page, re.DOTALL):
        found = re.search(r'value="(\w*)" selected', options)
        chosen[name] = found[1] if found else ""
    return chosen


def counts_of(page: str, option: str) -> list[int]:
    """The row of an answer in the table of the spread."""
    row = re.search(rf'<th scope="row" dir="auto">{option}</th>(.*?)</tr>', page, re.DOTALL)
    assert row, option
    return [int(one) for one in re.findall(r"<td>(\d+)</td>", row[1])]


def test_the_page_balances_by_it_and_shows_counts_and_nobodys_answer(server: Server, house: House) -> None:
    browser, where = a_mixed_hall(server, house)
    path = f"/s/{house['Fatima'].id}/groups"
    before = html.unescape(browser.get(path).text)
    assert "22 people have answered." in before
    reply = browser.submits(path, {"act": "mix", **form_of(before)}, path)
    page = html.unescape(reply.text)
    north, south, far = (counts_of(page, region) for region in REGIONS)
    assert sorted(north) == [6, 6] and sorted(south) == [4, 4] and far == []
    assert page.count("as even as can be") == 2 and "not shown" in page
    assert "Far away: " not in page
    placed = form_of(page)
    groups = sorted(set(placed.values()) - {""})
    for region, numbers in (("North", range(12)), ("South", range(12, 20))):
        ids = {f"seat-{house[f'Guest {number:02}'].id}" for number in numbers}
        assert len({sum(placed[id] == group for id in ids) for group in groups}) == 1, region
    # The words stand in the table alone, once each, and beside nobody.
    for region in REGIONS:
        assert len(re.findall(rf"\b{region}\b", page)) == 1
    assert where in page and "AttributeAnswer" not in page


def test_what_balancing_should_not_use_it_does_not_and_says_so(server: Server, house: House) -> None:
    browser, where = a_mixed_hall(server, house)
    house["Olga"].does(
        house.room, "attribute.define", attribute=where, name="Region", options=list(REGIONS), balanced=False
    )
    page = html.unescape(browser.get(f"/s/{house['Fatima'].id}/groups").text)
    assert "Balancing does not use it." in page


def test_nothing_is_told_while_a_group_has_fewer_than_three_people(server: Server, house: House) -> None:
    browser, _ = a_mixed_hall(server, house)
    path = f"/s/{house['Fatima'].id}/groups"
    house["Fatima"].does(house.room, "group.make", name="Soil", kind="breakout")
    state = house.state(house.room)
    soil = next(id for id, group in state["groups"].items() if group["name"] == "Soil")
    alone = [{"person": house["Guest 00"].id, "seats": [{"group": soil}]}]
    house["Fatima"].does(house.room, "group.seat", people=alone)
    page = browser.get(path).text
    assert [counts_of(page, region) for region in REGIONS] == [[], [], []]


def test_the_organiser_asks_on_the_page_of_the_people(server: Server, house: House) -> None:
    olga = server.browser(house["Olga"])
    page = f"/s/{house['Olga'].id}/people"
    asked = {"name": "Region", "options": "North\r\n\r\nSouth\r\n", "balanced": "1"}
    olga.submits(f"/s/{house['Olga'].id}/attributes", asked, page)
    (row,) = house.rows(select(*Attribute.__table__.c).where(Attribute.event == house.event))
    assert (row.name, row.options, row.balanced) == ("Region", ["North", "South"], True)
    say(house, "Amina", **{row.id: "North"})
    shown = html.unescape(olga.get(page).text)
    assert "1 person has answered" in shown
    bad = olga.submits(f"/s/{house['Olga'].id}/attributes", asked | {"name": "Age", "options": "Young"}, page)
    assert bad.status_code == 422 and "2 to 12 answers" in html.unescape(bad.text) and "Young" in bad.text
    olga.submits(f"/s/{house['Olga'].id}/attributes", {"attribute": row.id, "remove": "1"}, page)
    assert house.rows(select(Attribute.id).where(Attribute.event == house.event)) == [] and answers(house) == {}


def test_what_was_asked_first_comes_first(house: House) -> None:
    ids = [ask(house, name, ("a", "b")) for name in ("Third", "First", "Second")]
    house["Olga"].does(house.room, "attribute.remove", attribute=ids[0])
    ids.append(ask(house, "Last", ("a", "b")))
    numbers = [
        row.number
        for row in house.rows(select(Attribute.number).where(Attribute.event == house.event).order_by(Attribute.number))
    ]
    assert all(a < b for a, b in pairwise(numbers))
    assert [one["id"] for one in house["Amina"].me(house.room)["attributes"]] == ids[1:]
