"""Every "no" has a sentence that says what to do, and every sentence is used."""

from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from facilitator.domain.refusals import REFUSALS, Refused, sentence

HOUSE = Path(__file__).resolve().parents[1] / "facilitator"


def raised() -> Iterator[tuple[str, str, set[str] | None]]:
    """(where, code, names of the details) of every `Refused(…)` in the house; None: the details are not written out."""
    for path in HOUSE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "Refused":
                where = f"{path.relative_to(HOUSE)}:{node.lineno}"
                names = {keyword.arg for keyword in node.keywords}
                details = None if None in names else {name for name in names if name}
                if node.args and isinstance(node.args[0], ast.Constant):
                    yield where, node.args[0].value, details
                else:
                    # A code that is handed down, as text._prose does: its call sites name it.
                    assert where.startswith("domain/text.py"), f"{where}: the code is not written out"


def placeholders(code: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(REFUSALS[code]) if name}


def test_every_code_in_the_source_has_a_sentence_and_fills_its_placeholders() -> None:
    found = list(raised())
    assert len(found) > 60
    for where, code, details in found:
        assert code in REFUSALS, where
        if details is not None:
            assert details == placeholders(code), f"{where}: {code}"


def test_every_sentence_is_used() -> None:
    handed_down = {"text_empty", "reason_empty", "theme_empty", "title_empty"}
    assert set(REFUSALS) == {code for _, code, _ in raised()} | handed_down


def test_a_refusal_is_one_or_two_whole_sentences() -> None:
    for code, words in REFUSALS.items():
        said = sentence(Refused(code, **dict.fromkeys(placeholders(code), "7")))
        assert said[0].isupper() and "{" not in said, code
        assert said[-1] in ".!?" or words.endswith("}"), code
        assert code not in said and "error" not in said.lower(), code
        assert 15 <= len(said) <= 160, code


def test_the_reason_in_a_refusal_is_translated_with_it() -> None:
    refused = Refused("archive_wrong", why=Refused("archive_deep", where="event.json"))
    assert sentence(refused) == (
        "This archive does not add up. Something in event.json is nested too deeply. Nothing was brought in. "
        "Get the file once more."
    )
    french = {
        "This archive does not add up. {why} Nothing was brought in. Get the file once more.": "Cette archive… {why}",
        "Something in {where} is nested too deeply.": "{where} est trop profond.",
    }
    assert sentence(refused, french.__getitem__) == "Cette archive… event.json est trop profond."


def test_a_code_without_a_sentence_cannot_be_raised() -> None:
    with pytest.raises(KeyError, match="add it to REFUSALS"):
        Refused("because")


def test_a_translation_with_a_mistyped_placeholder_still_says_something() -> None:
    refused = Refused("over_cap", cap=2)
    assert sentence(refused) == "At most 2 dots can go on one proposal."
    assert sentence(refused, lambda text: "Au plus {capp} points.") == "Au plus … points."
