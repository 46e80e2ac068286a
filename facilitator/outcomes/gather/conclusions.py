"""Conclusions with all that they rest on and all that was said of them, and how a day ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row

from ... import access
from ...domain import ratification as ratifying
from ...domain.wording import difference
from .model import (
    OutcomeAsking,
    OutcomeClosing,
    OutcomeConclusion,
    OutcomeFramework,
    OutcomeFrameworkTag,
    OutcomeMinority,
    OutcomeParked,
    OutcomeRatification,
    OutcomeSource,
    OutcomeTag,
    OutcomeVerdict,
    SourcePart,
    Version,
)
from .rows import GONE, Rows, status


class Conclusions:
    """Those that stand, `of_day`: the day's id -> its conclusions in their order."""

    def __init__(self, rows: Rows, frameworks: list[dict[str, Any]]) -> None:
        self.rows = rows
        self.frameworks = frameworks
        self.titles = {
            (framework["key"], tag["key"]): (framework["title"], tag["title"])
            for framework in frameworks
            for tag in framework["tags"]
        }
        self.of_day = {
            day.id: tuple(
                self.conclusion(conclusion, f"C{day.number}.{place}")
                for place, conclusion in enumerate(rows.conclusions.get(day.id, ()), start=1)
            )
            for day in rows.days
        }

    def conclusion(self, row: Row[Any], code: str) -> OutcomeConclusion:
        versions = tuple(
            Version(v.version, v.text, v.at, self.rows.who(v.by)) for v in self.rows.versions.get(row.id, ())
        )
        sources = tuple(self.source(source) for source in self.rows.sources[row.id])
        alone = len(sources) == 1 and sources[0].kind == "proposal"
        before = sources[0].text if alone else versions[0].text
        return OutcomeConclusion(
            id=row.id,
            code=code,
            kind=row.kind,
            wording=row.wording,
            at=row.at,
            by=self.rows.who(row.by),
            versions=versions,
            diff=None if before is None else tuple(difference(before, row.wording)),
            sources=sources,
            tags=tuple(self.tags(row.id)),
            ratification=self.ratification(row.id),
            minority=tuple(
                OutcomeMinority(report.text, self.rows.who(report.by), report.at)
                for report in self.rows.minority.get(row.id, ())
            ),
            verdicts=tuple(
                OutcomeVerdict(v.verdict, v.body, v.reason, v.at, self.rows.who(v.by))
                for v in self.rows.verdicts.get(row.id, ())
            ),
        )

    def source(self, row: Row[Any]) -> OutcomeSource:
        rows = self.rows
        proposal = rows.proposal[row.proposal] if row.proposal is not None else None
        state = status(proposal) if proposal is not None else None
        shown = state not in GONE
        session, group = rows.places[row.board]
        return OutcomeSource(
            kind=row.kind,
            proposal=row.proposal,
            code=rows.codes.get(row.proposal),
            status=state,
            text=row.text if shown else None,
            author=rows.signed(proposal) if proposal is not None and shown and row.kind == "proposal" else None,
            criterion=(row.figures or {}).get("criterion", row.criterion) if row.kind == "cell" else None,
            parts=tuple(self.part(part) for part in row.parts),
            board=rows.codes[row.board],
            session=session,
            group=group,
            figures=row.figures,
        )

    def part(self, part: dict[str, Any]) -> SourcePart:
        now = self.rows.proposal.get(part["proposal"])
        shown = now is not None and status(now) not in GONE
        return SourcePart(self.rows.codes.get(part["proposal"]), part["text"] if shown else None)

    def tags(self, conclusion: str) -> Iterator[OutcomeTag]:
        """In the order of the frameworks; what no framework of the event has any more is left out."""
        found = {(tag.framework, tag.tag) for tag in self.rows.tags.get(conclusion, ())}
        for (framework, tag), titles in self.titles.items():
            if (framework, tag) in found:
                yield OutcomeTag(framework, tag, *titles)

    def coverage(self) -> tuple[OutcomeFramework, ...]:
        """The frameworks of the event, and which conclusions answer to each of their tags."""
        found: dict[tuple[str, str], list[str]] = {}
        for conclusions in self.of_day.values():
            for conclusion in conclusions:
                for tag in conclusion.tags:
                    found.setdefault((tag.framework, tag.tag), []).append(conclusion.code)
        return tuple(
            OutcomeFramework(
                framework["key"],
                framework["title"],
                tuple(
                    OutcomeFrameworkTag(tag["key"], tag["title"], tuple(found.get((framework["key"], tag["key"]), ())))
                    for tag in framework["tags"]
                ),
            )
            for framework in self.frameworks
        )

    def ratification(self, conclusion: str) -> OutcomeRatification | None:
        """The last one of the conclusion that is over."""
        rows = self.rows
        asked = [
            (row, ratified.version)
            for row in rows.ratifications
            for ratified in rows.ratified.get(row.id, ())
            if ratified.conclusion == conclusion and row.closed_at is not None
        ]
        if not asked:
            return None
        row, version = asked[-1]
        stands = [
            ratifying.Stand(p.person, p.value, p.reason)
            for p in rows.positions.get(row.id, ())
            if p.conclusion == conclusion
        ]
        electors = {elector.person: elector.organisation or elector.voice for elector in rows.ratifiers.get(row.id, ())}
        terms = ratifying.Terms(row.quorum_people, row.quorum_organisations, row.support)
        return OutcomeRatification(
            at=row.closed_at,
            version=version,
            round=len(asked),
            quorum_people=row.quorum_people,
            quorum_organisations=row.quorum_organisations,
            support=row.support,
            counted=ratifying.count(terms, stands, electors),
        )

    def asking(self, day: str) -> OutcomeAsking | None:
        rows = self.rows
        running = next((row for row in rows.ratifications if row.day == day and row.closed_at is None), None)
        if running is None:
            return None
        asked = {ratified.conclusion for ratified in rows.ratified.get(running.id, ())}
        codes = tuple(conclusion.code for conclusion in self.of_day[day] if conclusion.id in asked)
        return OutcomeAsking(codes, len(rows.ratifiers.get(running.id, ())), rows.heard.get(running.id, 0))


# --- the end of a day -----------------------------------------------------------------------------------------------


def parked(rows: Rows, day: str) -> Iterator[OutcomeParked]:
    for session in rows.sessions.get(day, ()):
        for board in rows.boards.get(session.id, ()):
            if access.keeps([board.group_kind]):
                continue  # what those park is theirs
            for card in rows.proposals.get(board.id, ()):
                if status(card) != "parked":
                    continue
                care = rows.parked.get(card.id)
                yield OutcomeParked(
                    code=rows.codes[card.id],
                    text=card.text,
                    session=session.title,
                    group=board.group_name,
                    owner=rows.who(care.owner) if care is not None and care.owner is not None else None,
                    answer=care.answer if care is not None else None,
                )


def closing(rows: Rows, row: Row[Any]) -> OutcomeClosing | None:
    if row.closed_at is None:
        return None
    by = rows.who(row.closed_by) if row.closed_by is not None else None
    return OutcomeClosing(row.closed_at, by, (row.closing or {}).get("note", ""))
