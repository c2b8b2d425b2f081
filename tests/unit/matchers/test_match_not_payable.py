"""Documents that tell about money without being a bill."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from matchers.case import Case
from matchers.pipeline import reconcile
from service.domain.codes import Code, HoldKind
from service.domain.discrepancies import Discrepancy
from service.domain.documents import DocumentKind, PageSize
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.policy import Policy
from tests.golden_rules.case_files import document
from tests.support.values import an_extraction

TODAY = date(2026, 3, 20)


def found_in(reading: Extraction) -> tuple[Discrepancy, ...]:
    case = Case(document("this", reading.kind), reading, Records(), Policy(), TODAY)
    return reconcile(case).discrepancies


@pytest.mark.parametrize("kind", ["bank_statement", "supplier_statement", "payment_reminder", "pro_forma"])
def test_what_only_looks_like_a_bill_is_never_paid(kind: str) -> None:
    (found,) = found_in(Extraction(DocumentKind(kind), 0.9, (PageSize(595, 842),)))
    assert (found.code, found.hold) == (Code.NOT_PAYABLE_DOCUMENT, HoldKind.PAYMENT)
    assert kind.replace("_", " ") in found.message


@pytest.mark.parametrize("kind", ["settlement_report", "remittance_advice", "purchase_order", "order_confirmation"])
def test_what_does_not_ask_for_money_is_only_filed(kind: str) -> None:
    assert found_in(Extraction(DocumentKind(kind), 0.9, (PageSize(595, 842),))) == ()


def test_nothing_prepaid_makes_an_invoice_unpayable_but_its_own_words() -> None:
    reading = an_extraction()
    assert Code.NOT_PAYABLE_DOCUMENT not in {entry.code for entry in found_in(reading)}
    said = [e for e in found_in(replace(reading, paid_note="Paid in full")) if e.code is Code.NOT_PAYABLE_DOCUMENT]
    assert [entry.actual for entry in said] == ["Paid in full"]
