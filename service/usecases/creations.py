"""What an approved draft makes in Odoo: each record can be looked up by the marker, so that it is made once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from service.domain.drafts import BillDraft, Draft, ReturnDraft
from service.domain.records import RecordRef
from service.ports import OdooClient


@dataclass(frozen=True, slots=True)
class Creation:
    """One record: how it is found where it was made already, and how it is made."""

    find: Callable[[], RecordRef | None]
    create: Callable[[], RecordRef]


def creations_of(odoo: OdooClient, draft: Draft) -> tuple[Creation, ...]:
    """The records to make, the one that the document becomes first."""
    if isinstance(draft, BillDraft):
        return (Creation(lambda: odoo.find_bill(draft.marker), lambda: odoo.create_bill(draft)),)
    if isinstance(draft, ReturnDraft):
        return _return(odoo, draft)
    return (Creation(lambda: odoo.find_repair(draft.marker), lambda: odoo.create_repair(draft)),)


def _return(odoo: OdooClient, draft: ReturnDraft) -> tuple[Creation, ...]:
    goods = Creation(lambda: odoo.find_return(draft), lambda: odoo.create_return(draft))
    if draft.refund_of is None:
        return (goods,)
    return (goods, Creation(lambda: odoo.find_refund(draft.marker), lambda: odoo.create_refund(draft)))
