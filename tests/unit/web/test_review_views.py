"""What the review page shows, worked out of domain values."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy, ExceptionStatus, RaisedDiscrepancy
from service.domain.extraction import Line
from service.domain.fields import ROW_TYPES, EarlyPaymentDiscount, Field
from service.domain.geometry import Box
from service.domain.ids import DiscrepancyId, DocumentId
from service.domain.kinds import INVOICE_FIELDS
from service.domain.matching import Evidence, LineMatch
from service.web.review_fields import Sureness, boxes_by_page, entry_text, field_groups, row_groups, sureness_of
from service.web.review_form import form_corrections
from service.web.review_groups import INVOICE_GROUPS
from service.web.review_lines import line_views, open_order_lines
from service.web.waterfall import of_evidence
from tests.support.values import NOON, a_discrepancy, a_reconciliation, an_extraction, an_order, printed


def raised(found: Discrepancy, status: ExceptionStatus = ExceptionStatus.OPEN) -> RaisedDiscrepancy:
    return RaisedDiscrepancy(DiscrepancyId("x"), DocumentId("d"), found, status, NOON)


def test_every_field_of_an_invoice_can_be_seen() -> None:
    shown = {name for _, names in INVOICE_GROUPS for name in names}
    assert shown == {name for name, spec in INVOICE_FIELDS.items() if spec.type not in ROW_TYPES}


def test_values_of_several_figures_are_small_tables() -> None:
    discount = printed(EarlyPaymentDiscount(Decimal("2.00"), 14))
    reading = an_extraction()
    reading = replace(reading, fields=MappingProxyType({**reading.fields, "early_payment_discount": (discount,)}))
    shown = {group.title: group for group in row_groups(reading)}
    assert [column.title for column in shown["Tax breakdown"].columns] == ["Rate", "Taxable amount", "Tax amount"]
    assert shown["Tax breakdown"].rows == (("19 %", "1\u202f000.00", "190.00"),)
    assert shown["Early payment discount"].rows == (("2 %", "14"),)


def test_fields_carry_their_worst_open_exception() -> None:
    found = [
        raised(a_discrepancy(Code.LOW_CONFIDENCE_FIELD, None, field="grand_total", severity=Severity.WARNING)),
        raised(a_discrepancy(Code.TOTAL_VARIANCE, None, field="grand_total")),
        raised(a_discrepancy(Code.LOW_CONFIDENCE_FIELD, None, field="currency"), ExceptionStatus.RESOLVED),
        raised(a_discrepancy(Code.PRICE_VARIANCE, 1, field="issue_date")),
    ]
    fields = {f.key: f for group in field_groups(an_extraction(), found) for f in group.shown}
    assert fields["field.grand_total"].severity is Severity.BLOCKING
    assert fields["field.currency"].severity is None
    assert fields["field.issue_date"].severity is None


def test_absent_fields_wait_behind_a_button_unless_they_are_needed() -> None:
    groups = {group.title: group for group in field_groups(an_extraction(), ())}
    assert "field.due_date" in {field.key for field in groups["Document"].shown}
    assert "field.delivery_date" in {field.key for field in groups["Document"].absent}


def test_one_box_for_values_at_one_place() -> None:
    fields = [f for group in field_groups(an_extraction(), ()) for f in group.shown]
    (box,) = boxes_by_page(fields)[1]
    assert {"field.invoice_number", "field.grand_total"} <= set(box.targets)


def test_confidence_in_three_steps() -> None:
    assert [sureness_of(c) for c in (0.95, 0.9, 0.89, 0.7, 0.69)] == [
        Sureness.HIGH,
        Sureness.HIGH,
        Sureness.FAIR,
        Sureness.FAIR,
        Sureness.LOW,
    ]


def test_a_value_of_several_lines_stands_on_one() -> None:
    assert entry_text(printed("Unit 6\n Harbour Works\n")) == "Unit 6, Harbour Works"


def test_an_unchanged_form_corrects_nothing() -> None:
    reading = an_extraction()
    form = {f.key: f.text for group in field_groups(reading, ()) for f in (*group.shown, *group.absent)}
    form |= {cell.key: cell.text for line in line_views(reading, None, ()) for cell in line.cells.values()}
    assert form_corrections(form, reading).names() == ()


def test_only_what_changed_is_corrected() -> None:
    form = {
        "field.order_reference": "P1,  P2,",
        "field.issue_date": "",
        "field.seller_name": " Nordlicht  Handels GmbH ",
        "line.1.quantity": "5",
        "line.9.quantity": "5",
        "field.shoe_size": "44",
        "version": "3",
    }
    corrections = form_corrections(form, an_extraction())
    assert corrections.fields == {"order_reference": ["P1", "P2"], "issue_date": None}
    assert corrections.names() == ("issue_date", "order_reference", "lines[1].quantity")


def priced_reading(price: str, base: str | None = None) -> Line:
    fields = {"quantity": printed(Decimal(4)), "unit_price": printed(Decimal(price))}
    if base is not None:
        fields["price_base_quantity"] = printed(Decimal(base))
    return Line(MappingProxyType(fields))


def test_an_order_line_stands_under_its_invoice_line_with_the_difference() -> None:
    reading = replace(an_extraction(), lines=(priced_reading("250.00"),))
    reconciliation = replace(a_reconciliation(), orders=(an_order(),))
    (line,) = line_views(reading, reconciliation, [raised(a_discrepancy(field="unit_price"))])
    (pair,) = line.pairs
    assert (pair.order, pair.quantity.text, pair.quantity.difference) == ("P00007", "4", None)
    assert (pair.unit_price.text, pair.unit_price.difference, pair.unit_price.tone) == ("240.00", "+10.00", "blocking")
    assert line.cells["unit_price"].severity is Severity.BLOCKING
    assert line.severity is Severity.BLOCKING
    assert open_order_lines(reconciliation) == ()


def test_a_price_for_a_hundred_is_compared_for_one() -> None:
    reading = replace(an_extraction(), lines=(priced_reading("24000.00", "100"),))
    (line,) = line_views(reading, replace(a_reconciliation(), orders=(an_order(),)), ())
    assert line.pairs[0].unit_price.difference is None


def test_a_line_may_have_several_order_lines_or_one_that_is_gone() -> None:
    reconciliation = replace(a_reconciliation(), orders=(an_order(),))
    known = reconciliation.line_matches[0]
    gone = LineMatch(1, replace(known.ref, id=99, name="Lampe, alt"), Decimal(1), 0.5, ())
    reconciliation = replace(reconciliation, line_matches=(known, gone))
    (line,) = line_views(an_extraction(), reconciliation, ())
    assert [pair.description for pair in line.pairs] == ["Lampe", "Lampe, alt"]


def test_what_the_order_still_holds_is_listed() -> None:
    reconciliation = replace(a_reconciliation(), orders=(an_order(),), line_matches=())
    (left,) = open_order_lines(reconciliation)
    assert (left.order, left.quantity, left.received, left.invoiced) == ("P00007", "4", "4", "0")


@given(st.lists(st.floats(-20, 20, allow_nan=False).map(lambda weight: round(weight, 3)), max_size=12))
def test_a_waterfall_stays_in_its_frame_and_hangs_together(weights: list[float]) -> None:
    drawing = of_evidence(tuple(Evidence("name", "a", "b", weight) for weight in weights))
    assert 0 <= drawing.zero <= 1
    level = drawing.zero
    for step in drawing.steps:
        assert step.start >= -0.001
        assert step.start + step.length <= 1.001
        assert abs((step.start + step.length if step.is_against else step.start) - level) < 0.01
        level = step.start if step.is_against else step.start + step.length


def test_boxes_of_other_places_stay_apart() -> None:
    reading = an_extraction()
    moved = reading.fields["currency"][0]
    elsewhere = replace(moved, provenance=replace(moved.provenance, box=Box(1, 1, 2, 2)))
    assert isinstance(elsewhere, Field)
    reading = replace(reading, fields=MappingProxyType({**reading.fields, "currency": (elsewhere,)}))
    fields = [f for group in field_groups(reading, ()) for f in group.shown]
    assert len(boxes_by_page(fields)[1]) == 2


def test_a_figure_is_grouped_in_its_input_as_beside_it_and_unchanged_when_sent_back() -> None:
    reading = an_extraction()
    views = {f.key: f for group in field_groups(reading, ()) for f in group.shown}
    assert views["field.grand_total"].text == "1\u202f190.00"
    form = {"field.grand_total": "1\u202f190.00"}
    assert form_corrections(form, reading).names() == ()
    assert form_corrections({"field.grand_total": "1 190.50"}, reading).fields == {"grand_total": "1190.50"}
