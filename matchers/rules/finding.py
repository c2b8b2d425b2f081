"""How a rule states what it found, with the defaults of its code."""

from __future__ import annotations

from decimal import Decimal

from service.domain.codes import CODES, Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.records import RecordRef


def finding(
    code: Code,
    message: str,
    *,
    severity: Severity | None = None,
    field: str | None = None,
    line: int | None = None,
    expected: str | None = None,
    actual: str | None = None,
    difference: Decimal | None = None,
    tolerance: str | None = None,
    odoo_refs: tuple[RecordRef, ...] = (),
    money_at_risk: Decimal | None = None,
    releases_when: str | None = None,
) -> Discrepancy:
    """A discrepancy of the code's own severity unless another one is given; less than nothing is never at risk."""
    return Discrepancy(
        code=code,
        message=message,
        severity=CODES[code].severity if severity is None else severity,
        field=field,
        line=line,
        expected=expected,
        actual=actual,
        difference=difference,
        tolerance=tolerance,
        odoo_refs=odoo_refs,
        money_at_risk=None if money_at_risk is None else max(Decimal(0), money_at_risk),
        releases_when=releases_when,
    )
