"""The whole way, once, in real browsers: from the join code to the downloaded outcome, with a cut in the middle."""

from __future__ import annotations

import json
import re
from typing import Any

from playwright.sync_api import Browser, expect
from sqlalchemy import select
from support.browser import LAPTOP, PHONE, WALL, Visitor
from support.files import text_of
from support.server import Server

from facilitator import access, demo, recount
from facilitator.settings import Settings
from facilitator.store.db import Store
from facilitator.store.models import Group, JoinCode, Organisation, Person, Proposal, Seat

SESSION = "Proposals for the four areas"
GROUP = "Sharing knowledge"


class Sample:
    """The sample event, and how to find one's way in it."""

    def __init__(self, store: Store, server: Server) -> None:
        self.store, self.server = store, server
        with store.reading() as db:
            self.event = demo.ensure(store)
            self.code = db.execute(select(JoinCode.code)).scalar_one()
            self.organisations = db.execute(select(Organisation.name).order_by(Organisation.name)).scalars().all()

    def someone(self, role: str, group: str | None = None, nth: int = 0) -> Any:
        """A person of the roster: the nth of a role, or of a group."""
        query = select(Person.id, Person.name, Person.link).where(Person.event == self.event, Person.role == role)
        if group:
            query = query.join(Seat, Seat.person == Person.id).join(Group, Group.id == Seat.group)
            query = query.where(Group.name == group)
        with self.store.reading() as db:
            return db.execute(query.order_by(Person.name)).all()[nth]

    def link(self, person: Any, door: str = "p") -> str:
        return f"{self.server.url}/{door}/{access.link_token(self.store.key, person.id, person.link)}"

    def names(self) -> list[str]:
        with self.store.reading() as db:
            people = select(Person.name).where(
                Person.event == self.event, Person.role.in_(("participant", "facilitator"))
            )
            return list(db.execute(people).scalars())


