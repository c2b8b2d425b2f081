"""People and companies: partners, their bank accounts, users."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import ClassVar

from service.demo.odoo_server import access
from service.demo.odoo_server.credentials import set_password
from service.demo.odoo_server.environment import Environment, Record
from service.demo.odoo_server.errors import ValidationError
from service.demo.odoo_server.filters import matching
from service.demo.odoo_server.model import Compute
from service.demo.odoo_server.models.messages import ThreadModel
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.values import JsonValue, Row, ids_of

_ADDRESS_TYPES = {"invoice": "Invoice Address", "delivery": "Delivery Address", "other": "Other Address"}
# A person's tax number is the company's: Odoo copies it down.
_COMMERCIAL = ("vat", "company_registry")


class Partner(ThreadModel):
    """Vendors, customers and their contacts."""

    initial: ClassVar[Mapping[str, JsonValue]] = {
        "type": "contact",
        "lang": "en_US",
        "is_company": False,
        "employee": False,
        "customer_rank": 0,
        "supplier_rank": 0,
        "color": 0,
        "invoice_warn": "no-message",
        "picking_warn": "no-message",
        "purchase_warn": "no-message",
        "sale_warn": "no-message",
        "partner_share": True,
    }
    narrowed: ClassVar = {"child_ids": lambda child: child.flag("active"), "invoice_ids": lambda _move: True}
    computed: ClassVar[Mapping[str, Compute]] = {
        "property_account_payable_id": lambda partner: _account(partner, "liability_payable"),
        "property_account_receivable_id": lambda partner: _account(partner, "asset_receivable"),
        "property_stock_supplier": lambda partner: _location(partner, "supplier"),
        "property_stock_customer": lambda partner: _location(partner, "customer"),
        "same_vat_partner_id": lambda partner: _same_vat(partner),
        "supplier_invoice_count": lambda partner: len(_bills(partner)),
        "purchase_order_count": lambda partner: len(partner.env.pointing("purchase.order", "partner_id", partner.id)),
        "company_type": lambda partner: "company" if partner.flag("is_company") else "person",
        "contact_address": lambda partner: _address(partner),
    }

    def display_name(self, record: Record) -> str:
        """A contact carries its company's name before its own."""
        name = record.text("complete_name") or _complete_name(record)
        vat = record.text("vat")
        return f"{name} ‒ {vat}" if record.env.context.get("show_vat") and vat else name

    def after_create(self, record: Record, _values: Row) -> None:
        """A partner needs a name; only a contact's address may do without."""
        if not record.text("name") and record.text("type") == "contact":
            raise ValidationError("The operation cannot be completed: Contacts require a name")

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Contacts follow their company."""
        if {"name", "vat", "parent_id", "is_company", "type", "company_registry"}.isdisjoint(changed):
            return
        yield self.name, record.id
        for child in record.env.store.pointing(self.name, "parent_id", record.id):
            yield self.name, child

    def refresh(self, record: Record) -> None:
        """Names and the company that stands behind a contact."""
        parent = record.one("parent_id")
        company = record if record.flag("is_company") or parent is None else _commercial(parent)
        email = record.text("email").strip().lower()
        shared: Row = {} if company == record else {name: company.row.get(name) for name in _COMMERCIAL}
        record.set(
            complete_name=_complete_name(record),
            commercial_partner_id=company.id,
            commercial_company_name=company.text("name")
            if company.flag("is_company")
            else record.row.get("company_name"),
            email_normalized=email or None,
            **shared,
        )


def _commercial(partner: Record) -> Record:
    parent = partner.one("parent_id")
    return partner if partner.flag("is_company") or parent is None else _commercial(parent)


def _complete_name(partner: Record) -> str:
    name, parent = partner.text("name"), partner.one("parent_id")
    name = name or _ADDRESS_TYPES.get(partner.text("type"), "")
    company = parent.text("name") if parent else partner.text("company_name")
    return f"{company}, {name}" if company and not partner.flag("is_company") else name


def _account(partner: Record, kind: str) -> JsonValue:
    """The company's account for such debts; the one that cash desks use is not it."""
    desk = partner.env.company.value("account_default_pos_receivable_account_id")
    every = partner.env.all("account.account")
    accounts = [account for account in every if account.text("account_type") == kind and account.id != desk]
    usable = [account for account in accounts if not account.flag("deprecated") and not account.flag("non_trade")]
    return min(usable, key=lambda account: account.text("code")).id if usable else None


def _location(partner: Record, usage: str) -> JsonValue:
    places = [place for place in partner.env.all("stock.location") if place.text("usage") == usage]
    return places[0].id if places else None


def _same_vat(partner: Record) -> JsonValue:
    vat = partner.text("vat")
    family = {partner.id, partner.value("commercial_partner_id")}
    others = matching(partner.env, "res.partner", [["vat", "=", vat], ["parent_id", "=", False]]) if vat else []
    return next((number for number in others if number not in family), None)


def _bills(partner: Record) -> list[Record]:
    moves = partner.env.pointing("account.move", "commercial_partner_id", partner.id)
    return [move for move in moves if move.text("move_type") in ("in_invoice", "in_refund")]


