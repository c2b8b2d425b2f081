"""What was read from a document: header fields and lines, each value with its provenance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from service.domain.documents import DocumentKind, PageSize
from service.domain.fields import AnyField


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


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one document. Repeating fields have several entries, others one. ``paid_note`` are the
    words in which the paper says that it is paid already.
    """

    kind: DocumentKind
    kind_confidence: float
    pages: tuple[PageSize, ...]
    fields: Mapping[str, tuple[AnyField, ...]] = field(default_factory=lambda: MappingProxyType({}))
    lines: tuple[Line, ...] = ()
    paid_note: str | None = None
    einvoice: EInvoice | None = None

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
