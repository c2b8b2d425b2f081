"""Which purchase orders a document bills: the ones that it names, else the vendor's whose lines and amounts fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from matchers.case import Case
from matchers.compare.goods import Goods, goods_of
from matchers.compare.lines import LineWeights, line_weights, side_by_side
from matchers.compare.orders import (
    CHOSEN_SCORE,
    Billing,
    Reference,
    order_evidence,
    rival_evidence,
)
from matchers.explain import match_of, score_of
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
    weights: LineWeights
    covered: Flags


@dataclass(frozen=True, slots=True)
class OrderChoice:
    """Scored orders, the chosen ones first, and the compared lines of those (None where none is chosen)."""

    matches: tuple[Match, ...]
    weights: LineWeights | None


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
) -> OrderChoice:
    """The orders that may be billed. Named orders are chosen whatever else speaks against
    them, so that the difference is shown; without any, what fits best, as long as lines are left.
    """
    search = _search(case, index, lines, vendor)
    named = {order.ref: (ref.text, order) for ref in found for order in _of_vendor(ref.orders, search)}
    if named:
        candidates = [_candidate(_goods(order, search), order, text, search) for text, order in named.values()]
        matches = (match_of(Role.ORDER, c.order.ref, _evidence(c, search), chosen=True) for c in candidates)
        return OrderChoice(_sorted(matches), side_by_side([candidate.weights for candidate in candidates]))
    candidates = [_candidate(goods, order, None, search) for order, goods in _nearest(search)]
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


def _goods(order: PurchaseOrder, search: OrderSearch) -> tuple[Goods, ...]:
    return goods_of(order, search.vendor_ids, search.index)


def _candidate(goods: tuple[Goods, ...], order: PurchaseOrder, reference: str | None, search: OrderSearch) -> Candidate:
    weights = line_weights(search.lines, goods, search.index)
    covered = weights.total().max(axis=1, initial=-1.0) > 0
    return Candidate(order, reference, weights, covered)


def _nearest(search: OrderSearch) -> list[tuple[PurchaseOrder, tuple[Goods, ...]]]:
    """The vendor's orders that share most codes and prices with the document: a cheap look before the close one."""
    mine = [o for o in search.index.records.orders if _is_of_vendor(o, search) and o.state != "cancel"]
    mine.sort(key=lambda order: (order.billing_status == "invoiced", -order.ref.id))
    looked_at = [(order, _goods(order, search)) for order in mine[:_MOST_LOOKED_AT]]
    looked_at.sort(key=lambda entry: -_shared(entry[1], search))
    return looked_at[:_MOST_COMPARED]


def _shared(goods: tuple[Goods, ...], search: OrderSearch) -> int:
    codes = {code for good in goods for code in good.codes}
    prices = {good.net_price for good in goods}
    return sum(
        (not codes.isdisjoint(code.lstrip("0") for code in line.codes)) + (line.net_price in prices)
        for line in search.lines
    )


def _evidence(candidate: Candidate, search: OrderSearch, wanted: Flags | None = None) -> tuple[Evidence, ...]:
    """Evidence for an order as the counterpart of the ``wanted`` lines (None: of all). Its amount is held against
    that of the lines which it covers: others may belong to another order.
    """
    covered = candidate.covered if wanted is None else candidate.covered & wanted
    bill = search.bill
    if covered.any():
        theirs = (line.net_amount for line, is_theirs in zip(search.lines, covered, strict=True) if is_theirs)
        bill = replace(bill, net_amount=sum(theirs, Decimal(0)))
    count = len(search.lines) if wanted is None else int(wanted.sum())
    return order_evidence(
        candidate.order,
        bill,
        search.index,
        reference=candidate.reference,
        vendor_id=search.vendor.ref.id if search.vendor else None,
        coverage=float(covered.sum()) / count if count else None,
    )


def _fitting(candidates: list[Candidate], search: OrderSearch, *, may_choose: bool) -> OrderChoice:
    """Choose the best fitting order, then the best one for the lines that are left, and so on."""
    chosen: list[Match] = []
    weights: list[LineWeights] = []
    wanted: Flags = np.ones(len(search.lines), dtype=np.bool_)
    left = candidates
    while may_choose and left and len(chosen) < _MOST_ORDERS and (wanted.any() or not chosen):
        evidence, best, rival = _best(left, search, wanted)
        if score_of(evidence) < CHOSEN_SCORE:
            break
        doubt = () if rival is None else (rival_evidence(rival.order),)
        chosen.append(match_of(Role.ORDER, best.order.ref, (*evidence, *doubt), chosen=True))
        weights.append(best.weights)
        left = [candidate for candidate in left if candidate is not best]
        wanted = wanted & ~best.covered
    others = (match_of(Role.ORDER, c.order.ref, _evidence(c, search), chosen=False) for c in left)
    shown = (*chosen, *_sorted(others)[: max(0, _MOST_MATCHES - len(chosen))])
    return OrderChoice(shown, side_by_side(weights) if weights else None)


def _best(
    left: list[Candidate], search: OrderSearch, wanted: Flags
) -> tuple[tuple[Evidence, ...], Candidate, Candidate | None]:
    """The candidate that most speaks for (of equals the oldest), and a rival for which as much does."""
    scored = [(_evidence(candidate, search, wanted), candidate) for candidate in left]
    scored.sort(key=lambda entry: (-_weight(entry[0]), entry[1].order.ref.id))
    (evidence, best), *others = scored
    rivals = (other for against, other in others if _weight(evidence) - _weight(against) < _RIVAL_MARGIN)
    return evidence, best, next(rivals, None)


def _weight(evidence: tuple[Evidence, ...]) -> float:
    return sum(entry.weight for entry in evidence)


def _sorted(matches: Iterable[Match]) -> tuple[Match, ...]:
    return tuple(sorted(matches, key=lambda match: (-match.score, match.ref.id)))