def test_the_whole_way_from_the_code_to_the_outcome(
    store: Store, settings: Settings, serve: Any, chrome: Browser
) -> None:
    sample = _found(store, serve)
    amina = Visitor(chrome, "Amina", PHONE)
    bruno = Visitor(chrome, "Bruno", LAPTOP, dark=True)
    chen = Visitor(chrome, "Chen", PHONE)
    fatima = Visitor(chrome, "Fatima", LAPTOP)
    screen = Visitor(chrome, "Screen", WALL)
    everybody = (amina, bruno, chen, fatima, screen)

    # Amina joins by the code, as from a QR code; Bruno of her group and Chen of another come by their personal links.
    amina.page.goto(f"{sample.server.url}/j/{sample.code}")
    amina.shows("01-join")
    amina.page.get_by_label("Your name").fill("Amina of the test")
    amina.page.get_by_label("Your organisation").select_option(label=sample.organisations[0])
    amina.clicks("Come in")
    amina.sees("We have not started yet.")
    amina.shows("02-lobby-before")
    group = amina.page.locator(".who").inner_text()
    mine = next(name for name in ("Sharing knowledge", "Training", "Policy transfer", "Advocacy") if name in group)
    other = "Training" if mine != "Training" else "Advocacy"
    bruno.page.goto(sample.link(sample.someone("participant", mine, 3)))
    chen.page.goto(sample.link(sample.someone("participant", other, 3)))
    fatima.page.goto(sample.link(sample.someone("facilitator")))
    screen.page.goto(sample.link(sample.someone("projector"), "projector"))
    expect(screen.page.get_by_text(sample.code.upper()).first).to_be_visible()
    screen.shows("03-projector-join")
    fatima.shows("04-cockpit-before")

    # Fatima starts a session; the way to the board appears in every lobby, without a reload.
    fatima.page.locator("summary", has_text="Day 2").click()
    fatima.page.get_by_role("button", name=f"Start: {SESSION}").click()
    for visitor in (amina, bruno, chen):
        visitor.page.get_by_role("link", name=re.compile("board", re.I)).first.click()
        visitor.page.get_by_role("heading", level=1).wait_for()
    fatima.page.get_by_role("button", name=re.compile(r"^Open “.*” on all boards")).first.click()
    amina.page.get_by_label("Your proposal").wait_for()
    fatima.shows("05-cockpit-wall")

    # Everybody posts; one's own group sees it at once, another group never.
    _post(amina, "Publish every city's water plan in one place")
    bruno.sees("Publish every city's water plan")
    _post(bruno, "Twin every new member with an old one for a year")
    _post(bruno, "Meet online each month for one hour")
    amina.sees("Meet online each month")
    _post(chen, "A summer school for young planners")
    assert amina.page.get_by_text("A summer school").count() == 0
    amina.shows("06-board-collect-phone")
    bruno.shows("07-board-collect-dark")

    # Bruno edits one, withdraws one and takes that back.
    card = bruno.page.locator(".proposal", has_text="Meet online each month")
    card.get_by_role("button", name="Edit").click()
    bruno.page.locator(".proposal textarea").fill("Meet online each month for half an hour")
    bruno.clicks("Save")
    amina.sees("for half an hour")
    bruno.page.locator(".proposal", has_text="half an hour").get_by_role("button", name="Withdraw").click()
    expect(amina.page.get_by_text("for half an hour")).to_have_count(0)
    bruno.clicks("Undo")
    amina.sees("for half an hour")

    # Amina is cut off for ten seconds while she types. Nothing is lost, nothing is doubled.
    amina.context.set_offline(True)
    amina.page.get_by_label("Your proposal").fill("Written in a tunnel, first")
    expect(amina.page.get_by_text(re.compile("offline", re.I)).first).to_be_visible(timeout=6_000)
    amina.clicks("Add to the board")
    amina.page.get_by_label("Your proposal").fill("Written in a tunnel, second")
    amina.clicks("Add to the board")
    amina.page.get_by_label("Your proposal").fill("Half a sentence")
    amina.shows("08-board-offline")
    _post(bruno, "Written while Amina was away")
    amina.page.wait_for_timeout(10_000)
    amina.context.set_offline(False)
    bruno.sees("Written in a tunnel, second")
    amina.sees("Written while Amina was away")
    expect(amina.page.get_by_text("Saved")).to_be_visible()
    assert amina.page.get_by_label("Your proposal").input_value() == "Half a sentence"
    with store.reading() as db:
        texts = list(db.execute(select(Proposal.text).order_by(Proposal.number)).scalars())
    assert texts.count("Written in a tunnel, first") == texts.count("Written in a tunnel, second") == 1
    assert texts.index("Written in a tunnel, first") < texts.index("Written in a tunnel, second")

    # On the board itself Fatima keeps time, hides with a reason and restores.
    fatima.page.get_by_role("link", name=re.compile(mine)).first.click()
    fatima.page.get_by_role("region", name="Steer this board").wait_for()
    fatima.clicks("Timer of 5 minutes")
    amina.page.get_by_role("timer").wait_for()
    screen.page.get_by_role("timer").first.wait_for()
    before = _seconds(amina)
    fatima.clicks("+2 min")
    expect(amina.page.get_by_role("timer")).to_have_text(re.compile(r"6:\d\d"))
    assert 100 < _seconds(amina) - before <= 120
    screen.shows("09-projector-timer")
    hidden = fatima.page.locator(".proposal", has_text="Written while Amina was away")
    hidden.get_by_role("button", name=re.compile("Hide")).click()
    fatima.page.get_by_label("Reason").fill("Not about the question")
    fatima.page.get_by_role("dialog").get_by_role("button", name=re.compile("Hide")).click()
    amina.sees("Not about the question")
    assert amina.page.get_by_text("Written while Amina was away").count() == 0
    fatima.shows("10-board-moderation")
    fatima.clicks("Restore")
    amina.sees("Written while Amina was away")

    # The vote: a budget, a cap, no running tally; then the reveal with its ties.
    fatima.page.get_by_role("button", name=re.compile("^Open: ")).first.click()
    for visitor, wanted in ((amina, ("water plan", "Twin every")), (bruno, ("water plan", "half an hour"))):
        for text in wanted:
            give = visitor.page.locator("[data-proposal]", has_text=text).get_by_role("button", name="Give a dot")
            give.click()
            expect(visitor.page.locator("[data-proposal]", has_text=text)).to_contain_text("1")
    amina.page.locator("[data-proposal]", has_text="half an hour").get_by_role("button", name="Give a dot").click()
    taken = amina.page.locator("[data-proposal]", has_text="half an hour")
    taken.get_by_role("button", name="Take a dot back").click()
    fatima.sees("2 of 2 have voted")
    amina.shows("11-vote-phone")
    bruno.shows("12-vote-dark")
    for visitor in everybody:
        assert '"score"' not in "".join(visitor.frames), f"{visitor.name} got a running tally"
    fatima.page.get_by_role("button", name=re.compile("^Open: ")).first.click()
    amina.sees("=2")
    amina.shows("13-results-phone")
    fatima.shows("14-results-facilitator")
    screen.sees("Publish every city's water plan")  # its turn comes, while other groups still work
    screen.shows("15-projector-results")

    # Going back destroys nothing.
    fatima.page.get_by_role("button", name=re.compile("^Go back: ")).last.click()
    amina.page.get_by_role("button", name="Give a dot").first.wait_for()
    fatima.page.get_by_role("button", name=re.compile("^Open: ")).first.click()
    amina.sees("=2")

    # Promote with another wording; it appears on the day's page and on the screen, with where it comes from.
    fatima.page.locator(".result", has_text="water plan").get_by_role("button", name="Promote").click()
    fatima.page.get_by_label("Wording of the conclusion").fill("We publish every member's water plan in one place.")
    fatima.page.get_by_role("dialog").get_by_role("button", name="Promote").click()
    screen.sees("We publish every member's water plan")
    screen.shows("16-projector-conclusion")
    fatima.page.locator(".result", has_text="Twin every").get_by_role("button", name="Promote").click()
    fatima.page.get_by_role("dialog").get_by_role("button", name="Promote").click()
    amina.page.goto(amina.page.url.split("/board/")[0] + "/")
    amina.page.get_by_role("link", name=re.compile("Conclusions of day 2")).first.click()
    amina.sees("We publish every member's water plan")
    amina.page.locator("summary").first.click()
    amina.sees("Publish every city's water plan in one place")
    amina.shows("17-day-phone")
    fatima.page.goto(fatima.page.url.split("/board/")[0] + "/cockpit")
    fatima.page.get_by_role("link", name=re.compile("^Conclusions.*Day 2")).first.click()
    fatima.page.get_by_role("button", name="Move down").first.click()
    expect(amina.page.locator(".conclusion").first).to_contain_text("Twin every new member")
    fatima.shows("18-day-facilitator")
    fatima.clicks("Take back")
    expect(amina.page.locator(".conclusion")).to_have_count(1)
    fatima.clicks("Undo")
    expect(amina.page.locator(".conclusion")).to_have_count(2)

    # The outcome, in every format, and nothing is off.
    outcomes = _download(fatima, sample)
    assert "We publish every member&#39;s water plan" in outcomes["html"] or "member's water plan" in outcomes["html"]
    assert json.loads(outcomes["json"])["format"] == "facilitator-outcome"
    assert all("water plan" in text for text in outcomes.values())
    assert recount.check(store).off == []

    # Amina comes back to her seat on another device.
    amina.page.goto(amina.page.url.split("/day/")[0] + "/")
    amina.page.get_by_role("link", name="Continue on another device").click()
    amina.shows("19-another-device")
    tablet = Visitor(chrome, "Amina's tablet", (820, 1180))
    tablet.page.goto(amina.page.locator("main a[href*='/p/']").inner_text())
    tablet.sees("Hello, Amina of the test")
    assert "/p/" not in tablet.page.url

    # The screen got nobody's name, and no page had anything to complain about.
    seen = "".join(screen.frames) + screen.page.content()
    assert [name for name in [*sample.names(), "Amina of the test"] if name in seen] == []
    assert [problem for visitor in everybody for problem in visitor.problems] == []


