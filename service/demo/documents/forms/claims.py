"""Five warranty claims as makers, dealers and customers would have them."""

from __future__ import annotations

from reportlab.lib.units import mm

from service.demo.documents.forms.blocks import Articles, Fields, Heading, Masthead, Place, Prose, Signature, Ticks
from service.demo.documents.forms.letters import LetterBody, LetterEnd, LetterHead
from service.demo.documents.forms.marks import Tick
from service.demo.documents.forms.sheet import INK, FormDesign, FormLook
from service.demo.documents.layouts.paper import LETTER, WIDTH, Style, embedded, grey

_VERA, _VERA_BOLD = embedded("Vera", "Vera.ttf"), embedded("Vera-Bold", "VeraBd.ttf")

MAKERS_BOXES = FormDesign(
    FormLook(
        title=Style("Helvetica-Bold", 16, 20),
        heading=Style("Helvetica-Bold", 9.5, 12),
        label=Style("Helvetica", 6.8, 8.5, grey(0.3)),
        written=Style("Helvetica", 10, 12.5, INK),
        text=Style("Helvetica", 8.5, 11),
        left=14 * mm,
        right=WIDTH - 14 * mm,
        top=16 * mm,
    ),
    (
        Masthead("left"),
        Fields(("claim_number", "claim_date", "authorization_number"), Place.INSIDE, 3),
        Heading("customer"),
        Fields(("customer_name", "customer_phone", "customer_address", "customer_email"), Place.INSIDE),
        Heading("purchase"),
        Fields(("dealer_name", "sale_order_reference", "invoice_reference", "purchase_date"), Place.INSIDE),
        Articles({"product_code": 18, "description": 46, "serial_number": 28}, rows=1),
        Heading("claim"),
        Fields(("failure_date", "installation_date", "usage_value"), Place.INSIDE, 3),
        Fields(("fault_description",), Place.INSIDE, 1),
        Ticks("requested_resolution", Tick.CHECK),
        Prose("claim_declaration"),
        Signature(is_boxed=True),
    ),
)

LETTER_OF_CLAIM = FormDesign(
    FormLook(
        title=Style("Times-Bold", 13, 16),
        heading=Style("Times-Bold", 12, 15),
        label=Style("Times-Roman", 11, 14),
        written=Style("Times-Roman", 11, 14),
        text=Style("Times-Roman", 11.5, 15.5),
        left=28 * mm,
        right=WIDTH - 24 * mm,
        top=30 * mm,
    ),
    (LetterHead(), LetterBody(), LetterEnd()),
    manner=1,
)

DEALERS_CLAIM = FormDesign(
    FormLook(
        title=Style("Helvetica-Bold", 14, 17),
        heading=Style("Helvetica-Bold", 9, 11),
        label=Style("Helvetica", 8.5, 11),
        written=Style("Courier", 9, 11.5),
        text=Style("Helvetica", 8.5, 11.5),
        left=16 * mm,
        right=WIDTH - 16 * mm,
        top=16 * mm,
    ),
    (
        Masthead("bar"),
        Fields(("claim_number", "claim_date", "dealer_name", "authorization_number"), Place.BARE, 2, 0.4),
        Heading("customer", bar=True),
        Fields(("customer_name", "customer_phone"), Place.BARE, 2, 0.4),
        Fields(("customer_address",), Place.BARE, 1, 0.2),
        Heading("claim", bar=True),
        Fields(
            ("sale_order_reference", "purchase_date", "failure_date", "repair_date", "usage_value", "labour_hours"),
            Place.BARE,
            2,
            0.44,
        ),
        Fields(("fault_description",), Place.BARE, 1, 0.22),
        Heading("costs", bar=True),
        Articles(
            {
                "line_type": 15,
                "product_code": 14,
                "description": 30,
                "serial_number": 24,
                "quantity": 9,
                "unit_price": 12,
                "line_total": 12,
            },
            rows=5,
        ),
        Fields(("parts_amount", "labour_amount", "travel_amount", "claimed_amount"), Place.BARE, 2, 0.44),
        Ticks("requested_resolution", Tick.PARENTHESES),
        Signature(),
    ),
    manner=1,
)

FILLABLE_CLAIM = FormDesign(
    FormLook(
        title=Style(_VERA_BOLD, 15, 18),
        heading=Style(_VERA_BOLD, 9, 11),
        label=Style(_VERA, 7.6, 10),
        written=Style("Helvetica", 9, 11),
        text=Style(_VERA, 7.8, 11),
        left=17 * mm,
        right=WIDTH - 17 * mm,
        top=16 * mm,
    ),
    (
        Masthead("right"),
        Heading("customer", bar=True),
        Fields(("customer_name", "customer_email", "customer_phone"), Place.TYPED, 1, 0.3),
        Fields(("customer_address",), Place.TYPED, 1, 0.3),
        Heading("purchase", bar=True),
        Fields(
            ("claim_number", "claim_date", "sale_order_reference", "purchase_date", "dealer_name", "failure_date"),
            Place.TYPED,
            2,
            0.46,
        ),
        Articles({"description": 44, "product_code": 20, "serial_number": 26, "failure_code": 16}, rows=2),
        Heading("claim", bar=True),
        Fields(("fault_description",), Place.TYPED, 1, 0.3),
        Ticks("requested_resolution", Tick.FIELD),
        Prose("claim_declaration"),
        Signature(),
    ),
)

CLAIM_CARD = FormDesign(
    FormLook(
        title=Style("Times-Bold", 19, 22),
        heading=Style("Times-Bold", 11, 14),
        label=Style("Times-Italic", 8.5, 10.5, grey(0.3)),
        written=Style("Courier", 10, 12.5),
        text=Style("Times-Roman", 10, 13),
        left=0.9 * 72,
        right=LETTER[0] - 0.9 * 72,
        top=0.8 * 72,
        size=LETTER,
        gap=13,
    ),
    (
        Masthead("left"),
        Fields(
            ("claim_date", "claim_number", "customer_name", "customer_phone", "customer_address", "customer_email"),
            Place.ABOVE,
        ),
        Heading("purchase"),
        Fields(("sale_order_reference", "purchase_date", "invoice_reference"), Place.ABOVE, 3),
        Articles({"quantity": 9, "description": 40, "serial_number": 26, "fault": 28}, rows=2),
        Fields(("failure_date", "usage_value"), Place.ABOVE),
        Fields(("fault_description",), Place.ABOVE, 1),
        Ticks("requested_resolution", Tick.DISC),
        Signature(),
    ),
)
