"""The base of everything that is read out of a file or a form and kept as data: exact, and nothing unknown in it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=2000)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class Sheet(BaseModel):
    """Strict, frozen, and no field that nobody reads. Lists are tuples inside and arrays in JSON."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def data(self) -> dict[str, Any]:
        """As JSON, without what has not been said."""
        return self.model_dump(mode="json", exclude_defaults=True)


def frozen(value: Any) -> Any:
    """JSON's and TOML's lists as tuples, which the strict sheets ask for."""
    if isinstance(value, list):
        return tuple(frozen(inner) for inner in value)
    if isinstance(value, dict):
        return {key: frozen(inner) for key, inner in value.items()}
    return value
