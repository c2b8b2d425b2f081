"""Evidence to scores and figures to text: a match explains itself as a waterfall, an exception by its figures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

from service.domain.matching import Evidence, Match, Role
from service.domain.money import CENT, plain
from service.domain.records import RecordRef

PRIOR = "prior"
_CAPITALS = {"vat": "VAT", "iban": "IBAN", "bic": "BIC", "gtin": "GTIN"}
_FINEST = Decimal("0.0001")
_WIDE = Context(prec=80, rounding=ROUND_HALF_UP)  # a misread figure of thirty digits is a figure all the same


def prior(weight: float) -> Evidence:
    """Where the waterfall starts: how likely a candidate is before anything is compared."""
    return Evidence(PRIOR, None, None, weight)


def score_of(evidence: Iterable[Evidence]) -> float:
    """The logistic of the summed weights: 0 is 0.5, 2.2 is 0.9, 4.6 is 0.99. Rounded to four decimals."""
    weight = math.fsum(entry.weight for entry in evidence)
    if weight < 0:
        return round(math.exp(weight) / (1 + math.exp(weight)), 4)
    return round(1 / (1 + math.exp(-weight)), 4)


def match_of(role: Role, ref: RecordRef, evidence: tuple[Evidence, ...], *, chosen: bool) -> Match:
    """A match with the score that its evidence adds up to."""
    return Match(role, ref, score_of(evidence), chosen, evidence)


def price_text(price: Decimal) -> str:
    """A price with two decimals, or up to four where it has them."""
    fine = price.quantize(_FINEST, context=_WIDE)
    cents = price.quantize(CENT, context=_WIDE)
    return plain(cents if fine == cents else fine.normalize(_WIDE))


def amount_text(amount: Decimal) -> str:
    """An amount of money with two decimals."""
    return plain(amount.quantize(CENT, context=_WIDE))


def quantity_text(quantity: Decimal) -> str:
    """A quantity without trailing zeros, at most four decimals."""
    fine = quantity.quantize(_FINEST, context=_WIDE).normalize(_WIDE)
    return plain(fine or Decimal(0))


def percent_text(share: float) -> str:
    """A share 0..1 in whole percent, rounded down so that what is below a bound never reads as that bound."""
    return f"{math.floor(round(share * 100, 4))} %"


def field_words(name: str) -> str:
    """A field's name within a sentence: "seller_vat_id" → "seller VAT id"."""
    return " ".join(_CAPITALS.get(word, word) for word in name.split("_"))


def numbers_text(numbers: Iterable[int]) -> str:
    """1 of one number, "1 and 2" of two, "1, 2 and 5" of more."""
    texts = [str(number) for number in numbers]
    return " and ".join(part for part in (", ".join(texts[:-1]), texts[-1]) if part)
