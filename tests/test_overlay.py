"""The women's network works beside the base groups: nobody in two places at once, and what it says is its own."""

from __future__ import annotations

import html

from playwright.sync_api import Browser
from support.agenda import everything, workshop_of
from support.browser import PHONE, Visitor
from support.house import House, new
from support.pictures import photo, ticket
from support.server import Server

from facilitator import outcomes, snapshot
from facilitator.domain.agenda import Slot, Work, warnings
from facilitator.store.db import Store

NETWORK = "Women's network"


def group(house: House, name: str) -> str:
    return next(id for id, one in house.state(house.room)["groups"].items() if one["name"] == name)


def adds(house: House, who: str, **more: str) -> str:
    """A picture that has arrived, put into the gallery."""
    id = new()
    upload = ticket(house, house[who].id, id)
    return str(house[who].does(house.room, "picture.add", id=id, upload=upload, **more)["picture"])


def seats(house: House, who: str, *names: str) -> None:
    places = [{"group": group(house, name)} for name in names]
    house["Fatima"].does(house.room, "group.seat", people=[{"person": house[who].id, "seats": places}])


# --- what the network says is its own -------------------------------------------------------------------------------


def test_only_its_people_and_who_facilitates_see_what_the_network_writes(full_house: House) -> None:
    house, network = full_house, full_house.board(NETWORK)
    house["Fatima"].opens(network, "collect")
    house["Dora"].posts(network, "Streets that are lit at night")
    for who in ("Dora", "Fatima", "Olga"):
        assert "Streets that are lit at night" in str(house[who].sees(network)["snapshot"])
    for who in ("Amina", "Oscar", "Screen"):
        with house.refuses("not_your_group"):
            house[who].sees(network)
        assert "Streets that are lit" not in str([house[who].sees(room) for room in (house.room, house.day())])
    assert house["Oscar"].sees(house.board("Air"))["snapshot"]["group_name"] == "Air", (
        "base groups are open to observers"
    )


def test_an_observer_who_is_invited_into_the_network_sees_it(full_house: House) -> None:
    house, network = full_house, full_house.board(NETWORK)
    seats(house, "Oscar", NETWORK)
    assert house["Oscar"].sees(network)["me"]["member"]
    seats(house, "Oscar")
    with house.refuses("not_your_group"):
        house["Oscar"].sees(network)


def test_the_screen_and_the_observer_follow_the_session_without_the_network(server: Server, full_house: House) -> None:
    house, network = full_house, full_house.board(NETWORK).removeprefix("board:")
    house["Fatima"].does(house.room, "session.open", session=house.session("Tables"))
    house["Fatima"].opens(house.board(NETWORK), "collect")
    house["Dora"].posts(house.board(NETWORK), "Streets that are lit at night")
    screen, oscar = house["Screen"], house["Oscar"]
    shown = server.browser()
    shown.get(f"/projector/{screen.link()}", allow_redirects=False)
    page = shown.get(f"/projector/{screen.id}/")
    assert page.status_code == 200 and "Streets that are lit" not in page.text
    assert f"board:{house.board('Air').removeprefix('board:')}" in page.text and f"board:{network}" not in page.text
    observer = server.browser(oscar)
    assert observer.get(f"/s/{oscar.id}/").status_code == 200
    assert observer.get(f"/s/{oscar.id}/board/{network}").status_code == 403
    assert observer.watch(oscar, f"board:{network}").status_code == 403


def test_the_network_has_its_own_facilitator(full_house: House) -> None:
    house, network = full_house, group(full_house, NETWORK)
    seats(house, "Fatima", NETWORK)
    house["Fatima"].does(house.room, "lead.take", group=network)
    state = house.state(house.room)
    assert state["leads"][network]["person"] == house["Fatima"].id
    assert network in state["people"][house["Fatima"].id]["groups"]
    assert house["Fatima"].sees(house.board(NETWORK))["me"]["member"]
    house["Olga"].does(house.room, "lead.take", group=group(house, "Water"), person=house["Fatima"].id)
    assert set(house.state(house.room)["leads"]) == {network, group(house, "Water")}


