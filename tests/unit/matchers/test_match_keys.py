"""Keys by which the books are asked, and references within longer texts."""

from __future__ import annotations

import pytest

from matchers.block import document_keys, order_references, telling_domain
from service.domain.keys import references_within
from service.domain.matching import Key, KeyKind
from tests.golden_rules.case_files import case_of, load_case, merged


def test_a_document_asks_by_all_that_identifies_it() -> None:
    case, _ = load_case()
    keys = document_keys(case.extraction)
    assert {(key.kind, key.text) for key in keys} == {
        (KeyKind.VAT_ID, "DE811907980"),
        (KeyKind.IBAN, "DE02120300000000202051"),
        (KeyKind.EMAIL_DOMAIN, "nordholz.example"),
        (KeyKind.PARTNER_NAME, "NORDHOLZ"),
        (KeyKind.PARTNER_NAME, "MOBEL"),
        (KeyKind.ORDER_REFERENCE, "P00013"),
        (KeyKind.BILL_REFERENCE, "RE2026004890"),
        (KeyKind.PRODUCT_CODE, "NH160"),
        (KeyKind.PRODUCT_CODE, "NHCHB"),
    }


def test_an_empty_document_asks_for_nothing() -> None:
    case = case_of({"today": None, "document": {"kind": "supplier_invoice"}})
    assert document_keys(case.extraction) == frozenset()


def test_freemail_identifies_nobody() -> None:
    assert telling_domain("quint@GMail.com") is None
    assert telling_domain("Rechnung@Nordholz.example") == "nordholz.example"
    assert telling_domain("no address") is None


def test_references_on_lines_count_once() -> None:
    base, _ = load_case()
    lines = [{"line": 1, "order_reference": "P00013"}, {"line": 2, "order_reference": "P00014"}]
    document = {"kind": "supplier_invoice", "fields": {"order_reference": ["P00013"]}, "lines": lines}
    case = case_of(merged({"today": base.today}, {"document": document}))
    assert order_references(case.extraction) == ("P00013", "P00014")
    assert Key(KeyKind.ORDER_REFERENCE, "P00014") in document_keys(case.extraction)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("P00013", "P00013"),
        ("Bestellung P00013 vom 20.02.", "P00013"),
        ("PO 00013", "PO00013"),
        ("P00013, P00014", "P00014"),
        ("Ihre Nr. (AB-77120)", "AB77120"),
    ],
)
def test_a_reference_is_found_within_a_text(text: str, key: str) -> None:
    assert key in references_within(text)
