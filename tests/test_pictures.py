"""Pictures on their way in, whatever they are; and the gallery."""

from __future__ import annotations

import io
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from support.house import House, Someone, new
from support.pictures import CORNERS, SVG, bomb, corners, drawn, exif, photo, ticket

from facilitator import snapshot
from facilitator.domain.pictures import MOST_BYTES
from facilitator.domain.refusals import Refused
from facilitator.pictures import Arrived, Arriving
from facilitator.pictures import arriving as arriving_module
from facilitator.pictures import ticket as tickets
from facilitator.store.models import PictureOptOut

UPRIGHT = list(CORNERS)


@pytest.fixture
def arriving(tmp_path: Path) -> Arriving:
    return Arriving(tmp_path)


def sends(arriving: Arriving, picture: bytes, who: str = "amina", id: str | None = None) -> dict[str, Any]:
    """A whole picture in one piece, and what became of it."""
    id = id or new()
    arriving.take(who, id, 0, len(picture), picture)
    return arriving.finish(who, id, len(picture))


def kept(arriving: Arriving, made: dict[str, Any], nth: int = -1) -> Image.Image:
    return Image.open(arriving.path(made["file"], made["sizes"][nth][0]))


# --- pieces -------------------------------------------------------------------------------------------------------


def test_a_cut_upload_goes_on_where_it_was_and_a_piece_sent_twice_counts_once(arriving: Arriving) -> None:
    picture, id = photo(), new()
    size, first = len(picture), picture[:1000]
    assert arriving.offset("amina", id) == 0
    assert arriving.take("amina", id, 0, size, first) == 1000
    assert arriving.take("amina", id, 0, size, first) == 1000, "its answer was lost, it came again"
    assert arriving.take("amina", id, 5000, size, picture[5000:6000]) == 1000, "this does not follow"
    assert Arriving(arriving.folder.parent).offset("amina", id) == 1000, "also after a restart"
    with pytest.raises(Refused, match="not arrived whole"):
        arriving.finish("amina", id, size)
    assert arriving.take("amina", id, 1000, size, picture[1000:]) == size
    made = arriving.finish("amina", id, size)
    assert corners(kept(arriving, made)) == UPRIGHT
    assert arriving.finish("amina", id, size) == made, "its answer was lost, it is asked for again"
    assert arriving.offset("amina", id) == size
    assert len(list(arriving.folder.glob("*.jpg"))) == len(made["sizes"])


def test_the_same_pieces_from_several_windows_at_once_make_one_picture(arriving: Arriving) -> None:
    picture, id = photo("PNG"), new()
    made: list[Any] = []

    def window() -> None:
        at = 0
        while at < len(picture):
            at = arriving.take("amina", id, at, len(picture), picture[at : at + 700])
        made.append(arriving.finish("amina", id, len(picture)))

    windows = [threading.Thread(target=window) for _ in range(6)]
    for one in windows:
        one.start()
    for one in windows:
        one.join()
    assert len(made) == 6 and all(one == made[0] for one in made)
    assert len(list(arriving.folder.glob("*.jpg"))) == len(made[0]["sizes"])


def test_the_same_id_of_two_people_is_two_uploads(arriving: Arriving) -> None:
    id = new()
    arriving.take("amina", id, 0, 10, b"12345")
    assert arriving.offset("bruno", id) == 0


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 11_000_000])
def test_eleven_megabytes_are_refused_at_their_first_byte(arriving: Arriving, size: int) -> None:
    with pytest.raises(Refused, match="larger than 10 MB"):
        arriving.take("amina", new(), 0, size, b"x")
    id = new()
    arriving.take("amina", id, 0, 10, b"x")
    with pytest.raises(Refused, match="larger than 10 MB"):
        arriving.take("amina", id, 1, 10, bytes(MOST_BYTES))
    assert arriving.take("amina", id, 1, 10, bytes(20)) == 1, "more than was announced is not taken"


def test_who_begins_too_many_uploads_waits_and_others_do_not(arriving: Arriving) -> None:
    for _ in range(arriving_module.MOST_BEGUN):
        arriving.take("amina", new(), 0, 10, b"x")
    with pytest.raises(Refused, match="begun to send 40"):
        arriving.take("amina", new(), 0, 10, b"x")
    assert arriving.take("bruno", new(), 0, 10, b"x") == 1


