"""Golden cases of the rules: a data file says what differs from the base case and which exceptions come of it."""

from __future__ import annotations

import copy
import tomllib
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from matchers.case import Case
from service.domain.discrepancies import Discrepancy
from service.domain.documents import Document, DocumentKind, PageSize
from service.domain.excerpt import Records
from service.domain.extraction import EInvoice, Extraction, Line, Violation
from service.domain.fields import (
    AnyField,
    Field,
    FieldSpec,
    Provenance,
    Source,
    TaxBreakdown,
    ValueType,
)
from service.domain.geometry import Box
from service.domain.ids import DocumentId
from service.domain.kinds import spec_of
from service.domain.lifecycle import DocumentStatus
from service.domain.money import Tolerance
from service.domain.policy import Policy
from service.domain.records import (
    BankAccount,
    Bill,
    BillLine,
    Company,
    Movement,
    OrderLine,
    Partner,
    Payment,
    Product,
    PurchaseOrder,
    Receipt,
    RecordRef,
    Repair,
    SaleOrder,
    SaleOrderLine,
    Serial,
    StatementLine,
    Tax,
    Unit,
    VendorCode,
)
from service.ports import Sibling

FOLDER = Path(__file__).parent
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
Table = dict[str, Any]
_NUMBERS = (ValueType.AMOUNT, ValueType.QUANTITY, ValueType.RATE)

# kind of record in a case file → its class, Odoo's model and what a file may leave out
_KINDS: dict[str, tuple[type, str, Table]] = {
    "companies": (Company, "res.company", {"vat_id": None}),
    "partners": (
        Partner,
        "res.partner",
        {
            "vat_id": None,
            "email": None,
            "reference": None,
            "is_company": True,
            "is_vendor": False,
            "active": True,
            "parent_id": None,
            "company_id": None,
            "country": None,
            "is_customer": False,
            "phone": None,
        },
    ),
    "bank_accounts": (BankAccount, "res.partner.bank", {"name": ""}),
    "products": (
        Product,
        "product.product",
        {"code": None, "barcode": None, "is_service": False, "bill_on": "receive", "unit_id": 1, "active": True},
    ),
    "vendor_codes": (
        VendorCode,
        "product.supplierinfo",
        {"template_id": None, "product_id": None, "code": None, "name": None},
    ),
    "units": (Unit, "uom.uom", {}),
    "taxes": (
        Tax,
        "account.tax",
        {"is_purchase": True, "included_in_price": False, "active": True, "company_id": 1},
    ),
    "orders": (
        PurchaseOrder,
        "purchase.order",
        {"vendor_reference": None, "currency": "EUR", "billing_status": "to invoice", "company_id": 1, "lines": []},
    ),
    "receipts": (Receipt, "stock.picking", {"order_id": None, "done_at": None, "partner_id": None, "movements": []}),
    "bills": (
        Bill,
        "account.move",
        {
            "is_refund": False,
            "state": "posted",
            "vendor_reference": None,
            "payment_reference": None,
            "origin": None,
            "billed_on": None,
            "currency": "EUR",
            "payment_state": "not_paid",
            "company_id": 1,
            "order_line_ids": [],
            "lines": [],
        },
    ),
    "sale_orders": (
        SaleOrder,
        "sale.order",
        {"customer_reference": None, "state": "sale", "currency": "EUR", "company_id": 1, "lines": []},
    ),
    "serials": (Serial, "stock.lot", {}),
    "payments": (
        Payment,
        "account.payment",
        {
            "is_outgoing": True,
            "state": "posted",
            "currency": "EUR",
            "reference": None,
            "bill_ids": [],
            "statement_line_ids": [],
            "company_id": 1,
        },
    ),
    "statement_lines": (
        StatementLine,
        "account.bank.statement.line",
        {
            "currency": "EUR",
            "payment_reference": None,
            "partner_id": None,
            "partner_name": None,
            "account_number": None,
            "is_matched": False,
            "bill_ids": [],
            "company_id": 1,
        },
    ),
    "repairs": (
        Repair,
        "repair.order",
        {
            "state": "confirmed",
            "partner_id": None,
            "product_id": None,
            "serial_id": None,
            "sale_order_id": None,
            "transfer_id": None,
            "under_warranty": True,
            "note": None,
        },
    ),
}
_SALE_LINE: Table = {
    "unit_id": 1,
    "discount_percent": "0",
    "tax_ids": [],
    "delivered": "0",
    "invoiced": "0",
}
_MOVEMENT: Table = {"serial_ids": [], "order_line_id": None, "returned_movement_id": None, "to_refund": False}
_BILL_LINE: Table = {"product_id": None, "description": "", "order_line_id": None, "sale_line_ids": []}
# which files a case is laid over, by its ``base``
_BASES = {
    "invoice": ("base.toml",),
    "return": ("base_sales.toml", "base_return.toml"),
    "claim": ("base_sales.toml", "base_claim.toml"),
    "books": ("base_sales.toml", "base_return.toml", "base_books.toml"),
}
_ORDER_LINE: Table = {
    "product_id": None,
    "unit_id": 1,
    "discount_percent": "0",
    "tax_ids": [],
    "received": "0",
    "invoiced": "0",
}


