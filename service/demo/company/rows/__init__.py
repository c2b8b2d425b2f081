"""The company as rows of Odoo 17's models: the only place in the demonstration that knows Odoo's field names."""

from __future__ import annotations

from collections import defaultdict

from service.demo.company.rows.deliveries import delivery_rows
from service.demo.company.rows.money import money_rows
from service.demo.company.rows.parties import party_rows
from service.demo.company.rows.purchases import purchase_rows
from service.demo.company.rows.receipts import receipt_rows
from service.demo.company.rows.sales import sale_rows
from service.demo.company.rows.settings import settings_rows
from service.demo.company.rows.shapes import Row, Rows, by_id
from service.demo.company.rows.wares import ware_rows
from service.demo.company.values import DemoCompany

_PARTS = (
    settings_rows,
    party_rows,
    ware_rows,
    purchase_rows,
    sale_rows,
    receipt_rows,
    delivery_rows,
    money_rows,
)


def odoo_rows(company: DemoCompany) -> Rows:
    """Model → rows with ids, ordered by id. A many2one is an id or False, a stored many2many a list of ids,
    a one2many is left out; dates and times are Odoo's text in UTC. Users, and who wrote a row, are not in it.
    """
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for part in _PARTS:
        for model, more in part(company).items():
            rows[model] += more
    return {model: by_id(of_model) for model, of_model in rows.items()}


__all__ = ["odoo_rows"]
