"""Reads the XML of any syntax by its grammar's tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from xml.etree.ElementTree import Element

from extractors.einvoice import cii, discounts, ubl
from extractors.einvoice.grammar import AdjustmentPaths, Grammar, LinePaths, Term
from extractors.einvoice.kinds import kind_of
from extractors.einvoice.model import Adjustment, Item, Syntax, TaxRow, XmlInvoice
from extractors.einvoice.safe_xml import XmlDocument, XmlRefusedError, parse_xml
from extractors.einvoice.values import field_of, number_of, row_of
from service.domain.fields import AllowanceCharge, AnyField, Field, FieldSpec, Row, TaxBreakdown, ValueType
from service.domain.kinds import INVOICE_FIELDS, INVOICE_LINE_FIELDS

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CREDIT_LINE_SIGN = frozenset({"true", "1"})
Fields = dict[str, tuple[AnyField, ...]]


def read_xml(content: bytes) -> XmlInvoice:
    """The invoice or credit note in ``content``; XmlRefusedError where there is none that is read here."""
    document = parse_xml(content)
    syntax = _syntax_of(document)
    if syntax in (Syntax.CII, Syntax.ZUGFERD_1):
        cii.modernise(document.root)
        return _Reader(document.root, cii.GRAMMAR, syntax).read()
    ubl.name_tax_schemes(document.root)
    return _Reader(document.root, ubl.GRAMMAR, syntax).read()


def _syntax_of(document: XmlDocument) -> Syntax:
    name, namespace = document.root.tag, document.namespace
    if name == "CrossIndustryInvoice":
        return Syntax.CII
    if name == "CrossIndustryDocument":
        return Syntax.ZUGFERD_1
    if name == "Invoice" and namespace.startswith(_UBL):
        return Syntax.UBL_INVOICE
    if name == "CreditNote" and namespace.startswith(_UBL):
        return Syntax.UBL_CREDIT_NOTE
    raise XmlRefusedError(
        f"The XML is no e-invoice that is read here (UBL 2.1, CII, ZUGFeRD): its root is {name[:80]}."
    )


class _Reader:
    """One XML beside its grammar."""

    def __init__(self, root: Element, grammar: Grammar, syntax: Syntax) -> None:
        self._root = root
        self._grammar = grammar
        self._syntax = syntax
        self._currency = (root.findtext(grammar.currency) or "").strip()

    def read(self) -> XmlInvoice:
        """The whole of it."""
        grammar = self._grammar
        taxes = tuple(self._taxes())
        adjustments = (*_adjustments(self._root, grammar.adjustments), *self._freight())
        fields = {**self._header(), **self._address(), **_rows(taxes, adjustments), **self._discounts()}
        fields.update(_freight_total(adjustments))
        if self._text_of("payee_name", fields) == self._text_of("seller_name", fields):
            fields.pop("payee_name", None)
        return XmlInvoice(
            syntax=self._syntax,
            profile=(self._root.findtext(grammar.profile) or "").strip()[:200],
            kind=kind_of(self._syntax, self._text_of("invoice_type_code", fields)),
            fields=MappingProxyType({name: fields[name] for name in INVOICE_FIELDS if name in fields}),
            items=tuple(_items(self._root, grammar.lines)),
            taxes=taxes,
            adjustments=adjustments,
            sums=MappingProxyType(dict(self._sums())),
            notes=tuple(text for path in grammar.notes for text in _texts(self._root, path)),
        )

    def _text_of(self, name: str, fields: Fields) -> str:
        return str(fields[name][0].value) if name in fields else ""

    def _header(self) -> Fields:
        found: Fields = {}
        for term in self._grammar.header:
            values = _values(self._root, term, INVOICE_FIELDS[term.field], self._currency)
            if values:
                found[term.field] = values
        return found

    def _sums(self) -> Iterator[tuple[str, Decimal]]:
        for term in self._grammar.sums:
            number = number_of(next(_texts_of(self._root, term, self._currency), None))
            if number is not None:
                yield term.bt, number

    def _address(self) -> Fields:
        paths = self._grammar.seller_address
        party = self._root.find(paths.party)
        if party is None:
            return {}
        streets = [text for path in paths.streets for text in _texts(party, path)]
        town = " ".join(text for path in (paths.postcode, paths.city) for text in _texts(party, path))
        lines = [*streets, town, *_texts(party, paths.country)]
        address = field_of(INVOICE_FIELDS["seller_address"], "\n".join(line for line in lines if line), "BG-5")
        return {} if address is None else {"seller_address": (address,)}

    def _taxes(self) -> Iterator[TaxRow]:
        paths = self._grammar.taxes
        for row in self._root.findall(paths.elements):
            yield TaxRow(
                category=_text(row, paths.category),
                rate=number_of(_text(row, paths.rate)),
                taxable=number_of(_text(row, paths.taxable)),
                tax=number_of(_text(row, paths.tax)),
                reason=next((text for path in paths.reasons for text in _texts(row, path)), None),
            )

    def _freight(self) -> Iterator[Adjustment]:
        paths = self._grammar.freight
        for charge in () if paths is None else self._root.findall(paths.elements):
            assert paths is not None
            amount = number_of(_text(charge, paths.amount))
            if amount is not None:
                rate = number_of(_text(charge, paths.rate))
                yield Adjustment(True, amount, reason=_text(charge, paths.reason), reason_code="FC", rate=rate)

    def _discounts(self) -> Fields:
        found = discounts.early_payment(self._root, self._grammar)
        return {"early_payment_discount": tuple(row_of(value, "BT-20") for value in found)} if found else {}


def _items(root: Element, paths: LinePaths) -> Iterator[Item]:
    for line in (line for path in paths.elements for line in root.findall(path)):
        if paths.is_heading and _text(line, paths.is_heading) in paths.headings:
            continue
        adjustments = tuple(_adjustments(line, paths.adjustments))
        found = {
            term.field: values[0]
            for term in paths.terms
            if (values := _values(line, term, INVOICE_LINE_FIELDS[term.field], ""))
        }
        found.update(discounts.of_line(adjustments))
        fields = MappingProxyType({name: found[name] for name in INVOICE_LINE_FIELDS if name in found})
        yield Item(fields, adjustments, _text(line, paths.category))


def _adjustments(parent: Element, paths: AdjustmentPaths) -> Iterator[Adjustment]:
    for entry in parent.findall(paths.elements):
        amount = number_of(_text(entry, paths.amount))
        if amount is not None:
            yield Adjustment(
                is_charge=(_text(entry, paths.is_charge) or "").lower() in _CREDIT_LINE_SIGN,
                amount=amount,
                percent=number_of(_text(entry, paths.percent)),
                reason=_text(entry, paths.reason),
                reason_code=_text(entry, paths.reason_code),
                category=_text(entry, paths.category),
                rate=number_of(_text(entry, paths.rate)),
            )


def _rows(taxes: Sequence[TaxRow], adjustments: Sequence[Adjustment]) -> Fields:
    allowances = tuple(_allowance_charge(entry) for entry in adjustments if not entry.is_charge)
    charges = tuple(_allowance_charge(entry) for entry in adjustments if entry.is_charge)
    breakdown = tuple(TaxBreakdown(row.rate, row.taxable, row.tax, row.category) for row in taxes)
    note = "\n".join(dict.fromkeys(row.reason for row in taxes if row.reason))
    named: Mapping[str, tuple[str, tuple[Row, ...]]] = {
        "allowances": ("BG-20", allowances),
        "charges": ("BG-21", charges),
        "tax_breakdown": ("BG-23", breakdown),
    }
    found = {name: tuple(row_of(row, bt) for row in rows) for name, (bt, rows) in named.items() if rows}
    tax_note = field_of(INVOICE_FIELDS["tax_note"], note, "BT-120")
    return found if tax_note is None else {**found, "tax_note": (tax_note,)}


def _allowance_charge(entry: Adjustment) -> AllowanceCharge:
    return AllowanceCharge(entry.reason or entry.reason_code, entry.amount, entry.rate)


def _freight_total(adjustments: Sequence[Adjustment]) -> Fields:
    freight = [entry.amount for entry in adjustments if entry.is_charge and discounts.is_freight(entry)]
    if not freight:
        return {}
    field = field_of(INVOICE_FIELDS["freight_total"], format(sum(freight, Decimal(0)), "f"), "BG-21")
    return {} if field is None else {"freight_total": (field,)}


def _values(parent: Element, term: Term, spec: FieldSpec, currency: str) -> tuple[AnyField, ...]:
    texts = _texts_of(parent, term, currency)
    found = [field for text in texts if (field := field_of(spec, text, term.bt)) is not None]
    if not found or not term.every:
        return tuple(found[:1])
    if spec.type is ValueType.DATE:
        return (max(found, key=_day),)  # of several instalments the last
    if spec.many:
        return tuple({str(field.value): field for field in found}.values())
    joined = "\n".join(dict.fromkeys(str(field.value) for field in found))
    return (Field(joined, joined, found[0].confidence, found[0].provenance),)


def _day(field: AnyField) -> date:
    assert isinstance(field.value, date)
    return field.value


def _texts_of(parent: Element, term: Term, currency: str) -> Iterator[str]:
    for path in term.paths:
        yield from _texts(parent, path.replace("{currency}", currency.replace("'", "")))


def _texts(parent: Element, path: str) -> Iterator[str]:
    """The texts of all places; a path may end in an attribute."""
    elements, _, attribute = path.partition("/@")
    for element in parent.findall(elements):
        text = element.get(attribute) if attribute else element.text
        if text and text.strip():
            yield text.strip()


def _text(parent: Element, path: str) -> str | None:
    return next(_texts(parent, path), None)
