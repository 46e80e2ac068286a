"""A roster out of a table: which column means what, and what a line says. Lines are rows of text cells.

Nothing here is stored: `read` gives either the people of all lines, or what is wrong with each line, by its number.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from . import text
from .refusals import Refused

FIELDS = ("name", "first_name", "last_name", "organisation", "kind", "role", "languages", "email", "group")
"""What a column can mean. A name stands in one column, or in two."""

ROLES = ("participant", "facilitator", "organiser", "observer")
MOST_PEOPLE = 2_000
MOST_LANGUAGES = 6

_HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("name", "full name", "participant", "person", "nombre y apellidos", "nombre completo", "nom complet",
             "nom i cognoms", "nom et prenom", "people", "attendee", "who"),
    "first_name": ("first name", "given name", "forename", "nombre", "prenom", "nom de pila"),
    "last_name": ("last name", "family name", "surname", "apellido", "apellidos", "nom", "nom de famille", "cognom",
                  "cognoms"),
    "organisation": ("organisation", "organization", "org", "institution", "company", "city", "member", "entity",
                     "body", "organizacion", "institucion", "entidad", "empresa", "organitzacio", "entitat",
                     "institucio", "organisme", "entreprise", "employer", "team", "department"),
    "kind": ("kind", "type", "membership", "tipo", "tipus", "kind of organisation", "member or collaborating"),
    "role": ("role", "rol", "funcion", "funcio", "fonction", "function"),
    "languages": ("languages", "language", "speaks", "idioma", "idiomas", "lengua", "lenguas", "langue", "langues",
                  "idiomes", "llengua", "llengues"),
    "email": ("email", "e mail", "mail", "email address", "correo", "correo electronico", "courriel", "adresse mail",
              "correu", "correu electronic"),
    "group": ("group", "table", "breakout", "breakout group", "grupo", "mesa", "groupe", "grup", "taula"),
}  # fmt: skip

_ROLE_WORDS = {
    "participant": ("participant", "participante", "participante s", "delegate", "member", "attendee", "guest"),
    "facilitator": ("facilitator", "moderator", "facilitador", "facilitadora", "animateur", "animatrice",
                    "moderador", "moderadora", "dinamitzador", "dinamitzadora", "facilitateur", "facilitatrice"),
    "organiser": ("organiser", "organizer", "host", "organizador", "organizadora", "organisateur", "organisatrice",
                  "organitzador", "organitzadora"),
    "observer": ("observer", "observador", "observadora", "observateur", "observatrice"),
}  # fmt: skip

_KIND_WORDS = {
    "member": ("member", "miembro", "membre", "full member", "yes"),
    "collaborating": ("collaborating", "collaborator", "partner", "guest", "associate", "colaborador", "colaboradora",
                      "partenaire", "collaborateur", "collaboratrice", "col laborador", "no"),
}  # fmt: skip

_LANGUAGE_WORDS = {
    "en": ("english", "ingles", "anglais", "angles", "inglese", "englisch"),
    "es": ("spanish", "espanol", "castellano", "espagnol", "castella", "espanyol", "castilian"),
    "fr": ("french", "frances", "francais", "franzosisch"),
    "ca": ("catalan", "catala"),
    "pt": ("portuguese", "portugues", "portugais"),
    "de": ("german", "aleman", "allemand", "alemany", "deutsch"),
    "it": ("italian", "italiano", "italien", "italia"),
    "nl": ("dutch", "neerlandes", "neerlandais", "nederlands"),
    "ar": ("arabic", "arabe", "arab"),
    "zh": ("chinese", "mandarin", "chino", "chinois", "xines"),
    "ja": ("japanese", "japones", "japonais"),
    "ko": ("korean", "coreano", "coreen", "corea"),
    "ru": ("russian", "ruso", "russe", "rus"),
    "eu": ("basque", "euskera", "euskara"),
    "gl": ("galician", "gallego", "galego"),
    "tr": ("turkish", "turco", "turc"),
    "hi": ("hindi",),
    "fa": ("persian", "farsi"),
}


@dataclass(frozen=True)
class Entry:
    """One person of the roster, as it was written. `organisation` and `group` are names; `kind` is the organisation's
    (None: not said); `languages` are ISO 639 codes, the best first."""

    name: str
    organisation: str | None = None
    kind: str | None = None
    role: str = "participant"
    languages: tuple[str, ...] = ()
    email: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class Known:
    """What the event has already: names of its breakout groups, and who is on its roster `(name, organisation)`, plain
    (see `plain`)."""

    groups: frozenset[str] = frozenset()
    people: frozenset[tuple[str, str]] = frozenset()
    emails: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Reading:
    """`entries` by line number (the first line of the table is 1), and what is wrong, by line number."""

    entries: dict[int, Entry] = field(default_factory=dict)
    problems: dict[int, list[Refused]] = field(default_factory=dict)


def plain(words: str) -> str:
    """For comparing: lower case, without accents, dots and dashes, single spaces."""
    bare = "".join(ch for ch in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(ch))
    return " ".join("".join(ch if ch.isalnum() else " " for ch in bare).split())


def match(first: Sequence[str]) -> list[str]:
    """What each column means, guessed from the cells of the first line: a name of `FIELDS`, or "" for none.

    No field is guessed twice; where nothing looks like a heading, all are "".
    """
    found: list[str] = []
    for cell in first:
        heading = plain(cell)
        guess = next((key for key in FIELDS if heading in _HEADINGS[key]), "")
        found.append(guess if guess not in found else "")
    if "last_name" in found and "first_name" not in found and "name" not in found:  # "Nom" alone is the whole name
        found[found.index("last_name")] = "name"
    if "first_name" in found and "last_name" not in found and "name" not in found:
        found[found.index("first_name")] = "name"
    return found


def has_headings(first: Sequence[str]) -> bool:
    """Does the first line name the columns, rather than a person?"""
    return any(match(first))


def read(
    rows: Mapping[int, Sequence[str]], columns: Sequence[str], known: Known = Known(), *, roles: Iterable[str] = ROLES
) -> Reading:
    """Read the lines of a table.

    Args:
        rows: cells by line number. Lines without any text are passed over.
        columns: what each column means: a name of `FIELDS`, or "".
        known: what the event has already.
        roles: those that may be given.

    Returns:
        Everybody whose line is right, and the problems of every other line: nobody of a line with a problem is in
        `entries`.
    """
    reading = Reading()
    seen: dict[tuple[str, str], int] = {}
    emails: dict[str, int] = {}
    for number, row in rows.items():
        said = {key: row[at].strip() if at < len(row) else "" for at, key in enumerate(columns) if key}
        if not any(cell.strip() for cell in row):
            continue
        problems: list[Refused] = []
        entry = _entry(said, known, frozenset(roles), problems)
        if entry is not None:
            who = (plain(entry.name), plain(entry.organisation or ""))
            if who in known.people or (entry.email and entry.email in known.emails):
                problems.append(Refused("person_known", name=entry.name))
            elif who in seen:
                problems.append(Refused("line_twice", name=entry.name, line=seen[who]))
            elif entry.email and entry.email in emails:
                problems.append(Refused("email_twice", email=entry.email, line=emails[entry.email]))
            seen.setdefault(who, number)
            if entry.email:
                emails.setdefault(entry.email, number)
        if problems or entry is None:
            reading.problems[number] = problems
        else:
            reading.entries[number] = entry
    return reading


def check(entry: Entry, known: Known = Known(), *, roles: Iterable[str] = ROLES) -> Entry:
    """One person as they may be stored.

    Raises:
        Refused: the first thing that is wrong.
    """
    said = {
        "name": entry.name,
        "organisation": entry.organisation or "",
        "kind": entry.kind or "",
        "role": entry.role,
        "languages": " ".join(entry.languages),
        "email": entry.email or "",
        "group": entry.group or "",
    }
    problems: list[Refused] = []
    checked = _entry(said, known, frozenset(roles), problems)
    if problems or checked is None:
        raise problems[0]
    return checked


def organisation_name(raw: str) -> str | None:
    """The name of an organisation, 1 to 120 characters on one line; None for nothing.

    Raises:
        Refused: `organisation_name`.
    """
    name = " ".join(text.visible(raw).split())
    if len(name) > text.THEME_LIMIT:
        raise Refused("organisation_name", length=len(name), limit=text.THEME_LIMIT)
    return name or None


def email(raw: str) -> str | None:
    """An address, in small letters; None for nothing.

    Raises:
        Refused: `email_wrong`.
    """
    said = raw.strip().lower()
    if not said:
        return None
    if "@" not in said[1:-1] or len(said) > 254 or not said.isprintable() or " " in said or said[0] in "=+-@":
        raise Refused("email_wrong")
    return said


def languages(raw: str) -> tuple[str, ...]:
    """Codes of the languages that somebody has named: "Spanish, en; fr".

    Raises:
        Refused: `language_unknown`.
    """
    found: list[str] = []
    for part in _pieces(raw):
        word = plain(part)
        code = next((code for code, words in _LANGUAGE_WORDS.items() if word == code or word in words), None)
        if code is None and len(word) in (2, 3) and word.isascii() and word.isalpha() and word == part.casefold():
            code = word
        if code is None:
            raise Refused("language_unknown", language=part[:40])
        if code not in found:
            found.append(code)
    return tuple(found[:MOST_LANGUAGES])


def role(raw: str, allowed: frozenset[str]) -> str:
    """The role that a word means; participant for nothing.

    Raises:
        Refused: `role_unknown`.
    """
    word = plain(raw)
    if not word:
        return "participant"
    found = next((key for key, words in _ROLE_WORDS.items() if word in words), None)
    if found is None or found not in allowed:
        raise Refused("role_unknown", role=raw.strip()[:40], roles=", ".join(key for key in ROLES if key in allowed))
    return found


def kind(raw: str) -> str | None:
    """The kind of organisation that a word means; None for nothing.

    Raises:
        Refused: `kind_unknown`.
    """
    word = plain(raw)
    if not word:
        return None
    found = next((key for key, words in _KIND_WORDS.items() if word in words), None)
    if found is None:
        raise Refused("kind_unknown", kind=raw.strip()[:40])
    return found


def _entry(said: Mapping[str, str], known: Known, allowed: frozenset[str], problems: list[Refused]) -> Entry | None:
    def tried(read: object, *args: object) -> object:
        try:
            return read(*args)  # type: ignore[operator]
        except Refused as refused:
            problems.append(refused)
            return None

    name = said.get("name") or " ".join(filter(None, (said.get("first_name"), said.get("last_name"))))
    found = {
        "name": tried(text.person_name, name),
        "organisation": tried(organisation_name, said.get("organisation", "")),
        "kind": tried(kind, said.get("kind", "")),
        "role": tried(role, said.get("role", ""), allowed),
        "languages": tried(languages, said.get("languages", "")),
        "email": tried(email, said.get("email", "")),
        "group": tried(_group, said.get("group", ""), known),
    }
    if problems:
        return None
    return Entry(**found)  # type: ignore[arg-type]


def _group(raw: str, known: Known) -> str | None:
    word = " ".join(text.visible(raw).split())
    if not word:
        return None
    found = next((name for name in known.groups if plain(name) == plain(word)), None)
    if found is None:
        raise Refused("group_unknown", name=word[:40], names=", ".join(sorted(known.groups)) or "–")
    return found


def _pieces(raw: str) -> list[str]:
    """What stands between commas, semicolons, slashes, "and"; codes may stand with spaces between them."""
    for mark in (";", "/", "|", "+", "&", "\n"):
        raw = raw.replace(mark, ",")
    pieces = [piece.strip() for piece in raw.split(",") if piece.strip()]
    spread: list[str] = []
    for piece in pieces:
        words = piece.split()
        spread += words if len(words) > 1 and all(len(word) <= 3 for word in words) else [piece]
    return [piece for piece in spread if plain(piece) not in ("and", "y", "et", "i", "e")]
