"""A document as PDF, set by typst: tagged, with bookmarks and page numbers, charts as vectors, PDF/UA-1.

What users typed goes in as data (`report.typ` reads it and evaluates none of it). PDF/UA forbids signs without a glyph:
where a script has no font on this machine, the file is made without that claim, and says which scripts are missing.
typst has fonts for Latin, Greek, Cyrillic, Hebrew, Arabic and more of its own; those of the machine fill in.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from ..domain.document import (
    Block,
    Diff,
    Document,
    Facts,
    Figure,
    Inline,
    Line,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Photo,
    Photos,
    Quote,
    Reference,
    Section,
    Statement,
    Styled,
    Table,
    anchors,
)
from . import charts
from .cells import line_of, weights
from .moments import written
from .plain import breakable, clean
from .typeset import put, typeset

FOLDER = Path(__file__).parent
PROGRAM = str(FOLDER / "typeset.py")
MOST_COLUMNS = 6
"""Columns of a table on a page: with one more, words have a syllable's room, and a row is as high as a paragraph."""

JSON = dict[str, Any]


def render(document: Document, translate: Callable[[str], str] = lambda text: text) -> bytes:
    """The PDF file of a document.

    Args:
        translate: gettext, for the sentence about scripts without a font.
    """
    with TemporaryDirectory() as folder:
        lay_out(document, translate, Path(folder))
        return typeset(Path(folder))


def lay_out(document: Document, translate: Callable[[str], str], folder: Path) -> None:
    """Put all that typst may read into a folder, under names of ours, for `typeset`."""
    reading = _Data(document)
    missing = translate(
        "This machine has no font for {scripts}: these signs are missing here. The web page and the Word file have "
        "them. Whoever runs the server can install a font, Noto for example."
    )
    put(folder, FOLDER / "report.typ", reading.data(), document.gathered_at, missing)
    for number, photo in enumerate(reading.photos):
        _place(photo, folder, number)


def pictures(figures: Sequence[Figure]) -> list[bytes]:
    """The charts of figures as PNG, for formats that take no SVG; 144 dots an inch at 480 points."""
    if not figures:
        return []
    source = (
        b"#set page(width: 480pt, height: auto, margin: 0pt)\n"
        b'#for svg in json(bytes(sys.inputs.data)) { page(image(bytes(svg), format: "svg", width: 480pt)) }'
    )
    data = json.dumps([str(charts.svg(figure, "chart")) for figure in figures])
    made = typst.compile(source, format="png", ppi=144, sys_inputs={"data": data})
    return [made] if isinstance(made, bytes) else list(made)


def _place(photo: Photo, root: Path, number: int) -> None:
    """A picture as typst takes it: in a drawing that holds nothing else. So its JPEG goes into the PDF as it is stored,
    260 pixels an inch on the 78 mm that it has on a page; of one that it is given as a picture, typst holds every pixel
    until the end, half a megabyte each."""
    assert photo.file is not None
    shutil.copy(photo.file, root / f"{number}.jpg")
    size = f'width="{photo.width}" height="{photo.height}"'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image href="{number}.jpg" {size}/></svg>'
    (root / f"{number}.svg").write_text(drawing)


