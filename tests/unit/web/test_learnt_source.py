"""The review page says where corrections of the sender's earlier papers helped to find a value."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from service.domain.memory import BY_MEMORY
from service.web.review_fields import field_groups
from tests.support.values import an_extraction


def test_a_value_that_memory_chose_says_so() -> None:
    reading = an_extraction()
    (number,) = reading.fields["invoice_number"]
    learnt = replace(number, provenance=replace(number.provenance, method=f"{BY_MEMORY}, label “Mark” right"))
    reading = replace(reading, fields=MappingProxyType({**reading.fields, "invoice_number": (learnt,)}))
    sources = {f.key: f.source for group in field_groups(reading, ()) for f in group.shown}
    assert sources["field.invoice_number"] == "text, as corrected before"
    assert sources["field.issue_date"] == "text"
