"""The words of a rehearsal's synthetic people."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from ..domain.sheet import Identifier, Line, Sheet

Short = Annotated[str, Field(min_length=1, max_length=500)]
Word = Annotated[str, Field(min_length=1, max_length=28)]


class Topic(Sheet):
    """Proposals about one subject. `about` are lower-case words by which a session, group or prompt is recognised."""

    id: Identifier
    about: Annotated[tuple[Line, ...], Field(min_length=1)]
    proposals: Annotated[tuple[Short, ...], Field(min_length=1)]


class Names(Sheet):
    """Given and family names that go together, from one part of the world."""

    region: Line
    given: Annotated[tuple[Word, ...], Field(min_length=1)]
    family: Annotated[tuple[Word, ...], Field(min_length=1)]


Some = Annotated[tuple[Short, ...], Field(min_length=12)]


class RehearsalTexts(Sheet):
    """What synthetic people say. `drafts` are whole texts, phrase by phrase; the others are single sentences."""

    themes: Annotated[tuple[Line, ...], Field(min_length=8)]
    comments: Some
    alternatives: Some
    objections: Some
    lines: Some
    pledges: Some
    first_steps: Some
    drafts: Annotated[tuple[tuple[Short, ...], ...], Field(min_length=2)]
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    names: Annotated[tuple[Names, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if len(set(self.proposals)) != len(self.proposals):
            raise ValueError("the same proposal is there twice")
        if len({(len(names.given), len(names.family)) for names in self.names}) > 1:
            raise ValueError("every region needs equally many given and family names")
        return self

    @property
    def proposals(self) -> tuple[str, ...]:
        """All of them, topic by topic."""
        return tuple(text for topic in self.topics for text in topic.proposals)

    @property
    def people(self) -> int:
        """How many distinct names `name` can give."""
        return sum(len(names.given) * len(names.family) for names in self.names)

    def about(self, *hints: str) -> tuple[str, ...]:
        """Proposals that fit, the most specific hint first: `about(board.prompt, group.name, session.title)`.

        The first hint that a topic recognises decides, and of several topics the first one in the file. All proposals
        if none fits.
        """
        for hint in hints:
            low = hint.casefold()
            for topic in self.topics:
                if any(word in low for word in topic.about):
                    return topic.proposals
        return self.proposals

    def name(self, number: int) -> str:
        """The name of synthetic person `number` (from 0): distinct for the first `people`, then counted on."""
        lap, index = divmod(number, self.people)
        turn, region = divmod(index, len(self.names))
        names = self.names[region]
        row, column = divmod(turn, len(names.given))
        name = f"{names.given[column]} {names.family[(row + column) % len(names.family)]}"
        return f"{name} {lap + 1}" if lap else name
