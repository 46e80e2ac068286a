"""Languages: gettext catalogues, the same for pages, refusals and the client."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("en", "es", "fr", "ca")
FOLDER = Path(__file__).parent / "translations"
CLIENT = "said by the client"
"""The comment of what JavaScript says, in the catalogues."""

Translate = Callable[[str], str]


def names() -> list[dict[str, str]]:
    """The languages, `{tag, name}`, each by its own name."""
    return [{"tag": tag, "name": (Locale.parse(tag).language_name or tag).capitalize()} for tag in LANGUAGES]


def best(accept_language: str) -> str:
    """The language for an Accept-Language header; English if none fits."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, *parameters = (piece.strip() for piece in part.split(";"))
        quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        with contextlib.suppress(ValueError):
            wanted.append((float(quality), tag.replace("-", "_")))
    ranked = sorted(wanted, key=lambda one: -one[0])
    return negotiate_locale([tag for quality, tag in ranked if quality > 0], LANGUAGES) or "en"


Message = str | dict[str, str]
"""A translation; for a plural, `{"one": …, "other": …}` (all our languages have these two)."""


def catalogue(locale: str, *, client: bool = False) -> dict[str, Message]:
    """msgid -> translation, a plural under the msgid of its singular: all of them, or those that the client says. Empty
    for English; what is not translated yet is not in it."""
    everything, said_by_client = _read(locale)
    return said_by_client if client else everything


@cache
def _read(locale: str) -> tuple[dict[str, Message], dict[str, Message]]:
    everything: dict[str, Message] = {}
    said_by_client: dict[str, Message] = {}
    path = FOLDER / locale / "messages.po"
    if locale == "en" or not path.is_file():
        return everything, said_by_client
    words: Message
    with path.open("rb") as file:
        for message in read_po(file, locale=locale):
            if not message.id or message.fuzzy or not message.string:
                continue
            if isinstance(message.id, (tuple, list)):
                one, other = message.string[0], message.string[-1]
                if not (one and other):
                    continue
                key, words = message.id[0], {"one": one, "other": other}
            else:
                key, words = message.id, str(message.string)
            everything[key] = words
            if CLIENT in message.auto_comments:
                said_by_client[key] = words
    return everything, said_by_client


def translator(locale: str) -> Translate:
    entries = catalogue(locale)

    def translate(text: str) -> str:
        found = entries.get(text, text)
        return found if isinstance(found, str) else text

    return translate


def plural_translator(locale: str) -> Callable[[str, str, int], str]:
    """ngettext, for templates."""
    entries, rule = catalogue(locale), Locale.parse(locale).plural_form

    def translate(one: str, many: str, count: int) -> str:
        forms = entries.get(one)
        if isinstance(forms, dict):
            return forms["one" if rule(count) == "one" else "other"]
        return one if count == 1 else many

    return translate


# --- dates and numbers ----------------------------------------------------------------------------------------------


def formats(locale: str | Locale) -> Locale:
    """The locale in which dates and numbers are written."""
    # Without a territory Babel writes July 5, 2016; a gathering of the world's cities reads 5 July 2016.
    return Locale.parse("en_GB") if str(locale) == "en" else Locale.parse(locale)


def dates(days: Sequence[str], locale: str | Locale) -> str:
    """A day (ISO 8601) as the reader writes it; of several, the first and the last; of none, nothing."""
    if not days:
        return ""
    first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
    written = format_date(last, "long", formats(locale))
    if first == last:
        return written
    if (first.year, first.month) == (last.year, last.month) and written.startswith(str(last.day)):
        return f"{first.day}–{written}"
    return f"{format_date(first, 'long', formats(locale))} – {written}"


def number(value: float, locale: str | Locale, decimals: int = 2) -> str:
    """A number as the reader writes it, with so many decimals at most."""
    return str(format_decimal(value, format="#,##0." + "#" * decimals, locale=formats(locale)))
