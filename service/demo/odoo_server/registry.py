"""The models that exist, each with the class that gives it its behaviour."""

from __future__ import annotations

from collections.abc import Mapping

from service.demo.odoo_server.model import Model
from service.demo.odoo_server.models.activities import Activity
from service.demo.odoo_server.models.bank_lines import BankLine
from service.demo.odoo_server.models.bill_lines import MoveLine
from service.demo.odoo_server.models.bills import Move
from service.demo.odoo_server.models.ledger import Account, Category, Currency, CurrencyRate, Journal, Tax, Unit
from service.demo.odoo_server.models.lots import Lot
from service.demo.odoo_server.models.messages import Attachment, Message, ThreadModel
from service.demo.odoo_server.models.order_lines import OrderLine
from service.demo.odoo_server.models.orders import Order
from service.demo.odoo_server.models.parties import Bank, BankAccount, Company, Parameters, Partner, State, User
from service.demo.odoo_server.models.paying import PaymentRegister
from service.demo.odoo_server.models.payments import Payment
from service.demo.odoo_server.models.places import Location, PickingType, ProcurementGroup
from service.demo.odoo_server.models.products import Product, SupplierInfo, Template
from service.demo.odoo_server.models.receipts import BackorderConfirmation, Picking
from service.demo.odoo_server.models.reconciling import PartialReconcile
from service.demo.odoo_server.models.repairs import Repair, RepairWarning
from service.demo.odoo_server.models.returns import ReturnPicking, ReturnPickingLine
from service.demo.odoo_server.models.reversals import MoveReversal
from service.demo.odoo_server.models.sale_billing import AdvancePayment
from service.demo.odoo_server.models.sale_lines import SaleOrderLine
from service.demo.odoo_server.models.sale_orders import SaleOrder
from service.demo.odoo_server.models.stock_moves import StockMove, StockMoveLine
from service.demo.odoo_server.remote import RemoteModel
from service.demo.odoo_server.schema import load_schema

_CLASSES: Mapping[str, type[RemoteModel]] = {
    "account.account": Account,
    "account.bank.statement.line": BankLine,
    "account.journal": Journal,
    "account.move": Move,
    "account.move.line": MoveLine,
    "account.move.reversal": MoveReversal,
    "account.partial.reconcile": PartialReconcile,
    "account.payment": Payment,
    "account.payment.register": PaymentRegister,
    "account.tax": Tax,
    "ir.attachment": Attachment,
    "ir.config_parameter": Parameters,
    "mail.activity": Activity,
    "mail.message": Message,
    "procurement.group": ProcurementGroup,
    "product.category": Category,
    "product.product": Product,
    "product.supplierinfo": SupplierInfo,
    "product.template": Template,
    "purchase.order": Order,
    "purchase.order.line": OrderLine,
    "repair.order": Repair,
    "res.bank": Bank,
    "res.company": Company,
    "res.country.state": State,
    "res.currency": Currency,
    "res.currency.rate": CurrencyRate,
    "res.partner": Partner,
    "res.partner.bank": BankAccount,
    "res.users": User,
    "sale.advance.payment.inv": AdvancePayment,
    "sale.order": SaleOrder,
    "sale.order.line": SaleOrderLine,
    "stock.backorder.confirmation": BackorderConfirmation,
    "stock.location": Location,
    "stock.lot": Lot,
    "stock.move": StockMove,
    "stock.move.line": StockMoveLine,
    "stock.picking": Picking,
    "stock.picking.type": PickingType,
    "stock.return.picking": ReturnPicking,
    "stock.return.picking.line": ReturnPickingLine,
    "stock.warn.insufficient.qty.repair": RepairWarning,
    "uom.uom": Unit,
}


def build_models() -> Mapping[str, Model]:
    """Every model of the schema by name."""
    models = {}
    for name, spec in load_schema().items():
        plain = ThreadModel if "message_ids" in spec.fields else RemoteModel
        models[name] = _CLASSES.get(name, plain)(spec)
    return models
