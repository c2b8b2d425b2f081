"""What an approval made in Odoo, in a clerk's words: a return is a transfer and perhaps a credit note beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from service.domain.drafts import BillDraft
from service.domain.records import RecordRef
from service.odoo.links import record_url
from service.ports import OdooWrite

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "stock.picking": "return for the warehouse to receive",
        "repair.order": "draft repair order",
        "account.move": "draft credit note for the customer",
    }
)


@dataclass(frozen=True, slots=True)
class Made:
    """One record: its name, what it is, where Odoo shows it (None: its address isn't set), whether it is to be
    posted.
    """

    ref: RecordRef
    what: str
    href: str | None
    is_posted_later: bool


def made_by(write: OdooWrite | None, odoo_url: str | None) -> tuple[Made, ...]:
    """Everything that was made, the main record first; empty before the write is done."""
    if write is None or write.outcome is None:
        return ()
    return tuple(
        Made(ref, _what(write, ref), record_url(odoo_url, ref) if odoo_url else None, ref.model == "account.move")
        for ref in (write.outcome, *write.further)
    )


def _what(write: OdooWrite, ref: RecordRef) -> str:
    if isinstance(write.draft, BillDraft):
        return "draft credit note" if write.draft.is_refund else "draft bill"
    return _WORDS.get(ref.model, ref.model)
