"""Draft together: a text, phrase by phrase, with support, concern and alternatives for each."""

from __future__ import annotations

from typing import ClassVar

from ..sheet import Identifier
from .base import ItemKind, Settings


class Draft(Settings):
    """`text`: the event's guiding text that is drafted here (mission, vision)."""

    allows: ClassVar[frozenset[str]] = frozenset(
        {"draft.set", "reaction.set", "comment.post", "comment.withdraw", "comment.adopt"}
    )
    makes: ClassVar[ItemKind] = "phrase"

    text: Identifier
