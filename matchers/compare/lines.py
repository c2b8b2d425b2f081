"""How much speaks for each pair of document line and order line: one matrix of weights a feature, summed.

The matrices are kept apart, so that what decided a pair can be told afterwards without comparing again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from matchers.compare.goods import Goods
from matchers.compare.texts import text_similarity
from matchers.compare.units import unit_factor
from matchers.explain import amount_text, price_text, prior, quantity_text
from matchers.index import RecordIndex
from matchers.printed import PrintedLine
from service.domain.matching import Evidence

Matrix = NDArray[np.float64]

_PRIOR = -3.0
CODE_EQUAL, CODE_OTHER = 6.0, -2.0
_SIMILARITY = ([0.3, 0.5, 0.7, 0.85, 1.0], [-2.0, -1.0, 1.0, 2.5, 3.5])
_PRICE_DISTANCE = ([0.0005, 0.01, 0.05, 0.1, 0.25, 0.5], [2.5, 2.0, 1.0, 0.5, -0.5, -2.0])
_QUANTITY_EQUAL, _QUANTITY_OVER = 1.5, -0.5
_AMOUNT_EQUAL = 1.5
_SAME_ORDER, _OTHER_ORDER = 2.0, -3.0
_CENTS = 0.02
_SAME_QUANTITY = 1e-6
FEATURES = ("code", "description", "unit_price", "quantity", "amount", "order_reference")


@dataclass(frozen=True, slots=True)
class LineWeights:
    """Weights of every pair: ``features`` by name, rows are document lines, columns order lines."""

    lines: tuple[PrintedLine, ...]
    goods: tuple[Goods, ...]
    factors: Matrix
    features: Mapping[str, Matrix]

    def total(self, names: Iterable[str] = FEATURES) -> Matrix:
        """The summed weights of those features, with the prior."""
        return np.sum([self.features[name] for name in names], axis=0) + _PRIOR  # type: ignore[no-any-return]

    def evidence(self, row: int, column: int) -> tuple[Evidence, ...]:
        """What speaks for and against one pair; features that neither side has are left out."""
        line, goods = self.lines[row], self.goods[column]
        shown = _shown_values(line, goods)
        weights = ((name, round(float(self.features[name][row, column]), 3)) for name in FEATURES)
        return (prior(_PRIOR), *(Evidence(name, *shown[name], weight) for name, weight in weights if weight))


def side_by_side(weights: Sequence[LineWeights]) -> LineWeights:
    """The same lines' weights with the goods of several orders, one order's columns after the other's."""
    if len(weights) == 1:
        return weights[0]
    return LineWeights(
        lines=weights[0].lines,
        goods=tuple(goods for part in weights for goods in part.goods),
        factors=np.hstack([part.factors for part in weights]),
        features={name: np.hstack([part.features[name] for part in weights]) for name in FEATURES},
    )


def line_weights(lines: Sequence[PrintedLine], goods: Sequence[Goods], index: RecordIndex) -> LineWeights:
    """Compare all of ``lines`` with all of ``goods``."""
    if not lines or not goods:
        nothing = np.zeros((len(lines), len(goods)))
        return LineWeights(tuple(lines), tuple(goods), nothing, dict.fromkeys(FEATURES, nothing))
    factors = _unit_factors(lines, goods, index)
    quantities = _column(line.quantity for line in lines) * factors
    prices = _column(line.net_price for line in lines)
    codes = _code_weights(lines, goods)
    with np.errstate(divide="ignore", invalid="ignore"):
        features = {
            "code": codes,
            "description": _description_weights(lines, goods, codes),
            "unit_price": _price_weights(prices, factors, goods),
            "quantity": _quantity_weights(quantities, goods),
            "amount": _amount_weights(_column(line.amount for line in lines), goods),
            "order_reference": _reference_weights(lines, goods),
        }
    return LineWeights(tuple(lines), tuple(goods), factors, features)


def _column(numbers: Iterable[Decimal | None]) -> Matrix:
    return np.array([[np.nan if number is None else float(number)] for number in numbers], dtype=np.float64)


def _row(numbers: Iterable[Decimal]) -> Matrix:
    return np.array([[float(number) for number in numbers]], dtype=np.float64)


def _unit_factors(lines: Sequence[PrintedLine], goods: Sequence[Goods], index: RecordIndex) -> Matrix:
    pairs: dict[tuple[str | None, int | None], float] = {}
    for line in lines:
        for good in goods:
            key = (line.unit, good.line.unit_id)
            if key not in pairs:
                pairs[key] = float(unit_factor(line.unit, good.line.unit_id, index))
    return np.array([[pairs[line.unit, good.line.unit_id] for good in goods] for line in lines], dtype=np.float64)


