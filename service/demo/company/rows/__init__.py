"""The company as rows of Odoo 17's models: the only place in the demonstration that knows Odoo's field names."""

from __future__ import annotations

from service.demo.company.rows.bills import bill_rows
from service.demo.company.rows.parties import party_rows
from service.demo.company.rows.purchases import purchase_rows
from service.demo.company.rows.receipts import receipt_rows
from service.demo.company.rows.settings import settings_rows
from service.demo.company.rows.shapes import Rows
from service.demo.company.rows.wares import ware_rows
from service.demo.company.values import DemoCompany


def odoo_rows(company: DemoCompany) -> Rows:
    """Model → rows with ids, ordered by id. A many2one is an id or False, a stored many2many a list of ids,
    a one2many is left out; dates and times are Odoo's text in UTC. Users, and who wrote a row, are not in it.
    """
    parts = (settings_rows(company), party_rows(company), ware_rows(company), purchase_rows(company))
    return {model: rows for part in (*parts, receipt_rows(company), bill_rows(company)) for model, rows in part.items()}


__all__ = ["odoo_rows"]
