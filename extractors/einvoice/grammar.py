"""What a syntax of EN 16931 calls the standard's terms: tables of paths, so that one reader serves all syntaxes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A business term of EN 16931: its id, our field, and where it stands, the first path that has text winning.
    In paths ``{currency}`` is the invoice's. ``every`` joins or lists all places instead.
    """

    bt: str
    field: str
    paths: tuple[str, ...]
    every: bool = False


@dataclass(frozen=True, slots=True)
class AddressPaths:
    """The parts of a postal address (BG-5), relative to ``party``."""

    party: str
    streets: tuple[str, ...]
    postcode: str
    city: str
    country: str


@dataclass(frozen=True, slots=True)
class AdjustmentPaths:
    """An allowance or charge (BG-20, BG-21; BG-27, BG-28 on lines)."""

    elements: str
    is_charge: str
    amount: str
    percent: str
    reason: str
    reason_code: str
    category: str
    rate: str


@dataclass(frozen=True, slots=True)
class FreightPaths:
    """A charge that only exists for freight: the logistics service charge of CII."""

    elements: str
    amount: str
    reason: str
    rate: str


@dataclass(frozen=True, slots=True)
class TaxPaths:
    """A row of the VAT breakdown (BG-23)."""

    elements: str
    taxable: str
    tax: str
    category: str
    rate: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DiscountPaths:
    """A discount for early payment, as the extensions of the standard have it."""

    elements: str
    percent: str
    days: str
    until: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinePaths:
    """An invoice line (BG-25): its terms, its own allowances and charges, and its VAT category (BT-151). A line whose
    ``is_heading`` has one of the texts in ``headings`` only groups or comments others.
    """

    elements: tuple[str, ...]
    terms: tuple[Term, ...]
    adjustments: AdjustmentPaths
    category: str
    is_heading: str = ""
    headings: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Grammar:
    """Everything that is read of a syntax. ``sums`` are amounts that only the checks need, by BT."""

    profile: str
    currency: str
    header: tuple[Term, ...]
    sums: tuple[Term, ...]
    seller_address: AddressPaths
    taxes: TaxPaths
    adjustments: AdjustmentPaths
    discounts: DiscountPaths
    lines: LinePaths
    notes: tuple[str, ...]
    freight: FreightPaths | None = None
