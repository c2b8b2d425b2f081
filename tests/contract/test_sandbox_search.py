"""Domains, orders, groups and formats of the stand-in are Odoo's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.demo.odoo_server.domain import Both, Either, Leaf, Not, parse_domain
from service.demo.odoo_server.environment import Environment
from service.demo.odoo_server.registry import build_models
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.seed import load_rows
from service.demo.odoo_server.store import Store

ROWS: dict[str, list[dict[str, Any]]] = {
    "res.company": [{"id": 1, "name": "Own", "currency_id": [1, "EUR"], "active": True, "sequence": 0}],
    "res.country": [{"id": 1, "name": "Germany", "code": "DE"}, {"id": 2, "name": "Austria", "code": "AT"}],
    "res.partner": [
        {
            "id": 1,
            "name": "Alpha",
            "complete_name": "Alpha",
            "vat": "DE1",
            "country_id": 1,
            "active": True,
            "ref": "50%",
        },
        {"id": 2, "name": "Beta", "complete_name": "Beta", "country_id": 2, "active": True, "is_company": True},
        {"id": 3, "name": "Ann", "complete_name": "Alpha, Ann", "parent_id": 1, "active": True, "ref": "50 a"},
        {"id": 4, "name": "Old", "complete_name": "Old", "vat": "AT9", "active": False, "ref": "old_1"},
    ],
    "account.tax": [
        {"id": 1, "name": "19%", "amount": 19.0, "active": True, "sequence": 1},
        {"id": 2, "name": "7%", "amount": 7.0, "active": True, "sequence": 1},
    ],
    "purchase.order": [
        {
            "id": 1,
            "name": "P1",
            "partner_id": 1,
            "state": "draft",
            "date_order": "2026-03-01 12:00:00",
            "amount_total": 5,
        },
        {"id": 2, "name": "P2", "partner_id": 2, "state": "purchase", "date_order": "2026-03-31 23:30:00"},
        {"id": 3, "name": "P3", "partner_id": 3, "state": "purchase", "date_order": "2026-04-01 00:00:00"},
    ],
    "purchase.order.line": [
        {"id": 1, "name": "a", "order_id": 1, "sequence": 10, "taxes_id": [1]},
        {"id": 2, "name": "b", "order_id": 3, "sequence": 5, "taxes_id": [1, 2]},
        {"id": 3, "name": "c", "order_id": 3, "sequence": 1, "taxes_id": []},
    ],
}
for written, order in enumerate(ROWS["purchase.order"]):
    order.update(
        amount_total=float(10 * written + 5), write_date=f"2026-05-01 10:00:0{written}", company_id=1, priority="0"
    )


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    store = Store(tmp_path_factory.mktemp("odoo") / "odoo.sqlite")
    now = datetime(2026, 5, 2, tzinfo=UTC)
    seeded = Environment(store, build_models(), 1, {"allowed_company_ids": [1]}, now, elevated=True)
    with store.transaction():
        load_rows(seeded, ROWS)
    yield seeded
    store.close()


def found(env: Environment, model: str, *domain: Any, **options: Any) -> Any:
    target = env.models[model]
    assert isinstance(target, RemoteModel)
    return target.remote_search(env, list(domain), **{"order": "id", **options})


PARTNER_CASES: list[tuple[list[Any], list[int]]] = [
    ([["vat", "=", "DE1"]], [1]),
    ([["vat", "!=", "DE1"]], [2, 3]),
    ([["vat", "=", False]], [2, 3]),
    ([["vat", "!=", False]], [1]),
    ([["vat", "in", ["DE1", False]]], [1, 2, 3]),
    ([["vat", "not in", ["DE1"]]], [2, 3]),
    ([["vat", "not in", ["DE2", False]]], [1]),
    ([["vat", "in", []]], []),
    ([["vat", "not in", []]], [1, 2, 3]),
    ([["name", "like", "al"]], []),
    ([["name", "ilike", "al"]], [1]),
    ([["name", "not ilike", "a"]], []),
    ([["ref", "not ilike", "%a"]], [1, 2]),
    ([["name", "=like", "A%"]], [1, 3]),
    ([["name", "=like", "A_n"]], [3]),
    ([["name", "=ilike", "aNN"]], [3]),
    ([["ref", "like", "50\\%"]], [1]),
    ([["name", ">", "Ann"]], [2]),
    ([["name", "<=", "Ann"]], [1, 3]),
    ([["is_company", "=", False]], [1, 3]),
    ([["is_company", "!=", False]], [2]),
    ([["is_company", "in", [True]]], [2]),
    ([["country_id", "=", 1]], [1]),
    ([["country_id", "!=", 1]], [2, 3]),
    ([["country_id", "=", "Germany"]], [1]),
    ([["country_id", "ilike", "aus"]], [2]),
    ([["country_id", "=", False]], [3]),
    ([["country_id", "in", [1, False]]], [1, 3]),
    ([["country_id.code", "=", "AT"]], [2]),
    ([["country_code", "=", "AT"]], [2]),
    ([["parent_id.country_id.code", "=", "DE"]], [3]),
    ([["id", "child_of", 1]], [1, 3]),
    ([["id", "child_of", "Alpha"]], [1, 3]),
    ([["id", "parent_of", 3]], [1, 3]),
    ([["child_ids", "!=", False]], [1]),
    ([["child_ids", "=", False]], [2, 3]),
    ([["child_ids.name", "=", "Ann"]], [1]),
    ([["active", "=", False]], [4]),
    ([["active", "in", [True, False]]], [1, 2, 3, 4]),
    (["|", ["name", "=", "Beta"], ["name", "=", "Ann"]], [2, 3]),
    (["!", ["name", "=", "Beta"]], [1, 3]),
    (["!", "|", ["name", "=", "Beta"], ["name", "=", "Ann"]], [1]),
    ([["name", "=", "Beta"], "|", ["id", "=", 2], ["id", "=", 3]], [2]),
    ([["vat", "=?", False]], [1, 2, 3]),
    ([["vat", "=?", "DE1"]], [1]),
    ([["vat", "<>", "DE1"]], [2, 3]),
    ([[1, "=", 1]], [1, 2, 3]),
    ([[0, "=", 1]], []),
    ([["same_vat_partner_id", "=", 7]], [1, 2, 3]),  # without a column or a search of its own: no condition
]


@pytest.mark.parametrize(("domain", "expected"), PARTNER_CASES, ids=[str(case[0]) for case in PARTNER_CASES])
def test_partners_by_domain(env: Environment, domain: list[Any], expected: list[int]) -> None:
    assert found(env, "res.partner", *domain) == expected


def test_archived_records_come_when_asked_for(env: Environment) -> None:
    assert found(env.with_context(active_test=False), "res.partner", ["vat", "!=", False]) == [1, 4]


ORDER_CASES: list[tuple[list[Any], list[int]]] = [
    ([["partner_id", "child_of", 1]], [1, 3]),
    ([["order_line.taxes_id", "=", 2]], [3]),
    ([["order_line", "=", False]], [2]),
    ([["order_line", "in", [1, 2]]], [1, 3]),
    ([["order_line", "not in", [1]]], [2, 3]),
    ([["partner_id.vat", "=", "DE1"]], [1]),
    ([["date_order", "<=", "2026-03-31"]], [1, 2]),
    ([["date_order", ">", "2026-03-31"]], [3]),
    ([["date_order", ">=", "2026-03-31"]], [2, 3]),
    ([["date_order", "=", "2026-04-01 00:00:00"]], [3]),
    ([["date_order", ">=", "2026-04-01T00:00:00Z"]], [3]),
    ([["write_date", "=", "2026-05-01 10:00:01"]], []),
    ([["write_date", ">", "2026-05-01 10:00:01"]], [2, 3]),
    ([["write_date", ">=", "2026-05-01 10:00:01.5"]], [3]),
    ([["amount_total", ">=", 15]], [2, 3]),
    ([["amount_total", "like", "5."]], [1, 2, 3]),
    ([["state", "in", ["purchase", "done"]]], [2, 3]),
]


@pytest.mark.parametrize(("domain", "expected"), ORDER_CASES, ids=[str(case[0]) for case in ORDER_CASES])
def test_orders_by_domain(env: Environment, domain: list[Any], expected: list[int]) -> None:
    assert found(env, "purchase.order", *domain) == expected


def test_many2many_membership(env: Environment) -> None:
    lines = "purchase.order.line"
    assert found(env, lines, ["taxes_id", "in", [1]]) == [1, 2]
    assert found(env, lines, ["taxes_id", "not in", [2]]) == [1, 3]
    assert found(env, lines, ["taxes_id", "=", False]) == [3]
    assert found(env, lines, ["taxes_id.amount", "<", 10]) == [2]
    assert found(env, lines, ["taxes_id", "ilike", "7"]) == [2]


def test_orders_and_pages(env: Environment) -> None:
    assert found(env, "purchase.order", order=None) == [3, 2, 1]  # priority desc, id desc
    assert found(env, "purchase.order", order="state desc, id") == [2, 3, 1]
    assert found(env, "purchase.order", order="partner_id") == [1, 3, 2]  # by the partners' names
    assert found(env, "res.partner", order="vat, id desc") == [1, 3, 2]  # empty last
    assert found(env, "res.partner", order="vat desc, id") == [2, 3, 1]  # empty first
    assert found(env, "purchase.order", order="id", limit=1, offset=1) == [2]
    assert found(env, "purchase.order.line", order=None) == [3, 2, 1]  # through the order's own order


@pytest.mark.parametrize(
    ("domain", "message"),
    [
        ([["nofield", "=", 1]], "Invalid field res.partner.nofield in leaf ('nofield', '=', 1)"),
        ([["name", "~", 1]], "Invalid leaf ('name', '~', 1)"),
        (["&", ["name", "=", 1]], "Domain ['&', ['name', '=', 1]] is syntactically not correct."),
        (["name"], "Invalid leaf name"),
        ([["date", "=", "31/12/2026"]], "time data '31/12/2026' does not match format '%Y-%m-%d'"),
    ],
)
def test_bad_domains(env: Environment, domain: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        found(env, "res.partner", *domain)


def test_read_formats(env: Environment) -> None:
    model = env.models["purchase.order"]
    assert isinstance(model, RemoteModel)
    fields = ["partner_id", "date_order", "write_date", "partner_ref", "order_line", "invoice_count", "amount_total"]
    assert model.remote_read(env, [3, 77, 1], fields) == [
        {
            "id": 3,
            "partner_id": [3, "Alpha, Ann"],
            "date_order": "2026-04-01 00:00:00",
            "write_date": "2026-05-01 10:00:02",
            "partner_ref": False,
            "order_line": [3, 2],
            "invoice_count": 0,
            "amount_total": 25.0,
        },
        {
            "id": 1,
            "partner_id": [1, "Alpha"],
            "date_order": "2026-03-01 12:00:00",
            "write_date": "2026-05-01 10:00:00",
            "partner_ref": False,
            "order_line": [1],
            "invoice_count": 0,
            "amount_total": 5.0,
        },
    ]
    assert model.remote_read(env, [3], ["partner_id"], load="") == [{"id": 3, "partner_id": 3}]


def test_groups(env: Environment) -> None:
    model = env.models["purchase.order"]
    assert isinstance(model, RemoteModel)
    assert model.remote_read_group(env, [], ["amount_total"], ["state"]) == [
        {"state": "draft", "state_count": 1, "amount_total": 5.0, "__domain": [["state", "=", "draft"]]},
        {"state": "purchase", "state_count": 2, "amount_total": 40.0, "__domain": [["state", "=", "purchase"]]},
    ]
    months = model.remote_read_group(env, [], ["top:max(amount_total)"], "date_order:month")
    assert isinstance(months, list)
    assert [(row["date_order:month"], row["top"]) for row in months if isinstance(row, dict)] == [
        ("March 2026", 15.0),
        ("April 2026", 25.0),
    ]
    ranked = model.remote_read_group(env, [], ["amount_total"], ["state"], orderby="amount_total desc", limit=1)
    assert isinstance(ranked, list)
    assert [row["state"] for row in ranked if isinstance(row, dict)] == ["purchase"]


def test_name_search(env: Environment) -> None:
    model = env.models["res.partner"]
    assert isinstance(model, RemoteModel)
    assert model.remote_name_search(env, "alpha") == [[1, "Alpha"], [3, "Alpha, Ann"]]
    assert model.remote_name_search(env, "DE1", [["id", "=", 1]], limit=1) == [[1, "Alpha"]]


LEAVES = st.sampled_from([["id", "=", 1], ["name", "=", "Beta"], ["vat", "!=", False], ["is_company", "=", True]])
DOMAINS = st.recursive(
    LEAVES.map(lambda leaf: [leaf]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("&|"), inner, inner).map(lambda parts: [parts[0], *parts[1], *parts[2]]),
        inner.map(lambda part: ["!", *part]),
    ),
    max_leaves=8,
)


def holds(node: Any, truths: dict[str, bool]) -> bool:
    if isinstance(node, Leaf):
        return truths[node.path]
    if isinstance(node, Not):
        return not holds(node.inner, truths)
    assert isinstance(node, (Both, Either))
    pair = holds(node.left, truths), holds(node.right, truths)
    return all(pair) if isinstance(node, Both) else any(pair)


@given(DOMAINS)
def test_a_search_is_its_tree_taken_record_by_record(env: Environment, domain: list[Any]) -> None:
    tree = parse_domain(domain)
    expected = []
    for row in ROWS["res.partner"][:3]:
        truths = {
            "id": row["id"] == 1,
            "name": row["name"] == "Beta",
            "vat": "vat" in row,
            "is_company": bool(row.get("is_company")),
        }
        if holds(tree, truths):
            expected.append(row["id"])
    assert found(env, "res.partner", *domain) == expected
