"""The composition: who sent the document, what it bills, line by line, and where the figures part."""

from __future__ import annotations

import re
from dataclasses import replace

from matchers.assign import pair_lines
from matchers.block import CUSTOMERS_OWN
from matchers.case import Case, LinePair, Linkage, SalePair
from matchers.choose import match_orders
from matchers.compare.bills import bill_matches
from matchers.compare.orders import Reference, references
from matchers.compare.payments import payment_matches
from matchers.compare.receipts import receipt_matches
from matchers.compare.vendors import vendor_matches
from matchers.explain import score_of
from matchers.index import RecordIndex, index_of
from matchers.precedence import settle
from matchers.printed import PrintedLine, printed_lines
from matchers.rules import RULES
from matchers.sales import link_sale
from service.domain.documents import BILLABLE_KINDS
from service.domain.keys import reference_key
from service.domain.matching import LineMatch, Match, Reconciliation
from service.domain.records import Partner

_DIGIT = re.compile(r"\d")


def reconcile(case: Case) -> Reconciliation:
    """Match the document with the books and compare the two, under the case's policy."""
    linkage = link(case)
    found = tuple(entry for rule in RULES[case.extraction.kind] for entry in rule(case, linkage))
    pairs: tuple[LinePair | SalePair, ...] = (*linkage.pairs, *linkage.sale.pairs)
    return Reconciliation(
        matches=_matches(linkage),
        line_matches=tuple(_line_match(pair) for pair in pairs),
        discrepancies=settle(found, linkage),
        orders=linkage.chosen_orders,
        sale_orders=linkage.sale.chosen,
    )


def _matches(linkage: Linkage) -> tuple[Match, ...]:
    sale = linkage.sale
    of_purchase = (*linkage.vendors, *linkage.orders, *linkage.receipts)
    of_sale = (*linkage.customers, *sale.orders, *sale.deliveries, *sale.serial_matches, *sale.repairs)
    return (*of_purchase, *of_sale, *linkage.bills, *linkage.payments)


def link(case: Case) -> Linkage:
    """The document linked to the books, before anything is judged."""
    index = index_of(case.records)
    if case.extraction.kind in CUSTOMERS_OWN:
        return link_sale(case, index)
    return _link_purchase(case, index)


def _link_purchase(case: Case, index: RecordIndex) -> Linkage:
    lines = printed_lines(case.extraction)
    found = references(case.extraction, index)
    ordered_from = {order.partner_id: order.ref.name for reference in found for order in reference.orders}
    vendors = vendor_matches(case.extraction, index, ordered_from)
    vendor = _chosen_vendor(vendors, index)
    if case.extraction.kind not in BILLABLE_KINDS:
        return Linkage(index, lines, vendors, vendor)
    choice = match_orders(case, index, lines, vendor, found)
    pairs = pair_lines(choice.weights, index) if choice.weights else ()
    linkage = Linkage(
        index=index,
        lines=lines,
        vendors=vendors,
        vendor=vendor,
        orders=choice.matches,
        chosen_orders=tuple(index.orders[match.ref.id] for match in choice.matches if match.chosen),
        references=tuple(reference.text for reference in found),
        missing_references=_missing(found, lines, pairs, index),
        pairs=pairs,
    )
    linkage = replace(linkage, receipts=receipt_matches(case, linkage), bills=bill_matches(case, linkage))
    return replace(linkage, payments=payment_matches(case, linkage))


def _chosen_vendor(vendors: tuple[Match, ...], index: RecordIndex) -> Partner | None:
    return next((index.partners[match.ref.id] for match in vendors if match.chosen), None)


def _missing(
    found: tuple[Reference, ...], lines: tuple[PrintedLine, ...], pairs: tuple[LinePair, ...], index: RecordIndex
) -> tuple[str, ...]:
    """References that no order bears. Papers also print the vendor's own order number: where another reference was
    found and explains every line, only numbers that look like ours count.
    """
    missing = tuple(reference.text for reference in found if not reference.orders)
    paired = {pair.line for pair in pairs}
    explained = bool(pairs) and all(line.number in paired for line in lines if line.bills_something)
    if not explained:
        return missing
    ours = {_shape(order.ref.name) for order in index.records.orders}
    return tuple(text for text in missing if _shape(text) in ours)


def _shape(reference: str) -> str:
    return _DIGIT.sub("9", reference_key(reference))


def _line_match(pair: LinePair | SalePair) -> LineMatch:
    return LineMatch(pair.line, pair.order_line.ref, pair.quantity, score_of(pair.evidence), pair.evidence)
