"""Chooses the shop's name and address at the head of a till receipt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from extractors.choose.addresses import has_legal_form
from extractors.choose.candidates import confidence_of, printed
from extractors.choose.reading import Reading
from extractors.choose.spans import SpanType
from extractors.choose.tills.rows import Row, rows_of
from service.domain.fields import AnyField
from service.domain.geometry import union_of

_MOST_ROWS = 12  # of the head
_NAME_ROWS = 5  # of them that may hold the name
_ADDRESS_ROWS = 5
_FEWEST_LETTERS = 4
_LETTERS = 0.6  # of a name's characters
_FORM = re.compile(r"\b(?:sdn\.?\s*bhd|s/b|pte\.?\s*ltd|bhd|enterprise|trading)\b", re.IGNORECASE)
_ONLY_FORM = re.compile(r"^[(\s]*(?:m\)\s*)?(?:sdn\.?\s*bhd\.?|gmbh|ltd\.?|s/b|pte\.?\s*ltd\.?)$", re.IGNORECASE)
_NUMBER_AFTER_NAME = re.compile(r"\s*[(\[][^)\]]*\d{3,}[^)\]]*[)\]]?\s*$|\s+\d{5,}\s*-\s*\w\s*$")
_REGISTER_NUMBER = re.compile(r"^[(\[]?[A-Z]{0,3}\s?\d{4,}\s?-?\s?[A-Z]?[)\]]?$")
_NO_ADDRESS = re.compile(
    r"\b(?:gst|sst|vat|reg|tel|fax|mobile|hours|ust|btw|iva|nif|siret)\b|(?:\d[\s-]?){8,}|:\s*\d", re.IGNORECASE
)
_WEB = re.compile(r"@|www\.|https?:", re.IGNORECASE)


def choose_head(reading: Reading) -> dict[str, AnyField]:
    """seller_name and seller_address, as far as they can be made out."""
    head = _head(reading)
    scored = sorted(
        ((_points(row, index, reading), -index) for index, row in enumerate(head[:_NAME_ROWS])), reverse=True
    )
    if not scored or scored[0][0] <= 0:
        return {}
    lead = scored[0][0] - (scored[1][0] if len(scored) > 1 and scored[1][0] > 0 else 0.0)
    at = -scored[0][1]
    wide = at + 1 < len(head) and _ONLY_FORM.match(head[at + 1].line.text.strip()) is not None
    rows = head[at : at + 1 + wide]
    found = {"seller_name": _field(rows, " ", confidence_of(lead), "name at the head")}
    address = _address(head[at + 1 + wide :])
    if address:
        found["seller_address"] = _field(address, "\n", confidence_of(lead), "address below the name")
    return found


def _head(reading: Reading) -> Sequence[Row]:
    """The rows above the first one that is of the sale itself, without numbers of registers."""
    rows: list[Row] = []
    for row in rows_of(reading)[: _MOST_ROWS + 6]:
        if rows and (_is_of_sale(row) or len(rows) == _MOST_ROWS):
            break
        dated = any(reading.spans(part, SpanType.DATE) for part in row.line.segments)
        if _letters(row) >= _FEWEST_LETTERS and not dated and not _is_aside(row):
            rows.append(row)
    return rows


def _is_of_sale(row: Row) -> bool:
    return _WEB.search(row.line.text) is not None or row.says("stop", "head")


def _is_aside(row: Row) -> bool:
    return row.says("stop", "register", "head") or _REGISTER_NUMBER.match(row.line.text.strip()) is not None


def _letters(row: Row) -> int:
    return sum(character.isalpha() for character in row.line.text)


def _points(row: Row, index: int, reading: Reading) -> float:
    text = _NUMBER_AFTER_NAME.sub("", row.line.text.strip())
    if _letters(row) < _LETTERS * len(text.replace(" ", "")):
        return -1.0
    form = 2.0 if _FORM.search(text) or (has_legal_form(text) and len(text.split()) > 1) else 0.0
    size = min(1.0, max(0.0, row.line.box.height / reading.usual_size - 1))
    return 1.2 - 0.35 * index + form + size - (0.8 if any(c.isdigit() for c in text) else 0.0)


def _address(rows: Sequence[Row]) -> list[Row]:
    """From the first row that has a figure or a comma, as long as they go on."""
    start = next((i for i, row in enumerate(rows) if re.search(r"\d|,", row.line.text)), None)
    if start is None or start > 2:
        return []
    return list(takewhile(lambda row: not _NO_ADDRESS.search(row.line.text), rows[start : start + _ADDRESS_ROWS]))


def _field(rows: Sequence[Row], between: str, confidence: float, method: str) -> AnyField:
    printed_text = between.join(row.line.text.replace("  ", " ").strip() for row in rows)
    text = _NUMBER_AFTER_NAME.sub("", printed_text) if method.startswith("name") else printed_text
    box = union_of(row.line.box for row in rows)
    return printed(text or printed_text, printed_text, confidence, rows[0].line.page, box, method)