def test_what_nobody_goes_on_with_is_swept_away_and_pictures_stay(arriving: Arriving) -> None:
    kept_one, orphan, id = sends(arriving, photo()), sends(arriving, photo()), new()
    arriving.take("amina", id, 0, 10, b"x")
    for path in (arriving.folder / "incoming").iterdir():
        os.utime(path, (0, 0))
    fresh = new()
    arriving.take("amina", fresh, 0, 10, b"xy")
    arriving.sweep(lambda file: file == kept_one["file"])
    assert (arriving.offset("amina", id), arriving.offset("amina", fresh)) == (0, 2)
    assert {path.name.split("-")[0] for path in arriving.folder.glob("*.jpg")} == {kept_one["file"]} != {orphan["file"]}


# --- what becomes of them -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_every_format_of_a_phone_is_drawn_anew_in_three_sizes(arriving: Arriving, format: str) -> None:
    picture = photo(format, 2000, 1500)
    if format == "HEIF":
        assert picture[4:12] == b"ftypheic"
    made = sends(arriving, picture)
    assert made["sizes"] == [[320, 240], [800, 600], [1600, 1200]]
    for nth, size in enumerate(made["sizes"]):
        image = kept(arriving, made, nth)
        assert (image.format, list(image.size), image.mode) == ("JPEG", size, "RGB")
        assert corners(image) == UPRIGHT
    assert not list((arriving.folder / "incoming").glob("*.part")), "what was sent is not kept"


def test_a_small_picture_is_not_made_larger(arriving: Arriving) -> None:
    assert sends(arriving, photo(width=200, height=100))["sizes"] == [[200, 100]]
    assert sends(arriving, photo(width=500, height=100))["sizes"] == [[320, 64], [500, 100]]


@pytest.mark.parametrize(("format", "orientation"), [*(("JPEG", n) for n in range(1, 9)), ("PNG", 6), ("WEBP", 8)])
def test_a_picture_stands_as_it_was_held_and_says_nothing_of_where(
    arriving: Arriving, format: str, orientation: int
) -> None:
    held = {1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
            4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90,
            7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270}[orientation]  # fmt: skip
    image, out = drawn(), io.BytesIO()
    (image.transpose(held) if held is not None else image).save(out, format, exif=exif(orientation))
    sent = out.getvalue()
    assert b"Camera of Amina" in sent and Image.open(io.BytesIO(sent)).getexif().get_ifd(0x8825)
    made = sends(arriving, sent)
    for nth in range(len(made["sizes"])):
        found = kept(arriving, made, nth)
        assert corners(found) == UPRIGHT
        assert not found.getexif() and "exif" not in found.info
        assert b"Amina" not in arriving.path(made["file"], made["sizes"][nth][0]).read_bytes()
    assert made["sizes"][-1] == [900, 600]


def test_nothing_but_pixels_is_kept(arriving: Arriving) -> None:
    hidden = b"<script>alert(1)</script>PK\x03\x04 and more"
    made = sends(arriving, photo(comment="written by Amina", xmp=b"<x:xmpmeta>Amina</x:xmpmeta>") + hidden)
    for width, _ in made["sizes"]:
        written = arriving.path(made["file"], width).read_bytes()
        assert not any(word in written for word in (b"script", b"Amina", b"PK\x03\x04", b"xmpmeta"))
        assert written.endswith(b"\xff\xd9")


def test_an_iphones_heic_says_nothing_of_where_either(arriving: Arriving) -> None:
    sent = photo("HEIF", exif=exif().tobytes())
    assert b"Camera of Amina" in sent
    made = sends(arriving, sent)
    assert not kept(arriving, made).getexif()
    assert b"Amina" not in arriving.path(made["file"], made["sizes"][-1][0]).read_bytes()


def test_transparent_parts_are_white_and_colours_with_a_profile_stay(arriving: Arriving) -> None:
    clear, out = Image.new("RGBA", (50, 50), (255, 0, 0, 0)), io.BytesIO()
    clear.save(out, "PNG")
    assert kept(arriving, sends(arriving, out.getvalue())).getpixel((25, 25)) == (255, 255, 255)
    cmyk, out = drawn().convert("CMYK"), io.BytesIO()
    cmyk.save(out, "JPEG")
    assert corners(kept(arriving, sends(arriving, out.getvalue()))) == UPRIGHT
    palette, out = drawn().convert("P"), io.BytesIO()
    palette.save(out, "PNG", transparency=0)
    assert kept(arriving, sends(arriving, out.getvalue())).mode == "RGB"


