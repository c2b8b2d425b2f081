"""What holds of every reconciliation, however odd the document and the books are."""

from __future__ import annotations

import math
import random
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from matchers.case import Case
from matchers.pipeline import link, reconcile
from matchers.precedence import PRECEDENCE, settle
from matchers.rules import RULES
from service.domain.matching import Role
from service.domain.records import Records
from tests.golden_rules.case_files import FOLDER, case_of, merged

BASE = tomllib.loads((FOLDER / "base.toml").read_text(encoding="utf-8"))
FIGURES = st.sampled_from(["0", "1", "-1", "2.5", "400.00", "-175", "0.0001", "99999999999999999999999999999999999"])
BOOKED = st.sampled_from(["0", "1", "-1", "2.5", "400.00", "0.0001", "99999999"])
TEXTS = st.sampled_from(["", "Desk oak 160 cm", "Office chair blue", "[DESK-160] Desk", "?!", "Freight", "é" * 50])
T = TypeVar("T")


def line_entries() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "description": TEXTS,
            "seller_item_id": st.sampled_from(["NH-160", "NH-CH-B", "000", "-"]),
            "gtin": st.just("4006381333931"),
            "quantity": FIGURES,
            "unit_price": FIGURES,
            "line_total": FIGURES,
            "discount": FIGURES,
            "discount_percent": FIGURES,
            "price_base_quantity": FIGURES,
            "unit": st.sampled_from(["H87", "DZN", "furlong"]),
            "order_reference": st.sampled_from(["P00013", "P99999", "-"]),
        },
    )


HEADS = st.fixed_dictionaries(
    {},
    optional={
        "invoice_number": st.sampled_from(["", "---", "RE-1"]),
        "currency": st.sampled_from(["", "USD"]),
        "seller_name": st.sampled_from(["", "?", "GmbH", "Lichtwerk"]),
        "seller_vat_id": st.sampled_from(["", "DE129273398", "-"]),
        "order_reference": st.sampled_from([[], ["-"], ["AB-77120"], ["P00013", "P1"]]),
        "net_total": st.one_of(FIGURES, st.just("")),
        "tax_total": st.one_of(FIGURES, st.just("")),
        "grand_total": st.one_of(FIGURES, st.just("")),
        "freight_total": FIGURES,
        "allowance_total": FIGURES,
        "prepaid_amount": FIGURES,
    },
)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    kind = draw(st.sampled_from(["supplier_invoice", "credit_note", "other"]))
    fields = merged(BASE["document"]["fields"], draw(HEADS))
    document = {"kind": kind, "fields": fields, "lines": draw(st.lists(line_entries(), max_size=6))}
    quantities = {name: draw(BOOKED) for name in ("quantity", "received", "invoiced", "unit_price")}
    orders = [{"id": 13, "lines": [{"id": 1301, **quantities}]}]
    books = merged(BASE, {"orders": orders})
    return case_of({**books, "document": document, **draw(st.sampled_from([{}, {"orders": []}, {"partners": []}]))})


@settings(max_examples=150, deadline=None)
@given(cases())
def test_no_document_breaks_it_and_everything_explains_itself(case: Case) -> None:
    found = reconcile(case)
    for match in (*found.matches, *found.line_matches):
        weight = math.fsum(entry.weight for entry in match.evidence)
        assert match.score == round(1 / (1 + math.exp(-weight)), 4)
    assert len(found.chosen(Role.VENDOR)) <= 1
    assert {match.ref.id for match in found.chosen(Role.ORDER)} == {order.ref.id for order in found.orders}
    for raised in found.discrepancies:
        assert raised.message.endswith(".")
        assert raised.money_at_risk is None or raised.money_at_risk >= 0
    identities = [raised.identity for raised in found.discrepancies]
    assert len(identities) == len(set(identities))


@settings(max_examples=100, deadline=None)
@given(cases())
def test_paired_quantities_are_the_lines(case: Case) -> None:
    linkage = link(case)
    for line in linkage.lines:
        pairs = linkage.pairs_of(line.number)
        if pairs:
            total = sum((pair.quantity for pair in pairs), Decimal(0))
            assert math.isclose(total, line.quantity, rel_tol=1e-9)
        assert len({pair.order_line.ref for pair in pairs}) == len(pairs)


@settings(max_examples=60, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_records_does_not_matter(case: Case, rng: random.Random) -> None:
    records = case.records
    shuffled = replace(
        records,
        **{name: _shuffled(getattr(records, name), rng) for name in Records.__slots__ if name != "as_of"},
    )
    assert reconcile(replace(case, records=shuffled)) == reconcile(case)


def _shuffled(entries: Iterable[T], rng: random.Random) -> tuple[T, ...]:
    result = list(entries)
    rng.shuffle(result)
    return tuple(result)


@settings(max_examples=100, deadline=None)
@given(cases(), st.randoms(use_true_random=False))
def test_settling_keeps_a_cause_for_all_it_drops(case: Case, rng: random.Random) -> None:
    linkage = link(case)
    found = tuple(entry for rule in RULES[case.extraction.kind] for entry in rule(case, linkage))
    settled = settle(found, linkage)
    assert set(settled) <= set(found)
    assert bool(settled) is bool(found)
    assert settle(settled, linkage) == settled
    assert set(settle(_shuffled(found, rng), linkage)) == set(settled)


def test_no_code_is_its_own_cause_in_a_roundabout_way() -> None:
    explains = {entry.cause: set(entry.consequences) for entry in PRECEDENCE}
    for entry in PRECEDENCE:
        explains[entry.cause] |= entry.consequences
    for start in explains:
        reached, frontier = set(), {start}
        while frontier:
            following = set().union(*(explains.get(code, set()) for code in frontier))
            frontier = following - reached
            reached |= following
        assert start not in reached
