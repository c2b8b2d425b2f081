"""The JSON shapes of the contract."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from service.domain.discrepancies import Discrepancy
from service.domain.extraction import Extraction
from service.domain.fields import EarlyPaymentDiscount, Field, FieldStatus, Provenance, Source, TaxBreakdown
from service.web import presenters
from tests.support.values import NOON, a_discrepancy, a_document, a_reconciliation, an_extraction


def test_plain_values_keep_the_printed_scale_and_lists_stay_lists() -> None:
    shown = presenters.plain_extraction(an_extraction())
    assert shown["fields"] == {
        "invoice_number": "RE-2026/004",
        "seller_name": "Nordlicht Handels GmbH",
        "seller_vat_id": "DE136695976",
        "issue_date": "2026-02-27",
        "currency": "EUR",
        "grand_total": "1190.00",
        "order_reference": ["P00007", "2026-02-27"],
        "tax_breakdown": [{"rate": "19", "taxable_amount": "1000.00", "tax_amount": "190.00"}],
    }
    assert shown["lines"] == [{"quantity": "4.000", "description": "Lampe, weiß"}]
    assert (shown["kind"], shown["pages"]) == ("supplier_invoice", 1)


def test_a_single_order_reference_is_still_a_list() -> None:
    reading = an_extraction()
    one = {"order_reference": reading.fields["order_reference"][:1], "due_date": ()}
    shown = presenters.plain_extraction(replace(reading, fields=MappingProxyType(one)))
    assert shown["fields"] == {"order_reference": ["P00007"]}


def test_no_exponents() -> None:
    assert presenters.plain_value(Decimal("1E+3")) == "1000"
    assert presenters.plain_value(Decimal("0.00")) == "0.00"


def test_full_values_have_boxes_as_shares() -> None:
    shown = presenters.detailed_extraction(an_extraction())
    assert isinstance(shown["fields"], dict)
    assert shown["fields"]["issue_date"] == {
        "value": "2026-02-27",
        "raw": "27.02.2026",
        "confidence": 0.93,
        "page": 1,
        "bbox": [0.12101, 0.10748, 0.23571, 0.11995],
        "source": "text_layer",
        "status": "ok",
    }


def test_what_a_person_typed_stands_nowhere_on_the_page() -> None:
    typed = Field("X-1", "", 1.0, Provenance(Source.HUMAN, "correction"), FieldStatus.CORRECTED)
    shown = presenters.value_json(typed, an_extraction().pages)
    assert (shown["page"], shown["bbox"], shown["source"], shown["status"]) == (None, None, "human", "corrected")


def test_a_finding_has_the_shape_of_an_exception() -> None:
    found = presenters.finding_json(a_discrepancy())
    assert found["difference"] == "10.00"
    assert found["owner_role"] == "buyer"
    assert found["hold"] == "posting"
    assert found["status"] == "open"


def test_a_discrepancy_becomes_an_exception_and_nothing_is_lost() -> None:
    shown = presenters.finding_json(a_discrepancy())
    assert set(Discrepancy.__dataclass_fields__) <= set(shown)


def test_a_reconciliation_without_books_is_empty() -> None:
    assert presenters.reconciliation_json(None, [], None) == {
        "matches": [],
        "line_matches": [],
        "exceptions": [],
        "books_as_of": None,
    }
    shown = presenters.reconciliation_json(a_reconciliation(), [], NOON)
    assert shown["books_as_of"] == "2026-03-01T12:00:00Z"
    assert shown["line_matches"][0]["quantity"] == "4.000"  # type: ignore[index, call-overload]


def test_a_receipt_has_just_the_four_members() -> None:
    document = a_document()
    assert presenters.receipt_json(document) == {
        "id": document.id,
        "status": "received",
        "sha256": document.sha256,
        "duplicate_of": None,
    }


def test_dates_are_not_times() -> None:
    assert presenters.plain_value(date(2026, 1, 31)) == "2026-01-31"
    assert presenters.plain_value(TaxBreakdown(None, None, None)) == {}
    discount = EarlyPaymentDiscount(Decimal("2.0"), 14, date(2026, 2, 14))
    assert presenters.plain_value(discount) == {"percent": "2.0", "days": 14, "due_date": "2026-02-14"}


def test_the_command_line_can_use_it_without_flask() -> None:
    check = "import sys, service.web.presenters; sys.exit('flask' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_an_empty_reading() -> None:
    reading = an_extraction()
    empty = Extraction(reading.kind, 0.5, ())
    assert presenters.detailed_extraction(empty) == {"fields": {}, "lines": []}
