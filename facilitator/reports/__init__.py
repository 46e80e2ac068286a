"""Files of an outcome, each made by a process of its own (`make`), so that neither reading a large event nor setting
its pages is felt by anybody who votes meanwhile, and so that a report that nobody wants any more can be ended.

`Reports` starts them, says how far they are, ends them and forgets them.
"""

from __future__ import annotations

from .running import FOLDER, Order, Report, Reports

__all__ = ["FOLDER", "Order", "Report", "Reports"]
