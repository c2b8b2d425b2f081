"""Examples to learn from: a document's pieces and which of them are each field's value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from extractors.choose.piece_signs import Signs, signs_of
from extractors.choose.pieces import Piece, pieces_of
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.labels import squeeze
from extractors.layout import lay_out
from extractors.readers.pages import plain_page, read_pages
from extractors.readers.pdf_open import DEFAULT_LIMITS
from service.demo.documents.layouts import LayoutSet
from service.demo.documents.measuring import INVENTED_KINDS, Order, layout_names, made_papers
from service.domain.documents import DocumentKind

_INVOICE = (
    "seller_name buyer_name invoice_number order_reference delivery_note_reference preceding_invoice_reference "
    "payment_reference issue_date due_date delivery_date seller_vat_id buyer_vat_id net_total tax_total grand_total "
    "amount_due contract_reference iban"
).split()
_RETURN = (
    "return_number customer_name sale_order_reference invoice_reference request_date purchase_date refund_amount "
    "customer_email"
).split()
_CLAIM = (
    "claim_number customer_name sale_order_reference invoice_reference claim_date purchase_date failure_date "
    "installation_date repair_date dealer_name claimed_amount authorization_number customer_email"
).split()
FIELDS_OF: Mapping[DocumentKind, Sequence[str]] = {
    DocumentKind.SUPPLIER_INVOICE: _INVOICE,
    DocumentKind.CREDIT_NOTE: _INVOICE,
    DocumentKind.RETURN_FORM: _RETURN,
    DocumentKind.WARRANTY_CLAIM: _CLAIM,
}
FIELDS = tuple(dict.fromkeys((*_INVOICE, *_RETURN, *_CLAIM)))
NAMES = ("seller_name", "buyer_name", "customer_name", "dealer_name")
COMPOSED = "composed"  # in place of a layout's name
_AMOUNTS = ("total", "amount", "due")
_MOST_OF_NUMBER = 0.6  # of a number that a piece has to hold, if it holds its end
_PART_OF_TEXT = 0.25  # of a text that a name in it has to fill
_SHORTEST_HALF, _SHORTEST_END = 5, 3  # letters of half a name, characters of the end of a number


@dataclass(frozen=True, slots=True)
class Example:
    """``places`` of the pieces that are each printed field's value; a field that isn't printed is absent, one whose
    value wasn't found has no places and teaches nothing.
    """

    kind: DocumentKind
    layout: str
    signs: Signs
    places: Mapping[str, tuple[int, ...]]

    @property
    def taught(self) -> Sequence[str]:
        """The fields that the example teaches something about: of a look-alike only those that it prints."""
        return FIELDS_OF.get(self.kind) or [name for name in _INVOICE if name in self.places]


def printed_examples(per_family: int, seed: int) -> Iterator[Example]:
    """Those of the fitting families, ``per_family`` papers each."""
    for kind in INVENTED_KINDS:
        families = len(layout_names(kind, LayoutSet.FITTING))
        for paper in made_papers(Order(kind, LayoutSet.FITTING, per_family * families, seed)):
            pages = read_pages(paper.content, paper.filename, DEFAULT_LIMITS, None)
            reading = Reading(lay_out([plain_page(page) for page in pages]))
            pieces = pieces_of(reading)
            fields = {name: value for name, value in paper.truth["fields"].items() if name in FIELDS}
            places = {name: _places(reading, pieces, name, value) for name, value in fields.items()}
            yield Example(kind, paper.layout, signs_of(reading, pieces), places)


def _places(reading: Reading, pieces: Sequence[Piece], name: str, value: object) -> tuple[int, ...]:
    values = value if isinstance(value, (list, tuple)) else [value]
    find = _named if name in NAMES else _valued
    return tuple(sorted({place for one in values for place in find(reading, pieces, name, str(one))}))


def _named(reading: Reading, pieces: Sequence[Piece], name: str, value: str) -> list[int]:  # noqa: ARG001 - one shape
    """Pieces that are the name, else that hold it, else that it begins with where it stands on two lines."""
    key = squeeze(value)
    texts = [(squeeze(piece.text), squeeze(piece.segment.text), piece.start) for piece in pieces]
    return (
        [i for i, (own, whole, _) in enumerate(texts) if key in (own, whole)]
        or [i for i, text in enumerate(texts) if _holds(text, key)]
        or [i for i, (_, whole, _) in enumerate(texts) if len(whole) > _SHORTEST_HALF and key.startswith(whole)]
    )


def _holds(text: tuple[str, str, int], key: str) -> bool:
    own, whole, start = text
    return bool(key) and key in whole and len(key) > _PART_OF_TEXT * len(whole) and (start == 0 or key in own)


def _valued(reading: Reading, pieces: Sequence[Piece], name: str, value: str) -> list[int]:
    if name.endswith("date"):
        return [i for i, p in enumerate(pieces) if p.type is SpanType.DATE and value in _spanned(reading, p)]
    if name.endswith(_AMOUNTS):
        return [i for i, p in enumerate(pieces) if p.type is SpanType.AMOUNT and _is_amount(reading, p, value)]
    return [i for i, piece in enumerate(pieces) if _is_number(piece, squeeze(value))]


def _spanned(reading: Reading, piece: Piece) -> list[str]:
    spans = reading.every_span(piece.segment)
    return [str(span.value) for span in spans if span.start == piece.start and span.type is piece.type]


def _is_amount(reading: Reading, piece: Piece, value: str) -> bool:
    try:
        return any(abs(Decimal(found)) == abs(Decimal(value)) for found in _spanned(reading, piece))
    except InvalidOperation:
        return False


def _is_number(piece: Piece, key: str) -> bool:
    own = squeeze(piece.text)
    is_end = len(own) >= _SHORTEST_END and key.endswith(own) and len(own) >= _MOST_OF_NUMBER * len(key)
    return bool(own) and (own == key or (is_end and piece.type is not None))
