"""An event as one file: it holds everything that may be told, opens without a server, and comes back the same."""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser as Chrome
from sqlalchemy import func, insert, select, update
from support.databases import Sqlite
from support.house import House
from support.long_day import SURNAME, a_long_day
from support.server import Browser, Server, environment

from facilitator import archive, copying, recount, snapshot
from facilitator.access import link_token, person_of_link
from facilitator.archive.content import LEFT_OUT, NOT_TOLD, archived, canonical, content_hash
from facilitator.archive.reading import jpeg_size
from facilitator.domain.refusals import Refused, sentence
from facilitator.settings import Settings
from facilitator.store.db import Store
from facilitator.store.models import (
    Account,
    Ballot,
    Base,
    Elector,
    Event,
    JoinCode,
    Person,
    Picture,
    Position,
    Vote,
    new_id,
)
from facilitator.web import accounts

Tables = dict[str, list[dict[str, Any]]]


@pytest.fixture
def house(store: Store) -> House:
    return a_long_day(store)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """Another installation, empty, with a key of its own; on SQLite, whatever the first one is on."""
    databases = Sqlite(tmp_path)
    made = databases.settings(tmp_path / "elsewhere")
    other = Store(Settings(**{**vars(made), "secret_key": "of another installation, forty characters"}))
    yield other
    other.close()
    databases.stop()


def pictures_of(store: Store) -> Path:
    return store.settings.data / "pictures"


def export(store: Store, event: str) -> tuple[bytes, str]:
    """The file, and the hash of its content."""
    with store.reading() as db:
        content = archive.read(db, store.key, event, store.settings.data)
    file = io.BytesIO()
    hashed = archive.write(content, pictures_of(store), file)
    return file.getvalue(), hashed


def bring(store: Store, body: bytes, account: str | None = None) -> archive.BroughtIn:
    with archive.staging(pictures_of(store)) as staged:
        return archive.bring_in(store, archive.parse(io.BytesIO(body), staged), pictures_of(store), account)


def files_of(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in files.items():
            made.writestr(name, body)
    return file.getvalue()


def remade(body: bytes, change: Callable[[Tables], None], **manifest: Any) -> bytes:
    """The same archive with other rows, and with hashes that fit them: by somebody who knows the format."""
    files = files_of(body)
    data, listed = json.loads(files["event.json"]), json.loads(files["manifest.json"])
    change(data["tables"])
    files["event.json"] = json.dumps(data).encode()
    return signed(files, data["tables"], listed | manifest)


def signed(files: dict[str, bytes], tables: Tables, manifest: dict[str, Any]) -> bytes:
    hashes = {name: hashlib.sha256(body).hexdigest() for name, body in files.items() if name != "manifest.json"}
    pictures = {name[9:]: hashed for name, hashed in hashes.items() if name.startswith("pictures/")}
    manifest["files"] = {name: {"sha256": hashed} for name, hashed in hashes.items()}
    manifest["content"] = content_hash(tables, pictures)
    return packed(files | {"manifest.json": json.dumps(manifest).encode()})


# --- the file -------------------------------------------------------------------------------------------------------


def test_an_archive_holds_every_table_the_pictures_and_a_report_that_needs_nothing(house: House) -> None:
    body, hashed = export(house.store, house.event)
    files = files_of(body)
    data, manifest = json.loads(files["event.json"]), json.loads(files["manifest.json"])
    assert {table.name for table in Base.metadata.sorted_tables} == set(data["tables"]) | LEFT_OUT
    filled = ("proposal", "vote", "conclusion", "log", "picture", "minority_report", "wording", "cue", "parked")
    assert all(data["tables"][name] for name in filled)
    pictures = [name for name in files if name.startswith("pictures/")]
    assert len(pictures) == 4, "two pictures in two sizes; also the one that was withdrawn"
    assert manifest["content"] == hashed == content_hash(
        data["tables"], {name[9:]: hashlib.sha256(files[name]).hexdigest() for name in pictures}
    )  # fmt: skip
    assert set(manifest["files"]) == set(files) - {"manifest.json"}
    for name, known in manifest["files"].items():
        assert known == {"sha256": hashlib.sha256(files[name]).hexdigest(), "bytes": len(files[name])}
    report = files["report.html"].decode()
    assert "Many more buses" in report and "Amina" in report and "Every place of every ballot" in report
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", report) and "<script" not in report
    assert b"opens" in files["README.txt"] or b"Open it in any web browser" in files["README.txt"]


def test_the_report_shows_its_pictures_from_a_folder_without_a_server(
    house: House, chrome: Chrome, tmp_path: Path
) -> None:
    fatima = house["Fatima"]
    ((shown,),) = house.rows(select(Picture.id).where(Picture.withdrawn_at.is_(None)))
    fatima.does(house.room, "picture.describe", picture=shown, caption="Our table", alt="Six people <b>around</b> it")
    fatima.does(house.room, "picture.use", picture=shown, use=True)
    body, hashed = export(house.store, house.event)
    assert export(house.store, house.event)[1] == hashed
    with zipfile.ZipFile(io.BytesIO(body)) as opened:
        opened.extractall(tmp_path / "unpacked")
    page = chrome.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "unpacked" / "report.html").as_uri())
    images = page.locator("figure.photo img")
    assert images.count() == 1
    seen = images.first.evaluate("img => ({width: img.naturalWidth, alt: img.alt, done: img.complete})")
    assert seen == {"width": 640, "alt": "Six people <b>around</b> it", "done": True}
    assert page.get_by_text("Our table").is_visible()
    assert [url for url in asked if not url.startswith("data:")] == [
        (tmp_path / "unpacked" / "report.html").as_uri()
    ], "it needs no other file, and no network"


