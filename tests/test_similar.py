"""What is like what is being typed; cutting a text into phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.house import House

from facilitator.domain import phrases
from facilitator.domain.similar import similar

BOARD = [
    ("buses", "More buses at night, on every line"),
    ("prices", "Precios justos del agua para todos"),
    ("ecole", "Une école d’été pour les jeunes urbanistes"),
    ("dades", "Dades obertes compartides entre ciutats"),
    ("other", "A summer festival in the park"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Night buses on all lines, more of them", "buses"),
        ("more buses at nihgt on every line", "buses"),
        ("PRECIOS JUSTOS PARA EL AGUA", "prices"),
        ("ecole d'ete pour jeunes urbanistes", "ecole"),
        ("dades compartides entre les ciutats", "dades"),
    ],
)
def test_the_same_thought_in_other_words_is_found_in_every_language(typed: str, found: str) -> None:
    assert similar(typed, BOARD)[0][0] == found


@pytest.mark.parametrize("typed", ["", "bu", "the and of for", "Trams", "A budget for archives", "en el de la"])
def test_what_is_not_alike_is_not_offered(typed: str) -> None:
    assert similar(typed, BOARD) == []


@given(st.text(max_size=80), st.lists(st.tuples(st.text(max_size=5), st.text(max_size=80)), max_size=8))
def test_whatever_is_typed_the_likeness_is_a_share_and_the_best_comes_first(
    typed: str, others: list[tuple[str, str]]
) -> None:
    found = similar(typed, others)
    assert len(found) <= 5 and all(60 <= score <= 100 for _, score in found)
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("We act. We learn, e.g. from others. Do we?", ["We act.", "We learn, e.g. from others.", "Do we?"]),
        ("Ayudamos, p. ej. a Sr. Gil. Somos 16.", ["Ayudamos, p. ej. a Sr. Gil.", "Somos 16."]),
        ("Nous sommes 3.5 millions ! M. Roy le sait.", ["Nous sommes 3.5 millions !", "M. Roy le sait."]),
        ("Treballem juntes… i aprenem. Vegeu núm. 4.", ["Treballem juntes… i aprenem.", "Vegeu núm. 4."]),
        ("One line\nAnother line", ["One line", "Another line"]),
        ("  ", []),
    ],
)
def test_a_text_is_cut_at_its_sentences_and_not_at_short_forms(text: str, cut: list[str]) -> None:
    assert phrases.split(text) == cut


@given(st.text(max_size=400))
def test_no_word_is_lost_when_a_text_is_cut(text: str) -> None:
    found = phrases.split(text)
    assert " ".join(found).split() == text.split()
    assert phrases.split("\n".join(found)) == found


def test_only_what_one_can_see_is_held_against_what_one_types(full_house: House) -> None:
    from facilitator import access
    from facilitator.domain.refusals import Refused

    air = full_house.board("Air")
    full_house["Fatima"].opens(air, "collect")
    full_house["Chen"].posts(air, "More buses at night", "north")
    with full_house.store.reading() as db:
        place = access.open_room(db, full_house["Chen"].actor, air)
        cards = full_house.snapshots.state(db, place)["proposals"].values()
        with pytest.raises(Refused, match="another group"):
            access.open_room(db, full_house["Amina"].actor, air)
    assert similar("buses by night, more", [(card["id"], card["text"]) for card in cards])
