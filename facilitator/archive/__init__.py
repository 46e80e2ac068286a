"""One file with everything of an event, for good: it can be read without this software, and comes back into any
installation with the same content.

    content = read(db, key, event)        # what of an event goes into an archive, without its secrets
    write(content, pictures, target)      # a zip: event.json, pictures/, report.html, README.txt, manifest.json
    parsed = parse(path, staging)         # the other way: every rule checked, nothing written yet
    bring_in(store, parsed, ...)          # all of it, or nothing

What is never in an archive is decided in `content` (secrets of the installation) and in `sealing` (secrets of people).
"""

from __future__ import annotations

from .bringing import BroughtIn, bring_in, staging
from .content import FORMAT, VERSION, Content, read
from .reading import Parsed, parse
from .writing import write

__all__ = ["FORMAT", "VERSION", "BroughtIn", "Content", "Parsed", "bring_in", "parse", "read", "staging", "write"]
