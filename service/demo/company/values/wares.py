"""What the retailer buys and sells, in which units, and the serial numbers of what has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from service.domain.money import to_cents

_RETAIL_FACTOR = Decimal("1.85")
_REDUCED_RATE = Decimal(7)
_STANDARD_RATE = Decimal(19)
_REDUCED_WARES = ("BL", "OL", "PF")  # bulbs, oil and plants, which come untaxed from abroad


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: ``ratio`` of the category's reference unit make one of it; ``code`` UN/ECE Rec 20."""

    id: int
    name: str
    category_id: int
    ratio: int
    code: str


PIECE = Unit(1, "Units", 1, 1, "C62")
KILOGRAM = Unit(12, "kg", 2, 1, "KGM")
HOUR = Unit(4, "Hours", 3, 1, "HUR")
BOX_OF_12 = Unit(27, "Box of 12", 1, 12, "XBX")
UNITS = (PIECE, KILOGRAM, HOUR, BOX_OF_12)


@dataclass(frozen=True, slots=True)
class Product:
    """Something that we buy from one vendor: our code and name, the vendor's, and the vendor's net price."""

    id: int
    code: str
    name: str
    barcode: str | None
    vendor_id: int
    vendor_code: str
    vendor_name: str
    unit: Unit
    price: Decimal
    tax_rate: Decimal
    is_service: bool
    has_serials: bool = False

    @property
    def list_price(self) -> Decimal:
        """What we ask for one, net."""
        return to_cents(self.price * _RETAIL_FACTOR)

    @property
    def sale_tax_rate(self) -> Decimal:
        """VAT in percent on sales at home."""
        is_reduced = self.tax_rate == _REDUCED_RATE or self.code.startswith(_REDUCED_WARES)
        return _REDUCED_RATE if is_reduced else _STANDARD_RATE


@dataclass(frozen=True, slots=True)
class Serial:
    """The serial number of one piece, known since it was received."""

    id: int
    number: str
    product_id: int
    order_id: int
    received_at: datetime
