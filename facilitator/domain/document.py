"""A report as data: sections, tables, charts, statements, notes, pictures. How it looks is the renderers' business.

Every string is plain text, whoever wrote it, and a renderer escapes all of it. Anchors are names inside the document
(`a-z`, `0-9` and `-`), made by whoever compiles it and never by a user.

Moments are milliseconds since 1970-01-01 UTC.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

from .wording import Piece

ANCHOR = re.compile(r"^[a-z][a-z0-9-]{0,63}$")
ADDRESS = re.compile(r"^(https?://[^\s/]|mailto:[^\s@]+@)\S*$")


# --- inside a line --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reference:
    """A jump to a place of the same document."""

    text: str
    anchor: str

    def __post_init__(self) -> None:
        _require_anchor(self.anchor)


@dataclass(frozen=True)
class Moment:
    """A point in time, in milliseconds since 1970-01-01 UTC."""

    at: int


@dataclass(frozen=True)
class Styled:
    """Words that stand out in a text which the organiser has written; with a `url`, a way out of the document. Nothing
    that was contributed becomes one."""

    text: str
    strong: bool = False
    emphasis: bool = False
    url: str = ""

    def __post_init__(self) -> None:
        if self.url and not ADDRESS.match(self.url):
            raise ValueError(f"{self.url!r} cannot be linked to")


Inline = str | Reference | Moment | Styled
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Rank:
    """A place in a result; `tied` if others share it."""

    place: int
    tied: bool


Cell = str | int | float | None | Moment | Rank | Line
"""None is an empty cell: nothing is known, which is not 0."""


# --- charts ---------------------------------------------------------------------------------------------------------

Tone = Literal["for", "partly", "neutral", "against"]


@dataclass(frozen=True)
class Part:
    """One stretch of a bar. `tone` says what it stands for: support, some of it, none, or the opposite."""

    label: str
    value: float
    tone: Tone = "for"


@dataclass(frozen=True)
class Bar:
    """A quantity: its parts, their figures in the same order as they stand beside the bar, and the same in words."""

    parts: tuple[Part, ...]
    figures: str
    words: str


@dataclass(frozen=True)
class BarRow:
    """A bar for each of the chart's series; None where nothing is known."""

    label: str
    bars: tuple[Bar | None, ...]


@dataclass(frozen=True)
class BarChart:
    """Rows of bars, one for each series (a tally by person, a tally by organisation). `full` is the value of a
    full-length bar, of each series."""

    series: tuple[str, ...]
    full: tuple[float, ...]
    rows: tuple[BarRow, ...]


@dataclass(frozen=True)
class RangeRow:
    """Where opinions lie on a scale: the middle one, and the middle half of all. `words` says the same."""

    label: str
    low: float
    middle: float
    high: float
    words: str


@dataclass(frozen=True)
class RangeChart:
    """Opinions on a scale whose points are called `points`, the first one being 1."""

    points: tuple[str, ...]
    rows: tuple[RangeRow, ...]


@dataclass(frozen=True)
class HeatCell:
    """`value` gives the shade, None for none; `text` stands in it."""

    value: float | None
    text: str


@dataclass(frozen=True)
class HeatChart:
    """A grid whose shades go from `lowest` to `highest`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]
    lowest: float
    highest: float


@dataclass(frozen=True)
class LaneItem:
    """Something to be done in a year and, if known, a quarter of it (1 to 4). `under` says who leads it."""

    label: str
    under: str
    year: int
    quarter: int | None


@dataclass(frozen=True)
class LaneChart:
    """What is done in which year, in order."""

    years: tuple[int, ...]
    items: tuple[LaneItem, ...]


@dataclass(frozen=True)
class FlowChart:
    """How much of each of the `left` goes to each of the `right`: (index on the left, index on the right, amount)."""

    left: tuple[tuple[str, int], ...]
    right: tuple[tuple[str, int, Tone], ...]
    flows: tuple[tuple[int, int, int], ...]


Depth = Literal["brief", "findings", "contributions", "record"]
"""How much a report tells."""

Chart = BarChart | RangeChart | HeatChart | LaneChart | FlowChart


# --- blocks ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    line: Line


@dataclass(frozen=True)
class Quote:
    """Words that somebody put to or said in the room, as they were, and whose they are."""

    text: str
    by: str = ""


@dataclass(frozen=True)
class ListBlock:
    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Facts:
    """Names and what they are: `(("Place", ("Barcelona",)), ...)`. `large` ones are the figures of the whole report."""

    pairs: tuple[tuple[str, Line], ...]
    large: bool = False


@dataclass(frozen=True)
class Note:
    """A remark about the text rather than a part of it. `warning` if a reader would be misled without it."""

    line: Line
    warning: bool = False


@dataclass(frozen=True)
class Diff:
    """How a wording changed, word by word."""

    caption: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Column:
    """A column and what its cells are: `code` is short and never broken over lines."""

    title: str
    kind: Literal["text", "code", "number", "moment", "rank"] = "text"


@dataclass(frozen=True)
class Row:
    """One row of a table. `muted` rows are there for completeness only."""

    cells: tuple[Cell, ...]
    anchor: str | None = None
    muted: bool = False

    def __post_init__(self) -> None:
        _require_anchor(self.anchor)


@dataclass(frozen=True)
class Table:
    """`quiet` if the heading above says what the caption says: then it is for those only who do not see the heading."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    quiet: bool = False

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != len(self.columns):
                raise ValueError(f"a row of “{self.caption}” has {len(row.cells)} cells, not {len(self.columns)}")


