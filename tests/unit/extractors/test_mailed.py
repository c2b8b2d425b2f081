"""A customer's message is read as what it really is, in plain text and in HTML."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors.pipeline import extract
from service.domain.documents import DocumentKind
from service.domain.fields import Source
from tests.support.letters import a_mail

TABLE = (
    "<p>Guten Tag,</p><p>hiermit widerrufe ich den Vertrag über die Bestellung SO-2231 vom 3.5.2026.</p>"
    "<table><tr><th>Artikelnr.</th><th>Bezeichnung</th><th>Menge</th><th>Grund</th></tr>\n"
    "<tr>\n<td>A-100</td><td>Lampe Luna</td><td>2</td><td>defekt</td></tr>"
    "<tr><td>B-2</td><td>Stuhl</td><td>1</td><td>zu klein</td></tr></table>"
    "<p>Mit freundlichen Grüßen<br>Max Muster</p>"
)


def test_a_return_in_a_message_is_a_return() -> None:
    text = (
        "Dear team,\n\nI would like to return the following items of order SO-4711, bought on 3 May 2026:\n\n"
        "2 x Garden chair Luna (GC-100), too small\n\nPlease refund the amount.\n\nKind regards\nAnna Lee\n"
    )
    found = extract(a_mail(subject="My chairs", text=text), "m.eml")
    assert found.kind is DocumentKind.RETURN_FORM
    said = {name: found.text(name) for name in ("customer_name", "customer_email", "sale_order_reference")}
    assert said == {
        "customer_name": "Anna Lee",
        "customer_email": "eva@customer.example",
        "sale_order_reference": "SO-4711",
    }
    assert found.texts("request_date") == ("2026-11-23",)
    (line,) = found.lines
    assert (line.text("product_code"), line.amount("quantity")) == ("GC-100", Decimal(2))
    assert found.pages == ()
    assert all(f.provenance.page is None for given in found.fields.values() for f in given)


def test_a_table_in_html_gives_lines() -> None:
    found = extract(a_mail(subject="Widerruf", text="Siehe HTML.", html=TABLE), "m.eml")
    assert found.kind is DocumentKind.RETURN_FORM
    assert [(line.text("description"), line.text("reason")) for line in found.lines] == [
        ("Lampe Luna", "defective"),
        ("Stuhl", "wrong_size"),
    ]
    assert found.fields["sale_order_reference"][0].provenance.source is Source.EMAIL


def test_a_claim_in_a_message_is_a_claim() -> None:
    text = (
        "Hello,\n\nmy cordless drill PD-55, serial number SN-99812, bought on 3 May 2026, stopped working on "
        "2 June 2026. It is still under warranty, please repair it.\n\nThe motor smokes.\n\nBest regards\nJohn Doe\n"
    )
    found = extract(a_mail(subject="Drill", text=text), "m.eml")
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    assert found.lines[0].text("serial_number") == "SN-99812"
    assert found.texts("requested_resolution") == ("repair",)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Hello,\n\nwhere is my order S00099? When will it be delivered?\n", "question"),
        ("Hello,\n\nI am very disappointed with your service.\n", "complaint"),
        ("Bonjour,\n\nje suis très déçu, c'est inacceptable.\n", "complaint"),
        ("Guten Tag,\n\nich möchte wissen, wann meine Lieferung kommt.\n", "question"),
        ("Hello,\n\nplease issue a refund for the second parcel.\n", "refund"),
        ("Hello,\n\nI would like to return the lamp.\n", "return"),
        ("See the attached form.\n", "other"),
        ("\n", "other"),
    ],
)
def test_what_a_message_is_about(text: str, intent: str) -> None:
    found = extract(a_mail(subject="Hello", text=text), "m.eml")
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert found.texts("intent") == (intent,)


def test_what_earlier_messages_said_is_left_out() -> None:
    text = "Thank you!\n\n> I would like to return the lamp of order SO-4711.\n> Please refund the amount.\n"
    found = extract(a_mail(subject="Re: lamp", text=text), "m.eml")
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert "sale_order_reference" not in found.fields


OUTLOOK = (
    "Thank you!\n\n-----Original Message-----\nFrom: Service <service@shop.example>\nSent: Monday, 3 May 2026 10:12\n"
    "To: Eva\nSubject: lamp\n\nI would like to return the lamp of order SO-4711. Please refund the amount.\n"
)
HEADING = (
    "Vielen Dank!\n\nVon: Service <service@shop.example>\nGesendet: Montag, 3. Mai 2026 10:12\n"
    "An: Eva\nBetreff: Lampe\n\n"
    "Ich widerrufe den Vertrag über die Bestellung SO-4711.\n"
)
GMAIL = "Thank you!\n\nOn Mon, 3 May 2026 at 10:12, Service <s@shop.example> wrote:\n> return of order SO-4711\n"


@pytest.mark.parametrize("text", [OUTLOOK, HEADING, GMAIL])
def test_an_answer_is_read_without_the_message_that_it_answers(text: str) -> None:
    found = extract(a_mail(subject="RE: lamp", text=text), "m.eml")
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert "sale_order_reference" not in found.fields


def test_what_html_quotes_in_an_answer_is_left_out() -> None:
    html = "<p>Thank you very much for your help!</p><blockquote>I return the lamp of order SO-4711.</blockquote>"
    found = extract(a_mail(subject="AW: Lampe", text="", html=html), "m.eml")
    assert "sale_order_reference" not in found.fields


def test_a_forwarded_request_is_what_the_message_is_about() -> None:
    text = OUTLOOK.replace("Thank you!", "Please see to it.").replace("Original Message", "Forwarded message")
    found = extract(a_mail(subject="Fwd: lamp", text=text), "m.eml")
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("sale_order_reference") == "SO-4711"


BILL = (
    "<p>Hartwell Lighting Ltd<br>12 Mill Lane<br>Leeds LS1 4AB</p><h1>Invoice</h1><p>Invoice number: INV-4711<br>"
    "Invoice date: 12 March 2026</p>"
    "<table><tr><th>Description</th><th>Quantity</th><th>Unit price</th><th>Amount</th></tr>"
    "<tr><td>Lamp Luna</td><td>2</td><td>150.00</td><td>300.00</td></tr>"
    "<tr><td>Chair Oslo</td><td>1</td><td>57.00</td><td>57.00</td></tr></table>"
    "<table><tr><td>Net total</td><td>357.00 GBP</td></tr><tr><td>VAT 20 %</td><td>71.40 GBP</td></tr>"
    "<tr><td>Total</td><td>428.40 GBP</td></tr></table>"
)


def test_a_bill_in_the_body_is_a_bill() -> None:
    found = extract(a_mail(subject="Fwd: Your invoice", text="", html=BILL), "m.eml")
    assert found.kind is DocumentKind.SUPPLIER_INVOICE
    assert (found.text("invoice_number"), found.amount("grand_total")) == ("INV-4711", Decimal("428.40"))
    assert [line.text("description") for line in found.lines] == ["Lamp Luna", "Chair Oslo"]


def test_a_message_about_a_bill_is_none() -> None:
    text = "Hello,\n\ninvoice number: INV-4711\ntotal: 428.40 GBP\n\nwhy is it that much?\n"
    assert extract(a_mail(subject="My invoice", text=text), "m.eml").kind is DocumentKind.CUSTOMER_COMMUNICATION


def test_a_remittance_advice_in_the_body_has_lines() -> None:
    html = (
        "<p>Remittance advice</p><p>Payment date: 28 April 2026</p><table><tr><th>Invoice no.</th><th>Date</th>"
        "<th>Amount paid</th></tr><tr><td>INV-4711</td><td>12 March 2026</td><td>428.40 GBP</td></tr>"
        "<tr><td>INV-4712</td><td>14 March 2026</td><td>100.00 GBP</td></tr></table><p>Total paid: 528.40 GBP</p>"
    )
    found = extract(a_mail(subject="Remittance advice", text="", html=html), "m.eml")
    assert found.kind is DocumentKind.REMITTANCE_ADVICE
    assert [line.text("reference") for line in found.lines] == ["INV-4711", "INV-4712"]


def test_a_message_that_asks_for_an_invoice_is_no_claim() -> None:
    text = (
        "Buongiorno,\n\npotrei avere la fattura relativa all'ordine IT-46701? Mi serve per la garanzia.\n\n"
        "Grazie mille,\nAda Rizzo\n"
    )
    found = extract(a_mail(subject="Richiesta fattura ordine IT-46701", text=text), "m.eml")
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert found.text("subject") == "Richiesta fattura ordine IT-46701"


@pytest.mark.parametrize(
    "text",
    [
        "Guten Tag,\n\nbis wann kann ich die Ware der Bestellung SO-2231 zurückgeben?\n\nViele Grüße\nEva Klein\n",
        "Hola,\n\n¿me pueden enviar la factura del pedido PV-35? Es para la garantía.\n\nUn saludo\nJuan Gil\n",
    ],
)
def test_a_question_about_a_return_or_a_claim_is_neither(text: str) -> None:
    found = extract(a_mail(subject="Bestellung", text=text), "m.eml")
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert found.text("intent") == "question"


def test_an_order_that_looks_like_a_town_is_no_address() -> None:
    text = (
        "Beste,\n\nik wil graag bestelling NL-2231 retourneren: 1 x Tafellamp (TL-22), te klein.\n\n"
        "Graag terugbetaling.\n\nGroet\nPiet\n"
    )
    found = extract(a_mail(subject="Retour", text=text), "m.eml")
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("customer_name") == "Éva Müller"


def test_whether_a_warranty_still_holds_is_no_claim() -> None:
    text = "Dear Sirs,\n\nis my mower (order SO-881) still covered by the warranty?\n\nKind regards\nJane Fox\n"
    assert extract(a_mail(subject="Mower", text=text), "m.eml").kind is DocumentKind.CUSTOMER_COMMUNICATION
