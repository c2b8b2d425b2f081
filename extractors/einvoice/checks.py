"""The core rules of EN 16931 that figures and presence alone decide; each violation bears the rule's id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractors.einvoice.model import Adjustment, Syntax, XmlInvoice
from service.domain.extraction import Violation

_ZERO, _CENT = Decimal(0), Decimal("0.01")
_ROUNDED = Decimal(1)  # what the standard's own validation grants to sums of rounded taxes
_MANDATORY = (
    ("BR-02", "invoice_number"),
    ("BR-03", "issue_date"),
    ("BR-04", "invoice_type_code"),
    ("BR-05", "currency"),
    ("BR-06", "seller_name"),
    ("BR-07", "buyer_name"),
    ("BR-13", "net_total"),
    ("BR-14", "grand_total"),
    ("BR-15", "amount_due"),
)
_OF_LINES = (
    ("BR-21", "line_number"),
    ("BR-22", "quantity"),
    ("BR-23", "unit"),
    ("BR-24", "line_total"),
    ("BR-25", "description"),
    ("BR-26", "unit_price"),
)
_WITHOUT_LINES = ("minimum", "basicwl")  # profiles that have none
_UNTAXED = {"Z": "BR-Z-05", "E": "BR-E-05", "AE": "BR-AE-05", "K": "BR-IC-05", "G": "BR-G-05"}
_REASONED = {"E": "BR-E-10", "AE": "BR-AE-10", "K": "BR-IC-10", "G": "BR-G-10", "O": "BR-O-10"}


def violations(invoice: XmlInvoice) -> tuple[Violation, ...]:
    """The rules that the invoice breaks, in the standard's order."""
    has_lines = not any(name in invoice.profile.lower().replace(" ", "") for name in _WITHOUT_LINES)
    found = [] if invoice.syntax is Syntax.ZUGFERD_1 else list(_absent(invoice, has_lines=has_lines))
    found += _sums(invoice, has_lines=has_lines)
    found += _taxes(invoice, has_lines=has_lines)
    return tuple(found)


def _absent(invoice: XmlInvoice, *, has_lines: bool) -> Iterator[Violation]:
    for rule, name in _MANDATORY:
        if name not in invoice.fields:
            yield Violation(rule, f"the {name.replace('_', ' ')} is missing.")
    if has_lines and not invoice.items:
        yield Violation("BR-16", "there is no line.")
    for number, item in enumerate(invoice.items, start=1):
        for rule, name in _OF_LINES:
            if name not in item.fields:
                yield Violation(rule, f"line {number} has no {name.replace('_', ' ')}.")


def _sums(invoice: XmlInvoice, *, has_lines: bool) -> Iterator[Violation]:
    net, tax, grand = (invoice.amount(name) for name in ("net_total", "tax_total", "grand_total"))
    due, lines = invoice.amount("amount_due"), invoice.sums.get("BT-106")
    allowances = invoice.amount("allowance_total") or _ZERO
    charges = invoice.sums.get("BT-108", _ZERO)
    if has_lines and lines is not None:
        totals = sum((item.amount("line_total") or _ZERO for item in invoice.items), _ZERO)
        yield from _differ("BR-CO-10", "the sum of the lines", lines, totals)
        yield from _differ("BR-CO-11", "the sum of the allowances", allowances, _of(invoice.adjustments, False))
        yield from _differ("BR-CO-12", "the sum of the charges", charges, _of(invoice.adjustments, True))
        if net is not None:
            yield from _differ("BR-CO-13", "the net total", net, lines - allowances + charges)
    if net is not None and grand is not None:
        yield from _differ("BR-CO-15", "the grand total", grand, net + (tax or _ZERO))
    if grand is not None and due is not None:
        prepaid = invoice.amount("prepaid_amount") or _ZERO
        rounding = invoice.amount("rounding_amount") or _ZERO
        yield from _differ("BR-CO-16", "the amount due", due, grand - prepaid + rounding)


def _of(adjustments: Sequence[Adjustment], is_charge: bool) -> Decimal:
    return sum((entry.amount for entry in adjustments if entry.is_charge is is_charge), _ZERO)


def _taxes(invoice: XmlInvoice, *, has_lines: bool) -> Iterator[Violation]:
    if has_lines and not invoice.taxes and invoice.syntax is not Syntax.ZUGFERD_1:
        yield Violation("BR-CO-18", "there is no row of the tax breakdown.")
    tax = invoice.amount("tax_total")
    if tax is not None and invoice.taxes:
        by_row = sum((row.tax or _ZERO for row in invoice.taxes), _ZERO)
        yield from _differ("BR-CO-14", "the tax total", tax, by_row)
    for row in invoice.taxes:
        if row.taxable is not None and row.tax is not None and row.rate is not None:
            due = (row.taxable * row.rate / 100).quantize(_CENT)
            yield from _differ("BR-CO-17", f"the tax at {row.rate} %", row.tax, due, _ROUNDED)
        if row.category == "S" and not row.rate:
            yield Violation("BR-S-05", "the standard rate is not above zero.", actual=str(row.rate))
        if row.category in _UNTAXED and row.rate:
            yield Violation(_UNTAXED[row.category], f"category {row.category} bears a rate.", "0", str(row.rate))
        if row.category in _REASONED and not row.reason:
            yield Violation(_REASONED[row.category], f"category {row.category} has no exemption reason.")
    yield from _standard_rates(invoice)


def _standard_rates(invoice: XmlInvoice) -> Iterator[Violation]:
    """BR-S-08: each standard rate's taxable amount is that of its lines, allowances and charges."""
    if not invoice.items or any(item.category is None for item in invoice.items):
        return
    for row in invoice.taxes:
        if row.category != "S" or row.taxable is None:
            continue
        lines = (i.amount("line_total") for i in invoice.items if (i.category, i.amount("tax_rate")) == ("S", row.rate))
        signed = (e.amount if e.is_charge else -e.amount for e in invoice.adjustments if e.rate == row.rate)
        taxable = sum((amount or _ZERO for amount in (*lines, *signed)), _ZERO)
        yield from _differ("BR-S-08", f"the taxable amount at {row.rate} %", row.taxable, taxable, _ROUNDED)


def _differ(rule: str, what: str, given: Decimal, due: Decimal, within: Decimal = _ZERO) -> Iterator[Violation]:
    if abs(given - due) > max(within - _CENT, _ZERO):
        yield Violation(rule, f"{what} is {given}, its parts come to {due}.", str(due), str(given))
