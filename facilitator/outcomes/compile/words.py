"""The report's own words and small pieces: people, dates, anchors, a ballot and a figure in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from babel import Locale, UnknownLocaleError

from ... import i18n
from ...domain.document import Facts, Line, Reference
from .. import moments
from ..gather import Outcome, OutcomeBallot, OutcomeDay, OutcomeProposal, OutcomeRatification, OutcomeSession, Who

Translate = Callable[[str], str]


class Words:
    """`_` is gettext in the report's language; every label of ours passes through it, nothing that a user wrote
    does."""

    def __init__(self, translate: Translate, locale: Locale, annex: bool = True) -> None:
        self._ = translate
        self.locale = locale
        self.annex = annex
        """Is every contribution in the report, so that its code can be jumped to?"""

    def named(self, who: Who) -> str:
        """By name, by organisation alone, or nobody: as it was promised when it was written."""
        if who.erased:
            return self.name(who)
        if who.name is None:
            return who.organisation or self._("Without a name")
        return f"{who.name}, {who.organisation}" if who.organisation else who.name

    def name(self, who: Who) -> str:
        """By name alone; who was erased afterwards, as somebody of their organisation."""
        if who.name is not None:
            return who.name
        _ = self._
        return _("Somebody of {organisation}").format(organisation=who.organisation) if who.organisation else self.gone

    @property
    def gone(self) -> str:
        return self._("Somebody who was removed")

    def names(self, names: Sequence[str | None]) -> str:
        """Names in a row; None is somebody who is not named."""
        return ", ".join(name for name in names if name is not None)

    def number(self, value: float | None) -> str:
        return "–" if value is None else i18n.number(value, self.locale)

    def turnout(self, voted: int, electors: int) -> str:
        share = f" ({round(100 * voted / electors)} %)" if electors else ""
        return self._("{voted} of {electors}").format(voted=voted, electors=electors) + share

    def share(self, value: float | None) -> str:
        return "–" if value is None else f"{round(value)} %"

    def code(self, code: str) -> Reference | str:
        """The code of a contribution, as a jump to it where it is in the report."""
        return Reference(code, anchor(code)) if self.annex or code.startswith("C") else code

    def proposal(self, p: OutcomeProposal) -> Line:
        return (self.code(p.code), "  ", p.text or "", *self.became(p))

    def became(self, p: OutcomeProposal) -> Line:
        """Where a proposal went: jumps to what it was merged into and to its conclusions."""
        jumps: list[Any] = []
        for code in (*((p.merged_into,) if p.merged_into else ()), *p.conclusions):
            jump = self.code(code)
            jumps += [
                "  ",
                Reference(f"→\u00a0{code}", jump.anchor) if isinstance(jump, Reference) else f"→\u00a0{code}",
            ]
        return tuple(jumps)

    # --- ballots ------------------------------------------------------------------------------------------------

    def ballot(self, ballot: OutcomeBallot) -> str:
        _, rules = self._, ballot.rules
        if rules.kind == "dots":
            words = _("{budget} dots each, at most {cap} on a proposal").format(budget=rules.budget, cap=rules.cap)
            words += _(", also against") if rules.against else ""
        elif rules.kind == "approval":
            words = _("agree, disagree or pass")
        elif rules.kind == "scale":
            words = _("a scale of {points}, from “{lowest}” to “{highest}”").format(
                points=rules.points, lowest=rules.anchors[0], highest=rules.anchors[-1]
            )
        elif rules.kind == "ranking":
            words = _("everybody's own order")
        else:
            words = _("consent: agree, agree with a reservation, stand aside, object")
        secrecy = {"secret": _("secret"), "anonymous": _("without names"), "named": _("with names")}
        return f"{words}, {secrecy[rules.secrecy]}"

    def title(self, ballot: OutcomeBallot) -> str:
        if ballot.round == 1:
            return ballot.title
        return self._("{step}, round {round}").format(step=ballot.title, round=ballot.round)

    def tally(self, kind: str, row: Mapping[str, Any]) -> str:
        """What a ballot said of one item, in words."""
        _ = self._
        if row.get("withheld"):
            return _("withheld: fewer than three opinions")
        if kind == "cell":
            return _("median {median}, the middle half from {q1} to {q3}, from {people} people").format(
                median=self.number(row["median"]), q1=self.number(row["q1"]), q3=self.number(row["q3"]),
                people=row["n"],
            )  # fmt: skip
        if kind == "dots":
            words = _("{dots} dots from {voters} people").format(dots=row.get("dots", 0), voters=row.get("voters", 0))
            return words + (_(", {against} against").format(against=row["against"]) if row.get("against") else "")
        if kind == "approval":
            return _("{agree} agree, {disagree} disagree, {passed} pass").format(
                agree=row.get("agree", 0), disagree=row.get("disagree", 0), passed=row.get("pass", 0)
            )
        if kind == "scale":
            if row.get("mean") is None:
                return _("no opinions")
            return _("mean {mean} from {people} people").format(mean=self.number(row["mean"]), people=row["opinions"])
        if kind == "ranking":
            return _("{points} points, first for {firsts} people").format(
                points=self.number(row.get("points", 0)), firsts=row.get("firsts", 0)
            )
        return _("{agree} agree, {reservation} with a reservation, {aside} stand aside, {object} object").format(
            agree=row.get("agree", 0),
            reservation=row.get("reservation", 0),
            aside=row.get("aside", 0),
            object=row.get("object", 0),
        )

    def figures(self, figures: Mapping[str, Any] | None) -> str:
        """What a conclusion was promoted with."""
        _ = self._
        if not figures:
            return _("Promoted without a revealed vote")
        words = [self.tally(str(figures.get("kind")), figures)]
        if figures.get("rank") is not None:
            place = _("place {rank} of {of}, tied") if figures.get("tied") else _("place {rank} of {of}")
            words.append(place.format(rank=figures["rank"], of=figures.get("of", "?")))
        turnout = self.turnout(figures.get("voted", 0), figures.get("electors", 0))
        words.append(_("turnout {turnout}").format(turnout=turnout))
        return "; ".join(words)

    # --- conclusions --------------------------------------------------------------------------------------------

    def kind(self, kind: str) -> str:
        _ = self._
        return {
            "conclusion": _("Conclusion"),
            "decision": _("Decision"),
            "recommendation": _("Recommendation"),
            "action": _("Action"),
        }[kind]

    def ratified(self, ratification: OutcomeRatification | None) -> str:
        """What came of asking everybody, in a word or two."""
        _ = self._
        if ratification is None:
            return _("not asked")
        return {
            "ratified": _("ratified"),
            "not_ratified": _("not ratified"),
            "no_quorum": _("no quorum"),
        }[ratification.counted["outcome"]]

    def stand(self, tally: Mapping[str, Any]) -> str:
        """One tally of a ratification, in words."""
        return self._("{agree} agree, {live} can live with it, {object} object").format(
            agree=self.number(tally["agree"]), live=self.number(tally["live"]), object=self.number(tally["object"])
        )

    def position(self, value: int) -> str:
        _ = self._
        return {3: _("agrees"), 2: _("can live with it"), 0: _("objects")}[value]

    def verdict(self, verdict: str) -> str:
        _ = self._
        return {
            "adopted": _("adopted"),
            "amended": _("adopted with changes"),
            "deferred": _("deferred"),
            "rejected": _("rejected"),
        }[verdict]

    def erased(self, outcome: Outcome) -> str:
        """How many people were removed afterwards, and when; empty where nobody was."""
        if not outcome.erased:
            return ""
        days = ", ".join(dict.fromkeys(self.dates([moments.iso(at)[:10]]) for at in outcome.erased))
        return self._(
            "People who were removed afterwards: {count} ({days}). Their names are gone; what they contributed stays, "
            "and is counted as before."
        ).format(count=len(outcome.erased), days=days)

    # --- days ---------------------------------------------------------------------------------------------------

    def day_title(self, day: OutcomeDay) -> str:
        when = self.dates([day.date])
        first = self._("Day {number}").format(number=day.number)
        if not day.title or day.title == first:
            return f"{first}, {when}"
        return f"{first}, {when}: {day.title}"

    def dates(self, days: list[str]) -> str:
        """A day as the reader writes it; of several, the first and the last."""
        return i18n.dates(days, self.locale)


def figures(words: Words, outcome: Outcome) -> Facts:
    """The size of the whole event at a glance."""
    _ = words._
    standing = sum(len(board.having("standing")) for board in outcome.boards)
    return Facts(
        (
            (_("People"), (str(outcome.present),)),
            (_("Organisations"), (str(sum(1 for o in outcome.organisations if o.present)),)),
            (_("Proposals"), (str(standing),)),
            (_("Ballots held"), (str(sum(1 for ballot in outcome.ballots if not ballot.open)),)),
            (_("Conclusions"), (str(len(outcome.conclusions)),)),
        ),
        large=True,
    )


def locale_of(tag: str) -> Locale:
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    return i18n.formats(locale)


def anchor(code: str) -> str:
    """C1.2 -> c1-2, 1.3B17 -> p1-3b17."""
    name = code.lower().replace(".", "-")
    return name if name.startswith("c") else f"p{name}"


def session_anchor(session: OutcomeSession) -> str:
    return f"s{session.code.replace('.', '-')}"


def paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]
