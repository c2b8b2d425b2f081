"""Prints the demonstration's papers, the damaged and the repeated one too, and any number of good invoices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from itertools import cycle, islice
from random import Random

from service.demo.company.values import TODAY, DemoCompany, Order
from service.demo.documents.content import DocumentContent
from service.demo.documents.einvoice import embedded
from service.demo.documents.forms import FORMS, render_form
from service.demo.documents.forms.content import FormContent
from service.demo.documents.forms.truth import form_truth
from service.demo.documents.invoicing import invoice, items_for, referring_to
from service.demo.documents.layouts import LAYOUTS, LayoutSet, render
from service.demo.documents.scans import look_of, scanned
from service.demo.documents.scenarios import Scenario, scenarios
from service.demo.documents.truth import Truth, truth_of
from service.domain.codes import Code
from service.domain.documents import DocumentKind

_DPI = 200  # enough to be read, and the demonstration starts sooner
_FIRST_SERIAL = 5000  # numbers of made invoices, apart from the books' and the demonstration's


@dataclass(frozen=True, slots=True)
class DemoDocument:
    """A file as a supplier sends it. ``truth`` has ``kind``, ``fields`` and ``lines`` as a perfect reader would
    return them; ``expected_codes`` are the exceptions that it raises against untouched books, sorted.
    """

    filename: str
    content: bytes
    kind: DocumentKind
    truth: Truth
    expected_codes: tuple[str, ...]


def build_documents(company: DemoCompany, seed: int) -> tuple[DemoDocument, ...]:
    """The demonstration's papers in the order in which they arrive; a repeated file comes after its first."""
    printed = [_printed(number, scenario, seed) for number, scenario in enumerate(scenarios(company, seed), start=1)]
    return (*printed, _repeated(printed[0]), _truncated(printed[1]))


def make_invoices(company: DemoCompany, count: int, seed: int) -> tuple[DemoDocument, ...]:
    """``count`` different valid invoices over received, not yet billed quantities of the company's orders, in all
    layouts for fitting in turn. Together they bill no more than was received. ValueError where that isn't enough.
    """
    rng = Random(seed)  # noqa: S311 - reproducible, nothing secret
    portions = list(islice(_portions(company, count, rng), count))
    if len(portions) < count:
        raise ValueError(f"the company's orders are enough for {len(portions)} invoices, not for {count}")
    layouts = cycle(name for name, layout in LAYOUTS.items() if layout.set is LayoutSet.FITTING)
    return tuple(
        _document(_portion_invoice(company, order, quantities, serial, rng), next(layouts), f"invoice-{serial:05d}")
        for serial, (order, quantities) in enumerate(portions, start=_FIRST_SERIAL)
    )


def _portions(company: DemoCompany, count: int, rng: Random) -> Iterator[tuple[Order, dict[int, Decimal]]]:
    """Turn by turn a share of each order, of every line that has something left, until nothing is left."""
    orders = list(company.billable_orders())
    turns = -(-count // len(orders))
    left = {line.id: int(line.to_invoice) for order in orders for line in order.lines}
    shares = {line: max(1, whole // turns) for line, whole in left.items()}
    while any(left.values()):
        for order in orders:
            taken = {line.id: _share(shares[line.id], left[line.id], rng) for line in order.lines if left[line.id]}
            for line, quantity in taken.items():
                left[line] -= quantity
            if taken:
                yield order, {line: Decimal(quantity) for line, quantity in taken.items()}


def _share(share: int, left: int, rng: Random) -> int:
    """Half a share to a whole one, never more than is left."""
    return min(left, rng.randint(-(-share // 2), share))


def _portion_invoice(
    company: DemoCompany, order: Order, quantities: dict[int, Decimal], serial: int, rng: Random
) -> DocumentContent:
    vendor = company.vendor(order.vendor_id)
    issued_on = TODAY - timedelta(days=rng.randrange(1, 11))
    items = items_for(company, order, quantities)
    number = vendor.invoice_number(issued_on, serial)
    return referring_to(invoice(company, vendor, number, issued_on, items), company, order)


def _printed(number: int, scenario: Scenario, seed: int) -> DemoDocument:
    content, name = scenario.content, f"{number:02d}-{scenario.name}"
    if isinstance(content, FormContent):
        document = printed_form(content, scenario.layout, name, scenario.codes)
    else:
        document = _document(content, scenario.layout, name, scenario.codes)
    if scenario.data is not None:
        data = scenario.data
        document = replace(document, content=embedded(document.content, data.content, data.lines_sum))
    return document if scenario.scan is None else _as_scan(document, scenario, number, seed)


def _as_scan(document: DemoDocument, scenario: Scenario, number: int, seed: int) -> DemoDocument:
    assert scenario.scan is not None
    rng = Random(f"{seed}/{number}")  # noqa: S311 - reproducible, nothing secret
    look = look_of(scenario.scan, rng)
    look = replace(look, turns=0, dpi=min(look.dpi, _DPI))
    picture = scanned(document.content, look, rng.randrange(2**32), scenario.file)
    filename = document.filename.removesuffix("pdf") + scenario.file
    return replace(document, filename=filename, content=picture)


def printed_form(content: FormContent, form: str, name: str, codes: tuple[Code, ...] = ()) -> DemoDocument:
    """The filled form as a document."""
    return DemoDocument(
        filename=f"{name}.pdf",
        content=render_form(content, form),
        kind=content.kind,
        truth=form_truth(content, FORMS[form]),
        expected_codes=tuple(sorted(code.value for code in codes)),
    )


def _document(content: DocumentContent, layout: str, name: str, codes: tuple[Code, ...] = ()) -> DemoDocument:
    look = LAYOUTS[layout]
    return DemoDocument(
        filename=f"{name}.pdf",
        content=render(content, layout),
        kind=content.kind,
        truth=truth_of(content, look.words(content), omits=look.omits),
        expected_codes=tuple(sorted(code.value for code in codes)),
    )


def _repeated(first: DemoDocument) -> DemoDocument:
    """The same bytes again, as when somebody uploads a file twice."""
    name = first.filename.removesuffix(".pdf")
    return DemoDocument(f"{name} (1).pdf", first.content, first.kind, first.truth, (Code.DUPLICATE_DOCUMENT.value,))


def _truncated(whole: DemoDocument) -> DemoDocument:
    """A transfer that broke off: the first third of a file."""
    name = f"broken-{whole.filename}"
    nothing: Truth = {"kind": DocumentKind.OTHER.value, "fields": {}, "lines": []}
    codes = (Code.UNREADABLE_DOCUMENT.value,)
    return DemoDocument(name, whole.content[: len(whole.content) // 3], DocumentKind.OTHER, nothing, codes)
