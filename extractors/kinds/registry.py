"""Which module reads which kind of document, and in whose words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from extractors.calibration import calibrated_form
from extractors.choose.advice import Advice, no_advice
from extractors.choose.kind import Title, choose_kind
from extractors.choose.memory import with_columns
from extractors.choose.reading import Reading
from extractors.choose.sources import with_entries_named
from extractors.choose.statements.banking import settled_statement
from extractors.choose.tills.rows import is_till_receipt
from extractors.choose.vocabulary import FORMS, INVOICES, STATEMENTS, Vocabulary
from extractors.kinds import (
    customer_communication,
    other,
    receipt,
    return_form,
    statement,
    supplier_invoice,
    warranty_claim,
)
from extractors.layout import Layout, lay_out_form
from service.domain.documents import CUSTOMER_KINDS, STATEMENT_KINDS, DocumentKind
from service.domain.extraction import Extraction
from service.domain.memory import Memory


@dataclass(frozen=True, slots=True)
class KindReader:
    """How a kind is read: its vocabulary and its module's function."""

    vocabulary: Vocabulary
    read: Callable[[Reading, Title], Extraction]


_INVOICE = KindReader(INVOICES, supplier_invoice.read)
_OTHER = KindReader(INVOICES, other.read)
_STATEMENT = KindReader(INVOICES, statement.read)
READERS: Mapping[DocumentKind, KindReader] = MappingProxyType(
    {
        DocumentKind.SUPPLIER_INVOICE: _INVOICE,
        DocumentKind.CREDIT_NOTE: _INVOICE,
        DocumentKind.RETURN_FORM: KindReader(FORMS, return_form.read),
        DocumentKind.WARRANTY_CLAIM: KindReader(FORMS, warranty_claim.read),
        DocumentKind.CUSTOMER_COMMUNICATION: KindReader(FORMS, customer_communication.read),
        DocumentKind.RECEIPT: KindReader(INVOICES, receipt.read),
        **dict.fromkeys(STATEMENT_KINDS, _STATEMENT),
        DocumentKind.PRO_FORMA: _OTHER,
        DocumentKind.REMITTANCE_ADVICE: _STATEMENT,
        DocumentKind.PURCHASE_ORDER: _OTHER,
        DocumentKind.ORDER_CONFIRMATION: _OTHER,
        DocumentKind.DELIVERY_NOTE: _OTHER,
        DocumentKind.OTHER: _OTHER,
    }
)

# A till prints an invoice's title too, and asks like a form for what to do with goods that come back.
_MAY_BE_RECEIPTS = frozenset(DocumentKind) - {DocumentKind.CREDIT_NOTE, DocumentKind.WARRANTY_CLAIM}
_SURE_OF_RECEIPT = 0.8


Adviser = Callable[[Reading], Advice]


def _nobody(reading: Reading) -> Advice:  # noqa: ARG001 - one shape for all
    return no_advice()


def read_kind(
    layout: Layout,
    hint: DocumentKind | None,
    memories: tuple[Memory, ...] = (),
    adviser: Adviser = _nobody,
) -> Extraction:
    """Decide the kind, unless a person filed it as one, and read the document as that, ``memories`` of its sender's
    earlier papers helping, and what the ``adviser`` says where the rules find nothing.
    """
    ask = cache(lambda: adviser(plain))
    plain = Reading(layout, with_columns(INVOICES, memories), memories, ask)
    forms = cache(lambda: Reading(lay_out_form(layout), FORMS, (), ask))
    title = choose_kind(plain, forms)
    if title.kind in _MAY_BE_RECEIPTS and is_till_receipt(plain):
        title = Title(DocumentKind.RECEIPT, _SURE_OF_RECEIPT, title.line)
    if title.kind in STATEMENT_KINDS:
        told = settled_statement(Reading(layout, STATEMENTS), title.kind)
        title = Title(told, title.confidence, title.line)
    if hint is not None and hint is not title.kind:
        title = Title(hint, 1.0, title.line)
    reader = READERS[title.kind]
    reading = forms() if reader.vocabulary is FORMS else plain
    found = reader.read(reading, title)
    if title.kind in CUSTOMER_KINDS:
        found = calibrated_form(found)
    return with_entries_named(found, layout.pages)
