"""Bodies that the API takes, checked before anything else looks at them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeVar

from flask import request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue
from werkzeug.exceptions import BadRequest

from service.domain.codes import Severity
from service.domain.decisions import DecisionKind
from service.domain.documents import DocumentKind
from service.domain.errors import UsageError
from service.usecases.correct_fields import Corrections, LineCorrection

FILTERS = ("status", "code", "severity", "kind", "vendor", "assignee")
MOST_ROWS = 200
_DEFAULT_ROWS = 50
B = TypeVar("B", bound=BaseModel)


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class LineBody(BaseModel):
    """New values of one line: ``line`` is its 1-based position, every other member a field's name."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, JsonValue]

    line: Annotated[int, Field(ge=1)]


class CorrectionsBody(_Body):
    """New values by field name; null clears, a repeating field takes a list."""

    version: int
    fields: dict[str, JsonValue] = {}
    lines: list[LineBody] = []

    def corrections(self) -> Corrections:
        """As the use case takes them."""
        lines = tuple(LineCorrection(line.line, line.__pydantic_extra__) for line in self.lines)
        return Corrections(self.fields, lines)


class DecisionBody(_Body):
    """A decision about a document as it stood at ``version``."""

    version: int
    decision: DecisionKind
    reason: str | None = None
    held_until: AwareDatetime | None = None


class ResolutionBody(_Body):
    """How an exception was settled; "dismissed" says that it didn't apply."""

    resolution: Annotated[str, Field(min_length=1, max_length=200)]
    reason: Annotated[str | None, Field(max_length=1000)] = None


class ReprocessBody(_Body):
    """What a person says that the document is."""

    kind: DocumentKind | None = None


class SplitBody(_Body):
    """How the file of a document as it stood at ``version`` is split: the pages, but the first, at which a document
    begins; none where it is one document.
    """

    version: int
    beginnings: Annotated[list[Annotated[int, Field(ge=2)]], Field(max_length=1000)]


def body(kind: type[B]) -> B:
    """The request's JSON as ``kind``; pydantic's ValidationError where it doesn't fit."""
    try:
        given = request.get_json()
    except BadRequest as error:
        raise BadRequest("The body isn't JSON.") from error
    return kind.model_validate(given)


def row_limit() -> int:
    """How many rows are asked for: ``limit``, 1 to 200."""
    wanted = request.args.get("limit", str(_DEFAULT_ROWS))
    if not wanted.isdecimal() or not 1 <= int(wanted) <= MOST_ROWS:
        raise UsageError(f"limit: a whole number from 1 to {MOST_ROWS}.")
    return int(wanted)


def narrowed(statuses: type[StrEnum]) -> Mapping[str, str]:
    """The query's filters that were given; UsageError where a status or severity is none, lest a slip of the pen
    reads as "there is nothing". Codes and kinds aren't checked: the contract names some that come later.
    """
    for name, known in (("status", statuses), ("severity", Severity)):
        value = request.args.get(name)
        if value and value not in set(known):
            raise UsageError(f"{name}: there is no {value!r}; known are {', '.join(known)}.")
    return {name: value for name in FILTERS if (value := request.args.get(name))}
