"""Frameworks of the library: what conclusions answer to, as a list of tags that an event takes along."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from ..domain.sheet import Identifier, Line, Sheet


class FrameworkTag(Sheet):
    key: Identifier
    title: Line


class Framework(Sheet):
    """A list that conclusions are held against: development goals, cross-cutting concerns."""

    key: Identifier
    title: Line
    tags: Annotated[tuple[FrameworkTag, ...], Field(min_length=1, max_length=100)]

    @model_validator(mode="after")
    def _tags_differ(self) -> Self:
        keys = [tag.key for tag in self.tags]
        if len(set(keys)) != len(keys):
            raise ValueError("two tags have the same key")
        return self

    def data(self) -> dict[str, Any]:
        return self.model_dump(mode="json")
