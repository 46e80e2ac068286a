"""How a wording changed: a word-by-word difference, for the provenance of a conclusion."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

Piece = tuple[str, str]
"""(`"same"` | `"added"` | `"removed"`, text)"""


def difference(before: str, after: str) -> list[Piece]:
    """Word-level difference of two texts.

    Joining the `same` and `removed` pieces gives `before` back to the letter; `same` and `added` give `after`.
    """
    old, new = _words(before), _words(after)
    pieces: list[Piece] = []
    for op, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if op == "equal":
            pieces.append(("same", "".join(old[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(("removed", "".join(old[i1:i2])))
        if j2 > j1:
            pieces.append(("added", "".join(new[j1:j2])))
    return pieces


def _words(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text)
