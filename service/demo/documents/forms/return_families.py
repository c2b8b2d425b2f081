"""Return forms of more retailers; those for measuring are named so where all forms are listed."""

from __future__ import annotations

from service.demo.documents.forms.blocks import Articles, Fields, Heading, Masthead, Place, Prose, Signature, Ticks
from service.demo.documents.forms.fillings import Combs, Halves, Running, ShadedRows, TickList
from service.demo.documents.forms.goods import Cards, CodedReasons, Listed, ReasonMatrix
from service.demo.documents.forms.heads import BarcodeHead, CentredHead, LogoHead, NumberedTitle, OfficeUse, SmallPrint
from service.demo.documents.forms.looks import form_look
from service.demo.documents.forms.mails import MailGoods, MailHead, MailLines, Regards, Salutation
from service.demo.documents.forms.marks import Tick
from service.demo.documents.forms.sheet import FormDesign

_WHO = ("customer_name", "customer_address", "customer_email", "customer_phone")
_ORDER = ("sale_order_reference", "invoice_reference", "purchase_date")
_MONEY = ("refund_amount", "restocking_fee_amount", "iban")

PARCEL_SLIP = FormDesign(
    form_look("helvetica", 8.6),
    (
        BarcodeHead(),
        Running((("sale_order_reference", "request_date"), ("customer_name",), ("customer_address",))),
        CodedReasons(),
        Ticks("requested_resolution", Tick.CROSS),
        Fields(("iban",), Place.INSIDE, 1),
        Prose("return_declaration"),
    ),
    manner=None,
    has_reason_column=True,
)
SHADED_SHEET = FormDesign(
    form_look("liberation", 9),
    (
        CentredHead(),
        ShadedRows(("return_number", "request_date", *_WHO)),
        Heading("purchase"),
        ShadedRows((*_ORDER, "refund_amount")),
        Articles({"quantity": 8, "description": 46, "product_code": 18, "serial_number": 24}, rows=2),
        Ticks("reason", Tick.CHECK, 3),
        Ticks("requested_resolution", Tick.DISC),
        Signature(),
    ),
    manner=None,
)
PORTAL_PRINT = FormDesign(
    form_look("vera", 8.4),
    (
        NumberedTitle(),
        Fields(("request_date", "sale_order_reference", "purchase_date"), Place.ABOVE, 3),
        Heading("customer"),
        Fields(_WHO, Place.BARE, 1, 0.28),
        Heading("items"),
        Listed(),
        Fields(("requested_resolution", *_MONEY), Place.BARE, 1, 0.36),
        SmallPrint("return_declaration"),
    ),
    manner=None,
)
MAIL_OF_RETURN = FormDesign(
    form_look("times", 11, edge=24, top=24),
    (
        MailHead(),
        Salutation(),
        MailLines((*_ORDER, "requested_resolution", "iban")),
        MailGoods(("quantity", "description", "product_code", "serial_number", "reason")),
        Regards(),
    ),
    manner=None,
    has_reason_column=True,
)
COMBED = FormDesign(
    form_look("helvetica", 8.4, filled="courier"),
    (
        LogoHead(),
        Combs(("return_number", "customer_name", "sale_order_reference")),
        Fields(("customer_address", "customer_phone", "customer_email", "request_date"), Place.INSIDE),
        Articles({"product_code": 20, "description": 50, "quantity": 10, "reason": 30}, rows=3),
        TickList("requested_resolution", Tick.CROSS),
        OfficeUse(),
        Signature(is_boxed=True),
    ),
    manner=None,
    has_reason_column=True,
)
INK_ON_DOTS = FormDesign(
    form_look("dejavu-serif", 9, filled="times", has_ink=True, edge=20),
    (
        CentredHead(),
        Fields(("customer_name", "customer_address", "customer_phone"), Place.LEFT, 1, 0.3),
        Running((("sale_order_reference", "purchase_date"), ("return_number", "request_date"))),
        Articles({"quantity": 10, "description": 52, "product_code": 22, "unit_price": 16}, rows=3, has_grid=False),
        TickList("reason", Tick.CHECK),
        Ticks("requested_resolution", Tick.CHECK),
        Signature(),
    ),
    manner=None,
)
MATRIX = FormDesign(
    form_look("narrow", 9.4),
    (
        Masthead("bar"),
        Halves(
            (Fields(("customer_name", "customer_email", "customer_address"), Place.ABOVE, 1),),
            (Fields(("return_number", "sale_order_reference", "request_date", "purchase_date"), Place.BARE, 1, 0.45),),
        ),
        ReasonMatrix(),
        Ticks("requested_resolution", Tick.BRACKETS),
        Fields(_MONEY, Place.ABOVE, 3),
        Prose("return_declaration"),
        Signature(),
    ),
    manner=None,
    has_reason_column=True,
)
CARDS_AND_SIDE = FormDesign(
    form_look("liberation-serif", 9.6, is_letter=True),
    (
        LogoHead(),
        Halves(
            (
                Heading("items"),
                Cards(("description", "product_code", "serial_number", "quantity", "reason", "condition")),
            ),
            (
                Heading("customer"),
                Fields(_WHO, Place.ABOVE, 1),
                Fields(("return_number", "sale_order_reference", "request_date"), Place.ABOVE, 1),
            ),
            0.58,
        ),
        TickList("requested_resolution", Tick.BALLOT),
        Signature(),
    ),
    manner=None,
    has_reason_column=True,
)
FILLABLE_SHEET = FormDesign(
    form_look("dejavu", 8, filled="helvetica"),
    (
        CentredHead(),
        Fields(("sale_order_reference", "invoice_reference", "request_date", "return_number"), Place.TYPED, 2, 0.46),
        Fields(_WHO, Place.TYPED, 1, 0.34),
        Articles({"quantity": 9, "product_code": 20, "description": 50, "reason": 30}, rows=3),
        TickList("requested_resolution", Tick.FIELD),
        Fields(("refund_amount", "iban"), Place.TYPED, 1, 0.34),
        SmallPrint("return_declaration"),
        Signature(),
    ),
    manner=None,
    has_reason_column=True,
)
TWO_SHADED = FormDesign(
    form_look("vera", 8),
    (
        BarcodeHead(),
        Halves((ShadedRows(_WHO, 0.36),), (ShadedRows(("request_date", *_ORDER), 0.46),)),
        Articles(
            {"description": 44, "quantity": 9, "unit_price": 14, "product_code": 20, "condition": 26},
            rows=3,
            has_grid=False,
            stripes=True,
        ),
        Halves((TickList("reason", Tick.DISC),), (TickList("requested_resolution", Tick.DISC),)),
        ShadedRows(_MONEY),
        Signature(is_boxed=True),
    ),
    manner=None,
)
SHORT_MAIL = FormDesign(
    form_look("liberation", 10, edge=22, top=22),
    (
        MailHead(),
        MailLines(("sale_order_reference", "purchase_date"), "> "),
        Salutation(),
        Listed(),
        MailLines(("requested_resolution", "refund_amount", "iban"), "- "),
        Regards(),
    ),
    manner=None,
)
