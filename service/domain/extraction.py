"""What was read from a document: header fields and lines, each value with its provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from service.domain.documents import DocumentKind, PageSize
from service.domain.fields import AnyField
from service.domain.page_ranges import PageRange


@dataclass(frozen=True, slots=True)
class Line:
    """One item line; ``fields`` by name. Its position in ``Extraction.lines`` + 1 is its number everywhere."""

    fields: Mapping[str, AnyField]

    def text(self, name: str) -> str | None:
        """The field's value as text, None where it is absent."""
        found = self.fields.get(name)
        return None if found is None else str(found.value)

    def amount(self, name: str) -> Decimal | None:
        """The field's value where it is a number."""
        found = self.fields.get(name)
        return found.value if found is not None and isinstance(found.value, Decimal) else None


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of EN 16931 that an e-invoice breaks, by the rule's id ("BR-CO-15")."""

    rule: str
    message: str
    expected: str | None = None
    actual: str | None = None


@dataclass(frozen=True, slots=True)
class EInvoice:
    """What is to be said of the XML that gave the values: its syntax and profile, the values of the page that differ
    from it, the rules that it breaks, or the ``problem`` for which only the page was read.
    """

    syntax: str = ""
    profile: str = ""
    printed: Mapping[str, AnyField] = field(default_factory=lambda: MappingProxyType({}))
    violations: tuple[Violation, ...] = ()
    problem: str | None = None


class BeginningSign(StrEnum):
    """What on a page says that another document begins there."""

    PAGE_ONE = "page_one"
    TITLE = "title"
    OTHER_NUMBER = "other_number"
    OWN_NUMBER = "own_number"
    OTHER_KIND = "other_kind"
    OTHER_SENDER = "other_sender"
    OTHER_DATE = "other_date"
    COMPLETE_BEFORE = "complete_before"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True)
class Beginning:
    """A page (1-based) of a file at which another document begins, and what says so."""

    page: int
    signs: tuple[BeginningSign, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One of several documents of a file: its pages there, what says that it begins with them, and what was read, its
    own pages counted from 1.
    """

    pages: PageRange
    signs: tuple[BeginningSign, ...]
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document. Repeating fields have several entries, others one. ``paid_note`` are the
    words in which the paper says that it is paid already. Of a file of several documents it is the first of them, with
    the pages of the file and all of them as its ``parts``.
    """

    kind: DocumentKind
    kind_confidence: float
    pages: tuple[PageSize, ...]
    fields: Mapping[str, tuple[AnyField, ...]] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[Line, ...] = ()
    paid_note: str | None = None
    einvoice: EInvoice | None = None
    parts: tuple[Part, ...] = ()

    def first(self, name: str) -> AnyField | None:
        """The field of that name, or its first entry."""
        found = self.fields.get(name)
        return found[0] if found else None

    def text(self, name: str) -> str | None:
        """The value as text, None where it is absent."""
        found = self.first(name)
        return None if found is None else str(found.value)

    def texts(self, name: str) -> tuple[str, ...]:
        """All values of a repeating field as text."""
        return tuple(str(entry.value) for entry in self.fields.get(name, ()))

    def amount(self, name: str) -> Decimal | None:
        """The value where it is a number."""
        found = self.first(name)
        return found.value if found is not None and isinstance(found.value, Decimal) else None

    def day(self, name: str) -> date | None:
        """The value where it is a date."""
        found = self.first(name)
        return found.value if found is not None and isinstance(found.value, date) else None
