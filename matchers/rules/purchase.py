"""The document against its purchase orders: found, confirmed, of this vendor, lines on them, prices as agreed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from matchers.case import Case, LinePair, Linkage
from matchers.compare.bills import is_own_bill
from matchers.compare.goods import net_price
from matchers.compare.orders import CANCELLED, CONFIRMED
from matchers.explain import amount_text, numbers_text, percent_text, price_text
from matchers.printed import PrintedLine
from matchers.rules.finding import finding
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.records import PurchaseOrder, RecordRef

_HUNDRED = Decimal(100)
_FITS, _WORTH_NAMING = 0.5, 0.1
_STATES = {"draft": "a draft", "sent": "a request for quotation", "to approve": "to be approved"}
_CALLED_OFF = "cancelled"


def po_not_found(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PO_NOT_FOUND: the document names an order that isn't in Odoo."""
    missing = linkage.missing_references
    if not missing:
        return ()
    named = ", ".join(missing)
    nearest = next((match for match in linkage.orders if not match.chosen and match.score >= _FITS), None)
    fits = f"; by vendor, lines and amounts {nearest.ref.name} fits at {percent_text(nearest.score)}" if nearest else ""
    return (
        finding(
            Code.PO_NOT_FOUND,
            f"The document names order {named}, which isn't in Odoo{fits}.",
            field="order_reference",
            expected=nearest.ref.name if nearest else None,
            actual=named,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=f"Order {named} appears in Odoo.",
        ),
    )


