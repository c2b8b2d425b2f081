"""Corrections: parsed by type, laid over what was printed, kept when the file is read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import UsageError
from service.domain.extraction import Extraction
from service.domain.fields import AllowanceCharge, EarlyPaymentDiscount, FieldStatus, Source, TaxBreakdown
from service.usecases.corrections import (
    Corrections,
    JsonValue,
    LineCorrection,
    corrected,
    has_corrections,
    keep_corrections,
)
from tests.support.values import an_extraction


def fix(**fields: JsonValue) -> Extraction:
    return corrected(an_extraction(), Corrections(fields))


def test_a_corrected_value_is_typed_sure_and_a_persons() -> None:
    entry = fix(issue_date="2026-01-31").first("issue_date")
    assert entry is not None
    assert entry.value == date(2026, 1, 31)
    assert entry.raw == "27.02.2026"  # what was printed is never overwritten
    assert (entry.confidence, entry.status) == (1.0, FieldStatus.CORRECTED)
    assert entry.provenance.source is Source.HUMAN
    assert entry.provenance.page is None


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("grand_total", "1234.50", Decimal("1234.50")),
        ("grand_total", 12, Decimal(12)),
        ("currency", "usd", "USD"),
        ("seller_name", "  Nord   licht ", "Nord licht"),
        ("order_reference", ["P00008", "P00009"], "P00008"),
        ("order_reference", "P00008", "P00008"),
        ("tax_breakdown", [{"rate": "7", "tax_amount": "1.40"}], TaxBreakdown(Decimal(7), None, Decimal("1.40"))),
        ("early_payment_discount", [{"percent": "2", "days": 14}], EarlyPaymentDiscount(Decimal(2), 14)),
        ("early_payment_discount", {"due_date": "2026-02-03"}, EarlyPaymentDiscount(None, None, date(2026, 2, 3))),
        (
            "charges",
            [{"reason": "Freight", "amount": "9.90", "rate": "19"}],
            AllowanceCharge("Freight", Decimal("9.90"), Decimal(19)),
        ),
    ],
)
def test_values_are_parsed_by_their_type(name: str, value: JsonValue, expected: object) -> None:
    entry = fix(**{name: value}).first(name)
    assert entry is not None
    assert entry.value == expected


def test_null_clears() -> None:
    assert fix(seller_vat_id=None).first("seller_vat_id") is None
    assert fix(order_reference=[]).texts("order_reference") == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("grand_total", 12.5),
        ("grand_total", "1.234,50"),
        ("grand_total", True),
        ("grand_total", "1e5"),
        ("issue_date", "31.01.2026"),
        ("issue_date", 20260131),
        ("currency", "€"),
        ("seller_name", " "),
        ("seller_name", ["a"]),
        ("seller_name", "x" * 1001),
        ("order_reference", [1]),
        ("tax_breakdown", ["19"]),
        ("tax_breakdown", [{"rate": "19", "amount": "3"}]),
        ("early_payment_discount", [{"days": "2.5"}]),
        ("allowances", [{"amount": "a lot"}]),
        ("no_such_field", "x"),
    ],
)
def test_an_error_names_the_field(name: str, value: JsonValue) -> None:
    with pytest.raises(UsageError, match=name):
        fix(**{name: value})


def test_a_line_is_corrected_by_its_position() -> None:
    change = Corrections({}, (LineCorrection(1, {"quantity": "3", "description": None, "gtin": "4006381333931"}),))
    (line,) = corrected(an_extraction(), change).lines
    assert line.amount("quantity") == Decimal(3)
    assert line.fields["quantity"].raw == "4.000"
    assert line.text("description") is None
    assert line.fields["gtin"].raw == ""
    assert change.names() == ("lines[1].description", "lines[1].gtin", "lines[1].quantity")


@pytest.mark.parametrize("line", [0, 2, -1])
def test_a_line_that_is_not_there_is_an_error(line: int) -> None:
    with pytest.raises(UsageError, match=f"line {line}"):
        corrected(an_extraction(), Corrections({}, (LineCorrection(line, {"quantity": "1"}),)))


def test_an_error_in_a_line_says_where() -> None:
    with pytest.raises(UsageError, match=r"lines\[1\]\.quantity"):
        corrected(an_extraction(), Corrections({}, (LineCorrection(1, {"quantity": "many"}),)))


def test_what_was_typed_survives_another_reading() -> None:
    typed = corrected(an_extraction(), Corrections({"currency": "CHF"}, (LineCorrection(1, {"quantity": "9"}),)))
    again = keep_corrections(an_extraction(total="1200.00"), typed)
    assert (again.text("currency"), again.amount("grand_total")) == ("CHF", Decimal("1200.00"))
    assert again.lines[0].amount("quantity") == Decimal(9)
    assert has_corrections(again)
    assert not has_corrections(an_extraction())


def test_lines_are_the_machines_where_their_number_changed() -> None:
    typed = corrected(an_extraction(), Corrections({}, (LineCorrection(1, {"quantity": "9"}),)))
    two = replace(an_extraction(), lines=an_extraction().lines * 2)
    assert keep_corrections(two, typed) == two


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_every_plain_amount_keeps_value_and_scale(amount: Decimal) -> None:
    entry = fix(grand_total=format(amount, "f")).first("grand_total")
    assert entry is not None
    assert format(entry.value, "f") == format(amount, "f")


@given(st.text(max_size=40))
def test_no_text_is_taken_for_a_number_by_chance(text: str) -> None:
    try:
        entry = fix(net_total=text).first("net_total")
    except UsageError:
        return
    assert entry is not None
    assert format(entry.value, "f") == text.strip().removeprefix("+")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("iban", "DE89 3704 0044 0532 0130 01"),
        ("iban", "DE89"),
        ("bic", "NOBANK"),
        ("bic", "COBAZZFFXXX1"),
    ],
)
def test_a_slip_of_the_pen_in_an_account_is_told(name: str, value: str) -> None:
    with pytest.raises(UsageError, match=f"^{name}: not a"):
        fix(**{name: value})


def test_a_slip_of_the_pen_in_an_article_number_is_told() -> None:
    with pytest.raises(UsageError, match="gtin: not an article number"):
        corrected(an_extraction(), Corrections({}, (LineCorrection(1, {"gtin": "4006381333932"}),)))


def test_identifiers_are_kept_compact() -> None:
    entry = fix(iban="de89 3704 0044 0532 0130 00").first("iban")
    assert entry is not None
    assert (entry.value, entry.status) == ("DE89370400440532013000", FieldStatus.CORRECTED)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("DE 136 695 976", FieldStatus.CORRECTED),
        ("DE136695977", FieldStatus.INVALID),
        ("12-3456789", FieldStatus.CORRECTED),
    ],
)
def test_a_wrong_vat_id_is_kept_and_marked(value: str, status: FieldStatus) -> None:
    reading = fix(seller_vat_id=value)
    entry = reading.first("seller_vat_id")
    assert entry is not None
    assert entry.status is status
    assert has_corrections(reading)
    assert keep_corrections(an_extraction(), reading).first("seller_vat_id") == entry
