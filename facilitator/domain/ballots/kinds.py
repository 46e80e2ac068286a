"""The kinds of ballots."""

from __future__ import annotations

from . import approval, consent, dots, ranking, scale
from .model import Kind

KINDS: dict[str, Kind] = {
    "dots": dots,
    "approval": approval,
    "scale": scale,
    "ranking": ranking,
    "consent": consent,
}
