"""Reads the item lines: rows of the item table, each with quantity × price = total where the figures allow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from extractors.choose.block_items import block_items
from extractors.choose.candidates import confidence_of, labelled, printed
from extractors.choose.figures import Figures, choose_figures
from extractors.choose.headers import find_headers
from extractors.choose.notes import Note, note_in
from extractors.choose.plain_items import PlainItem, plain_items
from extractors.choose.reading import Reading
from extractors.choose.rows import Row, rows_of, spans_in
from extractors.choose.signs import positive, without_sums
from extractors.choose.slips import SlipItem, slip_items, unit_of
from extractors.choose.spans import Span, SpanType
from extractors.choose.unnamed import guess_header
from extractors.layout.lines import Segment
from extractors.parse.identifiers import is_gtin
from extractors.parse.rates import parse_rate
from extractors.parse.units import unit_code
from service.domain.extraction import Line
from service.domain.fields import AnyField, Value
from service.domain.geometry import union_of
from service.domain.money import CENT

_HYPHENATED = re.compile(r"[^\W\d_]-$")
_LETTER = re.compile(r"[^\W\d_]")
_SUMS = ("net_total", "line_sum", "grand_total", "amount_due")
_FIGURES = frozenset({"quantity", "unit_price", "line_total"})
_MARGIN_RIGHT, _MARGIN_PLAIN, _MARGIN_WRONG = 2.4, 1.4, 0.4


@dataclass(frozen=True, slots=True)
class Items:
    """The item lines, and the last line of the document (by number) that belongs to them; -1 where there are none.
    ``inside`` are the numbers of lines that hold nothing but items.
    """

    lines: tuple[Line, ...]
    last_line: int
    inside: range = range(0)


def choose_items(reading: Reading) -> Items:
    """The item lines of a document: those of its table, where others add up to a sum that is named and they don't,
    the others.
    """
    table = _of_table(reading)
    if find_headers(reading) and (2 * _whole(table.lines) > len(table.lines) or _adds_up(reading, table.lines)):
        return table
    return next((found for found in _readings(reading, table) if _adds_up(reading, found.lines)), table)


def _readings(reading: Reading, table: Items) -> Iterator[Items]:
    """What the items may be, each looked for only where those before it don't add up."""
    yield _of_slips(block_items(reading))
    yield table
    yield _of_plain(plain_items(reading))


def _adds_up(reading: Reading, lines: Sequence[Line]) -> bool:
    """Whether the lines' totals make up an amount that a label calls their sum, the net or the whole."""
    totals = [line.amount("line_total") for line in lines]
    if not totals or any(total is None for total in totals):
        return False
    whole = abs(sum((total for total in totals if total is not None), Decimal(0)))
    named = (c for name in _SUMS for c in labelled(reading, name, SpanType.AMOUNT) if c.score > 0)
    return any(abs(abs(candidate.span.amount) - whole) <= CENT for candidate in named)


def _of_slips(items: Sequence[SlipItem]) -> Items:
    if not items:
        return Items((), -1)
    inside = range(items[0].quantity.segment.line, items[-1].line + 1)
    return Items(positive([_slip_line(item) for item in items]), items[-1].line, inside)


def _of_plain(items: Sequence[PlainItem]) -> Items:
    return Items(tuple(_plain_line(item) for item in items), items[-1].total.segment.line if items else -1)


def _plain_line(item: PlainItem) -> Line:
    total = _span_field(item.total, _MARGIN_PLAIN, "words and an amount that add up")
    return Line(MappingProxyType({"description": _text_field(item.description), "line_total": total}))


def _of_table(reading: Reading) -> Items:
    headers = find_headers(reading)
    rows = rows_of(reading, headers)
    guessed = None if rows else guess_header(reading)
    if guessed is not None:
        rows = rows_of(reading, (guessed,))
    found = [(row, _line(reading, row)) for row in rows]
    kept = without_sums([(row, line) for row, line in found if line.fields])
    slips = slip_items(reading)
    if _beats(slips, [line for _, line in kept]):
        return _of_slips(slips)
    last = max((row.line for row, _ in kept), default=headers[0].last_line if headers else -1)
    return Items(positive([line for _, line in kept]), last)


def _beats(slips: Sequence[SlipItem], lines: Sequence[Line]) -> bool:
    """Whether items of two lines are more than a table's rows, or those are mostly incomplete."""
    whole = _whole(lines)
    return len(slips) > len(lines) or (len(slips) > whole and 2 * whole < len(lines))


def _whole(lines: Sequence[Line]) -> int:
    """How many lines have quantity, price and total."""
    return sum(len(_FIGURES & set(line.fields)) == len(_FIGURES) for line in lines)


def _slip_line(item: SlipItem) -> Line:
    method = "words above quantity × price"
    fields: dict[str, AnyField] = {"description": _text_field(item.description)}
    figures = {"quantity": item.quantity, "unit_price": item.unit_price, "line_total": item.line_total}
    others = {"discount_percent": item.discount_percent, "price_base_quantity": item.price_base}
    for name, text in (("line_number", item.position), ("seller_item_id", item.code)):
        if text is not None:
            fields[name] = _text_field([text])
    for name, span in {**figures, **others}.items():
        if span is not None:
            fields[name] = _span_field(span, _MARGIN_RIGHT, method)
    unit = unit_of(item)
    if unit is not None:
        piece = item.quantity
        fields["unit"] = printed(unit, item.unit, confidence_of(_MARGIN_PLAIN), piece.page, piece.box, method)
    return Line(MappingProxyType(fields))


