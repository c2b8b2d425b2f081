"""What an assortment is: a supplier's articles in their variants, written as a compact table."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from service.demo.company.values import PIECE, Unit


@dataclass(frozen=True, slots=True)
class Article:
    """Our name and the supplier's, and the net price of the first variant."""

    name: str
    vendor_name: str
    price: Decimal
    unit: Unit


@dataclass(frozen=True, slots=True)
class Variant:
    """A size or colour, in our words and the supplier's; ``factor`` on the price."""

    name: str
    vendor_name: str
    factor: Decimal


@dataclass(frozen=True, slots=True)
class Assortment:
    """A supplier and all that it sells us: every article in every variant, at one tax rate in percent."""

    vendor_id: int
    vendor: str
    country: str
    domain: str
    mailbox: str
    prefix: str
    code_format: str
    tax_rate: Decimal
    has_serials: bool
    variants: tuple[Variant, ...]
    articles: tuple[Article, ...]

    @property
    def size(self) -> int:
        """How many products it makes."""
        return len(self.articles) * len(self.variants)

    def item(self, number: int) -> tuple[Article, Variant]:
        """The article and variant of the ``number``-th product."""
        article, variant = divmod(number, len(self.variants))
        return self.articles[article], self.variants[variant]


def assortment(head: str, variants: str, articles: str, *, has_serials: bool = False, unit: Unit = PIECE) -> Assortment:
    """An assortment from text. ``head``: id|name|country|domain|mailbox|our prefix|code format|tax rate.
    ``variants`` and ``articles``, apart by ";": ours|theirs|factor or price, theirs left empty where it is the same.
    """
    vendor_id, vendor, country, domain, mailbox, prefix, code_format, rate = head.split("|")
    return Assortment(
        int(vendor_id),
        vendor,
        country,
        domain,
        mailbox,
        prefix,
        code_format,
        Decimal(rate),
        has_serials,
        tuple(Variant(*row) for row in _rows(variants)),
        tuple(Article(*row, unit) for row in _rows(articles)),
    )


def _rows(text: str) -> list[tuple[str, str, Decimal]]:
    cells = [[cell.strip() for cell in row.split("|")] for row in text.split(";")]
    return [(ours, theirs or ours, Decimal(number)) for ours, theirs, number in cells]
