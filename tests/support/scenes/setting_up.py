"""The event, its roster and its organisations are put right before and while people come."""

from __future__ import annotations

from sqlalchemy import insert

from facilitator.access import Actor
from facilitator.store.models import Account

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    for who in ("Amina", "Bruno"):
        take(who, house.room, "person.arrive", f"{who} comes")
    take("Olga", house.room, "event.change", "another title", title="Water, air and soil", place="Lima", purpose="Act.",
         wifi_name="Venue", wifi_password="a long secret")  # fmt: skip
    take("Olga", house.room, "event.change", "only the Wi-Fi", title="Water, air and soil", place="Lima",
         purpose="Act.", wifi_name="Venue 2")  # fmt: skip
    people = [
        {"name": "Elena", "organisation": "Lima", "languages": ["es", "en"], "group": "Water"},
        {"name": "Farid", "organisation": "Seoul", "role": "observer", "email": "farid@example.org"},
    ]
    elena, farid = take("Olga", house.room, "roster.import", "two more", people=people)["people"]
    take("Olga", house.room, "person.edit", "Farid takes part", person=farid, name="Farid Haddad", organisation="Accra")
    take("Fatima", house.room, "person.check", "Elena is here", people=[elena], attendance="here")
    take("Fatima", house.room, "person.check", "Farid is not", people=[farid], attendance="absent")
    take("Fatima", house.room, "person.check", "nothing new", people=[farid], attendance="absent")
    take("Olga", house.room, "person.remove", "Farid is off the list", person=farid)
    lima = house.organisation("Lima")
    take("Olga", house.room, "organisation.name", "corrected", organisation=lima, name="Lima Metropolitana",
         kind="collaborating")  # fmt: skip
    accra = house.organisation("Accra")
    take("Olga", house.room, "organisation.remove", "nobody comes from there", organisation=accra)
    take("Olga", house.room, "organisation.name", "one more", name="Quito", kind="member")
    take("Olga", house.room, "organisation.name", "in another colour", organisation=lima, name="Lima", kind="member",
         colour="rose")  # fmt: skip
    region = take("Olga", house.room, "attribute.define", "a region", name="Region",
                  options=["North", "South"])["attribute"]  # fmt: skip
    take("Amina", house.room, "attribute.answer", "nobody hears of it", answers={region: "North"})
    take("Bruno", house.room, "attribute.answer", "nor of this", answers={region: "South"})
    take("Bruno", house.room, "attribute.answer", "taken back", answers={})
    take("Olga", house.room, "attribute.define", "otherwise", attribute=region, name="Region",
         options=["North", "South", "East"], balanced=False)  # fmt: skip
    take("Olga", house.room, "attribute.remove", "not asked any more", attribute=region)
    house["Fatima"].opens(house.board("Water"), "collect")
    house["Bruno"].posts(house.board("Water"), "More buses")
    take("Olga", house.room, "person.remove", "Bruno had contributed", person=house["Bruno"].id)
    take("Olga", house.room, "person.reopen", "Bruno is back", person=house["Bruno"].id)
    take("Olga", house.room, "person.reopen", "he was", person=house["Bruno"].id)
    with house.store.writing() as db:
        values = {"id": "accountamina", "email": "a@example.org", "name": "Amina Org", "password_hash": "-"}
        db.execute(insert(Account.__table__).values(**values, created_at=1))
    one, two = (
        take("Olga", house.room, "invitation.issue", note, role=role)["invitation"]
        for note, role in (("a facilitator", "facilitator"), ("an organiser", "organiser"))
    )
    take("Olga", house.room, "invitation.withdraw", "not needed", invitation=one)
    take(Actor(invitation=two), house.room, "invitation.accept", "she organises", account="accountamina")
    take("Olga", house.room, "event.archive", "it is over")
    take("Olga", house.room, "event.reopen", "it is not")
    # A deleted event is seen by its organisers alone, so the pictures before and after are theirs.
    camera.viewers = ("Olga",)
    take("Olga", house.room, "event.delete", "by mistake")
    take("Olga", house.room, "event.restore", "in time")
    house["Amina"].does(house.room, "picture.decline", declined=True)
    take("Olga", house.room, "person.erase", "Amina asks to be forgotten", person=house["Amina"].id)
    house["Fatima"].does(house.room, "lead.take", group=house.state(house.board("Air"))["group"])
    take("Olga", house.room, "person.erase", "Fatima, too; nobody looks after Air", person=house["Fatima"].id)
