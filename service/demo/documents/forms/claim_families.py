"""Warranty claims of more makers and dealers; those for measuring are named so where all forms are listed."""

from __future__ import annotations

from service.demo.documents.forms.blocks import Articles, Fields, Heading, Masthead, Place, Prose, Signature, Ticks
from service.demo.documents.forms.fillings import Combs, Halves, Running, ShadedRows, TickList
from service.demo.documents.forms.goods import Cards
from service.demo.documents.forms.heads import BarcodeHead, CentredHead, LogoHead, NumberedTitle, OfficeUse, SmallPrint
from service.demo.documents.forms.looks import form_look
from service.demo.documents.forms.mails import MailGoods, MailHead, MailLines, Regards, Salutation
from service.demo.documents.forms.marks import Tick
from service.demo.documents.forms.sheet import FormDesign

_WHO = ("customer_name", "customer_address", "customer_email", "customer_phone")
_BOUGHT = ("dealer_name", "sale_order_reference", "invoice_reference", "purchase_date")
_FAILED = ("failure_date", "installation_date", "usage_value")
_COSTS = ("parts_amount", "labour_hours", "labour_amount", "travel_amount", "claimed_amount")
_PARTS = {"line_type": 15, "description": 32, "product_code": 16, "quantity": 9, "unit_price": 13, "line_total": 14}

