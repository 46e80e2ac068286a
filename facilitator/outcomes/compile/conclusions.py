"""A conclusion with all that it rests on and all that was said of it; what the goals received; how a day ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...domain.document import (
    Block,
    Column,
    Diff,
    Facts,
    Line,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Quote,
    Row,
    Section,
    Statement,
    Table,
)
from ..gather import (
    Outcome,
    OutcomeConclusion,
    OutcomeDay,
    OutcomeRatification,
    OutcomeSource,
    OutcomeVerdict,
)
from .pictures import ratification_figure
from .words import Words, anchor


def conclusions_section(words: Words, day: OutcomeDay, wordings: bool) -> Section:
    """The conclusions of a day, whole. `wordings`: with every wording that they have had."""
    _ = words._
    blocks: list[Block] = []
    if day.asking is not None:
        sentence = _("The room is being asked about {codes}: {voted} of {electors} have taken a position. Nobody knows "
                     "the result yet.")  # fmt: skip
        blocks.append(Note((sentence.format(
            codes=", ".join(day.asking.conclusions), voted=day.asking.voted, electors=day.asking.electors),
        ), warning=True))  # fmt: skip
    blocks += [statement(words, conclusion, wordings) for conclusion in day.conclusions]
    if not day.conclusions:
        blocks.append(Note((_("No conclusions were drawn on this day."),)))
    blocks += ratification_figure(words, day.conclusions)
    return Section(_("Conclusions of the day"), f"day-{day.number}-conclusions", tuple(blocks))


def statement(words: Words, conclusion: OutcomeConclusion, wordings: bool) -> Statement:
    return Statement(
        conclusion.code,
        conclusion.wording,
        anchor(conclusion.code),
        label=words.kind(conclusion.kind),
        blocks=tuple(_blocks(words, conclusion, wordings)),
    )


def _blocks(words: Words, conclusion: OutcomeConclusion, wordings: bool) -> Iterator[Block]:
    _, verdict = words._, conclusion.verdict
    facts: list[tuple[str, Line]] = []
    if verdict is not None:
        facts.append((verdict.body, _verdict(words, verdict)))
    if conclusion.ratification is not None:
        facts += _ratification(words, conclusion.ratification)
    if conclusion.tags:
        facts.append((_("Answers to"), ("; ".join(tag.title for tag in conclusion.tags),)))
    alone = conclusion.sources[0] if len(conclusion.sources) == 1 else None
    if alone is not None:
        facts += _source_facts(words, alone)
    facts.append((_("Promoted"), (f"{words.named(conclusion.by)}, ", Moment(conclusion.at))))
    yield Facts(tuple(facts))
    yield from _remarks(words, conclusion.ratification)
    if alone is None:
        yield _sources(words, conclusion)
    yield from _parts(words, conclusion)
    yield from _changed(words, conclusion)
    if wordings and len(conclusion.versions) > 1:
        yield ListBlock(
            tuple(
                (
                    _("Wording {number}").format(number=version.version),
                    f", {words.named(version.by)}, " if version.by else ", ",
                    Moment(version.at),
                    f": {version.text}",
                )
                for version in conclusion.versions
            )
        )
    yield from _reasons(words, conclusion)
    for report in conclusion.minority:
        yield Note((_("Minority report:"),))
        yield Quote(report.text, words.named(report.author))


def _verdict(words: Words, verdict: OutcomeVerdict) -> Line:
    said = words.verdict(verdict.verdict) + (f": {verdict.reason}" if verdict.reason else "")
    return (f"{said} (", Moment(verdict.at), ")")


def _ratification(words: Words, ratification: OutcomeRatification) -> Iterator[tuple[str, Line]]:
    _, counted = words._, ratification.counted
    asked = _(
        "{support} % support asked for, quorum {people} % of the people and {organisations} % of the organisations"
    )
    asked = asked.format(
        support=ratification.support, people=ratification.quorum_people,
        organisations=ratification.quorum_organisations,
    )  # fmt: skip
    again = _(", asked {count} times").format(count=ratification.round) if ratification.round > 1 else ""
    version = _(", on wording {number}").format(number=ratification.version)
    yield (
        _("Ratification"),
        (f"{words.ratified(ratification)} (", Moment(ratification.at), f"{version}{again}; {asked})"),
    )
    for name, tally in ((_("People"), counted["people"]), (_("Organisations"), counted["organisations"])):
        if not tally["electors"]:
            continue
        turnout = words.turnout(tally["voted"], tally["electors"])
        support = _("{share} behind it").format(share=words.share(tally["support"]))
        split = _("; {count} differ among themselves").format(count=tally["split"]) if tally.get("split") else ""
        yield name, (f"{words.stand(tally)}; {support}; {turnout}{split}",)


def _remarks(words: Words, ratification: OutcomeRatification | None) -> Iterator[Block]:
    """What a reader has to know to read the two tallies rightly."""
    _, counted = words._, ratification.counted if ratification is not None else {}
    if counted.get("disagree"):
        yield Note((_("People and organisations disagree: one of the two tallies reaches the support that was asked "
                      "for, the other does not."),))  # fmt: skip
    if counted.get("few"):
        yield Note((_("So few took a position that single ones may be guessed."),))


def _reasons(words: Words, conclusion: OutcomeConclusion) -> Iterator[Block]:
    reasons = conclusion.ratification.counted["reasons"] if conclusion.ratification is not None else ()
    if reasons:
        yield Table(
            words._("Reasons that were given, without names"),
            (Column(words._("Position"), "code"), Column(words._("Reason"))),
            tuple(Row((words.position(given["value"]), given["reason"])) for given in reasons),
        )


# --- what it rests on -----------------------------------------------------------------------------------------------


def origin(words: Words, source: OutcomeSource) -> Line:
    """A source's code (of a theme: that it is one) as a jump where there is something to jump to."""
    if source.code is None:
        return (words._("Theme"),)
    return (source.code if source.status == "withdrawn" else words.code(source.code),)


