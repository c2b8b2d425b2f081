"""The allow-list of what may be written to Odoo. Odoo's rights can't say "drafts only", so this list does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.domain.errors import OdooRefusedError

READ_METHODS = frozenset({"search", "search_read", "fields_get"})


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# (model, method) → fields. `state` is in none of them, since writing it would post the bill; no method of a record
# that confirms, posts or pays is here either.
_FIELDS: dict[tuple[str, str], frozenset[str]] = {
    ("account.move", "create"): _names(
        "move_type partner_id ref payment_reference invoice_origin invoice_date invoice_date_due currency_id "
        "reversed_entry_id invoice_line_ids"
    ),
    ("stock.return.picking", "create"): _names("picking_id"),
    ("stock.return.picking.line", "write"): _names("quantity to_refund"),
    ("stock.return.picking", "create_returns"): frozenset(),
    ("stock.picking", "write"): _names("origin note"),
    ("repair.order", "create"): _names(
        "picking_type_id company_id partner_id product_id lot_id sale_order_id under_warranty internal_notes"
    ),
}
_LINE_FIELDS = _names("name product_id product_uom_id quantity price_unit discount tax_ids")
# Vendor bills and their credit notes hang on purchases; of a customer's documents only credit notes are written.
_LINK_OF_TYPE = {"in_invoice": "purchase_line_id", "in_refund": "purchase_line_id", "out_refund": "sale_line_ids"}
_BY_IDS = frozenset({"tax_ids", "sale_line_ids"})


def check_write(model: str, method: str, values: Mapping[str, Any]) -> None:
    """OdooRefusedError with the code ODOO_WRITE_FORBIDDEN unless every part of the write is on the list."""
    fields = _FIELDS.get((model, method))
    if fields is None:
        raise _forbidden(f"{method} on {model}")
    for name in values:
        if name not in fields:
            raise _forbidden(f"the field {name} of {model}")
    if model == "account.move":
        _check_bill(values)


def _check_bill(values: Mapping[str, Any]) -> None:
    link = _LINK_OF_TYPE.get(str(values.get("move_type")))
    if link is None:
        raise _forbidden("an entry that is no vendor bill or credit note")
    if link == "sale_line_ids" and not values.get("reversed_entry_id"):
        raise _forbidden("a customer's credit note without its invoice")
    for command in values.get("invoice_line_ids", ()):
        _check_line(command, _LINE_FIELDS | {link})


def _check_line(command: Any, fields: frozenset[str]) -> None:
    if not (isinstance(command, list | tuple) and len(command) == 3 and command[0] == 0):
        raise _forbidden("anything but new lines")
    for name, value in command[2].items():
        if name not in fields:
            raise _forbidden(f"the field {name} of a bill's line")
        if name in _BY_IDS and not _sets_ids(value):
            raise _forbidden("links of a line other than by their ids")


def _sets_ids(commands: Any) -> bool:
    """Whether it is the one command that replaces the whole by ids: (6, 0, ids)."""
    match commands:
        case [(6, _, [*ids])]:
            return all(type(entry) is int for entry in ids)
    return False


def _forbidden(what: str) -> OdooRefusedError:
    return OdooRefusedError(f"Concord does not write {what} to Odoo.", code="ODOO_WRITE_FORBIDDEN")