def case_paths() -> list[Path]:
    """Every case file, by name."""
    return sorted((FOLDER / "cases").glob("*.toml"))


def load_case(path: Path | None = None) -> tuple[Case, Table]:
    """The case of that file (None: the base case), and the file's own content."""
    change = tomllib.loads(path.read_text(encoding="utf-8")) if path else {}
    return case_of(merged(base_of(change.get("base", "invoice")), change)), change


def base_of(name: str) -> Table:
    """What every case of that base starts from."""
    base: Table = {}
    for file in _BASES[name]:
        base = merged(base, tomllib.loads((FOLDER / file).read_text(encoding="utf-8")))
    return base


def merged(base: Table, change: Table) -> Table:
    """``base`` with ``change`` laid over it: lists of records by id, document lines by position, "" removes."""
    result = copy.deepcopy(base)
    for key, value in change.items():
        current = result.get(key)
        if isinstance(value, dict) and isinstance(current, dict):
            result[key] = merged(current, value)
        elif isinstance(value, list) and isinstance(current, list) and value and isinstance(value[0], dict):
            result[key] = _merged_list(current, value)
        elif value == "":
            result.pop(key, None)
        else:
            result[key] = value
    return result


def _merged_list(base: list[Table], change: list[Table]) -> list[Table]:
    result = copy.deepcopy(base)
    for position, entry in enumerate(change):
        key = entry.get("id", entry.get("line", position + 1) - 1)
        index = next((i for i, old in enumerate(result) if old.get("id", i) == key), None)
        if index is None:
            result.append(merged({}, entry))
        elif entry.get("removed"):
            result[index] = {"removed": True, **({"id": key} if "id" in entry else {})}
        else:
            result[index] = merged(result[index], entry)
    return result


def case_of(data: Table) -> Case:
    """The case that a merged file describes."""
    kind = DocumentKind(data["document"]["kind"])
    earlier = data.get("duplicate_of")
    return Case(
        document=document("this", kind),
        extraction=extraction_of(data["document"]),
        records=records_of(data),
        policy=_policy(data.get("policy", {})),
        today=data["today"],
        duplicate_of=document(earlier, kind) if earlier else None,
        siblings=tuple(_sibling(entry, kind) for entry in data.get("siblings", ())),
        own_marker=data.get("own_marker"),
    )


def document(name: str, kind: DocumentKind = DocumentKind.SUPPLIER_INVOICE) -> Document:
    """A received document of that id; its file is called after it."""
    return Document(
        id=DocumentId(name),
        status=DocumentStatus.MATCHING,
        filename=f"{name}.pdf",
        media_type="application/pdf",
        size=1,
        sha256="0" * 64,
        received_at=LONG_AGO,
        source="cli",
        kind=kind,
    )


