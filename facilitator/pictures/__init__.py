"""Pictures on their way in: received in pieces (`arriving`), made small and harmless beside the sockets (`shrink`), and
handed to `picture.add` with a ticket (`ticket`). The database is none of their business."""

from __future__ import annotations

from .arriving import FOLDER, Arriving
from .ticket import Arrived

__all__ = ["FOLDER", "Arrived", "Arriving"]
