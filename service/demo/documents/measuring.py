"""Sets of invented papers with their truth, in layouts that are kept apart: for fitting, and for measuring alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from service.demo.documents.forms import FORMS, render_form
from service.demo.documents.forms.truth import form_truth
from service.demo.documents.invented.forms import invented_claim, invented_return
from service.demo.documents.invented.invoices import invented_invoice
from service.demo.documents.layouts import LAYOUTS, LayoutSet, render
from service.demo.documents.makers.families import FAMILIES
from service.demo.documents.makers.family import made_bill
from service.demo.documents.scans import ScanFile, ScanKind, look_of, scanned
from service.demo.documents.truth import Truth, truth_of
from service.demo.documents.wording import LANGUAGES
from service.domain.documents import BILLABLE_KINDS, DocumentKind

INVENTED_KINDS = (
    DocumentKind.SUPPLIER_INVOICE,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.RETURN_FORM,
    DocumentKind.WARRANTY_CLAIM,
    DocumentKind.PRO_FORMA,
    DocumentKind.ORDER_CONFIRMATION,
)
_LOOK_ALIKES = (DocumentKind.PRO_FORMA, DocumentKind.ORDER_CONFIRMATION)


@dataclass(frozen=True, slots=True)
class MadePaper:
    """A file of a measured set: ``layout`` and ``language`` tell what it was made from."""

    filename: str
    content: bytes
    layout: str
    language: str
    truth: Truth

    @property
    def row(self) -> Mapping[str, object]:
        """Its row in a truth file."""
        return {"file": self.filename, "layout": self.layout, "language": self.language, **self.truth}


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: ``count`` papers of a kind; as scans in ``file`` where ``scan`` is set."""

    kind: DocumentKind
    usage: LayoutSet
    count: int
    seed: int
    scan: ScanKind | None = None
    file: ScanFile = ScanFile.PDF


def made_papers(order: Order) -> Iterator[MadePaper]:
    """The papers, layouts in turn, the same ones for the same order. A scan has the same words as the paper that it is
    a scan of. ValueError for a kind that isn't invented here.
    """
    names = layout_names(order.kind, order.usage)
    for number in range(order.count):
        rng = Random(f"{order.kind}/{order.usage}/{order.seed}/{number}")  # noqa: S311 - reproducible
        layout = names[number % len(names)]
        printed = _printed(order, layout, LANGUAGES[sum(divmod(number, len(names))) % len(LANGUAGES)], rng)
        name = f"{order.kind}-{order.usage}-{order.seed}-{number:04d}-{layout}"
        if order.scan is None:
            yield MadePaper(f"{name}.pdf", printed.pdf, layout, printed.language, printed.truth)
        else:
            picture = scanned(printed.pdf, look_of(order.scan, rng), rng.randrange(2**32), order.file)
            yield MadePaper(f"{name}-{order.scan}.{order.file}", picture, layout, printed.language, printed.truth)


def layout_names(kind: DocumentKind, usage: LayoutSet) -> tuple[str, ...]:
    """The layouts of a kind in a set; ValueError where there are none."""
    if kind not in INVENTED_KINDS:
        raise ValueError(f"no papers of kind {kind} are invented")
    if kind in _LOOK_ALIKES:
        return tuple(FAMILIES[usage])
    if kind in BILLABLE_KINDS:
        return (*(name for name, layout in LAYOUTS.items() if layout.set is usage), *FAMILIES[usage])
    return tuple(name for name, form in FORMS.items() if form.set is usage and form.kind is kind)


@dataclass(frozen=True, slots=True)
class _Printed:
    pdf: bytes
    language: str
    truth: Truth


def _printed(order: Order, layout: str, language: str, rng: Random) -> _Printed:
    if layout in FAMILIES[order.usage]:
        made = made_bill(FAMILIES[order.usage][layout], order.kind, order.usage, rng)
        return _Printed(made.pdf, made.language, made.truth)
    if order.kind in BILLABLE_KINDS:
        invoice = invented_invoice(order.kind, order.usage, rng, language)
        look = LAYOUTS[layout]
        truth = truth_of(invoice, look.words(invoice), omits=look.omits)
        return _Printed(render(invoice, layout), language, truth)
    invent = invented_return if order.kind is DocumentKind.RETURN_FORM else invented_claim
    content = invent(order.usage, rng, language)
    return _Printed(render_form(content, layout), language, form_truth(content, FORMS[layout]))
