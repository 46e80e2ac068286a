"""An outcome as a report that a board of directors can read: conclusions first, then how they came about."""

from __future__ import annotations

from ...domain.document import (
    Block,
    Column,
    Diff,
    Document,
    Facts,
    Line,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Quote,
    Reference,
    Row,
    Section,
    Statement,
    Table,
)
from ..gather import Outcome, OutcomeConclusion, OutcomeDay, OutcomeSession
from .annex import annex, methods
from .board import board_blocks
from .results import session_heatmap
from .words import Translate, Words, anchor, locale_of, paragraphs, session_anchor

__all__ = ["Translate", "compile_report"]


def compile_report(outcome: Outcome, translate: Translate = lambda text: text, locale: str = "en") -> Document:
    """The report of an outcome.

    Args:
        translate: gettext for the report's own words.
        locale: BCP 47 tag or Babel name of the report's language, for dates; an unknown one counts as English.
    """
    return _Report(outcome, Words(translate, locale_of(locale))).document()


class _Report:
    def __init__(self, outcome: Outcome, words: Words) -> None:
        self.outcome = outcome
        self.words = words
        self._ = words._

    def document(self) -> Document:
        _, outcome, words = self._, self.outcome, self.words
        dates = words.dates([day.date for day in outcome.days])
        return Document(
            title=outcome.title,
            subtitle=", ".join(part for part in (outcome.place, dates) if part),
            language=str(words.locale.language),
            contents=_("Contents"),
            meta=((_("Report"), _("Conclusions and contributions")),),
            blocks=(
                *([Note((outcome.sample,), warning=True)] if outcome.sample else []),
                self.figures(),
                Section(_("Purpose"), "purpose", tuple(Paragraph((text,)) for text in paragraphs(outcome.purpose))),
                self.conclusions_in_brief(),
                self.agenda(),
                self.people(),
                *([self.texts()] if outcome.texts else []),
                *(self.day(day) for day in outcome.days),
                methods(words, outcome),
                annex(words, outcome),
            ),
        )

    # --- the whole event ----------------------------------------------------------------------------------------

    def figures(self) -> Facts:
        _, boards = self._, self.outcome.boards
        standing = sum(len(board.having("standing")) for board in boards)
        return Facts(
            (
                (_("People"), (str(self.outcome.present),)),
                (_("Organisations"), (str(sum(1 for o in self.outcome.organisations if o.present)),)),
                (_("Proposals"), (str(standing),)),
                (_("Ballots held"), (str(sum(1 for ballot in self.outcome.ballots if not ballot.open)),)),
                (_("Conclusions"), (str(sum(len(day.conclusions) for day in self.outcome.days)),)),
            ),
            large=True,
        )

    def conclusions_in_brief(self) -> Section:
        _ = self._
        items = tuple(
            (Reference(conclusion.code, anchor(conclusion.code)), "  " + conclusion.wording)
            for day in self.outcome.days
            for conclusion in day.conclusions
        )
        block: Block = ListBlock(items) if items else Note((_("No conclusions have been drawn yet."),))
        return Section(_("Conclusions in brief"), "brief", (block,))

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
            Row((body.name, ", ".join(body.present), kinds.get(body.kind, body.kind), len(body.present)))
            for body in outcome.organisations
            if body.present
        ]
        if outcome.independent:
            names = ", ".join(outcome.independent)
            rows.append(Row((_("Without an organisation"), names, None, len(outcome.independent))))
        blocks: list[Block] = []
        if rows:
            columns = (
                Column(_("Organisation")),
                Column(_("Names")),
                Column(_("Kind"), "code"),
                Column(_("People"), "number"),
            )
            blocks.append(Table(_("Participants by organisation"), columns, tuple(rows)))
        else:
            blocks.append(Note((_("Nobody has joined yet."),)))
        absent = [body.name for body in outcome.organisations if body.expected and not body.present]
        if absent:
            blocks.append(Note((_("Invited, but nobody came: {names}.").format(names=", ".join(absent)),)))
        if outcome.facilitators:
            blocks.append(Note((_("Facilitated by {names}.").format(names=", ".join(outcome.facilitators)),)))
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
        _ = self._
        statements = tuple(self.conclusion(conclusion) for conclusion in day.conclusions)
        empty = Note((_("No conclusions were drawn on this day."),))
        sessions = tuple(self.session(session) for session in day.sessions if session.boards)
        conclusions = Section(_("Conclusions of the day"), f"day-{day.number}-conclusions", statements or (empty,))
        return Section(self.words.day_title(day), f"day-{day.number}", (conclusions, *sessions), new_page=True)

    def conclusion(self, conclusion: OutcomeConclusion) -> Statement:
        _, source = self._, conclusion.source
        facts: list[tuple[str, Line]] = []
        origin: Line = (f"{source.session}, {source.group}",)
        # A withdrawn proposal has no row to jump to.
        code = source.code if source.status == "withdrawn" else Reference(source.code, anchor(source.code))
        facts.append((_("From proposal"), (code, " · ", *origin)))
        if source.author is not None:
            facts.append((_("Proposed by"), (self.words.named(source.author),)))
        facts.append((_("Vote"), (self.words.figures(source.figures),)))
        facts.append((_("Promoted"), (f"{self.words.named(conclusion.by)}, ", Moment(conclusion.at))))
        blocks: list[Block] = [Facts(tuple(facts))]
        if conclusion.diff is None:
            why = {
                "hidden": _("The proposal was hidden later; its text is not shown."),
                "withdrawn": _("The proposal was withdrawn later; its text is not shown."),
            }
            blocks.append(Note((why.get(source.status, ""),)))
        elif all(kind == "same" for kind, _text in conclusion.diff):
            blocks.append(Note((_("Taken over word for word."),)))
        else:
            blocks.append(Diff(_("From the proposal to the conclusion"), conclusion.diff))
        if len(conclusion.versions) > 1:
            blocks.append(
                ListBlock(
                    tuple(
                        (
                            _("Wording {number}").format(number=version.version),
                            f", {self.words.named(version.by)}, " if version.by else ", ",
                            Moment(version.at),
                            f": {version.text}",
                        )
                        for version in conclusion.versions
                    )
                )
            )
        return Statement(conclusion.code, conclusion.wording, anchor(conclusion.code), tuple(blocks))

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
