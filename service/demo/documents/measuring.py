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
from service.demo.documents.scans import ScanFile, ScanKind, look_of, scanned
from service.demo.documents.truth import Truth, truth_of
from service.demo.documents.wording import LANGUAGES
from service.domain.documents import DocumentKind

INVENTED_KINDS = (
    DocumentKind.SUPPLIER_INVOICE,
    DocumentKind.CREDIT_NOTE,
    DocumentKind.RETURN_FORM,
    DocumentKind.WARRANTY_CLAIM,
)


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
    """The papers, layouts and languages in turn, the same ones for the same order. A scan has the same words as the
    paper that it is a scan of. ValueError for a kind that isn't invented here.
    """
    names = layout_names(order.kind, order.usage)
    for number in range(order.count):
        rng = Random(f"{order.kind}/{order.usage}/{order.seed}/{number}")  # noqa: S311 - reproducible
        layout = names[number % len(names)]
        language = LANGUAGES[sum(divmod(number, len(names))) % len(LANGUAGES)]
        pdf, truth = _printed(order, layout, language, rng)
        name = f"{order.kind}-{order.usage}-{order.seed}-{number:04d}"
        if order.scan is None:
            yield MadePaper(f"{name}.pdf", pdf, layout, language, truth)
        else:
            picture = scanned(pdf, look_of(order.scan, rng), rng.randrange(2**32), order.file)
            yield MadePaper(f"{name}-{order.scan}.{order.file}", picture, layout, language, truth)


def layout_names(kind: DocumentKind, usage: LayoutSet) -> tuple[str, ...]:
    """The layouts of a kind in a set; ValueError where there are none."""
    if kind not in INVENTED_KINDS:
        raise ValueError(f"no papers of kind {kind} are invented")
    if kind in (DocumentKind.SUPPLIER_INVOICE, DocumentKind.CREDIT_NOTE):
        return tuple(name for name, layout in LAYOUTS.items() if layout.set is usage)
    return tuple(name for name, form in FORMS.items() if form.set is usage and form.kind is kind)


def _printed(order: Order, layout: str, language: str, rng: Random) -> tuple[bytes, Truth]:
    if order.kind in (DocumentKind.SUPPLIER_INVOICE, DocumentKind.CREDIT_NOTE):
        invoice = invented_invoice(order.kind, order.usage, rng, language)
        look = LAYOUTS[layout]
        return render(invoice, layout), truth_of(invoice, look.words(invoice), omits=look.omits)
    invent = invented_return if order.kind is DocumentKind.RETURN_FORM else invented_claim
    content = invent(order.usage, rng, language)
    return render_form(content, layout), form_truth(content, FORMS[layout])