def _source_facts(words: Words, source: OutcomeSource) -> Iterator[tuple[str, Line]]:
    _ = words._
    names = {"proposal": _("From proposal"), "theme": _("From theme"), "cell": _("From alignment")}
    what: tuple[Any, ...] = origin(words, source)
    if source.kind == "theme":
        what = (f"“{source.text}”",)
    elif source.criterion is not None:
        what = (*what, " · ", source.criterion)
    yield names[source.kind], (*what, f" · {source.session}, {source.group}")
    if source.author is not None:
        yield _("Proposed by"), (words.named(source.author),)
    if source.kind != "theme":
        yield _("Vote"), (words.figures(source.figures),)


def _sources(words: Words, conclusion: OutcomeConclusion) -> Table:
    _ = words._
    rows = []
    for source in conclusion.sources:
        text = source.text if source.text is not None else _gone(words, source)
        rows.append(
            Row(
                (
                    origin(words, source),
                    text,
                    f"{source.session}, {source.group}",
                    words.named(source.author) if source.author is not None else None,
                    words.figures(source.figures) if source.kind != "theme" else None,
                )
            )
        )
    columns = (
        Column(_("No."), "code"),
        Column(_("What it said")),
        Column(_("Where")),
        Column(_("From")),
        Column(_("Vote")),
    )
    return Table(_("What it rests on"), columns, tuple(rows))


def _parts(words: Words, conclusion: OutcomeConclusion) -> Iterator[Block]:
    """What was merged into its sources, or stood under its themes."""
    _ = words._
    for source in conclusion.sources:
        if not source.parts:
            continue
        if source.kind == "theme":
            yield Note((_("Under the theme “{theme}” stood:").format(theme=source.text),))
        else:
            yield Note((_("{code} was merged from:").format(code=source.code),))
        gone = _("(no longer shown)")
        yield ListBlock(
            tuple(
                (*((words.code(part.code), "  ") if part.code and part.text else ()), part.text or gone)
                for part in source.parts
            )
        )


def _gone(words: Words, source: OutcomeSource) -> str:
    _ = words._
    if source.status == "hidden":
        return _("The proposal was hidden later; its text is not shown.")
    return _("The proposal was withdrawn later; its text is not shown.")


def _changed(words: Words, conclusion: OutcomeConclusion) -> Iterator[Block]:
    _ = words._
    several = len(conclusion.sources) > 1 or conclusion.sources[0].kind != "proposal"
    if conclusion.diff is None:
        yield Note((_gone(words, conclusion.sources[0]),))
    elif any(kind != "same" for kind, _text in conclusion.diff):
        caption = _("From the first wording to the last") if several else _("From the proposal to the conclusion")
        yield Diff(caption, conclusion.diff)
    elif not several:
        yield Note((_("Taken over word for word."),))


# --- what the goals received ----------------------------------------------------------------------------------------


def coverage(words: Words, outcome: Outcome) -> Section | None:
    """Every tag of every framework: covered by which conclusions, or not yet."""
    _ = words._
    if not outcome.frameworks or not outcome.conclusions:
        return None
    columns = (Column(_("Goal or concern")), Column(_("Coverage"), "code"), Column(_("Conclusions")))
    tables: list[Block] = []
    for framework in outcome.frameworks:
        rows = tuple(
            Row(
                (
                    tag.title,
                    _("covered") if tag.conclusions else _("not yet"),
                    tuple(_jumps(words, tag.conclusions)),
                ),
                muted=not tag.conclusions,
            )
            for tag in framework.tags
        )
        covered = sum(1 for tag in framework.tags if tag.conclusions)
        caption = _("{title}: {covered} of {all} covered").format(
            title=framework.title, covered=covered, all=len(framework.tags)
        )
        tables.append(Table(caption, columns, rows))
    untagged = [conclusion.code for conclusion in outcome.conclusions if not conclusion.tags]
    if untagged:
        tables.append(Note((_("Without a tag: {codes}.").format(codes=", ".join(untagged)),)))
    return Section(_("What the conclusions answer to"), "coverage", tuple(tables))


def _jumps(words: Words, codes: tuple[str, ...]) -> Iterator[Any]:
    for index, code in enumerate(codes):
        if index:
            yield ", "
        yield words.code(code)


# --- the end of a day -----------------------------------------------------------------------------------------------


def end_of_day(words: Words, day: OutcomeDay) -> Section | None:
    """The note with which the day was closed, and what waits in its parking lots."""
    _ = words._
    blocks: list[Block] = []
    if day.closing is not None:
        by = f"{words.named(day.closing.by)}, " if day.closing.by else ""
        blocks.append(Note((_("Day closed: "), by, Moment(day.closing.at))))
        blocks += [Paragraph((text,)) for text in day.closing.note.split("\n\n") if text.strip()]
    if day.parked:
        columns = (
            Column(_("No."), "code"),
            Column(_("In the parking lot")),
            Column(_("Where")),
            Column(_("Taken care of by")),
            Column(_("Answer")),
        )
        rows = tuple(
            Row(
                (
                    (words.code(parked.code),),
                    parked.text,
                    f"{parked.session}, {parked.group}",
                    words.named(parked.owner) if parked.owner is not None else _("nobody yet"),
                    parked.answer or _("not yet"),
                )
            )
            for parked in day.parked
        )
        blocks.append(Table(_("What was parked"), columns, rows))
    if not blocks:
        return None
    return Section(_("How the day ended"), f"day-{day.number}-end", tuple(blocks), listed=False)
