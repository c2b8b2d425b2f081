from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode import code128, qr
from reportlab.graphics.shapes import Drawing
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from extractors.choose.forms.composed import composed_meanings
from extractors.labels import lexicon
from extractors.pipeline import extract
from extractors.readers.barcodes import codes_in
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction
from service.domain.fields import Source

_HIGH = 842.0


def drawn(draw: Callable[[Canvas], None], title: str) -> Extraction:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(50, 780, title)
    canvas.setFont("Helvetica", 9)
    draw(canvas)
    canvas.save()
    return extract(out.getvalue(), "form.pdf")


def labelled(canvas: Canvas, top: float, *entries: tuple[str, str]) -> None:
    for row, (label, value) in enumerate(entries):
        canvas.drawString(50, top - 18 * row, label)
        canvas.drawString(180, top - 18 * row, value)


def comb(canvas: Canvas, top: float, label: str, text: str) -> None:
    canvas.drawString(50, top, label)
    for place in range(22):
        canvas.rect(50 + 14 * place, top - 22, 14, 17)
        canvas.drawCentredString(57 + 14 * place, top - 17, text[place : place + 1])


def test_a_box_a_letter() -> None:
    def draw(canvas: Canvas) -> None:
        comb(canvas, 740, "Return no.", "RMA-75329")
        comb(canvas, 700, "Customer name", "Thomas Caldwell")
        comb(canvas, 660, "Order ref.", "S02845")
        labelled(canvas, 610, ("Reason for return:", "Arrived damaged"), ("Product code:", "H195-91"))

    found = drawn(draw, "Return form")
    assert found.text("return_number") == "RMA-75329"
    assert found.text("customer_name") == "Thomas Caldwell"
    assert found.text("sale_order_reference") == "S02845"


def test_what_only_a_barcode_says_has_it_as_its_source() -> None:
    def draw(canvas: Canvas) -> None:
        labelled(canvas, 740, ("Customer name:", "Jane Miller"), ("Order number:", "S01234"))
        labelled(canvas, 704, ("Reason for return:", "Defective"), ("I would like:", "Refund"))
        canvas.drawString(50, 640, "RMA number")
        code128.Code128("RMA-55521", barHeight=30, barWidth=1).drawOn(canvas, 120, 625)
        canvas.drawString(50, 580, "Serial number:")
        square = qr.QrCodeWidget("SN: 99887766A")
        side = 80 / square.getBounds()[2]
        picture = Drawing(80, 80, transform=[side, 0, 0, side, 0, 0])
        picture.add(square)
        renderPDF.draw(picture, canvas, 130, 520)
        canvas.drawString(50, 470, "Article: Cordless drill")
        bars = zxingcpp.create_barcode("4006381333931", zxingcpp.BarcodeFormat.EAN13).to_image(scale=3)
        canvas.drawImage(ImageReader(Image.fromarray(np.asarray(bars))), 50, 380, 120, 60)

    found = drawn(draw, "Return form")
    number = found.first("return_number")
    assert number is not None
    assert (number.value, number.provenance.source) == ("RMA-55521", Source.BARCODE)
    assert number.provenance.box is not None
    (line,) = found.lines
    assert line.text("serial_number") == "99887766A"
    assert line.text("product_code") == "4006381333931"
    assert line.text("description") == "Cordless drill"


def test_a_barcode_confirms_what_is_printed() -> None:
    def draw(canvas: Canvas) -> None:
        labelled(canvas, 740, ("RMA number:", "RMA-55521"), ("Customer name:", "Jane Miller"))
        code128.Code128("RMA-55521", barHeight=30, barWidth=1).drawOn(canvas, 300, 735)

    number = drawn(draw, "Return form").first("return_number")
    assert number is not None
    assert number.value == "RMA-55521"
    assert number.provenance.source is Source.TEXT_LAYER
    assert number.confidence > 0.99
    assert "Code 128" in number.provenance.method


