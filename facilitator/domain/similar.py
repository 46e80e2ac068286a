"""Which proposals are like the one that somebody is typing: the same words in any order, with small slips.

Accents and case do not matter, nor do the small words of English, Spanish, French and Catalan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

LEAST = 60
MOST = 5
SHORTEST = 4
"""Below so many letters, everything is like everything."""

SMALL_WORDS = (
    "a an and are as at be by can for from have in is it its more must not of on or our shall should so than that the "
    "their them there they this to up us was we what when where which who will with would you your "
    "al como con de del el en es esta este la las lo los mas más mi no nos nuestra nuestro o para pero por que qué se "
    "si sin sobre son su sus un una uno y ya "
    "au aux avec ce ces cette dans des du elle est et être il ils je le les leur mais ne nous on ou où par pas plus "
    "pour qu que qui sa sans se ses son sont sur tous tout une vous "
    "amb als cal dels el els és fer ha hem hi ho i les més molt nostra nostre o per però què quan sense seva seu són "
    "tots una us"
)

_WORD = re.compile(r"[^\W_]+")


def similar(text: str, others: Iterable[tuple[str, str]], most: int = MOST) -> list[tuple[str, int]]:
    """The most similar of `others` (id, text), best first, with how similar they are: 60 to 100.

    The measure is rapidfuzz's token set ratio, weighed with how much of the longer text is shared, so that one common
    word makes nothing alike.
    """
    mine = tidy(text)
    if len(mine) < SHORTEST:
        return []
    tidied = {id: tidy(other) for id, other in others}
    found = process.extract(mine, tidied, scorer=_likeness, score_cutoff=LEAST, limit=most)
    return [(id, round(score)) for _, score, id in found]


def tidy(text: str) -> str:
    """The words that carry the meaning, without accents and in lower case."""
    plain = "".join(ch for ch in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(ch))
    words = [word for word in _WORD.findall(plain) if word not in _SMALL]
    return " ".join(words)


def _likeness(one: str, other: str, *, score_cutoff: float | None = None, **_: object) -> float:
    shared = float(fuzz.token_set_ratio(one, other))
    if score_cutoff is not None and shared < score_cutoff:
        return 0.0
    return (shared + float(fuzz.token_sort_ratio(one, other))) / 2


_SMALL = frozenset(
    "".join(ch for ch in unicodedata.normalize("NFD", word) if not unicodedata.combining(ch))
    for word in SMALL_WORDS.split()
)
