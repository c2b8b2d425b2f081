"""Who a document is from: identifiers before names, contradictions count."""

from __future__ import annotations

from typing import Any

import pytest

from matchers.compare.parties import name_similarity
from matchers.compare.vendors import vendor_matches
from matchers.index import index_of
from service.domain.keys import name_words
from service.domain.matching import Match
from tests.golden_rules.case_files import case_of

DOCUMENT = {"kind": "supplier_invoice"}


def best(partners: list[dict[str, Any]], **seller: str) -> Match:
    data = {"today": None, "document": {**DOCUMENT, "fields": seller}, "partners": partners}
    case = case_of({**data, "companies": [{"id": 1, "name": "We", "currency": "EUR", "partner_id": 99}]})
    return vendor_matches(case.extraction, index_of(case.records), {})[0]


def test_the_vat_id_beats_a_better_name() -> None:
    partners = [
        {"id": 1, "name": "Nordholz Möbel GmbH", "vat_id": "DE129273398"},
        {"id": 2, "name": "Nordholz Holding", "vat_id": "DE811907980"},
    ]
    match = best(partners, seller_name="Nordholz Möbel GmbH", seller_vat_id="DE 811 907 980")
    assert (match.ref.id, match.chosen) == (2, True)


def test_another_vat_id_speaks_against_the_same_name() -> None:
    match = best(
        [{"id": 1, "name": "Nordholz GmbH", "vat_id": "DE129273398"}],
        seller_name="Nordholz GmbH",
        seller_vat_id="DE811907980",
    )
    assert not match.chosen
    assert min(entry.weight for entry in match.evidence) == -5.0


def test_a_vat_id_without_its_country_is_recognised() -> None:
    match = best([{"id": 1, "name": "X", "vat_id": "DE811907980"}], seller_vat_id="811907980")
    assert match.chosen


def test_a_contact_stands_for_its_company() -> None:
    partners = [
        {"id": 1, "name": "Nordholz GmbH"},
        {"id": 2, "name": "Nordholz GmbH, Anna", "parent_id": 1, "is_company": False, "vat_id": "DE811907980"},
    ]
    match = best(partners, seller_vat_id="DE811907980")
    assert (match.ref.id, match.chosen) == (1, True)


def test_a_contact_whose_company_is_not_among_the_records_stands_for_itself() -> None:
    partners = [{"id": 2, "name": "Anna", "parent_id": 1, "is_company": False, "vat_id": "DE811907980"}]
    assert best(partners, seller_vat_id="DE811907980").ref.id == 2


def test_partners_that_are_each_others_parents_end() -> None:
    partners = [
        {"id": 1, "name": "A", "parent_id": 2, "is_company": False},
        {"id": 2, "name": "B", "parent_id": 1, "is_company": False},
    ]
    assert not best(partners, seller_name="C").chosen


def test_the_active_one_of_two_goes_first() -> None:
    partners = [
        {"id": 1, "name": "Nordholz", "vat_id": "DE811907980", "active": False},
        {"id": 2, "name": "Nordholz", "vat_id": "DE811907980"},
    ]
    assert best(partners, seller_vat_id="DE811907980").ref.id == 2


def test_our_own_company_is_never_the_seller_by_its_name() -> None:
    assert not best([{"id": 99, "name": "Warenhaus Lind"}], seller_name="Warenhaus Lind").chosen


@pytest.mark.parametrize(
    ("one", "other", "level"),
    [
        ("Nordholz Möbel GmbH", "Möbel Nordholz", 1.0),
        ("Wood Corner Ltd", "Woodcorner", 1.0),
        ("Nordholz Möbel GmbH", "Nordholz Mobel Vertrieb", 0.8),
        ("Nordholz", "Lichtwerk", 0.0),
        ("GmbH", "GmbH", 0.0),
    ],
)
def test_names_are_alike_in_spite_of_forms_and_blanks(one: str, other: str, level: float) -> None:
    similarity = name_similarity(name_words(one), name_words(other))
    assert level <= similarity <= (level + 0.5 if level < 1 else 1.0)
