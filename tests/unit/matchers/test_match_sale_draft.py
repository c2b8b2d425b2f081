"""Drafts of returns and repairs: first in, first out, at most what is left, and a sentence where none can be made."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from matchers.draft import draft_of
from matchers.pipeline import reconcile
from service.domain.drafts import RepairDraft, ReturnDraft
from service.domain.errors import UsageError
from tests.golden_rules.case_files import base_of, case_of, merged


def draft(base: str, **change: Any) -> Any:
    case = case_of(merged(base_of(base), change))
    return draft_of(case.extraction, reconcile(case), case.records, "1-abc")


def a_return(**change: Any) -> ReturnDraft:
    made = draft("return", **change)
    assert isinstance(made, ReturnDraft)
    return made


def a_repair(**change: Any) -> RepairDraft:
    made = draft("claim", **change)
    assert isinstance(made, RepairDraft)
    return made


def second_delivery(quantity: str = "4", first: str = "4") -> list[dict[str, Any]]:
    """Another delivery of lamps, earlier than the one of the base case."""
    movement = {"id": 8201, "product_id": 201, "quantity": quantity, "order_line_id": 7002}
    earlier = {"id": 82, "name": "WH/OUT/00082", "sale_order_id": 70, "partner_id": 60, "is_outgoing": True}
    return [
        {"id": 80, "movements": [{"id": 8002, "quantity": first}]},
        {**earlier, "state": "done", "done_at": date(2026, 2, 23), "movements": [movement]},
    ]


def test_a_return_takes_goods_back_and_credits_their_invoice() -> None:
    made = a_return()
    assert (made.delivery_id, made.refund_of, made.refund_lines) == (80, 90, ((9002, Decimal(2)),))
    assert [(line.movement_id, line.quantity, line.to_refund) for line in made.lines] == [(8002, Decimal(2), True)]
    assert made.reason == "Return RMA-2026-0031; no longer needed"


@pytest.mark.parametrize(
    ("wish", "to_refund", "refund_of"),
    [("refund", True, 90), ("store_credit", True, None), ("exchange", False, None), ("repair", False, None)],
)
def test_money_is_paid_back_only_where_it_is_asked_for(wish: str, to_refund: bool, refund_of: int | None) -> None:
    made = a_return(document={"fields": {"requested_resolution": wish}})
    assert (made.lines[0].to_refund, made.refund_of) == (to_refund, refund_of)


def test_the_oldest_delivery_that_has_all_left_is_taken() -> None:
    assert a_return(receipts=second_delivery()).delivery_id == 82
    assert a_return(receipts=second_delivery(quantity="1")).delivery_id == 80


def test_goods_of_two_deliveries_are_left_to_people() -> None:
    with pytest.raises(UsageError, match="WH/OUT/00082, WH/OUT/00080"):
        a_return(receipts=second_delivery("1", first="1"))


def test_no_more_is_taken_back_than_is_left() -> None:
    movement = {"id": 8501, "product_id": 201, "quantity": "3", "returned_movement_id": 8002}
    back = {"id": 85, "name": "WH/RET/85", "sale_order_id": 70, "state": "done", "movements": [movement]}
    made = a_return(receipts=[back])
    assert (made.lines[0].quantity, made.refund_lines) == (Decimal(1), ((9002, Decimal(1)),))
    back["movements"][0]["quantity"] = "4"  # type: ignore[index]
    with pytest.raises(UsageError, match="Nothing of these goods is left"):
        a_return(receipts=[back])


def test_what_was_credited_before_is_not_credited_again() -> None:
    line = {"id": 9101, "quantity": "3", "unit_price": "50.00", "sale_line_ids": [7002]}
    credit = {"id": 91, "name": "RINV/91", "is_sale": True, "is_refund": True, "partner_id": 60, "lines": [line]}
    assert a_return(bills=[{**credit, "total_amount": "1"}]).refund_lines == ((9002, Decimal(1)),)


def test_a_serial_leads_to_its_own_movement() -> None:
    item = {"line": 1, "product_code": "DRILL-18", "serial_number": "BD18-000471", "quantity": "1", "description": ""}
    made = a_return(document={"lines": [item]})
    assert [(line.movement_id, line.product_id) for line in made.lines] == [(8001, 200)]


def test_a_return_of_nothing_known_makes_none() -> None:
    with pytest.raises(UsageError, match="none of its items"):
        a_return(document={"lines": [{"line": 1, "product_code": "HOSE-20", "description": ""}]})


def test_a_claim_becomes_a_repair_under_warranty() -> None:
    made = a_repair()
    assert (made.partner_id, made.company_id, made.product_id, made.serial_id) == (60, 1, 200, 500)
    assert (made.sale_order_id, made.under_warranty) == (70, True)
    assert made.note == "Claim CL-2026-0012\nChuck blocks after a few minutes\nAsked for: repair"


def test_after_the_warranty_the_repair_is_paid() -> None:
    assert not a_repair(document={"fields": {"failure_date": date(2028, 3, 1)}}).under_warranty


def test_a_claim_that_lacks_something_says_all_of_it() -> None:
    unknown = {"customer_name": "Q", "customer_email": "", "sale_order_reference": ""}
    goods = {"line": 1, "serial_number": "", "product_code": "", "description": "Kettle"}
    with pytest.raises(UsageError, match="it lacks the customer, the product"):
        a_repair(document={"fields": unknown, "lines": [goods]})


def test_two_products_are_left_to_people() -> None:
    with pytest.raises(UsageError, match="several products"):
        a_repair(document={"lines": [{"line": 2, "line_type": "product", "product_code": "LAMP-B"}]})


def test_labour_is_no_product() -> None:
    labour = {"line": 2, "line_type": "labour", "description": "Desk lamp brass mounted", "line_total": "40.00"}
    assert a_repair(document={"lines": [labour]}).product_id == 200