def extraction_of(data: Table) -> Extraction:
    """The reading that a case's ``document`` table describes; ``confidence`` there is by field name."""
    sure = data.get("confidence", {})
    kind = DocumentKind(data["kind"])
    fields_ = {
        name: tuple(
            _field(spec_of(kind).fields[name], one, sure.get(name, 1.0))
            for one in (value if isinstance(value, list) else [value])
        )
        for name, value in data.get("fields", {}).items()
    }
    lines = tuple(_line(kind, entry) for entry in data.get("lines", ()) if not entry.get("removed"))
    pages = (PageSize(595.0, 842.0),)
    note, sent = data.get("paid_note"), _einvoice(kind, data.get("einvoice"))
    return Extraction(kind, 1.0, pages, MappingProxyType(fields_), lines, paid_note=note, einvoice=sent)


def _einvoice(kind: DocumentKind, data: Table | None) -> EInvoice | None:
    """What a case says of the XML: the page's other values, the rules that it breaks, or why it wasn't read."""
    if data is None:
        return None
    printed = {name: _field(spec_of(kind).fields[name], one, 1.0) for name, one in data.get("printed", {}).items()}
    broken = tuple(Violation(**entry) for entry in data.get("violations", ()))
    return EInvoice(printed=MappingProxyType(printed), violations=broken, problem=data.get("problem"))


def _line(kind: DocumentKind, entry: Table) -> Line:
    sure = entry.get("confidence", {})
    named = {name: value for name, value in entry.items() if name not in ("line", "confidence")}
    specs = spec_of(kind).line_fields
    values = {name: _field(specs[name], value, sure.get(name, 1.0)) for name, value in named.items()}
    return Line(MappingProxyType(values))


def _field(spec: FieldSpec, value: Any, confidence: float) -> AnyField:
    where = Provenance(Source.TEXT_LAYER, "golden", 1, Box(0, 0, 1, 1))
    if spec.type in _NUMBERS:
        return Field(Decimal(value), str(value), confidence, where)
    if spec.type is ValueType.TAX_BREAKDOWN:
        row = {name: Decimal(figure) for name, figure in value.items()}
        return Field(TaxBreakdown(**row), "", confidence, where)
    assert isinstance(value, date if spec.type is ValueType.DATE else str), spec.name
    return Field(value, str(value), confidence, where)


def _policy(change: Table) -> Policy:
    kinds = {entry.name: getattr(Policy(), entry.name) for entry in fields(Policy)}
    return Policy(**{name: _policy_value(kinds[name], value) for name, value in change.items()})


def _policy_value(default: Any, value: Any) -> Any:
    if isinstance(default, Tolerance):
        return Tolerance(Decimal(value.get("absolute", "0")), Decimal(value.get("percent", "0")))
    return Decimal(value) if isinstance(default, Decimal) else value


def _sibling(entry: Table, kind: DocumentKind) -> Sibling:
    return Sibling(
        document=document(entry["id"], DocumentKind(entry.get("kind", kind))),
        invoice_number=entry.get("invoice_number", ""),
        seller_name=entry.get("seller_name"),
        seller_vat_id=entry.get("seller_vat_id"),
        grand_total=Decimal(entry["grand_total"]) if "grand_total" in entry else None,
        customer_name=entry.get("customer_name"),
        serial_numbers=tuple(entry.get("serial_numbers", ())),
        fault=entry.get("fault"),
    )


def records_of(data: Table) -> Records:
    """The books that a merged file describes."""
    found = {
        kind: tuple(_record(kind, entry) for entry in data.get(kind, ()) if not entry.get("removed")) for kind in _KINDS
    }
    return Records(**found, as_of=LONG_AGO)  # type: ignore[arg-type]