def test_the_first_organiser_makes_an_event_and_others_can_come(serve: Any, chrome: Browser) -> None:
    server = serve()
    olga = Visitor(chrome, "Olga", LAPTOP)
    olga.page.goto(server.url)
    olga.page.get_by_label("Setup token").fill("not the token")
    olga.page.get_by_label("Your name").fill("Olga")
    olga.page.get_by_label("Email address").fill("olga@example.org")
    olga.page.get_by_label("Password").fill("a long enough password")
    olga.page.locator("form button").last.click()
    olga.sees("This is not the setup token.")
    olga.shows("20-setup-refused")
    found = re.search(r"setup token (\w+)", server.output)
    assert found
    olga.page.get_by_label("Setup token").fill(found[1])
    olga.page.get_by_label("Password").fill("a long enough password")
    olga.page.locator("form button").last.click()
    olga.page.wait_for_url("**/organise")
    olga.shows("21-organise")

    olga.page.get_by_label("Title").fill("Retreat by the sea")
    olga.page.get_by_label(re.compile("Place")).fill("Sitges")
    olga.page.get_by_label(re.compile("First day")).fill("2027-03-01")
    olga.page.get_by_role("radio", name=re.compile("Blank days")).check(force=True)
    olga.page.get_by_label("Number of days").fill("2")
    olga.page.get_by_text("Own groups and organisations").click()
    olga.page.get_by_label("Breakout groups").fill("Water\nAir")
    olga.page.get_by_label("Organisations").fill("Barcelona\nSeoul")
    olga.page.get_by_role("button", name="Create the event").click()
    olga.page.wait_for_url("**/event")
    olga.sees("Retreat by the sea")
    olga.shows("22-event")
    code = olga.page.locator(".code").first.inner_text()

    amina = Visitor(chrome, "Amina", (320, 640))
    amina.page.goto(server.url)
    amina.page.get_by_label(re.compile("code", re.I)).fill("nobody")
    amina.page.locator("form button").first.click()
    amina.sees("No event has the code NOBODY.")
    amina.shows("23-wrong-code-narrow")
    amina.page.get_by_label(re.compile("code", re.I)).fill(f" {code.lower()} ")
    amina.page.locator("form button").first.click()
    amina.page.get_by_label("Your name").fill("Amina")
    amina.page.get_by_label("Your organisation").select_option(label="Seoul")
    amina.clicks("Come in")
    amina.sees("Hello, Amina")
    amina.shows("24-lobby-narrow")
    assert [*olga.problems, *amina.problems] == []

    again = Visitor(chrome, "Somebody else", PHONE)
    again.page.goto(f"{server.url}/setup")
    expect(again.page.get_by_label("Setup token")).to_have_count(0)


def _found(store: Store, serve: Any) -> Sample:
    demo.found(store)
    return Sample(store, serve())


def _post(visitor: Visitor, text: str) -> None:
    visitor.page.get_by_label("Your proposal").fill(text)
    visitor.clicks("Add to the board")
    visitor.sees(text)


def _seconds(visitor: Visitor) -> int:
    minutes, seconds = re.findall(r"\d+", visitor.page.get_by_role("timer").inner_text())[-2:]
    return int(minutes) * 60 + int(seconds)


def _download(visitor: Visitor, sample: Sample) -> dict[str, str]:
    home = re.sub(r"/day/.*", "", visitor.page.url)
    found = {}
    for format in ("html", "md", "csv", "json"):
        answer = visitor.context.request.get(f"{home}/outcome.{format}", timeout=120_000)
        assert answer.ok, answer.text()
        assert "attachment" in answer.headers["content-disposition"]
        found[format] = text_of(format, answer.body())
    return found
