"""What counts as changed since the approver looked: whatever this bill rests on, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.ids import DocumentId
from service.domain.jobs import WriteState
from service.domain.records import PurchaseOrder
from service.ports import OdooWrite
from service.usecases.record_changes import changed_orders
from tests.support.values import a_draft, an_order


def said(live: PurchaseOrder | None, seen: PurchaseOrder | None = None, billed: str = "1") -> str | None:
    """What is said of the order, where the bill is over ``billed`` pieces of its line."""
    draft = a_draft()
    draft = replace(draft, lines=(replace(draft.lines[0], quantity=Decimal(billed)),))
    write = OdooWrite(DocumentId("d"), 1, draft, WriteState.INTENDED, (seen or an_order(),))
    found = changed_orders(write, () if live is None else (live,))
    return found[0].message if found else None


def with_line(**changes: object) -> PurchaseOrder:
    order = an_order()
    return replace(order, lines=(replace(order.lines[0], **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "live",
    [
        an_order(),
        replace(an_order(), state="done", billing_status="invoiced", vendor_reference="AB-1"),
        with_line(received=Decimal(5)),
        with_line(invoiced=Decimal(3)),
        with_line(description="Lampe, weiß"),
        with_line(quantity=Decimal("4.00")),
    ],
)
def test_what_this_bill_does_not_rest_on_may_change(live: PurchaseOrder) -> None:
    assert said(live) is None


@pytest.mark.parametrize(
    ("live", "words"),
    [
        (None, "gone"),
        (replace(an_order(), state="cancel"), "was purchase, now cancel"),
        (replace(an_order(), currency="USD"), "vendor or currency"),
        (replace(an_order(), partner_id=99), "vendor or currency"),
        (replace(an_order(), lines=()), "had 1 lines, now 0"),
        (with_line(quantity=Decimal(3)), "quantity of Lampe was 4, now 3"),
        (with_line(unit_price=Decimal("239.00")), "unit price of Lampe was 240.00, now 239.00"),
        (with_line(discount_percent=Decimal(5)), "discount percent of Lampe was 0, now 5"),
        (with_line(received=Decimal(2)), "received of Lampe was 4, now 2"),
        (with_line(invoiced=Decimal(4)), "billed of Lampe was 0, now 4"),
        (with_line(tax_ids=(3,)), "taxes of Lampe"),
        (with_line(product_id=6), "product"),
    ],
)
def test_what_it_rests_on_is_named_with_both_figures(live: PurchaseOrder | None, words: str) -> None:
    message = said(live)
    assert message is not None
    assert words in message


@given(st.integers(0, 10), st.integers(0, 10), st.integers(1, 10))
def test_others_may_bill_meanwhile_as_long_as_enough_is_left(before: int, after: int, billed: int) -> None:
    seen, live = with_line(invoiced=Decimal(before)), with_line(invoiced=Decimal(after))
    too_much = after > before and after + billed > 4  # four were received
    assert (said(live, seen, str(billed)) is not None) == too_much