@pytest.mark.parametrize("turns", [0, 1, 2])
def test_codes_in_a_picture_are_read_whichever_way_they_are_turned(turns: int) -> None:
    bars = np.asarray(zxingcpp.create_barcode("SN-0042-X", zxingcpp.BarcodeFormat.Code128).to_image(scale=3))
    page = np.full((900, 900), 255, np.uint8)
    page[100 : 100 + bars.shape[0], 50 : 50 + bars.shape[1]] = bars
    (code,) = codes_in(np.ascontiguousarray(np.rot90(page, turns)))
    assert (code.text, code.symbology) == ("SN-0042-X", "Code 128")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Date sent", "request_date"),
        ("Angemeldet am", "request_date"),
        ("Datum van uitval", "failure_date"),
        ("Fecha de rotura", "failure_date"),
        ("Arbeit beendet am", "repair_date"),
        ("Nombre y apellidos del comprador", "customer_name"),
        ("Autorisation de retour", "return_number"),
        ("Rif. pratica", "claim_number"),
        ("Contactmail", "customer_email"),
    ],
)
def test_labels_are_told_by_what_their_words_are_about(label: str, field: str) -> None:
    names = [meaning.name for meaning in composed_meanings(lexicon("forms"), label, sure=False)]
    assert names[0] == field


@pytest.mark.parametrize("text", ["Defective", "Jane Miller", "12 Mill Lane", "Store credit", "Artikel", "Repair"])
def test_answers_are_no_labels(text: str) -> None:
    assert composed_meanings(lexicon("forms"), text, sure=False) == ()


def test_a_printed_mail_with_labels_in_its_text() -> None:
    text = (
        "From: Jane Miller <jane.miller@mail.example>", "To: Shop <returns@shop.example>", "Subject: Return RMA-55527",
        "Date: 27 October 2025 09:10", "", "Dear Sir or Madam,", "", "Order number: A-2025-8420",
        "Bought on: 20 June 2025", "What shall we do? Refund", "Quantity: 1",
        "Article: Coffee maker model Adria 300, black",
        "Article number: G372-43", "Serial number: 000993680", "Reason: Defective", "", "Kind regards", "Jane Miller",
        "12 Mill Lane, Leeds LS2 7AB",
    )  # fmt: skip

    def draw(canvas: Canvas) -> None:
        for row, line in enumerate(text):
            canvas.drawString(50, 740 - 14 * row, line)

    found = drawn(draw, "Jane Miller")
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("customer_email") == "jane.miller@mail.example"
    assert found.text("customer_name") == "Jane Miller"
    assert found.text("customer_address") == "12 Mill Lane, Leeds LS2 7AB"
    assert found.text("requested_resolution") == "refund"
    assert found.text("return_number") == "RMA-55527"
    assert found.day("request_date") == date(2025, 10, 27)
    (line,) = found.lines
    assert line.text("description") == "Coffee maker model Adria 300, black"
    assert line.text("product_code") == "G372-43"
    assert line.text("serial_number") == "000993680"


def test_a_claim_of_parts_labour_and_travel_without_lines_between_its_rows() -> None:
    rows = (
        ("Part", "HB-4411", "Wheel hub bearing", "1", "86.40", "86.40"),
        ("Labour", "", "Replace bearing", "1.5", "60.00", "90.00"),
        ("Travel", "", "Recovery", "1", "25.00", "25.00"),
    )

    def draw(canvas: Canvas) -> None:
        labelled(canvas, 760, ("Claim ID", "AX-77120"), ("Part bought on", "02/02/2025"))
        labelled(canvas, 724, ("Problem occurred", "15/03/2026"), ("Workshop", "Miller Garage Ltd"))
        for place, header in enumerate(("Type", "Part no.", "Description", "Qty / h", "Rate", "Amount")):
            canvas.drawString(50 + 85 * place, 640, header)
        canvas.line(45, 636, 550, 636)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                canvas.drawString(50 + 85 * place, 622 - 16 * number, cell)
        labelled(canvas, 540, ("Labour subtotal", "90.00 EUR"), ("Claim total", "201.40 EUR"))

    found = drawn(draw, "Warranty claim")
    assert found.kind is DocumentKind.WARRANTY_CLAIM
    assert found.day("failure_date") == date(2026, 3, 15)
    assert found.text("dealer_name") == "Miller Garage Ltd"
    assert str(found.amount("labour_amount")) == "90.00"
    kinds = [(line.text("line_type"), line.text("description"), line.text("quantity")) for line in found.lines]
    assert kinds == [
        ("part", "Wheel hub bearing", "1"),
        ("labour", "Replace bearing", "1.5"),
        ("travel", "Recovery", "1"),
    ]


