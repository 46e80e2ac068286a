"""A document as Markdown (CommonMark with tables). What users typed is escaped: it can never become markup.

Codes that jump in the HTML are plain words here: Markdown has no anchors of its own. A chart is its table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..domain.document import (
    Block,
    Cell,
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
    Photos,
    Quote,
    Rank,
    Reference,
    Section,
    Statement,
    Styled,
    Table,
)
from .moments import written

# HTML becomes entities, which old renderers understand as well; the rest of what may start markup gets a backslash.
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
MARKUP = re.compile(r"[\\`*_{}\[\]#|~$@^]")
# Addresses would become links by themselves: break what they are recognised by.
ADDRESS = re.compile(r"(?i)(?<=www)\.|:(?=//)")
FIRST = re.compile(r"^([-+=]|\d+(?=[.)](\s|$)))")


def render(document: Document) -> bytes:
    """The Markdown file of a document, UTF-8."""
    parts = [f"# {escape(document.title)}", escape(document.subtitle)]
    parts += [f"{escape(name)}: {escape(value)}" for name, value in document.meta]
    parts += _blocks(document.blocks, 2)
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def escape(text: str) -> str:
    """Plain text on one line, as Markdown that shows exactly it."""
    line = " ".join(text.split())
    line = MARKUP.sub(r"\\\g<0>", line)
    line = "".join(ENTITIES.get(ch, ch) for ch in line)
    line = ADDRESS.sub(r"\\\g<0>", line)
    return FIRST.sub(lambda m: f"{m[0]}\\" if m[0].isdigit() else f"\\{m[0]}", line)


def _blocks(blocks: Sequence[Block], level: int) -> list[str]:
    return [text for block in blocks for text in _block(block, level)]


def _block(block: Block, level: int) -> list[str]:
    if isinstance(block, Section):
        return [f"{'#' * min(level, 6)} {escape(block.title)}", *_blocks(block.blocks, level + 1)]
    if isinstance(block, Statement):
        title = f"{block.code} · {block.label}" if block.label else block.code
        return [f"{'#' * min(level, 6)} {escape(title)}", f"**{escape(block.text)}**", *_blocks(block.blocks, 6)]
    if isinstance(block, Paragraph):
        return [_line(block.line)]
    if isinstance(block, Quote):
        return [f"> {escape(block.text)}" + (f"\n>\n> — {escape(block.by)}" if block.by else "")]
    if isinstance(block, Note):
        return [f"*{_line(block.line)}*"] if block.line != ("",) else []
    if isinstance(block, ListBlock):
        mark = "1." if block.ordered else "-"
        return ["\n".join(f"{mark} {_line(item)}" for item in block.items)]
    if isinstance(block, Facts):
        return ["\n".join(f"- {escape(name)}: {_line(value)}" for name, value in block.pairs)]
    if isinstance(block, Diff):
        return [f"{escape(block.caption)}: {_diff(block)}"]
    if isinstance(block, Photos):
        # One file: the pictures are in the others. What they show is here.
        told = [(photo.caption, photo.alt if photo.alt != photo.caption else "", photo.under) for photo in block.photos]
        return ["\n".join(f"- {escape(' · '.join(filter(None, words)))}" for words in told)]
    return _table(block.table if isinstance(block, Figure) else block)


def _table(table: Table) -> list[str]:
    aligned = ["---:" if column.kind in ("number", "rank") else "---" for column in table.columns]
    rows = [
        [escape(column.title) for column in table.columns],
        aligned,
        *([_cell(cell) for cell in row.cells] for row in table.rows),
    ]
    caption = [] if table.quiet else [f"**{escape(table.caption)}**"]
    return [*caption, "\n".join(f"| {' | '.join(cells)} |" for cells in rows)]


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    if isinstance(cell, Rank):
        return f"{cell.place} =" if cell.tied else str(cell.place)
    if isinstance(cell, tuple):
        return _line(cell)
    if isinstance(cell, Moment):
        return written(cell.at, zone=False)
    return _inline(cell)


def _line(line: Line) -> str:
    # Escaped piece by piece, so the spaces at their edges are kept aside.
    return " ".join("".join(_edged(inline) for inline in line).split())


def _edged(inline: Inline) -> str:
    text = _inline(inline)
    if not isinstance(inline, str):
        return text
    before = " " if inline[:1].isspace() else ""
    after = " " if text and inline[-1:].isspace() else ""
    return f"{before}{text}{after}"


def _inline(inline: Inline) -> str:
    if isinstance(inline, str):
        return escape(inline)
    if isinstance(inline, Reference):
        return escape(inline.text)
    if isinstance(inline, Styled):
        mark = "**" if inline.strong else "*" if inline.emphasis else ""
        words = f"{mark}{escape(inline.text)}{mark}" if inline.text.strip() else " "
        return f"[{words}](<{inline.url}>)" if inline.url else words
    return escape(written(inline.at))


def _diff(diff: Diff) -> str:
    """Both wordings whole: marks inside words would not survive every renderer."""
    before = "".join(text for kind, text in diff.pieces if kind != "added")
    after = "".join(text for kind, text in diff.pieces if kind != "removed")
    return f"“{escape(before)}” → “{escape(after)}”"
