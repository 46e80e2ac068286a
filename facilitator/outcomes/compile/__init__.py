"""An outcome as a report that a board of directors can read: conclusions first, then how they came about.

Four depths from one source: `brief` (two pages: what was concluded, who stands behind it, what comes next), `findings`
(how it came about, with the results of every group), `contributions` (and everything that anybody contributed),
`record` (and every figure that was counted).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from ...domain.document import (
    Block,
    Column,
    Depth,
    Document,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Quote,
    Reference,
    Row,
    Section,
    Table,
)
from ..gather import Outcome, OutcomeDay, OutcomeSession
from .annex import annex, methods
from .board import board_blocks
from .brief import brief_blocks
from .conclusions import conclusions_section, coverage, end_of_day
from .gallery import gallery
from .pictures import flow, participation
from .record import record
from .results import session_heatmap
from .roadmap import roadmap
from .words import Translate, Words, anchor, figures, locale_of, paragraphs, session_anchor

__all__ = ["DEPTHS", "Depth", "Translate", "compile_report"]

DEPTHS: tuple[Depth, ...] = get_args(Depth)


def compile_report(
    outcome: Outcome,
    translate: Translate = lambda text: text,
    locale: str = "en",
    depth: Depth = "contributions",
) -> Document:
    """The report of an outcome.

    Args:
        translate: gettext for the report's own words.
        locale: BCP 47 tag or Babel name of the report's language, for dates; an unknown one counts as English.
    """
    annexed = depth in ("contributions", "record")
    return _Report(outcome, Words(translate, locale_of(locale), annexed), depth).document()


class _Report:
    def __init__(self, outcome: Outcome, words: Words, depth: Depth) -> None:
        self.outcome = outcome
        self.words = words
        self.depth = depth
        self._ = words._

    def document(self) -> Document:
        _, outcome, words = self._, self.outcome, self.words
        dates = words.dates([day.date for day in outcome.days])
        return Document(
            title=outcome.title,
            subtitle=", ".join(part for part in (outcome.place, dates) if part),
            language=str(words.locale.language),
            contents=_("Contents") if self.depth != "brief" else "",
            meta=((_("Report"), self.kind()),),
            gathered_at=outcome.gathered_at,
            blocks=(
                *([Note((outcome.sample,), warning=True)] if outcome.sample else []),
                *(brief_blocks(words, outcome) if self.depth == "brief" else self.whole()),
            ),
        )

    def kind(self) -> str:
        _ = self._
        return {
            "brief": _("Brief"),
            "findings": _("Findings"),
            "contributions": _("Conclusions and contributions"),
            "record": _("Full record"),
        }[self.depth]

    def whole(self) -> Iterator[Block]:
        _, outcome, words = self._, self.outcome, self.words
        yield figures(words, outcome)
        yield Section(_("Purpose"), "purpose", tuple(Paragraph((text,)) for text in paragraphs(outcome.purpose)))
        yield self.conclusions_in_brief()
        if (received := coverage(words, outcome)) is not None:
            yield received
        if (planned := roadmap(words, outcome)) is not None:
            yield planned
        yield self.agenda()
        yield self.people()
        if outcome.texts:
            yield self.texts()
        for day in outcome.days:
            yield self.day(day)
        yield methods(words, outcome)
        if words.annex:
            yield annex(words, outcome)
        if (pictures := gallery(words, outcome)) is not None:
            yield pictures
        if self.depth == "record":
            yield record(words, outcome)

    # --- the whole event ----------------------------------------------------------------------------------------

    def conclusions_in_brief(self) -> Section:
        _ = self._
        items = tuple(
            (Reference(conclusion.code, anchor(conclusion.code)), "  " + conclusion.wording)
            for conclusion in self.outcome.conclusions
        )
        block: Block = ListBlock(items) if items else Note((_("No conclusions have been drawn yet."),))
        return Section(_("Conclusions in brief"), "brief", (block, *flow(self.words, self.outcome)))

    def agenda(self) -> Section:
        _ = self._
        columns = (Column(_("Time"), "code"), Column(_("Session")), Column(_("Groups")))
        tables = tuple(
            Table(
                caption=self.words.day_title(day),
                columns=columns,
                rows=tuple(
                    Row(
                        (
                            _time(session),
                            (Reference(session.title, session_anchor(session)),) if session.boards else session.title,
                            ", ".join(board.group for board in session.boards),
                        ),
                        muted=session.kind == "break",
                    )
                    for session in day.sessions
                ),
            )
            for day in self.outcome.days
        )
        return Section(_("Agenda"), "agenda", tables)

    def people(self) -> Section:
        _, outcome = self._, self.outcome
        kinds = {"member": _("Member"), "collaborating": _("Collaborating")}
        rows = [
            Row((body.name, self.words.names(body.present), kinds.get(body.kind, body.kind), len(body.present)))
            for body in outcome.organisations
            if body.present
        ]
        if outcome.independent:
            names = self.words.names(outcome.independent)
            rows.append(Row((_("Without an organisation"), names, None, len(outcome.independent))))
        blocks: list[Block] = []
        if rows:
            columns = [
                Column(_("Organisation")),
                Column(_("Names")),
                Column(_("Kind"), "code"),
                Column(_("People"), "number"),
            ]
            if not any(row.cells[1] for row in rows):  # nobody has agreed to it, or it is an edition without names
                del columns[1]
                rows = [Row((row.cells[0], *row.cells[2:])) for row in rows]
            table = Table(_("Participants by organisation"), tuple(columns), tuple(rows))
            blocks += participation(self.words, outcome, table)
            if named := sum(name is not None for name in outcome.participants):
                sentence = _("By name stand those who have agreed to it: {named} of {people} people.")
                blocks.append(Note((sentence.format(named=named, people=outcome.present),)))
        else:
            blocks.append(Note((_("Nobody has joined yet."),)))
        absent = [body.name for body in outcome.organisations if body.expected and not body.present]
        if absent:
            blocks.append(Note((_("Invited, but nobody came: {names}.").format(names=", ".join(absent)),)))
        if facilitators := self.words.names(outcome.facilitators):
            blocks.append(Note((_("Facilitated by {names}.").format(names=facilitators),)))
        if outcome.imported_people:
            sentence = _("Voices imported from an earlier conversation: {count}. They are not counted as participants.")
            blocks.append(Note((sentence.format(count=outcome.imported_people),)))
        return Section(_("Who took part"), "people", tuple(blocks))

    def texts(self) -> Section:
        """The guiding texts as they stand, and how they came to stand so."""
        _ = self._
        blocks: list[Block] = []
        for text in self.outcome.texts:
            parts: list[Block] = [Quote(text.versions[-1].text)]
            if len(text.versions) > 1:
                parts.append(
                    ListBlock(
                        tuple(
                            (_("Version {number}").format(number=v.version), ", ", Moment(v.at), f": {v.text}")
                            for v in text.versions
                        )
                    )
                )
            blocks.append(Section(text.title, f"text-{text.key.replace('_', '-')}", tuple(parts), listed=False))
        return Section(_("Guiding texts"), "texts", tuple(blocks))

    # --- a day --------------------------------------------------------------------------------------------------

    def day(self, day: OutcomeDay) -> Section:
        words = self.words
        conclusions = conclusions_section(words, day, wordings=self.depth != "findings")
        sessions = tuple(self.session(session) for session in day.sessions if session.boards)
        end = end_of_day(words, day)
        blocks = (conclusions, *sessions, *([end] if end is not None else []))
        return Section(words.day_title(day), f"day-{day.number}", blocks, new_page=True)

    def session(self, session: OutcomeSession) -> Section:
        blocks: list[Block] = []
        if when := _time(session):
            blocks.append(Note((when,)))
        blocks.extend(Paragraph((text,)) for text in paragraphs(session.description))
        shared = len({board.prompt for board in session.boards}) == 1
        if shared:
            blocks.append(Quote(session.boards[0].prompt))
        blocks.extend(session_heatmap(self.words, session))
        for board in session.boards:
            parts = board_blocks(self.words, board)
            if not shared:
                parts = (Quote(board.prompt), *parts)
            if len(session.boards) == 1:
                blocks.extend(parts)
            else:
                blocks.append(Section(board.group, f"b-{anchor(board.code)}", parts))
        return Section(f"{session.code}  {session.title}", session_anchor(session), tuple(blocks))


def _time(session: OutcomeSession) -> str:
    if not session.starts_at:
        return ""
    start = int(session.starts_at[:2]) * 60 + int(session.starts_at[3:])
    end = (start + session.minutes) % (24 * 60)
    return f"{session.starts_at}–{end // 60:02}:{end % 60:02}"
