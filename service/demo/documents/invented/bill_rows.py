"""Invents the lines of makers' invoices: goods or services of a trade, and how often they have what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from types import MappingProxyType

from service.demo.documents.invented.places import Place
from service.demo.documents.makers.bill import Row
from service.demo.documents.wording.bill_words import goods_words
from service.domain.money import to_cents

_WARES = "wares"
# rank for rank as in the wording: unit and a usual price
_KINDS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        "wares": (
            ("C62", "8.90"), ("C62", "12.45"), ("C62", "129.00"), ("C62", "54.80"), ("C62", "249.00"), ("C62", "17.30"),
            ("C62", "21.95"), ("C62", "34.50"), ("C62", "3.85"), ("C62", "11.20"), ("MTR", "1.95"), ("XBX", "14.60"),
            ("C62", "9.75"), ("C62", "24.90"),
        ),
        "food": (("C62", "5.45"), ("C62", "38.90"), ("C62", "19.80"), ("C62", "2.15"), ("KGM", "14.20"),
                 ("XBX", "6.48")),
        "hotel": (("DAY", "118.00"), ("DAY", "16.50"), ("DAY", "14.00"), ("C62", "4.50")),
        "transport": (("C62", "486.00"), ("C62", "34.20"), ("C62", "58.40"), ("HUR", "62.00")),
        "building": (("MTK", "48.50"), ("MTK", "96.20"), ("C62", "3860.00"), ("MTK", "31.75"), ("MTK", "67.40")),
        "telecom": (("MON", "39.95"), ("C62", "0.29"), ("MON", "19.99"), ("C62", "0.09"), ("MON", "5.95")),
        "energy": (("KWH", "0.2846"), ("KWH", "0.0812"), ("MON", "11.50"), ("KWH", "0.0205")),
        "software": (("MON", "149.00"), ("C62", "12.00"), ("HUR", "95.00"), ("MON", "8.00"), ("C62", "450.00")),
    }
)  # fmt: skip
_CODES = ("{a}{n}-{m}", "{n}{m}", "{n}.{m}.{k}", "{a}{a}{n}{m}", "{m}-{n}", "0{n}{m}{k}", "{a}-{n}/{m}")


@dataclass(frozen=True, slots=True)
class Trade:
    """What a maker sells and how often its invoices have each feature: shares between 0 and 1; ``counts`` are how
    many lines there may be, ``orders`` the most orders on one invoice, ``scale`` the decimals of quantities.
    """

    goods: str = _WARES
    counts: tuple[int, ...] = (1, 2, 3, 3, 4, 5, 6, 8, 11)
    orders: int = 1
    scale: int = 0
    price_scale: int = 2
    has_order: float = 0.85
    has_note: float = 0.35
    has_delivery: float = 0.45
    codes: float = 0.85
    buyer_codes: float = 0.0
    gtins: float = 0.1
    discounts: float = 0.2
    hundreds: float = 0.0
    negative: float = 0.05
    extras: float = 0.15
    reduced: float = 0.25
    freight: float = 0.2
    allowance: float = 0.08
    prepaid: float = 0.1
    retention: float = 0.0
    rounding: float = 0.0
    early: float = 0.25
    period: float = 0.0
    contract: float = 0.05
    payment_reference: float = 0.12
    ship_to: float = 0.2
    is_reverse: float = 0.03
    notes_by_line: float = 0.0


@dataclass(frozen=True, slots=True)
class _Habits:
    """Which features all lines of one invoice have."""

    codes: bool
    buyer_codes: bool
    gtins: bool
    discounts: bool
    extras: bool
    reduced: bool
    code_pattern: str


def reference(pattern: str, day: date, rng: Random) -> str:
    """A number of a document of that day."""
    return pattern.format(year=day.year, short=f"{day:%y}", n=rng.randrange(100, 99_999))


def bill_rows(place: Place, trade: Trade, orders: tuple[str, ...], rng: Random) -> tuple[Row, ...]:
    """The lines of one invoice; those of several orders stand together."""
    habits = _Habits(
        codes=rng.random() < trade.codes,
        buyer_codes=rng.random() < trade.buyer_codes,
        gtins=rng.random() < trade.gtins,
        discounts=rng.random() < trade.discounts,
        extras=rng.random() < trade.extras,
        reduced=rng.random() < trade.reduced,
        code_pattern=rng.choice(_CODES),
    )
    count = max(rng.choice(trade.counts), len(orders))
    note = [str(rng.randrange(10_000, 999_999)) for _ in range(max(1, len(orders)))]
    rows = []
    for at in range(count):
        row = _row(place, trade, habits, at, rng)
        group = at * max(1, len(orders)) // count
        if len(orders) > 1:
            row = replace(row, order=orders[group])
        if trade.notes_by_line:
            row = replace(row, note=note[group])
        rows.append(row)
    return _with_returned(tuple(rows), trade, rng)


def _with_returned(rows: tuple[Row, ...], trade: Trade, rng: Random) -> tuple[Row, ...]:
    """One line of goods taken back, as long as something remains to be paid."""
    if len(rows) < 3 or rng.random() >= trade.negative:
        return rows
    small = min(range(len(rows)), key=lambda at: rows[at].total)
    back = rows[small]
    back = replace(back, quantity=-back.quantity, total=-back.total)
    return (*rows[:small], back, *rows[small + 1 :])


def _row(place: Place, trade: Trade, habits: _Habits, at: int, rng: Random) -> Row:
    names = goods_words(place.language, trade.goods)
    rank = rng.randrange(len(names)) if trade.goods in (_WARES, "food") else at % len(names)
    unit, usual = _KINDS[trade.goods][rank]
    quantity = _quantity(trade, unit, rng)
    price = _price(Decimal(usual), trade, place.currency, rng)
    base = Decimal(100) if trade.hundreds and rng.random() < trade.hundreds and unit == "C62" else None
    percent = Decimal(rng.choice((5, 10, 15, 20))) if habits.discounts and rng.random() < 0.7 else None
    gross = quantity * price / (base or 1)
    total = to_cents(gross * (100 - (percent or 0)) / 100)
    is_reduced = trade.goods == "food" or (habits.reduced and rng.random() < 0.3)
    return Row(
        description=_description(place, trade, names[rank], rng),
        quantity=quantity,
        unit=unit,
        unit_price=price,
        tax_rate=place.rates[-1] if is_reduced else place.rates[0],
        total=total,
        code=_code(habits.code_pattern, rng) if habits.codes else None,
        buyer_code=f"K{rng.randrange(1000, 9999)}" if habits.buyer_codes else None,
        gtin=gtin(rng) if habits.gtins else None,
        base=base,
        discount_percent=percent,
        discount=to_cents(gross) - total if percent else None,
        extras=("batch",) if habits.extras and rng.random() < 0.6 else (),
    )


def _description(place: Place, trade: Trade, name: str, rng: Random) -> str:
    if trade.goods == _WARES:
        variants = goods_words(place.language, "variants")
        return f"{name}, {rng.choice(variants)}" if rng.random() < 0.6 else name
    towns = rng.sample([city for _, city in place.towns], 2)
    return name.format(a=towns[0], b=towns[1])


def _quantity(trade: Trade, unit: str, rng: Random) -> Decimal:
    if trade.goods == "building" and unit == "MTK":
        figure = Decimal(rng.randrange(1200, 42_000)) / 100
    elif unit == "KWH":
        figure = Decimal(rng.randrange(180, 24_000))
    elif trade.goods == "telecom" and unit == "C62":
        figure = Decimal(rng.randrange(3, 240))
    elif unit in ("DAY", "MON"):
        figure = Decimal(rng.randrange(1, 6))
    elif unit in ("KGM", "HUR", "MTR"):
        figure = Decimal(rng.randrange(2, 90)) / 2
    elif trade.hundreds:
        figure = Decimal(rng.choice((50, 100, 200, 250, 500, 1000, 2500)))
    else:
        figure = Decimal(rng.choice((1, 1, 1, 2, 2, 3, 4, 5, 6, 8, 10, 12, 20, 24, 36, 48, 100, 144)))
    exact = figure.quantize(Decimal(1).scaleb(-trade.scale)) if trade.scale else figure
    return exact if exact == figure else figure


def _price(usual: Decimal, trade: Trade, currency: str, rng: Random) -> Decimal:
    dear = {"INR": 80, "SEK": 11, "PLN": 4}.get(currency, 1)
    scale = max(trade.price_scale, -int(usual.as_tuple().exponent))
    return (usual * dear * rng.randrange(75, 140) / 100).quantize(Decimal(1).scaleb(-scale))


def _code(pattern: str, rng: Random) -> str:
    letter = rng.choice("ABGHKMTX")
    return pattern.format(a=letter, n=rng.randrange(100, 9999), m=rng.randrange(10, 999), k=rng.randrange(1, 99))


def gtin(rng: Random) -> str:
    """A number of a trade item with a right check digit."""
    digits = rng.choice(("40", "50", "76", "87", "59")) + "".join(str(rng.randrange(10)) for _ in range(10))
    weighed = sum(int(digit) * (3 if at % 2 else 1) for at, digit in enumerate(digits))
    return digits + str(-weighed % 10)
