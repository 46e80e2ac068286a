"""A document as DOCX, to be worked on: real styles and heading levels, captions, contents, alternative texts.

Everything that users typed is text of runs, without the signs that XML forbids. The table of contents is a field with
its entries in it already: it can be read at once, and a word processor adds the page numbers when it is asked to update
it. Paragraphs and tables are written as XML of their own, since python-docx looks for every style and cell anew.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document as empty_document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.shared import Cm

from ..domain.document import (
    Block,
    Diff,
    Document,
    Facts,
    Figure,
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
    sections,
)
from .cells import line_of, weights
from .docx_style import TEXT_WIDTH, set_styles
from .moments import written
from .pdf import pictures
from .plain import clean

PHOTO_WIDTH, UPRIGHT = Cm(7.9), Cm(9.5)


def render(document: Document) -> bytes:
    """The DOCX file of a document."""
    file = io.BytesIO()
    _Writer(document).write().save(file)
    return file.getvalue()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.file = empty_document()
        # Word allows 40 characters in a bookmark's name, and no hyphen.
        self.bookmarks = {anchor: f"b{number}" for number, anchor in enumerate(anchors(document.blocks), start=1)}
        self.drawn = 0
        self.pictures = iter(pictures(list(_figures(document.blocks))))

    def write(self) -> Any:
        document, file = self.document, self.file
        set_styles(file, document.language)
        self.styles = {style.name: style.style_id for style in file.styles}
        self.end = file.element.body.sectPr
        at = datetime.fromtimestamp(document.gathered_at // 1000, UTC).replace(tzinfo=None)
        about = file.core_properties
        about.title, about.author, about.created, about.modified = _line(document.title)[:255], "", at, at
        about.subject = " · ".join(value for _name, value in document.meta)[:255]
        about.language, about.comments, about.keywords = document.language, "", ""
        _footer(file, f"{_line(document.title)[:80]} · {written(document.gathered_at)}")
        for _name, value in document.meta:
            self.paragraph("Kind", (value,))
        self.paragraph("Title", (document.title,))
        self.paragraph("Subtitle", (document.subtitle,))
        starts = [index for index, block in enumerate(document.blocks) if isinstance(block, Section)]
        first = starts[0] if starts and document.contents else 0
        self.blocks(document.blocks[:first], 1)
        if document.contents:
            self.contents()
        self.blocks(document.blocks[first:], 1)
        return file

    # --- blocks -------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Sequence[Block], level: int) -> None:
        for block in blocks:
            self.block(block, level)

    def block(self, block: Block, level: int) -> None:
        if isinstance(block, Section):
            paragraph = self.paragraph(f"Heading {min(level, 6)}", (block.title,), block.anchor)
            if block.new_page:
                paragraph.pPr.append(OxmlElement("w:pageBreakBefore"))
            self.blocks(block.blocks, level + 1)
        elif isinstance(block, Statement):
            label = f"{block.code} · {block.label}" if block.label else block.code
            self.paragraph("Code", (label,), block.anchor)
            self.paragraph("Statement", (block.text,))
            self.blocks(block.blocks, level)
        elif isinstance(block, Paragraph):
            self.paragraph("Normal", block.line)
        elif isinstance(block, Quote):
            self.paragraph("Quote", (block.text,))
            if block.by:
                self.paragraph("Attribution", (block.by,))
        elif isinstance(block, Note):
            self.paragraph("Warning" if block.warning else "Note", block.line)
        elif isinstance(block, ListBlock):
            self.list(block)
        elif isinstance(block, Facts):
            self.facts(block)
        elif isinstance(block, Diff):
            self.diff(block)
        elif isinstance(block, Figure):
            self.figure(block)
        elif isinstance(block, Photos):
            self.photos(block.photos)
        else:
            self.table(block)

    def list(self, block: ListBlock) -> None:
        number = _new_numbering(self.file) if block.ordered else None
        for item in block.items:
            paragraph = self.paragraph("List Number" if block.ordered else "List Bullet", item)
            if number is not None:
                properties = paragraph.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def facts(self, facts: Facts) -> None:
        for name, line in facts.pairs:
            paragraph = self.paragraph("Figures" if facts.large else "Facts", ())
            if facts.large:
                self.runs(paragraph, line, bold=True)
                self.runs(paragraph, ("  ", name))
            else:
                self.runs(paragraph, (name,), style="FactName")
                paragraph.append(_run_of(OxmlElement("w:tab")))
                self.runs(paragraph, line)

    def diff(self, diff: Diff) -> None:
        self.paragraph("Note", (diff.caption,))
        paragraph = self.paragraph("Normal", ())
        styles = {"same": None, "added": "Added", "removed": "Removed"}
        for kind, text in diff.pieces:
            self.runs(paragraph, (text,), style=styles[kind])

    def figure(self, figure: Figure) -> None:
        self.paragraph("Caption", (figure.caption,))
        drawn = next(self.pictures)
        self.picture(self.paragraph("Normal", ()), drawn, TEXT_WIDTH, figure.description, figure.caption)
        self.table(figure.table)

    def picture(self, paragraph: Any, body: bytes, width: int, alt: str, title: str = "") -> None:
        part = self.file.part
        relation, image = part.get_or_add_image(io.BytesIO(body))
        self.drawn += 1  # python-docx would look through the whole document for the next number
        size = image.scaled_dimensions(width)
        inline = CT_Inline.new_pic_inline(self.drawn, relation, f"picture-{self.drawn}", *size)
        inline.docPr.set("descr", clean(alt))
        if title:
            inline.docPr.set("title", _line(title)[:250])
        drawing = OxmlElement("w:drawing")
        drawing.append(inline)
        paragraph.append(_run_of(drawing))

    def photos(self, photos: Sequence[Photo]) -> None:
        """Two beside each other, each with its words below it."""
        element = _layout()
        for first in range(0, len(photos), 2):
            row = OxmlElement("w:tr")
            properties = OxmlElement("w:trPr")
            properties.append(OxmlElement("w:cantSplit"))
            row.append(properties)
            for photo in (*photos[first : first + 2], *([None] if first + 1 == len(photos) else [])):
                row.append(self.photo(photo))
            element.append(row)
        self.end.addprevious(element)
        self.paragraph("AfterTable", ())

    def photo(self, photo: Photo | None) -> Any:
        cell = OxmlElement("w:tc")
        if photo is None:
            cell.append(OxmlElement("w:p"))
            return cell
        shown = OxmlElement("w:p")
        shown.append(_paragraph_properties(self.styles["Photo"]))
        cell.append(shown)
        if photo.file is None:
            self.runs(shown, (photo.alt,))
        else:
            upright = photo.height > photo.width
            width = UPRIGHT * photo.width // photo.height if upright else PHOTO_WIDTH
            self.picture(shown, Path(photo.file).read_bytes(), width, photo.alt)
        for style, text in (("Caption", photo.caption), ("PhotoFrom", photo.under)):
            if text:
                words = OxmlElement("w:p")
                words.append(_paragraph_properties(self.styles[style]))
                self.runs(words, (text,))
                cell.append(words)
        return cell

    def table(self, table: Table) -> None:
        if not table.quiet:
            self.paragraph("Caption", (table.caption,))
        element = _table(table)
        head = [((column.title,), column.kind in ("number", "rank")) for column in table.columns]
        element.append(self.row(head, header=True))
        for row in table.rows:
            cells = [
                (line_of(cell), column.kind in ("number", "rank"))
                for cell, column in zip(row.cells, table.columns, strict=True)
            ]
            element.append(self.row(cells, anchor=row.anchor, muted=row.muted))
        self.end.addprevious(element)
        self.paragraph("AfterTable", ())

    def row(
        self, cells: Sequence[tuple[Line, bool]], header: bool = False, anchor: str | None = None, muted: bool = False
    ) -> Any:
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        if header:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for index, (line, right) in enumerate(cells):
            cell = OxmlElement("w:tc")
            paragraph = OxmlElement("w:p")
            style = "TableHead" if header else "TableMuted" if muted else "TableText"
            paragraph.append(_paragraph_properties(self.styles[style], right))
            if index == 0 and anchor is not None:
                self.bookmark(paragraph, anchor)
            self.runs(paragraph, line)
            cell.append(paragraph)
            row.append(cell)
        return row

    # --- the table of contents ----------------------------------------------------------------------------------

    def contents(self) -> None:
        """A field, and in it the entries as they are now."""
        self.paragraph("ContentsHeading", (self.document.contents,))
        entries = list(_entries(self.document.blocks, 1))
        for index, (level, section) in enumerate(entries):
            paragraph = self.paragraph(f"Contents {level}", ())
            if index == 0:
                paragraph.append(_run_of(_field("begin")))
                paragraph.append(_run_of(_instruction(' TOC \\o "1-2" \\h \\z \\u ')))
                paragraph.append(_run_of(_field("separate")))
            self.runs(paragraph, (Reference(section.title, section.anchor),))
            if index == len(entries) - 1:
                paragraph.append(_run_of(_field("end")))

    # --- text ---------------------------------------------------------------------------------------------------

    def paragraph(self, style: str, line: Line, anchor: str | None = None) -> Any:
        paragraph = OxmlElement("w:p")
        paragraph.append(_paragraph_properties(self.styles[style]))
        self.end.addprevious(paragraph)
        if anchor is not None:
            self.bookmark(paragraph, anchor)
        self.runs(paragraph, line)
        return paragraph

    def runs(self, paragraph: Any, line: Line, style: str | None = None, bold: bool = False) -> None:
        for inline in line:
            if isinstance(inline, Reference) and inline.anchor in self.bookmarks:
                link = OxmlElement("w:hyperlink")
                link.set(qn("w:anchor"), self.bookmarks[inline.anchor])
                link.append(_run(inline.text, "Jump"))
                paragraph.append(link)
            elif isinstance(inline, Reference):
                paragraph.append(_run(inline.text, style))
            elif isinstance(inline, Styled):
                paragraph.append(_run(inline.text, style, bold or inline.strong, inline.emphasis))
                if inline.url and inline.url != inline.text:  # on paper, too, one sees where it leads
                    paragraph.append(_run(f" ({inline.url})", style))
            else:
                text = written(inline.at) if isinstance(inline, Moment) else inline
                paragraph.append(_run(text, style, bold))

    def bookmark(self, paragraph: Any, anchor: str) -> None:
        name = self.bookmarks[anchor]
        start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for element in (start, end):
            element.set(qn("w:id"), name[1:])
        start.set(qn("w:name"), name)
        paragraph.append(start)
        paragraph.append(end)


def _figures(blocks: Sequence[Block]) -> Iterator[Figure]:
    for block in blocks:
        if isinstance(block, Figure):
            yield block
        elif isinstance(block, Section | Statement):
            yield from _figures(block.blocks)


def _entries(blocks: Sequence[Block], level: int) -> Iterator[tuple[int, Section]]:
    for section in sections(blocks):
        if section.listed:
            yield level, section
            if level < 2:
                yield from _entries(section.blocks, level + 1)


def _line(text: str) -> str:
    return clean(" ".join(text.split()))


# --- XML ------------------------------------------------------------------------------------------------------------


def _run(text: str, style: str | None = None, bold: bool = False, italic: bool = False) -> Any:
    run = OxmlElement("w:r")
    if style or bold or italic:
        properties = OxmlElement("w:rPr")
        if style:
            named = OxmlElement("w:rStyle")
            named.set(qn("w:val"), style)
            properties.append(named)
        if bold:
            properties.append(OxmlElement("w:b"))
        if italic:
            properties.append(OxmlElement("w:i"))
        run.append(properties)
    for index, part in enumerate(clean(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if index:
            run.append(OxmlElement("w:br"))
        element = OxmlElement("w:t")
        element.set(qn("xml:space"), "preserve")
        element.text = part
        run.append(element)
    return run


def _run_of(element: Any) -> Any:
    run = OxmlElement("w:r")
    run.append(element)
    return run


def _field(kind: str) -> Any:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    return element


def _instruction(text: str) -> Any:
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = text
    return element


def _paragraph_properties(style: str, right: bool = False) -> Any:
    properties = OxmlElement("w:pPr")
    named = OxmlElement("w:pStyle")
    named.set(qn("w:val"), style)
    properties.append(named)
    if right:
        side = OxmlElement("w:jc")
        side.set(qn("w:val"), "right")
        properties.append(side)
    return properties


def _table(table: Table) -> Any:
    """An empty table with its columns as wide as their texts want to be."""
    element = OxmlElement("w:tbl")
    properties = OxmlElement("w:tblPr")
    for name, attributes in (
        ("w:tblStyle", {"w:val": "ReportTable"}),
        ("w:tblW", {"w:w": "5000", "w:type": "pct"}),
        ("w:tblLayout", {"w:type": "fixed"}),
        ("w:tblLook", {"w:val": "0020", "w:firstRow": "1"}),
        ("w:tblCaption", {"w:val": _line(table.caption)[:250]}),
    ):
        child = OxmlElement(name)
        for key, value in attributes.items():
            child.set(qn(key), value)
        properties.append(child)
    element.append(properties)
    grid = OxmlElement("w:tblGrid")
    shares = [weight or _narrow(table, index) for index, weight in enumerate(weights(table))]
    for share in shares:
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(round(TEXT_WIDTH.twips * share / sum(shares))))
        grid.append(column)
    element.append(grid)
    return element


def _layout() -> Any:
    """An empty table that is none to the eye: it puts pictures beside each other."""
    element = OxmlElement("w:tbl")
    properties = OxmlElement("w:tblPr")
    for name, attributes in (("w:tblW", {"w:w": "5000", "w:type": "pct"}), ("w:tblLayout", {"w:type": "fixed"})):
        child = OxmlElement(name)
        for key, value in attributes.items():
            child.set(qn(key), value)
        properties.append(child)
    element.append(properties)
    grid = OxmlElement("w:tblGrid")
    for _half in range(2):
        column = OxmlElement("w:gridCol")
        column.set(qn("w:w"), str(TEXT_WIDTH.twips // 2))
        grid.append(column)
    element.append(grid)
    return element


def _narrow(table: Table, index: int) -> float:
    """The share of a column that is to be as narrow as its longest word."""
    texts = [str(part) for row in table.rows[:40] for part in line_of(row.cells[index])]
    # A title is bold: its letters are wider.
    return max(1.3, 0.24 * _longest(*texts), 0.34 * _longest(table.columns[index].title))


def _longest(*texts: str) -> int:
    """How many letters the longest word has."""
    return max((len(word) for text in texts for word in text.split()), default=0)


def _new_numbering(file: Any) -> int:
    """A list that counts from 1 again."""
    numbering = file.part.numbering_part.numbering_definitions._numbering
    style = file.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == style).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _footer(file: Any, text: str) -> None:
    paragraph = file.sections[0].footer.paragraphs[0]._p
    paragraph.append(_run(text))
    paragraph.append(_run_of(OxmlElement("w:tab")))
    paragraph.append(_run_of(OxmlElement("w:tab")))
    for part in (_field("begin"), _instruction(" PAGE "), _field("separate")):
        paragraph.append(_run_of(part))
    paragraph.append(_run("1"))
    paragraph.append(_run_of(_field("end")))
