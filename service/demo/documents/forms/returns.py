"""Five return forms as five retailers would have them."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.forms.blocks import Articles, Fields, Heading, Masthead, Place, Prose, Signature, Ticks
from service.demo.documents.forms.letters import LetterBody, LetterEnd, LetterHead
from service.demo.documents.forms.marks import Tick
from service.demo.documents.forms.sheet import INK, FormDesign, FormLook
from service.demo.documents.layouts.paper import LETTER, WIDTH, Style, embedded, grey

_VERA, _VERA_BOLD = embedded("Vera", "Vera.ttf"), embedded("Vera-Bold", "VeraBd.ttf")

SLIP_BOXES = FormDesign(
    FormLook(
        title=Style("Helvetica-Bold", 17, 20),
        heading=Style("Helvetica-Bold", 9.5, 11),
        label=Style("Helvetica", 6.8, 8.5, grey(0.25)),
        written=Style("Courier", 9.5, 11.5),
        text=Style("Helvetica", 8.5, 11),
        left=15 * mm,
        right=WIDTH - 15 * mm,
        top=18 * mm,
    ),
    (
        Masthead("right"),
        Heading("customer", bar=True),
        Fields(("customer_name", "customer_phone", "customer_address", "customer_email"), Place.INSIDE),
        Heading("purchase", bar=True),
        Fields(
            ("return_number", "request_date", "sale_order_reference", "invoice_reference", "purchase_date", "iban"),
            Place.INSIDE,
            count=3,
        ),
        Heading("items", bar=True),
        Articles(
            {"product_code": 15, "description": 30, "serial_number": 21, "quantity": 9, "unit_price": 12, "reason": 22},
            rows=5,
        ),
        Ticks("requested_resolution", Tick.CROSS),
        Fields(("refund_amount", "restocking_fee_amount"), Place.INSIDE),
        Prose("return_declaration"),
        Signature(is_boxed=True),
    ),
    has_reason_column=True,
)

DOTTED_LINES = FormDesign(
    FormLook(
        title=Style("Times-Bold", 20, 24),
        heading=Style("Times-Bold", 12, 15),
        label=Style("Times-Roman", 10.5, 13),
        written=Style("Times-Italic", 11, 14, INK),
        text=Style("Times-Roman", 10.5, 14),
        left=22 * mm,
        right=WIDTH - 22 * mm,
        top=22 * mm,
        gap=14,
    ),
    (
        Masthead("left"),
        Fields(("return_number", "request_date"), Place.LEFT, split=0.4),
        Heading("customer"),
        Fields(("customer_name", "customer_address", "customer_email", "customer_phone"), Place.LEFT, 1, 0.25),
        Heading("purchase"),
        Fields(("sale_order_reference", "purchase_date"), Place.LEFT, split=0.45),
        Articles({"quantity": 9, "product_code": 18, "description": 44, "condition": 26}, rows=3),
        Heading("reason"),
        Ticks("reason", Tick.BRACKETS, 2),
        Ticks("requested_resolution", Tick.BRACKETS),
        Fields(("iban",), Place.LEFT, 1, 0.25),
        Prose("return_declaration"),
        Signature(),
    ),
    manner=1,
)

FILLABLE = FormDesign(
    FormLook(
        title=Style("Helvetica-Bold", 15, 18),
        heading=Style("Helvetica-Bold", 10, 12),
        label=Style("Helvetica", 8.5, 11),
        written=Style("Helvetica", 9, 11),
        text=Style("Helvetica", 9, 12),
        left=18 * mm,
        right=WIDTH - 18 * mm,
        top=15 * mm,
    ),
    (
        Masthead("bar"),
        Heading("customer"),
        Fields(("customer_name", "customer_address", "customer_email", "customer_phone"), Place.TYPED, 1, 0.28),
        Heading("purchase"),
        Fields(
            ("return_number", "request_date", "sale_order_reference", "invoice_reference", "purchase_date"),
            Place.TYPED,
            2,
            0.42,
        ),
        Heading("items"),
        Articles({"product_code": 16, "description": 40, "serial_number": 22, "quantity": 10, "condition": 24}, rows=4),
        Heading("reason"),
        Ticks("reason", Tick.FIELD, 3),
        Ticks("requested_resolution", Tick.FIELD),
        Fields(("refund_amount", "iban"), Place.TYPED, 2, 0.42),
        Signature(),
    ),
)

TWO_COLUMNS = FormDesign(
    FormLook(
        title=Style(_VERA_BOLD, 16, 20),
        heading=Style(_VERA_BOLD, 8.5, 11),
        label=Style(_VERA, 6.5, 9, grey(0.4)),
        written=Style(_VERA, 8.5, 11),
        text=Style(_VERA, 7.8, 11),
        left=0.8 * 72,
        right=LETTER[0] - 0.8 * 72,
        top=0.7 * 72,
        size=LETTER,
        line=grey(0.65),
        accent=grey(0.95),
    ),
    (
        Masthead("right"),
        Fields(
            (
                "customer_name",
                "sale_order_reference",
                "customer_email",
                "invoice_reference",
                "customer_address",
                "purchase_date",
                "request_date",
                "return_number",
            ),
            Place.ABOVE,
        ),
        Heading("items"),
        Articles(
            {"description": 40, "product_code": 18, "quantity": 9, "unit_price": 12, "serial_number": 22},
            rows=4,
            has_grid=False,
            stripes=True,
        ),
        Heading("reason"),
        Ticks("reason", Tick.BALLOT, 3),
        Ticks("requested_resolution", Tick.DISC),
        Fields(("refund_amount", "restocking_fee_amount", "iban"), Place.ABOVE, 3),
        Prose("return_declaration"),
        Signature(),
    ),
    manner=1,
)

LETTER_OF_RETURN = FormDesign(
    FormLook(
        title=Style("Helvetica-Bold", 12, 15),
        heading=Style("Helvetica-Bold", 11, 14),
        label=Style("Helvetica", 10, 13),
        written=Style("Helvetica", 10, 13),
        text=Style("Helvetica", 10.5, 14.5),
        left=25 * mm,
        right=WIDTH - 25 * mm,
        top=28 * mm,
    ),
    (LetterHead(is_right=True), LetterBody(), LetterEnd()),
)
