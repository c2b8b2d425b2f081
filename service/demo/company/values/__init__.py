"""The retailer's world as frozen values. Money in EUR, quantities in the line's unit, times aware UTC."""

from __future__ import annotations

from datetime import date

from service.demo.company.values.amounts import net_amount, net_by_rate, tax_by_rate
from service.demo.company.values.company import DemoCompany
from service.demo.company.values.money import Allocation, Ledger, Payment, StatementLine
from service.demo.company.values.parties import Address, Customer, OwnCompany, Vendor
from service.demo.company.values.purchases import Bill, BillLine, Order, OrderLine, Receipt, ReceiptMove
from service.demo.company.values.sales import (
    Delivery,
    DeliveryMove,
    Invoice,
    InvoiceLine,
    Repair,
    SaleLine,
    SaleOrder,
)
from service.demo.company.values.wares import (
    BOX_OF_12,
    HOUR,
    KILOGRAM,
    PIECE,
    UNITS,
    Product,
    Serial,
    Unit,
)

TODAY = date(2026, 11, 1)  # the day on which the demonstration plays

__all__ = [
    "BOX_OF_12",
    "HOUR",
    "KILOGRAM",
    "PIECE",
    "TODAY",
    "UNITS",
    "Address",
    "Allocation",
    "Bill",
    "BillLine",
    "Customer",
    "Delivery",
    "DeliveryMove",
    "DemoCompany",
    "Invoice",
    "InvoiceLine",
    "Ledger",
    "Order",
    "OrderLine",
    "OwnCompany",
    "Payment",
    "Product",
    "Receipt",
    "ReceiptMove",
    "Repair",
    "SaleLine",
    "SaleOrder",
    "Serial",
    "StatementLine",
    "Unit",
    "Vendor",
    "net_amount",
    "net_by_rate",
    "tax_by_rate",
]
