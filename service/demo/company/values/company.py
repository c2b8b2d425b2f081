"""The whole retailer as one value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from service.demo.company.values.money import Allocation, Payment, StatementLine
from service.demo.company.values.parties import Customer, OwnCompany, Vendor
from service.demo.company.values.purchases import Bill, Order, Receipt
from service.demo.company.values.sales import Delivery, Invoice, Repair, SaleOrder
from service.demo.company.values.wares import Product, Serial


@dataclass(frozen=True, slots=True)
class DemoCompany:
    """The whole retailer: itself, whom it buys from and sells to, what, and what became of it. ``former_vendor`` is
    archived, ``doubled_vendors`` are one vendor entered twice, ``namesakes`` one customer; none of them has orders.
    """

    seed: int
    own: OwnCompany
    vendors: tuple[Vendor, ...]
    products: tuple[Product, ...]
    orders: tuple[Order, ...]
    receipts: tuple[Receipt, ...]
    bills: tuple[Bill, ...]
    customers: tuple[Customer, ...]
    serials: tuple[Serial, ...]
    sale_orders: tuple[SaleOrder, ...]
    deliveries: tuple[Delivery, ...]
    invoices: tuple[Invoice, ...]
    repairs: tuple[Repair, ...]
    payments: tuple[Payment, ...]
    statement_lines: tuple[StatementLine, ...]
    allocations: tuple[Allocation, ...]
    former_vendor: Vendor
    doubled_vendors: tuple[Vendor, Vendor]
    namesakes: tuple[Customer, Customer]

    def vendor(self, vendor_id: int) -> Vendor:
        """The vendor of that id."""
        return next(vendor for vendor in self.vendors if vendor.id == vendor_id)

    def product(self, product_id: int) -> Product:
        """The product of that id."""
        return next(product for product in self.products if product.id == product_id)

    def products_of(self, vendor_id: int) -> tuple[Product, ...]:
        """What that vendor sells us."""
        return tuple(product for product in self.products if product.vendor_id == vendor_id)

    def bills_of(self, order_id: int) -> tuple[Bill, ...]:
        """The bills on that order, cancelled ones too."""
        return tuple(bill for bill in self.bills if bill.order_id == order_id)

    def receipts_of(self, order_id: int) -> tuple[Receipt, ...]:
        """The receipts of that order, the first one first."""
        return tuple(receipt for receipt in self.receipts if receipt.order_id == order_id)

    def billable_orders(self) -> Iterator[Order]:
        """Confirmed orders of which something received isn't billed yet."""
        return (order for order in self.orders if order.is_confirmed and any(li.to_invoice > 0 for li in order.lines))

    def customer(self, customer_id: int) -> Customer:
        """The customer of that id."""
        return next(customer for customer in self.customers if customer.id == customer_id)

    def sale_order(self, sale_order_id: int) -> SaleOrder:
        """The sale order of that id."""
        return next(order for order in self.sale_orders if order.id == sale_order_id)

    def serial(self, serial_id: int) -> Serial:
        """The serial number of that id."""
        return next(serial for serial in self.serials if serial.id == serial_id)

    def deliveries_of(self, sale_order_id: int) -> tuple[Delivery, ...]:
        """That sale order's deliveries and returns, the first one first."""
        return tuple(delivery for delivery in self.deliveries if delivery.sale_order_id == sale_order_id)

    def invoices_of(self, sale_order_id: int) -> tuple[Invoice, ...]:
        """That sale order's invoices and credit notes, the first one first."""
        return tuple(invoice for invoice in self.invoices if invoice.sale_order_id == sale_order_id)

    def open_amount(self, document: Bill | Invoice) -> Decimal:
        """What is still unpaid of a bill, invoice or credit note."""
        return document.total - sum((item.amount for item in self.allocations_of(document)), Decimal(0))

    def allocations_of(self, document: Bill | Invoice | Payment) -> tuple[Allocation, ...]:
        """What was set against the receivable or payable of a document, or what a payment was used for."""
        move_id = document.move_id if isinstance(document, Payment) else document.id
        return tuple(item for item in self.allocations if move_id in (item.debit_move_id, item.credit_move_id))
