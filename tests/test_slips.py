"""Personal slips on paper: a code that only their person has, cut out of a sheet of eight."""

from __future__ import annotations

import io
import time
from pathlib import Path
from typing import Any

import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image
from support.house import House
from support.patience import until
from support.server import Server

from facilitator import slips
from facilitator.outcomes.typeset import unshown
from facilitator.slips import Round, Slip, Slips, Wifi
from facilitator.slips import pdf as paper

pytestmark = pytest.mark.once
HOST = "https://workshop.example.org/p/"


def slip(name: str, number: int = 0, **more: Any) -> Slip:
    values = {"organisation": "City of Water", "group": "Water", "rounds": (), "link": f"{HOST}{number:022}"}
    return Slip(name=name, **(values | more))


def event(*found: Slip, **more: Any) -> Slips:
    values = {"title": "Water & air", "place": "Quito", "days": ("2027-03-01", "2027-03-02"), "wifi": None}
    return Slips(groups=(), slips=found, **(values | more))


def read(body: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(body))


def words(body: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(body).pages).split())


def names(body: bytes) -> list[str]:
    """The bookmarks, in order."""
    return [str(entry.title) for entry in read(body).outline]


def codes(body: bytes, tmp_path: Path, page: int) -> set[str]:
    """What a phone reads on a page of the file; pages are counted from 1."""
    (tmp_path / "slips.pdf").write_bytes(body)
    source = f'#set page(width: 210mm, height: 297mm, margin: 0mm)\n#image("slips.pdf", page: {page}, width: 210mm)'
    (tmp_path / "page.typ").write_text(source)
    png = typst.compile(tmp_path / "page.typ", root=tmp_path, format="png", ppi=120)
    assert isinstance(png, bytes)
    with Image.open(io.BytesIO(png)) as image:
        return {found.text for found in zxingcpp.read_barcodes(image.convert("RGB"))}


def test_sixty_four_slips_are_eight_sheets_and_each_code_is_read(tmp_path: Path) -> None:
    found = [slip(f"Guest {number:02}", number) for number in range(64)]
    begun = time.monotonic()
    body = paper.render(event(*found), "en")
    assert time.monotonic() - begun < 10
    assert len(read(body).pages) == 8
    assert names(body) == [one.name for one in found]
    for page in (1, 8):
        assert codes(body, tmp_path, page) == {one.link for one in found[(page - 1) * 8 : page * 8]}


def test_a_slip_says_who_where_when_and_how(tmp_path: Path) -> None:
    rounds = (Round("Round 1", "Air", False), Round("Round 2", "Water", True))
    wifi = Wifi("Venue", "drowssap12", "WIFI:T:WPA;S:Venue;P:drowssap12;;")
    body = paper.render(event(slip("Amina Diallo", 7, rounds=rounds), wifi=wifi), "fr")
    told = words(body)
    for said in ("Water & air", "Quito · 1–2 mars 2027", "Amina Diallo", "City of Water", "Groupe Water", "Round 1 Air",
                 "Round 2 Water (hôte)", "Wi-Fi: Venue · mot de passe: drowssap12", "Scannez ce code"):  # fmt: skip
        assert said in told, told
    assert f"https:// workshop.example.org /p/{7:022}" in told, "it can be typed where nothing scans"
    assert len(read(body).pages) == 2, "the Wi-Fi has a sheet of its own, for the wall"
    assert codes(body, tmp_path, 1) == {wifi.text} and codes(body, tmp_path, 2) == {f"{HOST}{7:022}"}


def test_the_file_is_tagged_in_the_language_of_the_page_and_every_code_has_words() -> None:
    root = read(paper.render(event(slip("Amina")), "ca")).trailer["/Root"]
    assert root["/Lang"] == "ca" and root["/MarkInfo"]["/Marked"]
    assert "Amina" in str(_alternatives(root["/StructTreeRoot"]))
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()


def _alternatives(node: Any) -> list[str]:
    node = node.get_object()
    if isinstance(node, list):
        return [found for one in node for found in _alternatives(one)]
    if not isinstance(node, dict):
        return []
    return ([str(node["/Alt"])] if "/Alt" in node else []) + (_alternatives(node["/K"]) if "/K" in node else [])


