"""Whatever value of the vocabulary is encoded, JSON carries it and the same value comes back."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

from hypothesis import given
from hypothesis import strategies as st

from service.domain.codec import decode, encode
from service.domain.codes import Code, Severity
from service.domain.discrepancies import Discrepancy
from service.domain.documents import DocumentKind, Failure, PageSize
from service.domain.drafts import BillDraft, BillLineDraft
from service.domain.extraction import Extraction, Line
from service.domain.fields import (
    AllowanceCharge,
    AnyField,
    EarlyPaymentDiscount,
    Field,
    FieldStatus,
    Provenance,
    Source,
    TaxBreakdown,
)
from service.domain.geometry import Box
from service.domain.matching import Evidence, Key, KeyKind, LineMatch, Match, Reconciliation, Role
from service.domain.records import RecordRef

finite = st.floats(allow_nan=False, allow_infinity=False)
amounts = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
times = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
refs = st.builds(RecordRef, st.sampled_from(["purchase.order", "res.partner"]), st.integers(1), st.text())
boxes = st.tuples(finite, finite, finite, finite).map(
    lambda e: Box(min(e[0], e[2]), min(e[1], e[3]), max(e[0], e[2]), max(e[1], e[3]))
)
tax_rows = st.builds(
    TaxBreakdown, st.none() | amounts, st.none() | amounts, st.none() | amounts, category=st.none() | st.text()
)
places = st.builds(Provenance, st.sampled_from(Source), st.text(), st.none() | st.integers(1), st.none() | boxes)
discounts = st.builds(EarlyPaymentDiscount, st.none() | amounts, st.none() | st.integers(), st.none() | st.dates())
adjustments = st.builds(AllowanceCharge, st.none() | st.text(), st.none() | amounts, st.none() | amounts)
values = st.text() | amounts | st.dates() | tax_rows | discounts | adjustments
printed: st.SearchStrategy[AnyField] = st.builds(
    Field, values, st.text(), st.floats(0, 1), places, st.sampled_from(FieldStatus)
)
lines = st.dictionaries(st.text(), printed, max_size=3).map(lambda fields: Line(MappingProxyType(fields)))
extractions = st.builds(
    Extraction,
    st.sampled_from(DocumentKind),
    st.floats(0, 1),
    st.lists(st.builds(PageSize, finite, finite), max_size=2).map(tuple),
    st.dictionaries(st.text(), st.lists(printed, max_size=2).map(tuple), max_size=3).map(MappingProxyType),
    st.lists(lines, max_size=2).map(tuple),
)
discrepancies = st.builds(
    Discrepancy,
    code=st.sampled_from(Code),
    message=st.text(),
    severity=st.sampled_from(Severity),
    field=st.none() | st.text(),
    line=st.none() | st.integers(1),
    expected=st.none() | st.text(),
    difference=st.none() | amounts,
    odoo_refs=st.lists(refs, max_size=2).map(tuple),
)
evidence = st.lists(st.builds(Evidence, st.text(), st.none() | st.text(), st.none() | st.text(), finite), max_size=2)
matches = st.builds(Match, st.sampled_from(Role), refs, finite, st.booleans(), evidence.map(tuple))
line_matches = st.builds(LineMatch, st.integers(1), refs, amounts, finite, evidence.map(tuple))
reconciliations = st.builds(
    Reconciliation,
    st.lists(matches, max_size=2).map(tuple),
    st.lists(line_matches, max_size=2).map(tuple),
    st.lists(discrepancies, max_size=2).map(tuple),
)
drafts = st.builds(
    BillDraft,
    billed_on=st.dates(),
    due_on=st.none() | st.dates(),
    lines=st.lists(
        st.builds(BillLineDraft, quantity=amounts, unit_price=amounts, discount_percent=amounts), max_size=2
    ).map(tuple),
)


def _there_and_back(value: object, hint: type) -> object:
    return decode(hint, json.loads(json.dumps(encode(value, hint))))


@given(extractions)
def test_extractions(extraction: Extraction) -> None:
    back = _there_and_back(extraction, Extraction)
    assert back == extraction
    assert repr(back) == repr(extraction)  # 1.0 and 1.00 are equal, but not the same print


@given(reconciliations)
def test_reconciliations(reconciliation: Reconciliation) -> None:
    assert _there_and_back(reconciliation, Reconciliation) == reconciliation


@given(drafts)
def test_drafts(draft: BillDraft) -> None:
    assert _there_and_back(draft, BillDraft) == draft


@given(st.frozensets(st.builds(Key, st.sampled_from(KeyKind), st.text())))
def test_keys(keys: frozenset[Key]) -> None:
    assert _there_and_back(keys, frozenset[Key]) == keys


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_decimals_keep_every_digit(number: Decimal) -> None:
    back = _there_and_back(number, Decimal)
    assert back == number
    assert "E" not in str(encode(number))


@given(times)
def test_times(moment: datetime) -> None:
    assert _there_and_back(moment, datetime) == moment


@given(st.dates().map(date.isoformat) | st.decimals(allow_nan=False).map(str))
def test_text_that_looks_like_something_else_stays_text(text: str) -> None:
    printed_text = Field(text, text, 1.0, Provenance(Source.HUMAN, "typed"))
    back = _there_and_back(printed_text, AnyField)
    assert isinstance(back, Field)
    assert back.value == text
    assert type(back.value) is str


@given(st.builds(Failure, st.text(), st.text()))
def test_the_same_value_gives_the_same_bytes(failure: Failure) -> None:
    assert json.dumps(encode(failure)) == json.dumps(encode(Failure(failure.code, failure.message)))