SHADED_CLAIM = FormDesign(
    form_look("helvetica", 8.8),
    (
        LogoHead(),
        ShadedRows(("claim_number", "claim_date", *_WHO)),
        Heading("purchase"),
        ShadedRows(_BOUGHT),
        Articles({"description": 48, "product_code": 20, "serial_number": 30}, rows=1),
        Heading("claim"),
        ShadedRows((*_FAILED, "fault_description")),
        Ticks("requested_resolution", Tick.BRACKETS),
        Signature(),
    ),
    manner=None,
)
SERVICE_PORTAL = FormDesign(
    form_look("vera", 8.2),
    (
        NumberedTitle(),
        Fields(("claim_date", "purchase_date", "failure_date"), Place.ABOVE, 3),
        Cards(("description", "serial_number", "product_code", "fault", "failure_code"), boxed=False),
        Fields(("fault_description",), Place.ABOVE, 1),
        Heading("customer"),
        Fields(_WHO, Place.ABOVE),
        Fields(("requested_resolution", "sale_order_reference", "authorization_number"), Place.BARE, 1, 0.34),
        SmallPrint("claim_declaration"),
    ),
    manner=None,
)
MAIL_OF_CLAIM = FormDesign(
    form_look("liberation-serif", 11, edge=24, top=24),
    (
        MailHead(),
        Salutation(),
        MailLines(("fault_description",)),
        MailGoods(("description", "product_code", "serial_number")),
        MailLines(("purchase_date", "sale_order_reference", "failure_date", "requested_resolution")),
        Regards(),
    ),
    manner=None,
)
DEALERS_SHEET = FormDesign(
    form_look("narrow", 9.6, filled="courier"),
    (
        Masthead("bar"),
        Halves(
            (Fields(("claim_number", "claim_date", "authorization_number", "repair_date"), Place.BARE, 1, 0.5),),
            (Fields(("customer_name", "customer_address", "dealer_name"), Place.BARE, 1, 0.36),),
        ),
        Fields(("purchase_date", "failure_date", "usage_value"), Place.INSIDE, 3),
        Articles({**_PARTS, "line_type": 20, "serial_number": 20}, rows=5),
        Fields(_COSTS, Place.INSIDE, 5),
        Fields(("fault_description",), Place.INSIDE, 1),
        Signature(is_boxed=True),
    ),
    manner=None,
)
INK_CLAIM = FormDesign(
    form_look("times", 10.4, filled="times", has_ink=True, edge=20),
    (
        CentredHead(),
        Running((("claim_number", "claim_date"), ("customer_name",), ("customer_address",), ("customer_phone",))),
        Running((("dealer_name",), ("purchase_date", "failure_date"))),
        Articles({"description": 50, "serial_number": 30, "failure_code": 18}, rows=1),
        Fields(("fault_description",), Place.LEFT, 1, 0.3),
        TickList("requested_resolution", Tick.CHECK),
        Prose("claim_declaration"),
        Signature(),
    ),
    manner=None,
)
COMBED_CLAIM = FormDesign(
    form_look("liberation", 8.6, filled="courier"),
    (
        BarcodeHead(),
        Combs(("customer_name", "sale_order_reference", "purchase_date")),
        Fields(("customer_phone", "customer_email"), Place.INSIDE),
        Fields(("customer_address",), Place.INSIDE, 1),
        Articles({"product_code": 22, "description": 46, "serial_number": 28}, rows=1),
        Fields(("claim_date", *_FAILED), Place.INSIDE, 4),
        Fields(("fault_description",), Place.INSIDE, 1),
        Ticks("requested_resolution", Tick.CROSS),
        OfficeUse(),
        Signature(),
    ),
    manner=None,
)
COLUMNS_CLAIM = FormDesign(
    form_look("dejavu", 8),
    (
        CentredHead(),
        Halves(
            (Heading("customer"), Fields(_WHO, Place.ABOVE, 1)),
            (Heading("purchase"), Fields((*_BOUGHT, "claim_number", "claim_date"), Place.ABOVE, 1)),
        ),
        Articles({"description": 46, "product_code": 20, "serial_number": 28}, rows=1, has_grid=False),
        Halves(
            (Fields((*_FAILED,), Place.BARE, 1, 0.56),),
            (TickList("requested_resolution", Tick.DISC, is_behind=False),),
        ),
        Fields(("fault_description",), Place.ABOVE, 1),
        Signature(),
    ),
    manner=None,
)
COST_SHEET = FormDesign(
    form_look("dejavu-serif", 8.4, is_letter=True),
    (
        Masthead("right"),
        Running((("claim_number", "claim_date", "repair_date"), ("customer_name", "dealer_name")), underlined=False),
        Fields(("customer_address", "authorization_number"), Place.BARE, 2, 0.4),
        Cards(("line_type", "description", "product_code", "serial_number", "quantity", "unit_price", "line_total")),
        ShadedRows(_COSTS, 0.5),
        Fields(("fault_description",), Place.BARE, 1, 0.26),
        Signature(),
    ),
    manner=None,
)
FILLABLE_CARD = FormDesign(
    form_look("liberation", 8.6, filled="helvetica"),
    (
        LogoHead(),
        Fields(("claim_number", "claim_date", "purchase_date", "failure_date"), Place.TYPED, 2, 0.46),
        Fields(_WHO, Place.TYPED, 1, 0.34),
        Articles({"description": 46, "product_code": 20, "serial_number": 28}, rows=1),
        Fields(("usage_value", "sale_order_reference"), Place.TYPED, 2, 0.46),
        Fields(("fault_description",), Place.TYPED, 1, 0.34),
        TickList("requested_resolution", Tick.FIELD),
        SmallPrint("claim_declaration"),
        Signature(),
    ),
    manner=None,
)
SHORT_CLAIM_MAIL = FormDesign(
    form_look("courier", 9.4, edge=20, top=20),
    (
        MailHead(),
        MailLines(("sale_order_reference", "invoice_reference", "purchase_date"), "* "),
        MailGoods(("description", "serial_number", "fault")),
        MailLines(("fault_description", "failure_date", "usage_value", "requested_resolution"), "* "),
        Regards(),
    ),
    manner=None,
)
TECHNICIANS_REPORT = FormDesign(
    form_look("narrow", 9.8),
    (
        BarcodeHead(),
        Halves(
            (ShadedRows(("claim_date", "repair_date", *_FAILED), 0.46),), (ShadedRows((*_WHO, "dealer_name"), 0.36),)
        ),
        Fields(("fault_description",), Place.INSIDE, 1),
        Articles(_PARTS, rows=4, has_grid=False, stripes=True),
        Running((("parts_amount", "labour_amount"), ("travel_amount", "claimed_amount"))),
        Ticks("requested_resolution", Tick.BALLOT),
        Signature(),
    ),
    manner=None,
)
