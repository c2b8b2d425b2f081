"""Whatever is printed in one of the world's styles is parsed back to the value it stands for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extractors.parse.amounts import parse_amount
from extractors.parse.dates import DayOrder, find_dates
from extractors.parse.identifiers import find_ibans, find_vat_ids

cents = st.integers(min_value=0, max_value=10**11)
styles = st.sampled_from([(",", "."), (".", ","), (".", "'"), (",", " "), (",", "\u00a0"), (".", "")])
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2069, 12, 31))


@given(cents, styles, st.sampled_from(["{}", "{} €", "EUR {}", "$ {}", "CHF {}"]))
def test_amounts_in_every_style(value: int, style: tuple[str, str], currency: str) -> None:
    mark, group = style
    text = f"{value // 100:,}".replace(",", group) + f"{mark}{value % 100:02}"
    amount = parse_amount(currency.format(text))
    assert amount is not None
    assert amount.value == Decimal(value) / 100
    assert amount.value.as_tuple().exponent == -2


@given(cents, st.sampled_from(["-{}", "{}-", "({})", "−{}"]))
def test_negative_amounts(value: int, sign: str) -> None:
    amount = parse_amount(sign.format(f"{value / 100:.2f}" if value < 10**9 else f"{value // 100}.{value % 100:02}"))
    assert amount is not None
    assert amount.value == -Decimal(value) / 100


@given(
    days,
    st.sampled_from(["%d.%m.%Y", "%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y"]),
)
def test_dates_in_every_style(day: date, style: str) -> None:
    text = day.strftime(style)
    assert [(found.value, found.start, found.end) for found in find_dates(text)] == [(day, 0, len(text))]


@given(days)
def test_american_dates(day: date) -> None:
    assert [found.value for found in find_dates(day.strftime("%m/%d/%Y"), DayOrder.MONTH_FIRST)] == [day]


@given(st.text(max_size=80))
def test_any_text_is_survived_and_places_are_within_it(text: str) -> None:
    parse_amount(text)
    found = (*find_dates(text), *find_ibans(text), *find_vat_ids(text))
    assert all(0 <= f.start < f.end <= len(text) for f in found)
