"""Sets pages: a template of ours, and data. A program of its own that imports nothing of ours: typst needs hundreds
of megabytes for a large event, and whoever runs it need not hold the event beside them.

    python -I typeset.py FOLDER TARGET

writes TARGET, the PDF of what `put` has laid into FOLDER, with its pictures; and removes FOLDER.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import unicodedata
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

TEMPLATE = "pages.typ"
DATA = "data.json"

_UNSHOWN = re.compile(r"the text .* could not be displayed", re.S)


def put(folder: Path, template: Path, data: dict[str, Any], at: int, without_font: str) -> None:
    """Lay a template and its data into a folder. All that typst may read lies there, under names of ours.

    Args:
        data: what the template reads; `remarks` in it is a list of sentences, to which one more may come:
        at: when it was made, in milliseconds since 1970.
        without_font: the sentence where scripts have no font on this machine, with `{scripts}` in it.
    """
    shutil.copy(template, folder / TEMPLATE)
    told = data | {"made_at": at, "without_font": without_font}
    (folder / DATA).write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def typeset(folder: Path) -> bytes:
    """The PDF of what lies in a folder: PDF/UA-1, or without that claim, and saying so, where a sign has no font."""
    data = (folder / DATA).read_text(encoding="utf-8")
    try:
        return _compile(folder, data, "ua-1")
    except typst.TypstError as error:
        if not _UNSHOWN.search(str(error)):
            raise
    told = json.loads(data)
    told["remarks"].append(told["without_font"].format(scripts=", ".join(unshown(data))))
    return _compile(folder, json.dumps(told, ensure_ascii=False), None)


def unshown(text: str) -> list[str]:
    """The scripts in a text for which neither typst nor this machine has a font, by their Unicode names."""
    scripts: dict[str, set[str]] = {}
    for ch in set(text):
        if ord(ch) > 0x24F and (name := unicodedata.name(ch, "")):
            scripts.setdefault(_script(name), set()).add(ch)
    return sorted(script for script, signs in scripts.items() if not _has_font("".join(sorted(signs))))


def _script(name: str) -> str:
    first = name.split(" ")[0].split("-")[0]
    return "CJK" if first in ("CJK", "KATAKANA", "HIRAGANA", "IDEOGRAPHIC", "FULLWIDTH") else first.title()


@cache
def _has_font(signs: str) -> bool:
    source = b'#set document(title: "-")\n#set text(font: "Libertinus Serif")\n#sys.inputs.signs'
    try:
        typst.compile(source, sys_inputs={"signs": signs}, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if not _UNSHOWN.search(str(error)):
            raise
        return False
    return True


def _compile(folder: Path, data: str, standard: Literal["ua-1"] | None) -> bytes:
    at = datetime.fromtimestamp(json.loads(data)["made_at"] // 1000, UTC)
    made = typst.compile(
        folder / TEMPLATE, root=folder, sys_inputs={"data": data}, pdf_standards=standard, timestamp=at
    )
    assert isinstance(made, bytes)
    return made


def main(folder: str, target: str) -> None:
    # Whole or not at all: somebody may look at it meanwhile.
    new = Path(target).with_suffix(".new")
    new.write_bytes(typeset(Path(folder)))
    new.replace(target)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
