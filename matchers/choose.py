"""Which purchase orders a document bills: the ones that it names, else the vendor's whose lines and amounts fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from matchers.case import Case
from matchers.compare.goods import Goods, goods_of
from matchers.compare.lines import line_weights
from matchers.compare.orders import (
    CHOSEN_SCORE,
    Billing,
    Reference,
    order_evidence,
    rival_evidence,
)
from matchers.explain import match_of
from matchers.index import RecordIndex
from matchers.printed import PrintedLine
from service.domain.documents import DocumentKind
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Partner, PurchaseOrder

_MOST_LOOKED_AT = 60
_MOST_COMPARED = 8
_MOST_ORDERS = 5
_MOST_MATCHES = 5
_RIVAL_MARGIN = 0.25
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that is compared, and which of the document's billing lines have a counterpart on it."""

    order: PurchaseOrder
    reference: str | None
    goods: tuple[Goods, ...]
    covered: Flags


@dataclass(frozen=True, slots=True)
class OrderSearch:
    """What is looked for: the document's billing lines and the vendor that it was found to come from."""

    bill: Billing
    lines: tuple[PrintedLine, ...]
    vendor: Partner | None
    vendor_ids: frozenset[int]
    index: RecordIndex


def match_orders(
    case: Case, index: RecordIndex, lines: Sequence[PrintedLine], vendor: Partner | None, found: Sequence[Reference]
) -> tuple[Match, ...]:
    """The orders that may be billed, the chosen ones first. Named orders are chosen whatever else speaks against
    them, so that the difference is shown; without any, what fits best, as long as lines are left.
    """
    search = _search(case, index, lines, vendor)
    named = {order.ref: (ref.text, order) for ref in found for order in _of_vendor(ref.orders, search)}
    if named:
        candidates = [_candidate(order, text, search) for text, order in named.values()]
        return _sorted(match_of(Role.ORDER, c.order.ref, _evidence(c, search), chosen=True) for c in candidates)
    candidates = [_candidate(order, None, search) for order in _nearest(search)]
    return _fitting(candidates, search, may_choose=not found)


def _search(case: Case, index: RecordIndex, lines: Sequence[PrintedLine], vendor: Partner | None) -> OrderSearch:
    billing = tuple(line for line in lines if line.bills_something)
    extraction = case.extraction
    net_amount = sum((line.net_amount for line in billing), Decimal(0)) if billing else extraction.amount("net_total")
    bill = Billing(
        issued_on=extraction.day("issue_date"),
        currency=extraction.text("currency"),
        net_amount=net_amount,
        is_credit=extraction.kind is DocumentKind.CREDIT_NOTE,
        total_tolerance=case.policy.document_total,
    )
    members = index.families.get(vendor.ref.id, ()) if vendor else ()
    return OrderSearch(bill, billing, vendor, frozenset(member.ref.id for member in members), index)


def _of_vendor(orders: tuple[PurchaseOrder, ...], search: OrderSearch) -> tuple[PurchaseOrder, ...]:
    """Of several orders under one reference the vendor's own, where there are any."""
    own = tuple(order for order in orders if _is_of_vendor(order, search))
    return own or orders


def _is_of_vendor(order: PurchaseOrder, search: OrderSearch) -> bool:
    return search.vendor is not None and search.index.head_id(order.partner_id) == search.vendor.ref.id


def _candidate(order: PurchaseOrder, reference: str | None, search: OrderSearch) -> Candidate:
    goods = goods_of(order, search.vendor_ids, search.index)
    if not goods or not search.lines:
        return Candidate(order, reference, goods, np.zeros(len(search.lines), dtype=np.bool_))
    weights = line_weights(search.lines, goods, search.index).total()
    return Candidate(order, reference, goods, weights.max(axis=1) > 0)


def _nearest(search: OrderSearch) -> list[PurchaseOrder]:
    """The vendor's orders that share most codes and prices with the document: a cheap look before the close one."""
    mine = [o for o in search.index.records.orders if _is_of_vendor(o, search) and o.state != "cancel"]
    mine.sort(key=lambda order: (order.billing_status == "invoiced", -order.ref.id))
    shared = {order.ref: _shared(order, search) for order in mine[:_MOST_LOOKED_AT]}
    nearest = sorted(mine[:_MOST_LOOKED_AT], key=lambda order: -shared[order.ref])
    return nearest[:_MOST_COMPARED]


def _shared(order: PurchaseOrder, search: OrderSearch) -> int:
    goods = goods_of(order, search.vendor_ids, search.index)
    codes = {code for good in goods for code in good.codes}
    prices = {good.net_price for good in goods}
    return sum(
        (not codes.isdisjoint(code.lstrip("0") for code in line.codes)) + (line.net_price in prices)
        for line in search.lines
    )


def _evidence(candidate: Candidate, search: OrderSearch, wanted: Flags | None = None) -> tuple[Evidence, ...]:
    """Evidence for an order as the counterpart of the ``wanted`` lines (None: of all)."""
    bill = search.bill
    covered = candidate.covered if wanted is None else candidate.covered[wanted]
    if wanted is not None and not wanted.all():
        left = (line.net_amount for line, is_left in zip(search.lines, wanted, strict=True) if is_left)
        bill = replace(bill, net_amount=sum(left, Decimal(0)))
    return order_evidence(
        candidate.order,
        bill,
        search.index,
        reference=candidate.reference,
        vendor_id=search.vendor.ref.id if search.vendor else None,
        coverage=float(covered.mean()) if covered.size else None,
    )


def _fitting(candidates: list[Candidate], search: OrderSearch, *, may_choose: bool) -> tuple[Match, ...]:
    """Choose the best fitting order, then the best one for the lines that are left, and so on."""
    chosen: list[Match] = []
    wanted: Flags = np.ones(len(search.lines), dtype=np.bool_)
    left = candidates
    while may_choose and left and len(chosen) < _MOST_ORDERS and (wanted.any() or not chosen):
        match, best = _best(left, search, wanted)
        if match.score < CHOSEN_SCORE:
            break
        chosen.append(match)
        left = [candidate for candidate in left if candidate is not best]
        wanted = wanted & ~best.covered
    others = (match_of(Role.ORDER, c.order.ref, _evidence(c, search), chosen=False) for c in left)
    return (*chosen, *_sorted(others)[: max(0, _MOST_MATCHES - len(chosen))])


def _best(left: list[Candidate], search: OrderSearch, wanted: Flags) -> tuple[Match, Candidate]:
    """The candidate that most speaks for; of equals the one ordered first. A rival as good lowers its score."""
    scored = [(_evidence(candidate, search, wanted), candidate) for candidate in left]
    scored.sort(key=lambda entry: (-_weight(entry[0]), entry[1].order.ordered_on is None, entry[1].order.ref.id))
    evidence, best = scored[0]
    if len(scored) > 1 and _weight(evidence) - _weight(scored[1][0]) < _RIVAL_MARGIN:
        evidence = (*evidence, rival_evidence(scored[1][1].order))
    return match_of(Role.ORDER, best.order.ref, evidence, chosen=True), best


def _weight(evidence: tuple[Evidence, ...]) -> float:
    return sum(entry.weight for entry in evidence)


def _sorted(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (-match.score, match.ref.id)))
