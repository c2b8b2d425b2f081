"""Which way the lines' figures count: a credit note's are positive, a line that gives back within an invoice isn't."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from extractors.choose.rows import Row
from service.domain.extraction import Line
from service.domain.fields import AnyField

_SIGNED = ("quantity", "unit_price", "line_total")
_FACTORS = frozenset({"quantity", "unit_price"})
_NEVER_NEGATIVE = ("discount", "discount_percent", "price_base_quantity")


def positive(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines so that they add up to a positive sum; a line against that sum keeps its signs."""
    turned = sum((line.amount("line_total") or Decimal(0) for line in lines), Decimal(0)) < 0
    return tuple(_counted(line, turned=turned) for line in lines)


def _counted(line: Line, *, turned: bool) -> Line:
    total = line.amount("line_total")
    against = total is not None and (total > 0 if turned else total < 0)
    fields = {name: _figure(name, found, against=against, turned=turned) for name, found in line.fields.items()}
    return Line(MappingProxyType(fields))


def _figure(name: str, found: AnyField, *, against: bool, turned: bool) -> AnyField:
    value = found.value
    if not isinstance(value, Decimal) or name not in (*_SIGNED, *_NEVER_NEGATIVE):
        return found
    if name == "line_total":
        return replace(found, value=-abs(value) if against else abs(value))
    if against and not turned and name in _SIGNED:
        return found
    return replace(found, value=abs(value))


def without_sums(rows: Sequence[tuple[Row, Line]]) -> list[tuple[Row, Line]]:
    """Without an amount that is the sum of the rows above it, and what follows it: sums, taxes, totals. Among rows with
    quantity and price a sum may have words, whatever was read of them.
    """
    total = Decimal(0)
    for position, (_, line) in enumerate(rows):
        amount = line.amount("line_total") or Decimal(0)
        above = [other for _, other in rows[:position]]
        bare = set(line.fields) <= {"line_total"} or (
            not _FACTORS & set(line.fields) and all(set(other.fields) >= _FACTORS for other in above)
        )
        if position and bare and amount == total:
            return list(rows[:position])
        total += amount
    return list(rows)
