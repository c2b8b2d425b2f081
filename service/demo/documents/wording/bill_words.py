"""How makers word their invoices: each label has several names, of which a maker uses one; a table a language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from types import MappingProxyType
from typing import Any

from service.domain.documents import DocumentKind

_FOLDER = Path(__file__).parent / "bills"
_NUMBERS: Mapping[DocumentKind, str] = MappingProxyType(
    {
        DocumentKind.CREDIT_NOTE: "credit_number",
        DocumentKind.PRO_FORMA: "pro_forma_number",
        DocumentKind.ORDER_CONFIRMATION: "confirmation_number",
    }
)
BILL_LANGUAGES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
_Words = Mapping[str, str]
_TAXES: _Words = MappingProxyType({"US": "Sales Tax", "IN": "IGST"})


@dataclass(frozen=True, slots=True)
class BillWords:
    """One maker's words. ``labels``, ``columns`` and ``totals`` by the contract's field names, ``texts`` by use,
    ``units`` by UN/ECE Rec 20 code.
    """

    title: str
    labels: _Words
    columns: _Words
    totals: _Words
    texts: _Words
    units: _Words
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    legal: tuple[str, ...]
    notes: tuple[str, ...]

    def day(self, on: date, pattern: str) -> str:
        """A date by a pattern: d, dd, m, mm, yy, yyyy in braces, {month} and {short} for the month's name."""
        return pattern.format(
            d=on.day,
            dd=f"{on.day:02d}",
            m=on.month,
            mm=f"{on.month:02d}",
            yy=f"{on.year % 100:02d}",
            yyyy=on.year,
            month=self.months[on.month - 1],
            short=self.short_months[on.month - 1],
        )


@cache
def _table(language: str) -> Mapping[str, Any]:
    return MappingProxyType(tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")))


def bill_words(
    language: str, kind: DocumentKind, rng: Random, second: str | None = None, country: str = ""
) -> BillWords:
    """The words that a maker of a country chose in an ISO 639-1 language; with ``second`` its column heads are
    bilingual. FileNotFoundError for another language.
    """
    table = _table(language)
    labels = _chosen(table["labels"], rng)
    labels["invoice_number"] = labels[_NUMBERS.get(kind, "invoice_number")]
    columns = _chosen(table["columns"], rng)
    if second is not None:
        others = _table(second)["columns"]
        columns = {name: f"{word} / {others[name][0]}" for name, word in columns.items()}
    return BillWords(
        title=rng.choice(table["titles"][kind.value]),
        labels=_localised(labels, country),
        columns=_localised(columns, country),
        totals=_localised(_chosen(table["totals"], rng), country),
        texts=_localised(_chosen(table["texts"], rng), country),
        units=_chosen(table["units"], rng),
        months=tuple(table["months"]),
        short_months=tuple(table["short_months"]),
        legal=tuple(table["texts"]["legal"]),
        notes=tuple(table["texts"]["batch"]),
    )


def goods_words(language: str, trade: str) -> Sequence[str]:
    """What a trade sells, in a language; KeyError for an unknown trade."""
    words: Sequence[str] = _table(language)["goods"][trade]
    return words


def _localised(words: _Words, country: str) -> _Words:
    """What English calls the tax depends on the country."""
    tax = _TAXES.get(country)
    return words if tax is None else {name: text.replace("VAT", tax) for name, text in words.items()}


def _chosen(table: Mapping[str, Sequence[str]], rng: Random) -> dict[str, str]:
    return {name: rng.choice(words) for name, words in table.items()}
