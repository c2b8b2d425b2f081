"""The review page of a customer's form: its fields, and what the panels say of the sale and the warranty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

import pytest

from service.domain.documents import DocumentKind
from service.domain.excerpt import Records
from service.domain.extraction import Extraction
from service.domain.fields import ROW_TYPES, AnyField, Field, Provenance, Source, Value
from service.domain.kinds import spec_of
from service.domain.matching import LineMatch, Reconciliation
from service.domain.policy import Policy
from service.domain.records import Movement, Receipt, RecordRef, SaleOrder, SaleOrderLine
from service.domain.terms import months_later
from service.web.panels import sale
from service.web.panels.panel import Subject
from service.web.review_fields import field_groups
from service.web.review_form import form_corrections
from service.web.review_groups import groups_of
from tests.support.values import NOON, a_document, an_extraction


def a_form(**values: Value) -> Extraction:
    """A return form with these values."""
    seen = Provenance(Source.OCR, "label")
    fields: dict[str, tuple[AnyField, ...]] = {
        name: (Field(value, str(value), 0.8, seen),) for name, value in values.items()
    }
    return replace(an_extraction(), kind=DocumentKind.RETURN_FORM, lines=(), fields=MappingProxyType(fields))


@pytest.mark.parametrize("kind", list(DocumentKind))
def test_every_field_of_every_kind_can_be_seen_once(kind: DocumentKind) -> None:
    shown = [name for _, names in groups_of(kind) for name in names]
    meant = {name for name, spec in spec_of(kind).fields.items() if spec.type not in ROW_TYPES}
    assert sorted(shown) == sorted(meant)


def test_choices_and_ticks_are_corrected_by_their_values() -> None:
    form = a_form(requested_resolution="refund", signature_present=True)
    fields = {field.key: field for group in field_groups(form, ()) for field in (*group.shown, *group.absent)}
    assert ("store_credit", "Store credit") in fields["field.requested_resolution"].choices
    assert fields["field.signature_present"].text == "true"
    typed = {"field.requested_resolution": "exchange", "field.signature_present": "false"}
    assert form_corrections(typed, form).fields == {"requested_resolution": "exchange", "signature_present": False}
    same = {"field.requested_resolution": "refund", "field.signature_present": "true"}
    assert form_corrections(same, form).fields == {}


def test_the_sale_panel_tells_what_may_be_refunded() -> None:
    line = SaleOrderLine(
        RecordRef("sale.order.line", 7, "Lamp"), 5, "Lamp", Decimal(3), 1, Decimal(20), Decimal(0), (), Decimal(2),
        Decimal(2), Decimal(60),
    )  # fmt: skip
    order = SaleOrder(
        RecordRef("sale.order", 3, "S00003"), 9, None, "sale", "EUR", date(2026, 1, 2), Decimal(60), Decimal(60), 1,
        (line,), NOON,
    )  # fmt: skip
    found = Reconciliation((), (LineMatch(1, line.ref, Decimal(3), 0.9, ()),), (), sale_orders=(order,))
    subject = Subject(a_document(), a_form(), found, Policy(), NOON.date(), ())
    panel = sale.panel(subject, Records())
    assert panel is not None
    sold = panel.orders[0][1][0]
    assert sold.refundable == 2
    assert sold.exceeds


def test_the_sale_panel_counts_what_was_delivered_before_anything_came_back() -> None:
    line = SaleOrderLine(
        RecordRef("sale.order.line", 7, "Lamp"), 5, "Lamp", Decimal(3), 1, Decimal(20), Decimal(0), (), Decimal(2),
        Decimal(3), Decimal(60),
    )  # fmt: skip
    order = SaleOrder(
        RecordRef("sale.order", 3, "S00003"), 9, None, "sale", "EUR", date(2026, 1, 2), Decimal(60), Decimal(60), 1,
        (line,), NOON,
    )  # fmt: skip
    out = Movement(RecordRef("stock.move", 21, "Lamp"), 5, Decimal(3), (), 7, None, False)
    back = Movement(RecordRef("stock.move", 22, "Lamp"), 5, Decimal(1), (), 7, 21, True)
    transfers = (
        Receipt(RecordRef("stock.picking", 11, "WH/OUT/1"), None, 9, "done", NOON, NOON, 3, True, None, None, (out,)),
        Receipt(RecordRef("stock.picking", 12, "WH/IN/1"), None, 9, "done", NOON, NOON, 3, False, 11, None, (back,)),
    )
    found = Reconciliation((), (LineMatch(1, line.ref, Decimal(2), 0.9, ()),), (), sale_orders=(order,))
    subject = Subject(a_document(), a_form(), found, Policy(), NOON.date(), ())
    panel = sale.panel(subject, Records(receipts=transfers))
    assert panel is not None
    sold = panel.orders[0][1][0]
    assert (sold.delivered, sold.returned) == (Decimal(3), Decimal(1))
    assert not sold.exceeds


def test_months_end_where_a_month_is_shorter() -> None:
    assert months_later(date(2024, 2, 29), 24) == date(2026, 2, 28)
