"""Whether the document's figures add up, and whether its total is what the orders make of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from matchers.case import Case, LinePair, Linkage
from matchers.compare.orders import open_amount, received_amount
from matchers.explain import amount_text
from matchers.rules.finding import finding
from matchers.rules.purchase import same_currency
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import AllowanceCharge, TaxBreakdown
from service.domain.money import CENT, Tolerance
from service.domain.records import PurchaseOrder

_ZERO = Decimal(0)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Sum:
    """A printed figure and what other printed figures make of it; ``readings`` are all right ways to add them up."""

    field: str
    formula: str
    printed: Decimal
    readings: tuple[Decimal, ...]
    tolerance: Tolerance

    @property
    def nearest(self) -> Decimal:
        """The reading that comes closest to what is printed."""
        return min(self.readings, key=lambda reading: abs(reading - self.printed))

    @property
    def holds(self) -> bool:
        """Whether any reading agrees."""
        return self.tolerance.allows(self.printed, self.nearest)


def arithmetic_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """ARITHMETIC_MISMATCH: every line that doesn't multiply, and the first sum that doesn't hold: the later ones
    use its figures. Lines that don't multiply explain why their sum is off.
    """
    lines = tuple(_line_products(case, linkage))
    wrong_lines = tuple(_mismatch(product, number) for number, product in lines if not product.holds)
    sums = (entry for entry in _sums(case, linkage) if not (wrong_lines and entry.field == "net_total"))
    broken = next((entry for entry in sums if not entry.holds), None)
    return wrong_lines if broken is None else (*wrong_lines, _mismatch(broken, None))


def _mismatch(broken: Sum, line: int | None) -> Discrepancy:
    where = f" of line {line}" if line else ""
    difference = broken.printed - broken.nearest
    return finding(
        Code.ARITHMETIC_MISMATCH,
        f"The {broken.field.replace('_', ' ')}{where} is {amount_text(broken.printed)}, but {broken.formula} "
        f"is {amount_text(broken.nearest)}.",
        field=broken.field,
        line=line,
        expected=amount_text(broken.nearest),
        actual=amount_text(broken.printed),
        difference=difference,
        tolerance=str(broken.tolerance),
        money_at_risk=difference,
    )


def _line_products(case: Case, linkage: Linkage) -> Iterator[tuple[int, Sum]]:
    for line, printed in zip(case.extraction.lines, linkage.lines, strict=True):
        total = printed.amount
        if total is None or line.amount("quantity") is None or line.amount("unit_price") is None:
            continue
        readings = tuple(printed.quantity * price for price in printed.price_readings)
        yield printed.number, Sum("line_total", "quantity times price", total, readings, case.policy.line_total)


def _sums(case: Case, linkage: Linkage) -> Iterator[Sum]:
    head = _head(case.extraction)
    # Within one document only rounding may part the figures, so the percentage of the policy doesn't apply.
    rounding = Tolerance(case.policy.document_total.absolute)
    yield from _sum_of_lines(head, linkage, rounding)
    yield from _tax_sums(case, head)
    if head.net is not None and head.tax is not None and head.grand is not None:
        plain = head.net + head.tax
        readings = (plain, plain + head.freight, plain - head.allowance, plain + head.freight - head.allowance)
        yield Sum("grand_total", "net total plus tax", head.grand, readings, rounding)
    if head.grand is not None and head.prepaid is not None and head.due is not None:
        yield Sum(
            "amount_due", "grand total less prepaid", head.due, (head.grand - head.prepaid + head.rounding,), rounding
        )


@dataclass(frozen=True, slots=True)
class _Head:
    net: Decimal | None
    tax: Decimal | None
    grand: Decimal | None
    prepaid: Decimal | None
    due: Decimal | None
    freight: Decimal  # with all other charges on the document
    rounding: Decimal
    allowance: Decimal
    breakdown: tuple[TaxBreakdown, ...]


def _head(extraction: Extraction) -> _Head:
    """The printed totals; a credit note that prints them negative is turned positive."""
    is_credit = extraction.kind is DocumentKind.CREDIT_NOTE

    def amount(name: str) -> Decimal | None:
        printed = extraction.amount(name)
        return abs(printed) if is_credit and printed is not None else printed

    rows = (field.value for field in extraction.fields.get("tax_breakdown", ()))
    return _Head(
        net=amount("net_total"),
        tax=amount("tax_total"),
        grand=amount("grand_total"),
        prepaid=amount("prepaid_amount"),
        due=amount("amount_due"),
        freight=_charges(extraction) or amount("freight_total") or _ZERO,
        rounding=amount("rounding_amount") or _ZERO,
        allowance=abs(amount("allowance_total") or _ZERO),
        breakdown=tuple(row for row in rows if isinstance(row, TaxBreakdown)),
    )


def _charges(extraction: Extraction) -> Decimal:
    """What all charges of the document come to, freight among them."""
    rows = (field.value for field in extraction.fields.get("charges", ()))
    return sum((row.amount or _ZERO for row in rows if isinstance(row, AllowanceCharge)), _ZERO)


def _sum_of_lines(head: _Head, linkage: Linkage, rounding: Tolerance) -> Iterator[Sum]:
    amounts = [line.amount for line in linkage.lines if line.bills_something]
    if not amounts or head.net is None or any(amount is None for amount in amounts):
        return
    total = sum((amount for amount in amounts if amount is not None), _ZERO)
    if head.grand is not None and rounding.allows(total, head.grand):
        return  # the lines are printed with tax
    readings = (
        total,
        total + head.freight,
        total - head.allowance,
        total + head.freight - head.allowance,
    )
    yield Sum("net_total", "the sum of the lines", head.net, readings, rounding)


def _tax_sums(case: Case, head: _Head) -> Iterator[Sum]:
    taxes: list[Decimal] = []
    for row in head.breakdown:
        if row.tax_amount is None:
            return
        taxes.append(row.tax_amount)
        if row.rate is not None and row.taxable_amount is not None:
            due = row.taxable_amount * row.rate / _HUNDRED
            formula = f"{row.rate} % of {amount_text(row.taxable_amount)}"
            yield Sum("tax_breakdown", formula, row.tax_amount, (due,), case.policy.tax)
    if taxes and head.tax is not None:
        tolerance = Tolerance(case.policy.tax.absolute * len(taxes), case.policy.tax.percent)
        printed = sum(taxes, _ZERO)
        yield Sum("tax_total", "the sum of the taxes by rate", head.tax, (printed, -printed), tolerance)


def total_variance(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """TOTAL_VARIANCE: the grand total isn't what the lines come to with the orders' taxes and charges.

    Line amounts count as they are printed: where they part from the order they have exceptions of their own, or
    lie within the tolerance of a line. What is left are charges, taxes and totals that no line explains.
    """
    orders = linkage.chosen_orders
    actual = case.extraction.amount("grand_total")
    if not orders or actual is None or not all(same_currency(case, order) for order in orders):
        return ()
    expected = _expected_total(case, linkage, actual)
    if expected is None or case.policy.document_total.allows(actual, expected):
        return ()
    difference = Decimal(amount_text(actual - expected))
    names = ", ".join(order.ref.name for order in orders)
    above = "above" if difference > 0 else "below"
    return (
        finding(
            Code.TOTAL_VARIANCE,
            f"The total of {amount_text(actual)} is {amount_text(abs(difference))} {above} the "
            f"{amount_text(expected)} that order {names} explains.",
            field="grand_total",
            expected=amount_text(expected),
            actual=amount_text(actual),
            difference=difference,
            tolerance=str(case.policy.document_total),
            odoo_refs=tuple(order.ref for order in orders),
            money_at_risk=difference,
            releases_when=f"{names} comes to {amount_text(actual)} in Odoo.",
        ),
    )


def _expected_total(case: Case, linkage: Linkage, actual: Decimal) -> Decimal | None:
    if not any(line.bills_something for line in linkage.lines):
        return _order_total(linkage, actual)
    head = _head(case.extraction)
    if not linkage.pairs or _is_with_tax(head, linkage):
        return None
    amounts = [(line.net_amount, _rate(line.number, case, linkage)) for line in linkage.lines if line.bills_something]
    amounts.append((_ordered_freight(head, linkage) - head.allowance, _printed_rate(head)))
    if any(rate is None for amount, rate in amounts if amount):
        return None
    return sum((amount + amount * (rate or _ZERO) / _HUNDRED for amount, rate in amounts), _ZERO)


def _is_with_tax(head: _Head, linkage: Linkage) -> bool:
    """Whether the lines are printed with tax, so that nothing is left to compare."""
    total = sum((line.net_amount for line in linkage.lines), _ZERO)
    return bool(head.tax) and head.grand is not None and abs(total - head.grand) <= CENT


def _order_total(linkage: Linkage, actual: Decimal) -> Decimal:
    """For a document without lines: of the orders' whole, open and received value the one that comes closest."""
    orders, index = linkage.chosen_orders, linkage.index
    whole = sum((order.total_amount for order in orders), _ZERO)
    open_ = sum((_with_tax(order, open_amount(order, index)) for order in orders), _ZERO)
    received = sum((_with_tax(order, received_amount(order, index)) for order in orders), _ZERO)
    return min((whole, open_, received), key=lambda total: abs(total - actual))


