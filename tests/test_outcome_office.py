"""LibreOffice opens the Word file and the spreadsheet, and reads in them what we wrote."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pypdf
import pytest
from support.files import tables_of
from support.pictures import drawn
from support.small import NINE, Small

from facilitator.outcomes import render
from facilitator.store import models as m

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

pytestmark = pytest.mark.skipif(
    SOFFICE is None, reason="LibreOffice (soffice) is not on this machine: nobody has opened the DOCX and XLSX in it"
)


def converted(body: bytes, name: str, to: str, folder: Path) -> list[Path]:
    """What LibreOffice, in a profile of its own, makes of a file."""
    (folder / name).write_bytes(body)
    done = subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", to,
         "--outdir", str(folder / "out"), str(folder / name)],
        capture_output=True, text=True, timeout=240,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return sorted((folder / "out").glob("*"))


def test_the_word_file_opens_with_its_conclusions_contents_charts_and_pictures(
    concluded: Small, tmp_path: Path
) -> None:
    (tmp_path / "pictures").mkdir()
    drawn(800, 600).save(tmp_path / "pictures" / f"{'a' * 32}-800.jpg", "JPEG")
    concluded.add(
        m.Picture, id="wall", event=concluded.event, caption="Our wall", alt="Notes", file="a" * 32,
        sizes=[[800, 600]], author="nuria", at=NINE, used_at=NINE, used_by="paula", session="ideas",
    )  # fmt: skip
    body = render(concluded.db, concluded.event, "docx", depth="record", data=tmp_path)
    (pdf,) = converted(body, "report.docx", "pdf", tmp_path)
    pages = pypdf.PdfReader(pdf).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in ("A strategy", "Conclusions in brief", "More trees and parks", "We would rather have shade",
                 "Our wall", "3 dots from 2 people", "Every place of every ballot",
                 "Picture: Núria, Àrea Metropolitana"):  # fmt: skip
        assert said in text, said
    assert text.index("Contents") < text.index("Annex: every contribution") < text.rindex("Annex: every contribution")
    images = [image for page in pages for image in page.images]
    assert len(images) >= 5, "the charts and the picture"
    assert "Error" not in text and "#REF" not in text


def test_every_sheet_of_the_spreadsheet_opens_with_the_cells_of_the_csv_files(concluded: Small, tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    if not converted(b"1,2\n", "trial.csv", "ods", tmp_path / "trial"):
        pytest.skip("this LibreOffice has no Calc: nobody has opened the XLSX in it")
    concluded.proposal("formula", "ideas-n", 30, "=1+1")
    ours = tables_of(render(concluded.db, concluded.event, "csv"))
    opened = {
        path.stem.removeprefix("data-"): path.read_text(encoding="utf-8-sig")
        for path in converted(render(concluded.db, concluded.event, "xlsx"), "data.xlsx", EVERY_SHEET, tmp_path)
    }
    assert set(opened) == set(ours)
    compared = 0
    for name, text in opened.items():
        theirs = list(csv.reader(io.StringIO(text, newline="")))
        expected = list(csv.reader(io.StringIO(ours[name], newline="")))
        assert len(theirs) == len(expected), name
        for seen, wanted in zip(theirs, expected, strict=True):
            assert [_same(cell) for cell in seen] == [_same(cell) for cell in wanted], name
            compared += len(seen)
    assert compared > 300 and "=1+1" in opened["proposals"]


def _same(cell: str) -> str:
    """A cell as both programs write it: numbers, moments to the minute, and texts without our guard."""
    text = cell.removeprefix("'")
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S.%fZ"):
        try:
            return datetime.strptime(text, form).strftime("%Y-%m-%d %H:%M")
        except ValueError:
            pass
    try:
        return f"{float(text):g}"
    except ValueError:
        return text
