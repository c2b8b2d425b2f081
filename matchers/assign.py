"""Document lines to order lines: the best one-to-one assignment, then lines that were split or merged."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from matchers.case import LinePair
from matchers.compare.goods import Goods
from matchers.compare.lines import CODE_EQUAL, LineWeights, Matrix
from matchers.compare.units import settled_factor
from matchers.index import RecordIndex

_SAME_DESCRIPTION = 3.0
_SAME_PRICE = 1.0
_IDENTITY = ("code", "description", "unit_price", "order_reference")
Cell = tuple[int, int]


def pair_lines(weights: LineWeights, index: RecordIndex) -> tuple[LinePair, ...]:
    """Every document line with the order line, or lines, that it bills, in the order of the document."""
    if not weights.lines or not weights.goods:
        return ()
    cells = best_assignment(weights.total())
    cells += _split_lines(weights, cells)
    pairs: list[LinePair] = []
    for row, column in sorted(cells):
        line, good = weights.lines[row], weights.goods[column]
        factor = settled_factor(line, good, index)
        evidence = weights.evidence(row, column)
        pairs.append(LinePair(line.number, good.order, good.line, line.quantity, factor, evidence))
    return _with_merged_lines(pairs, weights.goods)


def best_assignment(weights: Matrix) -> tuple[Cell, ...]:
    """The one-to-one assignment of rows to columns of the greatest summed weight; pairs that more speaks against
    than for stay apart.
    """
    from scipy.optimize import linear_sum_assignment  # here, as loading it takes a second

    rows, columns = linear_sum_assignment(np.maximum(weights, 0.0), maximize=True)
    return tuple((int(r), int(c)) for r, c in zip(rows, columns, strict=True) if weights[r, c] > 0)


def _split_lines(weights: LineWeights, cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Rows left over that are surely the same goods as a column that is taken: one order line, several on paper."""
    left = sorted(set(range(len(weights.lines))) - {row for row, _ in cells})
    if not left:
        return ()
    features = {name: weights.features[name][left] for name in _IDENTITY}
    same = (features["code"] >= CODE_EQUAL) | (
        (features["description"] >= _SAME_DESCRIPTION) & (features["unit_price"] >= _SAME_PRICE)
    )
    identity = np.where(same, weights.total(_IDENTITY)[left], -np.inf)
    best = identity.argmax(axis=1)
    return tuple(
        (row, int(column))
        for row, column, i in zip(left, best, range(len(left)), strict=True)
        if identity[i, column] > 0
    )


def _with_merged_lines(pairs: Sequence[LinePair], goods: Sequence[Goods]) -> tuple[LinePair, ...]:
    """Spread a document line over several order lines of the same product where it bills more than one has open."""
    taken = {pair.order_line.ref.id for pair in pairs}
    spread: list[LinePair] = []
    for pair in pairs:
        free = [good for good in goods if good.line.ref.id not in taken and _is_same_product(pair, good)]
        parts = _spread(pair, free)
        taken |= {part.order_line.ref.id for part in parts}
        spread.extend(parts)
    return tuple(spread)


def _is_same_product(pair: LinePair, good: Goods) -> bool:
    line = pair.order_line
    same_goods = line.product_id is not None and line.product_id == good.line.product_id
    same_terms = (line.unit_id, line.unit_price, line.discount_percent) == (
        good.line.unit_id,
        good.line.unit_price,
        good.line.discount_percent,
    )
    return same_goods and same_terms


def _spread(pair: LinePair, free: Sequence[Goods]) -> tuple[LinePair, ...]:
    rest = pair.order_quantity - _open(pair)
    if rest <= 0 or not free:
        return (pair,)
    moved: list[LinePair] = []
    for good in free:
        share = min(rest, good.open_quantity)
        if share > 0:
            quantity = share / pair.unit_factor
            moved.append(LinePair(pair.line, good.order, good.line, quantity, pair.unit_factor, pair.evidence))
            rest -= share
    kept = pair.quantity - sum((part.quantity for part in moved), Decimal(0))
    return (LinePair(pair.line, pair.order, pair.order_line, kept, pair.unit_factor, pair.evidence), *moved)


def _open(pair: LinePair) -> Decimal:
    return max(Decimal(0), pair.order_line.quantity - pair.order_line.invoiced)
