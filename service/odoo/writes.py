"""The allow-list of what may be written to Odoo. Odoo's rights can't say "drafts only", so this list does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.errors import OdooRefusedError

READ_METHODS = frozenset({"search", "search_read"})

_MOVE_TYPES = frozenset({"in_invoice", "in_refund"})
# model → method → fields; `state` is in none of them, since writing it would post the bill.
_FIELDS: dict[str, dict[str, frozenset[str]]] = {
    "account.move": {
        "create": frozenset(
            {
                "move_type",
                "partner_id",
                "ref",
                "payment_reference",
                "invoice_origin",
                "invoice_date",
                "invoice_date_due",
                "currency_id",
                "invoice_line_ids",
            }
        )
    }
}
_LINE_FIELDS = frozenset(
    {
        "name",
        "product_id",
        "product_uom_id",
        "quantity",
        "price_unit",
        "discount",
        "purchase_line_id",
        "tax_ids",
    }
)


def check_write(model: str, method: str, values: Mapping[str, Any]) -> None:
    """OdooRefusedError with the code ODOO_WRITE_FORBIDDEN unless every part of the write is on the list."""
    fields = _FIELDS.get(model, {}).get(method)
    if fields is None:
        raise _forbidden(f"{method} on {model}")
    for name in values:
        if name not in fields:
            raise _forbidden(f"the field {name} of {model}")
    if values.get("move_type") not in _MOVE_TYPES:
        raise _forbidden("an entry that is no vendor bill or vendor credit note")
    for command in values.get("invoice_line_ids", ()):
        _check_line(command)


def _check_line(command: Any) -> None:
    if not (isinstance(command, list | tuple) and len(command) == 3 and command[0] == 0):
        raise _forbidden("anything but new lines")
    for name, value in command[2].items():
        if name not in _LINE_FIELDS:
            raise _forbidden(f"the field {name} of a bill's line")
        if name == "tax_ids" and not _sets_ids(value):
            raise _forbidden("taxes other than by their ids")


def _sets_ids(commands: Any) -> bool:
    """Whether it is the one command that replaces the whole by ids: (6, 0, ids)."""
    match commands:
        case [(6, _, [*ids])]:
            return all(type(entry) is int for entry in ids)
    return False


def _forbidden(what: str) -> OdooRefusedError:
    return OdooRefusedError(f"Concord does not write {what} to Odoo.", code="ODOO_WRITE_FORBIDDEN")
