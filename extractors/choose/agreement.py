"""Whether the figures of a reading support one another, which no misread page does by chance."""

from __future__ import annotations

from decimal import Decimal

from service.domain.documents import BILLABLE_KINDS
from service.domain.extraction import Extraction
from service.domain.money import CENT


def figures_agree(extraction: Extraction) -> bool:
    """Whether the item lines add up to a printed total; True for kinds that have none."""
    if extraction.kind not in BILLABLE_KINDS:
        return True
    amounts = [amount for line in extraction.lines if (amount := line.amount("line_total")) is not None]
    allowance = CENT * max(2, len(amounts))
    totals = (extraction.amount("net_total"), extraction.amount("grand_total"))
    extras = _extras(extraction)
    sums = {sum(amounts, Decimal(0)), sum(amounts, Decimal(0)) + extras}
    return bool(amounts) and any(
        abs(abs(found) - abs(total)) <= allowance for total in totals if total is not None for found in sums
    )


def _extras(extraction: Extraction) -> Decimal:
    freight, allowance = extraction.amount("freight_total"), extraction.amount("allowance_total")
    return abs(freight or Decimal(0)) - abs(allowance or Decimal(0))
