"""Each rule against an oracle that says in one line when its code must be raised."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.case import Case
from matchers.pipeline import link, reconcile
from matchers.rules.document import unreadable
from matchers.rules.purchase import po_missing
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.documents import Failure
from service.domain.kinds import INVOICE_FIELDS
from tests.golden_rules.case_files import FOLDER, case_of, merged

BASE = tomllib.loads((FOLDER / "base.toml").read_text(encoding="utf-8"))
MANDATORY = sorted(spec.name for spec in INVOICE_FIELDS.values() if spec.mandatory)
CENTS = st.decimals("0.01", "900", places=2)
FEW = st.integers(0, 9)

settings.register_profile("matchers", max_examples=60, deadline=None)
settings.load_profile("matchers")


def variant(**change: Any) -> Case:
    """The base case with ``change`` laid over it as a case file would."""
    return case_of(merged(BASE, change))


def fields(**values: Any) -> dict[str, Any]:
    return {"fields": values}


def order_line(number: int, **values: Any) -> list[dict[str, Any]]:
    return [{"id": 13, "lines": [{"id": number, **values}]}]


def found(case: Case, code: Code) -> tuple[Discrepancy, ...]:
    return tuple(entry for entry in reconcile(case).discrepancies if entry.code is code)


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_unreadable_document_says_what_the_reader_said(code: str, message: str) -> None:
    raised = unreadable(Failure(code, message))
    assert (raised.code, raised.severity) == (Code.UNREADABLE_DOCUMENT, Severity.BLOCKING)
    assert (raised.actual, raised.message) == (code, message)


@given(st.sampled_from(["supplier_invoice", "credit_note", "other"]))
def test_just_what_is_no_bill_is_of_unknown_kind(kind: str) -> None:
    raised = found(variant(document={"kind": kind}), Code.UNKNOWN_DOCUMENT_KIND)
    assert [entry.actual for entry in raised] == (["other"] if kind == "other" else [])


@given(st.floats(0, 1), st.sampled_from(["due_date", "grand_total", "issue_date", "invoice_number", "iban"]))
def test_a_decisive_value_is_uncertain_just_below_the_threshold(confidence: float, name: str) -> None:
    case = variant(document={"confidence": {name: confidence}})
    raised = found(case, Code.LOW_CONFIDENCE_FIELD)
    assert [entry.field for entry in raised] == ([name] if confidence < case.policy.low_confidence else [])
    assert all(entry.severity is Severity.WARNING for entry in raised)


@given(st.sets(st.sampled_from(MANDATORY)))
def test_just_the_values_that_are_missing_are_reported(missing: set[str]) -> None:
    case = variant(document=fields(**dict.fromkeys(missing, "")))
    assert {entry.field for entry in found(case, Code.MISSING_MANDATORY_FIELD)} == missing


@given(st.decimals("-50", "50", places=2))
def test_a_total_that_does_not_add_up_is_reported_beyond_rounding(off: Decimal) -> None:
    raised = found(variant(document=fields(grand_total=str(Decimal("2796.50") + off))), Code.ARITHMETIC_MISMATCH)
    assert [entry.difference for entry in raised] == ([off] if abs(off) > Decimal("0.05") else [])


@given(st.lists(st.sampled_from(" -/._"), min_size=14, max_size=14), st.booleans(), st.booleans())
def test_a_number_is_a_duplicate_however_it_is_written(marks: list[str], lower: bool, same_seller: bool) -> None:
    number = "".join(char + mark for char, mark in zip("RE2026004890", marks, strict=False))
    vat_id = "DE811907980" if same_seller else "DE129273398"
    sibling = {"id": "first", "invoice_number": number.lower() if lower else number, "seller_vat_id": vat_id}
    assert len(found(variant(siblings=[sibling]), Code.DUPLICATE_DOCUMENT)) == same_seller


@given(st.text(st.characters(categories=("L", "Zs")), max_size=30), st.booleans())
def test_a_vendor_is_either_chosen_or_unknown(name: str, has_vat_id: bool) -> None:
    vat_id = "DE811907980" if has_vat_id else ""
    case = variant(
        document=fields(seller_name=name, seller_vat_id=vat_id, iban="", seller_email="", order_reference="")
    )
    raised = reconcile(case).discrepancies
    unknown = any(entry.code is Code.UNKNOWN_VENDOR for entry in raised)
    nameless = any(entry.field == "seller_name" for entry in raised) and not has_vat_id
    chosen = link(case).vendor is not None
    assert unknown + chosen == 1 or nameless
    assert chosen or not has_vat_id


@given(st.integers(0, 99_999))
def test_an_order_is_found_or_reported(number: int) -> None:
    case = variant(document=fields(order_reference=[f"P{number:05}"]))
    raised = found(case, Code.PO_NOT_FOUND)
    assert [entry.actual for entry in raised] == ([] if number == 13 else [f"P{number:05}"])
    assert not found(case, Code.PO_MISSING)


@given(CENTS, st.text(st.characters(categories=("L",)), min_size=3, max_size=12))
def test_without_reference_an_order_is_chosen_or_missing(price: Decimal, text: str) -> None:
    lines = [
        {"line": 1, "description": text, "seller_item_id": "", "unit_price": str(price)},
        {"line": 2, "removed": True},
    ]
    case = variant(document={"fields": {"order_reference": ""}, "lines": lines})
    linkage = link(case)
    assert bool(po_missing(case, linkage)) is (not linkage.chosen_orders)


@given(st.sampled_from(["draft", "sent", "to approve", "purchase", "done", "cancel"]))
def test_only_confirmed_orders_may_be_billed(state: str) -> None:
    raised = found(variant(orders=[{"id": 13, "state": state}]), Code.PO_NOT_CONFIRMED)
    assert [entry.actual for entry in raised] == ([] if state in ("purchase", "done", "cancel") else [state])


@given(st.sampled_from([1, 10, 11, 20]))
def test_an_order_belongs_to_the_sellers_family(partner_id: int) -> None:
    raised = found(variant(orders=[{"id": 13, "partner_id": partner_id}]), Code.PO_VENDOR_MISMATCH)
    assert len(raised) == (partner_id not in (10, 11))


@given(st.decimals("1", "900", places=2))
def test_a_price_is_judged_by_its_distance(price: Decimal) -> None:
    line = {"line": 1, "unit_price": str(price), "line_total": str(price * 5)}
    raised = found(variant(document={"lines": [line]}), Code.PRICE_VARIANCE)
    ordered = Decimal(400)
    if abs(price - ordered) <= 4:
        assert raised == ()
        return
    severity = Severity.BLOCKING if price > ordered else Severity.INFO if price >= 360 else Severity.WARNING
    assert [(entry.severity, entry.difference, entry.line) for entry in raised] == [(severity, price - ordered, 1)]
    assert raised[0].money_at_risk == max(Decimal(0), (price - ordered) * 5)


@given(ordered=st.integers(1, 9), received=FEW, billed=FEW, now=st.integers(1, 9))
def test_quantities_are_held_against_order_and_receipts(ordered: int, received: int, billed: int, now: int) -> None:
    line = {"line": 1, "quantity": str(now), "line_total": str(400 * now)}
    books = order_line(1301, quantity=str(ordered), received=str(received), invoiced=str(billed))
    raised = {entry.code: entry for entry in reconcile(variant(document={"lines": [line]}, orders=books)).discrepancies}
    over_ordered = billed + now > ordered
    over_received = billed + now > received > 0
    assert (Code.QUANTITY_OVER_ORDERED in raised) is over_ordered
    assert (Code.GOODS_NOT_RECEIVED in raised) is (received == 0)
    assert (Code.QUANTITY_OVER_RECEIVED in raised) is (over_received and (not over_ordered or received < ordered))
    if over_ordered:
        left = max(0, ordered - billed)
        entry = raised[Code.QUANTITY_OVER_ORDERED]
        assert (entry.expected, entry.actual, entry.difference) == (str(left), str(now), now - left)


@given(CENTS, st.integers(1, 5))
def test_a_line_that_nobody_ordered_is_reported_with_its_amount(price: Decimal, quantity: int) -> None:
    amount = price * quantity
    line = {"line": 3, "description": "Xylophone", "quantity": str(quantity), "unit_price": str(price)}
    raised = found(variant(document={"lines": [{**line, "line_total": str(amount)}]}), Code.UNMATCHED_LINE)
    assert [(entry.line, entry.difference) for entry in raised] == [(3, amount)]


@given(
    st.integers(-900, 900), st.decimals("2796.40", "2796.60", places=2), st.sampled_from(["draft", "posted", "cancel"])
)
def test_a_bill_of_the_same_number_is_a_duplicate_unless_amount_and_date_differ(
    days: int, total: Decimal, state: str
) -> None:
    billed_on = date(2026, 3, 10) + timedelta(days=days)
    bill = {"id": 900, "name": "BILL/1", "partner_id": 10, "vendor_reference": "re 2026-004890", "state": state}
    case = variant(bills=[{**bill, "billed_on": billed_on, "total_amount": str(total)}])
    same_amount = abs(total - Decimal("2796.50")) <= Decimal("0.01")
    expected = state != "cancel" and (same_amount or abs(days) <= 365)
    assert bool(found(case, Code.DUPLICATE_INVOICE)) is expected


@given(st.decimals("0", "20", places=2))
def test_a_charge_that_nobody_ordered_is_a_variance_beyond_the_tolerance(freight: Decimal) -> None:
    net = Decimal("2350.00") + freight
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    head = fields(net_total=str(net), tax_total=str(tax), grand_total=str(net + tax), freight_total=str(freight))
    raised = found(variant(document=head), Code.TOTAL_VARIANCE)
    difference = net + tax - Decimal("2796.50")
    beyond = difference > Decimal("2796.50") * Decimal("0.001")
    assert [entry.difference for entry in raised] == ([difference] if beyond else [])


@given(st.integers(0, 5), st.integers(0, 2), st.sampled_from(["purchase", "cancel"]))
def test_an_order_is_closed_when_full_or_cancelled(first: int, second: int, state: str) -> None:
    lines = [{"id": 1301, "invoiced": str(first)}, {"id": 1302, "invoiced": str(second)}]
    raised = reconcile(variant(orders=[{"id": 13, "state": state, "lines": lines}])).discrepancies
    is_closed = state == "cancel" or (first, second) == (5, 2)
    assert any(entry.code is Code.PO_CLOSED for entry in raised) is is_closed
    assert not (is_closed and any(entry.code is Code.QUANTITY_OVER_ORDERED for entry in raised))


@given(st.sampled_from(["EUR", "USD", "GBP", ""]))
def test_another_currency_is_a_mismatch(currency: str) -> None:
    raised = found(variant(document=fields(currency=currency)), Code.CURRENCY_MISMATCH)
    assert [entry.actual for entry in raised] == ([currency] if currency in ("USD", "GBP") else [])


@given(st.lists(st.integers(1, 3), max_size=3, unique=True), st.integers(1, 4), st.booleans())
def test_money_goes_to_an_account_of_the_vendor(known: list[int], asked: int, of_another: bool) -> None:
    accounts = [{"id": 100 + n, "partner_id": 11 if n == 2 else 10, "number": f"ACCOUNT{n}"} for n in known]
    foreign = [{"id": 200, "partner_id": 20, "number": f"ACCOUNT{asked}"}] if of_another and asked not in known else []
    case = variant(
        document=fields(iban=f"account {asked}"), bank_accounts=[{"id": 1, "removed": True}, *accounts, *foreign]
    )
    expected = asked not in known and bool(known or foreign)
    assert bool(found(case, Code.BANK_ACCOUNT_MISMATCH)) is expected


@given(st.booleans(), st.booleans())
def test_an_archived_vendor_is_blocked_and_not_unknown(active: bool, has_vat_id: bool) -> None:
    head = {} if has_vat_id else fields(seller_vat_id="", iban="", seller_email="", order_reference="")
    case = variant(document=head, partners=[{"id": 10, "active": active}])
    assert bool(found(case, Code.VENDOR_BLOCKED)) is not active
    assert not found(case, Code.UNKNOWN_VENDOR)


@given(st.sampled_from(["DE811907980", "DE 811 907 980", "811907980", "DE129273398", "FR40303265045"]))
def test_a_vat_id_is_the_vendors_however_it_is_written(vat_id: str) -> None:
    case = variant(document=fields(seller_vat_id=vat_id), partners=[{"id": 20, "vat_id": "DE1"}])
    assert bool(found(case, Code.VAT_ID_MISMATCH)) is (vat_id in ("DE129273398", "FR40303265045"))


@given(st.sampled_from(["", "DE811907980", "DE129273398"]), st.booleans())
def test_vendors_that_fit_alike_are_ambiguous(vat_id: str, is_archived: bool) -> None:
    other = {"id": 12, "name": "Nordholz Möbel GmbH", "vat_id": vat_id, "is_vendor": True, "active": not is_archived}
    alone = dict.fromkeys(("iban", "seller_email", "order_reference"), "")
    case = variant(document=fields(**alone), partners=[other])
    assert bool(found(case, Code.AMBIGUOUS_VENDOR)) is (vat_id == "DE811907980" and not is_archived)


@given(st.integers(-500, 500), st.decimals("2796.40", "2796.60", places=2), st.sampled_from(["posted", "cancel"]))
def test_a_bill_of_the_amount_is_perhaps_the_same(days: int, total: Decimal, state: str) -> None:
    bill = {"id": 900, "name": "BILL/1", "partner_id": 10, "vendor_reference": "OTHER-1", "state": state}
    billed_on = date(2026, 3, 10) + timedelta(days=days)
    unordered = {"fields": {"order_reference": ""}, "lines": [{"line": n, "removed": True} for n in (1, 2)]}
    case = variant(
        document=unordered,
        orders=[{"id": 13, "removed": True}],
        bills=[{**bill, "billed_on": billed_on, "total_amount": str(total)}],
    )
    same_amount = abs(total - Decimal("2796.50")) <= Decimal("0.01")
    expected = state == "posted" and same_amount and abs(days) <= 365
    assert bool(found(case, Code.POSSIBLE_DUPLICATE_INVOICE)) is expected


@given(st.decimals("0.01", "5000", places=2), st.sampled_from(["posted", "draft", "cancel"]), st.booleans())
def test_money_that_names_the_bill_paid_it_or_a_part(amount: Decimal, state: str, outgoing: bool) -> None:
    payment = {"id": 45, "name": "P/45", "partner_id": 10, "reference": "RE-2026-004890", "paid_on": date(2026, 3, 12)}
    case = variant(payments=[{**payment, "amount": str(amount), "state": state, "is_outgoing": outgoing}])
    counts, all_of_it = state == "posted" and outgoing, abs(amount - Decimal("2796.50")) <= Decimal("0.01")
    assert bool(found(case, Code.ALREADY_PAID)) is (counts and all_of_it)
    assert bool(found(case, Code.PAYMENT_AMOUNT_MISMATCH)) is (counts and not all_of_it)
