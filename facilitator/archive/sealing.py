"""What was promised to nobody's name keeps that promise in an archive, whoever reads it.

An organiser may know everything that an archive says. So that this stays true:

- In a secret or anonymous ballot and in a ratification, everybody who was asked is a stand-in: a person without a name,
  another one in each ballot. Which of them are of one organisation is known (their `voice`), because the count by
  organisations needs it; which organisation that is, is not.
- What was written without a name, or under an organisation's alone, is by a stand-in, one for each; so is a reaction.
- What was written in private and never shown is left out.

A stand-in is a row of `person` with the origin `import` and an empty name: on no roster, counted nowhere. What is by
one already (it came out of an archive) stays as it is, so that an archive of what was brought in is the same again.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from ..store.models import ALPHABET

Tables = dict[str, list[dict[str, Any]]]


def seal(tables: Tables, key: str) -> Tables:
    """The same tables without those secrets. `key` makes stand-ins the same each time, and nobody else's to undo."""
    sealed = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    _Sealing(sealed, key).work()
    return sealed


class _Sealing:
    def __init__(self, tables: Tables, key: str) -> None:
        self.tables, self.key = tables, key
        self.people = {row["id"]: row for row in tables["person"]}
        self.new: dict[str, dict[str, Any]] = {}

    def work(self) -> None:
        self._never_shown()
        self._ballots()
        self._ratifications()
        self._without_a_name("proposal")
        self._without_a_name("comment")
        for row in self.tables["reaction"]:
            row["person"] = self._stand_in("reaction", row["proposal"], row["person"])
        self.tables["person"] += self.new.values()

    def _never_shown(self) -> None:
        rows = self.tables["proposal"]
        gone = {row["id"] for row in rows if row["revealed_at"] is None and row["late_at"] is None}
        self.tables["proposal"] = [row for row in rows if row["id"] not in gone]
        self.tables["wording"] = [row for row in self.tables["wording"] if row["of"] not in gone]

    def _ballots(self) -> None:
        secret = {row["id"] for row in self.tables["ballot"] if row["rules"].get("secrecy", "secret") != "named"}
        behind: dict[tuple[str, str], str] = {}
        for row in self.tables["elector"]:
            if row["ballot"] in secret and row["person"] is not None:
                one = self._stand_in(row["ballot"], row["person"])
                behind[row["ballot"], row["voter"]] = one
                self._hide_home(row, row["ballot"])
                row |= {"voter": one, "person": one}
        for row in self.tables["vote"]:
            row["voter"] = behind.get((row["ballot"], row["voter"]), row["voter"])

    def _ratifications(self) -> None:
        for row in self.tables["ratifier"]:
            self._hide_home(row, row["ratification"], of=row["person"])
        for row in (*self.tables["ratifier"], *self.tables["position"]):
            row["person"] = self._stand_in(row["ratification"], row["person"])

    def _hide_home(self, row: dict[str, Any], where: str, of: str | None = None) -> None:
        if row["organisation"] is not None and not self._is_stand_in(of or row["person"]):
            row |= {"organisation": None, "voice": self._id("voice", where, row["organisation"])}

    def _without_a_name(self, table: str) -> None:
        authors: dict[str, tuple[str, str]] = {}
        for row in self.tables[table]:
            if row["names"] != "named" and row["author"] is not None:
                home = self.people[row["author"]]["organisation"] if row["names"] == "organisation" else None
                authors[row["id"]] = (row["author"], self._stand_in(table, row["id"], row["author"], home=home))
                row["author"] = authors[row["id"]][1]
        for row in self.tables["wording"]:
            if row["of"] in authors and row["by"] == authors[row["of"]][0]:
                row["by"] = authors[row["of"]][1]

    def _is_stand_in(self, person: str) -> bool:
        known = self.people.get(person)
        return known is None or known["origin"] == "import"

    def _stand_in(self, *where: str, home: str | None = None) -> str:
        """Who stands for the last one of `where` at the places before it."""
        person = where[-1]
        if self._is_stand_in(person):
            return person
        id = self._id("person", *where)
        if id not in self.new:
            nobody: dict[str, Any] = dict.fromkeys(self.people[person])
            nobody |= {key: self.people[person][key] for key in ("event", "role", "created_at")}
            nobody |= {"id": id, "name": "", "origin": "import", "languages": [], "organisation": home}
            self.new[id] = nobody | {"role": "participant", "created_at": 0}
        return id

    def _id(self, *words: str) -> str:
        mac = hmac.new(self.key.encode(), f"archive {' '.join(words)}".encode(), hashlib.sha256).digest()
        return "".join(ALPHABET[byte % len(ALPHABET)] for byte in mac[:12])
