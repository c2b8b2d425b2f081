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
from matchers.draft import draft_of
from matchers.pipeline import link, reconcile
from matchers.precedence import PRECEDENCE, settle
from matchers.rules import RULES
from service.domain.drafts import ReturnDraft
from service.domain.errors import UsageError
from service.domain.excerpt import Records
from service.domain.matching import Role
from tests.golden_rules.case_files import FOLDER, base_of, case_of, merged

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


FORM_HEADS = st.fixed_dictionaries(
    {},
    optional={
        "customer_name": st.sampled_from(["", "?", "Winter", "Emil Sommer"]),
        "customer_email": st.sampled_from(["", "@", "emil.sommer@gmx.de"]),
        "customer_phone": st.sampled_from(["", "1", "0172 5550199"]),
        "sale_order_reference": st.sampled_from(["", "-", "S00071", "S9", "S00070 / S00071"]),
        "invoice_reference": st.sampled_from(["", "--", "INV/2026/00090", "INV/1"]),
        "purchase_date": st.dates(),
        "currency": st.sampled_from(["", "USD"]),
    },
)
FORM_LINES = st.fixed_dictionaries(
    {},
    optional={
        "product_code": st.sampled_from(["LAMP-B", "DRILL-18", "0", "-"]),
        "description": st.sampled_from(["", "Desk lamp brass", "[DRILL-18] Drill", "?!", "é" * 50]),
        "serial_number": st.sampled_from(["BD18-000471", "BD18 000472", "-", "X"]),
        "quantity": FIGURES,
        "unit_price": FIGURES,
    },
)


@st.composite
def forms(draw: st.DrawFn) -> Case:
    name, kind = draw(st.sampled_from([("return", "return_form"), ("claim", "warranty_claim")]))
    base = base_of(name)
    heads = {"return": {"refund_amount": draw(FIGURES)}, "claim": {"failure_date": draw(st.dates())}}[name]
    fields = merged(base["document"]["fields"], {**draw(FORM_HEADS), **heads})
    document = {"kind": kind, "fields": fields, "lines": draw(st.lists(FORM_LINES, max_size=5))}
    back = {"id": 8501, "product_id": 201, "returned_movement_id": 8002, "quantity": draw(BOOKED)}
    transfer = {"id": 85, "name": "WH/RET/00085", "state": "done", "returned_id": 80, "movements": [back]}
    books = merged(base, {"receipts": [transfer], "repairs": [{"id": 9, "name": "RO/9", "serial_id": 500}]})
    gone = draw(st.sampled_from([{}, {"sale_orders": []}, {"partners": []}, {"receipts": []}, {"bills": []}]))
    return case_of({**books, "document": document, **gone})


@settings(max_examples=150, deadline=None)
@given(st.one_of(cases(), forms()))
def test_no_document_breaks_it_and_everything_explains_itself(case: Case) -> None:
    found = reconcile(case)
    for match in (*found.matches, *found.line_matches):
        weight = math.fsum(entry.weight for entry in match.evidence)
        assert match.score == round(1 / (1 + math.exp(-weight)), 4)
    assert len(found.chosen(Role.VENDOR)) + len(found.chosen(Role.CUSTOMER)) <= 1
    assert {match.ref for match in found.chosen(Role.SALE_ORDER)} == {order.ref for order in found.sale_orders}
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


@settings(max_examples=100, deadline=None)
@given(forms())
def test_items_are_paired_with_all_of_their_quantity(case: Case) -> None:
    sale = link(case).sale
    for line in sale.lines:
        pairs = sale.pairs_of(line.number)
        assert not pairs or math.isclose(sum(pair.quantity for pair in pairs), line.quantity, rel_tol=1e-9)
        assert len({pair.order_line.ref for pair in pairs}) == len(pairs)


@settings(max_examples=100, deadline=None)
@given(st.one_of(cases(), forms()))
def test_a_draft_is_made_or_says_what_is_missing(case: Case) -> None:
    try:
        draft = draft_of(case.extraction, reconcile(case), case.records, "1-abc")
    except UsageError:
        return
    assert draft.marker == "1-abc"
    if isinstance(draft, ReturnDraft):
        assert all(line.quantity > 0 for line in draft.lines)
        assert all(quantity > 0 for _, quantity in draft.refund_lines)


@settings(max_examples=60, deadline=None)
@given(st.one_of(cases(), forms()), st.randoms(use_true_random=False))
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
@given(st.one_of(cases(), forms()), st.randoms(use_true_random=False))
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
