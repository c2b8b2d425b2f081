"""The items on a customer's form: which goods come back or are claimed for, however little the form says of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from matchers.printed import bracketed_code, compared_text
from service.domain.extraction import Extraction, Line
from service.domain.fields import ClaimLineType
from service.domain.keys import account_key

# Labour and travel were never sold, and a spare part isn't what the warranty is on.
_GOODS = frozenset({None, ClaimLineType.PRODUCT.value})


@dataclass(frozen=True, slots=True)
class ClaimedLine:
    """One item; ``number`` is its position in the document from 1, ``quantity`` 1 where the form has none."""

    number: int
    description: str
    code: str | None
    serial: str | None
    quantity: Decimal
    unit_price: Decimal | None

    @property
    def serial_key(self) -> str:
        """The serial number normalised, "" where there is none."""
        return account_key(self.serial or "")

    @property
    def compared_text(self) -> str:
        """The description as it is compared."""
        return compared_text(self.description)

    @property
    def shown(self) -> str:
        """How a sentence names it."""
        return self.description or self.code or self.serial or f"item {self.number}"


def claimed_lines(extraction: Extraction) -> tuple[ClaimedLine, ...]:
    """The document's items that are goods and say anything at all, in its order."""
    lines = (
        _claimed_line(number, line)
        for number, line in enumerate(extraction.lines, start=1)
        if line.text("line_type") in _GOODS
    )
    return tuple(line for line in lines if line.description or line.code or line.serial_key)


def _claimed_line(number: int, line: Line) -> ClaimedLine:
    description = line.text("description") or ""
    code = account_key(line.text("product_code") or bracketed_code(description) or "").lstrip("0")
    quantity = line.amount("quantity")
    return ClaimedLine(
        number=number,
        description=description,
        code=code or None,
        serial=line.text("serial_number"),
        quantity=Decimal(1) if quantity is None else abs(quantity),
        unit_price=line.amount("unit_price"),
    )
