"""The sweep that closes windows, at the moment when somebody comes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session as Db
from support.house import House

from facilitator import create_app
from facilitator.live import Live, Window
from facilitator.settings import Settings
from facilitator.store.db import Store


class Waiting(Store):
    """A store during whose next reading something else happens."""

    meanwhile: Callable[[], None] | None = None

    @contextmanager
    def reading(self) -> Iterator[Db]:
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        with super().reading() as db:
            yield db


def test_who_comes_while_the_sweep_reads_is_not_taken_for_revoked(
    settings: Settings, full_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Waiting(replace(settings, async_mode="threading"))
    app = create_app(store.settings, store)
    live: Live = app.extensions["facilitator.live"]
    sent_away: list[tuple[str, str]] = []
    monkeypatch.setattr(live, "_say_goodbye", lambda window, refused: sent_away.append((window.sid, refused.code)))

    def window(sid: str, name: str) -> None:
        someone = full_house[name]
        live.windows[sid] = Window(sid, someone.actor, "participant", full_house.event, 0, "en", time.monotonic())

    window("1", "Amina")
    store.meanwhile = lambda: window("2", "Bruno")
    live._close_revoked()
    assert sent_away == []
    full_house["Olga"].does(full_house.room, "link.renew", person=full_house["Bruno"].id)
    live._close_revoked()
    assert sent_away == [("2", "link_expired")]
    store.close()
