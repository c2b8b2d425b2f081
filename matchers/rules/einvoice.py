"""What is wrong with an e-invoice: its XML and its page differ, or it breaks the standard's own rules."""

from __future__ import annotations

from types import MappingProxyType

from matchers.case import Case, Linkage
from matchers.explain import field_words
from matchers.rules.finding import finding
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.fields import FieldStatus

# Which sum of the document a rule is about, so that one that doesn't add up is told once.
_SUMS = MappingProxyType(
    {"BR-CO-13": "net_total", "BR-CO-14": "tax_total", "BR-CO-15": "grand_total", "BR-CO-16": "amount_due"}
)


def einvoice_mismatch(case: Case, _: Linkage) -> tuple[Discrepancy, ...]:
    """EINVOICE_MISMATCH: a value of the XML that the page prints otherwise, unless a person has set it."""
    sent = case.extraction.einvoice
    found = []
    for name, printed in () if sent is None else sent.printed.items():
        given = case.extraction.first(name)
        if given is None or given.status is FieldStatus.CORRECTED:
            continue
        message = f"The page says {printed.value} as {field_words(name)}, the e-invoice within says {given.value}."
        found.append(
            finding(Code.EINVOICE_MISMATCH, message, field=name, expected=str(given.value), actual=str(printed.value))
        )
    return tuple(found)


def einvoice_invalid(case: Case, _: Linkage) -> tuple[Discrepancy, ...]:
    """EINVOICE_INVALID: each rule that the XML breaks; just info where it couldn't be read and the page was."""
    sent = case.extraction.einvoice
    if sent is None:
        return ()
    if sent.problem is not None:
        message = f"The e-invoice within the file was not read, the page was: {sent.problem}"
        return (finding(Code.EINVOICE_INVALID, message, severity=Severity.INFO),)
    return tuple(
        finding(
            Code.EINVOICE_INVALID,
            f"The e-invoice breaks {broken.rule}: {broken.message}",
            field=_SUMS.get(broken.rule),
            expected=broken.expected,
            actual=broken.actual,
        )
        for broken in sent.violations
    )
