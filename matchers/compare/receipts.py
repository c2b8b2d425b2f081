"""Receipts of the goods that a document bills."""

from __future__ import annotations

from collections.abc import Iterator

from matchers.case import Case, Linkage
from matchers.explain import match_of, prior
from service.domain.keys import reference_key
from service.domain.matching import Evidence, Match, Role
from service.domain.records import Receipt

_PRIOR = -2.0
_SAME_ORDER = 3.0
_DONE, _AWAITED = 2.0, -1.0
_DELIVERY_NOTE = 4.0


def receipt_matches(case: Case, linkage: Linkage) -> tuple[Match, ...]:
    """The receipts of the chosen orders, those of received goods chosen, best first."""
    names = {order.ref.id: order.ref.name for order in linkage.chosen_orders}
    notes = {reference_key(text): text for text in case.extraction.texts("delivery_note_reference")}
    found = (
        match_of(
            Role.RECEIPT,
            receipt.ref,
            tuple(_receipt_evidence(receipt, names[receipt.order_id], notes)),
            chosen=receipt.state == "done",
        )
        for receipt in linkage.index.records.receipts
        if receipt.order_id in names and receipt.state != "cancel"
    )
    return tuple(sorted(found, key=lambda match: (-match.score, match.ref.id)))


def _receipt_evidence(receipt: Receipt, order_name: str, notes: dict[str, str]) -> Iterator[Evidence]:
    yield prior(_PRIOR)
    yield Evidence("order", order_name, order_name, _SAME_ORDER)
    yield Evidence("state", None, receipt.state, _DONE if receipt.state == "done" else _AWAITED)
    note = notes.get(reference_key(receipt.ref.name))
    if note is not None:
        yield Evidence("delivery_note_reference", note, receipt.ref.name, _DELIVERY_NOTE)