def _address(partner: Record) -> str:
    country = partner.one("country_id")
    town = " ".join(part for part in (partner.text("zip"), partner.text("city")) if part)
    lines = (partner.text("street"), partner.text("street2"), town, country.display_name if country else "")
    return "\n".join(line for line in lines if line)


class BankAccount(ThreadModel):
    """A partner's bank accounts."""

    initial: ClassVar[Mapping[str, JsonValue]] = {"sequence": 10, "allow_out_payment": False}
    computed: ClassVar[Mapping[str, Compute]] = {
        "acc_type": lambda account: (
            "iban" if re.match("[A-Z]{2}\\d{2}", account.text("sanitized_acc_number")) else "bank"
        )
    }

    def dependents(self, record: Record, _before: Row, changed: Collection[str]) -> Iterable[tuple[str, int]]:
        """Its own plain number."""
        return [(self.name, record.id)] if "acc_number" in changed else []

    def refresh(self, record: Record) -> None:
        """The number without anything but letters and digits."""
        partner = record.one("partner_id")
        record.set(
            sanitized_acc_number=re.sub(r"\W+", "", record.text("acc_number")).upper() or None,
            acc_holder_name=record.text("acc_holder_name") or (partner.text("name") if partner else None),
        )


class Bank(RemoteModel):
    """Banks are called by name and BIC."""

    def display_name(self, record: Record) -> str:
        """Name - BIC."""
        bic = record.text("bic")
        return record.text("name") + (f" - {bic}" if bic else "")


class User(ThreadModel):
    """People who sign in. Their name and e-mail address are their partner's."""

    delegates: ClassVar[Mapping[str, str]] = {"partner_id": "res.partner"}
    initial: ClassVar[Mapping[str, JsonValue]] = {"share": False, "notification_type": "email"}

    def display_name(self, record: Record) -> str:
        """The partner's name."""
        return record.text("name")

    def value(self, record: Record, name: str) -> JsonValue:
        """Groups are kept by their keys."""
        if name == "groups_id":
            own = access.groups_of(record)
            return [group.id for group in record.env.all("res.groups") if group.row.get("key") in own]
        return super().value(record, name)

    def defaults(self, env: Environment, _values: Row) -> Row:
        """A new user works in the creator's company."""
        return {"company_id": env.company.id, "company_ids": [[6, 0, [env.company.id]]]}

    def after_create(self, record: Record, values: Row) -> None:
        """Password and groups aren't columns."""
        record.set(groups=["base.group_user"])
        self.after_write(record, values)

    def after_write(self, record: Record, values: Row) -> None:
        """Password and groups aren't columns."""
        if isinstance(values.get("password"), str):
            set_password(record, str(values["password"]))
        if isinstance(values.get("groups_id"), list):
            record.set(groups=_group_keys(record, values["groups_id"]))

    def _is_plain(self, name: str) -> bool:
        return super()._is_plain(name) and name not in ("password", "new_password", "groups_id")

    def remote_context_get(self, env: Environment) -> JsonValue:
        """The context that a client of this user should send."""
        partner = env.user.one("partner_id")
        lang = partner.text("lang") if partner else ""
        return {"lang": lang or "en_US", "tz": (partner.text("tz") if partner else "") or False, "uid": env.user_id}

    def remote_has_group(self, env: Environment, group_ext_id: str) -> JsonValue:
        """Whether the caller is in the group."""
        return access.has_group(env, group_ext_id)


def _group_keys(user: Record, commands: JsonValue) -> JsonValue:
    rows = user.env.store.rows("res.groups")
    kept = user.row.get("groups")
    keys = [str(key) for key in kept] if isinstance(kept, list) else []
    for command in commands if isinstance(commands, list) else []:
        code = command[0] if isinstance(command, list) else 4
        numbers = ids_of(command[-1]) if isinstance(command, list) else ids_of(command)
        named = [str(rows[number]["key"]) for number in numbers if number in rows]
        if code in (5, 6):
            keys = []
        keys = [key for key in keys if key not in named] if code in (2, 3) else [*keys, *named]
    return list[JsonValue](dict.fromkeys(keys))


class Company(ThreadModel):
    """Companies; address and tax number are their partner's."""

    narrowed: ClassVar = {"bank_journal_ids": lambda journal: journal.text("type") == "bank"}

    def value(self, record: Record, name: str) -> JsonValue:
        """The address is the partner's."""
        if name in ("street", "street2", "zip", "city", "country_id", "state_id"):
            partner = record.one("partner_id")
            return partner.value(name) if partner else None
        return super().value(record, name)


class State(RemoteModel):
    """Called by name and country."""

    def display_name(self, record: Record) -> str:
        """Name (country code)."""
        country = record.one("country_id")
        return f"{record.text('name')} ({country.text('code')})" if country else record.text("name")


class Parameters(RemoteModel):
    """System parameters."""

    def remote_get_param(self, env: Environment, key: str, default: JsonValue = False) -> JsonValue:
        """A parameter's value. AccessError for ordinary users."""
        access.check_model(env, self.name, "r")
        return next((item.text("value") for item in env.all(self.name) if item.text("key") == key), default)


__all__: Sequence[str] = ("Bank", "BankAccount", "Company", "Parameters", "Partner", "State", "User")
