"""Cutting a text into phrases that a group can speak about one by one: sentences, and the long parts of long ones."""

from __future__ import annotations

import re

LONG = 200
"""A sentence longer than this is cut at its semicolons and colons."""

# After these a full stop ends no sentence; English, Spanish, French and Catalan.
SHORT_FORMS = (
    "mr mrs ms dr prof st no nos vs etc e.g i.e cf fig p pp approx dept inc "
    "sr sra srta d dª dña ud uds ej p.ej núm pág av art "
    "m mm mme mlle n° par ex p.ex env chap "
    "núms pàg ex sta sto"
)

_END = re.compile(r"([.!?…]+[\"'”’»)\]]*)\s+")
_INSIDE = re.compile(r"([;:])\s+")


def split(text: str) -> list[str]:
    """The phrases of a text, in order; joined by single spaces they say the same.

    A line break ends a phrase; so do a full stop, a question or exclamation mark, unless the stop belongs to a short
    form or a number.
    """
    found: list[str] = []
    for line in text.splitlines():
        for sentence in _sentences(" ".join(line.split())):
            found += _cut(sentence, _INSIDE) if len(sentence) > LONG else [sentence]
    return [phrase for phrase in found if phrase]


def _sentences(line: str) -> list[str]:
    pieces = _cut(line, _END)
    sentences: list[str] = []
    for piece in pieces:
        if sentences and _goes_on(sentences[-1], piece):
            sentences[-1] += f" {piece}"
        else:
            sentences.append(piece)
    return sentences


def _cut(text: str, at: re.Pattern[str]) -> list[str]:
    return [piece.strip() for piece in at.sub(r"\1\n", text).split("\n")]


def _goes_on(before: str, after: str) -> bool:
    """Was that full stop none: a short form, an initial, or is the next word in lower case?"""
    if not before.endswith("."):
        return after[:1].islower() and before.endswith("…")
    last = before[:-1].rsplit(" ", 1)[-1].lstrip("(«“\"'").lower()
    return last in _SHORT or (len(last) == 1 and last.isalpha()) or after[:1].islower()


_SHORT = frozenset(SHORT_FORMS.split())
