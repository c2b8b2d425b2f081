"""Tolerances and rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.money import Tolerance, plain, to_cents

UNIT_PRICE = Tolerance(Decimal("0.01"), Decimal(1))
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=2)


@pytest.mark.parametrize(
    ("actual", "expected", "is_allowed"),
    [
        ("101.00", "100.00", True),  # exactly at the percentage is within
        ("101.01", "100.00", False),
        ("99.00", "100.00", True),
        ("0.11", "0.10", True),  # of two allowances the larger counts
        ("0.12", "0.10", False),
        ("-101.00", "-100.00", True),
        ("0.01", "0.00", True),
    ],
)
def test_two_allowances(actual: str, expected: str, is_allowed: bool) -> None:
    assert UNIT_PRICE.allows(Decimal(actual), Decimal(expected)) is is_allowed


@given(amounts, amounts)
def test_no_tolerance_means_equal(actual: Decimal, expected: Decimal) -> None:
    assert Tolerance().allows(actual, expected) is (actual == expected)


@given(amounts)
def test_the_edge_is_within(expected: Decimal) -> None:
    edge = UNIT_PRICE.allowance(expected)
    assert UNIT_PRICE.allows(expected + edge, expected)
    assert not UNIT_PRICE.allows(expected + edge + Decimal("0.0001"), expected)


def test_how_it_is_shown() -> None:
    assert str(UNIT_PRICE) == "0.01 or 1 %"
    assert str(Tolerance(Decimal("0.02"))) == "0.02"


@pytest.mark.parametrize(
    ("amount", "cents"), [("1.005", "1.01"), ("-1.005", "-1.01"), ("1.0049", "1.00"), ("7", "7.00")]
)
def test_cents_round_half_up(amount: str, cents: str) -> None:
    assert str(to_cents(Decimal(amount))) == cents


@pytest.mark.parametrize(("number", "text"), [("1E+3", "1000"), ("1.50", "1.50"), ("1E-7", "0.0000001")])
def test_plain_text_has_no_exponent(number: str, text: str) -> None:
    assert plain(Decimal(number)) == text
