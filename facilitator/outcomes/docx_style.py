"""The look of the DOCX file: its styles, under names that stay when the file is worked on."""

from __future__ import annotations

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

INK, SOFT, ACCENT = RGBColor(0x1D, 0x21, 0x29), RGBColor(0x5B, 0x62, 0x70), RGBColor(0x1F, 0x7A, 0x6D)
TEXT_WIDTH = Cm(16.4)
SERIF, SANS = "Cambria", "Calibri"

OWN: dict[str, tuple[str, dict[str, Any]]] = {
    # name -> (based on, size, colour, bold, italic, space before and after, left indent)
    "Kind": ("Normal", {"size": 10, "colour": ACCENT, "bold": True, "after": 4}),
    "Code": ("Normal", {"size": 9.5, "colour": ACCENT, "bold": True, "before": 14, "after": 0, "keep": True}),
    "Statement": ("Normal", {"font": SERIF, "size": 13, "bold": True, "after": 6, "keep": True}),
    "Attribution": ("Normal", {"size": 9.5, "colour": SOFT, "indent": 0.6, "after": 8}),
    "Note": ("Normal", {"size": 9.5, "colour": SOFT}),
    "Warning": ("Normal", {"size": 10, "fill": "FDF3D8"}),
    "Facts": ("Normal", {"size": 9.5, "after": 2, "hanging": 3.6}),
    "Figures": ("Normal", {"size": 12, "after": 2}),
    "TableText": ("Normal", {"size": 9, "before": 2, "after": 2}),
    "TableHead": ("TableText", {"size": 8.5, "colour": SOFT, "bold": True, "keep": True}),
    "TableMuted": ("TableText", {"colour": SOFT}),
    "Photo": ("Normal", {"before": 8, "after": 2, "keep": True}),
    "PhotoFrom": ("Normal", {"size": 8.5, "colour": SOFT, "after": 6}),
    "AfterTable": ("Normal", {"size": 6, "after": 0}),
    "ContentsHeading": ("Normal", {"font": SERIF, "size": 16, "bold": True, "before": 16}),
    "Contents 1": ("Normal", {"after": 3}),
    "Contents 2": ("Normal", {"size": 9.5, "indent": 0.6, "after": 2}),
}
LETTERS: dict[str, dict[str, Any]] = {
    "FactName": {"colour": SOFT},
    "Jump": {"colour": ACCENT},
    "Added": {"colour": RGBColor(0x14, 0x5C, 0x3A), "underline": True},
    "Removed": {"colour": RGBColor(0x9A, 0x3B, 0x1E), "strike": True},
}
TABLE = (
    f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable"><w:name w:val="Report table"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    '<w:insideH w:val="single" w:sz="3" w:space="0" w:color="D5D1C6"/>'
    '<w:bottom w:val="single" w:sz="3" w:space="0" w:color="D5D1C6"/></w:tblBorders>'
    '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="1D2129"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>'
)


def set_styles(file: Any, language: str) -> None:
    """Give the document its paper, its language and its styles."""
    page = file.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.top_margin = page.bottom_margin = Cm(2.4)
    _look(file.styles["Normal"], {"font": SANS, "size": 10.5, "colour": INK, "after": 6})
    file.styles["Normal"].paragraph_format.line_spacing = 1.12
    _speak(file.styles["Normal"], language)
    _look(file.styles["Title"], {"font": SERIF, "size": 28, "colour": INK, "bold": True, "after": 2})
    _no_border(file.styles["Title"])
    _look(file.styles["Subtitle"], {"font": SERIF, "size": 13, "colour": SOFT, "italic": False, "after": 14})
    for level, size in ((1, 19), (2, 14), (3, 12), (4, 11), (5, 10.5), (6, 10.5)):
        before = {1: 22, 2: 16}.get(level, 12)
        look = {"font": SERIF, "size": size, "colour": INK, "bold": True, "italic": False, "before": before, "after": 5}
        _look(file.styles[f"Heading {level}"], look)
    _look(file.styles["Quote"], {"font": SERIF, "size": 11, "colour": INK, "italic": True, "indent": 0.6, "after": 3})
    _look(file.styles["Caption"], {"size": 9.5, "colour": INK, "bold": True, "before": 8, "after": 3, "keep": True})
    _look(file.styles["Footer"], {"size": 8.5, "colour": SOFT})
    for name in ("List Bullet", "List Number"):
        _look(file.styles[name], {"after": 3})
    for name, (base, look) in OWN.items():
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles[base]
        style.quick_style = True
        _look(style, look)
    for name, look in LETTERS.items():
        _look(file.styles.add_style(name, WD_STYLE_TYPE.CHARACTER), look)
    file.styles.element.append(parse_xml(TABLE))


def _look(style: Any, look: dict[str, Any]) -> None:
    font = style.font
    if "font" in look:
        font.name = look["font"]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win
    if "size" in look:
        font.size = Pt(look["size"])
    if "colour" in look:
        font.color.rgb = look["colour"]
    for name in ("bold", "italic", "underline", "strike"):
        if name in look:
            setattr(font, name, look[name])
    if style.type != WD_STYLE_TYPE.PARAGRAPH:
        return
    form = style.paragraph_format
    if "before" in look:
        form.space_before = Pt(look["before"])
    if "after" in look:
        form.space_after = Pt(look["after"])
    if "indent" in look:
        form.left_indent = form.right_indent = Cm(look["indent"])
    if "hanging" in look:
        form.left_indent, form.first_line_indent = Cm(look["hanging"]), Cm(-look["hanging"])
        form.tab_stops.add_tab_stop(Cm(look["hanging"]))
    if look.get("keep"):
        form.keep_with_next = True
    if "fill" in look:
        shade = OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", look["fill"])):
            shade.set(qn(f"w:{key}"), value)
        style.element.get_or_add_pPr().append(shade)


def _speak(style: Any, language: str) -> None:
    """The language of the text, for spelling and for being read aloud."""
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), language)
    properties.append(element)


def _no_border(style: Any) -> None:
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
