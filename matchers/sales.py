"""A customer's form linked to the books: who asks, what was sold to them, delivered, invoiced and paid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matchers.block import sale_references
from matchers.case import Case, Linkage, Sale
from matchers.claimed import claimed_lines
from matchers.compare.customers import Buyers, customer_matches
from matchers.compare.deliveries import (
    buyer_of,
    delivery_matches,
    invoice_matches,
    last_delivery,
    repair_matches,
    serial_matches,
    serials_by_line,
)
from matchers.compare.parties import RIVAL
from matchers.compare.payments import payment_matches
from matchers.compare.sale_lines import Comparison, compare, pair_items
from matchers.compare.sales import CHOSEN_SCORE, Enquiry, SaleReference, found_references, sale_evidence
from matchers.explain import match_of, score_of
from matchers.index import RecordIndex
from matchers.sold import sold_of
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Partner, SaleOrder

_MOST_COMPARED = 40
_MOST_ORDERS = 4
_MOST_MATCHES = 5
_RIVAL_MARGIN, _RIVAL_WEIGHT = 0.25, -3.0


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An order that is compared, and the items of the form that have a counterpart on it."""

    order: SaleOrder
    evidence: tuple[Evidence, ...]
    covered: frozenset[int]

    @property
    def weight(self) -> float:
        return sum(entry.weight for entry in self.evidence)


def link_sale(case: Case, index: RecordIndex) -> Linkage:
    """The form linked to the books, before anything is judged."""
    sold = sold_of(index, case.own_marker)
    sale = Sale(sold=sold, lines=claimed_lines(case.extraction), references=sale_references(case.extraction))
    sale = replace(sale, serials=serials_by_line(sale))
    found = found_references(case.extraction, index, sold)
    customers = customer_matches(case.extraction, index, _buyers(found, sale))
    customer = next((index.partners[match.ref.id] for match in customers if match.chosen), None)
    sale = _with_orders(case, sale, customer, found, index)
    bills = invoice_matches(case, sale, index)
    named = {bill.ref for reference in found for bill in reference.invoices}
    charged = {match.ref for match in bills if match.chosen} | named
    sale = replace(sale, invoices=tuple(b for b in index.records.bills if b.ref in charged and not b.is_refund))
    sale = replace(
        sale,
        deliveries=delivery_matches(sale, index),
        serial_matches=serial_matches(sale, customer, index),
        repairs=repair_matches(case, sale, customer, index),
    )
    linkage = Linkage(index=index, lines=(), bills=bills, customers=customers, customer=customer, sale=sale)
    return replace(linkage, payments=payment_matches(case, linkage))


def _buyers(found: Sequence[SaleReference], sale: Sale) -> Buyers:
    by_order = {order.partner_id: reference.text for reference in found for order in reference.orders}
    by_invoice = {
        bill.partner_id: reference.text
        for reference in found
        for bill in reference.invoices
        if bill.partner_id is not None
    }
    last = ((serial, last_delivery(serial, sale)) for serials in sale.serials.values() for serial in serials)
    bought = ((buyer_of(moved, sale), serial.number) for serial, moved in last if moved is not None)
    return Buyers({**by_invoice, **by_order}, {buyer: number for buyer, number in bought if buyer is not None})


def _with_orders(
    case: Case, sale: Sale, customer: Partner | None, found: Sequence[SaleReference], index: RecordIndex
) -> Sale:
    """``sale`` with its orders chosen and its items paired. Named orders are chosen whatever else speaks against
    them, so that the difference is shown; without any, what fits best, as long as items are left.
    """
    enquiry = Enquiry(
        customer=customer,
        asked_on=case.extraction.day("request_date") or case.extraction.day("claim_date"),
        bought_on=case.extraction.day("purchase_date"),
        serial_orders=_serial_orders(sale),
        sold=sale.sold,
        index=index,
    )
    missing = tuple(ref.text for ref in found if not ref.orders and not ref.invoices)
    named = {order.ref: (ref.text, order) for ref in found for order in _of_customer(ref.orders, enquiry)}
    if named:
        candidates = [_candidate(order, text, sale, enquiry) for text, order in named.values()]
        matches = _matches(candidates, chosen=True)
    else:
        candidates = sorted(_nearest(sale, enquiry), key=_rank)
        matches = _fitting(candidates, sale, may_choose=not missing)
    chosen = tuple(sale.sold.orders[match.ref.id] for match in matches if match.chosen)
    comparison = compare(sale.lines, chosen, sale.serials, sale.sold, index)
    pairs = pair_items(comparison, sale.sold)
    return replace(sale, orders=matches, chosen=chosen, missing_references=missing, pairs=pairs)