def test_who_agreed_to_be_named_comes_back_with_the_event(house: House, elsewhere: Store) -> None:
    amina = f"Amina {SURNAME}"
    body, hashed = export(house.store, house.event)
    assert amina in files_of(body)["report.html"].decode()
    came = bring(elsewhere, body)
    with elsewhere.reading() as db:
        assert snapshot.named(db, came.event) == {house[amina].id}
    again, rehashed = export(elsewhere, came.event)
    assert hashed == rehashed and amina in files_of(again)["report.html"].decode()


def test_the_same_event_gives_the_same_content_each_time(house: House) -> None:
    (one, first), (two, second) = export(house.store, house.event), export(house.store, house.event)
    assert first == second
    assert files_of(one)["event.json"] == files_of(two)["event.json"]
    house["Fatima"].does(house.room, "announcement.make", text="One more thing")
    assert export(house.store, house.event)[1] != first


def test_no_key_to_any_door_is_in_an_archive(house: House) -> None:
    olga = house["Olga"]
    account = new_id()
    with house.store.writing() as db:
        values = {"id": account, "email": "olga@secret.example", "name": "Olga", "password_hash": "$argon2id$secret"}
        db.execute(insert(Account.__table__).values(**values, created_at=1))
        db.execute(update(Person.__table__).where(Person.id == olga.id).values(account=account))
        db.execute(update(Event.__table__).values(created_by=account))
    facts = {"title": "Water", "place": "", "purpose": ""}
    olga.does(house.room, "event.change", **facts, wifi_name="Venue-Net", wifi_password="venue-secret")
    olga.does(house.room, "invitation.issue", role="facilitator")
    codes = [house.code()]
    codes.append(olga.does(house.room, "code.renew")["join_code"])
    whole = b"\n".join(files_of(export(house.store, house.event)[0]).values()).decode(errors="replace")
    with house.store.reading() as db:
        hashes = list(db.execute(select(Person.link_hash)).scalars())
    secrets = [*codes, *hashes, account, "olga@secret.example", "$argon2id", "Venue-Net", "venue-secret"]
    secrets += [link_token(house.store.key, olga.id, 0), house.store.key]
    for secret in secrets:
        assert not re.search(rf"\b{re.escape(secret)}\b", whole), secret
    told = {f"{table.name}.{column.name}" for table in archived() for column in table.columns}
    assert {f"{name}.{column}" for name, columns in NOT_TOLD.items() for column in columns} <= told


