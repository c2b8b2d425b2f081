"""Has Odoo's return wizard take goods back, and finds what it made.

The wizard leaves no room for a marker, so the return gets it by a second call. Where the process dies in between,
it is known by what it is: an unmarked return of the same delivery, made by ourselves, of just these movements.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from service.domain.drafts import ReturnDraft
from service.domain.errors import (
    OdooAmbiguousError,
    OdooRefusedError,
    OdooUnreachableError,
)
from service.domain.records import RecordKind, RecordRef
from service.odoo import drafts
from service.odoo.markers import bears, bears_any
from service.odoo.session import Row, Session
from service.odoo.values import required_id, to_id, to_number

_WIZARD = "stock.return.picking"
_ZERO = Decimal(0)


def find_return(session: Session, draft: ReturnDraft) -> RecordRef | None:
    """The return that carries the draft's marker, or that was made for it and is marked now."""
    rows = session.search_read(
        RecordKind.RECEIPT.value,
        [["return_id", "=", draft.delivery_id]],
        ["name", "origin", "state", "create_uid", "company_id"],
    )
    marked = next((row for row in rows if bears(row["origin"], draft.marker)), None)
    if marked is not None:
        return _ref(marked)
    own = session.user_id()
    unmarked = [
        row
        for row in rows
        if not bears_any(row["origin"]) and row["state"] != "cancel" and to_id(row["create_uid"]) == own
    ]
    made = next((row for row in unmarked if _moves_of(session, row) == _wanted(draft)), None)
    if made is None:
        return None
    _mark(session, draft, int(made["id"]), _delivery(session, draft))
    return _ref(made)


def create_return(session: Session, draft: ReturnDraft) -> RecordRef:
    """Make the return. Until the wizard is told to, nothing happened and another try costs nothing."""
    delivery = _delivery(session, draft)
    company = required_id(delivery["company_id"])
    try:
        wizard = _prepare(session, draft, company)
    except OdooAmbiguousError as error:
        raise OdooUnreachableError(error.message) from error
    made = _made(session.call(_WIZARD, "create_returns", [wizard], company_id=company))
    try:
        _mark(session, draft, made, delivery)
        rows = session.search_read(RecordKind.RECEIPT.value, [["id", "=", made]], ["name"])
    except (OdooUnreachableError, OdooRefusedError) as error:
        raise OdooAmbiguousError(
            f"The return was made and couldn't be marked: {error.message}",
            advice="It is looked up before it is tried again.",
        ) from error
    return _ref(rows[0])


def _delivery(session: Session, draft: ReturnDraft) -> Row:
    wanted = [["id", "=", draft.delivery_id]]
    rows = session.search_read(RecordKind.RECEIPT.value, wanted, ["name", "company_id"])
    if not rows:
        raise OdooRefusedError("The delivery to return isn't there any more.", code="ODOO_MISSING")
    return rows[0]


def _prepare(session: Session, draft: ReturnDraft, company: int) -> int:
    """The wizard over the delivery, its lines set to what comes back."""
    active = {
        "active_id": draft.delivery_id,
        "active_ids": [draft.delivery_id],
        "active_model": RecordKind.RECEIPT.value,
    }
    wizard = session.create(_WIZARD, {"picking_id": draft.delivery_id}, company_id=company, context=active)
    of_it = [["wizard_id", "=", wizard]]
    lines = session.search_read(f"{_WIZARD}.line", of_it, ["move_id"])
    wanted = {line.movement_id: line for line in draft.lines}
    if not wanted.keys() <= {to_id(line["move_id"]) for line in lines}:
        raise OdooRefusedError("The delivery hasn't all the movements that are to be returned.", code="ODOO_MISSING")
    for line in lines:
        ours = wanted.get(to_id(line["move_id"]) or 0)
        values: dict[str, Any] = {"quantity": float(ours.quantity) if ours else 0.0}
        if session.has_field(f"{_WIZARD}.line", "to_refund"):
            values["to_refund"] = bool(ours and ours.to_refund)
        session.write(f"{_WIZARD}.line", [int(line["id"])], values, company_id=company)
    return wizard


def _made(action: Any) -> int:
    """The return's id in the action that the wizard answers."""
    number = action.get("res_id") if isinstance(action, Mapping) else None
    if not isinstance(number, int):
        raise OdooAmbiguousError("Odoo's wizard didn't say which return it made.")
    return number


def _mark(session: Session, draft: ReturnDraft, return_id: int, delivery: Row) -> None:
    values = drafts.return_values(draft, str(delivery["name"]))
    company = required_id(delivery["company_id"])
    session.write(RecordKind.RECEIPT.value, [return_id], values, company_id=company)


def _moves_of(session: Session, picking: Row) -> dict[int, Decimal]:
    rows = session.search_read(
        "stock.move", [["picking_id", "=", picking["id"]]], ["origin_returned_move_id", "product_qty"]
    )
    return _summed((to_id(row["origin_returned_move_id"]) or 0, to_number(row["product_qty"])) for row in rows)


def _wanted(draft: ReturnDraft) -> dict[int, Decimal]:
    return _summed((line.movement_id, line.quantity) for line in draft.lines)


def _summed(pairs: Iterable[tuple[int, Decimal]]) -> dict[int, Decimal]:
    sums: defaultdict[int, Decimal] = defaultdict(Decimal)
    for number, quantity in pairs:
        sums[number] += quantity
    return {number: quantity for number, quantity in sums.items() if quantity != _ZERO}


def _ref(row: Row) -> RecordRef:
    return RecordRef(RecordKind.RECEIPT.value, int(row["id"]), str(row["name"] or row["id"]))
