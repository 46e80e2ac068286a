"""Text as every format can carry it."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG = re.compile(r"\S{28,}")
_PIECE = re.compile(r"(\S{14})(?=\S)")


def clean(text: str) -> str:
    """Without the characters that XML forbids, in which half of the formats are written."""
    return _FORBIDDEN.sub("", text)


def breakable(text: str) -> str:
    """With places in overlong words (addresses, for example) at which a line may break."""
    return _LONG.sub(lambda long: _PIECE.sub("\\1\u200b", long[0]), text)
