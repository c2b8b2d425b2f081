"""E-invoices of every syntax, alone and in a PDF, whole, wrong and hostile."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.einvoice.safe_xml import XmlRefusedError, parse_xml
from extractors.pipeline import extract
from extractors.readers.show import render_page
from service.domain.documents import DocumentKind
from service.domain.errors import UnreadableDocumentError
from service.domain.extraction import Extraction
from service.domain.fields import AllowanceCharge, EarlyPaymentDiscount, Source
from tests.support.einvoices import cii, hybrid, ubl, zugferd_1


def rules_of(reading: Extraction) -> list[str]:
    assert reading.einvoice is not None
    return [broken.rule for broken in reading.einvoice.violations]


@pytest.mark.parametrize("xml", [cii(), zugferd_1(), ubl()], ids=["cii", "zugferd1", "ubl"])
def test_every_syntax_says_the_same(xml: bytes) -> None:
    reading = extract(xml, "invoice.xml")
    assert reading.kind is DocumentKind.SUPPLIER_INVOICE
    texts = (
        "invoice_number",
        "issue_date",
        "due_date",
        "currency",
        "seller_name",
        "seller_vat_id",
        "buyer_name",
        "iban",
    )
    assert [reading.text(name) for name in texts] == [
        "R-2026-17", "2026-02-27", "2026-03-29", "EUR", "Nordlicht GmbH", "DE136695976",
        "Haus & Hof", "DE89370400440532013000",
    ]  # fmt: skip
    amounts = ("net_total", "tax_total", "grand_total", "amount_due", "freight_total")
    assert [str(reading.amount(name)) for name in amounts] == ["160.00", "24.40", "184.40", "184.40", "10.00"]
    assert reading.texts("order_reference") == ("P00007",)
    assert reading.text("seller_address") == "Hafenstr. 1\n20095 Hamburg\nDE"
    (discount,) = reading.fields["early_payment_discount"]
    assert discount.value == EarlyPaymentDiscount(Decimal("2.00"), 14)
    (charge,) = reading.fields["charges"]
    assert charge.value == AllowanceCharge("Freight", Decimal("10.00"), Decimal(19))
    assert len(reading.fields["tax_breakdown"]) == 2
    assert [line.text("description") for line in reading.lines] == ["Lamp", "Book"]
    assert reading.lines[0].text("gtin") == "4006381333931"
    assert [line.text("unit") for line in reading.lines] == ["C62", "C62"]
    assert rules_of(reading) == []


@pytest.mark.parametrize("xml", [cii("381"), ubl(is_credit=True), ubl(sign="-")])
def test_credit_notes_carry_positive_amounts(xml: bytes) -> None:
    reading = extract(xml, "note.xml")
    assert reading.kind is DocumentKind.CREDIT_NOTE
    assert reading.amount("grand_total") == Decimal("184.40")
    assert [line.amount("line_total") for line in reading.lines] == [100, 50]
    assert [line.amount("quantity") for line in reading.lines] == [4, 10]
    assert [line.amount("unit_price") for line in reading.lines] == [25, 5]


@pytest.mark.parametrize(
    ("code", "kind"),
    [*((code, "supplier_invoice") for code in ("384", "389", "326", "386")), ("325", "pro_forma")],
)
def test_the_type_code_tells_the_kind(code: str, kind: str) -> None:
    assert extract(cii(code), "x.xml").kind.value == kind


def test_broken_sums_are_named_by_their_rule() -> None:
    assert rules_of(extract(cii(grand="185.40"), "x.xml")) == ["BR-CO-15", "BR-CO-16"]
    assert rules_of(extract(cii().replace(b"<ram:Name>Haus &amp; Hof</ram:Name>", b""), "x.xml")) == ["BR-07"]


def test_values_have_a_place_on_the_sheet_that_stands_for_the_page() -> None:
    found = extract(cii(), "x.xml").first("grand_total")
    assert found is not None
    assert (found.provenance.source, found.provenance.method, found.provenance.page) == (Source.EINVOICE, "BT-112", 1)
    assert found.provenance.box is not None
    assert render_page(cii(), "x.xml", 1, 480).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "name", ["factur-x.xml", "zugferd-invoice.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml", "data.xml"]
)
def test_xml_in_a_pdf_gives_the_values_and_the_page_their_place(name: str) -> None:
    reading = extract(hybrid(cii(), name), "x.pdf")
    number = reading.first("invoice_number")
    assert number is not None
    assert number.provenance.source is Source.EINVOICE
    assert number.provenance.box is not None
    assert len(reading.lines) == 2
    assert reading.einvoice is not None
    assert dict(reading.einvoice.printed) == {}


def test_what_the_page_says_otherwise_is_kept_beside_it() -> None:
    reading = extract(hybrid(cii(), number="R-2026-99"), "x.pdf")
    assert reading.text("invoice_number") == "R-2026-17"
    assert reading.einvoice is not None
    assert {name: seen.value for name, seen in reading.einvoice.printed.items()} == {"invoice_number": "R-2026-99"}


def test_the_page_only_where_that_is_wished() -> None:
    reading = extract(hybrid(cii(), number="R-2026-99"), "x.pdf", ignore_einvoice=True)
    assert (reading.text("invoice_number"), reading.einvoice, reading.lines) == ("R-2026-99", None, ())


def test_broken_xml_in_a_pdf_leaves_the_page_and_is_told() -> None:
    reading = extract(hybrid(cii()[:900]), "x.pdf")
    assert reading.text("invoice_number") == "R-2026-17"
    assert reading.einvoice is not None
    assert "not well-formed" in (reading.einvoice.problem or "")


def test_utf_16_is_read() -> None:
    xml = cii().decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16")
    assert extract(xml, "x.xml").text("invoice_number") == "R-2026-17"


_BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Invoice>&c;</Invoice>'
_OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Invoice>&b;</Invoice>'


@pytest.mark.parametrize(
    "xml",
    [
        _BOMB,
        _OUTSIDE,
        b"<a>" * 1000 + b"</a>" * 1000,
        b"<a>" + b"<b/>" * 400_000 + b"</a>",
        b"<a>" + b" " * (21 * 1024 * 1024) + b"</a>",
        '<?xml version="1.0" encoding="UTF-8"?><a>ü</a>'.encode("latin-1"),
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b"",
    ],
    ids=["bomb", "outside", "deep", "wide", "large", "wrong-encoding", "unknown-encoding", "empty"],
)
def test_hostile_xml_is_refused_with_a_sentence(xml: bytes) -> None:
    with pytest.raises(XmlRefusedError, match="XML"):
        parse_xml(xml)


def test_other_xml_is_no_invoice() -> None:
    with pytest.raises(UnreadableDocumentError, match="no e-invoice") as refused:
        extract(b"<?xml version='1.0'?><order/>", "x.xml")
    assert refused.value.code == "UNSUPPORTED_FORMAT"
