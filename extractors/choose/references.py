"""Chooses the numbers that name things: invoice, orders, delivery notes, accounts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.choose.addresses import has_postcode
from extractors.choose.candidates import Candidate, confidence_of, field_of, labelled, margin_of, printed, ranked
from extractors.choose.headers import header_lines
from extractors.choose.hits import find_phrases
from extractors.choose.implied_references import implied_references
from extractors.choose.kind import Title
from extractors.choose.neighbours import cell_below
from extractors.choose.reading import Reading
from extractors.choose.reference_looks import in_full, look_of_reference
from extractors.choose.spans import Span, SpanType, with_prefix
from extractors.labels import lexicon, squeeze
from extractors.layout.lines import Segment
from extractors.parse.creditor_references import find_creditor_references
from extractors.parse.identifiers import find_ibans
from service.domain.documents import DocumentKind
from service.domain.fields import AnyField, FieldStatus
from service.domain.geometry import union_of

_ON_TITLE = 1.3
_TITLE_SIZE = 1.25  # of the usual size
_IN_ADDRESS = 3.0
_SPACED = re.compile(r"[A-Z\d]{1,6} [-/] [\w/-]*\d[\w/-]*")  # a series and its number
_LONGEST_WORDED = 24  # characters
_LIST_MARK = re.compile(r"\s?[,;/&+]\s?|\s(?:und|and|et|y|e|en|u\.)\s")
_MANY = ("order_reference", "delivery_note_reference")
_LABELLED_ONLY = ("contract_reference", "buyer_reference")
_NUMBERED_AS_ORDERS = (DocumentKind.ORDER_CONFIRMATION, DocumentKind.PRO_FORMA)  # by their sellers
# An order of anybody: the seller keeps numbers of its own for its orders.
_ANYBODYS = re.compile(
    r"(?:n[or]|nr|numero)?(?:(?:sales)?order|orden|ordre|ordine|commande|pedido|encomenda|zamowieni[ea]|kundenauftrags?|"
    r"kundorder|klantorder|(?:commande|pedido(?:de)?|ordine|encomendade|zamowienie)(?:client[e]?|klienta))"
    r"(?:s?n(?:o|r|um|ummer|umber|umero)|ref|reference)?"
)
_CHECKED = 2.4  # points of a reference whose own check digits pass
_LINES_OF_ACCOUNT = 3  # from the IBAN's line on
_BESIDE_ACCOUNT = 1.4
_DATED_NUMBER = re.compile(r"(?<![^\W\d_])[A-Z]{2,4}\s\d{1,3}/\d{1,2}/\d{4}$")
_SHORTEST_SHORT = 3  # letters of a word's short form
_ENOUGH = 1.0  # points that a reference needs
_STRONG = 1.6  # points that a second one needs


def choose_references(reading: Reading, title: Title) -> dict[str, tuple[AnyField, ...]]:
    """Invoice number, order, delivery note, preceding invoice and payment references, IBAN and BIC."""
    chosen: dict[str, tuple[AnyField, ...]] = {}
    is_credit = title.kind is DocumentKind.CREDIT_NOTE
    number = _invoice_number(reading, title.line, is_credit=is_credit)
    if number is not None:
        chosen["invoice_number"] = (number,)
    preceding = ("preceding_invoice_reference",) if is_credit else ()
    for name in (*_MANY, "payment_reference", *preceding, *_LABELLED_ONLY):
        found = _references(reading, name, title.kind)
        if found:
            chosen[name] = found
    if "order_reference" not in chosen or not any(_has_digit(entry) for entry in chosen["order_reference"]):
        chosen.update(_worded_order(reading))
    chosen.update(implied_references(reading, number, chosen, is_credit=is_credit))
    checked = _checked_reference(reading)
    if checked is not None:
        chosen["payment_reference"] = (checked,)
    chosen.update(_accounts(reading))
    return chosen


def _has_digit(entry: AnyField) -> bool:
    return any(character.isdigit() for character in str(entry.value))


def _worded_order(reading: Reading) -> dict[str, tuple[AnyField, ...]]:
    """An order that has no figure, as shops on the web number theirs: capitals in the cell beneath its label."""
    for cell in _cells_of_orders(reading):
        text = cell.text
        if text.isupper() and len(text) <= _LONGEST_WORDED and not any(c.isdigit() for c in text):
            span = Span(SpanType.REFERENCE, text, cell, 0, len(text))
            return {"order_reference": (field_of(Candidate(span, _ENOUGH, "cell beneath the label of an order"), 1.0),)}
    return {}


def _cells_of_orders(reading: Reading) -> Iterator[Segment]:
    for hit in reading.hits_of("order_reference"):
        if hit.weight("order_reference") == 1.0 and hit.segment.line not in header_lines(reading):
            cell = cell_below(reading, hit)
            if cell is not None:
                yield cell


def _invoice_number(reading: Reading, title_line: int | None, *, is_credit: bool) -> AnyField | None:
    def prior(span: Span) -> float:
        points = look_of_reference(span)
        if title_line is not None and span.segment.line == title_line:
            points += _ON_TITLE
        elif span.segment.size > _TITLE_SIZE * reading.usual_size:
            points += _ON_TITLE / 2
        if span.page > 1:
            points -= 0.5
        if has_postcode(span.segment.text) and not any(hit.start == 0 for hit in reading.hits(span.segment)):
            points -= _IN_ADDRESS
        return points

    found = labelled(reading, "invoice_number", SpanType.REFERENCE, prior)
    if is_credit:
        found = _without_invoices(found)
    if not found or found[0].score < _ENOUGH:
        return None if title_line is None else _behind_title(reading, title_line)
    best = found[0]
    return field_of(Candidate(_whole(reading, best), best.score, best.method), margin_of(found))


def _without_invoices(found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """The candidates for a credit note's own number, where one is labelled so: "Credit no." beside "Inv" of the invoice
    that it credits.
    """
    own = tuple(c for c in found if not _is_an_invoices(c))
    return own if own and own[0].score >= _ENOUGH else found


def _is_an_invoices(found: Candidate) -> bool:
    """Whether its label is the word for an invoice, whole or shortened."""
    label = squeeze(_label_of(found))
    kinds = [(key, meanings[0].name) for key, meanings in lexicon().kinds.items()]
    if any(label.startswith(key) for key, name in kinds if name == DocumentKind.CREDIT_NOTE):
        return False
    return len(label) >= _SHORTEST_SHORT and any(
        label.startswith(key) or key.startswith(label) for key, name in kinds if name == DocumentKind.SUPPLIER_INVOICE
    )


def _label_of(found: Candidate) -> str:
    """The label that points to it, as printed."""
    return found.method.partition("“")[2].partition("”")[0]


def _behind_title(reading: Reading, title_line: int) -> AnyField | None:
    """The number behind the title that only looks like a date, its prefix says so: "Faktura FK 14/10/2026"."""
    for segment in reading.layout.lines[title_line].segments:
        match = _DATED_NUMBER.search(segment.text)
        titles = find_phrases(segment.text, lexicon().kinds)
        if match is not None and titles and titles[-1].end <= match.start():
            span = Span(SpanType.REFERENCE, match.group(), segment, match.start(), match.end())
            return field_of(Candidate(span, _ENOUGH, "behind the title"), _ENOUGH)
    return None


def _whole(reading: Reading, found: Candidate) -> Span:
    """The number with its prefix; one that stands in a cell of its own keeps even a prefix that begins the cell."""
    span, text = found.span, found.span.segment.text
    if _SPACED.fullmatch(text) and not reading.spans(span.segment, SpanType.DATE):
        return replace(span, value=text, start=0, end=len(text))
    if any(hit.end == len(text[: span.start].rstrip()) for hit in reading.hits(span.segment)):
        return span  # what stands before it is a label
    if found.method.endswith(" right") or any(hit.start == 0 for hit in reading.hits(span.segment)):
        return with_prefix(span)
    return with_prefix(span, alone=True)


def _references(reading: Reading, name: str, paper: DocumentKind) -> tuple[AnyField, ...]:
    many = name in _MANY
    found = [c for c in labelled(reading, name, SpanType.REFERENCE, look_of_reference) if c.score >= _ENOUGH]
    best: dict[str, Candidate] = {}
    for candidate in found:
        best.setdefault(str(candidate.span.value), candidate)
    kept = [c for i, c in enumerate(best.values()) if i == 0 or (many and c.score >= _STRONG)]
    buyers = [c for c in kept if _is_the_buyers(c)]
    kept = buyers if buyers or paper in _NUMBERED_AS_ORDERS else kept
    if many and kept:
        kept += [
            c for c in _listed_after(reading, kept[0]) if str(c.span.value) not in {str(k.span.value) for k in kept}
        ]
    margin = margin_of(tuple(found)) if not many else None
    return tuple(
        field_of(
            Candidate(in_full(reading, c.span), c.score, c.method),
            c.score if margin is None else margin,
        )
        for c in kept
    )


def _is_the_buyers(found: Candidate) -> bool:
    """Whether its label says that it is the buyer's: "your order", "customer's PO", a purchase order; where one is
    printed, what is only called an order is the seller's own.
    """
    return not _ANYBODYS.fullmatch(squeeze(_label_of(found)))


def _checked_reference(reading: Reading) -> AnyField | None:
    """A payment's reference that proves itself, wherever it stands."""
    for segment in reading.layout.segments():
        for found in find_creditor_references(segment.text):
            first, last = segment.word_range(found.start, found.end)
            box = union_of(word.box for word in segment.words[first:last])
            raw = segment.text[found.start : found.end]
            return printed(found.value, raw, confidence_of(_CHECKED), segment.page, box, "check digits of a reference")
    return None