def test_a_picture_of_the_networks_board_is_seen_by_its_people_and_who_facilitates(full_house: House) -> None:
    house, network = full_house, full_house.board(NETWORK).partition(":")[2]
    dora, seq = house["Dora"], house["Amina"].sees(house.room)["seq"]
    lamp = adds(house, "Dora", board=network, caption="Eight lamps")
    for who in ("Dora", "Fatima", "Olga"):
        assert house[who].me(house.room)["kept"]["pictures"][lamp]["caption"] == "Eight lamps"
    outside = ("Amina", "Oscar", "Screen")
    for who in outside:
        told = [house[who].sees(house.room), house[who].sees(house.room, since=seq), house[who].sees(house.day())]
        assert lamp not in str(told[0]["snapshot"]) and "Eight lamps" not in str(told)
        assert not house[who].me(house.room).get("kept", {}).get("pictures")
    with house.refuses("picture_kept", "overlay group"):
        house["Fatima"].does(house.room, "picture.use", picture=lamp, use=True)

    seats(house, "Oscar", NETWORK)
    assert lamp in house["Oscar"].me(house.room)["kept"]["pictures"], "who is invited in sees it"
    seats(house, "Oscar")
    assert lamp not in house["Oscar"].me(house.room)["kept"]["pictures"]

    dora.does(house.room, "picture.describe", picture=lamp, caption="For all", alt="")
    assert house["Amina"].sees(house.room)["snapshot"]["pictures"][lamp]["caption"] == "For all"
    assert house["Dora"].me(house.room)["kept"]["pictures"] == {}
    house["Fatima"].does(house.room, "picture.use", picture=lamp, use=True)
    before = house["Amina"].sees(house.room)["seq"]
    dora.does(house.room, "picture.describe", picture=lamp, caption="Ours again", alt="", board=network)
    assert "events" not in house["Amina"].sees(house.room, since=before), (
        "what was taken out of sight is not sent again"
    )
    assert lamp not in house["Amina"].sees(house.room)["snapshot"]["pictures"]
    with house.store.reading() as db:
        assert snapshot.pictures_for_report(db, house.event) == [] == snapshot.public_pictures(db, house.event)


def test_all_that_happens_to_a_picture_of_the_network_is_told_to_its_own(full_house: House) -> None:
    house, network = full_house, full_house.board(NETWORK).partition(":")[2]
    lamp = adds(house, "Dora", board=network)
    steps = [("Fatima", "picture.hide", {"reason": "A face"}, "hidden"), ("Fatima", "picture.restore", {}, "standing"),
             ("Dora", "picture.withdraw", {}, None), ("Dora", "picture.reinstate", {}, "standing")]  # fmt: skip
    for who, command, args, status in steps:
        heard = len(house.events(house.room))
        house[who].does(house.room, command, picture=lamp, **args)
        (event,) = house.events(house.room)[heard:]
        assert set(event) == {"seq", "name", "me", "picture"} and event["name"] == "picture.kept", command
        known = house["Dora"].me(house.room)["kept"]["pictures"].get(lamp)
        assert (known and known["status"]) == status


def test_the_file_of_such_a_picture_opens_for_the_same_people(server: Server, full_house: House) -> None:
    house, network = full_house, full_house.board(NETWORK).partition(":")[2]
    lamp = adds(house, "Dora", board=network)
    url = house["Dora"].me(house.room)["kept"]["pictures"][lamp]["images"][0]["url"]
    folder = server.settings.data / "pictures"
    folder.mkdir(exist_ok=True)
    (folder / url.rpartition("/")[2]).write_bytes(photo())
    for who, status in {"Dora": 200, "Fatima": 200, "Olga": 200, "Amina": 404, "Oscar": 404}.items():
        assert server.browser(house[who]).get(url).status_code == status, who
    screen = server.browser()
    screen.get(f"/projector/{house['Screen'].link()}", allow_redirects=False)
    assert screen.get(url).status_code == 404
    house["Dora"].does(house.room, "picture.describe", picture=lamp, caption="", alt="")
    assert server.browser(house["Amina"]).get(url).status_code == 200


