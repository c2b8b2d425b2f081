"""Tables of forms that lie on their side or go on upon the next page, in boxes with a number."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pipeline import extract

_HIGH = 842
_ON_SIDE = (
    ("Item", "A", "B"),
    ("Art. no.", "QX-401", "QX-77/L"),
    ("Description", "Folding chair, oak", "Side table, walnut"),
    ("Quantity", "2", "1"),
    ("Unit price", "45.00", "120.50"),
    ("Reason", "Arrived broken", "Changed my mind"),
)
_AT = (60, 105, 160, 330, 380, 450)
_HEADER = ("Type", "Part no.", "Description", "Qty", "Rate £", "Value £")
_FIRST = (
    ("PART", "B-204", "Roller bearing", "2", "18.60", "37.20"),
    ("PART", "B-210", "Coupling", "1", "64.00", "64.00"),
)
_SECOND = (("LABOUR", "L75", "Bearings replaced", "3.5", "48.00", "168.00"),)


def _row(canvas: Canvas, y: int, at: tuple[int, ...], words: tuple[str, ...], *, centred: bool = False) -> None:
    for x, text in zip(at, words, strict=True):
        (canvas.drawCentredString if centred else canvas.drawString)(x, _HIGH - y, text)


@pytest.mark.parametrize("centred", [False, True])
def test_each_column_is_an_article(centred: bool) -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    canvas.setFont("Helvetica", 10)
    for y, text in (
        (50, "Return form"),
        (80, "Return no.: R-55120"),
        (95, "Customer: Jane Miller"),
        (400, "Signature"),
    ):
        canvas.drawString(60, _HIGH - y, text)
    for place, words in enumerate(_ON_SIDE):
        _row(canvas, 150 + 18 * place, (90, 250, 420), words, centred=centred)
    canvas.save()
    lines = extract(out.getvalue(), "form.pdf").lines
    assert [str(line.fields["product_code"].value) for line in lines] == ["QX-401", "QX-77/L"]
    assert [str(line.fields["description"].value) for line in lines] == ["Folding chair, oak", "Side table, walnut"]
    assert [str(line.fields["unit_price"].value) for line in lines] == ["45.00", "120.50"]
    assert [str(line.fields["reason"].value) for line in lines] == ["damaged", "no_longer_needed"]


def test_rows_go_on_after_what_is_carried_forward() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    canvas.setFont("Helvetica", 10)
    _row(canvas, 50, (60,), ("Dealer warranty claim",))
    _row(canvas, 90, (40, 60, 160), ("1", "Claim no.", "C-11408"))
    _row(canvas, 130, (40, *_AT), ("2", *_HEADER))
    for place, words in enumerate(_FIRST):
        _row(canvas, 150 + 18 * place, _AT, words)
    _row(canvas, 190, (380, 450), ("Carried forward", "101.20"))
    canvas.showPage()
    canvas.setFont("Helvetica", 10)
    _row(canvas, 50, _AT, _HEADER)
    _row(canvas, 70, (380, 450), ("Carried forward", "101.20"))
    for place, words in enumerate(_SECOND):
        _row(canvas, 90 + 18 * place, _AT, words)
    _row(canvas, 140, (60, 160, 380), ("Parts", "Labour", "Claim total"))
    _row(canvas, 152, (60, 160, 380), ("101.20", "168.00", "269.20"))
    canvas.save()
    found = extract(out.getvalue(), "claim.pdf")
    assert [str(line.fields["product_code"].value) for line in found.lines] == ["B-204", "B-210", "L75"]
    assert str(found.fields["claimed_amount"][0].value) == "269.20"


def test_labels_below_counted_goods_tell_of_them() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    canvas.setFont("Helvetica", 10)
    for place, text in enumerate(("Subject: New return request", "RMA: RT-4471", "Name: Jane Miller", "ITEMS")):
        canvas.drawString(60, _HIGH - 50 - 15 * place, text)
    goods = (
        ("1 x Garden lamp, copper [GL-40-C]", "34.50", "Arrived broken"),
        ("2 x Hose reel [HR-20]", "7.25", "Parts missing"),
    )
    for place, (name, price, reason) in enumerate(goods):
        y = 120 + 60 * place
        _row(canvas, y, (60,), (f"- {name}",))
        _row(canvas, y + 14, (75, 140), ("Price:", f"£{price}"))
        _row(canvas, y + 28, (75, 140), ("Reason:", reason))
    canvas.save()
    lines = extract(out.getvalue(), "mail.pdf").lines
    said = [[str(line.fields[n].value) for n in ("product_code", "quantity", "unit_price", "reason")] for line in lines]
    assert said == [["GL-40-C", "1", "34.50", "damaged"], ["HR-20", "2", "7.25", "missing_parts"]]


def test_a_fault_without_a_label() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    canvas.setFont("Helvetica", 10)
    rows = (
        "Warranty claim",
        "Claim no.: C-7712",
        "Owner: Jane Miller",
        "Product: Garden pump GP 40",
        "Serial no.: 88-1204",
    )
    for place, text in enumerate(rows):
        canvas.drawString(60, _HIGH - 50 - 20 * place, text)
    _row(canvas, 170, (30, 60), ("4", "Pump makes a loud noise, drive shaft sheared"))
    _row(canvas, 210, (60,), ("Signature",))
    canvas.save()
    found = extract(out.getvalue(), "claim.pdf")
    assert found.fields["fault_description"][0].value == "Pump makes a loud noise, drive shaft sheared"


def test_a_machine_that_writes_for_a_customer_is_not_the_customer() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, _HIGH))
    canvas.setFont("Helvetica", 10)
    rows = (
        "From: Garden Shop <no-reply@gardenshop.example>",
        "Subject: New return request",
        "RMA: RT-4471",
        "Name: Jane Miller",
        "Email: jane.miller@inbox.example",
    )
    for place, text in enumerate(rows):
        canvas.drawString(60, _HIGH - 50 - 15 * place, text)
    canvas.save()
    found = extract(out.getvalue(), "mail.pdf").fields
    assert found["customer_email"][0].value == "jane.miller@inbox.example"
    assert found["customer_name"][0].value == "Jane Miller"
