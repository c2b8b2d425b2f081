"""Each rule of returns and claims against an oracle that says in one line when its code must be raised."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.case import Case
from matchers.pipeline import link, reconcile
from service.domain.codes import Code
from service.domain.discrepancies import Discrepancy
from service.domain.terms import months_later
from tests.golden_rules.case_files import base_of, case_of, merged

RETURN, CLAIM = base_of("return"), base_of("claim")
DELIVERED_ON = date(2026, 2, 25)
FEW = st.integers(0, 6)
LETTERS = st.characters(categories=("L",))

settings.register_profile("matchers", max_examples=60, deadline=None)
settings.load_profile("matchers")


def a_return(**change: Any) -> Case:
    return case_of(merged(RETURN, change))


def a_claim(**change: Any) -> Case:
    return case_of(merged(CLAIM, change))


def fields(**values: Any) -> dict[str, Any]:
    return {"fields": values}


def line(**values: Any) -> dict[str, Any]:
    return {"lines": [{"line": 1, **values}]}


def found(case: Case, code: Code) -> tuple[Discrepancy, ...]:
    return tuple(entry for entry in reconcile(case).discrepancies if entry.code is code)


def returned(quantity: int, state: str = "done") -> list[dict[str, Any]]:
    back = {"id": 8501, "product_id": 201, "quantity": str(quantity), "order_line_id": 7002}
    transfer = {"id": 85, "name": "WH/RET/00085", "sale_order_id": 70, "state": state, "returned_id": 80}
    return [{**transfer, "movements": [{**back, "returned_movement_id": 8002}]}]


def refunded(quantity: int, state: str = "posted") -> list[dict[str, Any]]:
    credit = {"id": 9101, "quantity": str(quantity), "unit_price": "50.00", "sale_line_ids": [7002]}
    bill = {"id": 91, "name": "RINV/91", "partner_id": 60, "is_sale": True, "is_refund": True, "state": state}
    return [{**bill, "total_amount": "1.00", "lines": [credit]}]


@given(st.text(LETTERS, min_size=3, max_size=20), st.sampled_from(["", "clara.winter@posteo.de"]), st.booleans())
def test_a_customer_is_either_chosen_or_unknown(name: str, email: str, has_phone: bool) -> None:
    phone = "+49 (171) 555 0142" if has_phone else ""
    alone = dict.fromkeys(("sale_order_reference", "invoice_reference"), "")
    case = a_return(document=fields(customer_name=name, customer_email=email, customer_phone=phone, **alone))
    unknown = bool(found(case, Code.UNKNOWN_CUSTOMER))
    assert unknown is (link(case).customer is None)
    assert not (unknown and email and has_phone)


@given(st.integers(2, 100), st.sampled_from(["", "clara.winter@posteo.de"]))
def test_two_of_a_name_are_ambiguous_unless_more_is_known(partner_id: int, email: str) -> None:
    other = {"id": 100 + partner_id, "name": "Clara Winter", "is_company": False, "is_customer": True}
    alone = dict.fromkeys(("customer_phone", "sale_order_reference", "invoice_reference"), "")
    case = a_return(partners=[other], document=fields(customer_email=email, **alone))
    assert bool(found(case, Code.AMBIGUOUS_CUSTOMER)) is (not email)


@given(st.integers(0, 99_999))
def test_a_sale_is_found_or_reported(number: int) -> None:
    case = a_return(document=fields(sale_order_reference=f"S{number:05}", invoice_reference=""))
    raised = found(case, Code.SALE_ORDER_NOT_FOUND)
    assert [entry.actual for entry in raised] == ([] if number in (70, 71) else [f"S{number:05}"])


@given(st.sampled_from([60, 61]), st.sampled_from(["S00070", "S00071"]))
def test_a_sale_to_another_is_a_mismatch(customer: int, order: str) -> None:
    name, email = {60: ("Clara Winter", "clara.winter@posteo.de"), 61: ("Emil Sommer", "emil.sommer@gmx.de")}[customer]
    alone = {"customer_phone": "", "invoice_reference": ""}
    case = a_return(document=fields(customer_name=name, customer_email=email, sale_order_reference=order, **alone))
    is_theirs = (customer, order) in ((60, "S00070"), (61, "S00071"))
    assert bool(found(case, Code.CUSTOMER_MISMATCH)) is not is_theirs


@given(st.sampled_from(["LAMP-B", "DRILL-18", "HOSE-20", "ZZZ"]))
def test_an_item_is_on_the_sale_or_reported(code: str) -> None:
    case = a_return(document=line(product_code=code, description=""))
    raised = found(case, Code.PRODUCT_NOT_ON_ORDER)
    assert [entry.line for entry in raised] == ([] if code in ("LAMP-B", "DRILL-18") else [1])


@given(st.integers(1, 6), FEW, st.sampled_from(["done", "assigned", "cancel"]))
def test_no_more_comes_back_than_was_delivered(now: int, before: int, state: str) -> None:
    before = min(before, 4)
    case = a_return(document=line(quantity=str(now)), receipts=returned(before, state))
    counted = 0 if state == "cancel" else before
    over = found(case, Code.QUANTITY_OVER_DELIVERED)
    again = found(case, Code.ALREADY_RETURNED)
    assert bool(again) is (counted == 4)
    assert [entry.difference for entry in over] == ([now - (4 - counted)] if counted < 4 < counted + now else [])


@given(st.integers(1, 4), st.integers(0, 4), st.sampled_from(["draft", "posted", "cancel"]), st.booleans())
def test_no_more_is_paid_back_than_was_invoiced(now: int, before: int, state: str, asks_money: bool) -> None:
    wanted = "refund" if asks_money else "exchange"
    document = {**fields(requested_resolution=wanted), **line(quantity=str(now))}
    counted = 0 if state == "cancel" else before
    raised = found(a_return(document=document, bills=refunded(before, state)), Code.ALREADY_REFUNDED)
    assert bool(raised) is (asks_money and counted > 0 and counted + now > 4)


@given(st.integers(-5, 120), st.integers(0, 90))
def test_the_window_is_open_up_to_its_last_day(days: int, window: int) -> None:
    asked_on = DELIVERED_ON + timedelta(days=days)
    case = a_return(document=fields(request_date=asked_on), policy={"return_window_days": window})
    raised = found(case, Code.OUTSIDE_RETURN_WINDOW)
    assert [entry.difference for entry in raised] == ([Decimal(days - window)] if days > window else [])


@given(st.decimals("0", "300", places=2), st.decimals("0", "20", places=2), st.integers(1, 4))
def test_the_refund_is_what_was_paid_less_the_fee(asked: Decimal, fee: Decimal, quantity: int) -> None:
    head = fields(refund_amount=str(asked), restocking_fee_amount=str(fee))
    raised = found(a_return(document={**head, **line(quantity=str(quantity))}), Code.REFUND_AMOUNT_MISMATCH)
    due = [Decimal(50) * quantity * factor - fee for factor in (Decimal("1.19"), Decimal(1))]
    assert bool(raised) is all(abs(asked - amount) > Decimal("0.01") for amount in due)


@given(st.sampled_from(["BD18-000471", "bd18 000471", "BD18-000472", "XX1", "BD18-00047"]))
def test_a_serial_is_theirs_anothers_or_unknown(serial: str) -> None:
    case = a_claim(document=line(serial_number=serial))
    number = serial.upper().replace("-", "").replace(" ", "")
    assert bool(found(case, Code.SERIAL_UNKNOWN)) is (number not in ("BD18000471", "BD18000472"))
    assert bool(found(case, Code.SERIAL_NOT_SOLD_TO_CUSTOMER)) is (number == "BD18000472")


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(0, 120))
def test_months_later_is_the_same_day_or_the_months_last(start: date, months: int) -> None:
    later = months_later(start, months)
    assert (later.year * 12 + later.month) - (start.year * 12 + start.month) == months
    assert later.day == start.day or (later.day < start.day and (later + timedelta(days=1)).day == 1)


@given(st.dates(date(2015, 1, 1), date(2026, 3, 20)), st.integers(-3, 3), st.integers(1, 60))
def test_the_warranty_lasts_to_its_last_day(delivered_on: date, days: int, months: int) -> None:
    failed_on = months_later(delivered_on, months) + timedelta(days=days)
    case = a_claim(
        document=fields(failure_date=failed_on),
        receipts=[{"id": 80, "done_at": delivered_on}],
        policy={"warranty_months": months},
    )
    assert [entry.difference for entry in found(case, Code.OUT_OF_WARRANTY)] == ([Decimal(days)] if days > 0 else [])


@given(st.booleans(), st.booleans(), st.booleans())
def test_a_claim_needs_a_number_a_serial_or_known_goods(has_order: bool, has_serial: bool, is_known: bool) -> None:
    goods = {"description": "Cordless drill 18 V" if is_known else "Kettle", "product_code": ""}
    serial = "BD18-000471" if has_serial else ""
    head = fields(sale_order_reference="S00070" if has_order else "")
    case = a_claim(document={**head, **line(serial_number=serial, **goods)})
    assert bool(found(case, Code.PROOF_OF_PURCHASE_MISSING)) is not (has_order or has_serial or is_known)


@given(st.sampled_from(["draft", "confirmed", "under_repair", "done", "cancel"]), st.sampled_from([500, 501]))
def test_only_an_open_repair_of_the_serial_is_a_duplicate(state: str, serial_id: int) -> None:
    repair = {"id": 99, "name": "WH/RO/99", "state": state, "serial_id": serial_id, "product_id": 200}
    case = a_claim(repairs=[{**repair, "partner_id": 60}])
    is_open = state not in ("done", "cancel")
    assert bool(found(case, Code.DUPLICATE_CLAIM)) is (is_open and serial_id == 500)
