"""What a command is: a name, the room that it goes to, the shape of its arguments, and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from .context import Context


class Args(BaseModel):
    """Base of all arguments: exact types, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Nothing(Args):
    """For commands without arguments."""


# What ids are made of, here and in browsers. Databases refuse some other characters (NUL, half of a pair) in their way.
ID = Field(max_length=36, pattern=r"^[0-9a-z-]+$")

TEXT = Field(max_length=20_000)  # far above every limit, so that whoever types too much hears by how much

A = TypeVar("A", bound=Args)


@dataclass(frozen=True)
class Spec:
    name: str
    room: str
    args: type[Args]
    apply: Callable[[Context, Any], None]
    #: What it does in its own room may be seen on the stage, so that the event's room is told.
    stage: bool

    @property
    def help(self) -> str:
        return " ".join((self.apply.__doc__ or "").split())


def command(
    name: str, room: str, args: type[A], *, stage: bool = False
) -> Callable[[Callable[[Context, A], None]], Spec]:
    """Make a function the command `name`; its docstring is the command's reference."""

    def wrap(apply: Callable[[Context, A], None]) -> Spec:
        return Spec(name, room, args, apply, stage)

    return wrap


def collect(*modules: ModuleType) -> dict[str, Spec]:
    return {spec.name: spec for module in modules for spec in vars(module).values() if isinstance(spec, Spec)}
