"""What makes an invoice cheaper or dearer than its lines: early payment, lines' allowances, freight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from xml.etree.ElementTree import Element

from extractors.einvoice.grammar import Grammar
from extractors.einvoice.model import Adjustment
from extractors.einvoice.values import day_of, field_of, number_of
from extractors.labels import lexicon, squeeze
from service.domain.fields import AnyField, EarlyPaymentDiscount
from service.domain.kinds import INVOICE_LINE_FIELDS

_FREIGHT_CODES = frozenset("FC DL SAA TS ABV".split())  # UNTDID 7161: freight, delivery, shipping and handling …
# How XRechnung writes a discount into the payment terms (BT-20): #SKONTO#TAGE=14#PROZENT=2.25#BASISBETRAG=100.00#
_WRITTEN = re.compile(r"#SKONTO#TAGE=(\d{1,3})#PROZENT=(\d{1,2}(?:\.\d{1,4})?)#")


def early_payment(root: Element, grammar: Grammar) -> tuple[EarlyPaymentDiscount, ...]:
    """The discounts for early payment, in the order of the XML, each once."""
    return tuple(dict.fromkeys((*_given(root, grammar), *_written(root, grammar))))


def _given(root: Element, grammar: Grammar) -> Iterator[EarlyPaymentDiscount]:
    paths = grammar.discounts
    for entry in root.findall(paths.elements):
        percent = number_of(entry.findtext(paths.percent))
        days = number_of(entry.findtext(paths.days))
        until = next((day for path in paths.until if (day := day_of(entry.findtext(path))) is not None), None)
        if percent:
            yield EarlyPaymentDiscount(percent, None if days is None else int(days), None if days else until)


def _written(root: Element, grammar: Grammar) -> Iterator[EarlyPaymentDiscount]:
    terms = (path for term in grammar.header if term.field == "payment_terms" for path in term.paths)
    for text in (element.text or "" for path in terms for element in root.findall(path)):
        for days, percent in _WRITTEN.findall(text):
            yield EarlyPaymentDiscount(Decimal(percent), int(days))


def of_line(adjustments: Sequence[Adjustment]) -> dict[str, AnyField]:
    """``discount`` as what the line's allowances take off beyond what its charges add, ``discount_percent`` where a
    single allowance is a rate.
    """
    if not adjustments:
        return {}
    total = sum((-entry.amount if entry.is_charge else entry.amount for entry in adjustments), Decimal(0))
    texts = {"discount": format(total, "f") if total else ""}
    (first, *others) = adjustments
    if not others and not first.is_charge and first.percent:
        texts["discount_percent"] = format(first.percent, "f")
    read = {name: field_of(INVOICE_LINE_FIELDS[name], text, "BG-27") for name, text in texts.items()}
    return {name: field for name, field in read.items() if field is not None}


def is_freight(charge: Adjustment) -> bool:
    """Whether a charge is for carrying the goods, by its code or by what its reason calls it."""
    if charge.reason_code in _FREIGHT_CODES:
        return True
    meanings = lexicon().fields.get(squeeze(charge.reason or ""), ())
    return any(meaning.name == "freight_total" for meaning in meanings)
