"""The items of a customer's form to the lines of sale orders: one matrix of weights, one assignment."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from matchers.assign import best_assignment
from matchers.case import SalePair
from matchers.claimed import ClaimedLine
from matchers.compare.texts import text_similarity
from matchers.explain import price_text, prior, quantity_text
from matchers.index import RecordIndex
from matchers.printed import bracketed_code, compared_text
from matchers.sold import Sold
from service.domain.keys import account_key
from service.domain.matching import Evidence
from service.domain.records import SaleOrder, SaleOrderLine, Serial

Matrix = NDArray[np.float64]
Serials = Mapping[int, tuple[Serial, ...]]

_PRIOR = -2.0  # forms say less than invoices do, and an order has few lines
_CODE_EQUAL, _CODE_OTHER = 6.0, -2.0
_SERIAL_DELIVERED, _SERIAL_PRODUCT, _SERIAL_OTHER = 7.0, 4.0, -3.0
_SIMILARITY = ([0.3, 0.5, 0.7, 0.85, 1.0], [-2.0, -1.0, 1.0, 2.5, 3.5])
_PRICE_EQUAL, _QUANTITY_FITS, _QUANTITY_OVER = 1.0, 0.5, -0.5
_SAME_PRICE = Decimal("0.01")
_SURE = 3.0  # without the prior: a code, a serial, or a description that is nearly the same


@dataclass(frozen=True, slots=True)
class SoldGoods:
    """One sale order line as it is compared."""

    order: SaleOrder
    line: SaleOrderLine
    codes: frozenset[str]
    names: tuple[str, ...]
    delivered: Decimal
    serial_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Items (rows), goods (columns) and what speaks for each pair by feature."""

    lines: tuple[ClaimedLine, ...]
    goods: tuple[SoldGoods, ...]
    features: dict[str, Matrix]

    @property
    def total(self) -> Matrix:
        """Summed weights with the prior."""
        return np.sum(list(self.features.values()), axis=0) + _PRIOR  # type: ignore[no-any-return]

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which items have a counterpart at all."""
        if not self.goods:
            return np.zeros(len(self.lines), dtype=np.bool_)
        return np.asarray(self.total.max(axis=1) > 0)

    def evidence(self, row: int, column: int) -> tuple[Evidence, ...]:
        """What speaks for and against one pair."""
        line, goods = self.lines[row], self.goods[column]
        shown = {
            "code": (line.code, ", ".join(sorted(goods.codes))),
            "serial_number": (line.serial, goods.line.description),
            "description": (line.description, goods.line.description),
            "unit_price": (line.unit_price and price_text(line.unit_price), price_text(goods.line.unit_price)),
            "quantity": (quantity_text(line.quantity), quantity_text(goods.delivered)),
        }
        weights = ((name, round(float(matrix[row, column]), 3)) for name, matrix in self.features.items())
        return (prior(_PRIOR), *(Evidence(name, *_texts(shown[name]), weight) for name, weight in weights if weight))


def _texts(shown: tuple[object, object]) -> tuple[str | None, str | None]:
    first, second = (None if text is None else str(text) for text in shown)
    return first, second


def compare(
    lines: Sequence[ClaimedLine], orders: Iterable[SaleOrder], serials: Serials, sold: Sold, index: RecordIndex
) -> Comparison:
    """Compare all of ``lines`` with all goods of ``orders``; ``serials`` by line number."""
    goods = tuple(_goods(order, line, sold, index) for order in orders for line in order.lines if line.product_id)
    shape = (len(lines), len(goods))
    if 0 in shape:
        return Comparison(tuple(lines), goods, {"code": np.zeros(shape)})
    features = {
        "code": _each(lines, goods, _code_weight),
        "serial_number": _each(lines, goods, lambda line, good: _serial_weight(serials.get(line.number, ()), good)),
        "description": _description_weights(lines, goods),
        "unit_price": _each(lines, goods, _price_weight),
        "quantity": _each(lines, goods, _quantity_weight),
    }
    return Comparison(tuple(lines), goods, features)


def _goods(order: SaleOrder, line: SaleOrderLine, sold: Sold, index: RecordIndex) -> SoldGoods:
    product = index.product(line.product_id)
    printed = (
        bracketed_code(line.description),
        product.code if product else None,
        product.barcode if product else None,
    )
    names = (compared_text(line.description), compared_text(product.name) if product else "")
    moved = sold.delivered.get(line.ref.id, ())
    return SoldGoods(
        order=order,
        line=line,
        codes=frozenset(account_key(code).lstrip("0") for code in printed if code) - {""},
        names=tuple(dict.fromkeys(name for name in names if name)) or ("",),
        delivered=sold.delivered_quantity(line),
        serial_ids=frozenset(serial for entry in moved for serial in entry.movement.serial_ids),
    )


Weight = Callable[[ClaimedLine, SoldGoods], float]


def _each(lines: Sequence[ClaimedLine], goods: Sequence[SoldGoods], weight: Weight) -> Matrix:
    return np.array([[weight(line, good) for good in goods] for line in lines], dtype=np.float64)


def _code_weight(line: ClaimedLine, goods: SoldGoods) -> float:
    if line.code is None or not goods.codes:
        return 0.0
    return _CODE_EQUAL if line.code in goods.codes else _CODE_OTHER


def _serial_weight(serials: Sequence[Serial], goods: SoldGoods) -> float:
    if not serials:
        return 0.0
    if any(serial.ref.id in goods.serial_ids for serial in serials):
        return _SERIAL_DELIVERED
    is_same = any(serial.product_id == goods.line.product_id for serial in serials)
    return _SERIAL_PRODUCT if is_same else _SERIAL_OTHER


def _price_weight(line: ClaimedLine, goods: SoldGoods) -> float:
    """Forms print prices with or without tax and discount, so that only agreement tells something."""
    if not line.unit_price or not goods.line.quantity:
        return 0.0
    paid = goods.line.net_amount / goods.line.quantity
    return _PRICE_EQUAL if min(abs(line.unit_price - p) for p in (paid, goods.line.unit_price)) <= _SAME_PRICE else 0.0


def _quantity_weight(line: ClaimedLine, goods: SoldGoods) -> float:
    return _QUANTITY_FITS if line.quantity <= goods.delivered else _QUANTITY_OVER


def _description_weights(lines: Sequence[ClaimedLine], goods: Sequence[SoldGoods]) -> Matrix:
    texts = [line.compared_text for line in lines]
    weights = np.interp(text_similarity(texts, [good.names for good in goods]), *_SIMILARITY)
    weights[[not text for text in texts]] = 0.0
    return weights


def pair_items(comparison: Comparison, sold: Sold) -> tuple[SalePair, ...]:
    """Every item with the order line, or lines, that it was sold on, in the order of the form."""
    if not comparison.lines or not comparison.goods:
        return ()
    total = comparison.total
    cells = best_assignment(total)
    taken = {row for row, _ in cells}
    # Several items may be of one order line, each with its own serial number.
    more = ((row, int(total[row].argmax())) for row in range(len(comparison.lines)) if row not in taken)
    cells += tuple((row, column) for row, column in more if total[row, column] - _PRIOR >= _SURE)
    pairs = [_pair(comparison, row, column) for row, column in sorted(cells)]
    return _spread_over_lines(pairs, comparison.goods, sold)


def _pair(comparison: Comparison, row: int, column: int) -> SalePair:
    line, goods = comparison.lines[row], comparison.goods[column]
    return SalePair(line.number, goods.order, goods.line, line.quantity, comparison.evidence(row, column))


def _spread_over_lines(pairs: Sequence[SalePair], goods: Sequence[SoldGoods], sold: Sold) -> tuple[SalePair, ...]:
    """Spread an item over several order lines of its product where more comes back than one of them delivered."""
    taken = {pair.order_line.ref.id for pair in pairs}
    spread: list[SalePair] = []
    for pair in pairs:
        rest = pair.quantity - _open(pair.order_line, sold)
        kept = pair.quantity
        for good in goods:
            share = min(rest, _open(good.line, sold))
            if share > 0 and good.line.ref.id not in taken and good.line.product_id == pair.order_line.product_id:
                spread.append(replace(pair, order=good.order, order_line=good.line, quantity=share))
                taken.add(good.line.ref.id)
                rest, kept = rest - share, kept - share
        spread.append(replace(pair, quantity=kept))
    return tuple(sorted(spread, key=lambda pair: (pair.line, pair.order_line.ref.id)))


def _open(line: SaleOrderLine, sold: Sold) -> Decimal:
    return max(Decimal(0), sold.delivered_quantity(line) - sold.returned_quantity(line))
