"""Lines to order lines: assignment, units, discounts, and several orders without a reference."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

from matchers.assign import best_assignment
from matchers.compare.texts import text_similarity
from matchers.compare.units import unit_factor
from matchers.index import index_of
from matchers.pipeline import link, reconcile
from matchers.printed import compared_text, printed_lines
from service.domain.matching import Role
from tests.golden_rules.case_files import FOLDER, case_of, extraction_of, load_case, merged

BASE = tomllib.loads((FOLDER / "base.toml").read_text(encoding="utf-8"))


def pairs_of(**change: Any) -> list[tuple[int, int, str]]:
    linkage = link(case_of(merged(BASE, change)))
    return [(pair.line, pair.order_line.ref.id, format(pair.quantity, "f")) for pair in linkage.pairs]


def test_the_best_sum_beats_the_best_pair() -> None:
    weights = np.array([[5.0, 4.0], [4.0, 0.5]])
    assert best_assignment(weights) == ((0, 1), (1, 0))


def test_pairs_that_more_speaks_against_stay_apart() -> None:
    assert best_assignment(np.array([[-1.0, 0.0]])) == ()


def test_prices_and_quantities_pair_lines_in_another_language() -> None:
    lines = [
        {"line": 1, "description": "Bureau en chêne", "seller_item_id": ""},
        {"line": 2, "description": "Chaise bleue", "seller_item_id": ""},
    ]
    assert pairs_of(document={"lines": lines}) == [(1, 1301, "5"), (2, 1302, "2")]


def test_the_same_product_twice_goes_by_quantity() -> None:
    more = {"id": 1303, "product_id": 100, "description": "[DESK-160] Desk oak 160 cm", "unit_price": "400.00"}
    books = [{"id": 13, "lines": [{"id": 1301, "quantity": "9"}, {**more, "quantity": "5"}]}]
    assert pairs_of(orders=books)[0] == (1, 1303, "5")


def test_what_exceeds_one_order_line_goes_to_the_next_in_the_papers_unit() -> None:
    more = {"id": 1303, "product_id": 100, "description": "Desk oak 160 cm", "unit_price": "400.00"}
    books = [{"id": 13, "lines": [{"id": 1301, "quantity": "12"}, {**more, "quantity": "36"}]}]
    line = {"line": 1, "quantity": "4", "unit": "DZN", "unit_price": "4800.00", "line_total": "19200.00"}
    pairs = [pair for pair in pairs_of(document={"lines": [line]}, orders=books) if pair[0] == 1]
    assert sorted(Decimal(quantity) for _, _, quantity in pairs) == [1, 3]


def test_two_orders_are_found_without_any_reference() -> None:
    chair = {"id": 1401, "product_id": 101, "description": "Office chair blue", "unit_price": "175.00"}
    books = [
        {"id": 13, "lines": [{"id": 1302, "removed": True}]},
        {"id": 14, "name": "P00014", "partner_id": 10, "state": "purchase", "lines": [{**chair, "quantity": "2"}]},
    ]
    case = case_of(merged(BASE, {"document": {"fields": {"order_reference": ""}}, "orders": books}))
    assert {match.ref.name for match in reconcile(case).chosen(Role.ORDER)} == {"P00013", "P00014"}


def test_of_two_orders_alike_the_older_is_chosen_and_nobody_is_sure() -> None:
    order = next(order for order in BASE["orders"] if order["id"] == 13)
    lines = [{**line, "id": line["id"] + 1000} for line in order["lines"]]
    again = {**order, "id": 14, "name": "P00014", "vendor_reference": "", "lines": lines}
    case = case_of(merged(BASE, {"document": {"fields": {"order_reference": ""}}, "orders": [again]}))
    (chosen,) = reconcile(case).chosen(Role.ORDER)
    assert chosen.ref.name == "P00013"
    assert chosen.score < case.policy.automatic_score
    assert chosen.evidence[-1].feature == "rival"


@pytest.mark.parametrize(
    ("printed", "net_price"),
    [
        ({"unit_price": "40000.00", "price_base_quantity": "100"}, "400"),
        ({"unit_price": "500.00", "discount_percent": "20"}, "400"),
        ({"unit_price": "500.00", "discount": "500.00"}, "400"),
        ({"unit_price": "500.00", "discount": "100.00"}, "400"),
        ({"unit_price": "400.00", "discount": "100.00"}, "400"),
        ({}, "400"),
    ],
)
def test_however_a_price_is_printed_one_unit_costs_the_same(printed: dict[str, str], net_price: str) -> None:
    line = {"quantity": "5", "line_total": "2000.00", **printed}
    (found,) = printed_lines(extraction_of({"kind": "supplier_invoice", "lines": [line]}))
    assert found.net_price == Decimal(net_price)


@pytest.mark.parametrize(
    ("printed", "quantity"),
    [
        ({"unit_price": "4.00", "line_total": "20.00"}, "5"),
        ({"line_total": "20.00"}, "1"),
        ({"description": "Thank you"}, "0"),
        ({"quantity": "0", "unit_price": "4.00", "line_total": "0"}, "0"),
    ],
)
def test_a_quantity_that_is_not_printed_follows_from_the_amounts(printed: dict[str, str], quantity: str) -> None:
    (found,) = printed_lines(extraction_of({"kind": "supplier_invoice", "lines": [printed]}))
    assert found.quantity == Decimal(quantity)


def test_a_credit_note_printed_negative_is_turned_positive() -> None:
    lines = [
        {"quantity": "-2", "unit_price": "10.00", "line_total": "-20.00"},
        {"quantity": "2", "unit_price": "-10.00", "line_total": "-20.00"},
    ]
    found = printed_lines(extraction_of({"kind": "credit_note", "lines": lines}))
    assert [(line.quantity, line.net_price, line.amount) for line in found] == [(2, 10, 20), (2, 10, 20)]


@pytest.mark.parametrize(
    ("printed", "ordered", "factor"),
    [("DZN", 1, "12"), ("Dutzend", 1, "12"), ("H87", 2, None), ("KGM", 1, "1"), (None, 1, "1"), ("Units", 1, "1")],
)
def test_units_convert_within_their_category(printed: str | None, ordered: int, factor: str | None) -> None:
    case, _ = load_case()
    expected = Decimal(factor) if factor else Decimal(1) / 12
    assert unit_factor(printed, ordered, index_of(case.records)) == expected


def test_descriptions_are_alike_by_spelling_and_words() -> None:
    texts = [compared_text("[NH-160] Desk, oak (160 cm)"), compared_text("Dask oek 160 cm")]
    similarity = text_similarity(texts, [[compared_text("Desk oak 160 cm")], [compared_text("Wall clock")]])
    assert similarity[0, 0] == 1.0
    assert 0.5 < similarity[1, 0] < 1.0
    assert similarity[:, 1].max() < 0.3