def test_nobody_learns_from_an_archive_who_voted_what_in_secret(house: House) -> None:
    """Nor who was asked, who wrote without a name, who reacted, where somebody stood, or what was never shown."""
    tables = json.loads(files_of(export(house.store, house.event)[0])["event.json"])["tables"]
    amina, bruno = house[f"Amina {SURNAME}"].id, house["Bruno"].id
    known = {row["id"] for row in tables["person"] if row["origin"] != "import"}
    assert {amina, bruno} <= known
    secret = {row["id"] for row in tables["ballot"] if row["rules"].get("secrecy", "secret") == "secret"}
    named = {row["id"] for row in tables["ballot"]} - secret
    assert secret and named
    electors = [row for row in tables["elector"] if row["ballot"] in secret]
    assert electors and not {row["voter"] for row in electors} & known
    assert not {row["person"] for row in electors} & known
    assert all(row["organisation"] is None and row["voice"] for row in electors)
    votes = [row for row in tables["vote"] if row["ballot"] in secret]
    assert votes and not {row["voter"] for row in votes} & known
    assert amina in {row["voter"] for row in tables["vote"] if row["ballot"] in named}, "that was held with names"
    for name in ("ratifier", "position", "reaction"):
        assert tables[name] and not {row["person"] for row in tables[name]} & known, name
    (quiet,) = [row for row in tables["proposal"] if row["text"] == "Nobody dares to say parking fees"]
    assert quiet["author"] not in known
    assert {row["by"] for row in tables["wording"] if row["of"] == quiet["id"]} == {quiet["author"]}
    stand_ins = [row for row in tables["person"] if row["origin"] == "import"]
    assert all(row["name"] == "" and row["email"] is None for row in stand_ins)
    assert not any("I hate this town" in repr(rows) for name, rows in tables.items())


def test_while_people_are_asked_there_is_no_archive(house: House) -> None:
    water = house.board("Water")
    house["Fatima"].opens(water, "rank")
    with pytest.raises(Refused) as refused, house.store.reading() as db:
        archive.read(db, house.store.key, house.event, house.store.settings.data)
    assert refused.value.code == "archive_running" and "Everything" in sentence(refused.value)
    house["Fatima"].closes(water)
    house["Fatima"].opens(water, "share")
    assert export(house.store, house.event)


# --- and back -------------------------------------------------------------------------------------------------------


def test_it_comes_back_into_another_installation_with_the_same_content(house: House, elsewhere: Store) -> None:
    body, hashed = export(house.store, house.event)
    brought = bring(elsewhere, body)
    assert brought.event == house.event and brought.title == "Water and air"
    again, rehashed = export(elsewhere, house.event)
    assert rehashed == hashed
    assert files_of(again)["event.json"] == files_of(body)["event.json"]
    result = recount.check(elsewhere, house.event)
    assert result.off == [] and result.votes >= 3 and result.conclusions == 1
    assert sorted(p.name for p in pictures_of(elsewhere).iterdir()) == sorted(
        p.name for p in pictures_of(house.store).iterdir()
    )
    with house.store.reading() as here, elsewhere.reading() as there:
        for room in (house.board("Water"), house.day()):
            kind, _, id = room.partition(":")
            before, after = snapshot.STATES[kind](here, id), snapshot.STATES[kind](there, id)
            assert without_people(after) == without_people(before)
        boards = [house.board("Water").partition(":")[2]]
        for ballot in here.execute(select(Ballot.__table__).where(Ballot.board.in_(boards))).all():
            board = snapshot.board_now(here, ballot.board)
            assert counted(there, board, ballot) == counted(here, board, ballot), "every count, by organisations too"


def counted(db: Any, board: Any, ballot: Any) -> Any:
    return {key: value for key, value in snapshot.count(db, board, ballot).items() if key != "voters"}


def without_people(state: Any) -> Any:
    return {key: value for key, value in state.items() if key != "people"}


def test_whoever_brings_it_in_has_new_links_and_a_new_code(house: House, elsewhere: Store) -> None:
    brought = bring(elsewhere, export(house.store, house.event)[0])
    assert brought.join_code != house.code()
    ((person, renewed),) = brought.organisers
    assert person == house["Olga"].id
    with elsewhere.reading() as db:
        assert person_of_link(db, link_token(elsewhere.key, person, renewed)).name == "Olga"
        codes = list(db.execute(select(JoinCode.code).where(JoinCode.expired_at.is_(None))).scalars())
    assert codes == [brought.join_code]
    back = House.__new__(House)
    back.__dict__.update(house.__dict__ | {"store": elsewhere, "event": brought.event, "heard": []})
    assert back["Fatima"].does(back.room, "announcement.make", text="We go on")
    # Who voted in it is not known any more: opening the step again holds another round, or people would vote twice.
    water = back.board("Water")
    back["Fatima"].opens(water, "vote")
    rounds = back.rows(select(Ballot.round).where(Ballot.board == water[6:], Ballot.step == "vote"))
    assert sorted(row.round for row in rounds) == [1, 2]


