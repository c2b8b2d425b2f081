"""Currency codes and signs, and which code a sign stands for."""

from __future__ import annotations

import re

CURRENCY_CODES = frozenset(
    "AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MAD MXN MYR NGN NOK "
    "NZD PEN PHP PKR PLN QAR RON RSD RUB SAR SEK SGD THB TND TRY TWD UAH USD VND ZAR".split()
)

_SIGNS = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₪": "ILS", "₩": "KRW", "₫": "VND",
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD",
    "R$": "BRL", "MX$": "MXN", "zł": "PLN", "lei": "RON", "Lei": "RON", "Kč": "CZK", "Ft": "HUF", "Rs.": "INR",
    "Rs": "INR", "Fr.": "CHF", "SFr.": "CHF", "sFr.": "CHF", "Euro": "EUR", "EURO": "EUR", "euro": "EUR",
    "euros": "EUR",
}  # fmt: skip
DOLLAR = "$"
CROWN = "kr"

_WORDS = sorted((*_SIGNS, *CURRENCY_CODES, DOLLAR, "kr.", "kr"), key=len, reverse=True)
CURRENCY_PATTERN = "(?:" + "|".join(re.escape(word) for word in _WORDS) + ")"
CURRENCY_WORD = re.compile(rf"(?<![^\W\d_]){CURRENCY_PATTERN}(?![^\W\d_])")

_DOLLARS_BY_COUNTRY = {"CA": "CAD", "AU": "AUD", "NZ": "NZD", "HK": "HKD", "SG": "SGD", "MX": "MXN", "US": "USD"}
_CROWNS_BY_COUNTRY = {"SE": "SEK", "NO": "NOK", "DK": "DKK", "IS": "ISK"}


def currency_of(printed: str, country: str | None = None) -> str | None:
    """The ISO 4217 code that a printed code or sign stands for; None where it is none.

    "$" and "kr" alone take the seller's ``country`` (ISO 3166-1); "$" without one is the US dollar, "kr" unknown.
    """
    text = printed.strip()
    if text.upper() in CURRENCY_CODES:
        return text.upper()
    if text in _SIGNS:
        return _SIGNS[text]
    if text == DOLLAR:
        return _DOLLARS_BY_COUNTRY.get(country or "US", "USD")
    if text.rstrip(".") == CROWN:
        return _CROWNS_BY_COUNTRY.get(country or "")
    return None
