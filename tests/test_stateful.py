"""Votes, hiding, going back and forth at random, beside a model of twenty lines: the tally is that of the model."""

from __future__ import annotations

import itertools
from collections import defaultdict
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from support.house import House

from facilitator import recount
from facilitator.domain.refusals import Refused
from facilitator.store.db import Store

BUDGET, CAP = 5, 2


class Workshop(RuleBasedStateMachine):
    """The plenary's board; two who are there from the start, one who comes late."""

    store: Store

    def __init__(self) -> None:
        super().__init__()
        self.house = House(self.store)
        for name in ("Fatima", "Amina", "Bruno"):
            self.house[name].does(self.house.room, "person.arrive")
        self.people = [self.house["Amina"], self.house["Bruno"], self.house["Chen"]]
        self.fatima, self.board = self.house["Fatima"], self.house.board("Plenary")
        self.fatima.opens(self.board, "collect")
        self.numbers = itertools.count(1)
        # the model
        self.step, self.open = "collect", True
        self.grace = False  # the minute after collecting: no example takes as long
        self.present = set(self.people[:2])
        self.electors: set[Any] = set()
        self.cards: dict[str, str] = {}  # proposal -> "standing" or "hidden"
        self.votes: dict[Any, dict[str, int]] = defaultdict(dict)

    @rule(who=st.integers(0, 2))
    def post(self, who: int) -> None:
        someone, allowed = self.people[who], self.open and self.step == "collect"
        found = self._try(lambda: someone.posts(self.board, f"Proposal {next(self.numbers)}"))
        assert (found not in ("step_closed", "step_other")) == (allowed or self.grace)  # then it is a late one
        if allowed:
            self.cards[found] = "standing"

    @rule(who=st.integers(0, 2), card=st.integers(0, 20), value=st.integers(-1, 4))
    def vote(self, who: int, card: int, value: int) -> None:
        if not self.cards:
            return
        someone, proposal = self.people[who], list(self.cards)[card % len(self.cards)]
        wanted = self._may_vote(someone, proposal, value)
        found = self._try(lambda: someone.votes(self.board, proposal, value))
        assert (found if isinstance(found, str) else "ok") == wanted
        if wanted == "ok":
            self.votes[someone].pop(proposal, None)
            if value:
                self.votes[someone][proposal] = value

    def _may_vote(self, someone: Any, proposal: str, value: int) -> str:
        mine = self.votes[someone]
        if not self.open:
            return "step_closed"
        if self.step != "vote":
            return "step_other"
        if someone not in self.electors:
            return "not_elector"
        if self.cards[proposal] == "hidden" and not (value == 0 and proposal in mine):
            return "proposal_hidden"
        if value < 0:
            return "bad_vote"
        if value <= mine.get(proposal, 0):
            return "ok"
        if value > CAP:
            return "over_cap"
        spent = sum(dots for other, dots in mine.items() if other != proposal)
        return "ok" if spent + value <= BUDGET else "no_dots_left"

    @rule(card=st.integers(0, 20))
    def hide_or_restore(self, card: int) -> None:
        if not self.cards:
            return
        proposal = list(self.cards)[card % len(self.cards)]
        if self.cards[proposal] == "standing":
            self.fatima.hides(self.board, proposal)
            self.cards[proposal] = "hidden"
        else:
            self.fatima.restores(self.board, proposal)
            self.cards[proposal] = "standing"

    @rule(step=st.sampled_from(["collect", "vote", "vote", "reveal"]))
    def open_step(self, step: str) -> None:
        self._leave(step)
        self.fatima.opens(self.board, step)
        self.step, self.open = step, True
        if step == "vote":
            self.electors |= self.present

    @rule()
    def close_step(self) -> None:
        self._leave(None)
        assert (self._try(lambda: self.fatima.closes(self.board)) == "step_not_open") == (not self.open)
        self.open = False

    def _leave(self, following: str | None) -> None:
        if self.open and self.step == "collect" and following != "collect":
            self.grace = True

    @rule()
    def chen_arrives(self) -> None:
        self.people[2].does(self.house.room, "person.arrive")
        self.present.add(self.people[2])

    @invariant()
    def the_board_shows_what_the_model_says(self) -> None:
        state = self.house.state(self.board)
        voted = sum(1 for votes in self.votes.values() if votes)
        if state["ballot"]:
            assert (state["ballot"]["electors"], state["ballot"]["voted"]) == (len(self.electors), voted)
        # Going back to before the vote puts it out of sight; from the reveal on everybody sees the tally.
        assert (state["results"] is not None) == (self.step == "reveal" and bool(self.electors))
        if state["results"]:
            tally = {p: sum(votes.get(p, 0) for votes in self.votes.values()) for p, s in self.cards.items()
                     if s == "standing"}  # fmt: skip
            assert {row["proposal"]: row["dots"] for row in state["results"]["ranked"]} == tally
            for row in state["results"]["ranked"]:
                assert row["rank"] == 1 + sum(1 for dots in tally.values() if dots > row["dots"])

    @invariant()
    def everybody_has_the_votes_that_they_cast(self) -> None:
        if self.step == "vote":
            for someone in self.people:
                me = someone.me(self.board)
                assert {p: said[""] for p, said in me["votes"].items()} == self.votes[someone]
                assert me["left"] == BUDGET - sum(self.votes[someone].values())

    def teardown(self) -> None:
        assert recount.check(self.house.store, self.house.event).off == []

    @staticmethod
    def _try(do: Any) -> Any:
        try:
            return do()
        except Refused as refused:
            return refused.code


def test_whatever_happens_the_tally_is_that_of_the_votes(store: Store) -> None:
    machine = type("Workshop", (Workshop,), {"store": store})
    run_state_machine_as_test(machine, settings=settings(max_examples=20, stateful_step_count=40))