def test_the_account_that_brings_it_in_takes_its_own_seat_or_a_new_one(house: House, elsewhere: Store) -> None:
    def account(name: str) -> str:
        id = new_id()
        with elsewhere.writing() as db:
            values = {"id": id, "email": f"{id}@example.org", "name": name, "password_hash": "-", "created_at": 1}
            db.execute(insert(Account.__table__).values(**values))
        return id

    body, hashed = export(house.store, house.event)
    olga = account("Olga")
    bring(elsewhere, body, olga)
    assert export(elsewhere, house.event)[1] == hashed, "she is who she was"
    with elsewhere.reading() as db:
        assert db.execute(select(Person.id).where(Person.account == olga)).scalar_one() == house["Olga"].id
    with elsewhere.writing() as db:
        copying.delete_event(db, house.event)
    hana = account("Hana")
    bring(elsewhere, body, hana)
    with elsewhere.reading() as db:
        row = db.execute(select(Person.name, Person.role).where(Person.account == hana)).one()
    assert tuple(row) == ("Hana", "organiser")


def test_where_it_is_already_it_is_not_brought_in_again(house: House) -> None:
    body, _ = export(house.store, house.event)
    before, files = house.everything(), sorted(pictures_of(house.store).iterdir())
    with pytest.raises(Refused) as refused:
        bring(house.store, body)
    assert refused.value.code == "archive_known" and "Water and air" in sentence(refused.value)
    assert house.everything() == before
    assert sorted(pictures_of(house.store).iterdir()) == files


def test_in_the_installation_where_it_was_deleted_old_links_stay_dead(house: House) -> None:
    amina = house[f"Amina {SURNAME}"]
    body, hashed = export(house.store, house.event)
    old = [link_token(house.store.key, amina.id, renewed) for renewed in range(3)]
    with house.store.writing() as db:
        db.execute(update(Event.__table__).values(delete_at=1))
    assert copying.purge(house.store) == 1
    assert list(pictures_of(house.store).iterdir()) == [], "their files are gone with it"
    bring(house.store, body)
    assert export(house.store, house.event)[1] == hashed
    for token in old:
        with pytest.raises(Refused), house.store.reading() as db:
            person_of_link(db, token)


def test_an_older_archive_without_a_column_of_today_comes_in(house: House, elsewhere: Store) -> None:
    def older(tables: Tables) -> None:
        for name, column in (("person", "erased_at"), ("elector", "voice"), ("person", "languages")):
            for row in tables[name]:
                del row[column]
        del tables["summon"]

    assert bring(elsewhere, remade(export(house.store, house.event)[0], older)).event == house.event


# --- what is refused ------------------------------------------------------------------------------------------------


def refused(store: Store, body: bytes, code: str, *parts: str) -> None:
    """It is refused with a sentence, and nothing of it is stored anywhere."""
    with pytest.raises(Refused) as found:
        bring(store, body)
    said = sentence(found.value)
    assert found.value.code == code, said
    assert "{" not in said
    for part in parts:
        assert part in said, said
    with store.reading() as db:
        for table in Base.metadata.sorted_tables:
            assert db.execute(select(func.count()).select_from(table)).scalar() == 0, table.name
    assert list(pictures_of(store).iterdir()) == []


