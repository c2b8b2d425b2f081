"""A customer's form against what was sold: the order is there, is theirs, and has the goods on it."""

from __future__ import annotations

from matchers.case import Case, Linkage
from matchers.claimed import ClaimedLine
from matchers.explain import numbers_text, percent_text
from matchers.rules.finding import finding
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.documents import DocumentKind
from service.domain.records import Partner

_WORTH_NAMING = 0.3


def sale_order_not_found(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """SALE_ORDER_NOT_FOUND: the document names an order or invoice that isn't in Odoo, and no other of its numbers
    leads to a sale; or a return names none and none of the customer's sales fits. ``actual`` is None for the latter.
    """
    sale = linkage.sale
    if sale.chosen or sale.invoices:
        return ()
    missing = ", ".join(sale.missing_references)
    if not missing and case.extraction.kind is not DocumentKind.RETURN_FORM:
        return ()
    nearest = next((match for match in sale.orders if match.score >= _WORTH_NAMING), None)
    closest = f"; the nearest, {nearest.ref.name}, fits at {percent_text(nearest.score)}" if nearest else ""
    named = f"names {missing}, which isn't in Odoo" if missing else "names no order and no sale in Odoo fits it"
    return (
        finding(
            Code.SALE_ORDER_NOT_FOUND,
            f"The document {named}{closest}.",
            field="sale_order_reference" if case.extraction.text("sale_order_reference") else "invoice_reference",
            expected=nearest.ref.name if nearest else None,
            actual=missing or None,
            odoo_refs=(nearest.ref,) if nearest else (),
            money_at_risk=case.extraction.amount("refund_amount") or case.extraction.amount("claimed_amount"),
            releases_when=f"{missing} appears in Odoo." if missing else "The sale appears in Odoo.",
        ),
    )


def customer_mismatch(case: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """CUSTOMER_MISMATCH: an order or invoice that the document names was sold to another customer; one for all."""
    customer, index = linkage.customer, linkage.index
    if customer is None:
        return ()
    sales = ((order.ref, order.partner_id) for order in linkage.sale.chosen)
    invoices = ((bill.ref, bill.partner_id) for bill in linkage.sale.invoices if not linkage.sale.chosen)
    foreign = {ref: partner for ref, partner in (*sales, *invoices) if index.head_id(partner) != customer.ref.id}
    if not foreign:
        return ()
    owners = ", ".join(dict.fromkeys(_name(partner_id, linkage) for partner_id in foreign.values()))
    names = ", ".join(ref.name for ref in foreign)
    return (
        finding(
            Code.CUSTOMER_MISMATCH,
            f"{names} was sold to {owners}, the document is from {customer.ref.name}.",
            field="sale_order_reference",
            expected=owners,
            actual=customer.ref.name,
            odoo_refs=(*foreign, customer.ref),
            money_at_risk=case.extraction.amount("refund_amount") or case.extraction.amount("claimed_amount"),
        ),
    )


def _name(partner_id: int | None, linkage: Linkage) -> str:
    partner: Partner | None = linkage.index.partners.get(partner_id) if partner_id is not None else None
    return partner.ref.name if partner else f"partner {partner_id}"


def product_not_on_order(_: Case, linkage: Linkage) -> tuple[Discrepancy, ...]:
    """PRODUCT_NOT_ON_ORDER: an item has no counterpart on the sale; one for all where no item has any."""
    sale = linkage.sale
    unpaired = sale.unpaired
    if not unpaired or not sale.chosen:
        return ()
    groups = [unpaired] if not sale.pairs else [(line,) for line in unpaired]
    return tuple(_not_on_order(group, linkage) for group in groups)


def _not_on_order(lines: tuple[ClaimedLine, ...], linkage: Linkage) -> Discrepancy:
    names = ", ".join(order.ref.name for order in linkage.sale.chosen)
    one = len(lines) == 1
    numbers = numbers_text(line.number for line in lines)
    subject = f"Line {numbers} ({lines[0].shown}) is" if one else f"Lines {numbers} are"
    return finding(
        Code.PRODUCT_NOT_ON_ORDER,
        f"{subject} not among the goods of {names}.",
        field="product_code" if lines[0].code else "description",
        line=lines[0].number,
        expected=", ".join(line.description for order in linkage.sale.chosen for line in order.lines) or None,
        actual=", ".join(line.shown for line in lines),
        odoo_refs=tuple(order.ref for order in linkage.sale.chosen),
    )