def test_rounded_boxes_of_browsers_and_frames_are_empty_until_ticked() -> None:
    def draw(canvas: Canvas) -> None:
        labelled(
            canvas, 740, ("Claim number:", "C-118"), ("Customer name:", "Jane Miller"), ("Fault:", "Does not start")
        )
        canvas.drawString(50, 640, "I would like:")
        for place, (word, ticked) in enumerate((("Repair", True), ("Exchange", False), ("Refund", False))):
            x = 130 + 90 * place
            canvas.setFillGray(0.4 if ticked else 1)
            canvas.roundRect(x, 638, 9, 9, 2, fill=1)
            canvas.setFillGray(0)
            canvas.drawString(x + 14, 640, word)

    assert drawn(draw, "Warranty claim").text("requested_resolution") == "repair"


def test_a_signature_of_many_curves_is_ink_and_any_words_for_a_signature_ask_for_it() -> None:
    def draw(canvas: Canvas) -> None:
        labelled(
            canvas, 740, ("Claim number:", "C-118"), ("Customer name:", "Jane Miller"), ("Fault:", "Does not start")
        )
        canvas.drawString(50, 500, "Stamp and signature of the workshop")
        path = canvas.beginPath()
        path.moveTo(60, 520)
        for step in range(8):
            path.curveTo(66 + 12 * step, 535, 68 + 12 * step, 508, 72 + 12 * step, 520)
        canvas.drawPath(path)

    signed = drawn(draw, "Warranty claim").first("signature_present")
    assert signed is not None
    assert signed.value is True


def test_days_entered_a_box_a_figure() -> None:
    def draw(canvas: Canvas) -> None:
        comb(canvas, 740, "Claim no.", "WC-75329")
        comb(canvas, 700, "Purchase date (DDMMYYYY)", "09032025")
        labelled(canvas, 650, ("Customer name:", "Jane Miller"), ("Fault:", "Does not start"))

    assert drawn(draw, "Warranty claim").day("purchase_date") == date(2025, 3, 9)


def test_dots_to_write_on_leave_the_text_legible() -> None:
    def draw(canvas: Canvas) -> None:
        for row, (label, value) in enumerate((("RMA number", "RMA-77121"), ("Customer name", "Jane Miller"))):
            canvas.drawString(50, 740 - 24 * row, label + " " + "." * 150)
            canvas.drawString(130, 742 - 24 * row, value)
        labelled(canvas, 680, ("Reason for return:", "Defective"), ("Product:", "Desk lamp"))

    found = drawn(draw, "Return form")
    assert found.kind is DocumentKind.RETURN_FORM
    assert found.text("customer_name") == "Jane Miller"


def test_a_printed_mail_is_from_whom_it_is_not_to() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(50, 800, "Orders Team <orders@kettle.example>")
        canvas.drawString(400, 750, "25 November 2025 at 18:43")
        lines = (
            "Nadia Ferris <nadia@mail.example>", "To: orders@kettle.example", "Subject: Change of address", "",
            "Hello,", "Please could you send order S00771 to my new address?", "", "Kind regards", "Nadia Ferris",
        )  # fmt: skip
        for row, line in enumerate(lines):
            canvas.drawString(50, 750 - 14 * row, line)

    found = drawn(draw, "Mail")
    assert found.kind is DocumentKind.CUSTOMER_COMMUNICATION
    assert found.text("sender_email") == "nadia@mail.example"
    assert found.text("subject") == "Change of address"
    assert found.text("sent_at") == "2025-11-25T18:43:00"
