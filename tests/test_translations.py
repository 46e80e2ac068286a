"""The interface speaks Spanish, French and Catalan: all of it, with every placeholder in its place."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from facilitator import i18n
from facilitator.domain.refusals import REFUSALS, Refused, sentence
from facilitator.translations import extract

LANGUAGES = [language for language in i18n.LANGUAGES if language != "en"]
RUN = "run: python -m facilitator.translations.extract"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%%")


@cache
def said() -> list[extract.Words]:
    """What the sources say today."""
    return extract.words()


def ids(catalogue: Catalog) -> set[extract.Words]:
    return {message.id if isinstance(message.id, str) else tuple(message.id) for message in catalogue if message.id}


def messages(language: str) -> list[Message]:
    return [message for message in extract.read(language) if message.id]


def forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    return [text] if isinstance(text, str) else list(text or ())


def placeholders(text: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(text))


# --- the catalogues are whole -----------------------------------------------------------------------------------


def test_the_template_has_every_sentence_of_the_sources() -> None:
    with extract.POT.open("rb") as file:
        assert ids(read_po(file)) == set(said()), RUN


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_and_no_other(language: str) -> None:
    assert ids(extract.read(language)) == set(said()), RUN


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated_and_none_is_a_guess(language: str) -> None:
    assert [message.id for message in messages(language) if not extract.translated(message.string)] == []
    assert [message.id for message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_two_forms(language: str) -> None:
    assert {len(forms(message.string)) for message in messages(language) if message.pluralizable} == {2}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_sentence(language: str) -> None:
    for message in messages(language):
        for original in forms(message.id):  # both English forms of a plural have the same ones, too
            for text in forms(message.string):
                assert placeholders(text) == placeholders(original), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_begins_and_ends_as_its_sentence_does(language: str) -> None:
    """Spaces at the edges join it to what follows; a full stop makes a label or a sentence of it."""
    for message in messages(language):
        for original, text in zip(forms(message.id), forms(message.string), strict=True):
            assert (text[0].isspace(), text[-1].isspace()) == (original[0].isspace(), original[-1].isspace()), text
            if original != "No.":  # the abbreviation
                assert text.rstrip().endswith((".", "…")) == original.rstrip().endswith((".", "…")), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_quotation_marks_and_spaces_are_those_of_the_language(language: str) -> None:
    for message in messages(language):
        for text in forms(message.string):
            assert not re.search("[“”\"']", text), text
            if language == "fr":
                assert not re.search("[^\u202f][;!?»]|«[^\u202f]|[^\u00a0]:(?![\\w/])", text), text
            else:
                assert not re.search("\\s[;!?»:]|«\\s", text), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_written_the_same_every_time_and_tells_nothing_of_who_wrote_it(language: str) -> None:
    text = extract.path_of(language).read_text(encoding="utf-8")
    assert extract.written(extract.read(language)).decode() == text, RUN
    for private in ("Date:", "Translator", "EMAIL", "#:", "#~", "fuzzy"):
        assert private not in text


# --- what the house makes of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_client_gets_a_sentence_or_both_forms_of_a_plural(language: str) -> None:
    found = i18n.catalogue(language)
    for one in said():
        if isinstance(one, str):
            assert isinstance(found[one], str)
        else:
            entry = found[one[0]]
            assert isinstance(entry, dict) and set(entry) == {"one", "other"}
    assert len(found) == len(said())


def test_english_needs_no_catalogue() -> None:
    assert i18n.catalogue("en") == {}
    assert i18n.translator("en")("Sign in") == "Sign in"
    assert [i18n.plural_translator("en")("%(num)d board", "%(num)d boards", n) for n in (1, 2)] == [
        "%(num)d board",
        "%(num)d boards",
    ]


def test_none_of_a_thing_is_plural_in_spanish_and_singular_in_french() -> None:
    assert Locale.parse("fr").plural_form(0) == "one"
    for language, expected in (("es", "%(num)d tableros"), ("fr", "%(num)d tableau"), ("ca", "%(num)d taulers")):
        assert i18n.plural_translator(language)("%(num)d board", "%(num)d boards", 0) == expected


def test_a_million_is_plural_although_romance_languages_have_a_form_of_their_own_for_it() -> None:
    for language in LANGUAGES:
        other = i18n.plural_translator(language)("%(num)d board", "%(num)d boards", 2)
        assert i18n.plural_translator(language)("%(num)d board", "%(num)d boards", 1_000_000) == other


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_a_whole_sentence_in_every_language(language: str) -> None:
    for code, words in REFUSALS.items():
        details = {name[1:-1]: "7" for name in placeholders(words)}
        answer = sentence(Refused(code, **details), i18n.translator(language))
        assert answer != sentence(Refused(code, **details)), code
        assert (answer[0].isupper() or answer[0] in "¿¡") and not set("{…") & set(answer), code
        assert 15 <= len(answer) <= 190, code


# --- which language ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("ca-ES,es;q=0.8", "ca"),
        ("ca", "ca"),
        ("fr-CA,en;q=0.5", "fr"),
        ("es-419,es;q=0.9,en;q=0.8", "es"),
        ("en;q=0.2,es;q=0.9", "es"),
        ("de-DE,de;q=0.9,fr;q=0.4", "fr"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("ja,de;q=0.9", "en"),
        ("fr;q=much,ca;q=0.1", "ca"),
        ("*", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_the_first_that_the_browser_wants_and_we_have(header: str, language: str) -> None:
    assert i18n.best(header) == language


# --- how sentences are found ------------------------------------------------------------------------------------


def test_sentences_in_templates_within_templates_are_found_and_other_calls_are_not() -> None:
    source = r"""
    // t("in a comment")
    html`<p title=${t("Outer")}>${on && html`<b>${t("In {name}", { name: t("Innermost") })}</b> ${n("{count} dot",
      "{count} dots", 2)}`}</p>`;
    act("step.open"); list.at("x"); format("y"); thing.t("z"); t("with \"quotes\"")
    """
    assert list(extract.client_words(source)) == [
        "Outer",
        "In {name}",
        "Innermost",
        ("{count} dot", "{count} dots"),
        'with "quotes"',
    ]


@pytest.mark.parametrize(
    "source", ["t(step.title)", "t('single')", "t(`made ${up}`)", 't("a" + b)', 'n("one", many, 2)']
)
def test_a_sentence_that_nobody_could_translate_is_an_error(source: str) -> None:
    with pytest.raises(ValueError, match="write the words of this call out"):
        list(extract.client_words(source))


def test_sentences_in_python_are_found_in_f_strings_too() -> None:
    source = "print(f\"{words}, {self._('secret')}\", N_('One ' 'sentence'), translate(REFUSALS[code]))"
    assert sorted(map(str, extract.python_words(source))) == ["One sentence", "secret"]
    with pytest.raises(ValueError, match="write the words of this call out"):
        list(extract.python_words("_(f'Hello {name}')"))


def test_a_new_sentence_is_left_to_people() -> None:
    fresh = extract.template()
    fresh.add("Sign in again")
    fresh.delete("Sign in")
    catalogue = extract.merged("es", fresh)
    assert "Sign in" not in catalogue
    added = catalogue["Sign in again"]
    assert added is not None and not added.fuzzy and not extract.translated(added.string)


def test_a_sentence_that_gets_a_plural_is_translated_anew() -> None:
    fresh = extract.template()
    fresh.delete("Proposal")
    fresh.add(("Proposal", "Many proposals"))
    entry = extract.merged("es", fresh)["Proposal"]
    assert entry is not None and entry.string == ("", "") and not entry.fuzzy
