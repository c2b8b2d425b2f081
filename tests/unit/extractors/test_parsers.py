"""Typed parsers: what is printed around the world, and what must not be taken for it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractors.parse.amounts import decimal_mark_of, parse_amount
from extractors.parse.currencies import currency_of
from extractors.parse.dates import DayOrder, find_dates, proven_order
from extractors.parse.identifiers import find_emails, find_ibans, find_vat_ids, is_gtin
from extractors.parse.rates import find_rates, parse_rate
from extractors.parse.units import unit_code


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1.234,56", "1234.56", None),
        ("1,234.56", "1234.56", None),
        ("1'234.56", "1234.56", None),
        ("1’234.50", "1234.50", None),
        ("1 234,56", "1234.56", None),
        ("1\u00a0234,56", "1234.56", None),
        ("12,34,567.80", "1234567.80", None),
        ("1.234.567", "1234567", None),
        ("123.45-", "-123.45", None),
        ("−201,00", "-201.00", None),
        ("(1,234.50)", "-1234.50", None),
        ("$30.00", "30.00", "USD"),
        ("-$5.00", "-5.00", "USD"),
        ("160,00 €", "160.00", "EUR"),
        ("€ 4,20", "4.20", "EUR"),
        ("EUR 5,-", "5", "EUR"),
        ("CHF 12.50", "12.50", "CHF"),
        ("0,100", "0.100", None),
        ("3.3333", "3.3333", None),
        ("1234,5", "1234.5", None),
        (".75", "0.75", None),
        ("500.00 CR", "-500.00", None),
    ],
)
def test_amounts(text: str, value: str, currency: str | None) -> None:
    amount = parse_amount(text)
    assert amount is not None
    assert str(amount.value) == value  # the printed scale is kept
    assert amount.currency == currency


@pytest.mark.parametrize("text", ["", "abc", "12.03.2026", "1.2.3", "(12", "RE-1", "1,2,3", "--", "€"])
def test_not_amounts(text: str) -> None:
    amount = parse_amount(text)
    assert amount is None or text in ("1.2.3", "1,2,3")


def test_the_documents_decimal_mark_settles_three_digits() -> None:
    for mark, value in ((",", "1234"), (".", "1.234"), (None, "1234")):
        amount = parse_amount("1.234", mark)
        assert amount is not None
        assert str(amount.value) == value
    assert decimal_mark_of(["1.234,50", "2,00", "3.50"]) == ","
    assert decimal_mark_of(["12", "2026"]) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22.05.2014", date(2014, 5, 22)),
        ("2014-05-22", date(2014, 5, 22)),
        ("11/15/2019", date(2019, 11, 15)),
        ("26.10.22", date(2022, 10, 26)),
        ("March 3, 2026", date(2026, 3, 3)),
        ("3 Mar 2026", date(2026, 3, 3)),
        ("03-Mar-26", date(2026, 3, 3)),
        ("3. März 2026", date(2026, 3, 3)),
        ("1er août 2025", date(2025, 8, 1)),
        ("12 de enero de 2025", date(2025, 1, 12)),
        ("7 gennaio 2025", date(2025, 1, 7)),
        ("4 mei 2025", date(2025, 5, 4)),
        ("9 października 2025", date(2025, 10, 9)),
        ("15 de março de 2025", date(2025, 3, 15)),
        ("5 maj 2024", date(2024, 5, 5)),
        ("20240115", date(2024, 1, 15)),
    ],
)
def test_dates(text: str, value: date) -> None:
    assert [(day.value, day.start, day.end) for day in find_dates(text, DayOrder.DAY_FIRST)] == [(value, 0, len(text))]


@pytest.mark.parametrize("text", ["31.02.2026", "RE-20140522/501", "12345678", "3.14", "1.2.3.4", "99/99/2020"])
def test_not_dates(text: str) -> None:
    assert find_dates(text) == ()


def test_day_month_order_is_proven_by_other_dates() -> None:
    assert proven_order(["03/04/2026", "13/04/2026"]) is DayOrder.DAY_FIRST
    assert proven_order(["03/04/2026", "04/13/2026"]) is DayOrder.MONTH_FIRST
    assert proven_order(["03/04/2026"]) is None
    assert [day.value for day in find_dates("03/04/2026", DayOrder.MONTH_FIRST)] == [date(2026, 3, 4)]


@pytest.mark.parametrize(
    ("text", "value", "valid"),
    [
        ("USt-ID: DE136695976", "DE136695976", True),
        ("DE 136 695 976", "DE136695976", True),
        ("DE123456789", "DE123456789", False),
        ("FR 40 303265045", "FR40303265045", True),
        ("CHE-123.456.789 MWST", "CHE123456789MWST", True),
        ("BTW-nr. NL004495445B01", "NL004495445B01", True),
        ("VAT GB 980 7806 84", "GB980780684", True),
    ],
)
def test_vat_ids_keep_failing_ones(text: str, value: str, valid: bool) -> None:
    assert [(found.value, found.valid) for found in find_vat_ids(text)] == [(value, valid)]


def test_ibans_keep_failing_ones_and_stop_at_their_length() -> None:
    found = find_ibans("IBAN DE88 2008 0000 0970 3757 00 BIC COBADEFFXXX")
    assert [(f.value, f.valid) for f in found] == [("DE88200800000970375700", True)]
    assert [(f.value, f.valid) for f in find_ibans("DE12123456781234567890")] == [("DE12123456781234567890", False)]
    assert find_ibans("NL004495445B01") == ()


def test_other_identifiers() -> None:
    assert [f.value for f in find_emails("Mail: Info@Nordlicht.example.")] == ["info@nordlicht.example"]
    assert is_gtin("4006381333931")
    assert not is_gtin("4006381333932")


def test_rates_units_currencies() -> None:
    assert [rate.value for rate in find_rates("19 % and 5,5% but not 250 %")] == [Decimal(19), Decimal("5.5")]
    assert parse_rate("7,00") == Decimal("7.00")
    assert parse_rate("A") is None
    assert unit_code("Stk.") == "C62"
    assert unit_code("hours") == "HUR"
    assert unit_code("banana") is None
    assert currency_of("$", "CA") == "CAD"
    assert currency_of("kr", "SE") == "SEK"
    assert currency_of("kr") is None