def test_what_the_network_parks_is_not_read_out_when_the_day_closes(store: Store) -> None:
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    fatima, network, water = house["Fatima"], house.board(NETWORK), house.board("Water")
    for board, who, words in ((network, "Dora", "What the director said"), (water, "Amina", "Ferries")):
        fatima.opens(board, "collect")
        fatima.does(board, "proposal.park", proposal=house[who].posts(board, words, "north"))
    with store.reading() as db:
        told = [outcomes.render(db, house.event, format, depth="record") for format in ("json", "html", "csv", "md")]
    assert b"Ferries" in told[0] and not any(b"director" in one for one in told)
    fatima.does(house.day(), "day.close", note="")
    for who in ("Amina", "Oscar", "Screen", "Dora", "Fatima"):
        told_of = str(house[who].sees(house.day()))
        assert "Ferries" in told_of and "director" not in told_of, who
    assert "director" not in str(house.events(house.day()))
    assert "What the director said" in str(house["Dora"].sees(network)["snapshot"]), "on its own board it is"


def test_an_announcement_to_the_network_is_heard_by_its_people_alone(full_house: House) -> None:
    house, network = full_house, group(full_house, NETWORK)
    room, seq = house.room, full_house["Amina"].sees(full_house.room)["seq"]
    said = house["Fatima"].does(room, "announcement.make", text="We meet in the garden.", groups=[network])[
        "announcement"
    ]
    for who in ("Dora", "Fatima", "Olga"):
        assert house[who].me(room)["kept"]["announcements"][said]["text"] == "We meet in the garden."
    for who in ("Amina", "Oscar", "Screen"):
        told = str([house[who].sees(room), house[who].sees(room, since=seq)])
        assert "garden" not in told and said not in told, who
    both = house["Fatima"].does(room, "announcement.make", text="Lunch!", groups=[group(house, "Water"), network])
    assert both["announcement"] in house["Amina"].sees(room)["snapshot"]["announcements"], "said to others as well"
    house["Fatima"].does(room, "announcement.end", announcement=said)
    assert house["Dora"].me(room)["kept"]["announcements"] == {}
    with house.refuses("announcement_unknown", "taken down already"):
        house["Olga"].does(room, "announcement.end", announcement=said)
    assert "garden" not in str(house.heard) and "garden" not in str(house.events(room))


# --- nobody in two places at once -----------------------------------------------------------------------------------


def test_somebody_is_in_one_breakout_group_and_in_any_overlay_groups_beside_it(full_house: House) -> None:
    house = full_house
    house["Fatima"].does(house.room, "group.make", name="Youth", kind="overlay")
    seats(house, "Amina", "Water", NETWORK, "Youth")
    assert set(house.state(house.room)["people"][house["Amina"].id]["groups"]) == {
        group(house, name) for name in ("Water", NETWORK, "Youth")
    }
    with house.refuses("two_groups", "Amina"):
        seats(house, "Amina", "Water", "Air", NETWORK)


