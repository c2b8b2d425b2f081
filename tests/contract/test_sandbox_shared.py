"""Against the whole reference data of Odoo 17, where it lies beside the repository: fields, records, derived values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service.demo.odoo_server.environment import Environment
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.rpc import Services
from service.demo.odoo_server.schema import load_schema
from service.demo.odoo_server.server import ServerOptions, open_services
from service.demo.odoo_server.values import TO_MANY

REFERENCE = Path(__file__).parents[3] / "shared" / "odoo17"
pytestmark = pytest.mark.skipif(not REFERENCE.is_dir(), reason="the reference data is not beside the repository")

FIELD_FILES = sorted((REFERENCE / "fields").glob("*.json"))
RECORD_FILES = sorted((REFERENCE / "demo").glob("*.json"))
RECORDED = {path.stem for path in RECORD_FILES}
# The recording left out what these are made of, or the stand-in has no use for them.
NOT_WORKED_OUT = {
    ("product.product", "lst_price"),
}
# Stored lists of ids have no order of their own; the recorded float has noise in its last digits.
SAME_BUT_FOR_FORM = {
    ("purchase.order", "picking_ids"),
    ("purchase.order", "invoice_ids"),
    ("purchase.order.line", "price_tax"),
    ("sale.order.line", "price_tax"),
}
# Written before the module that works it out was installed, and never again.
OLDER_THAN_ITS_RULE = {("purchase.order.line", "qty_received_method")}
SYSTEM_USER = {"id": 1, "login": "__system__", "partner_id": 2, "active": False, "company_id": 1, "company_ids": [1]}
EUR_RATE = {"id": 1, "name": "2026-01-01", "rate": 0.92, "currency_id": 125, "company_id": 1}


def load(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    found = {path.stem: load(path) for path in RECORD_FILES}
    found["res.users"] = [SYSTEM_USER, *found["res.users"]]
    return found | {"res.currency.rate": [EUR_RATE]}


@pytest.fixture(scope="module")
def services(rows: Any, tmp_path_factory: pytest.TempPathFactory) -> Services:
    state = tmp_path_factory.mktemp("odoo") / "odoo.sqlite"
    return open_services(ServerOptions(state, "retail", "integration", {}), lambda: rows)


@pytest.fixture
def env(services: Services) -> Environment:
    """As the system, archived records included, as the reference was recorded."""
    return Environment(services.store, services.models, 2, {"active_test": False}, services.now(), elevated=True)


@pytest.mark.parametrize("path", FIELD_FILES, ids=[path.stem for path in FIELD_FILES])
def test_fields_are_odoos(path: Path) -> None:
    own = {name: dict(field.attributes) for name, field in load_schema()[path.stem].fields.items()}
    assert own == load(path)


@pytest.mark.parametrize("path", RECORD_FILES, ids=[path.stem for path in RECORD_FILES])
def test_reads_every_record_as_recorded(path: Path, env: Environment, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    model = env.models[path.stem]
    assert isinstance(model, RemoteModel)
    recorded = [row for row in rows[path.stem] if row is not SYSTEM_USER]
    ids = [row["id"] for row in recorded]
    for start in range(0, len(ids), 100):
        page = ["id", "in", ids[start : start + 100]]
        for row in recorded[start : start + 100]:
            answer = model.remote_search_read(env, [page, ["id", "=", row["id"]]], list(row), order="id")
            assert isinstance(answer, list)
            assert with_known(env, path.stem, answer[0]) == with_known(env, path.stem, row)


def with_known(env: Environment, model: str, row: Any) -> dict[str, Any]:
    """The row without links to what was not recorded (attribute values in a product's name are such links)."""
    fields = env.models[model].spec.fields
    kept = {}
    for name, value in row.items():
        field = fields[name]
        if (model, name) in NOT_WORKED_OUT or (field.type in TO_MANY and field.relation not in RECORDED):
            continue
        if field.type in TO_MANY:
            rows = env.store.rows(field.relation)
            order_matters = (model, name) != ("res.users", "company_ids")
            known = [number for number in value if number in rows]
            kept[name] = known if order_matters else sorted(known)
        elif field.relation == "product.product" and value:
            kept[name] = [value[0], value[1].partition(" (")[0]]
        else:
            kept[name] = value
    return kept


def test_works_out_what_odoo_had_worked_out(env: Environment) -> None:
    """Bring every derived value up to date again: nothing may change."""
    models = "res.partner res.partner.bank product.product account.move stock.move stock.move.line stock.picking"
    models += " account.payment account.bank.statement.line stock.lot sale.order.line sale.order repair.order"
    before = {model: dict(env.store.rows(model)) for model in env.models}
    for model in [*models.split(), "purchase.order.line", "purchase.order"]:
        env.mark_stale((model, number) for number in before[model])
    with env.store.transaction():
        env.settle()
        changed = {
            (model, name, number): (row.get(name), value)
            for model, records in before.items()
            for number, row in records.items()
            for name, value in env.store.rows(model)[number].items()
            if row.get(name) != value and name not in ("write_date", "write_uid")
        }
        assert {model: len(env.store.rows(model)) for model in before} == {m: len(r) for m, r in before.items()}
    expected = SAME_BUT_FOR_FORM | OLDER_THAN_ITS_RULE
    assert {key: pair for key, pair in changed.items() if key[:2] not in expected} == {}
    for key, (old, new) in changed.items():
        if key[:2] in SAME_BUT_FOR_FORM:
            assert (sorted(old) == sorted(new)) if isinstance(old, list) else abs(old - new) < 1e-6