def _record(kind: str, entry: Table) -> Any:
    cls, model, defaults = _KINDS[kind]
    given: Table = {**defaults, **entry}
    ref = RecordRef(model, given.pop("id"), str(given.get("name", "")))
    if kind == "orders":
        given |= _order_figures(given)
    if kind == "sale_orders":
        given |= _sale_figures(given)
    if kind == "receipts":
        given["movements"] = [_part(Movement, "stock.move", {**_MOVEMENT, **one}) for one in given["movements"]]
    if kind == "bills":
        given["lines"] = [_part(BillLine, "account.move.line", {**_BILL_LINE, **one}) for one in given["lines"]]
    if kind == "products":
        given.setdefault("template_id", ref.id)
    if kind == "bills":
        given.setdefault("net_amount", given["total_amount"])
    names = {entry.name for entry in fields(cls)}
    typed = {name: _typed(cls, name, value) for name, value in given.items() if name in names}
    return cls(ref=ref, changed_at=LONG_AGO, **typed)


def _order_figures(order: Table) -> Table:
    lines = tuple(_order_line(line) for line in order["lines"] if not line.get("removed"))
    net = sum((line.net_amount for line in lines), Decimal(0))
    tax = (net * Decimal("0.19")).quantize(Decimal("0.01"))
    return {
        "lines": lines,
        "ordered_on": order.get("ordered_on"),
        "net_amount": net,
        "tax_amount": tax,
        "total_amount": net + tax,
    }


def _sale_figures(order: Table) -> Table:
    lines = [_sale_line(line) for line in order["lines"] if not line.get("removed")]
    net = sum((line.net_amount for line in lines), Decimal(0))
    total = (net * Decimal("1.19")).quantize(Decimal("0.01"))
    return {"lines": lines, "ordered_on": order.get("ordered_on"), "net_amount": net, "total_amount": total}


def _sale_line(entry: Table) -> SaleOrderLine:
    given: Table = {**_SALE_LINE, **entry}
    given.setdefault("net_amount", str(Decimal(given["quantity"]) * Decimal(given["unit_price"])))
    line: SaleOrderLine = _part(SaleOrderLine, "sale.order.line", given)
    return line


def _part(cls: type, model: str, given: Table) -> Any:
    """A line or movement; an amount that follows from quantity and price may be left out."""
    if cls is BillLine and "net_amount" not in given:
        given["net_amount"] = str(Decimal(given["quantity"]) * Decimal(given["unit_price"]))
    names = {entry.name for entry in fields(cls)}
    ref = RecordRef(model, given["id"], str(given.get("description", given.get("name", ""))))
    return cls(ref=ref, **{name: _typed(cls, name, value) for name, value in given.items() if name in names})


def _order_line(entry: Table) -> OrderLine:
    given: Table = {**_ORDER_LINE, **entry}
    ref = RecordRef("purchase.order.line", given.pop("id"), given["description"])
    typed = {name: _typed(OrderLine, name, value) for name, value in given.items()}
    share = 1 - typed["discount_percent"] / 100
    typed.setdefault("net_amount", (typed["quantity"] * typed["unit_price"] * share).quantize(Decimal("0.01")))
    return OrderLine(ref=ref, **typed)


def _typed(cls: type, name: str, value: Any) -> Any:
    hint = str({entry.name: entry.type for entry in fields(cls)}[name])
    if hint.startswith("Decimal"):
        return Decimal(value)
    if hint.startswith("datetime") and value is not None:
        return datetime(value.year, value.month, value.day, 12, tzinfo=UTC)
    return tuple(value) if isinstance(value, list) else value


def as_data(found: Discrepancy) -> Table:
    """A discrepancy as a case file writes it: what is None is left out."""
    table = {
        "code": found.code.value,
        "severity": found.severity.value,
        "field": found.field,
        "line": found.line,
        "expected": found.expected,
        "actual": found.actual,
        "difference": None if found.difference is None else format(found.difference.normalize() + 0, "f"),
        "tolerance": found.tolerance,
        "money_at_risk": None if found.money_at_risk is None else format(found.money_at_risk.normalize() + 0, "f"),
        "odoo_refs": [ref.name for ref in found.odoo_refs] or None,
        "message": found.message,
        "releases_when": found.releases_when,
    }
    return {name: value for name, value in table.items() if value is not None}
