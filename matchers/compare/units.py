"""Units on paper to units in the books: how many of the order's units make one of the document's."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType

from matchers.compare.goods import Goods
from matchers.index import RecordIndex
from matchers.printed import PrintedLine
from service.domain.keys import fold
from service.domain.records import Unit

# What suppliers and UN/ECE Rec 20 write → how the books' standard units are named.
_NAMES = MappingProxyType(
    {
        name: unit
        for unit, names in {
            "UNITS": "C62 H87 EA PCE NAR XPP PC PCS PIECE PIECES UNIT STK STCK STUCK ST PZ PIECE(S)",
            "DOZENS": "DZN DZ DOZEN DUTZEND",
            "KG": "KGM KILO KILOGRAM KILOGRAMM",
            "G": "GRM GRAM GRAMM",
            "T": "TNE TONNE",
            "L": "LTR LITRE LITER",
            "M": "MTR METRE METER",
            "CM": "CMT",
            "HOURS": "HUR HOUR H STD STUNDE STUNDEN",
            "DAYS": "DAY TAG TAGE",
        }.items()
        for name in names.split()
    }
)


def unit_factor(printed: str | None, unit_id: int | None, index: RecordIndex) -> Decimal:
    """Units of ``unit_id`` in one printed unit; 1 where either is unknown or they don't measure the same thing."""
    ordered = index.units.get(unit_id) if unit_id is not None else None
    if printed is None or ordered is None:
        return Decimal(1)
    for unit in _named(printed, index):
        if unit.category_id == ordered.category_id and ordered.ratio and unit.ratio:
            return unit.ratio / ordered.ratio
    return Decimal(1)


def _named(printed: str, index: RecordIndex) -> tuple[Unit, ...]:
    name = fold(printed).strip(" .")
    wanted = {name, _NAMES.get(name, name)}
    return tuple(unit for unit in index.units.values() if fold(unit.ref.name) in wanted)


def settled_factor(line: PrintedLine, goods: Goods, index: RecordIndex) -> Decimal:
    """The factor for a pair: 1 where the prices agree as they stand (paper often says pieces and means boxes)."""
    factor = unit_factor(line.unit, goods.line.unit_id, index)
    if factor == 1 or line.net_price is None:
        return factor
    as_printed = abs(line.net_price - goods.net_price)
    converted = abs(line.net_price / factor - goods.net_price)
    return Decimal(1) if as_printed < converted else factor