def _serial_orders(sale: Sale) -> dict[int, str]:
    last = ((serial, last_delivery(serial, sale)) for serials in sale.serials.values() for serial in serials)
    return {
        moved.transfer.sale_order_id: serial.number
        for serial, moved in last
        if moved is not None and moved.transfer.sale_order_id is not None
    }


def _of_customer(orders: tuple[SaleOrder, ...], enquiry: Enquiry) -> tuple[SaleOrder, ...]:
    """Of several orders under one reference the customer's own, where there are any."""
    own = tuple(order for order in orders if _is_customers(order, enquiry))
    return own or orders


def _is_customers(order: SaleOrder, enquiry: Enquiry) -> bool:
    return enquiry.customer is not None and enquiry.index.head_id(order.partner_id) == enquiry.customer.ref.id


def _candidate(order: SaleOrder, reference: str | None, sale: Sale, enquiry: Enquiry) -> _Candidate:
    comparison = compare(sale.lines, (order,), sale.serials, sale.sold, enquiry.index)
    covered = _covered(comparison)
    share = len(covered) / len(sale.lines) if sale.lines else None
    return _Candidate(order, sale_evidence(order, enquiry, reference=reference, coverage=share), covered)


def _covered(comparison: Comparison) -> frozenset[int]:
    return frozenset(comparison.lines[int(row)].number for row in np.flatnonzero(comparison.covered))


def _nearest(sale: Sale, enquiry: Enquiry) -> Iterable[_Candidate]:
    """The customer's latest orders, and those on which the named serials were delivered."""
    mine = [order for order in sale.sold.orders.values() if _is_customers(order, enquiry) and order.state != "cancel"]
    mine.sort(key=lambda order: -order.ref.id)
    by_serial = [sale.sold.orders[i] for i in enquiry.serial_orders if i in sale.sold.orders]
    looked_at = {order.ref: order for order in (*by_serial, *mine[:_MOST_COMPARED])}
    return (_candidate(order, None, sale, enquiry) for order in looked_at.values())


def _rank(candidate: _Candidate) -> tuple[float, int]:
    return -candidate.weight, -candidate.order.ref.id


def _fitting(candidates: list[_Candidate], sale: Sale, *, may_choose: bool) -> tuple[Match, ...]:
    """Choose the best fitting order, then the best one for the items that are left, and so on; the latest of equals."""
    chosen: list[_Candidate] = []
    left = {line.number for line in sale.lines}
    for candidate in candidates:
        is_wanted = bool(candidate.covered & left) or not (sale.lines or chosen)
        is_likely = score_of(candidate.evidence) >= CHOSEN_SCORE
        if may_choose and is_wanted and is_likely and len(chosen) < _MOST_ORDERS:
            chosen.append(_against_rivals(candidate, candidates))
            left -= candidate.covered
    names = {candidate.order.ref for candidate in chosen}
    others = [candidate for candidate in candidates if candidate.order.ref not in names]
    shown = others[: max(0, _MOST_MATCHES - len(chosen))]
    return (*_matches(chosen, chosen=True), *_matches(shown, chosen=False))


def _against_rivals(candidate: _Candidate, candidates: list[_Candidate]) -> _Candidate:
    """With a rival's evidence where another order covers the same items as well."""
    rivals = (
        other
        for other in candidates
        if other is not candidate
        and other.covered & candidate.covered
        and candidate.weight - other.weight < _RIVAL_MARGIN
    )
    rival = next(rivals, None)
    if rival is None:
        return candidate
    doubt = Evidence(RIVAL, None, rival.order.ref.name, _RIVAL_WEIGHT)
    return replace(candidate, evidence=(*candidate.evidence, doubt))


def _matches(candidates: Iterable[_Candidate], *, chosen: bool) -> tuple[Match, ...]:
    matches = [match_of(Role.SALE_ORDER, c.order.ref, c.evidence, chosen=chosen) for c in candidates]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.ref.id)))