def _with_tax(order: PurchaseOrder, net_amount: Decimal) -> Decimal:
    return net_amount * order.total_amount / order.net_amount if order.net_amount else net_amount


def _rate(number: int, case: Case, linkage: Linkage) -> Decimal | None:
    """The tax rate in percent that the order sets for a line, else the printed one."""
    pairs = linkage.pairs_of(number)
    ordered = _ordered_rate(pairs[0], linkage) if pairs else None
    if ordered is not None:
        return ordered
    printed = linkage.lines[number - 1].tax_rate
    return _printed_rate(_head(case.extraction)) if printed is None else printed


def _ordered_rate(pair: LinePair, linkage: Linkage) -> Decimal | None:
    taxes = [linkage.index.taxes.get(tax_id) for tax_id in pair.order_line.tax_ids]
    known = [tax.rate for tax in taxes if tax is not None]
    return sum(known, _ZERO) if known and len(known) == len(taxes) else None


def _printed_rate(head: _Head) -> Decimal | None:
    """The document's overall tax rate in percent, None where its totals don't tell."""
    if not head.net:
        return None
    if head.tax is not None:
        return head.tax * _HUNDRED / head.net
    return (head.grand - head.net) * _HUNDRED / head.net if head.grand is not None else None


def _ordered_freight(head: _Head, linkage: Linkage) -> Decimal:
    """The printed freight where an order line that nothing else is paired with comes to just that."""
    paired = {pair.order_line.ref.id for pair in linkage.pairs}
    spare = (line for order in linkage.chosen_orders for line in order.lines if line.ref.id not in paired)
    is_ordered = any(line.net_amount == head.freight for line in spare)
    return head.freight if is_ordered else _ZERO