class _Data:
    """A document as the JSON that `report.typ` reads."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known = set(anchors(document.blocks))
        self.charts = 0
        self.photos: list[Photo] = []

    def data(self) -> JSON:
        document = self.document
        sections = [index for index, block in enumerate(document.blocks) if isinstance(block, Section)]
        first = sections[0] if sections and document.contents else 0
        return {
            "title": clean(" ".join(document.title.split())),
            "running": _short(document.title),
            "subtitle": _text(document.subtitle),
            "language": document.language,
            "kind": " · ".join(_text(value) for _name, value in document.meta),
            "state": written(document.gathered_at),
            "contents": _text(document.contents),
            "brief": not document.contents,
            "remarks": [],
            "first": list(self.blocks(document.blocks[:first])),
            "blocks": list(self.blocks(document.blocks[first:])),
        }

    def blocks(self, blocks: Sequence[Block]) -> Iterator[JSON]:
        for block in blocks:
            yield self.block(block)

    def block(self, block: Block) -> JSON:
        if isinstance(block, Section):
            return {
                "kind": "section", "title": _text(block.title), "anchor": block.anchor, "new_page": block.new_page,
                "listed": block.listed, "blocks": list(self.blocks(block.blocks)),
            }  # fmt: skip
        if isinstance(block, Statement):
            return {
                "kind": "statement", "code": block.code, "label": block.label, "text": _text(block.text),
                "anchor": block.anchor, "blocks": list(self.blocks(block.blocks)),
            }  # fmt: skip
        if isinstance(block, Paragraph):
            return {"kind": "paragraph", "line": self.line(block.line)}
        if isinstance(block, Quote):
            return {"kind": "quote", "text": _text(block.text), "by": _text(block.by)}
        if isinstance(block, Note):
            return {"kind": "note", "line": self.line(block.line), "warning": block.warning}
        if isinstance(block, ListBlock):
            return {"kind": "list", "items": [self.line(item) for item in block.items], "ordered": block.ordered}
        if isinstance(block, Facts):
            pairs = [[_text(name), self.line(line)] for name, line in block.pairs]
            return {"kind": "facts", "pairs": pairs, "large": block.large}
        if isinstance(block, Diff):
            pieces = [[kind, _text(text)] for kind, text in block.pieces]
            return {"kind": "diff", "caption": _text(block.caption), "pieces": pieces}
        if isinstance(block, Figure):
            self.charts += 1
            return {
                "kind": "figure", "caption": _text(block.caption), "alt": clean(block.description),
                "svg": str(charts.svg(block, f"chart-{self.charts}")), "table": self.table(block.table),
            }  # fmt: skip
        if isinstance(block, Photos):
            return {"kind": "photos", "photos": [self.photo(photo) for photo in block.photos]}
        return self.table(block)

    def photo(self, photo: Photo) -> JSON:
        if photo.file is not None:
            self.photos.append(photo)
        return {
            "file": f"{len(self.photos) - 1}.svg" if photo.file is not None else None, "alt": clean(photo.alt),
            "caption": _text(photo.caption), "under": _text(photo.under), "upright": photo.height > photo.width,
        }  # fmt: skip

    def table(self, table: Table) -> JSON:
        widths = weights(table)
        return {
            "kind": "entries" if self.document.contents and listed(table) else "table",
            "caption": None if table.quiet else _text(table.caption),
            "columns": [
                {"title": _text(column.title), "right": column.kind in ("number", "rank"), "weight": weight}
                for column, weight in zip(table.columns, widths, strict=True)
            ],
            "rows": [
                {
                    "anchor": row.anchor,
                    "muted": row.muted,
                    "cells": [self.line(line_of(cell)) for cell in row.cells],
                }
                for row in table.rows
            ],
        }

    def line(self, line: Line) -> list[list[str]]:
        return [self.inline(inline) for inline in line]

    def inline(self, inline: Inline) -> list[str]:
        if isinstance(inline, Reference):
            return [_text(inline.text), inline.anchor] if inline.anchor in self.known else [_text(inline.text)]
        if isinstance(inline, Styled):
            style = "strong" if inline.strong else "emphasis" if inline.emphasis else ""
            return [_text(inline.text), inline.url, style]
        return [written(inline.at) if isinstance(inline, Moment) else _text(inline)]


def listed(table: Table) -> bool:
    """Whether a table is set as a list: its rows are referred to, or it has more columns than a page has room for. Not
    in the brief, where rows are few and figures beside each other are the point of them."""
    referred_to = table.quiet and all(row.anchor for row in table.rows)
    return bool(table.rows) and (referred_to or len(table.columns) > MOST_COLUMNS)


def _text(text: str) -> str:
    return breakable(clean(text))


def _short(text: str) -> str:
    line = _text(" ".join(text.split()))
    return line if len(line) <= 90 else line[:89] + "…"
