"""What is wrong with the document by itself: unreadable, uncertain or missing values."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from matchers.case import Case, Linkage
from matchers.explain import field_words, percent_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.documents import BILLABLE_KINDS, CUSTOMER_KINDS, UNPAYABLE_KINDS, DocumentKind, Failure
from service.domain.extraction import Line
from service.domain.fields import AnyField, FieldStatus, Source
from service.domain.keys import reference_key
from service.domain.kinds import spec_of
from service.domain.matching import Match

# Besides what a kind can't do without: the values that end up in Odoo or decide what the document is matched with.
_OF_BILLS = ("due_date", "net_total", "tax_total", "order_reference", "payment_reference", "iban")
_OF_CUSTOMERS = ("sale_order_reference", "invoice_reference", "refund_amount", "restocking_fee_amount", "failure_date")
_DECISIVE = MappingProxyType(
    {
        **dict.fromkeys(BILLABLE_KINDS, _OF_BILLS),
        **dict.fromkeys(CUSTOMER_KINDS, _OF_CUSTOMERS),
    }
)
_LINE_FIGURES = ("quantity", "unit_price", "line_total", "serial_number")


def unreadable(failure: Failure) -> Discrepancy:
    """UNREADABLE_DOCUMENT for a document that ended as failed: the reason, as the reader gave it."""
    return finding(Code.UNREADABLE_DOCUMENT, failure.message, actual=failure.code)


def unknown_document_kind(case: Case, _: Linkage) -> tuple[Discrepancy, ...]:
    """UNKNOWN_DOCUMENT_KIND: nothing that is handled, so nothing that could agree with the books either."""
    if case.extraction.kind is not DocumentKind.OTHER:
        return ()
    message = "The document is none of the kinds that are handled here, as far as it could be read."
    return (finding(Code.UNKNOWN_DOCUMENT_KIND, message, actual=case.extraction.kind.value),)


def not_payable_document(case: Case, _: Linkage) -> tuple[Discrepancy, ...]:
    """NOT_PAYABLE_DOCUMENT: a kind that only looks like a bill, or a bill that says that it is paid."""
    kind, note = case.extraction.kind, case.extraction.paid_note
    if kind in UNPAYABLE_KINDS:
        message = f"This is a {kind.value.replace('_', ' ')}: it tells about money, but nothing is paid upon it."
        return (finding(Code.NOT_PAYABLE_DOCUMENT, message, actual=kind.value),)
    if note is None:
        return ()
    message = f"The document says that it is paid already: “{note}”."
    return (finding(Code.NOT_PAYABLE_DOCUMENT, message, actual=note),)


def missing_mandatory_field(case: Case, _: Linkage) -> tuple[Discrepancy, ...]:
    """MISSING_MANDATORY_FIELD: one for each value that a document of its kind can't do without."""
    return tuple(
        finding(
            Code.MISSING_MANDATORY_FIELD,
            f"The document has no {field_words(name)} that could be read.",
            field=name,
        )
        for name, spec in spec_of(case.extraction.kind).fields.items()
        if spec.mandatory and not (case.extraction.text(name) or "").strip()
    )


def low_confidence_field(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """LOW_CONFIDENCE_FIELD: a decisive value below the policy's confidence that nothing in the books confirms."""
    return (*_uncertain_head(case, linkage), *_uncertain_lines(case, linkage))


def _uncertain_head(case: Case, linkage: Linkage) -> Iterator[Discrepancy]:
    kind = case.extraction.kind
    mandatory = (spec.name for spec in spec_of(kind).fields.values() if spec.mandatory)
    for name in (*mandatory, *_DECISIVE[kind]):
        doubtful = [
            field
            for field in case.extraction.fields.get(name, ())
            if _is_doubtful(field, case) and not _is_confirmed(name, field, case, linkage)
        ]
        if doubtful:
            yield _uncertain(name, None, min(doubtful, key=lambda field: field.confidence), case)


def _uncertain_lines(case: Case, linkage: Linkage) -> Iterator[Discrepancy]:
    for number, line in enumerate(case.extraction.lines, start=1):
        doubtful = [
            (field.confidence, name, field)
            for name in _LINE_FIGURES
            if (field := line.fields.get(name)) is not None and _is_doubtful(field, case)
        ]
        if doubtful and not _agrees_with_order(number, line, linkage):
            _, name, field = min(doubtful, key=lambda entry: entry[:2])
            yield _uncertain(name, number, field, case)


def _is_doubtful(field: AnyField, case: Case) -> bool:
    by_person = field.status is FieldStatus.CORRECTED or field.provenance.source is Source.HUMAN
    return not by_person and field.confidence < case.policy.low_confidence


def _is_confirmed(name: str, field: AnyField, case: Case, linkage: Linkage) -> bool:
    if name == "seller_name":
        return any(match.chosen and match.score >= case.policy.automatic_score for match in linkage.vendors)
    if name == "order_reference":
        key = reference_key(str(field.value))
        return any(_names_reference(match, key) for match in linkage.orders if match.chosen)
    return False


def _names_reference(match: Match, key: str) -> bool:
    named = (entry for entry in match.evidence if entry.feature == "order_reference")
    return any(reference_key(entry.document_value or "") == key for entry in named)


def _agrees_with_order(number: int, line: Line, linkage: Linkage) -> bool:
    """Whether the line's quantity and amount are just what its order line says: then nothing was misread."""
    pairs = linkage.pairs_of(number)
    quantity, total = line.amount("quantity"), line.amount("line_total")
    return len(pairs) == 1 and (quantity, total) == (pairs[0].order_line.quantity, pairs[0].order_line.net_amount)


def _uncertain(name: str, line: int | None, field: AnyField, case: Case) -> Discrepancy:
    where = f"{field_words(name)} of line {line}" if line else field_words(name)
    threshold = percent_text(case.policy.low_confidence)
    return finding(
        Code.LOW_CONFIDENCE_FIELD,
        f"The {where}, {field.raw or field.value}, was read with a confidence of {percent_text(field.confidence)}, "
        f"below {threshold}.",
        field=name,
        line=line,
        actual=str(field.value),
        tolerance=f"confidence {threshold}",
    )
