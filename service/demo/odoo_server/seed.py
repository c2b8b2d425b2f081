"""Fills an empty database with the given rows, and with the people that every Odoo has."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence

from service.demo.odoo_server import access
from service.demo.odoo_server.environment import Environment
from service.demo.odoo_server.schema import FieldSpec
from service.demo.odoo_server.values import JsonValue, Row, client_to_row, comparable_datetime, ids_of

SYSTEM_USER_ID, ADMIN_USER_ID, INTEGRATION_USER_ID = 1, 2, 3
ADMIN_LOGIN = "admin"
# The database keeps microseconds that clients never see, so that no time they were shown finds its own record.
_HIDDEN_FRACTION = ".400000"


def load_rows(env: Environment, rows: Mapping[str, Sequence[Mapping[str, JsonValue]]]) -> None:
    """Store rows as they are. A many2one may be an id or [id, name]; what has no column is ignored, and a record
    that is only named by others is made with its name.
    """
    for model, records in rows.items():
        fields = env.models[model].spec.fields
        for record in records:
            number = record["id"]
            if isinstance(number, int):
                stored = {k: _stored(model, fields[k], v) for k, v in record.items() if _is_kept(fields.get(k))}
                env.store.put(model, number, stored)
    _name_the_rest(env, rows)


def _is_kept(field: FieldSpec | None) -> bool:
    return field is not None and field.in_row and field.name != "id"


def _stored(model: str, field: FieldSpec, value: JsonValue) -> JsonValue:
    if field.type == "many2many":
        return list[JsonValue](ids_of(value))
    if field.type == "datetime" and isinstance(value, str):
        fraction = _HIDDEN_FRACTION if field.name in ("create_date", "write_date") else ""
        return comparable_datetime(value + fraction)
    return client_to_row(model, field, value)


def _name_the_rest(env: Environment, rows: Mapping[str, Sequence[Mapping[str, JsonValue]]]) -> None:
    for model, records in rows.items():
        links = {name: field for name, field in env.models[model].spec.fields.items() if field.type == "many2one"}
        for record in records:
            for name in links.keys() & record.keys():
                _name_one(env, links[name].relation, record[name])


def _name_one(env: Environment, model: str, link: JsonValue) -> None:
    if isinstance(link, list) and isinstance(link[0], int) and env.store.get(model, link[0]) is None:
        rec_name = env.models[model].spec.rec_name
        row: Row = {"active": True} if "active" in env.models[model].spec.fields else {}
        env.store.put(model, link[0], row | ({rec_name: link[1]} if rec_name else {}))


def mark_installation(env: Environment) -> None:
    """What tells this database from every other one: its own id, and when its currencies and units were made."""
    env.store.put("ir.config_parameter", 1, {"key": "database.uuid", "value": str(uuid.uuid4())})
    for model in ("res.currency", "uom.uom"):
        for number, row in list(env.store.rows(model).items()):
            env.store.put(model, number, row | {"create_date": env.timestamp})


def load_people(env: Environment, integration_login: str) -> None:
    """The system's own user, an administrator, and the user that our service works as."""
    people: Sequence[tuple[int, str, str, tuple[str, ...]]] = (
        (SYSTEM_USER_ID, "__system__", "OdooBot", access.ADMINISTRATOR),
        (ADMIN_USER_ID, ADMIN_LOGIN, "Administrator", access.ADMINISTRATOR),
        (INTEGRATION_USER_ID, integration_login, "Concord", (access.DRAFT_BILLS,)),
    )
    for number, login, name, groups in people:
        put_user(env, number, login, name, ("base.group_user", *groups))
    system = env.store.get("res.users", SYSTEM_USER_ID) or {}
    env.store.put("res.users", SYSTEM_USER_ID, system | {"active": False})


def put_user(env: Environment, number: int, login: str, name: str, groups: Sequence[str]) -> None:
    """A user of all companies with a partner of their own."""
    companies = list[JsonValue](sorted(env.store.rows("res.company")))
    email = f"{login.strip('_')}@example.com"
    partner = env.store.next_number("res.partner")
    person: Row = {"name": name, "complete_name": name, "email": email, "email_normalized": email, "type": "contact"}
    person |= {"commercial_partner_id": partner, "lang": "en_US", "tz": "Europe/Berlin", "is_company": False}
    stamps: Row = {f"{verb}_{what}": value for verb in ("create", "write") for what, value in _stamp(env).items()}
    env.store.put("res.partner", partner, person | {"active": True} | stamps)
    user: Row = {"login": login, "partner_id": partner, "company_id": companies[0], "company_ids": companies}
    user |= {"groups": list[JsonValue](groups), "share": False, "notification_type": "email", "active": True}
    env.store.put("res.users", number, user | stamps)


def _stamp(env: Environment) -> Row:
    return {"date": env.timestamp, "uid": SYSTEM_USER_ID}
