"""What speaks against a reading: figures that don't support one another, as on a misread page."""

from __future__ import annotations

from decimal import Decimal

from service.domain.documents import BILLABLE_KINDS
from service.domain.extraction import Extraction, Line
from service.domain.money import CENT

_ROUNDING = 2 * CENT
_OF_LINE = Decimal("0.005")  # of a line's total that rounded prices may leave


def totals_add_up(extraction: Extraction) -> bool:
    """Whether net and tax make the total, as far as they were read."""
    net, tax, whole = (extraction.amount(name) for name in ("net_total", "tax_total", "grand_total"))
    return net is None or tax is None or whole is None or abs(net + tax - whole) <= _ROUNDING


def line_adds_up(line: Line) -> bool:
    """Whether quantity times price makes the total; True where a discount stands between them."""
    quantity, price, total = (line.amount(name) for name in ("quantity", "unit_price", "line_total"))
    if quantity is None or price is None or total is None or line.fields.keys() & {"discount", "discount_percent"}:
        return True
    return abs(quantity * price - total) <= max(_ROUNDING, abs(total) * _OF_LINE)


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
