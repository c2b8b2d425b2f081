"""The review page says everything that an approval made, each by what it is."""

from __future__ import annotations

import pytest

from service.domain.drafts import BillDraft, Draft, RepairDraft, ReturnDraft
from service.domain.ids import DocumentId
from service.domain.jobs import WriteState
from service.domain.records import RecordRef
from service.ports import OdooWrite
from service.web.made import made_by
from tests.support.values import NOON

BILL = BillDraft("1-a", False, 10, 1, "EUR", "4711", None, NOON.date(), None, (), ())
CREDIT = BillDraft("1-a", True, 10, 1, "EUR", "4711", None, NOON.date(), None, (), ())
RETURN = ReturnDraft("1-b", 7, (), 255, "Damaged", None)
REPAIR = RepairDraft("1-c", 10, 1, 165, 70, 12, True, "Claim")
MOVE = RecordRef("account.move", 730, "Draft 730")
PICKING = RecordRef("stock.picking", 397, "WH/IN/00238")
ORDER = RecordRef("repair.order", 17, "WH/RO/00017")


@pytest.mark.parametrize(
    ("draft", "records", "said"),
    [
        (BILL, (MOVE,), ["draft bill"]),
        (CREDIT, (MOVE,), ["draft credit note"]),
        (RETURN, (PICKING,), ["return for the warehouse to receive"]),
        (RETURN, (PICKING, MOVE), ["return for the warehouse to receive", "draft credit note for the customer"]),
        (REPAIR, (ORDER,), ["draft repair order"]),
    ],
)
def test_every_record_is_named_by_what_it_is(draft: Draft, records: tuple[RecordRef, ...], said: list[str]) -> None:
    write = OdooWrite(DocumentId("a"), 1, draft, WriteState.DONE, outcome=records[0], further=records[1:])
    made = made_by(write, "http://odoo.example")
    assert [entry.ref for entry in made] == list(records)
    assert [entry.what for entry in made] == said
    assert all(entry.href and str(entry.ref.id) in entry.href for entry in made)
    assert [entry.is_posted_later for entry in made] == [ref.model == "account.move" for ref in records]


def test_nothing_is_said_before_the_write_is_done() -> None:
    assert made_by(None, None) == ()
    assert made_by(OdooWrite(DocumentId("a"), 1, BILL, WriteState.INTENDED), None) == ()
