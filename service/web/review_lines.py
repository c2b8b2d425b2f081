"""The review screen's lines: each invoice line above the order lines it was matched with, differences marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.domain.codes import Code, Severity
from service.domain.discrepancies import RaisedDiscrepancy
from service.domain.documents import DocumentKind
from service.domain.extraction import Extraction, Line
from service.domain.kinds import spec_of
from service.domain.matching import LineMatch, Reconciliation
from service.domain.records import OrderLine, PurchaseOrder
from service.web.formats import amount, quantity, with_sign
from service.web.review_fields import FieldView, field_view, more_severe

_SHOWN = (
    "description",
    "seller_item_id",
    "quantity",
    "unit",
    "unit_price",
    "discount_percent",
    "tax_rate",
    "line_total",
)
_NOT_SHOWN = frozenset({"line_number", "reason_raw"})
_CODES = {
    "quantity": frozenset({Code.QUANTITY_OVER_ORDERED, Code.QUANTITY_OVER_RECEIVED, Code.GOODS_NOT_RECEIVED}),
    "unit_price": frozenset({Code.PRICE_VARIANCE}),
}
SAME = "same"
DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Figure:
    """The order's figure beneath the invoice's: its text, the difference (invoice − order) and how it weighs."""

    text: str
    difference: str | None
    tone: str  # same, differs, or the severity of the exception about it


@dataclass(frozen=True, slots=True)
class PairView:
    """An order line beneath the invoice line."""

    order: str
    description: str
    quantity: Figure
    unit_price: Figure
    line_total: Figure
    received: str
    invoiced: str
    score: float


@dataclass(frozen=True, slots=True)
class LineView:
    """An invoice line (``number`` 1-based), its cells by field name, its order lines and its exceptions."""

    number: int
    cells: Mapping[str, FieldView]
    pairs: tuple[PairView, ...]
    exceptions: tuple[RaisedDiscrepancy, ...]

    @property
    def severity(self) -> Severity | None:
        """The most severe open exception of the line."""
        worst: Severity | None = None
        for raised in self.exceptions:
            worst = more_severe(worst, raised.discrepancy.severity)
        return worst


@dataclass(frozen=True, slots=True)
class OpenOrderLine:
    """A line of a chosen order that this invoice doesn't bill."""

    order: str
    description: str
    quantity: str
    unit_price: str
    received: str
    invoiced: str


def line_views(
    extraction: Extraction,
    reconciliation: Reconciliation | None,
    exceptions: Iterable[RaisedDiscrepancy],
) -> tuple[LineView, ...]:
    """Every line of the document in its printed order."""
    matches = () if reconciliation is None else reconciliation.line_matches
    orders = () if reconciliation is None else reconciliation.orders
    known = {line.ref.id: (order, line) for order in orders for line in order.lines}
    raised = tuple(entry for entry in exceptions if entry.is_open)
    views = []
    for number, line in enumerate(extraction.lines, start=1):
        here = tuple(entry for entry in raised if entry.discrepancy.line == number)
        pairs = tuple(_pair(line, m, known.get(m.ref.id), here) for m in matches if m.line == number)
        views.append(LineView(number, _cells(number, line, extraction, here), pairs, here))
    return tuple(views)


def open_order_lines(reconciliation: Reconciliation | None) -> tuple[OpenOrderLine, ...]:
    """What the chosen orders still hold besides the lines matched here."""
    if reconciliation is None:
        return ()
    matched = {match.ref.id for match in reconciliation.line_matches}
    return tuple(
        OpenOrderLine(
            order.ref.name,
            line.description,
            quantity(line.quantity),
            amount(line.unit_price),
            quantity(line.received),
            quantity(line.invoiced),
        )
        for order in reconciliation.orders
        for line in order.lines
        if line.ref.id not in matched
    )


def has_order_lines(kind: DocumentKind) -> bool:
    """Whether the lines of a kind can be those of an order."""
    return set(_SHOWN) <= set(spec_of(kind).line_fields)


def columns_of(extraction: Extraction) -> tuple[str, ...]:
    """The names of the line fields to show: a fixed few of invoices, all that some line has of other kinds."""
    specs = spec_of(extraction.kind).line_fields
    if has_order_lines(extraction.kind):
        return _SHOWN
    present = {name for line in extraction.lines for name in line.fields}
    return tuple(name for name in specs if name in present and name not in _NOT_SHOWN)


def _cells(
    number: int, line: Line, extraction: Extraction, exceptions: tuple[RaisedDiscrepancy, ...]
) -> dict[str, FieldView]:
    cells, specs = {}, spec_of(extraction.kind).line_fields
    for name in columns_of(extraction):
        entry = line.fields.get(name)
        entries = () if entry is None else (entry,)
        severity = _cell_severity(name, exceptions)
        cells[name] = field_view(f"line.{number}.{name}", specs[name], entries, extraction, severity)
    return cells


def _cell_severity(name: str, exceptions: tuple[RaisedDiscrepancy, ...]) -> Severity | None:
    worst: Severity | None = None
    for raised in exceptions:
        found = raised.discrepancy
        if found.field == name or found.code in _CODES.get(name, frozenset()):
            worst = more_severe(worst, found.severity)
    return worst


def _pair(
    line: Line,
    match: LineMatch,
    known: tuple[PurchaseOrder, OrderLine] | None,
    exceptions: tuple[RaisedDiscrepancy, ...],
) -> PairView:
    if known is None:  # the books no longer hold it
        gone = Figure(amount(None), None, SAME)
        return PairView("", match.ref.name, gone, gone, gone, "", "", match.score)
    order, ordered = known
    return PairView(
        order=order.ref.name,
        description=ordered.description,
        quantity=_figure(quantity, match.quantity, ordered.quantity, _cell_severity("quantity", exceptions)),
        unit_price=_figure(amount, _unit_price(line), ordered.unit_price, _cell_severity("unit_price", exceptions)),
        line_total=Figure(amount(ordered.net_amount), None, SAME),
        received=quantity(ordered.received),
        invoiced=quantity(ordered.invoiced),
        score=match.score,
    )


def _figure(
    write: Callable[[Decimal], str], actual: Decimal | None, expected: Decimal, severity: Severity | None
) -> Figure:
    difference = Decimal(0) if actual is None else actual - expected
    if not difference:
        return Figure(write(expected), None, severity.value if severity else SAME)
    return Figure(write(expected), with_sign(write(difference)), severity.value if severity else DIFFERS)


def _unit_price(line: Line) -> Decimal | None:
    """The invoice's price for one unit, where it is printed for several (per 100)."""
    price, base = line.amount("unit_price"), line.amount("price_base_quantity")
    return price if price is None or not base else price / base