def _code_weights(lines: Sequence[PrintedLine], goods: Sequence[Goods]) -> Matrix:
    weights = np.zeros((len(lines), len(goods)))
    columns: defaultdict[str, list[int]] = defaultdict(list)
    for column, good in enumerate(goods):
        for code in good.codes:
            columns[code].append(column)
    has_barcode = np.array([good.barcode is not None for good in goods])
    has_vendor_code = np.array([bool(good.vendor_codes) for good in goods])
    for row, line in enumerate(lines):
        if line.gtin:
            weights[row, has_barcode] = CODE_OTHER
        if line.seller_code:
            weights[row, has_vendor_code] = CODE_OTHER
        for code in line.codes:
            weights[row, columns.get(code.lstrip("0"), [])] = CODE_EQUAL
    return weights


def _description_weights(lines: Sequence[PrintedLine], goods: Sequence[Goods], codes: Matrix) -> Matrix:
    """Weights by description. A line that a code leads to some goods is compared with those only: codes are exact,
    and most of the time goes into comparing texts.
    """
    texts = [line.compared_text for line in lines]
    weights = np.zeros((len(lines), len(goods)))
    coded = (codes == CODE_EQUAL).any(axis=1)
    for row in np.flatnonzero(coded):
        columns = [int(column) for column in np.flatnonzero(codes[row] == CODE_EQUAL)]
        if texts[row]:
            similarity = text_similarity([texts[row]], [goods[column].names for column in columns])
            weights[row, columns] = np.interp(similarity[0], *_SIMILARITY)
    rows = [row for row in np.flatnonzero(~coded) if texts[row]]
    if rows:
        similarity = text_similarity([texts[row] for row in rows], [good.names for good in goods])
        weights[rows] = np.interp(similarity, *_SIMILARITY)
    return weights


def _price_weights(prices: Matrix, factors: Matrix, goods: Sequence[Goods]) -> Matrix:
    expected = _row(good.net_price for good in goods)
    scale = np.maximum(np.abs(expected), _CENTS)
    distance = np.minimum(np.abs(prices / factors - expected), np.abs(prices - expected)) / scale
    return np.nan_to_num(np.interp(distance, *_PRICE_DISTANCE), nan=0.0)


def _quantity_weights(quantities: Matrix, goods: Sequence[Goods]) -> Matrix:
    ordered = _row(good.line.quantity for good in goods)
    open_ = _row(good.open_quantity for good in goods)
    received = _row(good.receivable_quantity for good in goods)
    equal = np.zeros_like(quantities * ordered, dtype=np.bool_)
    for expected in (ordered, open_, received):
        equal |= np.abs(quantities - expected) < _SAME_QUANTITY
    weights = np.where(equal, _QUANTITY_EQUAL, np.where(quantities > ordered, _QUANTITY_OVER, 0.0))
    return np.where(quantities == 0, 0.0, weights)


def _amount_weights(amounts: Matrix, goods: Sequence[Goods]) -> Matrix:
    whole = _row(good.line.net_amount for good in goods)
    open_ = _row(good.open_quantity * good.net_price for good in goods)
    equal = (np.abs(amounts - whole) <= _CENTS) | (np.abs(amounts - open_) <= _CENTS)
    return np.where(equal & (amounts != 0), _AMOUNT_EQUAL, 0.0)


def _reference_weights(lines: Sequence[PrintedLine], goods: Sequence[Goods]) -> Matrix:
    if not any(line.order_key for line in lines):
        return np.zeros((len(lines), len(goods)))
    return np.array([[_reference_weight(line, good) for good in goods] for line in lines], dtype=np.float64)


def _reference_weight(line: PrintedLine, good: Goods) -> float:
    if line.order_key is None:
        return 0.0
    return _SAME_ORDER if line.order_key in good.order_keys else _OTHER_ORDER


def _shown_values(line: PrintedLine, goods: Goods) -> dict[str, tuple[str | None, str | None]]:
    net_price = None if line.net_price is None else price_text(line.net_price)
    return {
        "code": (", ".join(line.codes), ", ".join(sorted(goods.codes))),
        "description": (line.description, goods.line.description),
        "unit_price": (net_price, price_text(goods.net_price)),
        "quantity": (quantity_text(line.quantity), quantity_text(goods.line.quantity)),
        "amount": (amount_text(line.net_amount), amount_text(goods.line.net_amount)),
        "order_reference": (line.order_key, goods.order.ref.name),
    }
