"""How values look as JSON, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

import pytest

from service.domain.codec import decode, encode
from service.domain.documents import DocumentKind, Failure
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Field, Provenance, Source, TaxBreakdown
from service.domain.geometry import Box
from service.domain.records import RecordRef

PRINTED = Provenance(Source.TEXT_LAYER, "label", 2, Box(1.0, 2.0, 3.0, 4.5))


def _field(value: str | Decimal | date | TaxBreakdown) -> AnyField:
    return Field(value, "raw", 0.5, PRINTED)


@pytest.mark.parametrize(
    ("value", "encoded"),
    [
        ("2026-01-31", "2026-01-31"),
        (date(2026, 1, 31), {"date": "2026-01-31"}),
        (Decimal("10.50"), {"decimal": "10.50"}),
        (
            TaxBreakdown(Decimal(19), None, Decimal("1.90")),
            {"TaxBreakdown": {"rate": "19", "taxable_amount": None, "tax_amount": "1.90", "category": None}},
        ),
    ],
)
def test_a_value_that_may_be_of_several_types_says_which(
    value: str | Decimal | date | TaxBreakdown, encoded: object
) -> None:
    data = encode(_field(value), AnyField)
    assert isinstance(data, dict)
    assert data["value"] == encoded
    assert decode(Field, data).raw == "raw"


def test_a_whole_extraction_reads_well() -> None:
    extraction = Extraction(
        DocumentKind.CREDIT_NOTE,
        0.75,
        (),
        MappingProxyType({"grand_total": (_field(Decimal("10.50")),)}),
        (Line(MappingProxyType({})),),
    )
    assert encode(extraction) == {
        "kind": "credit_note",
        "kind_confidence": 0.75,
        "pages": [],
        "fields": {
            "grand_total": [
                {
                    "value": {"decimal": "10.50"},
                    "raw": "raw",
                    "confidence": 0.5,
                    "provenance": {
                        "source": "text_layer",
                        "method": "label",
                        "page": 2,
                        "box": {"x0": 1.0, "top": 2.0, "x1": 3.0, "bottom": 4.5},
                    },
                    "status": "ok",
                }
            ]
        },
        "lines": [{"fields": {}}],
        "paid_note": None,
        "parts": [],
        "einvoice": None,
    }


def test_what_was_stored_before_a_field_existed_takes_its_default() -> None:
    data = {"kind": "other", "kind_confidence": 0.0, "pages": []}
    assert decode(Extraction, data) == Extraction(DocumentKind.OTHER, 0.0, ())


def test_times_keep_their_zone_and_microseconds() -> None:
    moment = datetime(2026, 1, 31, 12, 0, 0, 5, tzinfo=UTC)
    assert encode(moment) == "2026-01-31T12:00:00.000005+00:00"
    assert decode(datetime, encode(moment)) == moment


def test_sets_are_in_order() -> None:
    assert encode(frozenset({"b", "a"})) == ["a", "b"]


@pytest.mark.parametrize("value", [object(), b"bytes", [1], {1, 2}])
def test_what_is_no_part_of_the_vocabulary_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="not part of the vocabulary"):
        encode(value)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (DocumentKind, "unheard_of"),
        (date, "yesterday"),
        (bool, 1),
        (str, 1),
        (Box, {"x0": 2.0, "top": 0.0, "x1": 1.0, "bottom": 1.0}),
    ],
)
def test_what_does_not_fit_is_refused(kind: type, data: object) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # each kind has its own words
        decode(kind, data)
    assert str(refused.value)


def test_a_missing_part_is_refused() -> None:
    with pytest.raises(TypeError):
        decode(Failure, {"code": "EMPTY_FILE"})
    with pytest.raises((TypeError, ValueError)):
        decode(tuple[RecordRef, ...], [{"model": "res.partner"}])
