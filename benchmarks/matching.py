"""How many documents a second one core reconciles: ``python -m benchmarks.matching [LINES ORDER_LINES]``."""

from __future__ import annotations

import random
import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

from matchers.case import Case
from matchers.pipeline import reconcile
from service.domain.documents import Document, DocumentKind, PageSize
from service.domain.excerpt import Records
from service.domain.extraction import Extraction, Line
from service.domain.fields import AnyField, Field, Provenance, Source, Value
from service.domain.ids import DocumentId
from service.domain.lifecycle import DocumentStatus
from service.domain.policy import Policy
from service.domain.records import Company, OrderLine, Partner, Product, PurchaseOrder, RecordRef, Tax, Unit, VendorCode

AT = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = (
    "oak desk chair lamp steel blue red shelf drawer cabinet mirror frame table round white glass small large".split()
)
SIZES = ((5, 5), (10, 10), (10, 30), (40, 40), (300, 300))


def case_of(lines: int, order_lines: int, *, referenced: bool, coded: bool, seed: int = 1) -> Case:
    """A case of that size: the first ``lines`` lines of an order are billed; 20 similarly named other vendors."""
    rng = random.Random(seed)  # noqa: S311 - the same case each time, no secret
    names = [" ".join(rng.sample(WORDS, 4)) + f" {number}" for number in range(order_lines)]
    prices = [Decimal(rng.randint(100, 99999)) / 100 for _ in names]
    order = _order(13, names, prices, range(order_lines))
    others = (_order(20 + i, names, prices, rng.sample(range(order_lines), order_lines)) for i in range(4))
    net = sum((prices[i] * 3 for i in range(lines)), Decimal(0))
    head: dict[str, Value] = {
        "invoice_number": "RE-1",
        "issue_date": date(2026, 1, 20),
        "currency": "EUR",
        "seller_name": "Nordholz Möbel GmbH",
        "seller_vat_id": "DE811907980",
        "net_total": net,
        "grand_total": net,
    }
    if referenced:
        head["order_reference"] = "P00013"
    extraction = Extraction(
        DocumentKind.SUPPLIER_INVOICE,
        1.0,
        (PageSize(595, 842),),
        MappingProxyType({name: (_field(value),) for name, value in head.items()}),
        tuple(_line(names[i], prices[i], f"V{i}" if coded else None) for i in rng.sample(range(lines), lines)),
    )
    records = Records(
        companies=(Company(RecordRef("res.company", 1, "Lind"), None, "EUR", 1, AT),),
        partners=tuple(_partner(10 + i, "Nordholz Möbel" if not i else f"Nord {i} Möbel") for i in range(20)),
        products=tuple(_product(i, name) for i, name in enumerate(names)),
        vendor_codes=tuple(_vendor_code(i) for i in range(order_lines)),
        units=(Unit(RecordRef("uom.uom", 1, "Units"), 1, Decimal(1), AT),),
        taxes=(Tax(RecordRef("account.tax", 1, "0%"), Decimal(0), True, False, True, 1, AT),),
        orders=(order, *others),
    )
    return Case(_document(), extraction, records, Policy(), date(2026, 2, 1))


def _field(value: Value) -> AnyField:
    return Field(value, str(value), 1.0, Provenance(Source.TEXT_LAYER, "bench"))


def _line(name: str, price: Decimal, code: str | None) -> Line:
    values: dict[str, Value] = {"description": name, "quantity": Decimal(3), "unit_price": price}
    values["line_total"] = price * 3
    if code:
        values["seller_item_id"] = code
    return Line(MappingProxyType({key: _field(value) for key, value in values.items()}))


def _partner(number: int, name: str) -> Partner:
    vat_id = "DE811907980" if number == 10 else None
    ref = RecordRef("res.partner", number, name)
    return Partner(ref, vat_id, None, None, True, True, True, None, None, "DE", AT)


def _product(number: int, name: str) -> Product:
    ref = RecordRef("product.product", number + 1, name)
    return Product(ref, number + 1, f"P{number}", None, name, False, "receive", 1, True, AT)


def _vendor_code(number: int) -> VendorCode:
    ref = RecordRef("product.supplierinfo", number + 1, "")
    return VendorCode(ref, 10, number + 1, None, f"V{number}", None, Decimal(1), AT)


def _order(number: int, names: list[str], prices: list[Decimal], which: range | list[int]) -> PurchaseOrder:
    lines = tuple(_order_line(number * 1000 + i, i, names[i], prices[i]) for i in which)
    net = sum((line.net_amount for line in lines), Decimal(0))
    ref = RecordRef("purchase.order", number, f"P{number:05}")
    day = date(2026, 1, 10)
    return PurchaseOrder(ref, 10, None, "purchase", "EUR", day, net, Decimal(0), net, "to invoice", 1, lines, AT)


def _order_line(number: int, product: int, name: str, price: Decimal) -> OrderLine:
    three = Decimal(3)
    ref = RecordRef("purchase.order.line", number, name)
    return OrderLine(ref, product + 1, name, three, 1, price, Decimal(0), (1,), three, Decimal(0), price * 3)


def _document() -> Document:
    return Document(
        DocumentId("bench"), DocumentStatus.MATCHING, "bench.pdf", "application/pdf", 1, "0" * 64, AT, "cli"
    )


def documents_a_second(case: Case, seconds: float = 1.0) -> float:
    """Documents reconciled a second of processor time, measured over about ``seconds``."""
    reconcile(case)
    count, start = 0, time.process_time()
    while (taken := time.process_time() - start) < seconds:
        reconcile(replace(case))
        count += 1
    return count / taken


def main() -> None:
    """Print a table of all sizes, or the given one."""
    sizes = [(int(sys.argv[1]), int(sys.argv[2]))] if len(sys.argv) > 2 else SIZES
    print("lines  order lines  referenced  codes  documents/s")
    for lines, order_lines in sizes:
        for referenced in (True, False):
            for coded in (True, False):
                case = case_of(lines, order_lines, referenced=referenced, coded=coded)
                found = reconcile(case)
                assert len(found.line_matches) == lines, (len(found.line_matches), lines)
                speed = documents_a_second(case)
                print(f"{lines:5}  {order_lines:11}  {referenced!s:10}  {coded!s:5}  {speed:11.1f}")


if __name__ == "__main__":
    main()
