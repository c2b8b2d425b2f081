"""An e-invoice as a document: by itself, or over the reading of the page that it came with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from extractors.einvoice.attachment import invoice_xml
from extractors.einvoice.checks import violations
from extractors.einvoice.model import Item, XmlInvoice
from extractors.einvoice.reading import read_xml
from extractors.einvoice.safe_xml import XmlRefusedError
from extractors.einvoice.sheet import Sheet, set_on_sheet
from extractors.readers.pdf_open import Limits
from service.domain.documents import BILLABLE_KINDS, DocumentKind
from service.domain.errors import UnreadableDocumentError
from service.domain.extraction import EInvoice, Extraction, Line
from service.domain.fields import AllowanceCharge, AnyField, Source, TaxBreakdown
from service.domain.kinds import spec_of

_COMPARED = (
    "invoice_number",
    "issue_date",
    "net_total",
    "tax_total",
    "grand_total",
    "amount_due",
    "iban",
    "seller_vat_id",
)
_SURE = 0.8  # a page's value below that is more likely misread than another one
_RATES = frozenset({"tax_rate", "discount_percent", "price_base_quantity", "quantity"})


def read_bare(content: bytes, kind_hint: DocumentKind | None, limits: Limits) -> Extraction:
    """The XML by itself, its values placed on the sheet that stands for its page; UnreadableDocumentError with
    TOO_LARGE or UNSUPPORTED_FORMAT.
    """
    return sheet_of(content, kind_hint, limits).extraction


def sheet_of(content: bytes, kind_hint: DocumentKind | None, limits: Limits) -> Sheet:
    """The sheet that stands for the page of an XML; errors as of ``read_bare``."""
    if len(content) > limits.max_bytes:
        raise UnreadableDocumentError("The XML is larger than any invoice; ask for it anew.", code="TOO_LARGE")
    try:
        invoice = read_xml(content)
    except XmlRefusedError as error:
        raise UnreadableDocumentError(str(error), code="UNSUPPORTED_FORMAT") from error
    return set_on_sheet(_extraction(invoice, kind_hint))


def with_einvoice(page: Extraction, content: bytes, kind_hint: DocumentKind | None) -> Extraction:
    """``page`` with the values of the XML that the PDF carries, if any; a person's kind of no bill is kept. XML that
    can't be read leaves the page's values and is told.
    """
    xml = None if kind_hint not in (None, *BILLABLE_KINDS) else invoice_xml(content)
    if xml is None:
        return page
    try:
        sent = _extraction(read_xml(xml), kind_hint)
    except XmlRefusedError as error:
        return replace(page, einvoice=EInvoice(problem=str(error)))
    assert sent.einvoice is not None
    placed = {name: _placed(entries, page.fields.get(name, ())) for name, entries in sent.fields.items()}
    known = spec_of(sent.kind).fields
    others = {name: entries for name, entries in page.fields.items() if name in known}
    return replace(
        sent,
        pages=page.pages,
        fields=MappingProxyType({**others, **placed}),
        lines=_placed_lines(sent.lines, page.lines) or page.lines,
        paid_note=page.paid_note,
        einvoice=replace(sent.einvoice, printed=_differing(sent, page)),
    )


def _extraction(invoice: XmlInvoice, kind_hint: DocumentKind | None) -> Extraction:
    is_negative = (invoice.amount("grand_total") or 0) < 0
    kind = DocumentKind.CREDIT_NOTE if is_negative and invoice.kind in BILLABLE_KINDS else invoice.kind
    fields: Mapping[str, tuple[AnyField, ...]] = invoice.fields
    lines = tuple(_line(item, turned=is_negative) for item in invoice.items)
    if is_negative:
        fields = {name: tuple(_turned(entry) for entry in entries) for name, entries in fields.items()}
    kind = kind_hint or kind
    specs = spec_of(kind)
    kept = {name: entries for name, entries in fields.items() if name in specs.fields}
    facts = EInvoice(invoice.syntax.value, invoice.profile, violations=violations(invoice))
    if not specs.line_fields.keys() >= {"line_total"}:
        lines = ()
    return Extraction(kind, 1.0, (), MappingProxyType(kept), lines, einvoice=facts)


def _line(item: Item, *, turned: bool) -> Line:
    """The line; of one that takes back, quantity or price is turned so that it still multiplies."""
    if not turned:
        return Line(item.fields)
    by_quantity = (item.amount("quantity") or 0) < 0
    kept = _RATES - {"quantity"} | {"unit_price"} if by_quantity else _RATES
    return Line(
        MappingProxyType({name: entry if name in kept else _turned(entry) for name, entry in item.fields.items()})
    )


def _turned(entry: AnyField) -> AnyField:
    """With the other sign: credit notes carry positive amounts."""
    value = entry.value
    if isinstance(value, Decimal):
        return replace(entry, value=-value)
    if isinstance(value, TaxBreakdown):
        turned = TaxBreakdown(value.rate, _minus(value.taxable_amount), _minus(value.tax_amount), value.category)
        return replace(entry, value=turned)
    if isinstance(value, AllowanceCharge):
        return replace(entry, value=replace(value, amount=_minus(value.amount)))
    return entry


def _minus(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else -amount


def _differing(sent: Extraction, page: Extraction) -> Mapping[str, AnyField]:
    """The page's values of what the XML says otherwise, where the page was read surely enough to say so."""
    pairs = ((name, sent.first(name), page.first(name)) for name in _COMPARED)
    return MappingProxyType(
        {
            name: printed
            for name, given, printed in pairs
            if given is not None and printed is not None and _speaks(printed, sent) and not _same(given, printed)
        }
    )


def _speaks(printed: AnyField, sent: Extraction) -> bool:
    """Whether the page's value is a statement: neither uncertain nor worked out, nor an amount that the XML has under
    another name, which was taken for the wrong one.
    """
    if printed.confidence < _SURE or printed.provenance.source is Source.DERIVED:
        return False
    others = (sent.first(name) for name in _COMPARED)
    return not isinstance(printed.value, Decimal) or not any(_same(o, printed) for o in others if o is not None)


def _same(one: AnyField, other: AnyField) -> bool:
    if isinstance(one.value, Decimal) and isinstance(other.value, Decimal):
        return abs(one.value) == abs(other.value)
    if isinstance(one.value, str) and isinstance(other.value, str):
        return _squeezed(one.value) == _squeezed(other.value)
    return one.value == other.value


def _squeezed(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _placed(entries: tuple[AnyField, ...], printed: tuple[AnyField, ...]) -> tuple[AnyField, ...]:
    """The entries with the places at which the page prints the same."""
    return tuple(_at(entry, next((seen for seen in printed if _same(entry, seen)), None)) for entry in entries)


def _at(entry: AnyField, seen: AnyField | None) -> AnyField:
    if seen is None:
        return entry
    where = replace(entry.provenance, page=seen.provenance.page, box=seen.provenance.box)
    return replace(entry, provenance=where)


def _placed_lines(lines: tuple[Line, ...], printed: tuple[Line, ...]) -> tuple[Line, ...]:
    if len(lines) != len(printed):
        return lines
    return tuple(
        Line(
            MappingProxyType(
                {
                    name: _at(entry, seen if (seen := on_page.fields.get(name)) and _same(entry, seen) else None)
                    for name, entry in line.fields.items()
                }
            )
        )
        for line, on_page in zip(lines, printed, strict=True)
    )
