"""Charts as SVG: one drawing for every format. Text is text, colours have figures beside them, and a title and a
description are inside.

480 units wide: on A4 a unit is a point, so that a chart's words are as large as those around it. Only presentation
attributes are used, no styles: a page's own style (and its dark colours) wins over them, and its content policy has
nothing to forbid. No width of a letter is known here; `fit` guesses on the safe side.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from ..domain.document import Bar, BarChart, Chart, Figure, FlowChart, HeatChart, LaneChart, RangeChart, Tone
from .filled import Filled
from .plain import clean

WIDTH = 480
COLOURS: dict[Tone, str] = {"for": "#1f7a6d", "partly": "#5d9f92", "neutral": "#8f8b80", "against": "#b4532a"}
INK, SOFT, TRACK, LINE = "#1d2129", "#5b6270", "#efece4", "#cfcbc0"
FONT = "Libertinus Serif, Georgia, serif"
TEXT, SMALL = 9.5, 8.5


def svg(figure: Figure, name: str) -> Markup:
    """The chart of a figure as an SVG element.

    Args:
        name: what the ids inside start with; once in a document.
    """
    drawing = _Drawing()
    height = _draw(drawing, figure.chart)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' role="img" aria-labelledby="{name}-t {name}-d" font-family="{font}">'
        '<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>{body}</svg>'
    ).format(
        width=WIDTH,
        height=_n(height),
        name=name,
        font=FONT,
        title=clean(figure.caption),
        desc=clean(figure.description),
        body=Markup("").join(drawing.parts),
    )


def fit(text: str, width: float, size: float, lines: int = 1) -> list[str]:
    """A text on at most so many lines of a width, in units; what does not fit ends in an ellipsis."""
    words = " ".join(clean(text).split()).split(" ")
    found: list[str] = []
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if _wide(longer, size) <= width or not line:
            line = longer
        else:
            found.append(line)
            line = word
    found.append(line)
    shown = found[:lines]
    if len(found) > lines:
        shown[-1] += " …"
    return [_cut(line, width, size) for line in shown]


def _cut(line: str, width: float, size: float) -> str:
    if _wide(line, size) <= width:
        return line
    while line and _wide(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip(" …") + "…"


def _wide(text: str, size: float) -> float:
    return size * sum(_EMS.get(unicodedata.east_asian_width(ch), 0.5) + (0.12 if ch.isupper() else 0) for ch in text)


_EMS = {"W": 1.0, "F": 1.0}


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


class _Drawing:
    """The parts of a chart, as they are put on it."""

    def __init__(self) -> None:
        self.parts: list[Markup] = []

    def rect(
        self, x: float, y: float, width: float, height: float, tone: Tone | None = None, said: str = "",
        opacity: float = 1.0, round: float = 0,
    ) -> None:  # fmt: skip
        """A bar of a tone; without one, what bars lie on."""
        if width <= 0 or height <= 0:
            return
        self.parts.append(
            _RECT(
                f"t-{tone}" if tone else "track",
                COLOURS[tone] if tone else TRACK,
                _OPACITY(_n(opacity)) if opacity < 1 else "",
                _n(x),
                _n(y),
                _n(width),
                _n(height),
                _ROUND(_n(round)) if round else "",
                _TITLE(clean(said)) if said else "",
            )
        )

    def text(
        self, x: float, y: float, text: str, size: float = TEXT, soft: bool = False, anchor: str = "start",
        bold: bool = False, on: bool = False,
    ) -> None:  # fmt: skip
        self.parts.append(
            _TEXT(
                "on" if on else "soft" if soft else "ink",
                "#ffffff" if on else SOFT if soft else INK,
                _n(x),
                _n(y),
                _n(size),
                _ANCHOR(anchor) if anchor != "start" else "",
                _BOLD if bold else "",
                clean(text),
            )
        )

    def lines(self, x: float, y: float, lines: Iterable[str], size: float = TEXT, **more: object) -> float:
        """Lines of text; the y below the last one."""
        for line in lines:
            self.text(x, y, line, size, **more)  # type: ignore[arg-type]
            y += size * 1.25
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float, width: float = 0.5) -> None:
        self.parts.append(_RULE(LINE, _n(width), _n(x1), _n(y1), _n(x2), _n(y2)))

    def dot(self, x: float, y: float, radius: float, tone: Tone) -> None:
        self.parts.append(_DOT(tone, COLOURS[tone], _n(x), _n(y), _n(radius)))

    def band(self, x1: float, top1: float, x2: float, top2: float, height: float, tone: Tone, said: str) -> None:
        """A band from one side to the other, as thick as it is high."""
        half = (x1 + x2) / 2
        path = (
            f"M{_n(x1)} {_n(top1)}C{_n(half)} {_n(top1)} {_n(half)} {_n(top2)} {_n(x2)} {_n(top2)}"
            f"V{_n(top2 + height)}C{_n(half)} {_n(top2 + height)} {_n(half)} {_n(top1 + height)} "
            f"{_n(x1)} {_n(top1 + height)}Z"
        )
        self.parts.append(_BAND(tone, COLOURS[tone], path, clean(said)))


_RECT = Filled('<rect class="{}" fill="{}"{} x="{}" y="{}" width="{}" height="{}"{}>{}</rect>')
_OPACITY = Filled(' fill-opacity="{}"')
_ROUND = Filled(' rx="{}"')
_TITLE = Filled("<title>{}</title>")
_TEXT = Filled('<text class="{}" fill="{}" x="{}" y="{}" font-size="{}"{}{}>{}</text>')
_ANCHOR = Filled(' text-anchor="{}"')
_BOLD = Markup(' font-weight="bold"')
_RULE = Filled('<line class="rule" stroke="{}" stroke-width="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>')
_DOT = Filled('<circle class="t-{}" fill="{}" cx="{}" cy="{}" r="{}"/>')
_BAND = Filled('<path class="t-{}" fill="{}" fill-opacity="0.35" d="{}"><title>{}</title></path>')


def _draw(to: _Drawing, chart: Chart) -> float:
    """Draw, and say how high it has become."""
    if isinstance(chart, BarChart):
        return _bars(to, chart)
    if isinstance(chart, RangeChart):
        return _ranges(to, chart)
    if isinstance(chart, HeatChart):
        return _heat(to, chart)
    return _lanes(to, chart) if isinstance(chart, LaneChart) else _flow(to, chart)


# --- bars -----------------------------------------------------------------------------------------------------------


def _bars(to: _Drawing, chart: BarChart) -> float:
    y = _legend(to, chart) + TEXT
    beside = [fit(row.label, BESIDE, SMALL, 3) for row in chart.rows]
    if len(chart.series) == 1 and all(len(lines) <= 2 for lines in beside):
        for row, lines in zip(chart.rows, beside, strict=True):
            more = (len(lines) - 1) * SMALL * 1.25
            to.lines(0, y, lines, SMALL)
            _bar(to, row.bars[0], chart.full[0], BESIDE + 8, y + more / 2 - 6.5)
            y += 14 + more
        return y - TEXT
    several = len(chart.series) > 1
    for row in chart.rows:
        y = to.lines(0, y, fit(row.label, WIDTH, TEXT, 2)) - 5
        for name, full, bar in zip(chart.series, chart.full, row.bars, strict=True):
            if several:
                to.text(0, y + 6.5, _cut(name, 82, SMALL), SMALL, soft=True)
            _bar(to, bar, full, 86 if several else 0, y)
            y += 11
        y += 12
    return y - 14


BESIDE = 178.0
"""So wide is a label that stands beside its bar, on two lines at most."""

END = 360.0
"""Where bars end; their figures stand behind."""


def _bar(to: _Drawing, bar: Bar | None, full: float, left: float, y: float) -> None:
    to.rect(left, y, END - left, 7.5)
    x = left
    for part in bar.parts if bar is not None else ():
        width = (END - left) * min(1.0, part.value / full) if full else 0.0
        to.rect(x, y, width, 7.5, part.tone, bar.words if bar else "")
        x += width
    to.text(END + 6, y + 6.5, _cut(bar.figures if bar is not None else "–", WIDTH - END - 6, SMALL), SMALL)


def _legend(to: _Drawing, chart: BarChart) -> float:
    """What the colours stand for, in the order of the figures; nothing where there is one only."""
    found = dict.fromkeys(
        (part.label, part.tone)
        for row in chart.rows
        for bar in row.bars
        for part in (bar.parts if bar is not None and len(bar.parts) > 1 else ())
    )
    if len(found) < 2:
        return 0.0
    x, y = 0.0, SMALL
    for label, tone in found:
        width = 16 + _wide(label, SMALL) + 12
        if x + width > WIDTH and x:
            x, y = 0.0, y + 13
        to.rect(x, y - 6.5, 10, 7, tone)
        to.text(x + 14, y, label, SMALL, soft=True)
        x += width
    return y + 10


# --- opinions -------------------------------------------------------------------------------------------------------


def _ranges(to: _Drawing, chart: RangeChart) -> float:
    beside = all(_wide(row.label, SMALL) <= BESIDE for row in chart.rows)
    left, last = (BESIDE + 14 if beside else 8.0), len(chart.points)
    step = (END - 10 - left) / max(1, last - 1)

    def at(point: float) -> float:
        return left + (point - 1) * step

    half = (END - left) / 2
    to.text(left - 6, SMALL, _cut(f"1  {chart.points[0]}", half, SMALL), SMALL, soft=True)
    to.text(END - 4, SMALL, _cut(f"{last}  {chart.points[-1]}", half, SMALL), SMALL, soft=True, anchor="end")
    y = SMALL + 8 + TEXT
    for row in chart.rows:
        if beside:
            to.text(0, y + 3, row.label, SMALL)
        else:
            y = to.lines(0, y, fit(row.label, WIDTH, TEXT, 2)) - 1
        to.line(left, y, at(last), y, 0.75)
        for point in range(1, last + 1):
            to.line(at(point), y - 2, at(point), y + 2)
        to.rect(at(row.low) - 2, y - 3, at(row.high) - at(row.low) + 4, 6, "for", row.words, 0.4, round=3)
        to.dot(at(row.middle), y, 4, "for")
        to.text(END + 6, y + 3, _cut(row.words, WIDTH - END - 6, SMALL), SMALL)
        y += 15 if beside else 20
    return y - 8


def _heat(to: _Drawing, chart: HeatChart) -> float:
    names = 150.0
    width = (WIDTH - names) / len(chart.columns)
    heads = [fit(title, width - 4, SMALL, 3) for title in chart.columns]
    top = max(len(head) for head in heads) * SMALL * 1.25 + 6
    for index, head in enumerate(heads):
        to.lines(names + index * width + width / 2, SMALL, head, SMALL, soft=True, anchor="middle")
    y = top
    for label, cells in chart.rows:
        lines = fit(label, names - 8, SMALL, 3)
        height = max(20.0, len(lines) * SMALL * 1.25 + 6)
        to.lines(0, y + height / 2 + 3 - (len(lines) - 1) * SMALL * 0.625, lines, SMALL)
        for index, cell in enumerate(cells):
            x = names + index * width
            to.rect(x + 1, y + 1, width - 2, height - 2)
            strength = 0.0
            if cell.value is not None:
                span = (chart.highest - chart.lowest) or 1
                strength = 0.12 + 0.88 * (cell.value - chart.lowest) / span
                to.rect(x + 1, y + 1, width - 2, height - 2, "for", opacity=strength)
            to.text(x + width / 2, y + height / 2 + 3, cell.text, TEXT, anchor="middle", on=strength > 0.6)
        y += height
    return y + 2


# --- time and flow --------------------------------------------------------------------------------------------------


def _lanes(to: _Drawing, chart: LaneChart) -> float:
    names = 200.0
    width = (WIDTH - names) / len(chart.years)
    place = {year: names + index * width for index, year in enumerate(chart.years)}
    for year, x in place.items():
        to.text(x + width / 2, SMALL, str(year), SMALL, anchor="middle", bold=True)
    y = top = SMALL + 6
    rows: list[tuple[float, float]] = []
    for item in chart.items:
        lines = fit(item.label, names - 10, SMALL, 2)
        height = (len(lines) + 1) * SMALL * 1.25 + 8
        rows.append((y, height))
        below = to.lines(0, y + SMALL + 2, lines, SMALL)
        to.text(0, below, _cut(item.under, names - 10, SMALL), SMALL, soft=True)
        y += height
    for year_at in (*place.values(), float(WIDTH)):
        to.line(year_at, top, year_at, y)
    for (row, height), item in zip(rows, chart.items, strict=True):
        x, quarter = place[item.year], width / 4
        said = f"{item.year} Q{item.quarter}" if item.quarter else str(item.year)
        if item.quarter:
            to.rect(x + (item.quarter - 1) * quarter + 0.5, row + height / 2 - 6, quarter - 1, 10, "for", said, round=2)
        else:
            to.rect(x + 1, row + height / 2 - 6, width - 2, 10, "partly", said, round=2)
        to.line(0, row + height, WIDTH, row + height)
    return y + 2


def _flow(to: _Drawing, chart: FlowChart) -> float:
    left, right, bar = 178.0, 340.0, 7.0
    total = max(1, sum(amount for _label, amount in chart.left))
    scale = 170 / total
    starts = _places(to, [(label, amount, "for") for label, amount in chart.left], scale, left - bar, bar, "end")
    ends = _places(to, chart.right, scale, right, bar, "start")
    height = max(starts[-1][1], ends[-1][1])
    used_left, used_right = [place for place, _end in starts], [place for place, _end in ends]
    for source, target, amount in chart.flows:
        thick = amount * scale
        label, _amount, tone = chart.right[target]
        said = f"{chart.left[source][0]} → {label}: {amount}"
        to.band(left, used_left[source], right, used_right[target], thick, tone, said)
        used_left[source] += thick
        used_right[target] += thick
    return height


def _places(
    to: _Drawing, nodes: Sequence[tuple[str, int, Tone]], scale: float, x: float, bar: float, side: str
) -> list[tuple[float, float]]:
    """Draw one side of a flow; of each node the y at which it starts and at which its slot ends."""
    y, found = 2.0, []
    for label, amount, tone in nodes:
        lines = fit(f"{label}  {amount}", 166 if side == "end" else 128, SMALL, 3)
        slot = max(amount * scale, len(lines) * SMALL * 1.25 + 2)
        to.rect(x, y, bar, max(1.0, amount * scale), tone, f"{label}: {amount}")
        at = x - 5 if side == "end" else x + bar + 5
        to.lines(at, y + SMALL - 1, lines, SMALL, anchor=side)
        found.append((y, y + slot))
        y += slot + 7
    return found