def test_olga_is_told_who_of_the_network_is_at_a_table_at_the_same_time(server: Server, house: House) -> None:
    olga = house["Olga"]
    browser = server.browser(olga)

    def told(page: str) -> str:
        return html.unescape(browser.get(f"/s/{olga.id}/{page}").text)

    for page in ("agenda", "groups"):
        assert f"Of {NETWORK}, these are in Air at the same time: Dora." in told(page)
    house["Fatima"].does(house.room, "person.check", people=[house["Dora"].id], attendance="absent")
    assert "at the same time" not in told("agenda"), "who does not come is nowhere twice"
    house["Fatima"].does(house.room, "person.check", people=[house["Dora"].id], attendance="expected")
    seats(house, "Dora", NETWORK)
    for page in ("agenda", "groups"):
        assert "at the same time" not in told(page)
    people = [{"name": f"Guest {number}", "group": "Water"} for number in range(6)]
    olga.does(house.room, "roster.import", people=people)
    for number in range(6):
        seats(house, f"Guest {number}", "Water", NETWORK)
    assert f"Of {NETWORK}, 6 people are in Water at the same time." in told("groups")


def test_sessions_that_overlap_in_time_count_as_well_and_those_after_one_another_do_not() -> None:
    dora = {"d": "Dora"}

    def day(starts_at: str) -> list[Slot]:
        tables = Slot("tables", "breakout", "09:00", 60, works=(Work("Air", 0, 1, seated=dora),))
        works = (Work(NETWORK, 0, 1, overlay=True, seated={**dora, "e": "Eva"}),)
        return [tables, Slot("network", "breakout", starts_at, 30, works=works)]

    doubles = [one for one in warnings(day("09:45")) if one.code == "double"]
    assert [(one.session, one.details) for one in doubles] == [
        ("network", {"group": NETWORK, "names": ["Dora"], "others": ["Air"]})
    ]
    assert [one for one in warnings(day("10:00")) if one.code == "double"] == []


# --- what comes out -------------------------------------------------------------------------------------------------


def test_of_the_network_the_outcome_tells_what_it_has_shared_and_what_was_promoted(store: Store) -> None:
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    fatima, dora, network = house["Fatima"], house["Dora"], house.board(NETWORK)

    def told() -> str:
        with store.reading() as db:
            return outcomes.FORMATS["json"].write(outcomes.gather(db, house.event), str, "en", "record").decode()

    fatima.opens(network, "collect")
    lamps = dora.posts(network, "Streets that are lit at night", "north")
    dora.posts(network, "What the director said to me", "north")
    fatima.opens(network, "lines")
    fatima.does(network, "rapporteur.name", person=dora.id)
    line = dora.posts(network, "Safety is asked of women first")
    assert not any(words in told() for words in ("lit at night", "director said", "asked of women"))
    plenary = house.board("Plenary")
    fatima.opens(plenary, "share")
    dora.does(plenary, "lines.share", board=network.removeprefix("board:"))
    assert line and "asked of women" in told() and "lit at night" not in told()
    fatima.does(house.day(), "conclusion.promote", sources=[{"proposal": lamps}], wording="Light every street")
    assert "lit at night" in told() and "director said" not in told()


# --- the page -------------------------------------------------------------------------------------------------------


def test_fatima_swaps_two_people_on_her_phone_and_sees_who_is_double_booked(
    server: Server, full_house: House, chrome: Browser
) -> None:
    house = full_house
    fatima = Visitor(chrome, "Fatima", PHONE)
    page = fatima.page
    page.goto(f"{server.url}/p/{house['Fatima'].link()}")
    page.goto(f"{server.url}/s/{house['Fatima'].id}/groups")
    page.get_by_text(f"Of {NETWORK}, these are in Air at the same time: Dora.").wait_for()
    swap = page.get_by_role("group", name="Two people swap their places")
    swap.get_by_label("First person").select_option(house["Amina"].id)
    swap.get_by_label("Second person").select_option(house["Dora"].id)
    fatima.shows("135-swap")
    swap.get_by_role("button", name="Swap their places").press("Enter")
    page.get_by_text("The groups are saved").wait_for()
    page.get_by_text(f"Of {NETWORK}, these are in Water at the same time: Dora.").wait_for()
    fatima.shows("136-swapped")
    fatima.clicks("Undo")
    page.get_by_text(f"Of {NETWORK}, these are in Air at the same time: Dora.").wait_for()
    fatima.context.close()
    assert fatima.problems == []
