from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from extractors.pipeline import extract
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import Source
from service.domain.kinds import spec_of
from tests.golden.forms import (
    CLAIM_IN_CELLS,
    CLAIM_IN_SECTIONS,
    FILLABLE_CLAIM,
    LETTER_OF_RETURN,
    OPTION_COLUMNS,
    QUESTION,
    REASON_CODES,
    RMA_WITH_BLANKS,
    WITHDRAWALS,
    Sheet,
    draw_sheet,
)


def read(sheet: Sheet) -> Extraction:
    return extract(draw_sheet(sheet), "form.pdf")


def lines(found: Extraction, *names: str) -> list[tuple[str | None, ...]]:
    return [tuple(line.text(name) for name in names) for line in found.lines]


@pytest.mark.parametrize("language", sorted(WITHDRAWALS))
def test_the_model_withdrawal_form(language: str) -> None:
    found = read(WITHDRAWALS[language])
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.day("request_date") == date(2026, 5, 9)
    assert found.day("purchase_date") == date(2026, 5, 3)
    assert found.text("customer_name") == "Jane Miller"
    assert found.text("customer_address") == "12 Mill Lane, Leeds LS2 7AB"
    signed = found.first("signature_present")
    assert signed is not None
    assert signed.value is False
    assert lines(found, "description", "reason") == [("Garden hose 25 m", "withdrawal")]


def test_codes_of_reasons_are_looked_up_in_the_form() -> None:
    found = read(REASON_CODES)
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("customer_name") == "Olivia Brown"
    assert found.text("customer_phone") == "07700 900123"
    assert found.text("sale_order_reference") == "100023-A"
    assert found.text("requested_resolution") == "exchange"
    assert lines(found, "product_code", "description", "quantity", "reason", "reason_raw") == [
        ("DR-221", "Linen summer dress blue", "1", "wrong_size", "Too large"),
        ("SH-900", "Cotton shirt, white", "2", "not_as_described", "Not as described"),
    ]


def test_blanks_to_write_on_and_a_ruled_table() -> None:
    found = read(RMA_WITH_BLANKS)
    assert found.text("return_number") == "84512"
    assert found.day("request_date") == date(2026, 5, 14)
    assert found.day("purchase_date") == date(2026, 4, 28)
    assert found.text("customer_address") == "4410 Oak Street\nAustin TX 78701"
    assert found.text("customer_phone") == "(512) 555-0143"
    assert found.text("invoice_reference") == "INV-20931"
    assert found.text("requested_resolution") == "refund"
    signed = found.first("signature_present")
    assert signed is not None
    assert signed.value is True
    assert lines(found, "product_code", "serial_number", "quantity", "reason", "reason_raw") == [
        ("PX-440", "ZK99821-003", "1", "wrong_item", "Wrong item shipped"),
        ("TN-44", None, "2", "wrong_item", "Wrong item shipped"),
    ]


def test_names_under_the_dealers_heading_are_the_dealers() -> None:
    found = read(CLAIM_IN_SECTIONS)
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    assert found.text("claim_number") == "WC-2026-0815"
    assert found.text("dealer_name") == "Northern Cycles Inc."
    assert found.text("customer_name") == "Emily Carter"
    assert found.text("customer_phone") == "(218) 555-0199"
    assert found.day("purchase_date") == date(2025, 3, 2)
    assert found.day("failure_date") == date(2026, 4, 19)
    assert found.amount("usage_value") == Decimal(1240)
    assert found.text("usage_unit") == "mi"
    assert found.text("fault_description") == (
        "Motor cuts out under load. Error code E21 shown on the display,\nbattery tested fine."
    )
    assert found.amount("parts_amount") == Decimal("447.00")
    assert found.amount("labour_amount") == Decimal("187.50")
    assert found.amount("claimed_amount") == Decimal("634.50")
    assert found.text("requested_resolution") == "exchange"
    assert lines(found, "line_type", "product_code", "serial_number", "line_total") == [
        ("product", None, "TM5-009182", None),
        ("part", "MOT-500", None, "410.00"),
        ("part", "SEN-021", None, "37.00"),
    ]


def test_columns_that_are_ticked() -> None:
    found = read(OPTION_COLUMNS)
    assert found.text("sale_order_reference") == "4711-889"
    assert lines(found, "product_code", "reason", "reason_raw") == [
        ("H-100", "wrong_size", "zu groß"),
        ("J-205", "no_longer_needed", "gefällt nicht"),
    ]


def test_labels_and_entries_in_cells() -> None:
    found = read(CLAIM_IN_CELLS)
    assert found.text("claim_number") == "SAV-2026-118"
    assert found.day("claim_date") == date(2026, 5, 14)
    assert found.text("customer_address") == "8 rue Verte, 44000 Nantes"
    assert found.text("fault_description") == "L'appareil ne s'allume plus depuis une semaine."
    assert found.text("requested_resolution") == "repair"
    assert lines(found, "product_code", "serial_number") == [("KX-210", "FR2201-889")]


def test_a_letter_that_sends_goods_back() -> None:
    found = read(LETTER_OF_RETURN)
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("customer_name") == "Petra Lang"
    assert found.text("customer_address") == "Birkenallee 7\n04109 Leipzig"
    assert found.day("request_date") == date(2026, 5, 12)
    assert found.day("purchase_date") == date(2026, 5, 2)
    assert found.text("sale_order_reference") == "2026-5567"
    assert found.text("requested_resolution") == "refund"
    assert found.text("iban") == "DE89370400440532013000"
    assert lines(found, "quantity", "description", "product_code", "serial_number", "reason") == [
        ("1", "Akkuschrauber AS 18", "55-881", "AS18-00923", "not_as_described")
    ]


def test_a_letter_that_only_asks_is_a_communication() -> None:
    found = read(QUESTION)
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert found.text("sender_name") == "Petra Lang"
    assert found.text("subject") == "Frage zu meiner Bestellung 2026-5567"
    assert found.texts("sale_order_reference") == ("2026-5567",)


def test_entries_of_form_fields_say_so() -> None:
    found = read(FILLABLE_CLAIM)
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    for name, value in (
        ("customer_name", "Jane Miller"),
        ("customer_email", "jane@mail.example"),
        ("sale_order_reference", "S0123"),
        ("requested_resolution", "exchange"),
        ("fault_description", "The kettle leaks from the bottom as soon as it is filled more than half."),
    ):
        field = found.first(name)
        assert field is not None, name
        assert field.value == value
        assert field.provenance.source is Source.ACROFORM, name
    assert lines(found, "description", "serial_number") == [("Kettle 1.7 l", "AB-12345")]


@pytest.mark.parametrize("sheet", [RMA_WITH_BLANKS, CLAIM_IN_SECTIONS, LETTER_OF_RETURN, FILLABLE_CLAIM])
def test_every_value_has_its_place_and_only_known_names(sheet: Sheet) -> None:
    found = read(sheet)
    spec = spec_of(found.kind)
    assert set(found.fields) <= set(spec.fields)
    for name, field in [(n, f) for n, entries in found.fields.items() for f in entries]:
        place = field.provenance
        assert place.method, name
        assert place.page == 1, name
        assert place.box is not None, name
    for line in found.lines:
        assert set(line.fields) <= set(spec.line_fields)


def test_a_person_may_file_it_as_another_kind() -> None:
    found = extract(draw_sheet(QUESTION), "a.pdf", kind_hint=DocumentKind.RETURN_FORM)
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("customer_name") == "Petra Lang"
