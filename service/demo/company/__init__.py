"""A small retailer's books, made from a seed: vendors, products, orders, receipts and bills that agree."""

from service.demo.company.build import build_company
from service.demo.company.rows import odoo_rows
from service.demo.company.values import TODAY, DemoCompany

__all__ = ["TODAY", "DemoCompany", "build_company", "odoo_rows"]
