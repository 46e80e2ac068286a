"""A document as one HTML file: it prints, it works without a network or a script, and nothing in it can become either.

The page carries its own content security policy: no script, no request, no picture but those in it, no style but its
own, which is named by its hash. Whoever serves the file sends `CSP` as a header too.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markupsafe import Markup, escape

from ..domain.document import (
    Block,
    Cell,
    Column,
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
    Rank,
    Reference,
    Row,
    Section,
    Statement,
    Styled,
    Table,
    sections,
)
from . import charts
from .filled import Filled
from .html_style import STYLE
from .moments import written

_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CSP = f"default-src 'none'; img-src data:; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
"""The policy under which the file works: `Content-Security-Policy` when it is served."""

_TOC = Markup('<div class="toc"><nav aria-labelledby="contents"><h2 id="contents">{}</h2>{}</nav></div>\n')
_PAGE = Markup(
    '<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
    '<meta http-equiv="Content-Security-Policy" content="{csp}">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="referrer" content="no-referrer">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n'
    '<a class="skip" href="#report">{title}</a>\n<div class="page">\n'
    '<header class="cover">{meta}<h1 dir="auto">{title}</h1><p class="sub" dir="auto">{subtitle}</p></header>\n'
    '<div class="{spread}">\n{toc}<main id="report">\n{body}\n</main>\n</div>\n</div>\n</body>\n</html>\n'
)
_HERE = Markup("<!-- blocks -->")
"""A comment: no word of a document can be one."""


def render(document: Document) -> bytes:
    """The HTML file of a document, UTF-8."""
    # The pieces of the page are put together once: nested, each section would hold its pictures another time.
    before, after = _page(document).split(_HERE)
    return b"".join(piece.encode() for piece in (before, *_Body().pieces(document.blocks, 2), after))


def _page(document: Document) -> Markup:
    """All of the page but its blocks, which stand at `_HERE`."""
    return _PAGE.format(
        language=document.language,
        csp=CSP,
        title=document.title,
        subtitle=document.subtitle,
        style=Markup(STYLE),  # ours: a constant of the house
        spread="spread" if document.contents else "narrow",
        meta=_join(Markup('<p class="kind">{}</p>').format(value) for _, value in document.meta),
        toc=_TOC.format(document.contents, _contents(list(sections(document.blocks)), 2)) if document.contents else "",
        body=_HERE,
    )


def parts(blocks: Sequence[Block], level: int = 2) -> list[tuple[Block, Markup]]:
    """Each block as a part of another page; `level` is that of their headings."""
    body = _Body()
    return [(block, _join(body.block(block, level))) for block in blocks]


def pieces(blocks: Sequence[Block], level: int = 2) -> Markup:
    """All of them as one part of another page."""
    return _join(piece for _, piece in parts(blocks, level))


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _contents(entries: Sequence[Section], depth: int) -> Markup:
    entries = [entry for entry in entries if entry.listed]
    if not entries or not depth:
        return Markup("")
    items = _join(
        Markup('<li><a href="#{}" dir="auto">{}</a>{}</li>').format(
            entry.anchor, entry.title, _contents(list(sections(entry.blocks)), depth - 1)
        )
        for entry in entries
    )
    return Markup("<ol>{}</ol>").format(items)


class _Body:
    """The blocks of one document. It counts the charts, whose ids have to differ."""

    def __init__(self) -> None:
        self.charts = 0

    def pieces(self, blocks: Sequence[Block], level: int) -> Iterator[Markup]:
        for index, block in enumerate(blocks):
            if index:
                yield _BREAK
            yield from self.block(block, level)

    def block(self, block: Block, level: int) -> Iterator[Markup]:
        if isinstance(block, Section):
            page, heading = _NEW_PAGE if block.new_page else "", min(level, 6)
            yield _SECTION(page, heading, block.anchor, block.title, heading)
            yield from self.pieces(block.blocks, level + 1)
            yield _SECTION_END
        elif isinstance(block, Statement):
            label = _LABEL(block.label) if block.label else ""
            yield _STATEMENT(block.anchor, block.code, label, block.text)
            yield from self.pieces(block.blocks, level + 1)
            yield _STATEMENT_END
        elif isinstance(block, Figure):
            self.charts += 1
            yield _FIGURE(block.caption, block.caption, charts.svg(block, f"chart-{self.charts}"), _table(block.table))
        elif isinstance(block, Photos):
            yield _PHOTOS
            for photo in block.photos:
                yield _photo(photo)
            yield _PHOTOS_END
        else:
            yield _block(block)


_BREAK = Markup("\n")
_NEW_PAGE = Markup(' class="new-page"')
_SECTION = Filled('<section{}><h{} id="{}" dir="auto">{}</h{}>\n')
_SECTION_END = Markup("</section>")
_LABEL = Filled(" · <b>{}</b>")
_STATEMENT = Filled(
    '<article class="statement" id="{}"><div class="code">{}{}</div><p class="wording" dir="auto">{}</p>'
)
_STATEMENT_END = Markup("</article>")
_PHOTOS = Markup('<div class="photos">')
_PHOTOS_END = Markup("</div>")
_FIGURE = Filled(
    '<figure class="drawn"><figcaption dir="auto">{}</figcaption>'
    '<div class="chart" role="region" aria-label="{}" tabindex="0">{}</div></figure>\n{}'
)


def _block(block: Block) -> Markup:
    if isinstance(block, Paragraph):
        return Markup('<p dir="auto">{}</p>').format(_line(block.line))
    if isinstance(block, Quote):
        by = Markup('<footer dir="auto">{}</footer>').format(block.by) if block.by else ""
        return Markup('<blockquote dir="auto">{}{}</blockquote>').format(block.text, by)
    if isinstance(block, Note):
        kind = "note warning" if block.warning else "note"
        return Markup('<p class="{}" dir="auto">{}</p>').format(kind, _line(block.line))
    if isinstance(block, ListBlock):
        tag = Markup("ol") if block.ordered else Markup("ul")
        items = _join(Markup('<li dir="auto">{}</li>').format(_line(item)) for item in block.items)
        return Markup("<{tag}>{items}</{tag}>").format(tag=tag, items=items)
    if isinstance(block, Facts):
        return _facts(block)
    if isinstance(block, Diff):
        return _diff(block)
    assert isinstance(block, Table)
    return _table(block)


def _photo(photo: Photo) -> Markup:
    """The picture is in the file itself, so that the file is whole wherever it goes."""
    if photo.file is None:
        seen = Markup('<p class="note">{}</p>').format(photo.alt)
    else:
        seen = Markup('<img src="data:image/jpeg;base64,{}" width="{}" height="{}" alt="{}" decoding="async">').format(
            Markup(base64.b64encode(Path(photo.file).read_bytes()).decode()), photo.width, photo.height, photo.alt
        )
    return Markup('<figure class="photo">{}<figcaption dir="auto">{}<span>{}</span></figcaption></figure>').format(
        seen, Markup("<b>{}</b>").format(photo.caption) if photo.caption else "", photo.under
    )


def _facts(facts: Facts) -> Markup:
    pair = Markup('<dt>{}</dt><dd dir="auto">{}</dd>')
    if facts.large:
        pair = Markup('<div><dt>{}</dt><dd dir="auto">{}</dd></div>')
    pairs = _join(pair.format(name, _line(value)) for name, value in facts.pairs)
    return Markup('<dl class="{}">{}</dl>').format("large" if facts.large else "facts", pairs)


def _diff(diff: Diff) -> Markup:
    marks = {
        "same": Markup("{}"),
        "added": Markup("<ins>{}</ins>"),
        "removed": Markup("<del>{}</del>"),
    }
    pieces = _join(marks[kind].format(text) for kind, text in diff.pieces)
    return Markup('<figure class="diff"><figcaption>{}</figcaption><p dir="auto">{}</p></figure>').format(
        diff.caption, pieces
    )


def _table(table: Table) -> Markup:
    # Roles are said again because the narrow layout turns rows into blocks, which would take them away.
    head = _join(
        Markup('<th scope="col" role="columnheader" class="{}">{}</th>').format(column.kind, column.title)
        for column in table.columns
    )
    rows = Markup("\n").join(_row(row, table.columns) for row in table.rows)
    return Markup(
        '<table role="table"><caption{} dir="auto">{}</caption><thead role="rowgroup"><tr role="row">{}</tr></thead>\n'
        '<tbody role="rowgroup">{}</tbody></table>'
    ).format(Markup(' class="quiet"') if table.quiet else "", table.caption, head, rows)


def _row(row: Row, columns: Sequence[Column]) -> Markup:
    cells = _join(
        _CELL(column.kind, _places(index, cell), column.title, _cell(cell))
        for index, (cell, column) in enumerate(zip(row.cells, columns, strict=True))
    )
    return _ROW(_ID(row.anchor) if row.anchor else "", _MUTED if row.muted else "", cells)


_CELL = Filled('<td role="cell" class="{}{}" data-label="{}" dir="auto">{}</td>')
_ROW = Filled('<tr role="row"{}{}>{}</tr>')
_ID = Filled(' id="{}"')
_MUTED = Markup(' class="muted"')


def _places(index: int, cell: Cell) -> str:
    if cell is None or cell == "":
        return " empty"
    return (" first", " main")[index] if index < 2 else ""


def _cell(cell: Cell) -> Markup:
    if cell is None:
        return Markup("")
    if isinstance(cell, Rank):
        return _TIED(cell.place) if cell.tied else escape(cell.place)
    if isinstance(cell, tuple):
        return _line(cell)
    if isinstance(cell, int | float):
        return escape(cell)
    if isinstance(cell, Moment):
        return escape(written(cell.at, zone=False))
    return _inline(cell)


def _line(line: Line) -> Markup:
    return _inline(line[0]) if len(line) == 1 else _join(_inline(inline) for inline in line)


def _inline(inline: Inline) -> Markup:
    if isinstance(inline, Reference):
        return _REFERENCE(inline.anchor, inline.text)
    if isinstance(inline, Moment):
        return _MOMENT(written(inline.at))
    if isinstance(inline, Styled):
        words = escape(inline.text)
        words = Markup("<strong>{}</strong>").format(words) if inline.strong else words
        words = Markup("<em>{}</em>").format(words) if inline.emphasis else words
        out = Markup('<a href="{}" rel="nofollow noopener noreferrer">{}</a>')
        return out.format(inline.url, words) if inline.url else words
    return escape(inline)


_TIED = Filled('{}<span class="tie"> =</span>')
_REFERENCE = Filled('<a class="ref" href="#{}">{}</a>')
_MOMENT = Filled('<span class="moment">{}</span>')
