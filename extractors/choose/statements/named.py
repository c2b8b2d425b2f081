"""The one paper that a reminder or a remittance advice without a table is about, by the labels of an invoice."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from extractors.choose.candidates import Candidate, field_of, labelled, margin_of
from extractors.choose.kind import Title
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from service.domain.documents import DocumentKind
from service.domain.extraction import Line
from service.domain.fields import AnyField

_ABOUT_ONE = frozenset({DocumentKind.PAYMENT_REMINDER, DocumentKind.REMITTANCE_ADVICE})
_FIELDS = (
    ("reference", ("invoice_number", "preceding_invoice_reference"), SpanType.REFERENCE),
    ("date", ("issue_date",), SpanType.DATE),
    ("due_date", ("due_date",), SpanType.DATE),
    ("amount", ("grand_total",), SpanType.AMOUNT),
    ("open_amount", ("amount_due",), SpanType.AMOUNT),
)
_SURE = 1.0  # points


def named_paper(reading: Reading, title: Title) -> Iterator[Line]:
    """The invoice that is named with its amount, as a line; none where no number is."""
    if title.kind not in _ABOUT_ONE:
        return
    found: dict[str, AnyField] = {}
    for name, labels, kind in _FIELDS:
        best = _best(reading, labels, kind)
        if best is not None:
            found[name] = best
    if "reference" in found and {"amount", "open_amount"} & found.keys():
        yield Line(MappingProxyType(found))


def _best(reading: Reading, labels: tuple[str, ...], kind: SpanType) -> AnyField | None:
    for label in labels:
        found: tuple[Candidate, ...] = labelled(reading, label, kind)
        if found and found[0].score > _SURE:
            return field_of(found[0], margin_of(found))
    return None
