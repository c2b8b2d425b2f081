"""How figures and times read on the pages."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.codes import Code
from service.domain.lifecycle import DocumentStatus
from service.web import formats
from tests.support.values import NOON


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        ("0", "0.00"),
        ("14.6", "14.60"),
        ("379.200", "379.20"),
        ("1234.5", "1\u202f234.50"),
        ("-1234567.891", "−1\u202f234\u202f567.891"),
        ("1E+3", "1\u202f000.00"),
    ],
)
def test_amounts(value: str | None, shown: str) -> None:
    assert formats.amount(None if value is None else Decimal(value)) == shown


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**9), max_value=10**9))
def test_an_amount_is_never_rounded(value: Decimal) -> None:
    assert Decimal(formats.amount(value).replace("\u202f", "").replace("−", "-")) == value


@pytest.mark.parametrize(("value", "shown"), [("3.000", "3"), ("2.50", "2.5"), ("1200", "1\u202f200"), ("0.0", "0")])
def test_quantities(value: str, shown: str) -> None:
    assert formats.quantity(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "figures", "shown"),
    [
        ("8.0", ("16", "24"), "+8"),
        ("2.5", ("31.90", "34.40"), "+2.50"),
        ("-1", ("2", None), "−1"),
        ("279", ("2026-01-20", "2026-10-26"), "+279 days"),
        ("1", ("2026-01-20", "2026-01-21"), "+1 day"),
    ],
)
def test_differences(value: str, figures: tuple[str | None, ...], shown: str) -> None:
    assert formats.difference(Decimal(value), *figures) == shown


def test_what_is_no_figure_stays_as_it_is() -> None:
    assert formats.figure("purchase") == "purchase"
    assert formats.figure("") == "–"


@pytest.mark.parametrize(
    ("passed", "shown"),
    [
        (timedelta(seconds=40), "now"),
        (timedelta(minutes=12), "12\u202fmin"),
        (timedelta(hours=3, minutes=59), "3\u202fh"),
        (timedelta(days=29), "29\u202fd"),
        (timedelta(days=400), "1\u202fy"),
    ],
)
def test_ages(passed: timedelta, shown: str) -> None:
    assert formats.age(NOON, NOON + passed) == shown


def test_labels() -> None:
    assert formats.label("seller_vat_id") == "Seller VAT ID"
    assert formats.label("iban") == "IBAN"


def test_every_state_and_code_has_a_name() -> None:
    for status in DocumentStatus:
        assert "_" not in formats.status_label(status)
    for code in Code:
        assert formats.code_title(code.value)
        assert formats.code_severity(code) in ("info", "warning", "blocking")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            "The lines come to 7647.60, the net total is 3424.5.",
            "The lines come to 7\u202f647.60, the net total is 3\u202f424.5.",
        ),
        ("costs 250.00", "costs 250.00"),
        ("RE-2026.0004 of 2026-10-25 as BILL/2026/08/0003 by 192.168.1000.1", None),
        (None, ""),
    ],
)  # fmt: skip
def test_figures_in_a_sentence_are_grouped_like_all_others(said: str | None, shown: str | None) -> None:
    assert formats.grouped(said) == (said if shown is None else shown)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**9), max_value=10**9))
def test_what_a_page_shows_can_be_sent_back(value: Decimal) -> None:
    assert formats.plain_figure(formats.figure(value)) == f"{value:f}"