@pytest.mark.parametrize(
    "name",
    ["#panic[x]", "*bold* _it_ $x^2$", 'a "quote" \\ back', "] ) } #", "@label <tag>", "`raw` = head", "'; // /* */"],
)
def test_what_was_typed_stays_text_and_is_set_as_it_is(name: str) -> None:
    body = paper.render(event(slip(name, organisation=name, group=name), title=name, place=name), "en")
    assert words(body).count(name) == 5 and names(body) == [name]


def test_a_name_from_the_right_stands_right_and_a_script_without_a_font_is_named(tmp_path: Path) -> None:
    body = paper.render(event(slip("דנה כהן", 1), slip("Ana 😀", 2), slip("ᏣᎳᎩ 山田", 3)), "en")
    assert "דנה" in words(body) or "הנד" in words(body)
    assert codes(body, tmp_path, 1) == {f"{HOST}{number:022}" for number in (1, 2, 3)}
    missing = unshown("דנה כהן Ana 😀 ᏣᎳᎩ 山田")
    assert ("no font for" in words(body)) == bool(missing)
    assert all(script in words(body) for script in missing)


def test_the_longest_names_stay_on_their_slip() -> None:
    rounds = tuple(
        Round(f"Round {number} of the world café", f"Table {number} " + "x" * 40, True) for number in range(9)
    )
    long = slip("Maximiliana " * 5, organisation="Federation of federations " * 8, group="W" * 60, rounds=rounds)
    body = paper.render(event(*[long] * 9, title="A title that goes on " * 9, place="Somewhere " * 12), "en")
    assert len(read(body).pages) == 2


# --- through the door -----------------------------------------------------------------------------------------------


def test_olga_gets_the_slips_of_a_group_as_pdf_and_each_code_lets_its_person_in(
    server: Server, full_house: House, tmp_path: Path
) -> None:
    house, olga = full_house, full_house["Olga"]
    olga.does(house.room, "event.change", title="Water and air", place="Quito", purpose="", wifi_name="Hall",
              wifi_password="long enough")  # fmt: skip
    browser = server.browser(olga)
    page = browser.get(f"/s/{olga.id}/slips?group=Air")
    assert f"/s/{olga.id}/slips.pdf?group=Air" in page.text
    file = browser.get(f"/s/{olga.id}/slips.pdf?group=Air")
    assert file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"] == 'attachment; filename="water-and-air-slips.pdf"'
    assert "no-store" in file.headers["cache-control"]
    # What signs people in is not kept. It goes when the last byte has left the server, maybe after it has come here.
    until(lambda: not server.reports_of(olga), lambda: server.reports_of(olga))
    people = [one for one in ("Amina", "Bruno", "Chen", "Dora") if one in names(file.content)]
    assert people and names(file.content) == ["Wi-Fi of the venue", *people]
    links = {f"{server.url}/p/{house[name].link()}" for name in people}
    assert codes(file.content, tmp_path, 2) == links
    assert server.browser().get(min(links), allow_redirects=False).status_code == 302
    assert set(names(browser.get(f"/s/{olga.id}/slips.pdf").content)) >= {"Amina", "Bruno", "Chen", "Dora"}


def test_nobody_but_an_organiser_gets_slips_and_of_nobody_there_are_none(server: Server, full_house: House) -> None:
    for name in ("Fatima", "Amina", "Oscar"):
        someone = full_house[name]
        assert server.browser(someone).get(f"/s/{someone.id}/slips.pdf").status_code == 403, name
    olga = full_house["Olga"]
    answer = server.browser(olga).get(f"/s/{olga.id}/slips.pdf?group=Nowhere")
    assert answer.url == f"{server.url}/s/{olga.id}/slips", "back to the page, which has everybody's"


def test_who_was_taken_off_the_roster_and_the_network_are_on_no_slip(full_house: House) -> None:
    house = full_house
    house["Olga"].does(house.room, "person.remove", person=house["Bruno"].id)
    with house.store.reading() as db:
        found = slips.gather(db, house.event, house.store.key, f"{HOST}{{token}}")
    assert "Bruno" not in {one.name for one in found.slips}
    assert {one.group for one in found.slips} <= {"Water", "Air", ""}
    amina = next(one for one in found.slips if one.name == "Amina")
    assert amina.link == HOST + house["Amina"].link()
