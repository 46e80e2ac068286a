"""A document as JSON and back, always the same: what an edition keeps, and what its hash is of.

Every data class of `domain.document` becomes an object with its name under `is`; tuples become lists. The text is
canonical (keys in order, no white space, UTF-8): equal documents have equal texts, and equal texts have equal hashes.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, get_args

from . import document as model
from .document import Block, Document, Moment, Note, Section, rebuilt, sections

VERSION = 1
JSON = dict[str, Any]

KINDS: dict[str, type[Any]] = {
    name: kind for name, kind in vars(model).items() if isinstance(kind, type) and is_dataclass(kind)
}


@dataclass(frozen=True)
class Frozen:
    """What an edition says: its report, and the news that the public page tells."""

    report: Document
    news: Document


def written(frozen: Frozen) -> str:
    """The canonical text."""
    data = {"format": "facilitator-edition", "version": VERSION}
    return canonical({**data, "report": to_data(frozen.report), "news": to_data(frozen.news)})


def read(text: str) -> Frozen:
    """What `written` was given.

    Raises:
        ValueError: it is no such text, or one of a later version.
    """
    data = json.loads(text)
    if data.get("format") != "facilitator-edition" or data.get("version") != VERSION:
        raise ValueError("not an edition that this version can read")
    return Frozen(from_data(data["report"]), from_data(data["news"]))


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8, 64 hexadecimal digits: `sha256sum` of the file says the same."""
    return hashlib.sha256(text.encode()).hexdigest()


def without_name(text: str, name: str, instead: str, others: Collection[str]) -> str:
    """The same text without somebody's name, wherever it stands as words of its own; `instead` takes its place. Names
    of others that have this one in them stay whole.

    What the report wrote and what people wrote is one text by now, so the name goes from both.
    """
    longer = sorted((other for other in others if other != name and name in other), key=len, reverse=True)
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, [*longer, name]))})(?!\w)")

    def nameless(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return {inner: nameless(part, inner) for inner, part in value.items()}
        if isinstance(value, list):
            return [nameless(part, key) for part in value]
        if not isinstance(value, str) or key in CODES or value in CODES:
            return value
        return words.sub(lambda found: instead if found[0] == name else found[0], value)

    return canonical(nameless(json.loads(text)))


CODES = frozenset({"is", "format", "anchor", "kind", "tone", "language", "url", "file"}) | {
    *get_args(model.Tone), "same", "added", "removed",
}  # fmt: skip
"""Fields whose text is nobody's words, and words that stand in a list for a tone or a kind."""


def noted(text: str, note: str, before: str) -> str:
    """The same text with a warning in front of the report and of the news, in place of the one that said `before`."""

    def told(document: Document) -> Document:
        kept = document.blocks[1:] if document.blocks[:1] == (_warning(before),) else document.blocks
        return replace(document, blocks=(_warning(note), *kept))

    made = read(text)
    return written(Frozen(told(made.report), told(made.news)))


def _warning(text: str) -> Note:
    return Note((text,), warning=True)


def seal(key: str, edition: str, revision: int, text: str, contents: list[JSON], changes: list[JSON]) -> str:
    """What only who has the installation's key can write: that it has compiled `text` for this edition as it was
    arranged then."""
    said = canonical([edition, revision, digest(text), contents, changes])
    return hmac.new(key.encode(), f"edition {said}".encode(), hashlib.sha256).hexdigest()


def canonical(data: Any) -> str:
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def to_data(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{f.name: to_data(getattr(value, f.name)) for f in fields(value)}}
    if isinstance(value, tuple | list):
        return [to_data(part) for part in value]
    return value


def from_data(data: Any) -> Any:
    if isinstance(data, Mapping):
        return KINDS[data["is"]](**{name: from_data(value) for name, value in data.items() if name != "is"})
    if isinstance(data, list):
        return tuple(from_data(part) for part in data)
    return data


def difference(before: Frozen, after: Frozen) -> list[JSON]:
    """What a correction changes: `{where, change, title}`. `where` is `news` (the public page), `front` (what precedes
    the first section), `order` (that of the sections) or `section`; `change` is `added`, `changed` or `removed`;
    `title` is the section's, one within another as “Day 1 › Conclusions”. That they were made at different moments is
    no change."""
    before, after = _timeless(before), _timeless(after)
    changes = list(_compared(before.report.blocks, after.report.blocks))
    if _order(before.report, after.report) != _order(after.report, before.report):
        changes.insert(0, {"where": "order", "change": "changed", "title": ""})
    if _front(before.report.blocks) != _front(after.report.blocks):
        changes.insert(0, {"where": "front", "change": "changed", "title": ""})
    if to_data(before.news.blocks) != to_data(after.news.blocks):
        changes.insert(0, {"where": "news", "change": "changed", "title": ""})
    return changes


def _compared(before: Sequence[Block], after: Sequence[Block], within: str = "") -> Iterator[JSON]:
    old, new = ({section.anchor: section for section in sections(blocks)} for blocks in (before, after))
    for anchor in [*new, *(anchor for anchor in old if anchor not in new)]:
        one, other = old.get(anchor), new.get(anchor)
        title = within + (other or old[anchor]).title
        if one is None or other is None:
            yield {"where": "section", "change": "added" if one is None else "removed", "title": title}
        elif to_data(one) != to_data(other):
            inner = list(_compared(one.blocks, other.blocks, f"{title} › ")) if not within else []
            told = inner and _front(one.blocks) == _front(other.blocks) and one.title == other.title
            yield from inner if told else [{"where": "section", "change": "changed", "title": title}]


def _order(report: Document, other: Document) -> list[str]:
    """The sections of a report that the other has, too, as they stand."""
    known = {section.anchor for section in sections(other.blocks)}
    return [section.anchor for section in sections(report.blocks) if section.anchor in known]


def _timeless(frozen: Frozen) -> Frozen:
    own = Moment(frozen.report.gathered_at)
    return rebuilt(frozen, lambda part: Moment(0) if part == own else part)  # type: ignore[no-any-return]


def _front(blocks: Sequence[Block]) -> list[Any]:
    return [to_data(block) for block in blocks if not isinstance(block, Section)]