def test_what_is_no_archive_is_refused(house: House, elsewhere: Store) -> None:
    body, _ = export(house.store, house.event)
    refused(elsewhere, b"", "archive_unreadable")
    refused(elsewhere, b"PK\x03\x04 and then nothing", "archive_unreadable")
    refused(elsewhere, body[: len(body) // 2], "archive_unreadable")
    refused(elsewhere, packed({"photo.jpg": b"x"}), "archive_files", "photo.jpg")
    files = files_of(body)
    refused(elsewhere, packed(files | {"manifest.json": b"[1]"}), "archive_unreadable")
    refused(elsewhere, packed(files | {"manifest.json": b"{"}), "archive_unreadable")
    refused(elsewhere, packed(files | {"manifest.json": b"[" * 100_000}), "archive_wrong")


def test_files_that_are_missing_added_or_changed_are_noticed(house: House, elsewhere: Store) -> None:
    files = files_of(export(house.store, house.event)[0])
    picture = next(name for name in files if name.startswith("pictures/"))
    less = {name: body for name, body in files.items() if name != picture}
    refused(elsewhere, packed(less), "archive_files", picture)
    extra = files | {"pictures/" + "0" * 32 + "-320.jpg": files[picture]}
    refused(elsewhere, packed(extra), "archive_files", "0" * 32)
    refused(elsewhere, packed(files | {picture: files[picture] + b"x"}), "archive_changed", picture)
    changed = files["event.json"].replace(b"Many more buses", b"Many more trams")
    refused(elsewhere, packed(files | {"event.json": changed}), "archive_changed", "event.json")
    for name in ("../../etc/cron.d/x", "/etc/passwd", "pictures/../../x-320.jpg", "pictures/x.php", "C:\\x"):
        refused(elsewhere, packed(files | {name: b"x"}), "archive_files")
    twice = io.BytesIO(packed(files))
    with zipfile.ZipFile(twice, "a") as opened, pytest.warns(UserWarning, match="Duplicate"):
        opened.writestr("event.json", b"{}")
    refused(elsewhere, twice.getvalue(), "archive_files")


def test_a_bomb_does_not_go_off(house: House, elsewhere: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    files = files_of(export(house.store, house.event)[0])
    picture = next(name for name in files if name.startswith("pictures/"))
    bomb = packed(files | {picture: b"\0" * 60_000_000})
    assert len(bomb) < 500_000
    refused(elsewhere, bomb, "archive_too_big", "5 MB")
    monkeypatch.setattr("facilitator.archive.reading.MOST_BYTES", 1_000_000)
    refused(elsewhere, bomb, "archive_too_big")
    monkeypatch.setattr("facilitator.archive.reading.MOST_FILES", 3)
    refused(elsewhere, packed(files), "archive_too_big")


def test_an_archive_of_another_version_is_left_to_it(house: House, elsewhere: Store) -> None:
    body, _ = export(house.store, house.event)
    refused(elsewhere, remade(body, lambda tables: None, version=2), "archive_newer", "(2)")
    refused(elsewhere, remade(body, lambda tables: tables.update(hologram=[])), "archive_newer", "hologram")
    refused(elsewhere, remade(body, lambda tables: tables["event"][0].update(mood=1)), "archive_newer", "event.mood")


STRANGER = "names something that is not here"
WRONG: dict[str, tuple[Callable[[Tables], Any], str]] = {
    "a proposal on somebody else's board": (lambda t: t["proposal"][0].update(board="elsewhere"), STRANGER),
    "an author who is not here": (lambda t: t["proposal"][0].update(author="nobody"), STRANGER),
    "a wording of nothing": (lambda t: t["wording"][0].update(of="nothing"), "wording"),
    "two events": (lambda t: t["event"].append(t["event"][0] | {"id": "another"}), "holds one event"),
    "no event": (lambda t: t["event"].clear(), "one event"),
    "the same row twice": (lambda t: t["proposal"].append(t["proposal"][0]), "is there twice in proposal."),
    "a text where a number is": (lambda t: t["proposal"][0].update(number="1"), "proposal.number"),
    "a truth where a number is": (lambda t: t["proposal"][0].update(number=True), "proposal.number"),
    "a number beyond all": (lambda t: t["proposal"][0].update(number=2**70), "proposal.number"),
    "a title that is too long": (lambda t: t["event"][0].update(title="x" * 201), "event.title"),
    "a name with a NUL": (lambda t: t["person"][0].update(name="x\0"), "person.name"),
    "half a character": (lambda t: t["person"][0].update(name="\ud800"), "person.name"),
    "an id that is a path": (lambda t: t["announcement"][0].update(id="../x"), "announcement.id"),
    "a role that is none": (lambda t: t["person"][0].update(role="king"), "breaks a rule of the database"),
    "nothing where something must be": (lambda t: t["event"][0].update(title=None), "event.title"),
    "a column left out": (lambda t: [row.pop("title") for row in t["event"]], "title"),
    "an activity that is none": (lambda t: t["board"][0].update(activity={"title": "?"}), "cannot be shown"),
    "a clock that runs ahead": (lambda t: t["room"][0].update(seq=10_000), "comes out differently: "),
    "a room that is missing": (lambda t: t["room"].pop(), "A room is missing"),
    "a vote that nobody can cast": (lambda t: t["vote"][0].update(value=90), "comes out differently: ballot "),
    "a picture that is elsewhere": (lambda t: t["picture"][0].update(file="../../secret"), "do not belong"),
    "a picture of another size": (lambda t: t["picture"][0].update(sizes=[[320, 999], [640, 480]]), "no picture"),
    "a picture of no size": (lambda t: t["picture"][0].update(sizes=["320"]), "do"),
}  # fmt: skip


def test_rows_that_do_not_add_up_are_refused_even_where_all_hashes_fit(house: House, elsewhere: Store) -> None:
    house["Fatima"].does(house.room, "announcement.make", text="Lunch is ready")
    body, _ = export(house.store, house.event)
    for what, (change, why) in WRONG.items():
        with pytest.raises(Refused) as found:
            bring(elsewhere, remade(body, change))
            pytest.fail(what)
        assert found.value.code in ("archive_wrong", "archive_files"), what
        assert why in sentence(found.value), (what, sentence(found.value))
        with elsewhere.reading() as db:
            assert db.execute(select(Event.id)).all() == db.execute(select(Person.id)).all() == [], what
        assert list(pictures_of(elsewhere).iterdir()) == [], what


def test_a_picture_that_was_not_made_here_is_refused(house: House, elsewhere: Store) -> None:
    files = files_of(export(house.store, house.event)[0])
    picture = next(name for name in files if name.endswith("-320.jpg"))
    tables = json.loads(files["event.json"])["tables"]
    for body in (b"<script>alert(1)</script>", files[picture][:2] + b"\xff\xe1\x00\x04GP" + files[picture][2:]):
        manifest = json.loads(files["manifest.json"])
        refused(elsewhere, signed(files | {picture: body}, tables, manifest), "archive_wrong", picture)
    assert jpeg_size(files[picture]) == [320, 240]


def test_the_one_way_to_write_json_is_one_way() -> None:
    assert canonical({"b": [1, "é"], "a": None}) == '{"a":null,"b":[1,"é"]}'.encode()
    assert content_hash({"a": [{"x": 1}], "b": []}, {}) == content_hash({"a": [{"x": 1}]}, {})


# --- copies, and what is gone ---------------------------------------------------------------------------------------


def test_a_copy_with_all_contributions_has_pictures_of_its_own(house: House) -> None:
    account = new_id()
    with house.store.writing() as db:
        values = {"id": account, "email": "olga@example.org", "name": "Olga", "password_hash": "-", "created_at": 1}
        db.execute(insert(Account.__table__).values(**values))
        db.execute(update(Person.__table__).where(Person.id == house["Olga"].id).values(account=account))
    before = {path.name: path.read_bytes() for path in pictures_of(house.store).iterdir()}
    copied = copying.copy_event(house.store, house.event, account=account, title="Once more", contributions=True)
    after = {path.name: path.read_bytes() for path in pictures_of(house.store).iterdir()}
    assert len(after) == 8 and before.items() <= after.items()
    rows = house.rows(select(Picture.file, Picture.withdrawn_at).where(Picture.event == copied))
    assert {row.file for row in rows} == {name.partition("-")[0] for name in set(after) - set(before)}
    with house.store.writing() as db:
        db.execute(update(Event.__table__).where(Event.id == copied).values(delete_at=1))
    copying.purge(house.store)
    assert {path.name for path in pictures_of(house.store).iterdir()} == set(before), "only those of the copy are gone"
    missing = next(pictures_of(house.store).glob("*-640.jpg"))
    missing.unlink()
    rest, stored = {path.name for path in pictures_of(house.store).iterdir()}, house.everything()
    with pytest.raises(Refused):
        copying.copy_event(house.store, house.event, account=account, title="Half", contributions=True)
    assert {path.name for path in pictures_of(house.store).iterdir()} == rest, "no half copy stays"
    assert house.everything() == stored


def test_the_files_of_a_withdrawn_picture_stay_until_the_event_is_gone(house: House) -> None:
    (withdrawn,) = house.rows(select(Picture.id, Picture.file).where(Picture.withdrawn_at.is_not(None)))
    assert (pictures_of(house.store) / f"{withdrawn.file}-320.jpg").exists()
    house["Bruno"].does(house.room, "picture.reinstate", picture=withdrawn.id)


def test_what_was_sealed_once_stays_countable(house: House, elsewhere: Store) -> None:
    bring(elsewhere, export(house.store, house.event)[0])
    with house.store.reading() as here, elsewhere.reading() as there:
        for table in (Vote, Elector, Position):
            many = select(func.count()).select_from(table)
            assert here.execute(many).scalar() == there.execute(many).scalar() != 0


# --- on the console and in the browser ------------------------------------------------------------------------------


def run(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from facilitator.cli import main; main()", *words]
    return subprocess.run(command, env=environment(settings), capture_output=True, text=True, timeout=120)


def test_on_the_console_it_goes_out_and_comes_in(house: House, elsewhere: Store, tmp_path: Path) -> None:
    here, there, file = house.store.settings, elsewhere.settings, tmp_path / "water.zip"
    done = run(here, "export-event", "Water and air", "-o", str(file), "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["bytes"] == file.stat().st_size and told["content"] == export(house.store, house.event)[1]
    came = run(there, "import-event", str(file), "--json")
    assert came.returncode == 0, came.stderr
    brought = json.loads(came.stdout)
    assert (brought["event"], brought["content"]) == (house.event, told["content"])
    with elsewhere.reading() as db:
        assert person_of_link(db, brought["organisers"][0].rpartition("/")[2]).id == house["Olga"].id
    again = run(there, "import-event", str(file))
    assert again.returncode == 1 and "has the event “Water and air” already" in again.stderr
    assert run(there, "check").returncode == 0
    missing = next(pictures_of(house.store).glob("*-640.jpg"))
    missing.unlink()
    less = run(here, "export-event", house.event, "-o", str(tmp_path / "less.zip"))
    assert less.returncode == 1 and missing.name in less.stderr
    assert sorted(path.name for path in tmp_path.glob("*.zip*")) == ["water.zip"], "no half file is left"


def signs_up(server: Server, store: Store) -> Browser:
    """Hana, who organises elsewhere, in a browser of her own."""
    fields = {"email": f"hana-{new_id()}@example.org", "password": "correct horse battery"}
    accounts.make(store, name="Hana", **fields)
    browser = server.browser()
    browser.submits("/sign-in", fields)
    return browser


def brings(browser: Browser, body: bytes, page: str = "/organise") -> Any:
    files = {"file": ("event.zip", body, "application/zip")}
    return browser.submits("/organise/events/archive", {}, page, files=files, timeout=60)


def test_an_organiser_takes_the_archive_home_and_brings_it_in_again(server: Server, installation: Any) -> None:
    store = Store(installation.settings)
    try:
        house = a_long_day(store)
        olga, fatima = house["Olga"], house["Fatima"]
        browser = server.browser(olga)
        assert f"/s/{olga.id}/archive.zip" in browser.get(f"/s/{olga.id}/event").text
        got = browser.get(f"/s/{olga.id}/archive.zip")
        assert got.headers["Content-Type"] == "application/zip"
        assert "water-and-air-archive.zip" in got.headers["Content-Disposition"]
        assert json.loads(files_of(got.content)["manifest.json"])["content"] == export(store, house.event)[1]
        assert server.browser(fatima).get(f"/s/{fatima.id}/archive.zip").status_code == 403
        hana = signs_up(server, store)
        known = brings(hana, got.content)
        assert known.status_code == 422 and "already" in html.unescape(known.text)
        wrong = brings(hana, b"not a zip at all")
        assert wrong.status_code == 422 and "This is no archive of an event" in html.unescape(wrong.text)
        with store.writing() as db:
            copying.delete_event(db, house.event)
        came = brings(hana, got.content)
        assert came.status_code == 200 and "Water and air" in came.text and "/event" in came.url
        with store.reading() as db:
            assert db.execute(select(Person.role).where(Person.event == house.event, Person.name == "Hana")).scalar()
        stranger = server.browser()
        assert brings(stranger, got.content, page="/sign-in").status_code in (401, 413)
    finally:
        store.close()