def po_missing(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PO_MISSING: the document names no order, and none of the vendor's fits."""
    if linkage.chosen_orders or linkage.references:
        return ()
    nearest = next((match for match in linkage.orders if match.score >= _WORTH_NAMING), None)
    closest = f"; the nearest, {nearest.ref.name}, fits at {percent_text(nearest.score)}" if nearest else ""
    total = case.extraction.amount("grand_total")
    over = "" if total is None else f" over {amount_text(total)}"
    return (
        finding(
            Code.PO_MISSING,
            f"The document{over} names no order and no open order fits it{closest}.",
            field="order_reference",
            expected=nearest.ref.name if nearest else None,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=total,
            releases_when="An order of this vendor with these lines is confirmed in Odoo.",
        ),
    )


def po_not_confirmed(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PO_NOT_CONFIRMED: goods are billed on orders that nobody confirmed yet; one for all."""
    open_ = [order for order in linkage.chosen_orders if order.state not in (*CONFIRMED, CANCELLED)]
    if not open_:
        return ()
    shown = ", ".join(f"{order.ref.name} is {_STATES.get(order.state, order.state)}" for order in open_)
    names = ", ".join(order.ref.name for order in open_)
    return (
        finding(
            Code.PO_NOT_CONFIRMED,
            f"The document bills an order that isn't confirmed: {shown}.",
            field="order_reference",
            expected="confirmed",
            actual=", ".join(dict.fromkeys(order.state for order in open_)),
            odoo_refs=tuple(order.ref for order in open_),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=f"{names} is confirmed in Odoo.",
        ),
    )


def po_closed(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PO_CLOSED: an order that is billed was cancelled, or is billed in full already, drafts included; one for all."""
    own = {line for bill in linkage.index.records.bills if is_own_bill(case, bill) for line in bill.order_line_ids}
    closed = {order.ref: why for order in linkage.chosen_orders if (why := _why_closed(order, own))}
    if not closed:
        return ()
    shown = ", ".join(f"{ref.name} is {why}" for ref, why in closed.items())
    return (
        finding(
            Code.PO_CLOSED,
            f"The document bills an order that is closed: {shown}.",
            field="order_reference",
            expected="open",
            actual=", ".join(dict.fromkeys(closed.values())),
            odoo_refs=tuple(closed),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=_reopened(closed),
        ),
    )


def _reopened(closed: Mapping[RecordRef, str]) -> str:
    cancelled = ", ".join(ref.name for ref, why in closed.items() if why == _CALLED_OFF)
    billed = ", ".join(ref.name for ref, why in closed.items() if why != _CALLED_OFF)
    wanted = (
        f"{cancelled} is confirmed again" if cancelled else "",
        f"more is ordered on {billed}, or its bill is cancelled" if billed else "",
    )
    text = ", and ".join(part for part in wanted if part)
    return f"{text[0].upper()}{text[1:]} in Odoo."


def _why_closed(order: PurchaseOrder, own: set[int]) -> str | None:
    if order.state == CANCELLED:
        return _CALLED_OFF
    ordering = [line for line in order.lines if line.quantity > 0]
    by_others = not any(line.ref.id in own for line in ordering)
    is_billed = bool(ordering) and all(line.invoiced >= line.quantity for line in ordering)
    return "fully billed" if is_billed and by_others else None


def currency_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """CURRENCY_MISMATCH: the document is in another currency than an order that it bills; one for all."""
    other = [order for order in linkage.chosen_orders if not same_currency(case, order)]
    if not other:
        return ()
    currency = case.extraction.text("currency")
    agreed = ", ".join(dict.fromkeys(order.currency for order in other))
    names = ", ".join(order.ref.name for order in other)
    return (
        finding(
            Code.CURRENCY_MISMATCH,
            f"The document is in {currency}, order {names} in {agreed}.",
            field="currency",
            expected=agreed,
            actual=currency,
            odoo_refs=tuple(order.ref for order in other),
            money_at_risk=case.extraction.amount("grand_total"),
            releases_when=f"{names} is in {currency} in Odoo.",
        ),
    )


def po_vendor_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PO_VENDOR_MISMATCH: an order that the document names was placed with another vendor."""
    vendor = linkage.vendor
    if vendor is None:
        return ()
    foreign = [o for o in linkage.chosen_orders if linkage.index.head_id(o.partner_id) != vendor.ref.id]
    if not foreign:
        return ()
    owners = ", ".join(dict.fromkeys(_partner_name(order, linkage) for order in foreign))
    names = ", ".join(order.ref.name for order in foreign)
    return (
        finding(
            Code.PO_VENDOR_MISMATCH,
            f"Order {names} was placed with {owners}, the document is from {vendor.ref.name}.",
            field="order_reference",
            expected=owners,
            actual=vendor.ref.name,
            odoo_refs=(*(order.ref for order in foreign), vendor.ref),
            money_at_risk=case.extraction.amount("grand_total"),
        ),
    )


def _partner_name(order: PurchaseOrder, linkage: Linkage) -> str:
    partner = linkage.index.partners.get(order.partner_id)
    return partner.ref.name if partner else f"partner {order.partner_id}"


def unmatched_line(_: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """UNMATCHED_LINE: a billed line has no counterpart on the orders; one for all where no line has any."""
    unpaired = linkage.unpaired
    if not unpaired or not linkage.chosen_orders:
        return ()
    if not linkage.pairs and len(unpaired) > 1:
        return (_unmatched(unpaired, linkage),)
    return tuple(_unmatched((line,), linkage) for line in unpaired)


def _unmatched(lines: tuple[PrintedLine, ...], linkage: Linkage) -> Discrepancy:
    names = ", ".join(order.ref.name for order in linkage.chosen_orders)
    amount = sum((line.net_amount for line in lines), Decimal(0))
    one = len(lines) == 1
    subject = f"Line {lines[0].number} ({lines[0].description})" if one else f"Lines {_numbers(lines)}"
    return finding(
        Code.UNMATCHED_LINE,
        f"{subject} {'bills' if one else 'bill'} {amount_text(amount)}, but order {names} has 0.00 of "
        f"{'that' if one else 'those'}.",
        line=lines[0].number,
        expected="0.00",
        actual=amount_text(amount),
        difference=amount,
        odoo_refs=tuple(order.ref for order in linkage.chosen_orders),
        money_at_risk=amount,
        releases_when=f"The line is added to {names} in Odoo.",
    )


def _numbers(lines: tuple[PrintedLine, ...]) -> str:
    return numbers_text(line.number for line in lines)


def price_variance(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PRICE_VARIANCE: a line's net price differs from the order's by more than the tolerance. Cheaper is an
    information up to the policy's percentage, a warning beyond; dearer blocks.
    """
    found = (_price_variance(case, linkage, pair) for pair in linkage.first_pairs)
    return tuple(entry for entry in found if entry is not None)


def _price_variance(case: Case, linkage: Linkage, pair: LinePair) -> Discrepancy | None:
    line = linkage.lines[pair.line - 1]
    if line.net_price is None or line.net_amount < 0 or not same_currency(case, pair.order):
        return None
    expected = net_price(pair.order_line, linkage.index)
    actual = line.net_price / pair.unit_factor
    if case.policy.unit_price.allows(actual, expected):
        return None
    difference = actual - expected
    above = "above" if difference > 0 else "below"
    order = pair.order
    return finding(
        Code.PRICE_VARIANCE,
        f"Line {pair.line} ({line.description}) costs {price_text(actual)}, {price_text(abs(difference))} {above} "
        f"the {price_text(expected)} of order {order.ref.name}.",
        severity=_price_severity(case, actual, expected),
        field="unit_price",
        line=pair.line,
        expected=price_text(expected),
        actual=price_text(actual),
        difference=difference,
        tolerance=str(case.policy.unit_price),
        odoo_refs=(order.ref, pair.order_line.ref),
        money_at_risk=difference * line.quantity * pair.unit_factor,
        releases_when=f"The price on {order.ref.name} becomes {price_text(actual)} in Odoo.",
    )


def _price_severity(case: Case, actual: Decimal, expected: Decimal) -> Severity:
    if actual > expected:
        return Severity.BLOCKING
    within = expected - actual <= abs(expected) * case.policy.cheaper_info_percent / _HUNDRED
    return Severity.INFO if within else Severity.WARNING


def same_currency(case: Case, order: PurchaseOrder) -> bool:
    """Whether the document's figures can be compared with the order's; a document without currency counts as."""
    return case.extraction.text("currency") in (None, order.currency)