def _listed_after(reading: Reading, first: Candidate) -> list[Candidate]:
    """The references that follow the first one in a list: "4711, 4712 and 4713"."""
    found: list[Candidate] = []
    end = first.span.end
    for span in reading.spans(first.span.segment, SpanType.REFERENCE):
        if span.start > end and _LIST_MARK.fullmatch(span.segment.text[end : span.start]):
            found.append(Candidate(span, first.score, f"{first.method}, in a list"))
            end = span.end
    return found


def _accounts(reading: Reading) -> dict[str, tuple[AnyField, ...]]:
    chosen: dict[str, tuple[AnyField, ...]] = {}
    ibans = _ibans(reading)
    broken = None if ibans and ibans[0].span.valid else account_over_two_lines(reading)
    if broken is not None:
        chosen["iban"] = (broken,)
    elif ibans:
        chosen["iban"] = (field_of(ibans[0], margin_of(ibans)),)
    bics = labelled(reading, "bic", SpanType.BIC)
    bics = bics if bics and bics[0].score > 0 else _bics_beside(reading, ibans)
    if bics:
        chosen["bic"] = (field_of(bics[0], margin_of(bics)),)
    return chosen


def _ibans(reading: Reading) -> tuple[Candidate, ...]:
    """Valid ones first, those with a label first, else in the order of the document."""
    pointed = {c.span: c for c in labelled(reading, "iban", SpanType.IBAN)}
    return ranked(
        Candidate(span, 1.5 + 0.7 * span.valid + 0.3 * (span in pointed), "form of an IBAN")
        for span in reading.all_spans(SpanType.IBAN)
    )


def _bics_beside(reading: Reading, ibans: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Bank codes without a label, in an account's line or right below it."""
    lines = {(c.span.page, c.span.segment.line + step) for c in ibans for step in range(_LINES_OF_ACCOUNT)}
    return ranked(
        Candidate(span, _BESIDE_ACCOUNT, "form of a BIC, at an IBAN")
        for span in reading.all_spans(SpanType.BIC)
        if (span.page, span.segment.line) in lines
    )


def account_over_two_lines(reading: Reading) -> AnyField | None:
    """An IBAN that a narrow column broke in two, taken only where its check digits pass."""
    for block in reading.layout.blocks:
        for upper, lower in zip(block.segments, block.segments[1:], strict=False):
            for found in find_ibans(f"{upper.text} {lower.text}"):
                if found.valid:
                    raw = f"{upper.text} {lower.text}"[found.start : found.end]
                    method = "form of an IBAN, over two lines"
                    return printed(found.value, raw, confidence_of(2.0), upper.page, upper.box, method, FieldStatus.OK)
    return None