GIF = b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)"


@pytest.mark.parametrize(
    ("hostile", "sentence"),
    [
        (SVG, "not a picture that we can show"),
        (b"\xef\xbb\xbf" + SVG, "not a picture that we can show"),
        (b"<!doctype html><script>alert(1)</script>", "not a picture that we can show"),
        (GIF, "not a picture that we can show"),
        (b"%PDF-1.7 ...", "not a picture that we can show"),
        (b"MZ" + bytes(500), "not a picture that we can show"),
        (b"BM" + bytes(500), "not a picture that we can show"),
        (b"8BPS\x00\x01" + bytes(500), "not a picture that we can show"),
        (b"x", "not a picture that we can show"),
        (bomb(), "3600 million pixels; 50 million is the most"),
        (bomb(7_200, 7_000), "51 million pixels; 50 million is the most"),
        (photo()[:-3000], "damaged or incomplete"),
        (photo("PNG")[:-1000], "damaged or incomplete"),
        (photo("WEBP")[:-500], "damaged or incomplete"),
        (photo("HEIF")[:-500], "damaged or incomplete"),
        (b"\xff\xd8\xff\xe0" + bytes(2000), "damaged or incomplete"),
        (bomb(5_000, 5_000)[:60], "damaged or incomplete"),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_is_no_picture_is_refused_with_a_reason(arriving: Arriving, hostile: bytes, sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        sends(arriving, hostile)
    # Which of the two it says of a file that is half a picture is the library's business.
    said = str(refused.value)
    assert sentence in said or ("damaged" in sentence and "not a picture" in said)
    assert not list(arriving.folder.glob("*.jpg")) and not list((arriving.folder / "incoming").iterdir())


def test_fifty_million_pixels_are_taken(arriving: Arriving) -> None:
    out = io.BytesIO()
    Image.new("L", (10_000, 5_000), 128).save(out, "JPEG", quality=20)
    assert sends(arriving, out.getvalue())["sizes"][-1] == [1600, 800]


def test_a_decoder_that_dies_takes_nobody_with_it(arriving: Arriving, monkeypatch: pytest.MonkeyPatch) -> None:
    dies = arriving.folder.parent / "dies.py"
    dies.write_text("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.setattr(arriving_module, "_SHRINK", dies)
    with pytest.raises(Refused, match="damaged"):
        sends(arriving, photo())


# --- the gallery ----------------------------------------------------------------------------------------------------


def adds(house: House, who: str, **args: Any) -> str:
    """The id of a new picture in the gallery."""
    id, someone = new(), house[who]
    reply = someone.does(house.room, "picture.add", id=id, upload=ticket(house, someone.id, id), **args)
    return str(reply["picture"])


def test_amina_adds_a_picture_and_everybody_sees_it_with_its_facts(full_house: House) -> None:
    house = full_house
    house["Fatima"].does(house.room, "session.open", session=house.session("Opening"))
    picture = adds(house, "Amina", caption="The hall", alt="People around tables")
    for name in ("Olga", "Fatima", "Oscar", "Bruno", "Screen"):
        card = house[name].sees(house.room)["snapshot"]["pictures"][picture]
        assert (card["caption"], card["alt"], card["status"]) == ("The hall", "People around tables", "standing")
        assert (card["session"], card["board"], card["group"]) == (house.session("Opening"), None, None)
        assert [image["width"] for image in card["images"]] == [320, 640]
        assert card.get("author") == (house["Amina"].id if name != "Screen" else None)


def test_a_ticket_is_good_for_its_person_its_event_and_its_id_and_once(full_house: House) -> None:
    house, amina, id = full_house, full_house["Amina"], new()
    elsewhere = house.another()
    good = ticket(house, amina.id, id)
    forged = tickets.write("another key", Arrived(house.event, amina.id, id, "0" * 32, [[1, 1]]))
    body, _, mac = good.partition(".")
    for bad in (forged, "", "x.y", f"{body[:-2]}AA.{mac}", ticket(house, house["Bruno"].id, id),
                ticket(elsewhere, amina.id, id), ticket(house, amina.id, new())):  # fmt: skip
        with house.refuses("upload_unknown", "Send it again"):
            amina.does(house.room, "picture.add", id=id, upload=bad)
    assert amina.does(house.room, "picture.add", id=id, upload=good)["picture"] == id
    heard = len(house.heard)
    assert amina.does(house.room, "picture.add", id=id, upload=good)["picture"] == id, "a retry"
    assert len(house.heard) == heard and len(house.state(house.room)["pictures"]) == 1
    with house.refuses("upload_unknown"):
        amina.does(house.room, "picture.add", id=new(), upload=good)


def test_a_flipchart_is_put_beside_ones_own_board_and_not_beside_anothers(full_house: House) -> None:
    house = full_house
    water, air = (house.board(group).partition(":")[2] for group in ("Water", "Air"))
    picture = adds(house, "Amina", board=water)
    card = house.state(house.room)["pictures"][picture]
    group = next(g["id"] for g in house.state(house.room)["groups"].values() if g["name"] == "Water")
    assert (card["board"], card["group"], card["session"]) == (water, group, house.session("Tables"))
    with house.refuses("not_your_group"):
        adds(house, "Amina", board=air)
    elsewhere = house.another().board("Water").partition(":")[2]
    with house.refuses("not_yours"):
        adds(house, "Fatima", board=elsewhere)
    with house.refuses("not_your_group"):
        house["Amina"].does(house.room, "picture.describe", picture=picture, caption="", alt="", board=air)
    others = adds(house, "Fatima", board=air)
    assert house.state(house.room)["pictures"][others]["board"] == air


def test_ones_own_picture_is_described_by_oneself_or_a_facilitator(full_house: House) -> None:
    house, words = full_house, {"caption": " The\u202e hall ", "alt": ""}
    picture = adds(house, "Amina")
    with house.refuses("picture_not_own", "facilitator"):
        house["Bruno"].does(house.room, "picture.describe", picture=picture, **words)
    house["Amina"].does(house.room, "picture.describe", picture=picture, **words)
    assert house.state(house.room)["pictures"][picture]["caption"] == "The hall"
    house["Fatima"].does(house.room, "picture.describe", picture=picture, caption="", alt="Twelve people")
    assert house.state(house.room)["pictures"][picture]["alt"] == "Twelve people"
    with house.refuses("text_too_long", "301 characters; 300 is the most"):
        house["Amina"].does(house.room, "picture.describe", picture=picture, caption="x" * 301, alt="")
    with house.refuses("picture_unknown"):
        house["Amina"].does(house.room, "picture.describe", picture=new(), **words)


def test_a_hidden_picture_says_why_and_only_facilitators_have_its_address(full_house: House) -> None:
    house = full_house
    picture = adds(house, "Amina", caption="Seven people at lunch")
    house["Fatima"].does(house.room, "picture.hide", picture=picture, reason="Dora asked for it")
    card = house.state(house.room)["pictures"][picture]
    assert (card["status"], card["reason"], card["images"], card["caption"]) == (
        "hidden",
        "Dora asked for it",
        [],
        None,
    )
    for name in ("Amina", "Bruno", "Oscar", "Screen"):
        told = json.dumps(house[name].sees(house.room, since=0))
        assert "lunch" not in told and ".jpg" not in told, name
    assert house["Olga"].me(house.room)["pictures"][picture]["images"]
    for command, more in (
        ("hide", {"reason": "Twice"}),
        ("use", {"use": True}),
        ("describe", {"caption": "", "alt": ""}),
    ):
        with house.refuses("picture_hidden", "Dora asked for it"):
            house["Fatima"].does(house.room, f"picture.{command}", picture=picture, **more)
    house["Olga"].does(house.room, "picture.restore", picture=picture)
    assert house.state(house.room)["pictures"][picture]["caption"] == "Seven people at lunch"
    with house.refuses("picture_standing"):
        house["Olga"].does(house.room, "picture.restore", picture=picture)


def test_a_withdrawn_picture_is_gone_for_everybody_and_comes_back_with_its_owner(full_house: House) -> None:
    house = full_house
    picture = adds(house, "Amina", caption="Our lunch")
    for name in ("Bruno", "Fatima"):
        with house.refuses("picture_not_own"):
            house[name].does(house.room, "picture.withdraw", picture=picture)
    house["Amina"].does(house.room, "picture.withdraw", picture=picture)
    for name in ("Olga", "Fatima", "Bruno", "Screen"):
        assert "lunch" not in json.dumps(house[name].sees(house.room, since=0))
    assert house["Amina"].me(house.room)["pictures"][picture]["caption"] == "Our lunch"
    with house.refuses("picture_withdrawn"):
        house["Amina"].does(house.room, "picture.withdraw", picture=picture)
    with house.refuses("picture_withdrawn"):
        house["Fatima"].does(house.room, "picture.restore", picture=picture)
    house["Amina"].does(house.room, "picture.reinstate", picture=picture)
    assert house.state(house.room)["pictures"][picture]["caption"] == "Our lunch"
    with house.refuses("picture_standing"):
        house["Amina"].does(house.room, "picture.reinstate", picture=picture)


def test_the_report_gets_what_was_chosen_and_still_stands(full_house: House) -> None:
    house, fatima = full_house, full_house["Fatima"]
    chosen, hidden, withdrawn, left_out, plain = (adds(house, "Amina", caption=f"Number {n}") for n in range(5))
    for picture in (chosen, hidden, withdrawn, left_out):
        fatima.does(house.room, "picture.use", picture=picture, use=True)
    fatima.does(house.room, "picture.use", picture=left_out, use=False)
    fatima.does(house.room, "picture.hide", picture=hidden, reason="No")
    house["Amina"].does(house.room, "picture.withdraw", picture=withdrawn)
    assert house.state(house.room)["pictures"][chosen]["use"]["by"] == fatima.id
    with house.store.reading() as db:
        (card,) = snapshot.pictures_for_report(db, house.event)
    assert (card["id"], card["path"]) == (chosen, f"pictures/{chosen.replace('-', '')}-640.jpg") and plain != chosen


def test_who_does_not_want_to_be_in_pictures_is_told_to_facilitators_alone(full_house: House) -> None:
    house, chen = full_house, full_house["Chen"]
    chen.does(house.room, "picture.decline", declined=True)
    house["Oscar"].does(house.room, "picture.decline", declined=True)
    assert house["Fatima"].me(house.room)["decliners"] == [chen.id, house["Oscar"].id]
    assert house.state(house.room)["declined"] == 2 and chen.me(house.room)["declined"] is True
    for name in ("Amina", "Oscar"):
        me = house[name].me(house.room)
        assert (me["decliners"], me["declined"]) == ([], name == "Oscar")
    said = [event for event in house.events(house.room) if event["name"] == "pictures.declined"]
    assert [set(event) for event in said] == [{"seq", "name", "me", "declined"}] * 2
    chen.does(house.room, "picture.decline", declined=False)
    assert house["Fatima"].me(house.room)["decliners"] == [house["Oscar"].id]
    assert len(house.rows(select(PictureOptOut.person))) == 1


def test_a_gallery_of_one_person_has_an_end(full_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("facilitator.commands.picture.MOST_OF_ONE", 2)
    first, _ = adds(full_house, "Amina"), adds(full_house, "Amina")
    with full_house.refuses("pictures_many", "2 pictures"):
        adds(full_house, "Amina")
    amina: Someone = full_house["Amina"]
    amina.does(full_house.room, "picture.withdraw", picture=first)
    assert adds(full_house, "Amina") and adds(full_house, "Bruno")


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("Olga", {"add", "describe", "use", "hide", "restore", "decline"}),
        ("Fatima", {"add", "describe", "use", "hide", "restore", "decline"}),
        ("Amina", {"add", "describe", "withdraw", "reinstate", "decline"}),
        ("Bruno", {"add", "decline"}),
        ("Oscar", {"decline"}),
        ("Screen", set()),
    ],
)
def test_each_role_does_its_own_with_the_gallery(full_house: House, name: str, may: set[str]) -> None:
    house, someone, id, done = full_house, full_house[name], new(), set()
    picture = adds(house, "Amina")
    args: dict[str, dict[str, Any]] = {
        "add": {"id": id, "upload": ticket(house, someone.id, id)},
        "describe": {"picture": picture, "caption": "C", "alt": "A"},
        "use": {"picture": picture, "use": True},
        "hide": {"picture": picture, "reason": "R"},
        "restore": {"picture": picture},
        "withdraw": {"picture": picture},
        "reinstate": {"picture": picture},
        "decline": {"declined": True},
    }
    for verb, given in args.items():
        try:
            someone.does(house.room, f"picture.{verb}", **given)
            done.add(verb)
        except Refused as refused:
            assert refused.code in ("not_allowed", "picture_not_own"), verb
    assert done == may
    stranger = house.another()[name]
    for verb, given in args.items():
        with pytest.raises(Refused) as refused:
            stranger.does(house.room, f"picture.{verb}", **given)
        assert refused.value.code == "not_yours"