@dataclass(frozen=True)
class Figure:
    """A chart, what it shows in words, and below it the same as a table, for whoever cannot or would rather not see
    it."""

    caption: str
    description: str
    chart: Chart
    table: Table


@dataclass(frozen=True)
class Statement:
    """A numbered sentence that stands for itself, what it is (`label`), and below it what it rests on."""

    code: str
    text: str
    anchor: str
    label: str = ""
    blocks: tuple[Block, ...] = ()

    def __post_init__(self) -> None:
        _require_anchor(self.anchor)


@dataclass(frozen=True)
class Section:
    """A part with a title; how deep it lies is its level. `new_page` is for paper, `listed` for the contents."""

    title: str
    anchor: str
    blocks: tuple[Block, ...]
    new_page: bool = False
    listed: bool = True

    def __post_init__(self) -> None:
        _require_anchor(self.anchor)


@dataclass(frozen=True)
class Photo:
    """A picture that somebody took: what it shows (`alt`, for whoever cannot see it), what was written below it, and
    where it is from (`under`). `file` is the path of a JPEG of `width` by `height` pixels; None where it is lost, and
    in a frozen document, which finds it again by the id of the `picture`, as long as it may be shown."""

    alt: str
    caption: str
    under: str
    file: str | None
    width: int
    height: int
    picture: str = ""


@dataclass(frozen=True)
class Photos:
    """Pictures beside and below each other, in order."""

    photos: tuple[Photo, ...]


Block = Section | Statement | Paragraph | Quote | ListBlock | Facts | Note | Diff | Table | Figure | Photos


@dataclass(frozen=True)
class Document:
    """A whole report. `language` is a BCP 47 tag; `contents` is the title of the table of contents, empty for a report
    without one. `gathered_at` is the state that it tells of."""

    title: str
    subtitle: str
    language: str
    contents: str
    meta: tuple[tuple[str, str], ...]
    gathered_at: int
    blocks: tuple[Block, ...]


def sections(blocks: Sequence[Block]) -> Iterator[Section]:
    """The sections that lie directly in `blocks`, in order."""
    return (block for block in blocks if isinstance(block, Section))


def anchors(blocks: Sequence[Block]) -> Iterator[str]:
    """Every anchor that is defined in `blocks`, at any depth, in order."""
    for block in _with_tables(blocks):
        if isinstance(block, Section | Statement):
            yield block.anchor
            yield from anchors(block.blocks)
        elif isinstance(block, Table):
            yield from (row.anchor for row in block.rows if row.anchor is not None)


def references(blocks: Sequence[Block]) -> Iterator[str]:
    """Every anchor that is referred to in `blocks`, at any depth, in order."""
    for block in _with_tables(blocks):
        lines: list[Line] = []
        if isinstance(block, Section | Statement):
            yield from references(block.blocks)
        elif isinstance(block, Table):
            lines = [cell for row in block.rows for cell in row.cells if isinstance(cell, tuple)]
        elif isinstance(block, Facts):
            lines = [line for _, line in block.pairs]
        elif isinstance(block, ListBlock):
            lines = list(block.items)
        elif isinstance(block, Paragraph | Note):
            lines = [block.line]
        yield from (inline.anchor for line in lines for inline in line if isinstance(inline, Reference))


def rebuilt(value: Any, change: Callable[[Any], Any]) -> Any:
    """A document, or any other tree of data classes and tuples, made anew with `change` done to every part of it, from
    the top down."""
    value = change(value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(**{field.name: rebuilt(getattr(value, field.name), change) for field in fields(value)})
    if isinstance(value, tuple):
        return tuple(rebuilt(part, change) for part in value)
    return value


def _with_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Figure):
            yield block.table


def _require_anchor(anchor: str | None) -> None:
    if anchor is not None and not ANCHOR.match(anchor):
        raise ValueError(f"{anchor!r} cannot be an anchor")
