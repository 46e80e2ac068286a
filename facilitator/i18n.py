"""Languages: gettext catalogues, the same for pages, refusals and the client."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.messages.pofile import read_po

LANGUAGES = ("en", "es", "fr", "ca")
FOLDER = Path(__file__).parent / "translations"

Translate = Callable[[str], str]


def best(accept_language: str) -> str:
    """The language for an Accept-Language header; English if none fits."""
    wanted = []
    for part in accept_language.split(","):
        tag, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), tag.strip().replace("-", "_")))
        except ValueError:
            continue
    return negotiate_locale([tag for _, tag in sorted(wanted)], LANGUAGES) or "en"


@cache
def catalogue(locale: str) -> dict[str, str]:
    """msgid -> translation; empty for English and for what is not translated yet. Plurals are `msgid` and
    `msgid_plural` of their own."""
    path = FOLDER / locale / "messages.po"
    if locale == "en" or not path.is_file():
        return {}
    entries: dict[str, str] = {}
    with path.open("rb") as file:
        for message in read_po(file, locale=locale):
            if not message.id or message.fuzzy:
                continue
            ids = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
            texts = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
            entries |= {id: text for id, text in zip(ids, texts, strict=False) if text}
    return entries


def translator(locale: str) -> Translate:
    entries = catalogue(locale)
    return lambda text: entries.get(text, text)


def plural_translator(locale: str) -> Callable[[str, str, int], str]:
    """ngettext for languages with two forms, which all of ours have."""
    entries = catalogue(locale)
    is_plural = Locale.parse(locale).plural_form
    return lambda one, many, n: entries.get(one, one) if is_plural(n) == "one" else entries.get(many, many)
