"""Pictures that were chosen for the report are in its files themselves, for those who see them and those who do not."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import docx
import pypdf
import pytest
from docx.oxml.ns import qn
from PIL import Image
from sqlalchemy import update
from support.files import text_of
from support.pictures import drawn
from support.small import NINE, Small

from facilitator.outcomes import CSP, FORMATS, render
from facilitator.store import models as m


class Album:
    """Pictures of the small event, with their files in a data folder."""

    def __init__(self, small: Small, data: Path) -> None:
        self.small, self.data, self.count = small, data, 0
        (data / "pictures").mkdir()

    def add(self, id: str, caption: str, alt: str, upright: bool = False, used: bool = True, **more: object) -> None:
        self.count += 1
        file = f"{self.count:032x}"
        sizes = [[240, 320], [600, 800], [1200, 1600]] if upright else [[320, 240], [800, 600], [1600, 1200]]
        for width, height in sizes:
            drawn(width, height).save(self.data / "pictures" / f"{file}-{width}.jpg", "JPEG")
        chosen = {"used_at": NINE, "used_by": "paula"} if used else {}
        self.small.add(
            m.Picture, id=id, event=self.small.event, caption=caption, alt=alt, file=file, sizes=sizes, author="nuria",
            at=NINE + self.count, **chosen, **more,
        )  # fmt: skip

    def file(self, format: str, depth: str = "contributions") -> bytes:
        return render(self.small.db, self.small.event, format, depth=depth, data=self.data)  # type: ignore[arg-type]


@pytest.fixture
def album(voted: Small, tmp_path: Path) -> Album:
    album = Album(voted, tmp_path)
    album.add("wall", "Our wall of ideas", "A wall with forty yellow notes", session="ideas", board="ideas-n")
    album.add("lunch", "", "Six people at a long table", session="ideas", upright=True)
    album.add("street", "The street outside", "")
    album.add("plain", "Not chosen", "Not chosen", used=False)
    album.add("rude", "Somebody asleep", "Somebody asleep", hidden_at=NINE, hidden_by="paula", hidden_reason="Private")
    album.add("gone", "Taken back", "Taken back", withdrawn_at=NINE)
    return album


def test_the_web_page_holds_its_pictures_itself_with_their_words(album: Album) -> None:
    html = album.file("html").decode()
    figures = re.findall(r'<figure class="photo">(.*?)</figure>', html, re.S)
    assert [re.findall(r'alt="(.*?)"', one)[0] for one in figures] == [
        "A wall with forty yellow notes", "Six people at a long table", "The street outside",
    ]  # fmt: skip
    sizes = []
    for one in figures:
        (source,) = re.findall(r'src="data:image/jpeg;base64,([A-Za-z0-9+/=]+)"', one)
        sizes.append(Image.open(io.BytesIO(base64.b64decode(source))).size)
    assert sizes == [(800, 600), (600, 800), (800, 600)]
    assert "<b>Our wall of ideas</b><span>North · Picture: Núria, Àrea Metropolitana</span>" in figures[0]
    assert "img-src data:;" in CSP and "Beside the sessions" in html
    assert "data:" not in album.file("html", "brief").decode().partition("</head>")[2]


def test_the_pdf_holds_them_tagged_with_alternative_texts(album: Album) -> None:
    file = pypdf.PdfReader(io.BytesIO(album.file("pdf", "findings")))
    metadata = file.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert b"<pdfuaid:part>1" in metadata, "typst has checked it"
    shown = [image for page in file.pages for image in page.images]
    sizes = {image.image.size for image in shown if image.image is not None}
    assert sizes == {(600, 800), (800, 600)}, "sharp in print"
    stored = {
        (album.data / "pictures" / f"{number:032x}-{width}.jpg").read_bytes()
        for number, width in ((1, 800), (2, 600), (3, 800))
    }
    assert {image.indirect_reference.get_object()._data for image in shown} == stored, "as they are, not encoded again"
    said = text_of("pdf", album.file("pdf", "findings"))
    assert "Our wall of ideas" in said and "Picture: Núria, Àrea Metropolitana" in said
    alts = {str(tag["/Alt"]) for tag in _tags(file.trailer["/Root"]["/StructTreeRoot"]) if "/Alt" in tag}
    assert {"A wall with forty yellow notes", "Six people at a long table", "The street outside"} <= alts


def _tags(element: object) -> list[dict[str, object]]:
    element = element.get_object() if hasattr(element, "get_object") else element
    if isinstance(element, list):
        return [tag for one in element for tag in _tags(one)]
    if not isinstance(element, dict):
        return []
    return [element, *(_tags(element["/K"]) if "/K" in element else [])]


def test_the_word_file_holds_them_with_alternative_texts_and_captions(album: Album) -> None:
    file = docx.Document(io.BytesIO(album.file("docx")))
    words = [picture.get("descr") for picture in file.element.iter(qn("wp:docPr"))]
    assert words[-3:] == ["A wall with forty yellow notes", "Six people at a long table", "The street outside"]
    numbers = [picture.get("id") for picture in file.element.iter(qn("wp:docPr"))]
    assert len(set(numbers)) == len(numbers) > 3
    parts = [part.blob for part in file.part.package.iter_parts() if str(part.partname).endswith(".jpg")]
    assert {Image.open(io.BytesIO(blob)).size for blob in parts} == {(800, 600), (600, 800)}
    captions = [text.text for cell in file.element.iter(qn("w:tc")) for text in cell.iter(qn("w:t"))]
    assert "Our wall of ideas" in captions and "The street outside" in captions


def test_data_and_markdown_tell_of_them_and_nothing_tells_of_those_that_were_not_chosen(album: Album) -> None:
    rows = album.small.rows("pictures")
    assert [(row["id"], row["session"], row["group"], row["width"]) for row in rows] == [
        ("wall", "Ideas", "North", "800"), ("lunch", "Ideas", "", "600"), ("street", "", "", "800"),
    ]  # fmt: skip
    assert [picture["alt"] for picture in album.small.json()["pictures"]][:1] == ["A wall with forty yellow notes"]
    assert "- Our wall of ideas · A wall with forty yellow notes · North · Picture: Núria" in album.small.file("md")
    for format in FORMATS:
        said = text_of(format, album.file(format))
        for text in ("Not chosen", "Somebody asleep", "Taken back", str(album.data)):
            assert text not in said, (format, text)


def test_a_file_that_is_lost_leaves_its_words(album: Album) -> None:
    album.small.db.execute(update(m.Picture.__table__).where(m.Picture.id == "wall").values(file="0" * 32))
    for format in ("html", "pdf", "docx"):
        said = text_of(format, album.file(format))
        assert "Our wall of ideas" in said and "A wall with forty yellow notes" in said, format
        assert "Six people at a long table" in said or format != "html", format
