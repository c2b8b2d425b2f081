"""What every Odoo has before any business, made where the rows that were loaded brought none of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.values import JsonValue, Row

_SUBTYPES = {1: "Discussions", 2: "Note", 3: "Activities"}
_ACTIVITY_TYPES = ("Email", "Call", "Meeting", "To-Do", "Upload Document", "Exception")
_PLACES = (("Customers", "customer"), ("Production", "production"), ("Scrap", "inventory"))


def load_foundation(env: Environment) -> None:
    """Groups, kinds of messages and activities, models; places, kinds of transfers and accounts of each company."""
    for number, (key, name) in enumerate(access.all_groups().items(), start=1):
        env.store.put("res.groups", number, {"name": name.rpartition("/")[2], "full_name": name, "key": key})
    for number, name in _SUBTYPES.items():
        env.store.put("mail.message.subtype", number, {"name": name})
    if not env.store.rows("mail.activity.type"):
        for name in _ACTIVITY_TYPES:
            _put(env, "mail.activity.type", {"name": name, "category": "default", "active": True, "sequence": 10})
    _name_models(env)
    for company in env.all("res.company"):
        if any(place.value("company_id") == company.id for place in env.all("stock.location")):
            _complete_warehouse(env, company)
        if any(journal.value("company_id") == company.id for journal in env.all("account.journal")):
            _complete_accounts(env, company)


def _put(env: Environment, model: str, row: Row) -> Record:
    number = env.store.next_number(model)
    stamps: Row = {f"{verb}_date": env.timestamp for verb in ("create", "write")}
    env.store.put(model, number, {**row, **stamps, "create_uid": env.user_id, "write_uid": env.user_id})
    return env.record(model, number)


def _name_models(env: Environment) -> None:
    """Every model under an id; rows may have brought some by their description."""
    known = {str(row.get("name")): number for number, row in env.store.rows("ir.model").items()}
    for name, model in env.models.items():
        number = known.pop(model.spec.description, None)
        if number is None:
            _put(env, "ir.model", {"name": model.spec.description, "model": name})
        else:
            env.store.put("ir.model", number, {"name": model.spec.description, "model": name})


def _first(env: Environment, model: str, fits: Callable[[Record], bool]) -> Record | None:
    return next((record for record in env.all(model) if fits(record)), None)


def _of_company(record: Record, company: Record) -> bool:
    return record.value("company_id") in (None, company.id)


def _complete_warehouse(env: Environment, company: Record) -> None:
    stock = _first(
        env, "stock.location", lambda place: place.text("usage") == "internal" and _of_company(place, company)
    )
    if stock is None:
        return
    places = {usage: _place(env, name, usage) for name, usage in _PLACES}
    house = _warehouse(env, company, stock)
    to_us: Row = {"default_location_src_id": places["customer"], "default_location_dest_id": stock.id}
    out: Row = {"default_location_src_id": stock.id, "default_location_dest_id": places["customer"]}
    repair: Row = {
        "default_location_src_id": stock.id,
        "default_location_dest_id": places["production"],
        "default_remove_location_dest_id": places["inventory"],
        "default_recycle_location_dest_id": stock.id,
    }
    incoming = _kind(env, company, house, ("Receipts", "incoming", "IN"), to_us)
    outgoing = _kind(env, company, house, ("Delivery Orders", "outgoing", "OUT"), out)
    _kind(env, company, house, ("Repairs", "repair_operation", "RO"), repair)
    for kind, back in ((incoming, outgoing), (outgoing, incoming)):
        if kind.value("return_picking_type_id") is None:
            _amend(kind, {"return_picking_type_id": back.id})


def _amend(record: Record, row: Row) -> None:
    record.env.store.put(record.model, record.id, {**record.row, **row})


def _place(env: Environment, name: str, usage: str) -> JsonValue:
    found = _first(env, "stock.location", lambda place: place.text("usage") == usage)
    above = "Partners" if usage == "customer" else "Virtual Locations"
    row: Row = {"name": name, "usage": usage, "complete_name": f"{above}/{name}", "active": True}
    return (found or _put(env, "stock.location", row)).id


def _warehouse(env: Environment, company: Record, stock: Record) -> Record:
    found = _first(env, "stock.warehouse", lambda house: _of_company(house, company))
    code = stock.text("complete_name").partition("/")[0] or "WH"
    row: Row = {"name": company.text("name"), "code": code, "company_id": company.id, "lot_stock_id": stock.id}
    return found or _put(env, "stock.warehouse", {**row, "sequence": 10, "active": True})


def _kind(env: Environment, company: Record, house: Record, words: tuple[str, str, str], places: Row) -> Record:
    name, code, short = words
    found = _first(env, "stock.picking.type", lambda kind: kind.text("code") == code and _of_company(kind, company))
    row: Row = {
        "name": name,
        "code": code,
        "sequence_code": short,
        "company_id": company.id,
        "warehouse_id": house.id,
        "create_backorder": "ask",
        "reservation_method": "at_confirm",
        "use_create_lots": code == "incoming",
        "use_existing_lots": code != "incoming",
        "active": True,
        "sequence": 10,
        **places,
    }
    return found or _put(env, "stock.picking.type", row)


def _complete_accounts(env: Environment, company: Record) -> None:
    """Accounts where money waits between a payment, the bank's line and the bank."""
    waiting: Sequence[tuple[str, str, bool]] = (
        ("account_journal_payment_debit_account_id", "Outstanding Receipts", True),
        ("account_journal_payment_credit_account_id", "Outstanding Payments", True),
        ("account_journal_suspense_account_id", "Bank Suspense Account", False),
    )
    for number, (name, text, matched) in enumerate(waiting):
        if company.value(name) is None:
            found = _first(env, "account.account", lambda account, text=text: account.text("name") == text)  # type: ignore[misc]
            row: Row = {
                "code": f"10140{number + 2}",
                "name": text,
                "account_type": "asset_current",
                "internal_group": "asset",
                "company_id": company.id,
                "reconcile": matched,
                "deprecated": False,
            }
            _amend(company, {name: (found or _put(env, "account.account", row)).id})
    suspense = company.value("account_journal_suspense_account_id")
    for journal in env.all("account.journal"):
        of_bank = journal.text("type") in ("bank", "cash") and journal.value("company_id") == company.id
        if of_bank and journal.value("suspense_account_id") is None:
            _amend(journal, {"suspense_account_id": suspense, "payment_sequence": True})
