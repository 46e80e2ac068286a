"""Collect every sentence of the interface and merge them into the catalogues.

Run `python -m facilitator.translations.extract`. It reads `N_("…")`, `_("…")` and `translate("…")` in Python, `_("…")`
and `ngettext("…", "…", n)` in templates, and `t("…")` and `n("…", "…", count)` in the client. Translations stay; new
sentences come in empty, and what is not used any more goes. Nothing is guessed. The files hold neither dates nor
places, so a difference shows words and nothing else.
"""

from __future__ import annotations

import ast
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from ..i18n import CLIENT, FOLDER, LANGUAGES

ROOT = FOLDER.parents[1]
POT = FOLDER / "messages.pot"

Words = str | tuple[str, str]
"""A sentence, or the singular and the plural of one."""

TEXT = r'"((?:[^"\\\n]|\\.)*)"'
CALL = re.compile(rf"(?<![\w$.])(?:t\(\s*{TEXT}\s*[,)]|n\(\s*{TEXT}\s*,\s*{TEXT}\s*,)")
ANY_CALL = re.compile(r"(?<![\w$.])[tn]\(")
COMMENT = re.compile(r"^\s*(?://|/\*|\*).*$", re.MULTILINE)


def main() -> None:
    POT.write_bytes(written(template()))
    print(f"{POT.relative_to(ROOT)}: {len(template())} sentences")
    for locale in LANGUAGES:
        if locale == "en":
            continue
        catalogue, path = merged(locale, template()), path_of(locale)  # merging changes what it merges
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(written(catalogue))
        missing = sum(1 for message in catalogue if message.id and not translated(message.string))
        print(f"{path.relative_to(ROOT)}: {missing} to translate")


# --- what the sources say ---------------------------------------------------------------------------------------


def words() -> list[Words]:
    """Every sentence of the interface, sorted.

    Raises:
        ValueError: The words of a call are not written out, so that nobody could translate them; or one sentence is
            used both with a plural and without.
    """
    found: dict[str, Words] = {}
    for one in (*_python(), *_templates(), *_client()):
        key = one if isinstance(one, str) else one[0]
        if found.setdefault(key, one) != one:
            raise ValueError(f"{key!r} has two plurals, or is used with and without one: {found[key]!r} and {one!r}")
    return [found[key] for key in sorted(found)]


def python_words(source: str, name: str = "") -> Iterator[Words]:
    """The sentences of a Python module. Read from its tree: Babel misses those within f-strings before Python 3.12."""
    for node in ast.walk(ast.parse(source, name)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        first = node.args[0]
        if getattr(node.func, "id", getattr(node.func, "attr", "")) not in ("_", "N_", "translate"):
            continue
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
        elif isinstance(first, (ast.JoinedStr, ast.BinOp, ast.IfExp)):  # a name may hold words marked elsewhere
            raise ValueError(f"{name}:{node.lineno}: write the words of this call out: {ast.unparse(node)}")


def client_words(source: str, name: str = "") -> Iterator[Words]:
    """The sentences of a JavaScript module, also those in templates within templates."""
    source = COMMENT.sub("", source)
    calls = list(CALL.finditer(source))
    if strange := {call.start() for call in ANY_CALL.finditer(source)} - {call.start() for call in calls}:
        at = min(strange)
        raise ValueError(f"{name}: write the words of this call out, between double quotes: {source[at : at + 60]!r}")
    for call in calls:
        text, one, many = (None if group is None else str(json.loads(f'"{group}"')) for group in call.groups())
        if text is not None:
            yield text
        elif one is not None and many is not None:
            yield one, many


def _python() -> Iterator[Words]:
    for path in sorted(FOLDER.parent.rglob("*.py")):
        yield from python_words(path.read_text(encoding="utf-8"), path.name)


def _templates() -> Iterator[Words]:
    options = {"newstyle_gettext": "true", "silent": "false"}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        with path.open("rb") as file:
            for _line, marker, found, _comments in babel_extract(file, ("_", "gettext", "ngettext"), (), options):
                texts = [text for text in ([found] if isinstance(found, str) else found or ()) if text]
                if marker == "ngettext" and len(texts) == 2:
                    yield texts[0], texts[1]
                elif texts:
                    yield texts[0]


def _client() -> Iterator[Words]:
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        if path.name != "i18n.js":  # where t() and n() are made
            yield from client_words(path.read_text(encoding="utf-8"), path.name)


# --- the catalogues ---------------------------------------------------------------------------------------------


def template() -> Catalog:
    """The catalogue without translations."""
    catalogue = Catalog(charset="utf-8", fuzzy=False)
    client = set(_client())
    for one in words():
        catalogue.add(one, auto_comments=[CLIENT] if one in client else ())
    return catalogue


def path_of(locale: str) -> Path:
    return FOLDER / locale / "messages.po"


def read(locale: str) -> Catalog:
    """The catalogue of a language as it is on disk; empty if there is none."""
    path = path_of(locale)
    if not path.is_file():
        return Catalog(locale=locale, charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=locale, abort_invalid=True)


def merged(locale: str, fresh: Catalog) -> Catalog:
    """The catalogue of a language, with exactly the sentences of `fresh`."""
    catalogue = read(locale)
    catalogue.update(fresh, no_fuzzy_matching=True)
    for message in catalogue:
        if message.id and message.fuzzy:  # it has got a plural, or lost it: to be translated anew
            message.flags.discard("fuzzy")
            message.string = ("",) * catalogue.num_plurals if message.pluralizable else ""
    return catalogue


def translated(string: str | list[str] | tuple[str, ...] | None) -> bool:
    """Whether every form has words."""
    return bool(string) and all([string] if isinstance(string, str) else string or ())


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a file, always the same one. Babel's own header would carry dates and addresses."""
    header = ["MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit"]
    if catalogue.locale:
        header = [f"Language: {catalogue.locale}", *header, f"Plural-Forms: {catalogue.plural_forms}"]
    lines = "".join(f'"{line}\\n"\n' for line in header)
    body = io.BytesIO()
    write_po(body, catalogue, width=0, no_location=True, omit_header=True, sort_output=True, ignore_obsolete=True)
    return f'msgid ""\nmsgstr ""\n{lines}\n'.encode() + body.getvalue().strip() + b"\n"


if __name__ == "__main__":
    main()