def _line(reading: Reading, row: Row) -> Line:
    figures = choose_figures(reading, row)
    margin = {True: _MARGIN_RIGHT, None: _MARGIN_PLAIN, False: _MARGIN_WRONG}[figures.holds]
    fields: dict[str, AnyField] = {}
    _texts(reading, row, fields)
    for name in ("quantity", "unit_price", "line_total", "discount", "discount_percent", "price_base_quantity"):
        span = figures.of(name)
        if span is not None:
            fields[name] = _span_field(span, margin, "column and arithmetic" if figures.holds else "column")
    _unit(row, figures, fields)
    _tax_rate(reading, row, fields)
    return Line(MappingProxyType(fields))


def _texts(reading: Reading, row: Row, fields: dict[str, AnyField]) -> None:
    for name in ("seller_item_id", "buyer_item_id", "gtin", "line_number", "order_reference"):
        pieces = row.segments(name) or (row.below(name)[:1] if name != "line_number" else [])
        if pieces:
            fields[name] = _text_field(pieces[:1])
    _sort_numbers(fields)
    wrapped = _without_notes(row.below("description"), fields)
    if row.order is not None:
        fields.setdefault("order_reference", _note_field(row.order))
    described = [s for s in (*row.segments("description"), *wrapped) if _LETTER.search(s.text)]
    described = described or row.segments("description") or _below_number(row) or _longest_text(reading, row)
    if described:
        fields["description"] = _text_field(described)
    for piece in (*row.below("description"), *row.below("seller_item_id"), *row.segments("seller_item_id")):
        if is_gtin(piece.text):
            fields.setdefault("gtin", _text_field([piece]))


def _below_number(row: Row) -> list[Segment]:
    """The words under an article's number, up to a remark with a label, where no column is the description's."""
    if row.header.has_description:
        return []
    below = row.below("seller_item_id")
    end = next((i for i, piece in enumerate(below) if ": " in piece.text), len(below))
    return [piece for piece in below[:end] if _LETTER.search(piece.text)]


def _without_notes(pieces: Sequence[Segment], fields: dict[str, AnyField]) -> list[Segment]:
    """The pieces that go on with the description; labelled references among them become fields."""
    kept = []
    for piece in pieces:
        note = note_in(piece)
        if note is not None:
            fields.setdefault(note.name, _note_field(note))
        elif not piece.text.endswith(":"):
            kept.append(piece)
    return kept


def _note_field(note: Note) -> AnyField:
    piece = note.piece
    return printed(note.value, piece.text, confidence_of(_MARGIN_PLAIN), piece.page, piece.box, "label in the line")


def _sort_numbers(fields: dict[str, AnyField]) -> None:
    """A "No." column holds positions or article numbers: only the former are small whole numbers."""
    number = fields.get("line_number")
    if number is None or "seller_item_id" in fields:
        return
    text = str(number.value).rstrip(".")
    if not text.isdigit() or len(text) > 4:
        fields["seller_item_id"] = fields.pop("line_number")


def _longest_text(reading: Reading, row: Row) -> list[Segment]:
    texts = [s for found in row.cells.values() for s in found if not spans_in(reading, s, SpanType.AMOUNT)]
    return [max(texts, key=lambda s: len(s.text))] if texts else []


def _unit(row: Row, figures: Figures, fields: dict[str, AnyField]) -> None:
    """The unit's own column, else the word beside the quantity."""
    pieces = row.segments("unit")
    if pieces:
        text = pieces[0].text
        fields["unit"] = printed(
            unit_code(text) or text, text, confidence_of(_MARGIN_PLAIN), pieces[0].page, pieces[0].box, "column"
        )
        return
    quantity = figures.quantity
    if quantity is None:
        return
    others = [piece.text for piece in row.segments("quantity") if piece is not quantity.segment]
    for rest in (quantity.segment.text[quantity.end :].strip(" .xX×*"), *others):
        code = unit_code(rest)
        if code is not None:
            box, method = quantity.segment.box, "beside the quantity"
            fields["unit"] = printed(code, rest, confidence_of(_MARGIN_PLAIN), quantity.page, box, method)
            return


def _tax_rate(reading: Reading, row: Row, fields: dict[str, AnyField]) -> None:
    for piece in row.segments("tax_rate"):
        rates = spans_in(reading, piece, SpanType.RATE)
        if rates:
            fields["tax_rate"] = _span_field(rates[0], _MARGIN_PLAIN, "column")
            return
        bare = parse_rate(piece.text)
        if bare is not None:
            fields["tax_rate"] = _value_field(bare, piece)
            return


def _value_field(value: Value, piece: Segment) -> AnyField:
    return printed(value, piece.text, confidence_of(_MARGIN_PLAIN), piece.page, piece.box, "column")


def _span_field(span: Span, margin: float, method: str) -> AnyField:
    return printed(span.value, span.raw, confidence_of(margin), span.page, span.box, method)


def _text_field(pieces: Sequence[Segment]) -> AnyField:
    text = pieces[0].text
    for piece in pieces[1:]:
        text = _continued(text, piece.text)
    box = union_of(piece.box for piece in pieces if piece.page == pieces[0].page)
    return printed(text, text, confidence_of(_MARGIN_PLAIN), pieces[0].page, box, "column")


def _continued(text: str, following: str) -> str:
    """Two lines of a text as one; a hyphen at the end goes away before a small letter."""
    if not _HYPHENATED.search(text):
        return f"{text} {following}"
    return text[:-1] + following if following[0].islower() else text + following
