"""The slips as PDF, set by typst: eight of A7 on a sheet of A4, dashed lines to cut along, codes as vectors; tagged,
and each name a bookmark. What users typed goes in as data: `slips.typ` evaluates none of it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from tempfile import TemporaryDirectory

from .. import i18n
from ..domain.events import JSON
from ..outcomes.plain import clean
from ..outcomes.typeset import put, typeset
from ..store.models import now_ms
from . import Slip, Slips, Wifi, code

TEMPLATE = Path(__file__).parent / "slips.typ"
LINE = 25
"""Characters of an address that stand in a line under its code."""


def render(slips: Slips, language: str) -> bytes:
    """The PDF file. A sheet about the Wi-Fi comes first where the venue has one: it is for the wall."""
    _ = i18n.translator(language)
    data = {
        "title": clean(" · ".join((_("Personal slips"), slips.title))),
        "language": language,
        "remarks": [],
        "event": _said(slips.title),
        "where": _said(" · ".join(part for part in (slips.place, i18n.dates(slips.days, language)) if part)),
        "slips": [_slip(slip, _) for slip in slips.slips],
        "wifi": _wifi(slips.wifi, _) if slips.wifi else None,
        "words": {
            "group": _("Group"),
            "host": _("host"),
            "wifi": _("Wi-Fi"),
            "password": _("password"),
            "how": _("Scan it with your phone and you are in. It is only yours: whoever has it is you here."),
        },
    }
    missing = _(
        "This machine has no font for {scripts}: these signs are missing here. Print the page of the slips in a "
        "browser instead, or have a font installed, Noto for example."
    )
    with TemporaryDirectory() as folder:
        put(Path(folder), TEMPLATE, data, now_ms(), missing)
        return typeset(Path(folder))


def _slip(slip: Slip, _: i18n.Translate) -> JSON:
    return {
        "name": _said(slip.name),
        "organisation": _said(slip.organisation),
        "group": _said(slip.group),
        "rounds": [
            {"title": _said(round.title), "table": _said(round.table), "host": round.host} for round in slip.rounds
        ],
        "code": code(slip.link),
        "alt": clean(_("QR code of the personal link of %(name)s") % {"name": slip.name}),
        "link": _lines(slip.link),
    }


def _wifi(wifi: Wifi, _: i18n.Translate) -> JSON:
    return {
        "title": _("Wi-Fi of the venue"),
        "how": _("Scan it to join the network."),
        "name": clean(wifi.name),
        "password": clean(wifi.password),
        "code": code(wifi.text),
        "alt": clean(_("QR code of the Wi-Fi %(name)s") % {"name": wifi.name}),
    }


def _said(text: str) -> JSON:
    """What somebody typed, on one line, and whether it is read from right to left."""
    return {"text": clean(" ".join(text.split())), "rtl": _from_the_right(text)}


def _from_the_right(text: str) -> bool:
    """By its first letter that has a direction, as `dir="auto"` of a page does."""
    strong = (unicodedata.bidirectional(ch) for ch in text)
    return next((kind != "L" for kind in strong if kind in ("L", "R", "AL")), False)


def _lines(address: str) -> list[str]:
    """An address in lines of `LINE` characters: how, where (broken after a dot or slash), and what is secret in it."""
    how, where, secret = re.fullmatch(r"(\w+://)(.*)(/[^/]+/[^/]+)", address).groups()  # type: ignore[union-attr]
    lines = [how]
    for piece in re.findall(r"[^./]+[./]*|[./]+", where):
        if lines[-1] == how or len(lines[-1] + piece) > LINE:
            lines.append("")
        lines[-1] += piece
    return [line[start : start + LINE] for line in (*lines, secret) for start in range(0, len(line), LINE)]
